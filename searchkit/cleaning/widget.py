"""The font-size widget: `date 2024-06-15 + ↺ − 16 px`, in whatever pieces and order a page has it.

Its signs may stand on one line, in elements of their own, or glued to the first sentence; so it is looked for across
the whole page, not line by line.  The date in front of it is the page's date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["RULE", "Widget", "find_widgets"]

RULE = "font-size widget"

_SIGNS = {
    "larger": "[+\uff0b\u2795]",  # + ＋ ➕
    "reset": "[\u21ba\u21bb\u27f2\u27f3\u21b6\u21b7\u21a9\U0001f504\U0001f501]\ufe0f?",  # ↺ ↻ ⟲ ⟳ ↶ ↷ ↩ 🔄 🔁
    "smaller": "[-\u2212\u2013\u2014\u2796\ufe63\uff0d]",  # - − – — ➖
    "size": r"(?<!\d)\d{1,3}\s*px",  # 16 px, 16px, glued: 16 pxThe relations
}
_CONTROLS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _SIGNS.items()))
_LEAST_CONTROLS = 3
"""Of the four, the size among them: "+ − 16 px"; "-16 px" is a remark about a picture."""

_DAY = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
_DATE = re.compile(
    rf"(?:(?P<word>(?<!\w)(?:date|published|tarix|tarih|дата))\s*:?\s*)?(?P<date>{_DAY})"
    r"(?:[ \t,T\u00a0]+\d{1,2}:\d{2}(?::\d{2})?)?\s*[|•·]?\s*\Z",
    re.IGNORECASE,
)
_WORD_ALONE = re.compile(r"(?<!\w)(?:date|tarix|tarih|дата)\s*:?\s*\Z", re.IGNORECASE)
_REACH = 60
"""How far before the controls its date may begin."""


@dataclass(frozen=True, slots=True)
class Widget:
    """Where a widget stands, and the date that it shows, as written."""

    start: int
    end: int
    date: str | None


def find_widgets(text: str) -> list[Widget]:
    """Where are the widgets in `text`?  Intervals, in order; only spaces and line ends part their pieces."""
    if "px" not in text:
        return []
    widgets = []
    start = end = 0
    seen: list[str] = []
    for control in _CONTROLS.finditer(text):
        name = control.lastgroup or ""
        if not seen or text[end : control.start()].strip() or name in seen:
            widgets += _widget(text, start, end, seen)
            start, seen = control.start(), []
        seen.append(name)
        end = control.end()
    widgets += _widget(text, start, end, seen)
    return widgets


def _widget(text: str, start: int, end: int, controls: list[str]) -> list[Widget]:
    if len(controls) < _LEAST_CONTROLS or "size" not in controls:
        return []
    before = max(0, start - _REACH)
    date = _DATE.search(text[before:start]) or _WORD_ALONE.search(text[before:start])
    if date is None:
        return [Widget(start, end, None)]
    return [Widget(before + date.start(), end, date.groupdict().get("date"))]
