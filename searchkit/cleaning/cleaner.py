"""clean: RawPage -> CleanPage.  The text that speeches are cut from, and an account of everything that was cut."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import groupby

from searchkit.cleaning.blocks import Block, blocks_of_text, joined
from searchkit.cleaning.body import body_of
from searchkit.cleaning.declared import declarations
from searchkit.cleaning.decode import decode
from searchkit.cleaning.line_rules import cut_lines
from searchkit.cleaning.markup import parse_html
from searchkit.cleaning.reading import read_blocks
from searchkit.cleaning.titles import is_title, title_of, title_of_text
from searchkit.cleaning.widget import RULE as WIDGET
from searchkit.cleaning.widget import find_widgets
from searchkit.models import CleanPage, Declaration, RawPage, Removal, Skipped

__all__ = ["CleanOptions", "clean"]

_NOT_ARTICLE = "not in the article body"
_TITLE = "title above the text"
_BETWEEN = "\n\n"
_TITLE_WITHIN = 3
"""Blocks at the head of an article among which its title is looked for: a kicker or a date may stand before it."""


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """How pages are cleaned."""

    records: bool = False
    """Apply the widget and line rules to structured records too; else their text is taken as it is."""


def clean(page: RawPage, options: CleanOptions | None = None) -> CleanPage | Skipped:
    """What is the content of `page`?  Skipped, with the reason, if it has none."""
    if page.format == "html":
        found = _html(decode(page.content, is_html=True))
    elif page.format == "text":
        found = _text(decode(page.content, is_html=False))
    else:
        found = _record(page, options or CleanOptions())
    if not any(map(str.isalnum, found.text)):
        rules = {part.rule for part in found.removed if any(map(str.isalnum, part.text))}
        return Skipped(page.key, "no words left" if rules else "no words", detail="; ".join(sorted(rules)))
    return replace(
        found, key=page.key, location=page.location, format=page.format, record=page.record, sidecar=page.sidecar
    )


def _html(markup: str) -> CleanPage:
    root = parse_html(markup)
    if root is None:
        return _clean_page("")
    declared = declarations(root)
    title = title_of(declared)
    reading = read_blocks(root)
    places = body_of(root, reading, title).places
    blocks, removed, dates = _without_widgets(reading.blocks)
    kept: list[Block] = []
    for is_kept, group in groupby(range(len(blocks)), key=lambda place: place in places):
        present = [block for block in (blocks[place] for place in group) if block is not None]
        if is_kept:
            kept += present
        elif present:
            removed.append(Removal("\n".join(block.text for block in present), _NOT_ARTICLE))
    kept, cut = cut_lines(kept)
    removed += cut
    kept = _without_title(kept, title, removed)
    return _clean_page(joined(kept), title, removed, declared + dates)


def _text(text: str) -> CleanPage:
    blocks, removed, dates = _without_widgets(blocks_of_text(text))
    kept, cut = cut_lines([block for block in blocks if block is not None])
    return _clean_page(joined(kept), title_of_text(kept), removed + cut, dates)


def _record(page: RawPage, options: CleanOptions) -> CleanPage:
    text = str(page.record.get("text") or "")
    return _text(text) if options.records else _clean_page(text)


def _clean_page(
    text: str,
    title: str | None = None,
    removed: list[Removal] | None = None,
    declared: tuple[Declaration, ...] = (),
) -> CleanPage:
    return CleanPage("", "", "text", text, title, tuple(removed or ()), declared)


def _without_widgets(
    blocks: list[Block],
) -> tuple[list[Block | None], list[Removal], tuple[Declaration, ...]]:
    """`blocks` without font-size widgets, which may stretch over several; None stands where nothing is left."""
    starts, length = [], 0
    for block in blocks:
        starts.append(length)
        length += len(block.text) + len(_BETWEEN)
    left: list[Block | None] = list(blocks)
    removed: list[Removal] = []
    dates: list[Declaration] = []
    for widget in reversed(find_widgets(_BETWEEN.join(block.text for block in blocks))):
        # From the end, so that the offsets of those before stay true.
        pieces = []
        for place in range(bisect_right(starts, widget.start) - 1, bisect_left(starts, widget.end)):
            touched = left[place]
            if touched is not None:
                start, end = max(widget.start - starts[place], 0), widget.end - starts[place]
                pieces.append(touched.text[start:end])
                left[place] = _without(touched, start, end)
        removed.append(Removal(" ".join(pieces), WIDGET))
        if widget.date:
            dates.append(Declaration("chrome", "date", widget.date))
    return left, removed[::-1], tuple(dict.fromkeys(reversed(dates)))


def _without(block: Block, start: int, end: int) -> Block | None:
    rest = [part for part in (block.text[:start].strip(), block.text[end:].strip()) if part]
    return replace(block, text="\n".join(rest), linked=0) if rest else None


def _without_title(blocks: list[Block], title: str | None, removed: list[Removal]) -> list[Block]:
    for place, block in enumerate(blocks[:_TITLE_WITHIN]):
        if is_title(block, title) and len(blocks) > 1:
            removed.append(Removal(block.text, _TITLE))
            return blocks[:place] + blocks[place + 1 :]
    return blocks
