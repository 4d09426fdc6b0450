"""HTML -> an element tree, whatever the HTML is: a page that no tree can hold is flattened first."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from searchkit.cleaning.reading import is_block

__all__ = ["parse_html"]

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)[^<>]*>")
_RAW = frozenset(("script", "style"))
_TOO_DEEP = "Excessive depth"


def parse_html(text: str) -> etree._Element | None:
    """Which elements does the page `text` have?  None if there is not one."""
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


def _flat(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _RAW:
        return tag[0]
    return "<p>" if is_block(name) else ""
