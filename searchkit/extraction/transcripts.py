"""Transcripts: `NAME: words` at the beginning of a line, cut into turns; every word stands in exactly one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from searchkit.analysis import is_function_word
from searchkit.extraction.people import Person, names_nobody, person_of_label

__all__ = ["Turn", "is_procedural", "opening_label", "turns_of"]

_TITLED = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Mdm|Madam|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Encik|Inche|Er|Assoc|Hon)\b\.?"
    r"|(?:[Tt]he|THE|Acting|Deputy)[ ](?:\w+[ ]){0,2}?(?i:Minister|Prime|President|Speaker|Chair\w*|Chancellor"
    r"|Secretary|Attorney|Governor|Mayor|Clerk|Leader|Parliamentary|Senior|Solicitor|Vice|Deputy|Hon|Moderator"
    r"|Commissioner)\b"
    r"|(?:An?|Several|Some)[ ](?i:hon\.?|honourable|member|members|senator|senators|reporter|journalist)\b)"
    r"[^:\n]{0,110}?"
)
"""Mr Lee Siew-Choh; The Minister for Finance (Dr Richard Hu); An hon. Member."""
_BRACKET = r"(?:[ ]\([^()\n]{1,90}\))?"
_CAPITALS = rf"[^\W\d_a-z][^\W\da-z_.’'\- ]*(?:[ .’'\-]+[^\W\d_a-z][^\W\da-z_.’']*\.?){{0,6}}{_BRACKET}"
"""DONALD TRUMP; SEN. WARREN (D-MA)."""
_NAMES = rf"[^\W\d_a-z][\w’'\-]+\.?(?:[ ][^\W\d_a-z][\w’'.\-]*){{1,4}}{_BRACKET}"
"""Donald Trump (Republican)."""
_BARE = (
    rf"(?:(?i:Mr|Mrs|Ms|Mdm|Madam|Dr|Prof)\.?|(?:The|THE)[ ](?i:Minister|Speaker|President|Chair\w*|Prime))"
    rf"(?:[ ][\w’'.\-]+){{0,6}}{_BRACKET}(?<!\.)"
)
"""A name in a line of its own, as in definition lists and tables: Mr. Speaker; Ms Ruth Abernathy (The Islands)."""
_LABEL = re.compile(
    rf"^[ \t]*(?P<label>(?:{_TITLED}|{_CAPITALS}|{_NAMES}|[QA])(?=[ \t]*:(?:\s|$))|{_BARE}(?=[ \t]*\n\n?[^\n]*[.!?]))"
    r"[ \t]*(?P<colon>:?)[ \t]*",
    re.MULTILINE,
)
_NO_LABELS = frozenset(
    "note notes source sources photo photos video update updates related correction editor contact tel fax email phone "
    "date time place venue subject present absent attendance sitting parliament session volume re from to cc read "
    "more tags also watch warning summary background column".split()
)
"""Words that stand before a colon at the beginning of a line and are nobody's name."""

_RECURRING = 5
"""A label that stands as often is a speaker's, whatever its words: THE ECONOMIST; headings do not recur."""
_SHORT = 2
"""Initials and particles are names and words alike."""
_FEWEST_LABELS = 3
"""Labels that make a transcript of a text which does not begin with one."""

