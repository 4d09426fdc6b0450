"""Reports of saved queries: as sentences, as a Markdown digest, as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.presenting.json import JSONObject, error_json
from searchkit.presenting.printable import visible
from searchkit.presenting.sentences import counted

if TYPE_CHECKING:  # not needed to look at its values, and slow to load
    from searchkit.watching import Report, Round, Watch, WatchHit

__all__ = ["round_json", "round_markdown", "round_text", "report_text", "watch_json"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def watch_json(watch: Watch) -> JSONObject:
    """What does `watch list --json` print of each saved query?"""
    return {
        "name": watch.name,
        "query": watch.query,
        "created": watch.created,
        "generation": watch.generation,
        "hits": len(watch.known) if watch.generation else None,
        "reports": watch.runs,
        "untold": len(watch.pending),
    }


def round_json(found: Round) -> JSONObject:
    """What does `watch run --json` print?"""
    return {
        "generation": found.generation,
        "reports": [report.as_json() for report in found.reports],
        "quiet": list(found.quiet),
        "failed": [{"name": failed.name, **error_json(failed.error)} for failed in found.failed],
    }


def round_text(found: Round) -> str:
    """How is a round told in plain sentences?"""
    parts = [report_text(report) for report in found.reports]
    if not parts:
        return f"no news: {counted(len(found.quiet), 'saved query', 'saved queries')}, generation {found.generation}\n"
    return "\n".join(parts)


def report_text(report: Report) -> str:
    """How is one report told in plain sentences?"""
    return "".join(f"{line}\n" for line in _lines(report))


def round_markdown(found: Round) -> str:
    """How is a round told as a digest in Markdown?"""
    lines = [f"# Saved queries, {found.generation}", ""]
    for report in found.reports:
        lines += [f"## {_escaped(report.name)}: {_counts(report)}", "", f"*{_escaped(report.understood)}*", ""]
        for kind, hits in _kinds(report):
            lines += [f"### {kind}", "", *(_item(hit) for hit in hits), ""]
    if found.quiet:
        lines += [f"No news: {', '.join(map(_escaped, found.quiet))}.", ""]
    return "\n".join(lines)


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.name}: {_counts(report)}, {counted(report.total, 'hit')} in all"
    yield f"  {visible(report.understood, one_line=True)}"
    if report.again:
        yield f"  (told again: the run before was cut off; report {report.id})"
    for kind, hits in _kinds(report):
        for hit in hits:
            yield f"  {kind:8} {visible(hit.id, one_line=True)}" + (f"  {about}" if (about := _about(hit)) else "")
            if hit.former_id:
                yield f"           was {visible(hit.former_id, one_line=True)}"
            if hit.snippet:
                yield f"           {_one_line(hit.snippet)}"


def _kinds(report: Report) -> Iterator[tuple[str, tuple[WatchHit, ...]]]:
    for kind, hits in (("new", report.new), ("changed", report.changed), ("lost", report.lost)):
        if hits:
            yield kind, hits


def _counts(report: Report) -> str:
    return ", ".join(f"{len(hits):,} {kind}" for kind, hits in _kinds(report))


def _about(hit: WatchHit) -> str:
    return visible(" · ".join(part for part in (hit.speaker, hit.date, hit.title) if part), one_line=True)


def _item(hit: WatchHit) -> str:
    name = _escaped(hit.title or hit.id)
    link = f"[{name}](<{hit.url}>)" if hit.url and re.fullmatch(r"https?://[^\s<>]+", hit.url) else f"**{name}**"
    about = ", ".join(_escaped(part) for part in (hit.speaker, hit.date, hit.source) if part)
    words = f"  \n  > {_escaped(_one_line(hit.snippet))}" if hit.snippet else ""
    return f"- {link}" + (f", {about}" if about else "") + f" (`{hit.id.replace('`', chr(39))}`)" + words


def _one_line(text: str) -> str:
    return " ".join(visible(text, one_line=True).split())


def _escaped(text: str) -> str:
    """`text` of a page, so that nothing in it is Markdown or HTML."""
    return _MARKDOWN.sub(r"\\\1", _one_line(text)).replace("&", "&amp;")
