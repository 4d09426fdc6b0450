"""clean: RawPage -> CleanPage.  The text that speeches are cut from, and an account of everything that was cut."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from searchkit.cleaning.blocks import Block, Cut, blocks_of_text, joined
from searchkit.cleaning.body import body_of
from searchkit.cleaning.declared import declarations
from searchkit.cleaning.decode import decode, legible
from searchkit.cleaning.line_rules import LineRule, cut_lines, rules_with
from searchkit.cleaning.markup import TooManyTags, parse_html
from searchkit.cleaning.pdf import PdfUnreadable, text_of_pdf
from searchkit.cleaning.reading import read_blocks
from searchkit.cleaning.sheets import joined_sheets, unhyphenated
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
    rules: tuple[str, ...] = ()
    """Rules files of the user's own, beside rules/lines.toml."""


def clean(page: RawPage, options: CleanOptions | None = None) -> CleanPage | Skipped:
    """What is the content of `page`?  Skipped, with the reason, if it has none.

    Raises UsageError for a rules file of the options that cannot be used.
    """
    options = options or CleanOptions()
    rules = rules_with(options.rules)
    if page.format == "html":
        try:
            found = _html(decode(page.content, is_html=True), rules)
        except TooManyTags as problem:
            return Skipped(page.key, str(problem))
    elif page.format == "text":
        found = _text(decode(page.content, is_html=False), rules)
    elif page.format == "pdf":
        try:
            found = _text(legible(text_of_pdf(page.content)), rules)
        except PdfUnreadable as problem:
            return Skipped(page.key, problem.reason, unreadable=problem.for_now, detail=problem.detail)
    else:
        text = str(page.record.get("text") or "")
        found = _text(text, rules) if options.records else _clean_page([text])
    if not any(map(str.isalnum, found.text)):
        names = {part.rule for part in found.removed if any(map(str.isalnum, part.text))}
        return Skipped(page.key, "no words left" if names else "no words", detail="; ".join(sorted(names)))
    return replace(
        found, key=page.key, location=page.location, format=page.format, record=page.record, sidecar=page.sidecar
    )


def _html(markup: str, rules: tuple[LineRule, ...]) -> CleanPage:
    root = parse_html(markup)
    if root is None:
        return _clean_page([])
    declared = declarations(root)
    title = title_of(declared)
    reading = read_blocks(root)
    places = body_of(root, reading, title).places
    blocks, cuts, dates = _without_widgets(reading.blocks)
    kept: list[Block] = []
    for is_kept, group in groupby(blocks, key=lambda block: block.place in places):
        if is_kept:
            kept += group
        else:
            others = list(group)
            cuts.append(Cut("\n".join(block.text for block in others), _NOT_ARTICLE, others[0].place))
    kept, cut = cut_lines(kept, rules)
    cuts += cut
    kept = _without_title(kept, title, cuts)
    return _clean_page(kept, title, cuts, declared + dates)


def _text(text: str, rules: tuple[LineRule, ...]) -> CleanPage:
    text, edges = joined_sheets(text) if "\f" in text else (text, [])
    blocks, cuts, dates = _without_widgets(blocks_of_text(unhyphenated(text)))
    kept, cut = cut_lines(blocks, rules)
    return _clean_page(kept, title_of_text(kept), edges + cuts + cut, dates)


def _clean_page(
    kept: list[Block] | list[str],
    title: str | None = None,
    cuts: Iterable[Cut] = (),
    declared: tuple[Declaration, ...] = (),
) -> CleanPage:
    blocks = [Block(text) if isinstance(text, str) else text for text in kept]
    text = joined(blocks)
    return CleanPage("", "", "text", text, title, _account(blocks, cuts), declared)


def _account(kept: list[Block], cuts: Iterable[Cut]) -> tuple[Removal, ...]:
    """What was cut, in page order, each with the offset into the text of `kept` behind which it stood."""
    places = [block.place for block in kept]
    ends = [0, *accumulate(len(block.text) + (1 if block.continues else len(_BETWEEN)) for block in kept)]
    ordered = sorted(cuts, key=lambda cut: cut.place)
    return tuple(Removal(cut.text, cut.rule, ends[bisect_left(places, cut.place)]) for cut in ordered)


def _without_widgets(blocks: list[Block]) -> tuple[list[Block], list[Cut], tuple[Declaration, ...]]:
    """`blocks` without font-size widgets, which may stretch over several."""
    starts, length = [], 0
    for block in blocks:
        starts.append(length)
        length += len(block.text) + len(_BETWEEN)
    left: list[Block | None] = list(blocks)
    cuts: list[Cut] = []
    dates: list[Declaration] = []
    for widget in reversed(find_widgets(_BETWEEN.join(block.text for block in blocks))):
        # From the end, so that the offsets of those before stay true.
        pieces = []
        first = bisect_right(starts, widget.start) - 1
        for place in range(first, bisect_left(starts, widget.end)):
            touched = left[place]
            if touched is not None:
                start, end = max(widget.start - starts[place], 0), widget.end - starts[place]
                pieces.append(touched.text[start:end])
                left[place] = _without(touched, start, end)
        cuts.append(Cut(" ".join(pieces), WIDGET, first))
        if widget.date:
            dates.append(Declaration("chrome", "date", widget.date))
    return [block for block in left if block is not None], cuts[::-1], tuple(dict.fromkeys(reversed(dates)))


def _without(block: Block, start: int, end: int) -> Block | None:
    rest = [part for part in (block.text[:start].strip(), block.text[end:].strip()) if part]
    return replace(block, text="\n".join(rest), linked=0) if rest else None


def _without_title(blocks: list[Block], title: str | None, cuts: list[Cut]) -> list[Block]:
    for place, block in enumerate(blocks[:_TITLE_WITHIN]):
        if is_title(block, title) and len(blocks) > 1:
            cuts.append(Cut(block.text, _TITLE, block.place))
            return blocks[:place] + blocks[place + 1 :]
    return blocks
