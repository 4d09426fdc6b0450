"""The plain reading of a page: every visible word, block by block, as a browser would set them.

An element tree goes in, a `Reading` comes out. It judges nothing: navigation is read like the article, and only
marked by the page part that it stands in. The walk is one pass without recursion, linear in the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from searchkit.cleaning.blocks import Block, squeezed

__all__ = ["Reading", "is_block", "read_blocks"]

_UNSEEN = frozenset(
    "head script style noscript template svg iframe object embed applet audio video canvas map datalist rp rt".split()
)
"""Elements whose text no browser shows, and the readings above Japanese words."""

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol optgroup p pre
    section select summary table tbody tfoot thead tr ul
    """.split()
)
"""Elements that begin and end a block; all others are set within the line."""

_BOXES = frozenset(("button", "img", "input", "label", "option", "textarea"))
"""Elements within the line that part the words on their left and right, though no space stands there."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th", "dt"))
_WITHIN_CELL = frozenset(("dd", "div", "p"))
_STRONG = frozenset(("b", "em", "i", "small", "strong"))
_FIGURES = frozenset(("figure", "figcaption"))

_CHROME = frozenset(("aside", "dialog", "footer", "form", "header", "menu", "nav"))
_CHROME_ROLES = frozenset(
    ("alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search")
)
_ARTICLES = frozenset(("article", "main"))
_NAMING = ("class", "id", "itemprop", "role")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_HOVER_BOX = re.compile(
    r"(?:tool-?tip|pop-?over|roll-?over|hover-?card)[\w-]*(?:block|body|box|card|content|inner|panel|text)\b",
    re.IGNORECASE,
)

_LONGEST_LABEL = 60
"""A table cell of more characters is a paragraph by itself, not a name, a label or a figure."""

_CELL_END, _TERM_END = "\x1f", "\x1e"
"""Stand behind a cell, or the term of a definition, until the whole row is known; no page holds them (decode.py)."""
_ENDS = re.compile(f"([{_CELL_END}{_TERM_END}])")

_QUOTATION_MARKS = {"start": "\u201c", "end": "\u201d"}


@dataclass(frozen=True, slots=True)
class Container:
    """A block element around blocks."""

    parent: int
    """The place of the one around it; -1 for the outermost."""
    tag: str
    name: str
    """What its author calls it: role, itemprop, classes and id, in lower case."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All blocks of a page, and how large and how deep its tree is."""

    blocks: list[Block]
    containers: list[Container]
    """The block elements of the page, in the order in which they begin; a block names its innermost by place."""
    elements: int
    depth: int


def is_block(tag: str) -> bool:
    """Does the element `tag` begin and end a block?"""
    return tag in _BLOCKS


def read_blocks(root: etree._Element) -> Reading:
    """Which blocks does the page below `root` show?"""
    reader = _Reader()
    elements = depth = deepest = 0
    skipped: etree._Element | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            elements += 1
            depth += 1
            deepest = max(deepest, depth)
            if _is_unseen(element):
                walk.skip_subtree()
                skipped = element
            else:
                reader.start(element)
        else:
            depth -= 1
            if element is skipped:
                skipped = None
            else:
                reader.end(element)
            if element.tail and element is not root:
                reader.add(element.tail)
    reader.flush()
    return Reading(reader.blocks, reader.containers, elements, deepest)


def _is_unseen(element: etree._Element) -> bool:
    # A hidden block is read and marked: some pages show their article only when a script has run.
    tag = element.tag
    if tag in _UNSEEN:
        return True
    return bool(element.attrib) and tag not in _BLOCKS and (_is_hidden(element) or _is_hover_box(element))


def _is_hover_box(element: etree._Element) -> bool:
    """Is it a box within the line that shows only under the mouse: more about a person whom the sentence names?"""
    name = element.get("class")
    return name is not None and _HOVER_BOX.search(name) is not None


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN_STYLE.search(style) is not None)


@dataclass(slots=True)
class _Line:
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    strong: int = 0


