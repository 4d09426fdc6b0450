"""Under which ids did edited turns stand in an earlier generation?"""

from __future__ import annotations

from pathlib import Path

from searchkit.comparing.account import ACCOUNT, read_account
from searchkit.generations import before, require_live

__all__ = ["former_ids"]


def former_ids(index: Path, since: str | None) -> dict[str, str]:
    """Present id -> id in the generation `since`, of the speeches of the live one whose id is another one now.

    Told by the accounts of the generations between; empty where one of them is no longer kept.
    """
    ids: dict[str, str] = {}
    generation = require_live(index)
    while since is not None and generation.id != since:
        if ACCOUNT not in generation.manifest.files:
            return {}
        moved = {
            change.present.id: change.former.id
            for change in read_account(generation.directory)
            if change.present is not None and change.former is not None and change.present.id != change.former.id
        }
        # The newest account is read first: what it calls former is what the next one calls present.
        ids = {present: moved.pop(was, was) for present, was in ids.items()}
        ids.update((id, was) for id, was in moved.items() if id not in ids)
        earlier = before(index, generation)
        if earlier is None:
            return {} if generation.manifest.former != since else ids
        generation = earlier
    return ids
