"""The setting of a page: its title, address, day, source, and where and at what its words were said.

Told by the lines above the text, its dateline, the page's declarations, its title, and last by the name of its file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from searchkit.extraction import facts
from searchkit.extraction.datelines import Dateline, dateline_of
from searchkit.extraction.header import Header, header_of
from searchkit.extraction.naming import read_name, title_of_name
from searchkit.extraction.occasion import event_in, venue_of_title, venues_in
from searchkit.models import CleanPage

__all__ = ["Setting", "setting_of"]

_DATELINE_PARAGRAPHS = 2
_HEAD_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page says of itself as a whole."""

    title: str | None
    url: str | None
    kind: str | None
    """By the name of the file alone; what the title says is asked where the words are known."""
    date: str | None
    source: str | None
    header: Header
    named_event: str | None
    named_venue: tuple[str, ...]
    dateline: Dateline | None

    def venue(self, passages: Iterable[str]) -> tuple[str, ...]:
        """Where was it said?  `passages` are pieces of the text that tell of the occasion."""
        return (
            self.header.venue
            or self.named_venue
            or venues_in([self.title or "", *passages])
            or venue_of_title(self.title or "")
            or ((self.dateline.place,) if self.dateline else ())
        )

    def event(self, passages: Iterable[str]) -> str | None:
        """At what was it said?"""
        return self.named_event or event_in(self.title or "", passages)


def setting_of(page: CleanPage, head_end: int | None = None) -> Setting:
    """What is the setting of `page`?  `head_end` is where the first turn of a transcript begins, if it is one."""
    head = page.text[: _HEAD_LENGTH if head_end is None else head_end]
    declared = facts.published(page)
    header = header_of(head, facts.declared_language(page.declared))
    paragraphs = [line for line in head.split("\n") if line][:_DATELINE_PARAGRAPHS]
    dateline = next(filter(None, (dateline_of(paragraph, declared) for paragraph in paragraphs)), None)
    named = read_name(page.key)
    said = header.date or (dateline.date if dateline else None)
    return Setting(
        title=page.title or title_of_name(page.key),
        url=facts.url_of(page.declared),
        kind=named.kind,
        date=facts.date_of(page, said),
        source=facts.source_of(page) or (dateline.source if dateline else None) or named.source,
        header=header,
        named_event=named.event,
        named_venue=named.venue,
        dateline=dateline,
    )
