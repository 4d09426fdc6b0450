"""Whose words are these?  The names of voices, as snippets say them.

speaker: the speaker's own words.  quoted NAME, quoted: a quotation of a person, of somebody unnamed.  reporter:
whatever else stands in an article.
"""

from __future__ import annotations

__all__ = ["ARTICLE", "QUOTED", "REPORTER", "SPEAKER", "voiced"]

SPEAKER = "speaker"
QUOTED = "quoted"
REPORTER = "reporter"

ARTICLE = "article"
"""The kind of a speech whose text is not the speaker's own words, but a reporter's."""


def voiced(person: str | None) -> str:
    """Which voice has a quotation of `person`?"""
    return f"{QUOTED} {person}" if person else QUOTED
