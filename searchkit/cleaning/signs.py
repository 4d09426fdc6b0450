"""Which signs of content and of chrome does each block of a page show?  Numbers, one row a block, for judge.py.

A sign is measured, never weighed: how long a block is, how much of it is links, what the elements around it are called,
how much prose stands beside it. What each is worth is in rules/judge.json.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.reading import Container, Reading
from searchkit.cleaning.shape import Shape, is_prose, shape_of, sign_words
from searchkit.cleaning.wording import WORDING, wording_of, words_of

__all__ = ["NEIGHBOURS", "NEIGHBOUR_SIGNS", "SIGNS", "signs_of"]

NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
NEIGHBOUR_SIGNS = (
    "words", "link", "ends", "alike", "alike by name", "in main", "tag", "heading", "holder share", "boxed", "self"
)  # fmt: skip
"""Signs of the blocks before and after that count for a block."""

_TAGS = (
    "p", "div", "li", "td", "h1", "h2", "h3", "h4", "figcaption", "blockquote", "section", "article", "span",
    "dd", "dt", "pre", "header", "aside", "footer", "label", "form", "ul", "body", "main",
)  # fmt: skip
_TAG_NUMBER = {tag: float(number) for number, tag in enumerate(_TAGS)}
_AROUND = (
    "p", "li", "table", "article", "main", "figure", "blockquote", "form", "aside", "footer", "header", "nav",
    "section", "ul",
)  # fmt: skip
_OWN_PARAGRAPH = frozenset(("p", "li", "h2", "h3", "h4", "blockquote", "dd", "dt"))
_GROUPS = tuple(sign_words()["names"])
_FAR = 20.0

SIGNS = (
    *WORDING, "repeated",
    "tag", "parent tag", *(f"within {tag}" for tag in _AROUND), "heading", "boxed", "regions",
    "in main", "depth in main", "in whole", "depth in whole",
    "share", "holder share", "outer share", "holder link", "outer link", "holder prose", "outer prose", "holder blocks",
    "part prose", "part link", "part share", "part blocks", "alike", "alike by name", "alike blocks",
    *(f"named {group}" for group in _GROUPS),
    "from first", "from last", "prose share before", "prose left", "prose before", "from heading", "position",
    "since prose", "until prose",
)  # fmt: skip
"""The columns of a row, before those of its neighbours."""


@dataclass(frozen=True, slots=True)
class _Page:
    blocks: list[Block]
    containers: list[Container]
    shape: Shape
    prose: list[bool]
    title: frozenset[str]


def signs_of(reading: Reading, title: str | None, plain: list[bool]) -> tuple[list[int], list[list[float]]]:
    """Which blocks of `reading` may be the article at all, and which signs do they show?

    `plain` says of each block whether it stands outside the parts that are chrome by their name.  Returned are the
    places of those that are, and that stand in the main container or the whole; and a row for each, as in SIGNS.
    """
    blocks, containers = reading.blocks, reading.containers
    prose = [is_prose(block) for block in blocks]
    words = frozenset(word.casefold() for word in words_of(title or ""))
    page = _Page(blocks, containers, shape_of(reading, prose), prose, words)
    shape = page.shape
    places = [
        place
        for place, block in enumerate(blocks)
        if plain[place] and (shape.in_whole[block.container] or shape.in_main[block.container])
    ]
    repeated = Counter(block.text for block in blocks)
    alike = _Alike(page)
    order = _order(page, alike)
    rows = []
    for place in places:
        block = blocks[place]
        rows.append(
            [
                *wording_of(block, page.title),
                min(3.0, repeated[block.text]),
                *_of_place(block, page),
                *alike.of(block),
                *_of_names(block.container, page),
                *order[place],
            ]
        )
    return places, rows


def _of_place(block: Block, page: _Page) -> list[float]:
    shape, containers = page.shape, page.containers
    place = block.container
    tag, parent = containers[place].tag, containers[place].parent
    holder = parent if tag in _OWN_PARAGRAPH else place
    outer = containers[holder].parent if holder >= 0 else -1
    total = shape.prose_of_page or 1
    return [
        _TAG_NUMBER.get(tag, -1.0),
        _TAG_NUMBER.get(containers[parent].tag, -1.0) if parent >= 0 else -1.0,
        *(name in shape.tags[place] for name in _AROUND),
        block.heading,
        block.boxed,
        len(block.regions),
        shape.in_main[place],
        shape.depth[place] - shape.depth[shape.main],
        shape.in_whole[place],
        shape.depth[place] - shape.depth[shape.whole],
        shape.prose[place] / total,
        shape.prose[holder] / total if holder >= 0 else 0.0,
        shape.prose[outer] / total if outer >= 0 else 0.0,
        _share(shape.linked, shape.text, holder),
        _share(shape.linked, shape.text, outer),
        _share(shape.prose, shape.text, holder),
        _share(shape.prose, shape.text, outer),
        math.log1p(shape.blocks[holder]) if holder >= 0 else 0.0,
        *_of_part(place, page),
    ]


def _share(part: list[int], whole: list[int], place: int) -> float:
    return part[place] / whole[place] if place >= 0 and whole[place] else 0.0


def _of_part(place: int, page: _Page) -> list[float]:
    """What of the part of the main container that the block stands in: the child of it that leads to the block."""
    shape, containers = page.shape, page.containers
    if not shape.in_main[place] or place == shape.main:
        return [-1.0, -1.0, -1.0, -1.0]
    while containers[place].parent != shape.main:
        place = containers[place].parent
    return [
        _share(shape.prose, shape.text, place),
        _share(shape.linked, shape.text, place),
        shape.prose[place] / max(1, shape.prose[shape.main]),
        math.log1p(shape.blocks[place]),
    ]


def _of_names(place: int, page: _Page) -> list[float]:
    """How near is a container of each name: 3 the block's own or its parent, 2 within the main one, 1 farther out?"""
    shape = page.shape
    parent = page.containers[place].parent
    here = shape.own_names[place] | (shape.own_names[parent] if parent >= 0 else frozenset())
    near, everywhere = shape.near_names[place], shape.all_names[place]
    return [3.0 if name in here else 2.0 if name in near else 1.0 if name in everywhere else 0.0 for name in _GROUPS]


