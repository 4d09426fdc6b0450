"""Transcripts: labels at the beginning of lines cut a text into turns; every word stands in exactly one.

What stands between the turns (headings, votes, "[Mr Deputy Speaker in the Chair]") is said by nobody: it is a turn
without a label. The last heading above a turn is its title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from searchkit.analysis import is_function_word
from searchkit.extraction.headings import heading_of, narration_start
from searchkit.extraction.labels import Form, form_of, person_of_label, without_brackets
from searchkit.extraction.people import Person

__all__ = ["Label", "Turn", "is_procedural", "opening_label", "turns_of"]

_COLON = re.compile(r"^[ \t]*(?:\d{1,3}[.)][ \t]+)?(?P<label>[^\W\d_][^:\n]{0,170}+):(?=\s|\Z)[ \t]*", re.MULTILINE)
"""Mr Lee (Farrer Park): words; 12. Mr Tan: To ask the Minister."""
_TIMED = re.compile(
    r"^[ \t]*(?P<label>[^\W\d_][^:\n()\[\]]{0,80}?)[ \t]*[\[(]\d{1,2}:\d\d(?::\d\d)?[\])][ \t]*:(?=\s|\Z)[ \t]*",
    re.MULTILINE,
)
"""Helen Marsh (00:12):"""
_DASHED = re.compile(
    r"^[ \t]*(?P<label>[^\W\d_][^:\n.()]{1,80}(?:[ ]\([^()\n]{1,30}\))?)(?:,[ ][^.\n]{2,60})?\.[ ]?[–—-][ ]",
    re.MULTILINE,
)
"""Anna Lind (PPE), rapporteur. – Madam President, …"""
_STOPPED = re.compile(
    r"^[ \t]*(?P<label>(?:(?:Mr|Mrs|Ms|Miss|Dr)\.|The|Senator|Chairman|Chairwoman|Secretary)"
    r"[ ][A-Z][A-Z'’-]+(?:[ ][A-Z][A-Z'’-]+){0,3})"
    r"(?:[ ]of[ ](?:the[ ])?[A-Z][\w ]{2,30})?\.[ ]+(?=[A-Z])",
    re.MULTILINE,
)
"""Mr. ABERNATHY of the Islands. I rise …"""
_QUESTION = re.compile(r"^[ \t]*\*?\d{1,3}[.)][ \t]+(?P<label>[^\W\d_][^:\n]{1,80}?)[ \t]+(?=asked[ \t])", re.MULTILINE)
"""12. Mr Tan asked the Minister whether …"""
_BARE = re.compile(
    r"^[ \t]*(?P<label>(?i:Mr|Mrs|Ms|Mdm|Madam|Dr|Prof|The)\b[^:\n.!?]{0,3}[^:\n!?]{2,90}(?<!\.))"
    r"[ \t]*\n\n?(?=[^\n]*[.!?])",
    re.MULTILINE,
)
"""A name in a line of its own, as in definition lists and tables: Mr. Speaker; Ms Ruth Abernathy (The Islands)."""

_RECURRING = 5
"""A label that stands as often is a speaker's, whatever its words: THE ECONOMIST; headings do not recur."""
_SHOUTS_WITHIN = 2_000
_SHORT = 2
"""Initials and particles are names and words alike."""
_FEWEST_LABELS = 3
"""Labels that make a transcript of a text which does not begin with one."""
_LONGEST_HEADER_LINE = 160
_MOST_HEADER_LINES = 24
_REPORT_WITHIN = 2000
"""Above the first label of a transcript stand lines, not paragraphs."""

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
class Label:
    """A label in a text: where it begins, where the words behind it begin, and how it is written."""

    start: int
    end: int
    text: str
    form: Form
    bare: bool = False
    """Does it stand in a line of its own, without a colon?"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in a row: an interval of the page's text, the label before it left out."""

    start: int
    end: int
    label: str | None
    person: Person
    title: str | None = None
    """The heading that the turn stands under."""


