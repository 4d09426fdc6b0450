"""Plain texts of our own, in which every line of chrome is marked: are those cut, and no other?

A line of chrome begins with "~ " in the files of texts/; the cleaner gets them without the marks.
"""

from __future__ import annotations

from pathlib import Path

from searchkit.cleaning import clean
from searchkit.models import CleanPage, RawPage

__all__ = ["measured", "mistakes"]

TEXTS = Path(__file__).with_name("texts")
MARK = "~ "


def mistakes() -> tuple[list[str], list[str], int, int]:
    """Lines of chrome that were left, lines of content that were cut, and how many there are of each kind."""
    left: list[str] = []
    lost: list[str] = []
    chrome_count = content_count = 0
    for path in sorted(TEXTS.glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        chrome = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
        content = [line for line in lines if line and not line.startswith(MARK)]
        text = "\n".join(line.removeprefix(MARK) for line in lines)
        page = clean(RawPage(path.name, path.name, "text", text.encode()))
        assert isinstance(page, CleanPage)
        kept = page.text.splitlines()
        left += [f"{path.stem}: {line}" for line in chrome if line in kept]
        lost += [f"{path.stem}: {line}" for line in content if line not in kept]
        chrome_count += len(chrome)
        content_count += len(content)
    return left, lost, chrome_count, content_count


def measured() -> dict[str, float]:
    """The share of lines of chrome that are cut, and of lines of content that are kept."""
    left, lost, chrome, content = mistakes()
    return {"chrome": 1 - len(left) / chrome, "content": 1 - len(lost) / content}
