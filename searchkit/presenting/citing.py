"""A speech as it is cited: one line for people, an entry for BibTeX; each leads back to the very words."""

from __future__ import annotations

import hashlib
import re

from searchkit.models import Citation
from searchkit.presenting.json import JSONObject

__all__ = ["bibtex", "citation_json", "citation_line"]

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&",
        "#": r"\#", "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    }
)  # fmt: skip
"""How text is written so that LaTeX sets it as it is.  A brace is a word: BibTeX counts that of `\\{` too."""
_IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D"})
"""An address is set as it stands, and these have no place in one."""
_LONGEST_KEY = 80


def citation_line(cited: Citation) -> str:
    """How is the speech cited in a sentence?  What is unknown is left out; the offsets are never.

    Leyla Hasanova (Minister), "The drafts…", 2024-03-02, Shusha. Caspian Ledger, https://… [id, characters 10-42].
    """
    speech = cited.speech
    who = speech.speaker or speech.label or "Unknown speaker"
    if speech.role:
        who += f" ({speech.role})"
    said = f"\u201c{_one_line(cited.text)}\u201d" if cited.text is not None else _one_line(speech.title or "")
    parts = [who, said, speech.event or "", ", ".join(speech.venue), speech.date or "undated"]
    source = ", ".join(part for part in (speech.source, speech.url or speech.page) if part)
    place = f"{speech.id}, characters {cited.start}-{cited.end}"
    return f"{', '.join(part for part in parts if part)}. {source} [{place}]."


def bibtex(cited: Citation) -> str:
    """Which BibTeX entry cites the speech?  Its key is made of the speaker, the year and the id.

    The title stands in two pairs of braces: else BibTeX puts its names into small letters.
    """
    speech = cited.speech
    fields = {
        "author": "{" + _escaped(speech.speaker or speech.label or "Unknown speaker") + "}",
        "title": "{" + _escaped(_one_line(speech.title or speech.id)) + "}",
        "year": (speech.date or "")[:4],
        "date": speech.date,
        "organization": _escaped(speech.source or ""),
        "eventtitle": _escaped(speech.event or ""),
        "venue": _escaped(", ".join(speech.venue)),
        "url": "".join((speech.url or "").split()).translate(_IN_ADDRESSES),
        "note": _escaped(_note(cited)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(cited)},", *lines, "}"])


def citation_json(cited: Citation) -> JSONObject:
    """What does `cite --json` print?"""
    speech = cited.speech
    return {
        "id": speech.id,
        "page": speech.page,
        "url": speech.url,
        "speaker": speech.speaker,
        "role": speech.role,
        "date": speech.date,
        "venue": list(speech.venue),
        "event": speech.event,
        "source": speech.source,
        "title": speech.title,
        "text": cited.text,
        "start": cited.start,
        "end": cited.end,
        "citation": citation_line(cited),
        "bibtex": bibtex(cited),
    }


def _note(cited: Citation) -> str:
    said = f"``{_one_line(cited.text)}''; " if cited.text is not None else ""
    return f"{said}speech {cited.speech.id} of page {cited.speech.page}, characters {cited.start}-{cited.end}"


def _key(cited: Citation) -> str:
    speech = cited.speech
    words = re.findall(
        r"[A-Za-z0-9]+", f"{speech.speaker or speech.label or 'unknown'} {(speech.date or '')[:4]} {speech.id}"
    )
    key = "-".join(words).lower()
    if speech.id.isascii() and len(key) <= _LONGEST_KEY:
        return key
    # What is left of the id does not tell it from others: two speeches of one bibliography never share a key.
    told = hashlib.sha256(speech.id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{key[: _LONGEST_KEY - 9]}-{told}".lstrip("-")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return text.translate(_BIBTEX)
