from __future__ import annotations

import pytest

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.titles import is_title, title_of, title_of_text
from searchkit.models import Declaration


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ([("title", "title", "The port opens")], "The port opens"),
        ([("title", "title", "The port opens | Ledger"), ("heading", "h1", "The port opens")], "The port opens"),
        ([("title", "title", "The port opens - Ledger"), ("meta", "og:site_name", "Ledger")], "The port opens"),
        ([("title", "title", "Ledger"), ("meta", "og:title", "The port opens")], "The port opens"),
        ([("json-ld", "headline", "The port opens"), ("meta", "og:title", "Port news")], "The port opens"),
        ([("title", "title", "Day 2 - the port opens")], "Day 2 - the port opens"),
        ([("title", "title", "The port | day two | Ledger"), ("heading", "h1", "The port | day two | Ledger")], None),
        ([], ""),
    ],
)
def test_title(declared: list[tuple[str, str, str]], title: str | None) -> None:
    expected = declared[0][2] if title is None else title or None
    assert title_of([Declaration(*entry) for entry in declared]) == expected


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["The port opens at last", "It was late."], "The port opens at last"),
        (["It was late.", "The port opens."], None),
        (["My fellow citizens:", "Good evening."], None),
        (["Speaker: Anna Lind", "Good evening."], None),
        (["Ports", "Good evening."], None),
        (["The port opens at last"], None),
        (["One line\nand another", "Text."], None),
    ],
)
def test_title_of_a_text(texts: list[str], title: str | None) -> None:
    assert title_of_text([Block(text) for text in texts]) == title


def test_the_headline_above_the_text() -> None:
    assert is_title(Block("The Port: Opens!"), "the port opens")
    assert not is_title(Block("The port opens late"), "The port opens")
    assert not is_title(Block("The port"), None)
