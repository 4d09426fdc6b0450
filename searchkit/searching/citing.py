"""From a speech and the words meant to what is cited: the words as they stand, with their offsets."""

from __future__ import annotations

from searchkit.errors import UsageError
from searchkit.highlighting import marks
from searchkit.models import Citation, Speech
from searchkit.query import Profile, parse

__all__ = ["cited"]


def cited(speech: Speech, words: str | None, profile: Profile) -> Citation:
    """Where do `words`, taken as one phrase, stand first in `speech`?  The whole speech without them.

    Raises UsageError where they do not stand in it.
    """
    if words is None:
        return Citation.whole(speech)
    places = marks(parse(words, profile, phrase=True).query, speech)
    if not places:
        raise UsageError(f"these words do not stand in {speech.id} as one phrase: {words!r}")
    start, end = places[0]
    return Citation(speech, start, end, speech.text[start:end])
