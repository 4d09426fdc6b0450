"""The generated table of combining marks agrees with Python's Unicode database."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from searchkit.analysis.marks import MARKS


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="the table was generated from Unicode 14")
def test_marks_are_those_of_unicode() -> None:
    is_mark = re.compile(f"[{MARKS}]").match
    wrong = [
        code
        for code in range(sys.maxunicode + 1)
        if bool(is_mark(chr(code))) != (unicodedata.category(chr(code)) in ("Mn", "Mc", "Me"))
    ]
    assert wrong == []
