"""Citations of speeches whose titles, names and addresses are anything at all."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.models import Citation, Speech
from searchkit.presenting import bibtex

SPEECH = Speech(id="2024/a", page="2024/a", text="It is kept.", end=11, speakers=("Ada Okafor",), date="2024-06-15")
UNBALANCED = ("Of {braces", "of braces}", "}{", "\\", "\\{", "ends with \\", "50% & $5 #1 a_b ~ ^ < > | \"q\" 'q' @x{")
WRITTEN = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^", r"\textless{}": "<", r"\textgreater{}": ">", r"\textbar{}": "|",
    r"\%": "%", r"\&": "&", r"\#": "#", r"\$": "$", r"\_": "_",
}  # fmt: skip


def entry(**fields: object) -> str:
    speech = replace(SPEECH, **fields)  # type: ignore[arg-type]
    return bibtex(Citation(speech, 0, 11, "It is kept."))


def fields_of(text: str) -> dict[str, str]:
    """The fields of one entry, read as BibTeX does: a value ends where its braces do, whatever stands before one."""
    head = re.match(r"@misc\{([^,\s]+),\n", text)
    assert head
    at, found = head.end(), {"key": head[1]}
    while text[at] != "}":
        name = re.compile(r"  (\w+) = \{").match(text, at)
        assert name, text[at:]
        at, depth = name.end(), 1
        begin = at
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        found[name[1]] = text[begin : at - 1]
        assert text[at : at + 2] == ",\n"
        at += 2
    assert at == len(text) - 1
    return found


def set_by_latex(value: str) -> str:
    """The characters that LaTeX sets for what was escaped, its braces for grouping gone."""
    written = "|".join(re.escape(each) for each in WRITTEN)
    return re.sub(rf"({written})|[{{}}]", lambda found: WRITTEN[found[1]] if found[1] else "", value)


@given(st.text() | st.text(alphabet="{}\\%&#$_~^<>| a\n"))
@pytest.mark.parametrize("name", ["title", "source", "event", "url", "label"])
def test_whatever_a_field_holds_the_others_stay_theirs(name: str, text: str) -> None:
    known = {"speakers": ()} if name == "label" else {}
    found = fields_of(entry(**known, **{name: text}))
    assert found["date"] == "2024-06-15"
    assert set_by_latex(found["note"]) == "``It is kept.''; speech 2024/a of page 2024/a, characters 0-11"
    if name == "title":
        assert set_by_latex(found["title"]) == (" ".join(text.split()) if text else "2024/a")


def test_speeches_whose_ids_look_alike_in_ascii_have_keys_of_their_own() -> None:
    ids = ("ru/речь-1", "ru/слово-1", "речь", "слово", "x" * 90, "x" * 91)
    keys = [fields_of(entry(id=id, speakers=("Ильхам",)))["key"] for id in ids]
    assert len(set(keys)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", key) for key in keys)
    assert fields_of(entry())["key"] == "ada-okafor-2024-2024-a"


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="BibTeX is not installed")
def test_bibtex_itself_reads_every_entry_whole(tmp_path: Path) -> None:
    entries = [entry(id=f"r{at}", title=title, url=f"https://x.example/{title}") for at, title in enumerate(UNBALANCED)]
    (tmp_path / "speeches.bib").write_text("\n".join(entries), "ascii")
    (tmp_path / "x.aux").write_text("\\bibstyle{plain}\n\\citation{*}\n\\bibdata{speeches}\n", "ascii")
    ran = subprocess.run(["bibtex", "x"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "Warning" not in ran.stdout
    set_down = (tmp_path / "x.bbl").read_text("ascii")
    assert set_down.count(r"\bibitem") == len(UNBALANCED)
    assert set_down.count("{") == set_down.count("}")
