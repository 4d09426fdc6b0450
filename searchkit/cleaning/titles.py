"""The title of a page, without the name of its site; and the headline that repeats it above the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from searchkit.cleaning.blocks import Block
from searchkit.models import Declaration

__all__ = ["is_title", "title_of", "title_of_text"]

_ORDER = (
    # the more carefully written before the less: origin, name
    ("json-ld", "headline"),
    ("meta", "og:title"),
    ("meta", "headline"),
    ("meta", "dc.title"),
    ("meta", "twitter:title"),
    ("title", "title"),
    ("heading", "h1"),
    ("meta", "title"),
)
_SEPARATOR = re.compile(r"\s+[|•·»›–—-]\s+|\s*[|»›]\s*|\s*::\s*")
_LONGEST = 300
_LONGEST_LINE = 120
_ENDS_SENTENCE = re.compile(r"[.,:;!?…)\]]\Z")


def title_of(declared: Iterable[Declaration]) -> str | None:
    """Which title does a page have that declares `declared`?"""
    by_name: dict[tuple[str, str], str] = {}
    headings = []
    for declaration in declared:
        by_name.setdefault((declaration.origin, declaration.name), declaration.value)
        if declaration.origin == "heading":
            headings.append(declaration.value)
    site = by_name.get(("meta", "og:site_name"))
    for wanted in _ORDER:
        found = by_name.get(wanted)
        if found:
            title = _without_site(found, site, headings)
            # A heading that the title contains is the title as the page shows it.
            return next((heading for heading in headings if _words(heading) == _words(title)), title)[:_LONGEST]
    return None


def is_title(block: Block, title: str | None) -> bool:
    """Does `block` repeat the title of its page?"""
    return title is not None and _words(block.text) == _words(title)


def title_of_text(blocks: list[Block]) -> str | None:
    """Which title has a plain text?  Its first line if that stands alone and is no sentence, label or greeting."""
    if len(blocks) < 2:
        return None
    first = blocks[0].text
    if "\n" in first or len(first) > _LONGEST_LINE or _ENDS_SENTENCE.search(first) or ":" in first:
        return None
    return first if len(_words(first)) > 1 else None


def _without_site(title: str, site: str | None, headings: list[str]) -> str:
    """`title` without " | Site": the part that is a heading of the page, else what is left without the site's name."""
    parts = [part.strip() for part in _SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    shown = {_words(heading) for heading in headings}
    if _words(title) in shown:
        return title
    if _words(parts[0]) in shown:
        return parts[0]
    if site and _words(parts[-1]) == _words(site):
        return title[: title.rindex(parts[-1])].rstrip(" |•·»›–—:-")
    return title


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))
