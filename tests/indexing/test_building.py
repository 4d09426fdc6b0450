"""An index holds exactly what its SOURCEs yield; every page meets one counted fate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit.errors import BuildRefused, IndexDamaged, IndexLocked, UsageError
from searchkit.generations import PageRow, PageTable, locked, require_live
from searchkit.indexing import BuildOptions, BuildReport, PageCounts, Progress, build
from searchkit.models import Skipped

Build = Callable[..., BuildReport]
Texts = Callable[[], dict[str, str]]

ALL = {
    "ann": "Ann has record words.",
    "peace.txt": "We gather for peace words.",
    "turns.jsonl#2": "Bob has record words.",
    "war.txt": "They spoke of war words.",
}


def rows(index: Path) -> list[PageRow]:
    with PageTable(require_live(index).pages) as table:
        return list(table)


def fates(index: Path) -> dict[str, tuple[int, str | None, bool]]:
    return {row.key: (row.speeches, row.skipped, row.stale) for row in rows(index)}


# -- what a build does -------------------------------------------------------------------------------------------------


def test_the_first_build(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    report = run([pages])
    live = require_live(index)
    assert report.generation == live.id
    assert report.index == str(index)
    assert report.pages == PageCounts(read=4, added=4)
    assert (report.speeches, report.skipped, report.remarks) == (4, (), ())
    assert texts() == ALL
    manifest = live.manifest
    assert (manifest.sources, manifest.speeches, manifest.pages, manifest.skipped, manifest.stale) == (
        (str(pages),), 4, 4, 0, 0
    )  # fmt: skip
    assert fates(index) == dict.fromkeys(ALL, (1, None, False))
    assert [(row.key, row.location) for row in rows(index)] == [
        ("ann", f"{pages}/turns.jsonl#1"),
        ("peace.txt", f"{pages}/peace.txt"),
        ("turns.jsonl#2", f"{pages}/turns.jsonl#2"),
        ("war.txt", f"{pages}/war.txt"),
    ]
    assert sorted(path.name for path in index.iterdir()) == ["build.lock", "current", "generations"]


def test_added_changed_unchanged_withdrawn_and_skipped(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run([pages])
    (pages / "war.txt").write_text("They spoke of other words.\n")
    (pages / "peace.txt").unlink()
    (pages / "hope.txt").write_text("Hope has words.\n")
    (pages / "empty.txt").write_text("")
    (pages / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\0")
    report = run([pages])
    assert report.pages == PageCounts(read=6, added=1, changed=1, unchanged=2, withdrawn=1, skipped=2)
    assert [(page.page, page.reason) for page in report.skipped] == [
        ("empty.txt", "empty file"),
        ("photo.jpg", "unknown suffix .jpg"),
    ]
    assert texts() == {
        "ann": "Ann has record words.",
        "hope.txt": "Hope has words.",
        "turns.jsonl#2": "Bob has record words.",
        "war.txt": "They spoke of other words.",
    }
    manifest = require_live(index).manifest
    assert (manifest.pages, manifest.skipped, manifest.speeches) == (4, 2, 4)
    assert fates(index)["empty.txt"] == (0, "empty file", False)


def test_a_page_that_no_longer_gives_a_speech_is_withdrawn(run: Build, texts: Texts, pages: Path) -> None:
    run([pages])
    (pages / "war.txt").write_text("")
    assert run([pages]).pages == PageCounts(read=4, unchanged=3, withdrawn=1, skipped=1)
    assert "war.txt" not in texts()
    (pages / "war.txt").write_text("They spoke of war words.\n")
    assert run([pages]).pages == PageCounts(read=4, added=1, unchanged=3)
    assert texts() == ALL


def test_nothing_is_given_so_the_remembered_is_read(
    run: Build, texts: Texts, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pages.parent)
    run(["pages"])
    monkeypatch.chdir("/")
    assert run([]).pages == PageCounts(read=4, unchanged=4)
    assert texts() == ALL


def test_seven_generations_are_kept(run: Build, index: Path) -> None:
    generations = [run(list(words("a"))).generation for _ in range(9)]
    assert sorted(path.name for path in (index / "generations").iterdir()) == sorted(generations)[2:]
    assert require_live(index).id == generations[-1]


def test_progress_is_told_from_the_first_page_to_the_check(index: Path, pages: Path) -> None:
    told: list[Progress] = []
    build([str(pages)], index, BuildOptions(jobs=1), told.append)
    assert [progress.stage for progress in told[-5:]] == ["write", "identify", "compare", "check", "publish"]
    assert told[-1] == Progress("publish", 4, 4, 4)
    assert {progress.stage for progress in told[:-5]} <= {"read"}


# -- records of a program ----------------------------------------------------------------------------------------------


def words(*ids: str) -> Iterator[dict[str, str]]:
    return ({"id": id, "text": f"Words of {id}."} for id in ids)


def test_records_of_a_program(run: Build, texts: Texts, index: Path) -> None:
    assert run(list(words("a", "b"))).pages == PageCounts(read=2, added=2)
    assert build(words("b", "c"), index).pages == PageCounts(read=2, added=1, unchanged=1, withdrawn=1)
    assert texts() == {"b": "Words of b.", "c": "Words of c."}
    assert require_live(index).manifest.sources == ("records",)


def test_of_records_with_one_id_the_first_is_kept(run: Build, texts: Texts) -> None:
    report = run([{"id": 7, "text": "First words."}, {"id": "7", "text": "Other words."}, {"id": "8", "text": " "}])
    assert texts() == {"7": "First words."}
    assert report.pages == PageCounts(read=3, added=1, skipped=2)
    assert report.skipped == (
        Skipped("records#2", "duplicate id", detail="7"),
        Skipped("records#3", "record without text"),
    )


def test_records_cannot_be_read_again(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run(list(words("a")))
    with pytest.raises(UsageError) as refused:
        run([])
    assert str(refused.value) == f"{index} was built from records of a program: hand them in again"
    with pytest.raises(BuildRefused, match="the pages of records would go"):
        run([pages])
    with pytest.raises(UsageError, match="cannot be added"):
        run([pages], add=True)
    with pytest.raises(UsageError, match="cannot be added"):
        run(list(words("b")), add=True)
    assert texts() == {"a": "Words of a."}
    run([pages], replace=True)
    assert texts() == ALL


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("pages/", "sources are a list: ['pages/']"),
        (Path("pages"), "sources are a list: ['pages']"),
        ({"text": "Words."}, "records are a list, even a single one: [{'text': ...}]"),
    ],
)
def test_a_single_thing_is_no_list(index: Path, given: Any, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        build(given, index)
    assert str(refused.value) == message
    assert not index.exists()


def test_no_records_at_all(run: Build, texts: Texts, index: Path) -> None:
    run(list(words("a")))
    with pytest.raises(BuildRefused) as refused:
        build(iter(()), index)
    assert str(refused.value) == f"records: not one page gave a speech (no files there); {index} answers as before"
    assert texts() == {"a": "Words of a."}


def test_a_program_whose_records_fail(run: Build, texts: Texts, index: Path) -> None:
    run(list(words("a")))

    def failing() -> Iterator[dict[str, str]]:
        yield {"text": "Words."}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build(failing(), index)
    assert texts() == {"a": "Words of a."}
    assert len(list((index / "generations").iterdir())) == 1


# -- remembered SOURCEs and what would be lost -------------------------------------------------------------------------


def test_another_source_is_refused_and_what_would_go_is_named(
    run: Build, texts: Texts, index: Path, pages: Path, write: Callable[[dict[str, str]], Path]
) -> None:
    run([pages])
    other = write({"other/x.txt": "Other words."}) / "other"
    with pytest.raises(BuildRefused) as refused:
        run([other])
    assert str(refused.value) == (
        f"{index} is built from {pages}; the pages of {pages} would go. "
        "To keep them too: --add.  To let the new SOURCE take their place: --replace"
    )
    assert texts() == ALL


def test_add_and_replace(
    run: Build, texts: Texts, index: Path, pages: Path, write: Callable[[dict[str, str]], Path]
) -> None:
    run([pages])
    other = write({"other/x.txt": "Other words."}) / "other"
    assert run([other], add=True).pages == PageCounts(read=5, added=1, unchanged=4)
    assert texts() == {**ALL, "x.txt": "Other words."}
    assert run([]).pages == PageCounts(read=5, unchanged=5)
    with pytest.raises(BuildRefused, match=f"the pages of {pages} would go"):
        run([other])
    assert run([other], replace=True).pages == PageCounts(read=1, unchanged=1, withdrawn=4)
    assert texts() == {"x.txt": "Other words."}
    assert require_live(index).manifest.sources == (str(other),)


def test_add_and_replace_at_once(run: Build, pages: Path) -> None:
    with pytest.raises(UsageError, match="choose one"):
        run([pages], add=True, replace=True)


def test_nothing_given_and_nothing_remembered(run: Build, index: Path) -> None:
    with pytest.raises(UsageError) as refused:
        run([])
    assert str(refused.value) == (
        f"nothing to read: name a folder, a file or - for standard input (the index is {index})"
    )
    assert not index.exists()


def test_an_emptied_folder_is_refused(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run([pages])
    for path in list(pages.iterdir()):
        path.rename(index.parent / path.name)
    with pytest.raises(BuildRefused) as refused:
        run([pages])
    assert str(refused.value) == f"{pages}: not one page gave a speech (no files there); {index} answers as before"
    assert texts() == ALL


def test_an_emptied_folder_among_others_is_refused(
    run: Build, texts: Texts, index: Path, pages: Path, write: Callable[[dict[str, str]], Path]
) -> None:
    """A disk that is not mounted looks like an empty folder."""
    other = write({"other/x.txt": "Other words."}) / "other"
    run([pages, other])
    (other / "x.txt").unlink()
    with pytest.raises(BuildRefused) as refused:
        run([])
    assert str(refused.value) == (
        f"{other}: not one page gave a speech, and its pages in {index} would go. If that is meant: --replace"
    )
    assert texts() == {**ALL, "x.txt": "Other words."}
    assert run([pages, other], replace=True).pages == PageCounts(read=4, unchanged=4, withdrawn=1)
    assert texts() == ALL


def test_a_source_that_is_gone_is_refused(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run([pages])
    pages.rename(pages.with_name("away"))
    with pytest.raises(BuildRefused) as refused:
        run([])
    assert str(refused.value) == (
        f"{pages} does not exist, and its pages in {index} would go. Make it readable again, "
        "or build from other SOURCEs with --replace"
    )
    assert texts() == ALL


def test_a_source_that_never_was(run: Build, index: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        run([tmp_path / "page"])
    assert str(refused.value) == f"{tmp_path / 'page'} does not exist: check the path"
    assert not index.exists()


def test_not_one_page_and_no_former_index(run: Build, index: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\0")
    with pytest.raises(BuildRefused) as refused:
        run([tmp_path / "photos"])
    assert str(refused.value) == f"{tmp_path}/photos: not one page gave a speech (1 unknown suffix .jpg)"
    assert list((index / "generations").iterdir()) == []


def test_an_index_is_never_a_source(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run([pages])
    with pytest.raises(UsageError, match="an index is never a source"):
        run([index / "generations"], replace=True)
    assert texts() == ALL


def test_an_index_inside_its_source_is_left_out(pages: Path) -> None:
    inside = pages / "index"
    assert build([str(pages)], inside).pages == PageCounts(read=5, added=4, skipped=1)
    again = build([str(pages)], inside)
    assert again.pages == PageCounts(read=5, unchanged=4, skipped=1)
    assert again.skipped == (Skipped("index/", "a searchkit index is never a source"),)


def test_standard_input_has_to_be_piped_in_again(
    run: Build, texts: Texts, index: Path, tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a nightly `build --add` would replace what was piped in by the nothing that stands there at night."""
    (tmp_path / "piped.jsonl").write_text('{"id": "p", "text": "Piped words."}\n')
    with (tmp_path / "piped.jsonl").open() as piped:
        monkeypatch.setattr("sys.stdin", piped)
        assert run(["-"]).pages == PageCounts(read=1, added=1)
    for given, options in (([], {}), ([pages], {"add": True})):
        with pytest.raises(UsageError) as refused:
            run(given, **options)
        assert str(refused.value) == f"{index} was built from standard input: pipe it in again, and name it: -"
    assert texts() == {"p": "Piped words."}


