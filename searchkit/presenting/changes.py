"""Generations and what changed between them as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.presenting.json import JSONObject

if TYPE_CHECKING:  # not needed to look at its values, and slow to load
    from searchkit.comparing import Change, Changes
    from searchkit.generations import Standing

__all__ = ["change_json", "changes_json", "sources_of", "standing_json"]


def standing_json(item: Standing) -> JSONObject:
    """What does `generations --json` print of each generation?"""
    manifest = item.generation.manifest if item.generation else None
    return {
        "generation": item.id,
        "live": item.live,
        "damage": item.damage,
        "created": manifest.created if manifest else None,
        "former": manifest.former if manifest else None,
        "speeches": manifest.speeches if manifest else None,
        "pages": manifest.pages if manifest else None,
        "skipped": manifest.skipped if manifest else None,
        "stale": manifest.stale if manifest else None,
        "bytes": sum(file.size for file in manifest.files.values()) if manifest else None,
    }


def changes_json(found: Changes) -> JSONObject:
    """What does `changes --json` print?  Lists of ids; an edited turn stands in `changed` under its present id."""
    return {
        "generation": found.generation,
        "since": found.since,
        "new": [change.id for change in found.of_kind("new")],
        "changed": [change.id for change in found.of_kind("changed")],
        "withdrawn": [change.id for change in found.of_kind("withdrawn")],
        "edits": [change_json(change) for change in found.of_kind("changed")],
        "sources": sources_of(found),
    }


def change_json(change: Change) -> JSONObject:
    """How was one speech changed?  Every fact that differs, and every word: same, cut and added make up both texts."""
    from searchkit.comparing import word_diff

    former, present = change.former, change.present
    assert former is not None
    assert present is not None
    differs = former.text != present.text
    pieces = word_diff(former.text, present.text) if differs else ()
    return {
        "id": present.id,
        "former_id": former.id,
        "page": present.page,
        "source": present.source,
        "title": present.title,
        "facts": [{"field": name, "former": was, "present": now} for name, was, now in change.facts()],
        "words": [{"kind": piece.kind, "text": piece.text} for piece in pieces],
    }


def sources_of(found: Changes) -> list[JSONObject]:
    """How many speeches of each source are new, changed and withdrawn?  Those with most first."""
    counts: dict[str | None, dict[str, int]] = {}
    for change in found.changes:
        of_source = counts.setdefault(change.source, {"new": 0, "changed": 0, "withdrawn": 0})
        of_source[change.kind] += 1
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0] or ""))
    return [{"source": source, **of_source} for source, of_source in ordered]
