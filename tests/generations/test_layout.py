"""Names inside an index, and which folders may become one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from searchkit.errors import BuildRefused
from searchkit.generations import claim, quoted
from searchkit.generations.layout import Layout, is_generation_id, next_id

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "is_id"),
    [
        ("20261123T021500Z-1", True),
        ("20261123T021500Z-12", True),
        ("20261123T021500Z-0", False),
        ("20261123T021500Z", False),
        (".building-20261123T021500Z-1", False),
        ("../20261123T021500Z-1", False),
        ("20261123T021500Z-1\n", False),
        ("", False),
        ("٢٠٢٦١١٢٣T021500Z-1", False),
    ],
)
def test_what_is_an_id(name: str, is_id: bool) -> None:
    assert is_generation_id(name) is is_id


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "20261123T120000Z-1"),
        (["20261122T120000Z-3"], "20261123T120000Z-1"),
        (["20261123T120000Z-1"], "20261123T120000Z-2"),
        (["20261123T120000Z-9", "20261123T120000Z-10"], "20261123T120000Z-11"),
        # the clock was set back: what is built later must still sort later
        (["20270101T000000Z-2"], "20270101T000000Z-3"),
    ],
)
def test_the_next_id_sorts_behind_all_others(taken: list[str], expected: str) -> None:
    assert next_id(taken, NOON) == expected


def test_ids_are_listed_oldest_first_and_leftovers_apart(tmp_path: Path) -> None:
    names = [
        "20261123T021500Z-10",
        "20261123T021500Z-9",
        "20251123T021500Z-1",
        ".building-20261124T021500Z-1",
        ".removed-20241123T021500Z-1",
        "notes",
    ]
    layout = Layout(tmp_path)
    for name in names:
        (layout.generations / name).mkdir(parents=True)
    assert layout.ids() == ["20251123T021500Z-1", "20261123T021500Z-9", "20261123T021500Z-10"]
    assert [path.name for path in layout.leftovers()] == [".building-20261124T021500Z-1", ".removed-20241123T021500Z-1"]


def test_an_index_without_generations_has_none(tmp_path: Path) -> None:
    assert Layout(tmp_path).ids() == []
    assert Layout(tmp_path).leftovers() == []


def test_claim_creates_the_folder(tmp_path: Path) -> None:
    claim(tmp_path / "data" / "index")
    assert (tmp_path / "data" / "index").is_dir()


def test_claim_takes_a_folder_with_nothing_but_a_readme_and_what_tools_leave(tmp_path: Path) -> None:
    for name in ("README.md", ".gitignore", ".DS_Store", "build.lock"):
        (tmp_path / name).write_text("")
    claim(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".DS_Store", ".gitignore", "README.md", "build.lock"]


def test_claim_takes_what_a_killed_first_build_left(tmp_path: Path) -> None:
    (tmp_path / "generations" / ".building-20261123T021500Z-1").mkdir(parents=True)
    (tmp_path / "generations" / "20261123T021500Z-1").mkdir()
    claim(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["generations"]


def test_claim_refuses_a_file(tmp_path: Path) -> None:
    place = tmp_path / "index"
    place.write_text("not a folder")
    with pytest.raises(BuildRefused) as refused:
        claim(place)
    assert str(refused.value) == f"{place} is a file; name a folder for the index with --index"


def test_claim_refuses_a_folder_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildRefused, match="is a file; name a folder"):
        claim(tmp_path / "file" / "index")


def test_claim_refuses_somebody_elses_folder_and_names_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("")
    with pytest.raises(BuildRefused) as refused:
        claim(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path} is not empty and holds no searchkit index (it holds 'holiday.jpg'); "
        "name another folder with --index, or an empty one"
    )


def test_claim_refuses_a_folder_whose_generations_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "generations" / "grandparents").mkdir(parents=True)
    with pytest.raises(BuildRefused, match=r"it holds 'generations/grandparents'"):
        claim(tmp_path)


def test_claim_refuses_an_impossible_name() -> None:
    with pytest.raises(BuildRefused, match="null"):
        claim(Path("in\0dex"))


def test_a_path_is_quoted_for_the_shell() -> None:
    assert quoted(Path("/my index")) == "'/my index'"
    assert quoted(Path("/index")) == "/index"
