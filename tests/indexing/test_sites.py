from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.indexing.sites import Sites, site_of
from searchkit.models import CleanPage, Declaration, Removal

TEXT = "The harbour was dredged in the spring, and it will be dredged again before the ships come in the autumn. " * 2


def page(number: int, *, cut: int = 10, more: str = "", site: str = "example.org") -> CleanPage:
    return CleanPage(
        f"a/{number}.html",
        "",
        "html",
        f"{number} {TEXT}{more}",
        removed=(Removal("x" * cut, "rule"),),
        declared=(Declaration("link", "canonical", f"https://www.{site}/{number}"),),
    )


def seen(pages: list[CleanPage], former: Path | None = None) -> Sites:
    sites = Sites(former)
    for one in pages:
        sites.see(one)
    return sites


def test_a_new_template_is_told(tmp_path: Path) -> None:
    seen([page(number) for number in range(6)]).write(tmp_path)
    assert list(seen([page(number) for number in range(6)], tmp_path).remarks()) == []
    [told] = seen([page(number, cut=300) for number in range(6)], tmp_path).remarks()
    assert told.startswith("example.org: 41% of a page was kept, 95% before: a new template?")
    assert list(seen([page(number, cut=300) for number in range(4)], tmp_path).remarks()) == []


def test_a_build_of_nothing_new_keeps_what_is_known(tmp_path: Path) -> None:
    seen([page(number) for number in range(6)]).write(tmp_path)
    before = (tmp_path / "sites.json").read_bytes()
    seen([], tmp_path).write(tmp_path)
    assert (tmp_path / "sites.json").read_bytes() == before


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}', '{"a": ["x", "y"]}'])
def test_a_damaged_file_is_as_none(content: str, tmp_path: Path) -> None:
    (tmp_path / "sites.json").write_text(content)
    assert list(seen([page(1)], tmp_path).remarks()) == []


def test_blocks_that_recur_are_told_and_not_cut() -> None:
    pages = [page(number, more="\n\nQuestion put, and agreed to." if number % 2 else "") for number in range(12)]
    [told] = seen(pages).remarks()
    assert told.startswith("example.org: kept on many pages")
    assert told.endswith('"Question put, and agreed to." (6 of 12)')
    assert list(seen(pages[:8]).remarks()) == []


def test_the_site_of_a_page() -> None:
    assert site_of(page(1)) == "example.org"
    assert site_of(CleanPage("ledger/a.html", "", "html", "x")) == "ledger/"
    assert site_of(CleanPage("a.html", "", "html", "x")) == "pages without an address"
    assert site_of(CleanPage("a.html", "", "html", "x", sidecar={"url": "http://[bad"})) == "pages without an address"


def test_records_are_not_looked_at() -> None:
    pages = [CleanPage(str(number), "", "record", "Question put.") for number in range(9)]
    assert list(seen(pages).remarks()) == []
