"""Many texts at once are analysed exactly as each by itself."""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import Analysis, analyze, foreign_names
from searchkit.analysis.bulk import Batch, BulkAnalyzer
from searchkit.analysis.bulk.stems import Stems
from searchkit.analysis.marks import MARKS
from searchkit.analysis.notes import Interval
from searchkit.analysis.stemming import stem_language
from searchkit.analysis.words import APOSTROPHES, INVISIBLE

CONTRIBUTIONS = Path(__file__).resolve().parents[4] / "shared" / "data" / "contributions-20k.jsonl.xz"

PIECES = [
    *("the", "of", "and", "et", "que", "ve", "bir", "και", "и", "не", "Mr", "hon", "No", "Sept", "s", "U", "S"),
    *("I", "İ", "ı", "Şuşa's", "Straße", "Ærø", "Əliyev", "don't", "that's", "bosses'", "cease-fire", "5", "2024"),
    *("(APPLAUSE)", "[Laughter.]", "((Applause))", "(off mike)", "Applause", "(he laughed and went on with it)"),
    *("internationalisation", "Donaudampfschifffahrtsgesellschaft", "abcdefgh", "abcdefghi", "state-of-the-art"),
    *(".", ". ", "! ", "?” ", ".” ", ".“", " - ", "-", "\u2010", "...", "… ", ", ", "; ", ": ", " ", "  "),
    *(
        "\n",
        "\n\n",
        "\n \n",
        "\u2029",
        "\u2028",
        "\r\n\r\n",
        "\t",
        "\x1c",
        "\x0b",
        "\0",
        "_",
        "'",
        "''",
        "’",
        "ʼ",
        "＇",
    ),
    *("\u00ad", "\u200d", "\u2060", "\u0301", "\u0307", "\u0345", "人", "民。", "！", "か", "が", "ๆ", "ไทย", "฿"),
    *("한국", "नमस्ते", "مرحبا", "ﬁ", "½", "²", "Ⅷ", "ǅ", "\ufeff", "\ufffe", "\U0001f600", "𝐀", "\ud800", "é"),
    *("e\u0301", "ö", "й", "και\u0301", "ΐ", "ς", "Ω"),
]

hostile = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.text(max_size=60),
    st.text(alphabet=f"aAzZ09{APOSTROPHES}{INVISIBLE}.- \n'\u0301\u0327人か", max_size=60),
)


def analyses(analyzer: BulkAnalyzer, batch: Batch) -> Iterator[Analysis]:
    """Each text of `batch` as the lists of `analyze`."""
    for text in range(len(batch)):
        tokens = slice(*batch.bounds[text : text + 2].tolist())
        compounds = slice(*batch.compound_bounds[text : text + 2].tolist())
        yield Analysis(
            [analyzer.vocabulary.forms[form] for form in batch.forms[tokens].tolist()],
            batch.positions[tokens].tolist(),
            batch.starts[tokens].tolist(),
            batch.ends[tokens].tolist(),
            frozenset(analyzer.compounds.met[compound] for compound in batch.compounds[compounds].tolist()),
        )


def assert_equal(texts: Sequence[str], notes: Sequence[Sequence[Interval] | None], analyzer: BulkAnalyzer) -> None:
    batch = analyzer.analyze(texts, notes)
    assert len(batch) == len(texts)
    assert batch.lengths.sum() == len(batch.forms)
    for text, found, analysis in zip(texts, notes, analyses(analyzer, batch), strict=True):
        assert analysis == analyze(text, found), text
    assert list(batch.names) == list(map(foreign_names, texts))
    for text, start, end in zip(texts, batch.bounds[:-1], batch.bounds[1:], strict=True):
        ends, starts = batch.ends[start:end].tolist(), [*batch.starts[start:end].tolist(), 0][1:]
        spaced = [text[behind:following] == " " for behind, following in zip(ends, starts, strict=True)]
        assert batch.spaced[start:end].tolist() == spaced, text
    stems = Stems(analyzer.vocabulary.forms)
    for language in ("en", "zh", None):
        found_stems = stems.of(stem_language(language), batch.forms)
        for text, found, start, end in zip(texts, notes, batch.bounds[:-1], batch.bounds[1:], strict=True):
            expected = analyze(text, found).stems(language)
            assert [stems.terms[stem] for stem in found_stems[start:end].tolist()] == expected


@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_alone_and_between_words(piece: str) -> None:
    texts = [piece, f"one{piece}two", f"One {piece} Two", f"{piece}{piece}", f"one.{piece}Two {piece}", ""]
    assert_equal(texts, [None] * len(texts), BulkAnalyzer())


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(hostile, max_size=6), min_size=1, max_size=3))
def test_hostile_texts(batches: list[list[str]]) -> None:
    analyzer = BulkAnalyzer()
    for texts in batches:
        assert_equal(texts, [None] * len(texts), analyzer)


@st.composite
def noted_texts(draw: st.DrawFn) -> tuple[str, list[Interval]]:
    text = draw(hostile)
    ends = st.integers(0, len(text))
    return text, draw(st.lists(st.tuples(ends, ends), max_size=4))


@settings(max_examples=300, deadline=None)
@given(st.lists(noted_texts(), max_size=5))
def test_notes_that_somebody_else_found(noted: list[tuple[str, list[Interval]]]) -> None:
    """Whatever the intervals: inside words, nested, empty or the wrong way round."""
    assert_equal([text for text, _ in noted], [sorted(notes) for _, notes in noted], BulkAnalyzer())


@settings(max_examples=200, deadline=None)
@given(hostile, st.data())
def test_notes_one_after_the_other(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    notes = [(low, high) for low, high in zip(cuts[0::2], cuts[1::2], strict=False)]
    assert_equal([text, "One. Two"], [notes, None], BulkAnalyzer())


def test_more_alphabets_than_are_kept() -> None:
    """Every character of the first planes, some hundred at a time: pages fill up and texts fall back."""
    characters = [chr(code) for code in range(0x20, 0x3200) if unicodedata.category(chr(code)) != "Cn"]
    texts = [" a".join(characters[start : start + 90]) for start in range(0, len(characters), 90)]
    analyzer = BulkAnalyzer()
    assert_equal(texts, [None] * len(texts), analyzer)
    assert_equal(texts[::-1], [None] * len(texts), analyzer)


def test_every_mark_goes_on_with_a_word() -> None:
    marks = re.findall(f"[{MARKS}]", "".join(map(chr, range(0x300, 0x1200))))
    texts = [f"a{mark}b {mark}c a'{mark}b 人{mark}" for mark in marks]
    assert_equal(texts, [None] * len(texts), BulkAnalyzer())


def test_no_text_and_texts_without_words() -> None:
    assert_equal([], [], BulkAnalyzer())
    assert_equal(["", "...", "\n\n"], [None, (), None], BulkAnalyzer())


def test_words_whose_first_half_is_the_same_stay_apart() -> None:
    words = [f"internationalisation{number}" for number in range(300)]
    words += [f"internat{number:03}" for number in range(300)]
    text = " ".join(words)
    analyzer = BulkAnalyzer()
    assert_equal([text, text.upper()], [None, None], analyzer)
    assert len(analyzer.vocabulary) == 600


def test_the_contributions() -> None:
    if not CONTRIBUTIONS.exists():
        pytest.skip("the 20,000 contributions are not here")
    with lzma.open(CONTRIBUTIONS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][::40]
    analyzer = BulkAnalyzer()
    for start in range(0, len(texts), 100):
        batch = texts[start : start + 100]
        assert_equal(batch, [None] * len(batch), analyzer)