_CHAIRS = ("speaker", "chair", "president", "moderator")
_PROCEDURAL = re.compile(
    r"(?:order[.!,\s]*)+\Z"  # Order. Order.
    r"|.{0,80}\bquestion\b.{0,40}\b(?:put|agreed|proposed)\b.{0,80}\Z"  # Question put, and agreed to.
    r"|.{0,20}\b(?:i call|next question|please (?:go ahead|proceed|continue)|yes,? (?:mr|mrs|ms|dr)\b).{0,60}\Z"
    r"|(?:mr|mrs|ms|mdm|dr|the minister|the hon)\b[^.?!]{1,60}[.]?\Z"  # Mr Chiam See Tong.
    r"|.{0,40}\b(?:sitting|house|meeting|session) (?:is |stands )?(?:now )?(?:adjourned|suspended|resumed)\b.{0,80}\Z",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_PROCEDURAL = 160


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in a row: an interval of the page's text, the label before it left out."""

    start: int
    end: int
    label: str | None
    person: Person


def turns_of(text: str) -> list[Turn]:
    """Which turns does `text` consist of?  None if it is no transcript.

    A transcript begins with a label, or has several.  What stands before the first label is a turn of nobody.
    """
    labels = _labels(text)
    if not labels or not _is_transcript(text, labels):
        return []
    turns = []
    preamble = _trimmed(text, 0, labels[0].start())
    if preamble is not None:
        turns.append(Turn(*preamble, None, Person(None)))
    for place, match in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        spoken = _trimmed(text, match.end(), end)
        if spoken is not None:
            turns.append(Turn(*spoken, match["label"].strip(), person_of_label(match["label"])))
    return turns


def opening_label(text: str) -> tuple[int, str | None]:
    """Does a label open `text`?  Where the words behind it begin, and the label; 0 and None if none does."""
    match = _LABEL.match(text)
    if match is None or not match["colon"] or not _is_label(match["label"]) or not _is_strict(match["label"]):
        return 0, None
    spoken = _trimmed(text, match.end(), len(text))
    return (spoken[0], match["label"].strip()) if spoken else (0, None)


def is_procedural(turn: Turn, text: str) -> bool:
    """Does the chair only run the meeting in this turn?"""
    role = (turn.person.role or turn.label or "").casefold()
    if not any(chair in role for chair in _CHAIRS) or turn.end - turn.start > _LONGEST_PROCEDURAL:
        return False
    return _PROCEDURAL.match(text[turn.start : turn.end]) is not None


def _labels(text: str) -> list[re.Match[str]]:
    """All labels in `text`, as far as each can be judged by itself and by the words of the text."""
    labels = [match for match in _LABEL.finditer(text) if _is_label(match["label"])]
    if sum(not match["colon"] for match in labels) < _FEWEST_LABELS:
        labels = [match for match in labels if match["colon"]]
    if all(_is_strict(match["label"]) and not match["label"].isupper() for match in labels):
        return labels
    common = frozenset(re.findall(r"\b[a-z]{3,}\b", text))
    count = Counter(match["label"] for match in labels)
    return [match for match in labels if count[match["label"]] >= _RECURRING or not _is_heading(match["label"], common)]


def _is_label(label: str) -> bool:
    words = re.findall(r"\w+", label.casefold())
    if "," in re.sub(r"\([^()]*\)", "", label):
        return False  # "Mr. President, Mr. Speaker, my fellow citizens:" greets
    return bool(words) and words[0] not in _NO_LABELS and len(words) <= 18


def _is_heading(label: str, common: frozenset[str]) -> bool:
    """Is `label` a heading (WELFARE REFORM) rather than a name?  Then the text has its words in small letters too."""
    if re.fullmatch(_TITLED, label) or re.fullmatch("[QA]", label) or names_nobody(label):
        return False
    words = re.findall(r"[^\W\d_]+", label.split("(")[0].lower())
    if any(is_function_word(word, "en") for word in words if len(word) > 1):
        return True
    return all(word in common for word in words if len(word) > _SHORT)


def _is_transcript(text: str, labels: list[re.Match[str]]) -> bool:
    """Does the text begin with a label that only transcripts have, or do its labels recur as speakers do?"""
    if _is_strict(labels[0]["label"]) and not text[: labels[0].start()].strip():
        return True
    if len(labels) < _FEWEST_LABELS:
        return False
    if sum(re.fullmatch(_TITLED, match["label"]) is not None for match in labels) >= _FEWEST_LABELS:
        return True
    count = Counter(match["label"] for match in labels)
    return sum(times for times in count.values() if times > 1) * 2 >= len(labels)


def _is_strict(label: str) -> bool:
    """Is this how only transcripts write: capitals throughout, or an honorific or office in front?"""
    capitals = label.isupper() and (len(label.split()) > 1 or len(label) == 1)
    return capitals or re.fullmatch(_TITLED, label) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(map(str.isalnum, text[start:end])) else None
