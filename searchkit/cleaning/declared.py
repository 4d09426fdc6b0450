"""What a page declares of itself outside its text: JSON-LD, meta and link elements, times, titles.

Everything is returned as found, each with its origin; which declaration counts for what is extraction's to say.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from lxml import etree

from searchkit.cleaning.blocks import squeezed
from searchkit.models import Declaration

__all__ = ["declarations"]

_MOST = 200
"""Declarations of one page; the rest is no description but ballast."""
_LONGEST = 2000
_META_NAMES = frozenset(
    """
    og:title og:site_name og:url og:locale og:type twitter:title
    article:published_time article:modified_time article:author article:publisher
    author byl title headline date pubdate publishdate publish-date publish_date published_time publication_date
    datepublished dc.date dc.date.issued dc.date.created dcterms.date dcterms.created dcterms.issued
    dc.title dc.language dc.creator dc.publisher
    sailthru.date parsely-pub-date parsely-title parsely-author article.published cxenseparse:recs:publishtime
    application-name publisher content-language language og:published_time datecreated
    """.split()
)
"""Names and properties of meta elements that say something of the fields of a speech."""
_JSON_LD_KEYS = frozenset(
    "headline name datePublished dateCreated uploadDate startDate inLanguage url author publisher location".split()
)
_JSON_LD_TYPES = (
    "article", "blogposting", "report", "webpage", "event", "videoobject", "speech", "discussionforumposting", "posting"
)  # fmt: skip
"""Endings of @type (lower case) whose nodes describe the page: NewsArticle, ReportageNewsArticle, WebPage, Event."""
_DEEPEST = 20


def declarations(root: etree._Element) -> tuple[Declaration, ...]:
    """What does the page below `root` declare of itself?  In page order within each origin; no value twice."""
    found: dict[Declaration, None] = {}
    for origin, name, value in _all(root):
        text = squeezed(_plain(value[:_LONGEST]))
        if text:
            found.setdefault(Declaration(origin, name, text))
        if len(found) >= _MOST:
            break
    return tuple(found)


def _plain(value: str) -> str:
    """`value` without the entities of a page that escapes twice, and without the tags of a headline set in bold."""
    value = html.unescape(value)
    if "<" not in value or ">" not in value:
        return value
    from bs4 import BeautifulSoup

    return BeautifulSoup(value, "lxml").get_text(" ")


def _all(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    if root.get("lang"):
        yield "html", "lang", root.get("lang") or ""
    yield from _json_ld(root)
    for meta in root.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name in _META_NAMES:
                yield "meta", name, meta.get("content") or ""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "link", "canonical", link.get("href") or ""
    for title in root.iter("title"):
        yield "title", "title", _text(title)
        break
    for heading in root.iter("h1"):
        yield "heading", "h1", _text(heading)
    yield from _times(root)


def _times(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Time elements: one marked as the date of publication first, then those of the article, then the others."""
    ranked = []
    for place, time in enumerate(root.iter("time")):
        if place == _MOST:
            break
        marked = time.get("pubdate") is not None or "datepublished" in (time.get("itemprop") or "").lower()
        within = any(above.tag in ("article", "main") for above in time.iterancestors("article", "main"))
        ranked.append((not marked, not within, place, time))
    for unmarked, _, _, time in sorted(ranked, key=lambda entry: entry[:3]):
        yield "time", "datetime" if unmarked else "published", time.get("datetime") or _text(time)


def _text(element: etree._Element) -> str:
    return " ".join(map(str, element.itertext()))


def _json_ld(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            yield from _nodes(json.loads(script.text, strict=False))
        except (ValueError, RecursionError):
            continue  # broken JSON declares nothing


def _nodes(value: object, depth: int = 0) -> Iterator[tuple[str, str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        types = value.get("@type")
        names = [str(name).lower() for name in (types if isinstance(types, list) else [types])]
        if any(name.endswith(_JSON_LD_TYPES) for name in names):
            kind = "event" if any(name.endswith("event") for name in names) else ""
            for key in sorted(_JSON_LD_KEYS & value.keys()):
                for text in _texts(value[key]):
                    yield "json-ld", f"{kind}.{key}" if kind else key, text
        for key in ("@graph", "mainEntity", "itemReviewed", "about"):
            if key in value:
                yield from _nodes(value[key], depth + 1)


def _texts(value: object) -> Iterator[str]:
    """The texts of a value: itself, the names of things, the members of a list."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name")
        if isinstance(item, str):
            yield item
