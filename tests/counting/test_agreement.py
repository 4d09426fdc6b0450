"""Whatever is asked of whatever corpus, the views of words in use agree with each other and with the search."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.analysis import analyze
from searchkit.counting import CollocateOptions, Question, collocates, frequencies, kwic, trend
from searchkit.engines.base import Request
from searchkit.engines.scan import ScanEngine
from searchkit.query import nodes
from tests.contract.test_random import CORPORA, TREES, speeches

quick = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def question(rows: Any, tree: Any) -> Question:
    return Question(ScanEngine(speeches(rows)), Request(tree), "", "")


@quick
@given(CORPORA, TREES)
def test_sums_agree(rows: Any, tree: Any) -> None:
    asked = question(rows, tree)
    found = asked.engine.search(Request(tree, limit=0))
    whole = kwic(asked, 3, "oldest", None, 0)
    assert len(whole.lines) == whole.total == len({(line.id, line.start, line.end) for line in whole})
    for by in ("year", "month", "language", "procedural"):
        spread = trend(asked, by, "count")
        assert spread.total == found.total == sum(item.count for item in spread.values)
        assert spread.occurrences == whole.total == sum(item.occurrences for item in spread.values)
        facet = asked.engine.search(Request(tree, facets=(by,), facet_limit=1000)).facets[by]
        assert {(item.value, item.count) for item in spread.values if item.count} == {
            (item.value, item.count) for item in facet.values
        }
    forms = frequencies(asked, None)
    assert forms.total == sum(value.occurrences for value in forms.values)
    if asked.asks_for_words:
        assert forms.total == whole.total
        assert forms.speeches == whole.speeches


@quick
@given(CORPORA, TREES, st.sampled_from(("oldest", "newest", "left", "right")), st.integers(1, 4))
def test_pages_of_lines_make_up_the_whole(rows: Any, tree: Any, order: str, size: int) -> None:
    asked = question(rows, tree)
    whole = kwic(asked, 2, order, None, 0)
    pages = [kwic(asked, 2, order, size, offset).lines for offset in range(0, whole.total + size, size)]
    assert tuple(line for page in pages for line in page) == whole.lines


@quick
@given(CORPORA, st.sampled_from(("a", "b", "cab")), st.integers(1, 4))
def test_collocates_are_what_a_plain_reading_counts(rows: Any, word: str, window: int) -> None:
    counted: Counter[str] = Counter()
    for speech in speeches(rows):
        words = analyze(speech.text, ())
        at = [place for form, place in zip(words.forms, words.positions, strict=True) if form == word]
        for form, place in zip(words.forms, words.positions, strict=True):
            counted[form] += any(0 < abs(place - other) <= window for other in at)
    asked = question(rows, nodes.Term("text", word))
    found = collocates(asked, CollocateOptions(window=window, least=1, limit=None))
    assert found.neighbours == counted.total()
    for value in found.values:
        assert value.together == counted[value.form]
        assert value.together <= value.left + value.right


def test_the_same_numbers_from_an_index(tmp_path: Any, speeches: searchkit.Searcher) -> None:
    from tests.counting.conftest import RECORDS

    searchkit.build(RECORDS, tmp_path / "index")
    with searchkit.open(tmp_path / "index") as opened:
        for query in ("bread", '"bread and salt" OR dear', "speaker:stone", "pr* -salt", "dear bread"):
            for order in ("oldest", "newest", "left", "right"):
                assert opened.kwic(query, sort=order) == speeches.kwic(query, sort=order)
            for by in ("year", "month", "speaker", "venue"):
                assert opened.trend(query, by) == speeches.trend(query, by)
            assert opened.freq(query) == speeches.freq(query)
            options = CollocateOptions(least=1)
            assert opened.collocates(query, options=options) == speeches.collocates(query, options=options)
        assert opened.keyness("speaker:stone") == speeches.keyness("speaker:stone")
