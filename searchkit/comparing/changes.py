"""Which speeches are new, changed and withdrawn from one generation to another?

Decided by the digests that each generation keeps of its speeches, so that nothing is read of what stayed as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from searchkit import deadline
from searchkit.comparing.pairing import paired
from searchkit.engines.base import Engine
from searchkit.errors import IndexDamaged
from searchkit.generations import PageTable, SpeechRow
from searchkit.models import Speech
from searchkit.plain import Plain

__all__ = ["Change", "Changes", "compare", "first"]

Kind = Literal["new", "changed", "withdrawn"]

_AT_ONCE = 100
"""Speeches of either state that are read together; more are not held at a time."""
_FACTS = ("title", "speaker", "label", "role", "venue", "event", "date", "source", "kind", "language", "url")


@dataclass(frozen=True, slots=True)
class Change(Plain):
    """One speech that is not as it was: without `former` it is new, without `present` it is withdrawn."""

    former: Speech | None
    present: Speech | None

    @property
    def kind(self) -> Kind:
        """Is it new, changed or withdrawn?"""
        return "new" if self.former is None else "withdrawn" if self.present is None else "changed"

    @property
    def speech(self) -> Speech:
        """The speech as it is, or as it was last."""
        speech = self.present or self.former
        assert speech is not None
        return speech

    @property
    def id(self) -> str:
        """Its id, the present one if it has one."""
        return self.speech.id

    @property
    def former_id(self) -> str | None:
        """Its id before: that of an edited turn is another one."""
        return self.former.id if self.former else None

    @property
    def source(self) -> str | None:
        """The outlet it is counted under."""
        return self.speech.source

    def facts(self) -> list[tuple[str, object, object]]:
        """Which fields beside the text are not as they were?  Name, former value, present value."""
        if self.former is None or self.present is None:
            return []
        both = ((name, getattr(self.former, name), getattr(self.present, name)) for name in _FACTS)
        return [(name, was, now) for name, was, now in both if was != now]


@dataclass(frozen=True, slots=True)
class Changes(Plain):
    """What happened between two generations; each list in the order of ids."""

    since: str | None
    """The former generation; None for the time before the first."""
    generation: str
    changes: tuple[Change, ...]

    def of_kind(self, kind: Kind) -> list[Change]:
        """Which changes are of this kind?"""
        return [change for change in self.changes if change.kind == kind]

    def __bool__(self) -> bool:
        return bool(self.changes)


def compare(former: tuple[PageTable, Engine], present: tuple[PageTable, Engine]) -> Iterator[Change]:
    """Which speeches are not in `present` as they were in `former`?  In the order of their present ids.

    A turn that was edited is one change, though its id is another one now.
    """
    (former_table, former_engine), (present_table, present_engine) = former, present
    here, there = present_table.differing(former_table)
    before = {row.id: row for row in there}
    after = {row.id: row for row in here}
    pairs = {id: id for id in after.keys() & before.keys()}
    come, gone = _by_page(after, pairs), _by_page(before, pairs)
    for page in come.keys() & gone.keys():
        speeches = paired(_loaded(former_engine, gone[page]), _loaded(present_engine, come[page]))
        pairs.update((now.id, was.id) for was, now in speeches)
    withdrawn = before.keys() - set(pairs.values())
    ids = sorted(after.keys() | withdrawn)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        was = _found(former_engine, [pairs.get(id) if id in after else id for id in some])
        now = _found(present_engine, [id if id in after else None for id in some])
        yield from map(Change, was, now)


def first(present: tuple[PageTable, Engine]) -> Iterator[Change]:
    """What is new where nothing was before?  Every speech."""
    table, engine = present
    return (Change(None, speech) for row in table.speeches() for speech in _found(engine, [row.id]))


def _by_page(rows: dict[str, SpeechRow], settled: Iterable[str]) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {}
    known = set(settled)
    for row in rows.values():
        if row.id not in known:
            pages.setdefault(row.page, []).append(row.id)
    return pages


def _loaded(engine: Engine, ids: Sequence[str]) -> list[Speech]:
    return sorted(filter(None, _found(engine, ids)), key=lambda speech: speech.start)


def _found(engine: Engine, ids: Sequence[str | None]) -> list[Speech | None]:
    """The speeches with these ids, which there must be; None for None."""
    deadline.check()
    asked = [id for id in ids if id is not None]
    found = dict(zip(asked, engine.find_all(asked), strict=True))
    for id, speech in found.items():
        if speech is None:
            raise IndexDamaged(f"the speech {id} is in the table of pages, and the engine does not know it")
    return [None if id is None else found[id] for id in ids]
