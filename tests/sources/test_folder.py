from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit.models import Skipped
from searchkit.sources.folder import Tree, walk


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def _write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("words")


def _keys(tree: Tree) -> list[str]:
    return sorted(key for key, _ in tree.files)


def test_files_at_any_depth(root: Path) -> None:
    _write(root, "a.html", "2024/06/b.html", "2024/c")
    assert _keys(walk(str(root))) == ["2024/06/b.html", "2024/c", "a.html"]


def test_an_empty_folder_holds_nothing(root: Path) -> None:
    tree = walk(str(root))
    assert (tree.files, tree.skipped, tree.hidden_files) == ([], [], 0)


def test_hidden_files_and_folders_are_counted(root: Path) -> None:
    _write(root, "a.html", ".DS_Store", "b/._a.html", ".git/HEAD", ".git/objects/x")
    tree = walk(str(root))
    assert (_keys(tree), tree.hidden_files, tree.hidden_folders) == (["a.html"], 2, 1)


def test_links_to_files_are_followed(root: Path, tmp_path: Path) -> None:
    _write(tmp_path, "elsewhere.html")
    (root / "here.html").symlink_to(tmp_path / "elsewhere.html")
    assert _keys(walk(str(root))) == ["here.html"]


def test_links_to_folders_are_followed_but_in_no_loop(root: Path, tmp_path: Path) -> None:
    _write(root, "a/one.html")
    _write(tmp_path, "other/two.html")
    (tmp_path / "other" / "back").symlink_to(tmp_path / "other")
    (root / "a" / "self").symlink_to(".")
    (root / "a" / "up").symlink_to("..")
    (root / "above").symlink_to("../..")
    (root / "other").symlink_to(tmp_path / "other")
    tree = walk(str(root))
    assert _keys(tree) == ["a/one.html", "other/two.html"]
    assert tree.repeated_folders == 4


def test_a_link_never_takes_the_pages_of_a_real_folder(root: Path) -> None:
    _write(root, "z/page.html")
    (root / "a").symlink_to("z")
    tree = walk(str(root))
    assert (_keys(tree), tree.repeated_folders) == (["z/page.html"], 1)


def test_of_two_links_to_one_folder_the_first_counts(root: Path, tmp_path: Path) -> None:
    _write(tmp_path, "other/page.html")
    (root / "b").symlink_to(tmp_path / "other")
    (root / "a").symlink_to(tmp_path / "other")
    assert _keys(walk(str(root))) == ["a/page.html"]


def test_broken_and_circular_links_are_unreadable(root: Path) -> None:
    (root / "gone.html").symlink_to("nowhere.html")
    (root / "one.html").symlink_to("two.html")
    (root / "two.html").symlink_to("one.html")
    assert walk(str(root)).skipped == [
        Skipped("gone.html", "broken symbolic link", unreadable=True, detail="No such file or directory"),
        Skipped("one.html", "cannot be read", unreadable=True, detail="Too many levels of symbolic links"),
        Skipped("two.html", "cannot be read", unreadable=True, detail="Too many levels of symbolic links"),
    ]


def test_special_files_are_named_and_never_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "pipe.html")
    (root / "null.txt").symlink_to("/dev/null")
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.html")
    assert [(skip.page, skip.reason, skip.unreadable) for skip in walk(str(root)).skipped] == [
        ("null.txt", "not a regular file", False),
        ("pipe.html", "not a regular file", False),
        ("socket.html", "not a regular file", False),
    ]


def test_names_that_are_not_utf8_have_keys(root: Path) -> None:
    (root / os.fsdecode(b"caf\xe9")).mkdir()
    (root / os.fsdecode(b"caf\xe9/\xff.html")).write_text("words")
    ((key, path),) = walk(str(root)).files
    assert key == r"caf\xe9/\xff.html"
    assert Path(path).read_text() == "words"


def test_an_index_inside_is_left_out_and_named(root: Path) -> None:
    _write(root, "a.html", "index/current", "index/generations/1/manifest.json", "current", "generations")
    tree = walk(str(root))
    assert _keys(tree) == ["a.html", "current", "generations"]
    assert tree.skipped == [Skipped("index/", "a searchkit index is never a source")]


def test_excluded_folders_are_left_out_under_any_name(root: Path) -> None:
    _write(root, "a.html", "building/pages.sqlite")
    (root / "link").symlink_to("building")
    tree = walk(str(root), [root / "building", root / "not there"])
    assert _keys(tree) == ["a.html"]
    assert {skip.page for skip in tree.skipped} == {"building/", "link/"}


def test_a_folder_that_cannot_be_listed_is_unreadable(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(root, "a.html", "closed/b.html")
    listed = os.scandir

    def scan(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scan)
    tree = walk(str(root))
    assert _keys(tree) == ["a.html"]
    assert tree.skipped == [Skipped("closed/", "folder cannot be read", unreadable=True, detail="Permission denied")]


def test_a_very_deep_tree_ends_with_a_skip_not_with_an_error(root: Path) -> None:
    here = os.open(root, os.O_RDONLY)
    try:
        for _ in range(30):
            os.mkdir("d" * 200, dir_fd=here)
            below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
    finally:
        os.close(here)
    assert [(skip.reason, skip.detail) for skip in walk(str(root)).skipped] == [
        ("folder cannot be read", "File name too long")
    ]
