"""Where a sentence or a paragraph ends between two words.  In doubt, nothing ends.

A phrase holds only inside one sentence, so a false end would hide a true match; a missed end shows one that the
reader can judge.
"""

from __future__ import annotations

import enum
import re

__all__ = ["PARAGRAPH_GAP", "SENTENCE_GAP", "End", "StopBehind", "end_in", "gap_after", "stop_behind"]

SENTENCE_GAP = 1
"""Positions that a sentence end skips."""
PARAGRAPH_GAP = 100
"""Positions that a paragraph end skips: more than the widest NEAR/99 reaches."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")
_CLOSERS = "\"'\u201d\u2019\u00bb\u201c)\\]"
_OPENERS = '"\u201c\u201e\u00ab\u2018'
_FULL_STOP = re.compile(rf"(?<![.\u2026])\.[{_CLOSERS}]*(?:\s|(?<=\.)[{_OPENERS}]|(?<=[{_CLOSERS}])$)")
_OTHER_END = re.compile(
    rf"[!?\u061f\u06d4\u0964\u0589]+[{_CLOSERS}]*(?:\s|[{_OPENERS}])"  # ! ? and the Arabic, Urdu, Hindi, Armenian ones
    r"|[\u3002\uff01\uff1f\uff61]"  # the Chinese and Japanese ones need no space
)

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms messrs dr prof st hon rev fr sr jr sen rep gov gen col lt sgt capt cmdr adm maj brig pres amb atty
    supt insp pvt ald cllr revd rt vs cf eg ie approx inc ltd corp bros dept univ assn ave blvd
    mt esq viz
    mm mme mlle mgr
    bzw usw evtl ggf inkl vgl geb
    sra srta uds excmo dna avv
    sn yrd alb uzm
    tov gr akad
    тов гр ул проф акад руб млн млрд тыс
    """.split()
)
"""A full stop behind these (folded) ends no sentence: "Mr. Lee", "the hon. Member", "Sen. Warren"."""

_BEFORE_NUMBER = frozenset(
    "no nos nr vol vols art arts sec fig figs ch chap para paras cl col cols pp s ss "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""The same, but only before a number: "No. 5", "Sept. 11"; not in "She said no. Then"."""


class End(enum.IntEnum):
    """What ends between two words, as far as the text between them tells."""

    NOTHING = 0
    FULL_STOP = 1
    """A sentence, unless the full stop is the sign of an abbreviation."""
    SENTENCE = 2
    PARAGRAPH = 3


class StopBehind(enum.IntEnum):
    """What a full stop behind a word means."""

    ENDS = 0
    ABBREVIATES = 1
    ABBREVIATES_BEFORE_NUMBER = 2


def gap_after(form: str, between: str, following: str) -> int:
    """How many positions are skipped between two neighbouring words?

    `form` is the folded word before, `between` the text between the words, `following` the word after as written.
    """
    end = end_in(between)
    if end is End.NOTHING or following[0].islower():
        return 0
    if end is End.FULL_STOP and _abbreviates(stop_behind(form), following):
        return 0
    return PARAGRAPH_GAP if end is End.PARAGRAPH else SENTENCE_GAP


def end_in(between: str) -> End:
    """What ends in the text `between` two words, if the word after it does not begin with a small letter?"""
    if "\n" in between or "\u2029" in between:
        if _BLANK_LINE.search(between):
            return End.PARAGRAPH
    elif len(between) == 1 and between not in "\u3002\uff01\uff1f\uff61":
        return End.NOTHING
    if _OTHER_END.search(between):
        return End.SENTENCE
    if "." in between and _FULL_STOP.search(between):
        return End.FULL_STOP
    return End.NOTHING


def stop_behind(form: str) -> StopBehind:
    """What does a full stop behind the folded word `form` mean?  An abbreviation or an initial ends nothing."""
    if form in _ABBREVIATIONS or (len(form) == 1 and form.isalpha()):
        return StopBehind.ABBREVIATES
    if form in _BEFORE_NUMBER:
        return StopBehind.ABBREVIATES_BEFORE_NUMBER
    return StopBehind.ENDS


def _abbreviates(stop: StopBehind, following: str) -> bool:
    if stop is StopBehind.ABBREVIATES_BEFORE_NUMBER:
        return following[0].isdigit()
    return stop is StopBehind.ABBREVIATES
