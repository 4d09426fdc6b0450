"""Metadata tables, given and found: which pages they fill, and what is left over (sidecar.py, metadata.py)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from searchkit.errors import UsageError
from searchkit.models import RawPage


def _sidecars(reader: Any) -> dict[str, Mapping[str, str]]:
    return {page.key: page.sidecar for page in reader.read() if isinstance(page, RawPage)}


@pytest.fixture
def table(tmp_path: Path):
    """Writes a metadata table outside the corpus."""

    def write(content: str, name: str = "table.csv") -> str:
        path = tmp_path / name
        path.write_text(content)
        return str(path)

    return write


def test_a_table_of_files_in_a_folder_below_is_found_by_itself(corpus: Any) -> None:
    corpus.write("metadata.csv", 'state,file_id,remarks\nAlaska,AK1995.txt,\nOhio,OH1995.txt,"as, prepared"\n')
    corpus.write("raw/AK1995.txt", "words")
    corpus.write("raw/OH1995.txt", "words")
    corpus.write("README", "words")
    reader = corpus.reader()
    assert _sidecars(reader) == {
        "README": {},
        "raw/AK1995.txt": {"state": "Alaska"},
        "raw/OH1995.txt": {"state": "Ohio", "remarks": "as, prepared"},
    }
    assert reader.remarks == (
        (
            "metadata table metadata.csv was found to name pages by its column file_id: 2 pages filled; "
            "left over: 0 rows, 1 page"
        ),
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("file,party\na.html,x\n", True),
        ("File;Party\na.html;x\n", True),
        ("file,party\nother.html,x\n", False),
        ("key,party\na,x\nb,y\n", True),
        ("key,party\na,x\nother,y\n", True),
        ("key,party\na,x\nother,y\nthird,z\n", True),
        ("year,count\n1,2\n3,4\n", False),
    ],
)
def test_when_a_table_is_one_of_metadata(corpus: Any, content: str, found: bool) -> None:
    corpus.write("a.html", "words")
    corpus.write("b.html", "words")
    corpus.write("table.csv", content)
    skipped = corpus.skips()
    assert skipped == ([] if found else [("table.csv", "table without a text column", False)])


def test_one_match_by_chance_among_many_pages_is_not_enough(corpus: Any) -> None:
    for number in range(10):
        corpus.write(f"{number}.html", "words")
    corpus.write("counts.csv", "count,share\n" + "".join(f"{number},0\n" for number in range(6, 30)))
    assert corpus.skips() == [("counts.csv", "table without a text column", False)]


def test_the_declared_key_is_enough(corpus: Any) -> None:
    for number in range(10):
        corpus.write(f"{number}.html", "words")
    corpus.write("counts.csv", "count,share\n9,all\n10,none\n11,none\n")
    assert corpus.skips(metadata_key="count") == []
    assert _sidecars(corpus.reader(metadata_key="count"))["9.html"] == {"share": "all"}


def test_tables_mean_the_files_beside_them(corpus: Any) -> None:
    for year in ("2023", "2024"):
        corpus.write(f"{year}/raw/a.html", "words")
        corpus.write(f"{year}/metadata.csv", f"file,year\na.html,{year}\n")
    assert _sidecars(corpus.reader()) == {"2023/raw/a.html": {"year": "2023"}, "2024/raw/a.html": {"year": "2024"}}


def test_a_name_that_two_pages_share_is_never_guessed(corpus: Any) -> None:
    corpus.write("2023/a.html", "words")
    corpus.write("2024/a.html", "words")
    corpus.write("b.html", "words")
    corpus.write("table.csv", "file,party\na.html,x\nb.html,y\nb.html,z\n2023/a.html,w\nc.html,v\nd,e,f\n")
    reader = corpus.reader()
    assert _sidecars(reader) == {"2023/a.html": {"party": "w"}, "2024/a.html": {}, "b.html": {"party": "y"}}
    assert reader.remarks == (
        (
            "metadata table table.csv was found to name pages by its column file: 2 pages filled; left over: "
            "4 rows (1 name that several pages share; 1 name given before; 1 damaged row), 1 page"
        ),
    )


def test_a_found_table_fills_pages_of_its_own_source_alone(corpus: Any, tmp_path: Path) -> None:
    corpus.write("x/a.html", "words")
    corpus.write("x/table.csv", "file,party\na.html,x\n")
    corpus.write("y/a.html", "words")
    reader = corpus.reader(f"x={corpus.root}/x", f"y={corpus.root}/y")
    assert _sidecars(reader) == {"x/a.html": {"party": "x"}, "y/a.html": {}}
    assert reader.remarks[0].endswith("left over: 0 rows, 0 pages")


def test_a_given_table_fills_every_source(corpus: Any, table: Any) -> None:
    corpus.write("x/2023/a.html", "words")
    corpus.write("y/b.html", "words")
    path = table("file\tparty\n2023/a.html\tx\ny/b.html\ty\nc.html\tz\n", "table.tsv")
    reader = corpus.reader(f"x={corpus.root}/x", f"y={corpus.root}/y", metadata=(path,))
    assert _sidecars(reader) == {"x/2023/a.html": {"party": "x"}, "y/b.html": {"party": "y"}}
    assert reader.remarks == (
        f"metadata table {path} names pages by its column file: 2 pages filled; left over: 1 row, 0 pages",
    )


def test_a_given_table_without_a_declared_key_takes_the_column_that_matches_best(corpus: Any, table: Any) -> None:
    corpus.write("a.html", "words")
    corpus.write("b.html", "words")
    reader = corpus.reader(metadata=(table("party,page\na,b\nx,a\ny,q\n"),))
    assert _sidecars(reader) == {"a.html": {"party": "x"}, "b.html": {"party": "a"}}
    assert "by its column page" in reader.remarks[0]


def test_a_given_table_fills_records_by_their_id(corpus: Any, table: Any) -> None:
    corpus.write("a.jsonl", '{"id": "sg-1", "text": "words"}\n{"id": "sg-2", "text": "words"}\n')
    path = table("id,party\nsg-1,x\nsg-9,y\n")
    reader = corpus.reader(f"n={corpus.root}", metadata=(path,), metadata_key="id")
    assert _sidecars(reader) == {"n/sg-1": {"party": "x"}, "n/sg-2": {}}
    assert reader.remarks[0].endswith("1 page filled; left over: 1 row, 1 page")


def test_a_given_table_within_the_corpus_is_read_as_no_page(corpus: Any) -> None:
    corpus.write("a.html", "words")
    path = corpus.write("meta/table.txt", "file,text\na.html,x\n")
    reader = corpus.reader(metadata=(str(path),))
    assert _sidecars(reader) == {"a.html": {"text": "x"}}


def test_of_two_tables_the_given_one_and_the_earlier_one_win(corpus: Any, table: Any) -> None:
    corpus.write("a.html", "words")
    corpus.write("found.csv", "file,party,seat,role\na.html,found,found,found\n")
    one = table("file,party\na.html,one\n", "one.csv")
    two = table("file,party,seat\na.html,two,two\n", "two.csv")
    reader = corpus.reader(metadata=(one, two))
    assert _sidecars(reader) == {"a.html": {"party": "one", "seat": "two", "role": "found"}}
    assert len(reader.remarks) == 3


def test_sniffed_pages_have_names_and_other_files_have_none(corpus: Any) -> None:
    corpus.write("a", "<html>words")
    corpus.write("b.txt", "words")
    corpus.write("b.png", b"\x89PNG\r\n")
    corpus.write("table.csv", "file,party\na,x\nb,y\n")
    assert _sidecars(corpus.reader()) == {"a": {"party": "x"}, "b.txt": {"party": "y"}}


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("party,seat\nx,y\n", {}, "has no column that names pages; its columns are: party, seat"),
        ("party,seat\nx,y\n", {"metadata_key": "page"}, "has no column page; its columns are: party, seat"),
        ("", {}, "cannot be used: empty file"),
        ('"a', {}, "cannot be used: table with a damaged header (unexpected end of data)"),
    ],
)
def test_a_given_table_that_cannot_be_used_is_an_error(
    corpus: Any, table: Any, content: Any, options: Any, message: Any
) -> None:
    corpus.write("a.html", "words")
    path = table(content)
    with pytest.raises(UsageError) as caught:
        corpus.reader(metadata=(path,), **options)
    assert f"the metadata table {path} {message}" in str(caught.value)


def test_a_given_table_that_is_not_there_is_an_error(corpus: Any) -> None:
    with pytest.raises(UsageError, match=r"/gone\.csv cannot be used: cannot be read \(No such file or directory\)"):
        corpus.reader(metadata=("/gone.csv",))


def test_a_damaged_table_in_a_folder_is_one_skip(corpus: Any) -> None:
    corpus.write("a.html", "words")
    corpus.write("bad.csv", 'file,"party\na.html,x\n')
    assert corpus.skips() == [("bad.csv", "table with a damaged header", True)]


def test_a_single_table_without_text_is_an_error(corpus: Any) -> None:
    path = corpus.write("table.csv", "name,words\na,b\n")
    with pytest.raises(UsageError) as caught:
        corpus.reader(path)
    assert str(caught.value) == (
        f"SOURCE {path} is a table without a column text; its columns are: name, words. "
        "A record has its words in a column text; a table about other files is given with --metadata"
    )
