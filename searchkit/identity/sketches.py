"""A few numbers for each text, so alike for texts that are alike that copies are found without comparing all pairs.

A text is the set of its shingles: every row of SHINGLE words.  Its sketch is a MinHash in one pass (one permutation
hashing: P. Li, A. Owen, C.-H. Zhang, NIPS 2012): the hashes fall into SLOTS slots, and each slot keeps its least.  Two
texts agree in a slot with the probability of their resemblance, shared shingles / all shingles.  An empty slot takes
what the next one has that another hash of its number names (A. Shrivastava, ICML 2017), so that short texts compare
as long ones do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST_WORDS", "SHINGLE", "SLOTS", "Hashes", "sketch_of", "sketches", "word_hash"]

Hashes = npt.NDArray[np.uint64]
Sketches = npt.NDArray[np.uint16]

SHINGLE = 4
"""Words of a shingle: three are shared by texts of one manner ("I would like to"), five lose too much by one change."""
LEAST_WORDS = 40
"""Shorter texts are formulas ("I beg leave to withdraw my amendment"): said again, not copied.  They have no sketch."""
SLOTS = 36
"""Numbers of a sketch: 72 bytes a speech."""

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFF)
_EMPTY = np.uint32(0xFFFFFFFF)
_GREATEST = np.uint64(0xFFFFFFFFFFFFFFFF)
"""Its upper half is _EMPTY: no slot takes it."""


@lru_cache(maxsize=1 << 18)
def word_hash(form: str) -> int:
    """Which 64 bits stand for the word `form` in every index, on every machine?"""
    return int.from_bytes(hashlib.blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def sketch_of(forms: Sequence[str]) -> bytes:
    """Which sketch has a text with these words?"""
    hashes = np.fromiter(map(word_hash, forms), np.uint64, len(forms))
    return sketches(hashes, np.asarray([len(forms)], np.int64)).tobytes()


def sketches(words: Hashes, lengths: npt.NDArray[np.int64]) -> Sketches:
    """Which sketch has each of several texts?  One row of SLOTS numbers a text; zeros where it is too short for one.

    Arguments:
        words: `word_hash` of every word of all texts, one text after the other.
        lengths: how many words has each text.
    """
    kept = np.zeros((len(lengths), SLOTS), np.uint16)
    long = np.flatnonzero(lengths >= LEAST_WORDS)
    if not len(long):
        return kept
    least = np.full((len(lengths), SLOTS), _EMPTY, np.uint32)
    hashes = _shingles(words, lengths)
    slots = (hashes & np.uint64(0xFFFFFFFF)) * np.uint64(SLOTS) >> _HALF
    slots += np.repeat(np.arange(0, SLOTS * len(lengths), SLOTS, dtype=np.uint64), lengths)[: len(slots)]
    np.minimum.at(least.reshape(-1), slots.view(np.int64), (hashes >> _HALF).astype(np.uint32))
    least = least[long]
    _fill(least)
    # The least hashes are small numbers in a long text: mixed, their low 16 bits are as good as any.
    mixed = (least.astype(np.uint64) + np.uint64(1)) * _PRIME
    kept[long] = mixed >> np.uint64(40) & _LOW
    return kept


def _shingles(words: Hashes, lengths: npt.NDArray[np.int64]) -> Hashes:
    """The hash of the shingle that begins with each word; one that runs into the next text has the greatest of all."""
    count = max(0, len(words) - SHINGLE + 1)
    hashes = words[:count].copy()
    for step in range(1, SHINGLE):
        hashes *= _PRIME
        hashes += words[step : step + count]
    hashes ^= hashes >> np.uint64(30)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(31)
    ends = np.cumsum(lengths)[:-1]
    for before in range(1, SHINGLE):
        crossing = ends - before
        hashes[crossing[(crossing >= 0) & (crossing < count)]] = _GREATEST
    return hashes


def _fill(least: npt.NDArray[np.uint32]) -> None:
    """Let each empty slot take the number of a full one of its text, the same for all texts with the same full ones."""
    full = least != _EMPTY
    lacking = np.flatnonzero(~full.all(axis=1) & full.any(axis=1))
    if not len(lacking):
        return
    part, known = least[lacking], full[lacking]
    filled = part.copy()
    texts, slots = np.nonzero(~known)
    for donors in _DONORS.T:
        asked = donors[slots]
        gives = known[texts, asked]
        filled[texts[gives], slots[gives]] = part[texts[gives], asked[gives]]
        texts, slots = texts[~gives], slots[~gives]
        if not len(texts):
            break
    least[lacking] = filled


_DONORS = np.array(
    [sorted(range(SLOTS), key=lambda donor, slot=slot: word_hash(f"{slot}:{donor}")) for slot in range(SLOTS)]  # type: ignore[misc]
)
"""Slot -> the slots in the order in which it asks them when it is empty."""
