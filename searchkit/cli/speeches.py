"""One speech, or what becomes of one page, on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.cli.screen import Screen, Styled, plain
from searchkit.models import CleanPage, Inspection, Skipped, Speech
from searchkit.presenting import counted

__all__ = ["show_inspection", "show_speech"]

_SHORT = 72
"""Characters of a removed part or a quote that are enough to recognise it."""


def show_speech(screen: Screen, speech: Speech, copies: Sequence[str] = ()) -> None:
    """What is known of the speech, the ids of all speeches with the same text, the original first, and its text."""
    if speech.title:
        screen.line(plain(speech.title, "bold"))
    screen.rows([*_fields(speech), *_copies(speech, copies)])
    screen.line()
    screen.line(speech.text)


def show_inspection(screen: Screen, inspection: Inspection) -> None:
    """What becomes of the page: its text, what was removed by which rule, and its speeches with their quotes."""
    page = inspection.page
    if isinstance(page, Skipped):
        screen.line(plain(page.page, "bold"))
        screen.line(f"skipped: {page.reason}" + (f" ({page.detail})" if page.detail else ""), indent=2)
        return
    screen.line(plain(page.key, "bold"))
    screen.rows([("title", page.title or "-"), ("read from", page.location)], indent=2)
    parts = counted(len(page.removed), "part removed", "parts removed")
    _heading(screen, f"text, {counted(len(page.text), 'character')}; {parts}")
    for piece in _kept_and_cut(page):
        screen.line(piece, indent=2)
    _heading(screen, counted(len(inspection.speeches), "speech", "speeches"))
    for speech in inspection.speeches:
        screen.rows(_fields(speech), indent=2)
        screen.rows(_quotes(speech), indent=4)
        screen.line()


def _heading(screen: Screen, text: str) -> None:
    screen.line()
    screen.line(plain(text, "bold"))


def _fields(speech: Speech) -> Iterator[tuple[str, str]]:
    """The fields that have a value."""
    label = f' (on the page: "{speech.label}")' if speech.label and speech.label != speech.speaker else ""
    fields = {
        "speaker": f"{speech.speaker or '-'}{label}",
        "role": speech.role,
        "date": speech.date,
        "venue": ", ".join(speech.venue),
        "event": speech.event,
        "kind": speech.kind,
        "source": speech.source,
        "language": speech.language,
        "quoting": ", ".join(speech.quoting),
        "procedural": "yes" if speech.procedural else None,
        **dict(speech.extras),
        "id": speech.id,
        "page": speech.page if speech.page != speech.id else None,
        "url": speech.url,
    }
    return ((name, value) for name, value in fields.items() if value)


def _kept_and_cut(page: CleanPage) -> Iterator[Styled]:
    """The text, and amid it what was cut, where it stood and by which rule: green what stays, red what went."""
    position = 0
    for part in page.removed:
        at = len(page.text) if part.at is None else part.at
        kept = page.text[position:at].strip("\n")
        if kept:
            yield plain(kept, "green")
        position = at
        for line in part.text.split("\n"):
            yield plain(f"[{part.rule}] ", "bold red") + plain(line, "red strike")
    rest = page.text[position:].strip("\n")
    if rest:
        yield plain(rest, "green")


def _copies(speech: Speech, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Where else the same text stands."""
    if ids and ids[0] != speech.id:
        yield "copy of", ids[0]
    others = [id for id in ids[1:] if id != speech.id]
    if others:
        yield ("copied in" if ids[0] == speech.id else "and in"), ", ".join(others)


def _quotes(speech: Speech) -> Iterator[tuple[str, str]]:
    for quote in speech.quotes:
        yield quote.speaker or "(unnamed)", f"{quote.start}-{quote.end}  {_short(quote.text)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
