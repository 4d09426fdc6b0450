"""Hits for other programs: all of them, in every form, in an order of their own, and back into `show`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import searchkit
from searchkit.cli import main

Run = Callable[..., Result]


def ids(run: Run, index: Path, *words: str) -> list[str]:
    return run("query", *words, "--index", index, "--ids").stdout.splitlines()


def test_every_form_has_every_hit(run: Run, index: Path) -> None:
    found = ids(run, index, "shusha")
    assert len(found) == 3
    rows = csv.DictReader(io.StringIO(run("query", "shusha", "--index", index, "--csv").stdout, newline=""))
    assert [row["id"] for row in rows] == found
    tabbed = run("query", "shusha", "--index", index, "--tsv", "--fields", "id,speaker").stdout.splitlines()
    assert tabbed[0] == "id\tspeaker"
    assert [line.split("\t")[0] for line in tabbed[1:]] == found
    lines = run("query", "shusha", "--index", index, "--jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == found
    assert run("query", "shusha", "--index", index, "--template", "{id}").stdout.splitlines() == found


def test_more_hits_than_are_held_at_once(run: Run, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ids(run, index, "shusha")
    monkeypatch.setattr("searchkit.cli.exports._AT_ONCE", 1)
    assert ids(run, index, "shusha") == whole


def test_a_part_says_that_it_is_one(run: Run, index: Path) -> None:
    whole = ids(run, index, "shusha")
    result = run("query", "shusha", "--index", index, "--ids", "--limit", "1", "--offset", "1")
    assert result.stdout.splitlines() == whole[1:2]
    assert "1 of 3 speeches" in result.stderr


def test_zero_bytes_between_ids(run: Run, index: Path) -> None:
    whole = ids(run, index, "shusha")
    assert run("query", "shusha", "--index", index, "--ids", "-0").stdout == "".join(f"{id}\0" for id in whole)


def test_a_template(run: Run, index: Path) -> None:
    line = r"{{{speaker}}}\t{date}|{role}"
    assert (
        run("query", '"word on shusha"', "--index", index, "--template", line).stdout == "{Ada Okafor}\t2024-06-15|\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--template", "{speeker}"], "'speeker' is no field of a hit; did you mean speaker?"),
        (["--template", "{speaker"], "a lone {"),
        (["--csv", "--fields", "id,xyzzy"], "'xyzzy' is no field of a hit"),
        (["--csv", "--fields", ","], "give names of columns"),
        (["--fields", "id"], "--fields chooses the columns of --csv or --tsv"),
        (["-0"], "-0 ends the lines of --ids or --template"),
        (["--csv", "--ids"], "choose one of them"),
    ],
)
def test_mistakes(run: Run, index: Path, words: list[str], message: str) -> None:
    result = run("query", "shusha", "--index", index, *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_ids_lead_into_show(run: Run, index: Path) -> None:
    whole = run("query", "shusha", "--index", index, "--ids").stdout
    shown = run("show", "-", "--index", index, "--jsonl", input=whole).stdout.splitlines()
    assert [json.loads(line)["id"] for line in shown] == whole.splitlines()
    assert [item["id"] for item in json.loads(run("show", "-", "--index", index, "--json", input=whole).stdout)] == (
        whole.splitlines()
    )
    zeros = whole.replace("\n", "\0")
    assert run("show", "-", "--index", index, "--jsonl", input=zeros).stdout.splitlines() == shown
    assert run("show", "-", "--index", index, input=whole).stdout.count("-" * 20) == 2


def test_an_unknown_id_does_not_hide_the_others(run: Run, index: Path) -> None:
    result = run("show", "r1", "nobody", "--index", index)
    assert result.exit_code == 1
    assert "A word on Shusha." in result.stdout
    assert "no speech has the id 'nobody'" in result.stderr


def test_a_citation(run: Run, index: Path) -> None:
    line = run("cite", "r1", "--index", index).stdout
    assert line == "Ada Okafor, =Notes, 2024-06-15. r1 [r1, characters 0-17].\n"
    words = run("cite", "r1", "--index", index, "--words", "on shusha").stdout
    assert "“on Shusha”" in words
    assert "[r1, characters 7-16]" in words
    entry = run("cite", "r1", "--index", index, "--bibtex").stdout
    assert entry.startswith("@misc{ada-okafor-2024-r1,\n")
    assert "author = {{Ada Okafor}}" in entry
    assert "year = {2024}" in entry
    told = json.loads(run("cite", "r1", "--index", index, "--words", "Shusha", "--json").stdout)
    assert (told["text"], told["start"], told["end"]) == ("Shusha", 10, 16)


def test_words_that_are_not_there_are_not_cited(run: Run, index: Path) -> None:
    result = run("cite", "r1", "--index", index, "--words", "no such words")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "do not stand in r1" in result.stderr
    assert run("cite", "nobody", "--index", index).exit_code == 1


def test_colour(run: Run, index: Path) -> None:
    assert "\x1b[" in run("query", "shusha", "--index", index, "--color", "always").stdout
    assert "\x1b[" not in run("query", "shusha", "--index", index, "--color", "never").stdout
    assert "\x1b[" not in run("query", "shusha", "--index", index).stdout


def test_literal_words_and_explained_scores(run: Run, index: Path) -> None:
    assert len(ids(run, index, "words")) == 1
    assert ids(run, index, "words", "--literal") == []
    shown = run("query", "shusha", "--index", index, "--explain").stdout
    assert "score " in shown
    assert "with the word shusha (3 speeches)" in shown


def test_the_query_is_written_out_where_it_is_explained(run: Run, index: Path) -> None:
    asked = ("shusha -words OR date:2024", "--index", index)
    again = "(shusha AND -words) OR date:[2024-01-01 to 2024-12-31]"
    assert f"written out: {again}\n" in run("query", *asked, "--explain").stdout
    assert json.loads(run("query", *asked, "--explain", "--json").stdout)["written"] == again
    assert "written" not in run("query", *asked).stdout + run("query", *asked, "--json").stdout
    assert ids(run, index, again) == ids(run, index, "shusha -words OR date:2024")


def completed(index: Path, *words: str) -> list[str]:
    environment = {
        "_SEARCHKIT_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("searchkit", *words)),
        "COMP_CWORD": str(len(words)),
        "SEARCHKIT_INDEX": str(index),
    }
    output = CliRunner().invoke(main, [], env=environment, prog_name="searchkit").stdout
    return [line.partition(",")[2] for line in output.splitlines() if line]


def test_completion_from_the_index(index: Path) -> None:
    assert completed(index, "query", "speak") == ["speaker:"]
    assert completed(index, "query", "--speaker", "Ann") == ["'Anna Lind'"]
    assert completed(index, "query", "--speaker", "lin") == ["'Anna Lind'"]
    assert completed(index, "query", "speaker:ann") == ["'speaker:\"Anna Lind\"'"]
    assert completed(index, "query", "--venue", "Sh") == ["Shusha"]
    assert completed(index / "none", "query", "--venue", "Sh") == []


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("sort:", ["sort:relevance", "sort:newest", "sort:oldest"]),
        ("group:", ["group:copies"]),
        ("procedural:", ["procedural:yes", "procedural:no"]),
        ("-sort:", []),
        ("-sor", []),
        ("auth", ["author:"]),
        ("author:ann", ['author:"Anna Lind"']),
        ("-speaker:ann", ['-speaker:"Anna Lind"']),
        ("(sea OR speaker:=ann", ['(sea OR speaker:="Anna Lind"']),
        ('"open sea" speaker:"Anna L', ['"open sea" speaker:"Anna Lind"']),
        ("speaker:Anna L", ['speaker:"Anna Lind"']),
        ("speaker:Anna sor", ["speaker:Anna sort:"]),
        ('"speaker:ann', []),
        ("", []),
    ],
)
def test_the_last_word_of_a_query_is_completed(typed: str, becomes: list[str], index: Path) -> None:
    command = main.get_command(click.Context(main), "query")
    assert command is not None
    context = click.Context(command)
    context.params["index"] = str(index)
    [words] = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    assert [item.value for item in words.shell_complete(context, typed)] == becomes


def test_fields_of_the_users_own_are_completed(tmp_path: Path) -> None:
    searchkit.build(
        [{"text": "The sea.", "party": "Greens"}],
        tmp_path / "index",
        options=searchkit.BuildOptions(own_fields=("party",)),
    )
    assert completed(tmp_path / "index", "query", "par") == ["party:"]
    assert completed(tmp_path / "index", "query", "party:gr") == ["'party:\"Greens\"'"]
    assert completed(tmp_path / "index", "facets", "--by", "par") == ["party"]
    assert completed(tmp_path / "index", "trend", "--by", "par") == ["party"]
