"""What a page says of itself as a whole: date, source, address, kind, language.

Declarations come before the text, the text before the file's name; a part that nobody states stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from searchkit.analysis import fold
from searchkit.extraction.dating import date_in_text, read_date
from searchkit.extraction.naming import date_of_name
from searchkit.models import CleanPage, Declaration

__all__ = ["date_of", "declared_language", "kind_of_title", "published", "source_of", "url_of"]

_DATES = (
    # origin, name: when it was said before when it was published, published before changed
    ("json-ld", "datePublished"),
    ("json-ld", "dateCreated"),
    ("json-ld", "uploadDate"),
    ("meta", "article:published_time"),
    ("meta", "og:published_time"),
    ("meta", "datepublished"),
    ("meta", "datecreated"),
    ("meta", "article.published"),
    ("meta", "parsely-pub-date"),
    ("meta", "sailthru.date"),
    ("meta", "cxenseparse:recs:publishtime"),
    ("meta", "published_time"),
    ("meta", "publication_date"),
    ("meta", "publish_date"),
    ("meta", "publish-date"),
    ("meta", "publishdate"),
    ("meta", "pubdate"),
    ("meta", "dcterms.issued"),
    ("meta", "dc.date.issued"),
    ("meta", "dcterms.created"),
    ("meta", "dc.date.created"),
    ("meta", "dcterms.date"),
    ("meta", "dc.date"),
    ("meta", "date"),
    ("time", "published"),
    ("time", "datetime"),
    ("chrome", "date"),
    ("json-ld", "event.startDate"),
)
_DAY_LENGTH = len("2024-06-15")
_LOOKS_BACK = re.compile(r"\b(?:anniversary|since|after|before|remember\w*|victims|events|years)\b", re.IGNORECASE)
_HEAD_LINES = 4
_HEAD_LINE_LENGTH = 120

_SOURCES = (
    ("json-ld", "publisher"),
    ("meta", "og:site_name"),
    ("meta", "dc.publisher"),
    ("meta", "publisher"),
    ("meta", "application-name"),
)
_REPORTS = re.compile(
    # "held in Shusha, News.Az reports." / "AZERTAC informs." / "Trend reports, citing"
    r"(?:^|[,.(]\s+|[\"\u201d]\s*)(?P<source>(?:[A-Z][\w&.'’-]*\s){0,3}?[A-Z][\w&.'’-]*)\s(?:reports|informs)(?=[.,\"\u201c]|\sciting\b)",
    re.MULTILINE,
)
_REPORTS_WITHIN = 2000
_URLS = (("link", "canonical"), ("meta", "og:url"), ("json-ld", "url"))
_URL = re.compile(r"https?://[^\s<>\"\x00-\x1f]+\Z", re.IGNORECASE)

_KINDS = (
    # a word of a title, heading or file name (folded) -> kind; of two in one place the first here
    ("interview", "interview"),
    ("debate", "debate"),
    ("town hall", "town hall"),
    ("press conference", "press conference"),
    ("press briefing", "press conference"),
    ("briefing", "press conference"),
    ("hearing", "hearing"),
    ("committee", "hearing"),
    ("question time", "debate"),
    ("proceedings", "debate"),
    ("official report", "debate"),
    ("plenarprotokoll", "debate"),
    ("sitting", "debate"),
    ("speech", "speech"),
    ("address", "speech"),
    ("remarks", "speech"),
    ("rally", "speech"),
    ("lecture", "speech"),
    ("sermon", "speech"),
    ("toast", "speech"),
    ("statement", "statement"),
    ("message", "message"),
    ("letter", "letter"),
    ("cixisi", "speech"),
    ("konusmasi", "speech"),
    ("discours", "speech"),
    ("rede", "speech"),
    ("discurso", "speech"),
    ("выступление", "speech"),
    ("интервью", "interview"),
    ("заявление", "statement"),
)


def published(page: CleanPage) -> str | None:
    """Which day does the page declare outside its text?"""
    by_name = _by_name(page.declared)
    for wanted in _DATES:
        value = by_name.get(wanted)
        date = read_date(value, by_name.get(("html", "lang"))) if value else None
        if date:
            return date
    return None


def date_of(page: CleanPage, said: str | None = None) -> str | None:
    """When was it said, else published?  An ISO date of the precision that the page gives.

    `said` is what the lines above the text or its dateline say: it comes before what the page declares of itself, as
    long as it is not after that.
    """
    declared = published(page)
    language = declared_language(page.declared)
    if said and (declared is None or said[: len(declared)] <= declared):
        return said
    if declared:
        return declared
    return _date_of_head(page.text, language) or _date_of_title(page.title, language) or date_of_name(page.key)


def _date_of_head(text: str, language: str | None) -> str | None:
    """The day in the first lines, each by itself."""
    for line in text[: _HEAD_LINES * _HEAD_LINE_LENGTH].split("\n")[: 2 * _HEAD_LINES]:
        if len(line) > _HEAD_LINE_LENGTH:
            continue
        date = date_in_text(line, language)
        if date and len(date) == _DAY_LENGTH:
            return date
    return None


def _date_of_title(title: str | None, language: str | None) -> str | None:
    """The day that a title names: Official Report, 7 March 2023; not one that it looks back to."""
    date = date_in_text(title, language) if title and not _LOOKS_BACK.search(title) else None
    return date if date and len(date) == _DAY_LENGTH else None


def source_of(page: CleanPage) -> str | None:
    """Which outlet published it?  What it calls itself, else what the text says who reports, else its host."""
    by_name = _by_name(page.declared)
    for wanted in _SOURCES:
        name = by_name.get(wanted, "").split(" | ")[0].strip()
        if name and not name.startswith(("@", "http")):
            return name
    reports = _REPORTS.search(page.text[:_REPORTS_WITHIN])
    if reports:
        return reports["source"]
    url = url_of(page.declared)
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None


def url_of(declared: Iterable[Declaration]) -> str | None:
    """At which address does the page say it stands?"""
    by_name = _by_name(declared)
    return next((by_name[wanted] for wanted in _URLS if _URL.match(by_name.get(wanted, ""))), None)


def declared_language(declared: Iterable[Declaration]) -> str | None:
    """Which language tag does the page declare: "en-GB"?"""
    return _by_name(declared).get(("html", "lang"))


def kind_of_title(titles: Sequence[str | None]) -> str | None:
    """Which kind of occasion do the titles name?  The first word of the first title that names one decides."""
    for title in titles:
        words = " ".join(["", *re.findall(r"[^\W_]+", fold(title or "")), ""])
        found = [(words.find(f" {word} "), place, kind) for place, (word, kind) in enumerate(_KINDS)]
        named = min((entry for entry in found if entry[0] >= 0), default=None)
        if named:
            return named[2]
    return None


def _by_name(declared: Iterable[Declaration]) -> dict[tuple[str, str], str]:
    values: dict[tuple[str, str], str] = {}
    for declaration in declared:
        values.setdefault((declaration.origin, declaration.name), declaration.value)
    return values
