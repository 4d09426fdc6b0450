from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.cleaning import CleanOptions, clean
from searchkit.cleaning.markup import parse_html
from searchkit.cleaning.reading import read_blocks
from searchkit.models import CleanPage, RawPage, Removal, Skipped

PROSE = "The mayor of the town spoke for an hour about the harbour, and nobody left the hall before the end of it."


def html(content: str | bytes) -> CleanPage | Skipped:
    return clean(RawPage("a.html", "/a.html", "html", content.encode() if isinstance(content, str) else content))


def text(content: str) -> CleanPage | Skipped:
    return clean(RawPage("a.txt", "/a.txt", "text", content.encode()))


def words(content: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", content))


def accounted(page: CleanPage) -> Counter[str]:
    return words(page.text) + sum((words(part.text) for part in page.removed), Counter[str]())


def test_an_account_of_every_cut() -> None:
    page = html(
        f"<title>The port opens | Ledger</title><nav><a href=/>Home</a></nav><h1>The port opens</h1>"
        f"<article><p>{PROSE}</p><p>Share this article</p><p>Nobody wept.</p><p>{PROSE[:-1]} at all.</p></article>"
        "<footer>All rights reserved.</footer>"
    )
    assert isinstance(page, CleanPage)
    assert page.title == "The port opens"
    assert page.text == f"{PROSE}\n\nNobody wept.\n\n{PROSE[:-1]} at all."
    assert {part.rule for part in page.removed} >= {"share", "not in the article body"}


PAGES = [
    f"<p>{PROSE}</p><ul><li>one<li>two</ul><p>Share</p>",
    f"<nav>Home News</nav><h1>Title here</h1><div>{PROSE}<br><br>date 2024-06-15 + ↺ − 16 px<br>End.</div>",
    "<table><tr><td>Mr Lee:</td><td>Yes.</td></tr><tr><td>Mr Tan</td><td>No.</td></tr></table><footer>© 1998</footer>",
    "<p>short</p>",
    f"<article><p>{PROSE}</p><aside>Related: ports</aside><p>{PROSE[10:]}</p></article><form><b>Go</b></form>",
]


@pytest.mark.parametrize("content", PAGES)
def test_every_word_of_a_page_is_kept_or_accounted_for(content: str) -> None:
    page = html(content)
    assert isinstance(page, CleanPage)
    root = parse_html(content)
    assert root is not None
    assert accounted(page) == sum((words(block.text) for block in read_blocks(root).blocks), Counter[str]())


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "Share",
                PROSE,
                "Nobody wept.",
                "16 px",
                "+ ↺ − 16 px",
                "date 2024-06-15",
                "Column: 12",
                "a",
                "\n",
                "\n\n",
                " ",
                "Mr Lee: ",
            ]
        ),
        max_size=20,
    )
)
def test_every_word_of_a_text_is_kept_or_accounted_for(pieces: list[str]) -> None:
    content = "".join(pieces)
    page = text(content)
    if isinstance(page, CleanPage):
        # Letter by letter: a cut parts what was glued.
        kept = "".join((page.text, *(part.text for part in page.removed)))
        assert sorted("".join(kept.split())) == sorted("".join(content.split()))


def test_a_text_keeps_its_lines() -> None:
    page = text("One  line\nand another.\n\n\n\nA paragraph.\fA page.")
    assert isinstance(page, CleanPage)
    assert page.text == "One line\nand another.\n\nA paragraph.\n\nA page."


def test_a_record_is_taken_as_it_is() -> None:
    content = "Share\n\nColumn: 12\n\n  The port  is open."
    raw = RawPage("r1", "x.jsonl#1", "record", record={"text": content, "id": "r1"})
    page = clean(raw)
    assert isinstance(page, CleanPage)
    assert (page.text, page.removed, page.record) == (content, (), raw.record)
    ruled = clean(raw, CleanOptions(records=True))
    assert isinstance(ruled, CleanPage)
    assert ruled.text == "The port is open."
    assert ruled.removed == (Removal("Share", "share"), Removal("Column: 12", "column-mark"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no words"),
        ("<p> – </p>", "no words"),
        ("<script>only()</script>", "no words"),
        ("<p>Share</p>", "no words left"),
        (b"\0\0\0\0", "no words"),
    ],
)
def test_a_page_without_words_is_skipped_with_the_reason(content: str | bytes, reason: str) -> None:
    page = html(content)
    assert isinstance(page, Skipped)
    assert (page.page, page.reason) == ("a.html", reason)


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300), st.sampled_from(["html", "text"]))
def test_never_an_exception(content: bytes, format: str) -> None:
    page = clean(RawPage("a", "a", format, content))  # type: ignore[arg-type]
    assert isinstance(page, CleanPage | Skipped)


@pytest.mark.parametrize(
    "piece", ["<div>x</div>", "<a>x</a>", "<b>x</b> y ", "<p>The port is open to all.</p>", "“a ", "16 px "]
)
def test_a_large_page(piece: str) -> None:
    page = html(piece * (1_000_000 // len(piece)))
    assert isinstance(page, CleanPage)


def test_every_cut_knows_where_it_stood() -> None:
    page = text(f"Share\n\n{PROSE}\n\nTags: port, sea\n\nNobody wept.\n\n© 2024 Ledger. All rights reserved.")
    assert isinstance(page, CleanPage)
    where = [(part.rule, page.text[: part.at].strip()) for part in page.removed]
    assert where == [("share", ""), ("tags", PROSE), ("copyright", page.text)]


def test_rules_of_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("[ledger]\npattern = 'ledger staff'\n", "utf-8")
    page = clean(RawPage("a", "a", "text", b"Ledger staff\n\nThe port is open."), CleanOptions(rules=(str(file),)))
    assert isinstance(page, CleanPage)
    assert (page.text, page.removed) == ("The port is open.", (Removal("Ledger staff", "ledger"),))
