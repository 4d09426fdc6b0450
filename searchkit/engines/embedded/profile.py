"""Keeps the Profile of an index in `profile.json` inside it."""

from __future__ import annotations

import json
from pathlib import Path

from searchkit.errors import IndexDamaged
from searchkit.query import Profile
from searchkit.schema import with_own_fields

__all__ = ["read_profile", "write_profile"]

_FILE = "profile.json"


def write_profile(directory: Path, profile: Profile) -> None:
    """Keep `profile` in `directory`."""
    kept = {
        "own_fields": [field.name for field in profile.fields if field.own],
        "languages": sorted(profile.languages),
        "compounds": {joined: list(parts) for joined, parts in sorted(profile.compounds.items())},
        "never_joined": sorted(profile.never_joined),
        "names": {latin: list(forms) for latin, forms in sorted(profile.names.items())},
    }
    (directory / _FILE).write_text(json.dumps(kept, ensure_ascii=True), encoding="ascii")


def read_profile(directory: Path) -> Profile:
    """Which profile has the index in `directory`?  Raises IndexDamaged if it cannot be told."""
    path = directory / _FILE
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
        return Profile(
            with_own_fields(tuple(str(name) for name in kept["own_fields"])),
            frozenset(str(language) for language in kept["languages"]),
            {str(joined): tuple(map(str, parts)) for joined, parts in kept["compounds"].items()},
            frozenset(str(joined) for joined in kept["never_joined"]),
            {str(latin): tuple(map(str, forms)) for latin, forms in kept["names"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{path} is not as it was written; build the index anew: searchkit build") from error
