"""Going back holds until released, at whatever instant the process dies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.errors import BuildRefused, IndexDamaged, IndexMissing, UsageError
from searchkit.generations import Draft, Generation, begin, hold_of, kept, live, refuse_held, release, rollback

Publish = Callable[..., Generation]
Write = Callable[..., Generation]


def live_id(index: Path) -> str:
    generation = live(index)
    assert generation is not None
    return generation.id


def test_rollback_goes_to_the_one_before_and_holds(index: Path, publish: Publish) -> None:
    first, second = publish("peace"), publish("war")
    refuse_held(index)
    assert rollback(index).id == first.id
    assert live_id(index) == first.id
    hold = hold_of(index)
    assert hold is not None
    assert hold.generation == first.id
    with pytest.raises(BuildRefused) as refused:
        refuse_held(index)
    assert str(refused.value) == (
        f"{index} was rolled back to {first.id} at {hold.since} and is held there, so that no build undoes it. "
        f"To let builds publish again: searchkit release --index {index}"
    )
    assert [(item.id, item.live) for item in kept(index)] == [(first.id, True), (second.id, False)]


def test_release(index: Path, publish: Publish) -> None:
    first = publish("peace")
    publish("war")
    rollback(index)
    assert release(index).generation == first.id
    refuse_held(index)
    assert live_id(index) == first.id
    with pytest.raises(UsageError, match="is not held"):
        release(index)


def test_to_a_named_generation_also_forwards(index: Path, publish: Publish) -> None:
    ids = [publish(str(number)).id for number in range(4)]
    assert rollback(index, ids[0]).id == ids[0] == live_id(index)
    assert rollback(index, ids[2]).id == ids[2] == live_id(index)
    assert rollback(index).id == ids[1] == live_id(index)


def test_the_one_before_is_the_one_that_was_live(index: Path, publish: Publish, write: Write) -> None:
    good, bad = publish("good"), publish("bad")
    rollback(index)
    release(index)
    draft: Draft = begin(index)
    write(draft, "next", former=good.id)
    draft.publish()
    assert rollback(index).id == good.id != bad.id


@pytest.mark.parametrize("wanted", ["20200101T000000Z-1", "yesterday", "../../etc"])
def test_no_such_generation(index: Path, publish: Publish, wanted: str) -> None:
    only = publish()
    with pytest.raises(UsageError) as refused:
        rollback(index, wanted)
    assert str(refused.value) == f"there is no generation {wanted} in {index}; kept are {only.id}"
    with pytest.raises(UsageError, match="keeps no generation before the live one"):
        rollback(index)
    assert hold_of(index) is None


def test_no_index(index: Path) -> None:
    with pytest.raises(IndexMissing):
        rollback(index)


def test_a_damaged_generation_is_not_gone_back_to(index: Path, publish: Publish) -> None:
    first, second = publish("peace"), publish("war")
    (first.directory / "words.bin").write_text("PEACE")
    with pytest.raises(IndexDamaged, match="its checksum differs"):
        rollback(index)
    assert live_id(index) == second.id
    assert hold_of(index) is None


def test_from_a_damaged_generation_one_goes_back(index: Path, publish: Publish) -> None:
    first, second = publish("peace"), publish("war")
    (second.directory / "manifest.json").write_text("{")
    assert rollback(index).id == first.id == live_id(index)
    assert [item.damage is None for item in kept(index)] == [True, False]


def test_killed_between_the_two_steps(index: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = publish("peace"), publish("war")
    from searchkit.generations import holding

    replace_file = holding.replace_file

    def killed(path: Path, *rest: object, **options: object) -> None:
        if path.name == "current":
            raise KeyboardInterrupt
        replace_file(path, *rest, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(holding, "replace_file", killed)
        with pytest.raises(KeyboardInterrupt):
            rollback(index)
    assert live_id(index) == second.id
    with pytest.raises(BuildRefused):
        refuse_held(index)
    assert rollback(index).id == first.id == live_id(index)


@pytest.mark.parametrize("note", ["", "[]", "{}", json.dumps({"generation": "/etc", "since": "now"}), "\xff"])
def test_a_hold_that_cannot_be_read_holds(index: Path, publish: Publish, note: str) -> None:
    publish()
    (index / "held").write_text(note, encoding="latin-1")
    with pytest.raises(BuildRefused, match="is held there"):
        refuse_held(index)
    release(index)
    assert hold_of(index) is None
