"""HTML -> an element tree, whatever the HTML is: a page that no tree can hold is flattened first."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from searchkit.cleaning.reading import is_block

__all__ = ["TooManyTags", "parse_html"]

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)[^<>]*>")
_RAW = frozenset(("script", "style"))
_TOO_DEEP = "Excessive depth"


_MOST_TAGS = 300_000
"""A page with more is none: the most on 131 real pages are 6,300, and reading takes some 10 microseconds for each."""
_MANY_ATTRIBUTES = 20_000
"""Signs of attributes on a page from which on its tags are looked at one by one: the most on real pages are 14,000."""
_MOST_ATTRIBUTES = 300
"""Of one tag; libxml2 compares every attribute of a tag with every other."""
_WHOLE_TAG = re.compile(r"""<([A-Za-z][\w:-]*+)((?>[^"'<>]++|"[^"]*+"|'[^']*+')*+)>""")


class TooManyTags(ValueError):
    """A page has more tags than can be read in a few seconds."""


def parse_html(text: str) -> etree._Element | None:
    """Which elements does the page `text` have?  None if there is not one.

    Raises TooManyTags for what is no page but an attack.
    """
    if text.count("<") > _MOST_TAGS:
        raise TooManyTags(f"more than {_MOST_TAGS:,} tags")
    if text.count("=") > _MANY_ATTRIBUTES:
        text = _WHOLE_TAG.sub(_with_few_attributes, text)
    root, complete = _parse(text)
    if complete:
        return root
    # Beyond 2,048 levels libxml2 stops reading; such a page is read as a sequence of blocks instead.
    return _parse(_TAG.sub(_flat, text))[0]


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    return root, not any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _with_few_attributes(tag: re.Match[str]) -> str:
    return tag[0] if tag[2].count("=") <= _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _flat(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _RAW:
        return tag[0]
    return "<p>" if is_block(name) else ""
