from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.cleaning import clean
from searchkit.cleaning.widget import find_widgets
from searchkit.models import CleanPage, Declaration, RawPage, Removal

WIDGET = "date 2024-06-15 + ↺ − 16 px"
ELEMENTS = (
    "<span>date</span> <span>2024-06-15</span> <button>+</button><button>↺</button><button>−</button> "
    "<span>16 px</span>"
)
SPEECH = "The talks ended in Shusha after two days, and the delegations left for their capitals at once."
SHORT = "It was all over by noon."


def cleaned(page: str, format: str = "html") -> CleanPage:
    found = clean(RawPage("a", "a", format, page.encode()))  # type: ignore[arg-type]
    assert isinstance(found, CleanPage)
    return found


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{WIDGET}</p><p>{SPEECH}</p><p>{SHORT}</p>",
        f"<div>{WIDGET}{SPEECH}</div><p>{SHORT}</p>",
        f"{ELEMENTS}<p>{SPEECH}</p><p>{SHORT}</p>",
        f"<div>date 2024-06-15</div><div>+</div><div>↺</div><div>−</div><div>16 px</div><p>{SPEECH}</p><p>{SHORT}</p>",
        f"<ul><li>date<li>2024-06-15<li>+<li>↺<li>−<li>16<li>px</ul><article><p>{SPEECH}</p><p>{SHORT}</p></article>",
        f"<pre>{WIDGET}\n\n{SPEECH}\n\n{SHORT}</pre>",
        f"<pre>{WIDGET}{SPEECH}\n\n{SHORT}</pre>",
        f"<p>{SPEECH}</p><p>{SHORT}</p><p>{WIDGET}</p>",
    ],
)
def test_in_html(page: str) -> None:
    found = cleaned(f"<html><body>{page}</body></html>")
    assert found.text == f"{SPEECH}\n\n{SHORT}"
    assert found.declared == (Declaration("chrome", "date", "2024-06-15"),)
    [removal] = found.removed
    assert removal.rule == "font-size widget"
    assert removal.text.split() == WIDGET.split()


@pytest.mark.parametrize(
    "page",
    [f" {WIDGET}\n\n{SPEECH}\n\n{SHORT}\n", f"{WIDGET}{SPEECH}\n\n{SHORT}", f"{SPEECH}\r\n\r\n{SHORT}\r\n{WIDGET}"],
)
def test_in_plain_text(page: str) -> None:
    found = cleaned(page, "text")
    assert found.text == f"{SPEECH}\n\n{SHORT}"
    assert found.removed == (Removal(WIDGET, "font-size widget"),)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("date 2024-06-15 + ↺ − 16 px", "2024-06-15"),
        ("date: 15.06.2024 14:20 + ↺ – 16px", "15.06.2024"),
        ("Tarix 2024-06-15 － ↻ ＋ 18 px", "2024-06-15"),
        ("+ ↺ − 16 px", None),
        ("16 px + ⟲ -", None),
        ("date + ↺ − 16 px", None),
    ],
)
def test_forms(text: str, date: str | None) -> None:
    [widget] = find_widgets(f"Before. {text}After.")
    assert (widget.start, widget.date) == (8, date)
    assert widget.end >= len(f"Before. {text}") - 1


@pytest.mark.parametrize(
    "text",
    [
        "The temperature was + 16.",
        "It measured 16 px - 20 px.",
        "2024-06-15",
        "a + b − c",
        "A 16 px line.",
        "date 2024-06-15",
    ],
)
def test_what_resembles_it_is_spared(text: str) -> None:
    assert find_widgets(text) == []


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(["+", "↺", "−", "16 px", "date", "2024-06-15", "word", ".", "\n", " ", "Port"]), max_size=30
    )
)
def test_no_word_around_it_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    left = text
    for widget in reversed(find_widgets(text)):
        left = left[: widget.start] + left[widget.end :]
    for word in ("word", "Port"):
        assert left.count(word) == text.count(word)
