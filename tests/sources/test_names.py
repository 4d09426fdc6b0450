from __future__ import annotations

import pytest

from searchkit.sources.names import Names

PAGES = [
    ("2023/a.html", "a.html"),
    ("2023/b.txt.gz", "b.txt.gz"),
    ("2024/a.html", "2024/a.html"),
    ("2024/c.htm", "2024/c.htm"),
    ("2024/c.txt", "2024/c.txt"),
    ("c.txt", "c.txt"),
    ("OHIO.TXT.GZ", "OHIO.TXT.GZ"),
]


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("2024/a.html", ("2024/a.html",)),
        ("./2024/a.html", ("2024/a.html",)),
        ("2024\\a.html", ("2024/a.html",)),
        (" a.html ", ("2023/a.html",)),
        ("a", ("2023/a.html", "2024/a.html")),
        ("b.txt.gz", ("2023/b.txt.gz",)),
        ("b.txt", ("2023/b.txt.gz",)),
        ("b", ("2023/b.txt.gz",)),
        ("c.htm", ("2024/c.htm",)),
        ("c.txt", ("c.txt",)),
        ("c", ("2024/c.htm", "2024/c.txt")),
        ("OHIO.TXT", ("OHIO.TXT.GZ",)),
        ("OHIO", ("OHIO.TXT.GZ",)),
        ("d", ()),
        ("", ()),
    ],
)
def test_which_pages_a_name_means(name: str, pages: tuple[str, ...]) -> None:
    assert Names(PAGES).find(name) == pages


def test_how_many_pages_there_are() -> None:
    assert len(Names(PAGES)) == 7