# -- remembered options ------------------------------------------------------------------------------------------------


def test_options_are_remembered_until_replaced(
    run: Build, index: Path, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people.csv").write_text("file,party\npeace.txt,Greens\n")
    monkeypatch.chdir(tmp_path)
    run([pages], own_fields=("party",), metadata=("people.csv",))
    monkeypatch.chdir("/")
    run([])
    recipe = require_live(index).manifest.recipe
    assert (recipe.own_fields, recipe.metadata) == (("party",), (str(tmp_path / "people.csv"),))
    run([pages], own_fields=("mood",))
    recipe = require_live(index).manifest.recipe
    assert (recipe.own_fields, recipe.metadata) == (("mood",), (str(tmp_path / "people.csv"),))
    run([pages], replace=True)
    recipe = require_live(index).manifest.recipe
    assert (recipe.own_fields, recipe.metadata) == ((), ())


def test_a_field_of_ones_own_with_an_impossible_name(run: Build, index: Path, pages: Path) -> None:
    with pytest.raises(UsageError, match="--field month"):
        run([pages], own_fields=("month",))
    assert not index.exists()


# -- one builder, one index --------------------------------------------------------------------------------------------


def test_another_builder_holds_the_index(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run([pages])
    with locked(index, "build"), pytest.raises(IndexLocked, match=f"process {os.getpid()} on"):
        run([pages])
    assert texts() == ALL


def test_a_foreign_folder_is_left_alone(run: Build, index: Path, pages: Path) -> None:
    index.mkdir()
    (index / "holiday.jpg").write_text("")
    with pytest.raises(BuildRefused, match=r"holds 'holiday\.jpg'"):
        run([pages])
    assert [path.name for path in index.iterdir()] == ["holiday.jpg"]


# -- failures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        "searchkit.indexing.building.EmbeddedWriter.add",
        "searchkit.indexing.building.EmbeddedWriter.commit",
        "searchkit.indexing.outlet.PageTableWriter.finish",
        "searchkit.generations.drafts.Draft.seal",
        "searchkit.generations.drafts.replace_file",
    ],
)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("a bug")])
def test_a_build_that_fails_leaves_the_live_one(
    run: Build, texts: Texts, index: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    former = run(list(words("a", "b"))).generation

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        expected = BuildRefused if isinstance(error, OSError) else type(error)
        with pytest.raises(expected) as failed:
            run(list(words("a", "b", "c")))
    if isinstance(error, OSError):
        assert str(failed.value) == "nothing was published: No space left on device"
    assert texts() == {"a": "Words of a.", "b": "Words of b."}
    assert [path.name for path in (index / "generations").iterdir()] == [former]
    run(list(words("a", "b")))
    assert texts() == {"a": "Words of a.", "b": "Words of b."}


@pytest.mark.parametrize("damage", ["altered", "fewer"])
def test_what_does_not_answer_is_not_published(
    run: Build, texts: Texts, index: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    former = run(list(words("a", "b"))).generation
    from searchkit.generations import Draft, Generation, Manifest
    from searchkit.indexing.building import EmbeddedWriter

    seal, add = Draft.seal, EmbeddedWriter.add

    def damaging(self: Draft, manifest: Manifest, *linked: Any) -> Generation:
        sealed = seal(self, manifest, *linked)
        (sealed.directory / "pages.sqlite").write_bytes(b"\0" * (sealed.directory / "pages.sqlite").stat().st_size)
        return sealed

    def forgetting(self: EmbeddedWriter, speech: Any) -> None:
        if speech.id != "c":
            add(self, speech)

    with monkeypatch.context() as patch:
        if damage == "altered":
            patch.setattr(Draft, "seal", damaging)
        else:
            patch.setattr(EmbeddedWriter, "add", forgetting)
        with pytest.raises(BuildRefused, match="was not published"):
            run(list(words("a", "b", "c", "d")))
    assert texts() == {"a": "Words of a.", "b": "Words of b."}
    assert [path.name for path in (index / "generations").iterdir()] == [former]


def test_a_damaged_manifest_blocks_no_build_that_is_told_its_sources(
    run: Build, texts: Texts, index: Path, pages: Path
) -> None:
    former = require_live(index) if run([pages]) else None
    assert former is not None
    (former.directory / "manifest.json").write_text("{}")
    with pytest.raises(IndexDamaged, match="format is not a count"):
        run([])
    report = run([pages])
    assert report.pages == PageCounts(read=4, added=4)
    (remark,) = report.remarks
    assert remark.startswith("the former generation is damaged and was not looked at: ")
    assert texts() == ALL


def test_from_a_damaged_generation_nothing_is_taken_over(run: Build, texts: Texts, index: Path, pages: Path) -> None:
    run([pages])
    damaged = require_live(index).pages
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    (pages / "war.txt").unlink()
    (pages / "war.txt").symlink_to("nowhere")
    report = run([])
    assert report.pages == PageCounts(read=4, added=3, skipped=1)
    (remark,) = report.remarks
    assert remark.startswith(f"the former generation is damaged, and nothing was taken over from it: {damaged} is not")
    assert sorted(texts()) == ["ann", "peace.txt", "turns.jsonl#2"]