def turns_of(text: str, title: str | None = None) -> list[Turn]:
    """Which turns does `text` consist of?  None if it is no transcript.

    A transcript begins with a label, or has several.  What stands before the first label is a turn of nobody.
    `title` is the page's: it may name whoever speaks alone.
    """
    labels = _labels(text)
    if not labels or not _is_transcript(text, labels, title or ""):
        return []
    # Where labels stand in capitals, so do notes: APPLAUSE, COMMERCIAL BREAK.
    has_headings = _style_of(text, labels) != _CAPITAL
    turns: list[Turn] = []
    heading: str | None = None
    start, label = 0, None
    for following in (*labels, None):
        end = following.start if following else len(text)
        narrated = narration_start(text, start, end) if label and has_headings else end
        turns += _turn(text, start, narrated, label, heading)
        turns += _turn(text, narrated, end, None, None)
        if has_headings:
            heading = heading_of(text, narrated if label else start, end) or heading
        label = following
        start = following.end if following else end
    return turns


def _turn(text: str, start: int, end: int, label: Label | None, title: str | None) -> Iterator[Turn]:
    spoken = _trimmed(text, start, end)
    if spoken is not None:
        yield Turn(
            *spoken, label.text if label else None, person_of_label(label.text) if label else Person(None), title
        )


def opening_label(text: str) -> tuple[int, str | None]:
    """Does a label open `text`?  Where the words behind it begin, and the label; 0 and None if none does."""
    match = _COLON.match(text)
    form = form_of(match["label"].strip()) if match else None
    if match is None or form is None or not form.is_strict or _is_loose_capital(match["label"], form):
        return 0, None
    spoken = _trimmed(text, match.end(), len(text))
    return (spoken[0], match["label"].strip()) if spoken else (0, None)


def is_procedural(turn: Turn, text: str) -> bool:
    """Does the chair only run the meeting in this turn?"""
    role = (turn.person.role or turn.label or "").casefold()
    if not any(chair in role for chair in _CHAIRS) or turn.end - turn.start > _LONGEST_PROCEDURAL:
        return False
    return _PROCEDURAL.match(text[turn.start : turn.end]) is not None


# -- labels ------------------------------------------------------------------------------------------------------------


def _labels(text: str) -> list[Label]:
    """All labels in `text`, as far as each can be judged by itself and by the words of the text."""
    labels = [*_found(text, _COLON), *_found(text, _QUESTION)]
    if "):" in text or "]:" in text:
        labels += _found(text, _TIMED)
    for pattern in (_DASHED, _STOPPED):
        found = list(_found(text, pattern))
        if len(found) >= _FEWEST_LABELS:
            labels += found
    bare = [label for label in _found(text, _BARE) if label.form in (Form.TITLED, Form.OFFICE)]
    if len(bare) >= _FEWEST_LABELS:
        labels += bare
    labels.sort(key=lambda label: label.start)
    count = Counter(label.text for label in labels)
    labels = [label for label in labels if label.form is not Form.WORD or count[label.text] >= _FEWEST_LABELS]
    style = _style_of(text, labels)
    labels = [
        label
        for label in labels
        if _style(label) == style
        or (label.form is Form.VOICE and (label.text.isupper() or style != _CAPITAL))
        or (label.form is Form.OFFICER and style == _PLAIN)
        or (label.form is Form.NAME and style == _TITLED and _is_called_so(label, labels))
        or (count[label.text] >= _FEWEST_LABELS and (label.form.is_strict or style == _TITLED))
    ]
    if all(label.form in (Form.TITLED, Form.OFFICE, Form.OFFICER, Form.VOICE) for label in labels):
        return labels
    if text[:_SHOUTS_WITHIN].isupper():
        # In a text of capitals alone they tell nothing.
        labels = [label for label in labels if label.form is not Form.CAPITALS or count[label.text] >= _FEWEST_LABELS]
    rare = [label for label in labels if count[label.text] < _RECURRING]
    headings = {label.text for label in rare if _is_heading(label, partial(_has_word, text))}
    return [label for label in labels if label.text not in headings]


_CAPITAL, _TITLED, _PLAIN = "capital", "titled", "plain"


def _style(label: Label) -> str:
    """A transcript keeps to one style: between DONALD TRUMP and CHRIS WALLACE, "Number Three" is no speaker."""
    if label.text.isupper() and len(label.text) > 1:
        return _CAPITAL
    return _PLAIN if label.form in (Form.NAME, Form.WORD) else _TITLED


