"""An Atom feed of reports: one entry each, the newest first; an entry never stands there twice."""

from __future__ import annotations

import hashlib
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path

from searchkit.errors import UsageError
from searchkit.generations import replace_file
from searchkit.watching.reports import Report

__all__ = ["add_to_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_GENERATOR = "searchkit watch"
_MOST_ENTRIES = 200
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def add_to_feed(path: Path, reports: Sequence[Report], content: Callable[[Report], str]) -> int:
    """Add an entry for each of `reports` to the Atom feed in the file `path`; how many were not there yet?

    The file is replaced in one step, and made if it is not there.  `content` gives the text of an entry.  Raises
    UsageError for a file that is something else.
    """
    ET.register_namespace("", _ATOM)
    feed = _existing(path)
    entries = {entry.findtext(_tag("id")): entry for entry in feed.findall(_tag("entry"))} if feed is not None else {}
    added = 0
    for report in reports:
        id = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'searchkit:watch:{report.id}')}"
        added += id not in entries
        entries.setdefault(id, _entry(id, report, content(report)))
    newest = sorted(entries.values(), key=lambda entry: entry.findtext(_tag("updated")) or "", reverse=True)
    _write(path, newest[:_MOST_ENTRIES])
    return added


def _existing(path: Path) -> ET.Element | None:
    try:
        root = ET.fromstring(path.read_bytes())
    except FileNotFoundError:
        return None
    except ET.ParseError as error:
        raise UsageError(f"{path} is no Atom feed ({error}), and is left alone: name another file") from error
    if root.tag != _tag("feed") or root.findtext(_tag("generator")) != _GENERATOR:
        raise UsageError(f"{path} is no feed of searchkit watch, and is left alone: name another file")
    return root


def _write(path: Path, entries: Sequence[ET.Element]) -> None:
    feed = ET.Element(_tag("feed"))
    place = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()
    _add(feed, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'searchkit:feed:{place}')}")
    _add(feed, "title", "Saved queries")
    _add(
        feed,
        "updated",
        max((entry.findtext(_tag("updated")) or "" for entry in entries), default="1970-01-01T00:00:00Z"),
    )
    _add(ET.SubElement(feed, _tag("author")), "name", "searchkit")
    _add(feed, "generator", _GENERATOR)
    feed.extend(entries)
    ET.indent(feed, " ")
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"
    replace_file(path, text, beside=path.with_name(f".{path.name}.next"))


def _entry(id: str, report: Report, content: str) -> ET.Element:
    entry = ET.Element(_tag("entry"))
    counts = ((len(report.new), "new"), (len(report.changed), "changed"), (len(report.lost), "lost"))
    told = ", ".join(f"{count:,} {kind}" for count, kind in counts if count)
    _add(entry, "id", id)
    _add(entry, "title", f"{report.name}: {told}")
    _add(entry, "updated", report.created)
    _add(entry, "content", content).set("type", "text")
    return entry


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, _tag(name))
    element.text = _FORBIDDEN.sub("\ufffd", text)
    return element


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"
