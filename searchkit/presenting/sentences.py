"""The sentences that people read first: how many speeches, in which forms, whose words these are."""

from __future__ import annotations

from searchkit.models import Results

__all__ = ["counted", "forms_sentence", "headline", "voice_words"]


def counted(number: int, one: str, several: str | None = None) -> str:
    """How is `number` of something said?  `counted(1, "page")` is "1 page", `counted(1200, "page")` "1,200 pages"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def headline(results: Results) -> str:
    """How many speeches answer?  "2 speeches have the exact phrase, 3 have both words, on 2 pages".

    The second number includes the first: whoever has the phrase has its words.  Where texts stand on several pages, it
    is said how many there are without their copies.
    """
    if results.phrase_total is None:
        said = counted(results.total, "speech", "speeches")
    else:
        words = "both words" if len(results.query.split()) == 2 else "all words"
        has = "has" if results.total == 1 else "have"
        said = f"{_with_phrase(results.phrase_total)}, {results.total:,} {has} {words}"
    if results.pages != results.total:
        said += f", on {counted(results.pages, 'page')}"
    if results.originals is not None and results.originals < results.total:
        said += f"; {counted(results.originals, 'different text')}"
    return said


def _with_phrase(number: int) -> str:
    if number == 0:
        return "no speech has the exact phrase"
    return f"{counted(number, 'speech', 'speeches')} {'has' if number == 1 else 'have'} the exact phrase"


def forms_sentence(results: Results) -> str | None:
    """In which written forms was it found?  "ceasefire in 3 speeches, cease fire in 1"; None if there is one form."""
    if not results.forms:
        return None
    first, *rest = results.forms
    return ", ".join(
        [f"{first.form} in {counted(first.count, 'speech', 'speeches')}", *(f"{f.form} in {f.count:,}" for f in rest)]
    )


def voice_words(voice: str) -> str | None:
    """Whose words does a snippet show, if not the speaker's own?  None if they are the speaker's own."""
    return None if voice == "speaker" else voice
