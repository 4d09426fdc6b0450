"""Begin, seal, publish, discard, prune: `current` names a whole generation at every step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from searchkit.generations import KEPT, Draft, Generation, begin, live, prune, require_live, verify
from searchkit.generations.layout import is_generation_id

Publish = Callable[..., Generation]
Write = Callable[[Draft, str], Generation]


def entries(index: Path) -> list[str]:
    return sorted(path.name for path in (index / "generations").iterdir())


def text(index: Path) -> str:
    return (require_live(index).directory / "words.bin").read_text()


def test_nothing_is_live_before_publish(index: Path, write: Write) -> None:
    draft = begin(index)
    sealed = write(draft, "peace")
    assert live(index) is None
    assert entries(index) == [f".building-{draft.id}"]
    verify(sealed)


def test_publish(index: Path, write: Write) -> None:
    draft = begin(index)
    write(draft, "peace")
    place = draft.publish()
    assert is_generation_id(draft.id)
    assert place == draft.directory == index / "generations" / draft.id
    assert (index / "current").read_text() == f"{draft.id}\n"
    assert entries(index) == [draft.id]
    assert sorted(path.name for path in index.iterdir()) == ["current", "generations"]
    verify(require_live(index))
    assert text(index) == "peace"


def test_a_draft_knows_when_it_was_begun(index: Path) -> None:
    draft = begin(index)
    assert datetime.fromisoformat(draft.created).strftime("%Y%m%dT%H%M%SZ") == draft.id.partition("-")[0]


def test_discard_leaves_the_live_one(index: Path, publish: Publish, write: Write) -> None:
    former = publish("peace")
    draft = begin(index)
    write(draft, "war")
    draft.discard()
    assert entries(index) == [former.id]
    assert text(index) == "peace"


def test_discard_never_removes_what_is_live(index: Path, write: Write) -> None:
    draft = begin(index)
    write(draft, "peace")
    draft.publish()
    draft.discard()
    assert text(index) == "peace"


def test_discard_after_a_publish_that_did_not_switch(
    index: Path, publish: Publish, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = publish("peace")
    draft = begin(index)
    write(draft, "war")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("searchkit.generations.drafts.replace_file", full)
    with pytest.raises(OSError, match="No space left"):
        draft.publish()
    draft.discard()
    assert entries(index) == [former.id]
    assert text(index) == "peace"


def test_begin_removes_what_killed_builders_left(index: Path, publish: Publish, write: Write) -> None:
    former = publish("peace")
    killed = begin(index)
    write(killed, "war")
    removed = index / "generations" / ".removed-20200101T000000Z-1"
    removed.mkdir()
    (removed / "manifest.json").write_text("{}")
    draft = begin(index)
    assert entries(index) == [f".building-{draft.id}", former.id]
    assert list(draft.directory.iterdir()) == []


def test_ids_rise_even_within_a_second(index: Path, publish: Publish) -> None:
    ids = [publish().id for _ in range(3)]
    assert ids == sorted(set(ids))
    assert entries(index) == ids


def test_a_hundred_percent_of_the_files_is_in_the_manifest(index: Path, write: Write) -> None:
    draft = begin(index)
    sealed = write(draft, "peace")
    assert {path.name for path in draft.directory.iterdir()} == {*sealed.manifest.files, "manifest.json"}


def test_prune_keeps_the_last_seven(index: Path, publish: Publish) -> None:
    ids = [publish().id for _ in range(KEPT + 2)]
    assert KEPT == 7
    prune(index, ids[-1])
    assert entries(index) == ids[2:]


def test_prune_never_removes_the_live_one(index: Path, publish: Publish) -> None:
    ids = [publish().id for _ in range(KEPT + 2)]
    prune(index, ids[0])
    assert entries(index) == [ids[0], *ids[2:]]


def test_what_cannot_be_removed_is_left_to_the_next_build(
    index: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [publish().id for _ in range(KEPT + 1)]
    with monkeypatch.context() as patch:
        patch.setattr("searchkit.generations.drafts.shutil.rmtree", lambda path: (_ for _ in ()).throw(OSError))
        prune(index, ids[-1])
    assert entries(index) == [f".removed-{ids[0]}", *ids[1:]]
    begin(index).discard()
    assert entries(index) == ids[1:]
