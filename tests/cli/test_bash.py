"""Completion in bash: what a shell function of ours puts where the cursor is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from searchkit.cli import main
from searchkit.cli.bash import Typed, typed_so_far

BREAKS = " \t\n\"'><=;|&(:"
"""What parts words in bash, as it comes."""


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("searchkit que", Typed(("searchkit",), "que", "", "")),
        ("searchkit query ", Typed(("searchkit", "query"), "", "", "")),
        ("searchkit query speaker:an", Typed(("searchkit", "query"), "speaker:an", "speaker:", "")),
        ("a --speaker=an", Typed(("a",), "--speaker=an", "--speaker=", "")),
        ('a "Anna Li', Typed(("a",), "Anna Li", "", '"')),
        ("a speaker:'\"Anna Li", Typed(("a",), 'speaker:"Anna Li', "speaker:", "'")),
        ("a 'b c' Anna\\ Li", Typed(("a", "b c"), "Anna Li", "", "")),
        ('a "" "say \\"no', Typed(("a", ""), 'say "no', "", '"')),
        ("a \\", Typed(("a",), "", "", "")),
    ],
)
def test_a_line_up_to_the_cursor(line: str, typed: Typed) -> None:
    assert typed_so_far(line, BREAKS) == typed


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("line", "words", "put"),
    [
        ("searchkit quer", ("quer",), "query"),
        ("searchkit query speak", ("query", "speak"), "speaker:"),
        ("searchkit query speaker:an", ("query", "speaker", ":", "an"), "'\"Anna Lind\"'"),
        ("searchkit query speaker:=an", ("query", "speaker", ":=", "an"), "'\"Anna Lind\"'"),
        ("searchkit query --speaker an", ("query", "--speaker", "an"), "'Anna Lind'"),
        ("searchkit query --speaker=an", ("query", "--speaker", "=", "an"), "'Anna Lind'"),
        ('searchkit query --speaker "Anna L', ("query", "--speaker", '"Anna L'), "Anna Lind"),
        ("searchkit query speaker:'\"Anna L", ("query", "speaker", ":", "'\"Anna L"), '"Anna Lind"'),
        ('searchkit query "speaker:an', ("query", '"speaker:an'), r"speaker:\"Anna Lind\"" + '"'),
        ("searchkit query -- -spea", ("query", "--", "-spea"), "-speaker:"),
        ("searchkit query -speaker:an", ("query", "-speaker", ":", "an"), "'\"Anna Lind\"'"),
        ("searchkit query -- sea -speaker:an", ("query", "--", "sea", "-speaker", ":", "an"), "'\"Anna Lind\"'"),
        ("searchkit query sort:ne", ("query", "sort", ":", "ne"), "newest"),
        ("searchkit query 'sea -speaker:an", ("query", "'sea -speaker:an"), 'sea -speaker:"Anna Lind"'),
        ('searchkit query speaker:"Anna L', ("query", "speaker", ":", '"Anna L'), r"\"Anna Lind\"" + '"'),
    ],
)
def test_bash_puts_it_where_the_cursor_is(
    line: str, words: tuple[str, ...], put: str, index: Path, tmp_path: Path
) -> None:
    """The function that the program gives to bash, run by bash with the line, its words and the cursor at its end."""
    source = CliRunner().invoke(main, [], env={"_SEARCHKIT_COMPLETE": "bash_source"}, prog_name="searchkit").stdout
    program = tmp_path / "searchkit"
    program.write_text(f'#!{sys.executable}\nfrom searchkit.cli import main\nmain(prog_name="searchkit")\n', "utf-8")
    program.chmod(0o755)
    script = f"""{source}
compopt() {{ :; }}
COMP_WORDBREAKS=$1 COMP_LINE=$2; COMP_POINT=${{#2}}; shift 2
COMP_WORDS=(searchkit "$@"); COMP_CWORD=$#
_searchkit_completion {program}
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", BREAKS, line, *words],
        env={"SEARCHKIT_INDEX": str(index), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout.splitlines(), done.stderr) == ([put], "")
