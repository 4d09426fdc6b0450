"""Which generation does a person mean?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.errors import IndexDamaged, IndexMissing, UsageError
from searchkit.generations import Generation, as_of, kept, named

Publish = Callable[..., Generation]
Dated = Callable[[str], str]


@pytest.fixture
def dated(index: Path, publish: Publish) -> Dated:
    """Publishes a generation that was begun at the instant given, and returns its id."""

    def dated(created: str) -> str:
        generation = publish()
        path = generation.directory / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "created": created}))
        return generation.id

    return dated


def meant(index: Path, since: str, present: str | None = None) -> str | None:
    found = as_of(index, since, named(index, present or kept(index)[-1].id))
    return found.id if found else None


def test_a_date_means_what_was_live_then(index: Path, dated: Dated) -> None:
    a, b, c = (dated(f"2026-11-{day}T02:15:00Z") for day in ("20", "21", "23"))
    assert meant(index, "2026-11-23") == b
    assert meant(index, "2026-11-24") == c
    assert meant(index, "2026-11-21T02:15:00Z") == b
    assert meant(index, "2026-11-21T02:14:59Z") == a
    assert meant(index, "2026-11-21T04:15:00+02:00") == b
    assert meant(index, "2027") == c
    assert meant(index, b) == b


def test_a_date_is_one_before_the_generation_that_it_is_compared_with(index: Path, dated: Dated) -> None:
    a, b, c = (dated(f"2026-11-{day}T02:15:00Z") for day in ("20", "21", "23"))
    assert meant(index, "2026-11-24", present=b) == b
    assert meant(index, "2026-11-24", present=a) == a
    assert meant(index, "2026-11-24", present=c) == c


def test_before_the_first_there_was_nothing(index: Path, dated: Dated) -> None:
    dated("2026-11-20T02:15:00Z")
    for since in ("2026", "2026-11", "2026-11-20", "1999-01-01"):
        assert meant(index, since) is None


def test_what_is_no_longer_kept_is_said(index: Path, dated: Dated) -> None:
    first, second = dated("2026-11-20T02:15:00Z"), dated("2026-11-21T02:15:00Z")
    shutil.rmtree(index / "generations" / first)
    with pytest.raises(UsageError) as refused:
        meant(index, "2026-11-20T12:00")
    assert str(refused.value) == (
        f"what stood in the index at 2026-11-20T12:00 is no longer kept: the oldest generation is {second}, "
        f"of 2026-11-21T02:15:00Z. To compare with that one: --since {second}"
    )
    with pytest.raises(UsageError, match="there is no generation"):
        meant(index, first)


@pytest.mark.parametrize("since", ["", "yesterday", "2026-13", "2026-02-30", "../current", "26"])
def test_what_is_no_date(index: Path, dated: Dated, since: str) -> None:
    dated("2026-11-20T02:15:00Z")
    with pytest.raises(UsageError, match="neither a generation nor a date"):
        meant(index, since)


def test_a_damaged_one_is_listed_with_its_damage(index: Path, publish: Publish) -> None:
    first, second = publish(), publish()
    (first.directory / "manifest.json").unlink()
    assert [(item.id, item.live) for item in kept(index)] == [(first.id, False), (second.id, True)]
    assert kept(index)[0].generation is None
    with pytest.raises(IndexDamaged, match=r"manifest\.json is not as it was written"):
        named(index, first.id)


def test_no_index(index: Path) -> None:
    with pytest.raises(IndexMissing, match="build one: searchkit build"):
        kept(index)
