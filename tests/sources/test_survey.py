"""What is refused before anything is read, and the order in which the rest is."""

from __future__ import annotations

import os
from typing import Any

import pytest

from searchkit.errors import UsageError
from searchkit.sources import Reader, parse_source


def test_a_source_that_is_not_there(corpus: Any) -> None:
    with pytest.raises(UsageError) as caught:
        corpus.reader(f"x={corpus.root}/gone")
    assert str(caught.value) == (
        f"SOURCE x={corpus.root}/gone does not exist. Give a folder, a file, or - for standard input"
    )


def test_a_pipe_is_no_source(corpus: Any) -> None:
    os.mkfifo(corpus.root / "pipe")
    with pytest.raises(UsageError, match="is neither a file nor a folder"):
        corpus.reader(corpus.root / "pipe")


def test_one_key_from_two_folders(corpus: Any) -> None:
    one, other = corpus.write("2023/a/b.html", "words"), corpus.write("2024/a/b.html", "words")
    corpus.write("2024/c.html", "words")
    with pytest.raises(UsageError) as caught:
        corpus.reader(f"{corpus.root}/2023", f"{corpus.root}/2024")
    assert str(caught.value) == (
        f"two SOURCEs yield the page key 'a/b.html': {corpus.root}/2023 ({one}) and {corpus.root}/2024 ({other}). "
        f"Name one of them, as in NAME={corpus.root}/2024"
    )
    assert corpus.keys(f"{corpus.root}/2023", f"y={corpus.root}/2024") == ["a/b.html", "y/a/b.html", "y/c.html"]


def test_one_key_from_two_files_and_from_a_name(corpus: Any) -> None:
    one, two = corpus.write("x/a.html", "words"), corpus.write("y/a.html", "words")
    with pytest.raises(UsageError, match=r"two SOURCEs yield the page key 'a\.html'"):
        corpus.reader(one, two)
    corpus.write("z/n/a.html", "words")
    with pytest.raises(UsageError, match=r"two SOURCEs yield the page key 'n/a\.html'"):
        corpus.reader(f"n={one}", f"{corpus.root}/z")


def test_one_source_twice(corpus: Any) -> None:
    path = corpus.write("a.html", "words")
    with pytest.raises(UsageError, match="is given twice"):
        corpus.reader(path, path)
    with pytest.raises(UsageError, match="is given twice"):
        corpus.reader(corpus.root, corpus.root)
    with pytest.raises(UsageError, match="is given twice"):
        Reader([parse_source("-"), parse_source("x=-")])


def test_overlapping_folders(corpus: Any) -> None:
    corpus.write("sub/a.html", "words")
    with pytest.raises(UsageError) as caught:
        corpus.reader(corpus.root, f"{corpus.root}/sub")
    assert str(caught.value) == (
        f"SOURCEs {corpus.root} and {corpus.root}/sub both hold {corpus.root}/sub: its pages would be counted twice. "
        f"Leave one out, or give them names (NAME={corpus.root}/sub) if that is meant"
    )
    assert corpus.keys(corpus.root, f"x={corpus.root}/sub") == ["sub/a.html", "x/a.html"]


def test_overlaps_by_a_link_and_by_a_file(corpus: Any) -> None:
    path = corpus.write("x/sub/a.html", "words")
    (corpus.root / "link").symlink_to("x")
    with pytest.raises(UsageError, match="counted twice"):
        corpus.reader(f"{corpus.root}/x", f"{corpus.root}/link/sub")
    with pytest.raises(UsageError, match="counted twice"):
        corpus.reader(f"{corpus.root}/x", path)


def test_an_index_is_never_a_source(corpus: Any) -> None:
    corpus.write("index/current", "1")
    corpus.write("index/generations/1/page.html", "words")
    for source in ("index", "index/generations", "index/generations/1/page.html"):
        with pytest.raises(UsageError, match="an index is never a source"):
            corpus.reader(f"{corpus.root}/{source}")
    assert corpus.skips() == [("index/", "a searchkit index is never a source", False)]


def test_the_index_that_is_being_built_is_no_source_either(corpus: Any) -> None:
    corpus.write("a.html", "words")
    corpus.write("building/x/page.html", "words")
    building = corpus.root / "building"
    with pytest.raises(UsageError, match="an index is never a source"):
        corpus.reader(f"{building}/x", exclude=(building,))
    assert corpus.keys(exclude=(building,)) == ["a.html"]
    assert corpus.skips(exclude=(building,)) == [("building/", "a searchkit index is never a source", False)]


def test_pages_come_in_the_order_of_their_keys_whatever_the_order_of_sources(corpus: Any) -> None:
    for name in ("b/1.txt", "b-c/1.txt", "b.txt", "é.txt", "z.txt", "B.txt", "\U0001f600.txt", "\uffee.txt"):
        corpus.write(f"x/{name}", "words")
    corpus.write("y/a.txt", "words")
    sources = [f"{corpus.root}/x", f"b={corpus.root}/y"]
    keys = corpus.keys(*sources)
    assert keys == sorted(keys, key=str.encode)
    assert keys[:4] == ["B.txt", "b-c/1.txt", "b.txt", "b/1.txt"]
    assert corpus.keys(*reversed(sources)) == keys