class _Alike:
    """How much prose stands in elements like the one of a block: siblings, and those of the same names anywhere?"""

    def __init__(self, page: _Page) -> None:
        self._containers = page.containers
        self.siblings: Counter[tuple[object, ...]] = Counter()
        self.namesakes: Counter[tuple[object, ...]] = Counter()
        self._number: Counter[tuple[object, ...]] = Counter()
        for block, is_one in zip(page.blocks, page.prose, strict=True):
            sibling, namesake = self._keys(block.container)
            self._number[namesake] += 1
            if is_one:
                self.siblings[sibling] += len(block.text)
                self.namesakes[namesake] += len(block.text)
        self._most_of_siblings = max(self.siblings.values(), default=1)
        self._most_of_namesakes = max(self.namesakes.values(), default=1)

    def of(self, block: Block) -> tuple[float, float, float]:
        """What of the element of `block`: its share of the most, among siblings and namesakes; how many are there?"""
        sibling, namesake = self._keys(block.container)
        return (
            self.siblings[sibling] / self._most_of_siblings,
            self.namesakes[namesake] / self._most_of_namesakes,
            math.log1p(self._number[namesake]),
        )

    def _keys(self, place: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
        container = self._containers[place]
        if container.parent < 0:
            return (container.tag, container.name, -1), (container.tag, container.name, "", "")
        parent = self._containers[container.parent]
        return (
            (container.tag, container.name, container.parent),
            (container.tag, container.name, parent.tag, parent.name),
        )


def _order(page: _Page, alike: _Alike) -> list[list[float]]:
    """Where does each block stand between the paragraphs that are likely the article?"""
    shape, blocks = page.shape, page.blocks
    number = len(blocks)
    likely = [
        is_one
        and not block.boxed
        and (shape.in_main[block.container] or (shape.in_whole[block.container] and alike.of(block)[1] >= 0.5))
        for block, is_one in zip(blocks, page.prose, strict=True)
    ]
    places = [place for place in range(number) if likely[place]]
    first, last = (places[0], places[-1]) if places else (0, number - 1)
    heading = next((place for place in range(number) if page.containers[blocks[place].container].tag == "h1"), None)
    sizes = [len(block.text) if is_one else 0 for block, is_one in zip(blocks, likely, strict=True)]
    total, before, since = sum(sizes), 0, 10.0
    rows = []
    for place in range(number):
        since = min(10.0, since + 1)
        rows.append(
            [
                max(-_FAR, min(_FAR, place - first)),
                max(-_FAR, min(_FAR, place - last)),
                before / max(1, total),
                math.log1p(total - before - sizes[place]),
                math.log1p(before),
                max(-_FAR, min(_FAR, place - heading)) if heading is not None else 30.0,
                place / number,
                since,
            ]
        )
        before += sizes[place]
        since = 0.0 if likely[place] else since
    until = 10.0
    for place in range(number - 1, -1, -1):
        until = min(10.0, until + 1)
        rows[place].append(until)
        until = 0.0 if likely[place] else until
    return rows