def _style_of(text: str, labels: list[Label]) -> str:
    """Which style do the labels of `text` keep to?  That of the label that opens it, else the commonest."""
    if labels and labels[0].form.is_strict and not text[: labels[0].start].strip():
        return _style(labels[0])
    styles = Counter(map(_style, labels))
    return max(styles, key=lambda style: styles[style], default=_TITLED)


def _is_called_so(label: Label, labels: list[Label]) -> bool:
    """Does another label call the same person by an office too: President Rauf Hasanli, Rauf Hasanli?"""
    return any(other.form is Form.OFFICER and person_of_label(other.text).name == label.text for other in labels)


def _found(text: str, pattern: re.Pattern[str]) -> Iterator[Label]:
    for match in pattern.finditer(text):
        form = form_of(match["label"].strip())
        if pattern is _TIMED and form is Form.NAME:
            form = Form.TITLED  # only transcripts give the time
        if form is not None:
            yield Label(match.start(), match.end(), match["label"].strip(), form, pattern is _BARE)


def _has_word(text: str, word: str) -> bool:
    """Does `word` stand in `text` as it is written here?"""
    place = text.find(word)
    while place >= 0:
        around = text[max(0, place - 1) : place] + text[place + len(word) : place + len(word) + 1]
        if not any(sign.isalnum() or sign == "_" for sign in around):
            return True
        place = text.find(word, place + 1)
    return False


def _is_heading(label: Label, is_common: Callable[[str], bool]) -> bool:
    """Is `label` a heading (WELFARE REFORM) rather than a name?  Then the text has its words in small letters too."""
    if label.form not in (Form.CAPITALS, Form.NAME, Form.WORD):
        return False
    words = re.findall(r"[^\W\d_]+", without_brackets(label.text).split(",")[0].lower())
    if any(is_function_word(word, "en") for word in words if len(word) > 1):
        return True
    return all(is_common(word) for word in words if len(word) > _SHORT)


def _is_transcript(text: str, labels: list[Label], title: str) -> bool:
    """Does the text begin with a label that only transcripts have, or do its labels recur as speakers do?"""
    first = labels[0]
    if first.form.is_strict and not _is_loose_capital(first.text, first.form) and _is_header(text[: first.start]):
        if len(labels) == 1 and first.form is Form.VOICE:
            return False  # Speaker: Deputy Minister Ada Okafor
        if len(labels) > 1 or first.form is not Form.CAPITALS or not _is_report(text[first.end :]):
            return True
        return without_brackets(first.text).split()[-1].casefold() in title.casefold()
    if len(labels) < _FEWEST_LABELS:
        return False
    # ELLA BRANDT, CNB ANCHOR is BRANDT from then on.
    distinct = Counter(without_brackets(label.text).split(",")[0].split()[-1].casefold() for label in labels)
    if sum(label.form in (Form.TITLED, Form.OFFICE) for label in labels) >= _FEWEST_LABELS and len(distinct) > 1:
        return True
    recurring = [times for times in distinct.values() if times > 1]
    return len(recurring) > 1 and sum(recurring) * 2 >= len(labels)


def _is_loose_capital(label: str, form: Form) -> bool:
    """Is it one word in capitals, which may be a place (WASHINGTON:) or a heading?"""
    return form is Form.CAPITALS and len(label.split()) == 1 and len(label) > 1


def _is_header(head: str) -> bool:
    """Is what stands above the first label a header: nothing, or a few lines that are no sentences?"""
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    return len(lines) <= _MOST_HEADER_LINES and not any(
        len(line) > _LONGEST_HEADER_LINE or line.endswith((".", "!", "?", "…", "”", '"')) for line in lines
    )


def _is_report(text: str) -> bool:
    """Does this tell of others?  BAKU: and NEW DELHI: open reports, where somebody said something and nobody is I."""
    own = re.search(r"\b(?:I|I'm|I’m|we|We|our|my)\b", text[:_REPORT_WITHIN])
    return own is None and re.search(r"\b(?:said|told|announced|according)\b", text[:_REPORT_WITHIN]) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(map(str.isalnum, text[start:end])) else None
