from __future__ import annotations

import pytest

from searchkit.cleaning.markup import parse_html
from searchkit.cleaning.reading import read_blocks


def words(page: str) -> list[str]:
    root = parse_html(page)
    return [] if root is None else [block.text for block in read_blocks(root).blocks]


@pytest.mark.parametrize("depth", [100, 3_000, 100_000])
@pytest.mark.parametrize("tag", ["div", "span", "blockquote"])
def test_no_word_is_lost_in_a_deep_page(depth: int, tag: str) -> None:
    page = f"<p>before</p>{f'<{tag}>' * depth}inside{f'</{tag}>' * depth}<p>after</p><script>not this</script>"
    assert words(page) == ["before", "inside", "after"]


@pytest.mark.parametrize("page", ["", " ", "<!-- nothing -->", "<"])
def test_no_element(page: str) -> None:
    assert "".join(words(page)) in ("", "<")


def test_broken_markup() -> None:
    assert words("<p>one<p>two <b>three</p> four</i><div>five") == ["one", "two three", "four", "five"]
