"""The commands that count words: screens, tables, statuses, pictures."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from searchkit.cli import main
from searchkit.cli.concordance import show_concordance
from searchkit.cli.screen import Screen
from searchkit.cli.tables import Column, show_rows
from searchkit.counting import Concordance, KwicLine
from tests.cli.conftest import Run
from tests.counting.conftest import RECORDS


@pytest.fixture(scope="module")
def bread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a few debates about bread and salt."""
    folder = tmp_path_factory.mktemp("bread")
    (folder / "debates.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    done = CliRunner().invoke(main, ["build", str(folder / "debates.jsonl"), "--index", str(folder / "index")])
    assert done.exit_code == 0, done.output
    return folder / "index"


def test_kwic_puts_matches_under_each_other(run: Run, bread: Path) -> None:
    result = run("kwic", '"dear bread"', "OR", '"breads"', "--index", bread)
    assert result.exit_code == 0
    heading, understood, _, *lines = result.stdout.splitlines()
    assert heading == "2 occurrences in 1 speech"
    assert understood.startswith("speeches either with the phrase")
    assert len({line.index(word) for line, word in zip(lines, ("Breads", "dear bread"), strict=True)}) == 1
    assert lines[0].startswith("2003  Ada Stone  c")


def test_kwic_for_programs_holds_every_line(run: Run, bread: Path) -> None:
    found = json.loads(run("kwic", "bread", "--json", "--index", bread).stdout)
    assert found["total"] == len(found["lines"]) == 11
    assert list(found["lines"][0])[:6] == ["id", "start", "end", "left", "match", "right"]
    rows = list(csv.DictReader(io.StringIO(run("kwic", "bread", "--csv", "--index", bread).stdout)))
    assert list(rows[0])[:5] == ["document", "position", "left", "match", "right"]
    assert [(row["document"], int(row["start"]), row["left"]) for row in rows] == [
        (line["id"], line["start"], line["left"]) for line in found["lines"]
    ]
    page = json.loads(run("kwic", "bread", "--json", "--limit", "2", "--offset", "3", "--index", bread).stdout)
    assert page["lines"] == found["lines"][3:5]
    tsv = run("kwic", "bread", "--tsv", "--limit", "2", "--offset", "3", "--index", bread).stdout.splitlines()
    assert [row.split("\t")[0] for row in tsv] == ["document", "a", "b"]


def test_kwic_is_read_some_lines_at_a_time(run: Run, bread: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("kwic", "bread", "--csv", "--index", bread).stdout
    monkeypatch.setattr("searchkit.cli.kwic._AT_ONCE", 3)
    assert run("kwic", "bread", "--csv", "--index", bread).stdout == whole


def test_kwic_says_how_it_goes_on(run: Run, bread: Path) -> None:
    result = run("kwic", "bread", "--limit", "3", "--offset", "3", "--index", bread)
    assert result.stdout.splitlines()[-1] == "4 to 6 of 11; the next: --offset 6"


@pytest.mark.parametrize("command", ["kwic", "trend", "freq", "collocates"])
def test_nothing_found_is_status_1_and_explained(command: str, run: Run, bread: Path) -> None:
    result = run(command, "bread", "butter", "--index", bread)
    assert result.exit_code == 1
    assert "nothing matches butter by itself" in result.stderr


def test_trend_tells_gaps_from_silence(run: Run, bread: Path) -> None:
    result = run("trend", '"bread"', "--index", bread)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "4 speeches, 10 occurrences"
    rows = [line.split() for line in lines[4:9]]
    assert rows[0][:5] == ["2001", "2", "6", "200,000.0", "100.0%"]
    assert rows[1] == ["2002", "no", "speeches", "in", "the", "index"]
    assert rows[3][:3] == ["2004", "0", "0"]
    assert rows[4][:2] == ["(none)", "1"]
    assert "of the words of all speeches" in result.stdout


def test_gaps_in_a_row_are_one_row(run: Run, bread: Path) -> None:
    result = run("trend", '"bread"', "--by", "month", "--index", bread)
    assert "2001-06 … 2002-12" in result.stdout
    values = json.loads(run("trend", '"bread"', "--by", "month", "--json", "--index", bread).stdout)["values"]
    assert len(values) > 30


def test_trend_for_programs(run: Run, bread: Path) -> None:
    found = json.loads(run("trend", '"bread"', "--by", "speaker", "--json", "--index", bread).stdout)
    assert found["total"] == sum(value["count"] for value in found["values"]) == 4
    assert list(found["values"][0])[:5] == ["value", "count", "occurrences", "words", "per_million"]
    table = run("trend", '"bread"', "--csv", "--index", bread).stdout.splitlines()
    assert table[0] == "value,count,occurrences,words,per_million,speeches,share,coverage"
    assert table[2] == "2002,0,0,0,0.0,0,0.0,none"


def test_trend_shows_the_most_frequent_values_and_says_so(run: Run, bread: Path) -> None:
    result = run("trend", '"bread"', "--by", "speaker", "--limit", "1", "--index", bread)
    assert "... and 1 more value: --limit" in result.stdout


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("by", ["year", "speaker"])
def test_a_trend_is_drawn(form: str, by: str, run: Run, bread: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / f"bread.{form}"
    result = run("trend", '"bread"', "--by", by, "--plot", picture, "--index", bread)
    assert result.exit_code == 0, result.output
    assert f"drawn: {picture}" in result.stderr
    drawn = picture.read_bytes()
    assert drawn.startswith(b"<?xml" if form == "svg" else b"\x89PNG")
    if form == "svg":
        assert (b"no speeches in the index" if by == "year" else b"Ada Stone") in drawn
        run("trend", '"bread"', "--by", by, "--plot", picture, "--index", bread)
        assert picture.read_bytes() == drawn


def test_other_pictures_are_refused(run: Run, bread: Path, tmp_path: Path) -> None:
    result = run("trend", "bread", "--plot", tmp_path / "bread.bmp", "--index", bread)
    assert result.exit_code == 2
    assert "must end in .svg or .png" in result.stderr


def test_freq_lists_forms(run: Run, bread: Path) -> None:
    result = run("freq", "bread", "--index", bread)
    assert result.stdout.splitlines()[0] == "11 occurrences of 2 forms, in 4 speeches"
    assert [line.split()[:2] for line in result.stdout.splitlines()[4:6]] == [["bread", "10"], ["breads", "1"]]
    cut = run("freq", "--limit", "3", "--no-stop-words", "--index", bread)
    assert "3 of" in cut.stdout.splitlines()[-1]
    found = json.loads(run("freq", "bread", "--json", "--index", bread).stdout)
    assert found["total"] == sum(value["occurrences"] for value in found["values"])


def test_collocates_are_ranked(run: Run, bread: Path) -> None:
    result = run("collocates", '"bread"', "--window", "2", "--min", "1", "--index", bread)
    assert result.stdout.splitlines()[0].startswith("10 occurrences, ")
    found = json.loads(run("collocates", '"bread"', "--min", "1", "--sort", "count", "--json", "--index", bread).stdout)
    counts = [value["together"] for value in found["values"]]
    assert counts == sorted(counts, reverse=True)
    without = run("collocates", '"bread"', "--min", "1", "--no-stop-words", "--csv", "--index", bread).stdout
    assert "\r\nand," not in without


def test_keyness_has_two_sides(run: Run, bread: Path) -> None:
    result = run("keyness", "--speaker", "stone", "--min", "1", "--index", bread)
    assert "more frequent in these" in result.stdout
    found = json.loads(
        run("keyness", "speaker:stone", "--against", "speaker:wood", "--min", "1", "--json", "--index", bread).stdout
    )
    assert found["target"]["words"] + found["reference"]["words"] == 55
    nobody = run("keyness", "--speaker", "nobody", "--index", bread)
    assert nobody.exit_code == 2
    assert "there is no word to compare" in nobody.stderr


def test_compare_sets_two_speakers_side_by_side(run: Run, bread: Path) -> None:
    result = run("compare", "Ada Stone", "wood", '"bread"', "--min", "1", "--index", bread)
    assert result.exit_code == 0
    assert "3 speeches, 37 words" in result.stdout
    assert "6 occurrences in 2 speeches, 162,162.2 in a million" in result.stdout
    found = json.loads(run("compare", "stone", "wood", "--min", "1", "--json", "--index", bread).stdout)
    assert (found["target"]["words"], found["reference"]["since"], found["usage"]) == (37, "2001-05-01", [])
    assert run("compare", "stone", "nobody", "--index", bread).exit_code == 2


def test_ngrams_are_counted(run: Run, bread: Path) -> None:
    result = run("ngrams", "--index", bread)
    assert result.exit_code == 0
    assert [line.split()[:4] for line in result.stdout.splitlines()[4:6]] == [
        ["bread", "and", "salt", "3"],
        ["the", "price", "of", "3"],
    ]
    found = json.loads(run("ngrams", '"price"', "--size", "2", "--json", "--index", bread).stdout)
    assert {value["form"] for value in found["values"]} == {"the price", "price of"}
    assert run("ngrams", '"peace"', "--index", bread).exit_code == 1


def test_first_tells_the_order_and_what_it_leaves_open(run: Run, bread: Path) -> None:
    result = run("first", "price", "of", "bread", "--index", bread)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "2 verbatim uses, 0 altered, in 2 speeches"
    assert result.stdout.index("2001-05 · Ben Wood") < result.stdout.index("2003 · Ada Stone")
    undated = run("first", "bread", "--limit", "1", "--index", bread)
    assert "1 speech without a date may be earlier" in undated.stdout
    assert "1 of 11 uses: --limit gives more" in undated.stdout
    table = run("first", "bread", "--verbatim", "--csv", "--index", bread).stdout.splitlines()
    assert table[0] == "id,speaker,date,start,end,text,verbatim"
    assert len(table) == 11
    assert run("first", "butter", "--index", bread).exit_code == 1


def test_similar_lists_what_is_near(run: Run, bread: Path) -> None:
    result = run("similar", "b", "--index", bread)
    assert result.exit_code == 0
    assert "price" in result.stdout
    found = json.loads(run("similar", "b", "--json", "--index", bread).stdout)
    assert found["values"][0]["id"] in result.stdout
    assert 0 < found["values"][0]["similarity"] < 1
    unknown = run("similar", "bb", "--index", bread)
    assert unknown.exit_code == 1
    assert "no speech has the id 'bb'" in unknown.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> tuple[Screen, Terminal]:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    return Screen(stream, wide=True), stream


STYLES = re.compile(r"\x1b\[[0-9;]*m")

LINES = (
    KwicLine("a/very/long/folder/of/pages/2024-06.html", 1, 0, 5, "", "Bread", " is dear", "Ada Stone", "2024-06-15"),
    KwicLine("zh", 3, 3, 5, "中国人民" * 20, "和平", "和平" * 40, None, None),
    KwicLine("he", 3, 3, 5, "הלחם " * 20, "שלום", " עולם" * 20, "דוד", "1950"),
    KwicLine("x", 3, 3, 5, "one\n\ntwo\t", "match \x1b[31m", "\nthree", "Ben", "2001"),
)


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_lines_fit_the_screen_and_stay_aligned(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, stream = terminal(monkeypatch, columns)
    show_concordance(screen, Concordance("q", "understood", 4, 4, LINES), offset=0)
    rows = STYLES.sub("", stream.getvalue()).splitlines()[3:]
    assert len(rows) == 4
    assert all(cell_len(row) <= columns for row in rows)
    assert "\x1b" not in "".join(rows)
    starts = {
        cell_len(row[: row.index(line.match[:2])]) for row, line in zip(rows, LINES, strict=True) if line.id != "he"
    }
    assert len(starts) == 1
    assert ("Ada Stone" in rows[0]) == (columns >= 140)


@pytest.mark.parametrize("columns", [40, 80])
def test_rows_with_bars_fit_the_screen(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, stream = terminal(monkeypatch, columns)
    show_rows(screen, [Column("name", ["x" * 90, "中国"], right=False), Column("n", ["1", "20"])], [1.0, 20.0])
    assert all(cell_len(row) <= columns for row in STYLES.sub("", stream.getvalue()).splitlines())
    if columns == 80:
        assert len(stream.getvalue().splitlines()) == 3
        assert "█" in stream.getvalue()
