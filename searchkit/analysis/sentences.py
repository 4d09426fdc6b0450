"""Where a sentence or a paragraph ends between two words.  In doubt, nothing ends.

A phrase holds only inside one sentence, so a false end would hide a true match; a missed end shows one that the
reader can judge.
"""

from __future__ import annotations

import re

__all__ = ["PARAGRAPH_GAP", "SENTENCE_GAP", "gap_after"]

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


def gap_after(form: str, between: str, following: str) -> int:
    """How many positions are skipped between two neighbouring words?

    `form` is the folded word before, `between` the text between the words, `following` the word after as written.
    """
    if "\n" in between or "\u2029" in between:
        if not following[0].islower() and _BLANK_LINE.search(between):
            return PARAGRAPH_GAP
    elif len(between) == 1 and between not in "\u3002\uff01\uff1f\uff61":
        return 0
    if following[0].islower():
        return 0
    if _OTHER_END.search(between):
        return SENTENCE_GAP
    if "." in between and _FULL_STOP.search(between) and not _abbreviates(form, following):
        return SENTENCE_GAP
    return 0


def _abbreviates(form: str, following: str) -> bool:
    """Is a full stop behind `form` the sign of an abbreviation or an initial rather than an end?"""
    if len(form) == 1:
        return form.isalpha()
    return form in _ABBREVIATIONS or (form in _BEFORE_NUMBER and following[0].isdigit())
