"""How likely is each block of a page part of the article?  Signs go in, chances from 0 to 1 come out.

The weights are a small forest of decision trees, each three questions deep, learned from pages whose bodies people
marked (scripts/learn): data, in rules/judge.json, as tables that numpy walks for all blocks and trees at once.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.cleaning.blocks import Block
from searchkit.cleaning.reading import Reading
from searchkit.cleaning.signs import NEIGHBOUR_SIGNS, NEIGHBOURS, SIGNS, signs_of

__all__ = ["COLUMNS", "LEVELS", "Forest", "Verdict", "forest", "forest_of", "judge", "table_of"]

COLUMNS = (*SIGNS, *(f"{sign} {offset:+d}" for offset in NEIGHBOURS for sign in NEIGHBOUR_SIGNS))
LEVELS = 3
"""Questions that lead from the root of a tree to its leaf."""
_NOBODY = -2.0
"""What a neighbour shows that is not there, before the first block and behind the last."""
_SURE = 0.5
"""No block more likely content than chrome is cut."""
_UNSURE = 0.15
"""No block less likely is kept, however doubtful the page."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which blocks are the article, and how sure is that?"""

    chances: dict[int, float]
    """By place, the chance of each block that may be the article; all others have none."""
    kept: frozenset[int]
    confidence: float
    """The F1 to be expected of this choice, by the chances themselves."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Complete decision trees as arrays; the children of node n are 2n+1 and 2n+2."""

    asked: NDArray[np.intp]
    """Trees x 7: the column that each inner node looks at, level by level."""
    limits: NDArray[np.float64]
    """Trees x 7: up to this value it goes left."""
    leaves: NDArray[np.float64]
    """Trees x 8: what a tree adds to the log-odds."""


def judge(reading: Reading, title: str | None, plain: list[bool]) -> Verdict:
    """Which blocks of `reading`, on a page with this title, are the article?

    `plain` says of each block whether it stands outside the parts that are chrome by their name.
    """
    places, table = table_of(reading, title, plain)
    if not places:
        return Verdict({}, frozenset(), 0.0)
    chances = _chances(table, forest())
    limit, confidence = _limit(chances, [reading.blocks[place] for place in places])
    by_place = dict(zip(places, chances.tolist(), strict=True))
    return Verdict(by_place, frozenset(place for place, chance in by_place.items() if chance >= limit), confidence)


def table_of(reading: Reading, title: str | None, plain: list[bool]) -> tuple[list[int], NDArray[np.float64]]:
    """The blocks that may be the article, and their signs with those of their neighbours: blocks x COLUMNS."""
    places, rows = signs_of(reading, title, plain)
    own = np.array(rows, dtype=np.float64).reshape(len(rows), len(SIGNS))
    some = own[:, [SIGNS.index(sign) for sign in NEIGHBOUR_SIGNS]]
    reach = max(NEIGHBOURS)
    padded = np.full((len(some) + 2 * reach, len(NEIGHBOUR_SIGNS)), _NOBODY)
    padded[reach : reach + len(some)] = some
    return places, np.hstack([own, *(padded[reach + offset : reach + offset + len(some)] for offset in NEIGHBOURS)])


def _chances(table: NDArray[np.float64], forest: Forest) -> NDArray[np.float64]:
    trees = np.arange(len(forest.asked))
    node = np.zeros((len(table), len(trees)), dtype=np.intp)
    rows = np.arange(len(table))[:, np.newaxis]
    for _ in range(LEVELS):
        right = table[rows, forest.asked[trees, node]] > forest.limits[trees, node]
        node = 2 * node + 1 + right
    odds = forest.leaves[trees, node - (2**LEVELS - 1)].sum(axis=1)
    return np.asarray(1 / (1 + np.exp(-odds)))


def _limit(chances: NDArray[np.float64], blocks: list[Block]) -> tuple[float, float]:
    """From which chance on is a block kept so that the expected F1 is highest, and how high is it?

    With right chances that is half the highest F1 (Lipton, Elkan, Naryanaswamy 2014): on a page without much doubt a
    half; where a whole list or table is in doubt, less.
    """
    sizes = np.array([len(block.text) for block in blocks], dtype=np.float64)
    order = np.argsort(-chances, kind="stable")
    content = np.cumsum((chances * sizes)[order])
    best = float((2 * content / (np.cumsum(sizes[order]) + content[-1])).max())
    return min(_SURE, max(_UNSURE, best / 2)), best


@functools.cache
def forest() -> Forest:
    """What is each sign worth?"""
    return forest_of(json.loads(files("searchkit.cleaning").joinpath("rules", "judge.json").read_text("utf-8")))


def forest_of(table: dict[str, Any]) -> Forest:
    """Which forest does a table like rules/judge.json describe?"""
    column = {name: number for number, name in enumerate(COLUMNS)}
    names = [column[name] for name in table["signs"]]
    asked = np.array([[names[number] for number in tree["asks"]] for tree in table["trees"]], dtype=np.intp)
    limits = np.array([tree["limits"] for tree in table["trees"]], dtype=np.float64)
    return Forest(asked, limits, np.array([tree["adds"] for tree in table["trees"]], dtype=np.float64))