class _Reader:
    """Takes the elements of a page in their order and cuts their text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self._container = -1
        self._lines = [_Line()]
        self._open_regions: list[etree._Element] = []
        self._regions: tuple[int, ...] = ()
        self._region_count = 0
        self._depth_of = dict.fromkeys(("link", "pre", "figure", "article", "strong"), 0)

    def start(self, element: etree._Element) -> None:
        """`element` begins."""
        tag = element.tag
        if tag in _BLOCKS:
            # <td>Mr Lee:</td><td><p>Thank you.</p></td> is one line.
            if not (tag in _WITHIN_CELL and self._lines[-1].pieces[-1:] in ([_CELL_END], [_TERM_END])):
                self.flush()
            self.containers.append(Container(self._container, tag, _name_of(element)))
            self._container = len(self.containers) - 1
            if self._is_chrome(element):
                self._open_regions.append(element)
                self._region_count += 1
                self._regions = (*self._regions, self._region_count)
        self._mark("start", tag)
        self._count(tag, 1)
        if element.text:
            self.add(element.text)

    def end(self, element: etree._Element) -> None:
        """`element` ends."""
        tag = element.tag
        self._mark("end", tag)
        if tag in _CELLS:
            self._end_cell(_TERM_END if tag == "dt" else _CELL_END)
        elif tag in _BLOCKS:
            self.flush(heading=tag in _HEADINGS)
        if tag in _BLOCKS:
            self._container = self.containers[self._container].parent
        self._count(tag, -1)
        if self._open_regions and self._open_regions[-1] is element:
            self._open_regions.pop()
            self._regions = self._regions[:-1]

    def add(self, text: str) -> None:
        """`text` stands here."""
        line = self._lines[-1]
        if not line.pieces and text.isspace() and not self._depth_of["pre"]:
            return
        if self._depth_of["pre"] and "\n" in text:
            text, *others = text.split("\n")
            self._lines.extend(_Line([other]) for other in others)
        line.pieces.append(text)
        if self._depth_of["link"]:
            line.linked += len(text.strip())
        if self._depth_of["strong"]:
            line.strong += len(text.strip())

    def flush(self, *, heading: bool = False) -> None:
        """A block ends here, if one has begun."""
        if len(self._lines) == 1 and not self._lines[0].pieces:
            return
        lines, self._lines = self._lines, [_Line()]
        texts: list[str] = []
        linked = strong = 0
        for line in (*lines, _Line()):
            text = _set_line(line.pieces)
            if text:
                texts.append(text)
                linked += line.linked
                strong += line.strong
            elif texts:
                boxed = self._depth_of["figure"] > 0
                self.blocks.append(
                    Block(
                        "\n".join(texts),
                        linked,
                        self._regions,
                        heading,
                        boxed,
                        strong=strong,
                        container=self._container,
                        place=len(self.blocks),
                    )
                )
                texts, linked, strong = [], 0, 0

    def _mark(self, event: str, tag: str) -> None:
        if tag == "br":
            if event == "start":
                self._lines.append(_Line())
        elif tag in _BOXES:
            self.add(" ")
        elif tag == "q":
            self.add(_QUOTATION_MARKS[event])

    def _count(self, tag: str, step: int) -> None:
        if tag == "a":
            self._depth_of["link"] += step
        elif tag in _STRONG:
            self._depth_of["strong"] += step
        elif tag == "pre":
            self._depth_of["pre"] += step
        elif tag in _FIGURES:
            self._depth_of["figure"] += step
        elif tag in _ARTICLES:
            self._depth_of["article"] += step

    def _end_cell(self, sign: str) -> None:
        line = self._lines[-1]
        length = sum(map(len, line.pieces))
        if len(self._lines) > 1 or line.linked or length > _LONGEST_LABEL:
            self.flush()
        elif length:
            line.pieces.append(sign)

    def _is_chrome(self, element: etree._Element) -> bool:
        if element.tag in _CHROME:
            return not (element.tag == "header" and self._depth_of["article"])
        return bool(element.attrib) and (element.get("role") in _CHROME_ROLES or _is_hidden(element))


def _name_of(element: etree._Element) -> str:
    if not element.attrib:
        return ""
    return " ".join(filter(None, map(element.get, _NAMING))).lower()


def _set_line(pieces: list[str]) -> str:
    """What do the pieces of a line, with its cells, read like?"""
    whole = "".join(pieces)
    if _CELL_END not in whole and _TERM_END not in whole:
        return squeezed(whole)
    text = end_before = ""
    parts = _ENDS.split(whole)
    for cell, end in zip(map(squeezed, parts[::2]), [*parts[1::2], ""], strict=True):
        if cell:
            if text:
                # A name or a term without its colon stands in a line of its own.
                own_line = not text.endswith(":") and (end_before == _TERM_END or len(cell) > _LONGEST_LABEL)
                text += "\n" if own_line else " "
            text += cell
        end_before = end
    return text
