"""An index that speeches were taken from, and whose segments still hold them, counts as one that never had them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import searchkit
from searchkit.searching import Searcher


def records(changed: bool) -> list[dict[str, object]]:
    """Forty speeches; a few of them, first and last among them, are others once `changed`."""
    found: list[dict[str, object]] = []
    for number in range(40):
        other = changed and number in (0, 7, 39)
        said = "War and peace" if other else "Peace and bread"
        found.append(
            {
                "id": f"{number:02d}",
                "date": f"{2000 + number % 7}",
                "speaker": f"Speaker {number % 3}",
                "text": f"{said} for all {number} of us. We ask for peace, and for bread.",
            }
        )
    return found


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    index = tmp_path_factory.mktemp("changes") / "index"
    searchkit.build(records(changed=False), index)
    searchkit.build(records(changed=True), index)
    return searchkit.open(index)


ASKED: dict[str, Callable[[Searcher], object]] = {
    "kwic": lambda speeches: [(line.id, line.left, line.right) for line in speeches.kwic("peace", limit=None)],
    "kwic by the right": lambda speeches: [line.right for line in speeches.kwic("bread", sort="right", limit=None)],
    "trend": lambda speeches: speeches.trend("peace").values,
    "trend by speaker": lambda speeches: speeches.trend("war", "speaker").values,
    "freq": lambda speeches: speeches.freq("wa* OR peace").values,
    "word list": lambda speeches: speeches.freq('speaker:"Speaker 1"').values,
    "collocates": lambda speeches: speeches.collocates("peace").values,
    "keyness": lambda speeches: speeches.keyness("war").more,
    "keyness of most": lambda speeches: speeches.keyness("-war").more,
    "ngrams": lambda speeches: speeches.ngrams("peace", 2).values,
    "first": lambda speeches: speeches.first("peace and bread").values,
    "similar": lambda speeches: [found.speech.id for found in speeches.similar("03") or ()],
    "quotes": lambda speeches: speeches.quotes().total,
    "stats": lambda speeches: (speeches.stats().speeches, speeches.stats().words),
}


@pytest.mark.parametrize("call", ASKED)
def test_what_is_gone_counts_nowhere(changed: Searcher, call: str) -> None:
    assert ASKED[call](changed) == ASKED[call](searchkit.memory(records(changed=True)))
