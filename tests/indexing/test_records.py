"""Records in batches: the same pages, speeches and skips whoever makes them, and of those with one id the first."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit.cleaning import clean
from searchkit.engines.embedded import EmbeddedEngine, RunWriter, TraitNotes
from searchkit.engines.embedded.assembling import assemble
from searchkit.engines.embedded.bulk import runs
from searchkit.errors import BuildRefused
from searchkit.extraction import extract, speech_of_record
from searchkit.generations import PageTable, live
from searchkit.indexing import BuildOptions, BuildReport, build, record_crew
from searchkit.indexing.digests import content_hash, digests_of_record, speech_digest
from searchkit.indexing.record_making import RecordMaker, RecordTask
from searchkit.models import CleanPage, RawPage, Speech
from searchkit.schema import with_own_fields
from searchkit.sources import RecordBatch, record_batch
from searchkit.sources.files import Line, Origin
from searchkit.sources.record import Record, page_of

Build = Callable[..., BuildReport]


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a few records, which processes make from the first on."""
    monkeypatch.setattr(record_batch, "_BYTES", 400)
    monkeypatch.setattr(record_crew, "_SIZE_HERE", 0)


def lines_of(records: list[Any]) -> str:
    return "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records)


MANY = [
    *({"id": f"r{n}", "text": f"Words of record {n}, for Shusha.", "date": f"2024-06-{n % 28 + 1:02}", "speaker": "Ann",
       "party": "Red"} for n in range(40)),
    "no JSON",
    "",
    {"id": "r3", "text": "Words of another record with this id.", "speaker": "Bob"},
    {"text": "Words without an id.", "seat": 3, "date": "31 February"},
    {"id": "dots", "text": "... !"},
    {"id": "dots", "text": "Words behind dots."},
    {"id": "none"},
    *({"id": f"r{n}", "text": f"Words of record {n}."} for n in range(30, 60)),
]  # fmt: skip


def told(report: BuildReport) -> dict[str, Any]:
    return {**dataclasses.asdict(report), "generation": "", "index": "", "seconds": 0, "stages": ()}


def held(index: Path) -> tuple[list[object], list[object], list[object]]:
    """Everything that an index has: its speeches, and its table of pages."""
    generation = live(index)
    assert generation is not None
    with searchkit.open(index) as speeches, PageTable(generation.pages) as table:
        found = [hit.speech for hit in speeches.search("words", limit=1_000)]
        return sorted(found, key=lambda speech: speech.id), list(table), list(table.speeches())


@pytest.mark.parametrize("jobs", [1, 3])
def test_it_does_not_matter_who_makes_them(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text(lines_of(MANY[:50]))
    (tmp_path / "b.jsonl").write_text(lines_of(MANY[50:]))
    given = [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]
    here = build(given, tmp_path / "here", BuildOptions(jobs=1, own_fields=("party",)))
    monkeypatch.setattr(record_batch, "_BYTES", 400)
    monkeypatch.setattr(record_crew, "_SIZE_HERE", 0)
    there = build(given, tmp_path / "there", BuildOptions(jobs=jobs, own_fields=("party",)))
    assert told(there) == told(here)
    assert held(tmp_path / "there") == held(tmp_path / "here")
    assert here.speeches == 61
    assert [(skip.page, skip.reason, skip.detail) for skip in here.skipped] == [
        ("a.jsonl#41", "not JSON", "Expecting value, column 1"),
        ("a.jsonl#43", "duplicate id", "r3"),
        ("dots", "no words", ""),
        ("a.jsonl#46", "duplicate id", "dots"),
        ("a.jsonl#47", "record without text", ""),
        *((f"a.jsonl#{line}", "duplicate id", f"r{line - 18}") for line in range(48, 51)),
        *((f"b.jsonl#{line}", "duplicate id", f"r{line + 32}") for line in range(1, 8)),
    ]
    assert "seat (1)" in " ".join(here.remarks)
    assert "1 speech has a date that no calendar knows" in " ".join(here.remarks)


def test_speeches_that_are_left_out_of_a_segment_of_several_runs(tmp_path: Path) -> None:
    """The places that the build counts are those of the segment, whatever it was merged of."""
    fields = with_own_fields(())
    speeches = [Speech(f"s{n}", f"s{n}", f"Words of speech {n}.") for n in range(60)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_SPEECHES_A_RUN", 20)
        writer, notes = RunWriter(tmp_path, fields), TraitNotes()
        for first in range(0, 60, 5):
            writer.add(speeches[first : first + 5])
        for speech in speeches:
            notes.add_speech(speech)
        segments = writer.finish()
    (segment,) = segments
    notes.write(tmp_path, segment.segment_id(), segment.doc_count_all())
    for place in (3, 17, 59):
        segment.delete_document(place)
    assemble(tmp_path, fields, segments)
    with contextlib.closing(EmbeddedEngine(tmp_path)) as engine:
        assert [trait.id for trait in engine.traits()] == [s.id for s in speeches if s.id not in ("s3", "s17", "s59")]
        assert engine.find("s17") is None


@pytest.mark.usefixtures("crowded")
def test_a_table_and_an_array_say_the_same_as_lines(run: Build, tmp_path: Path, index: Path) -> None:
    records = [{"id": f"r{n}", "text": f"Words of record {n}.", "speaker": "Ann"} for n in range(30)]
    (tmp_path / "r.jsonl").write_text(lines_of(records))
    (tmp_path / "r.json").write_text(json.dumps(records))
    rows = "".join(f"{record['id']},{record['text']},{record['speaker']}\n" for record in records)
    (tmp_path / "r.csv").write_text("id,text,speaker\n" + rows)
    found = []
    for source in ([tmp_path / "r.jsonl"], [tmp_path / "r.json"], [tmp_path / "r.csv"], records):
        assert run(source, replace=True, full=True).speeches == 30
        found.append(held(index)[0])
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.usefixtures("crowded")
def test_what_changed_is_written_and_the_rest_stands(run: Build, write: Callable[..., Path], index: Path) -> None:
    records = [{"id": f"r{n}", "text": f"Words of record {n}."} for n in range(30)]
    folder = write({"a.jsonl": lines_of(records), "b.jsonl": lines_of([{"id": "other", "text": "Other words."}])})
    run([folder / "a.jsonl", folder / "b.jsonl"], jobs=2)
    records[7] = {"id": "r7", "text": "Changed words."}
    del records[20]
    records += [{"id": "new", "text": "New words."}, {"id": "r8", "text": "Repeated words."}]
    write({"a.jsonl": lines_of(records)})
    report = run([folder / "a.jsonl", folder / "b.jsonl"], jobs=2)
    pages = report.pages
    assert (pages.added, pages.changed, pages.unchanged, pages.withdrawn, pages.skipped) == (1, 1, 29, 1, 1)
    with searchkit.open(index) as speeches:
        found = {hit.speech.id: hit.speech.text for hit in speeches.search("words", limit=100)}
        assert len(speeches) == len(found) == 31
    assert found["r7"] == "Changed words."
    assert found["r8"] == "Words of record 8."
    assert "r20" not in found
    # In another order, with other blanks, everything is as it was.
    write({"a.jsonl": "\n".join(json.dumps(record, indent=None, separators=(", ", " : ")) for record in records[::-1])})
    again = run([folder / "a.jsonl", folder / "b.jsonl"], jobs=2).pages
    assert (again.added, again.changed, again.unchanged, again.withdrawn) == (0, 1, 30, 0)


@pytest.mark.usefixtures("crowded")
def test_an_id_that_a_file_before_takes_from_one_that_stands(run: Build, write: Callable[..., Path]) -> None:
    first = [{"id": "a", "text": "First words."}]
    second = [{"id": "b", "text": "Second words."}, {"id": "c", "text": "Third words."}]
    folder = write({"a.jsonl": lines_of(first), "b.jsonl": lines_of(second)})
    run([folder / "a.jsonl", folder / "b.jsonl"])
    write({"a.jsonl": lines_of([*first, {"id": "b", "text": "Words that came first."}])})
    for _ in range(2):
        report = run([folder / "a.jsonl", folder / "b.jsonl"])
        assert report.speeches == 3
        assert [(skip.page, skip.reason) for skip in report.skipped] == [("b.jsonl#1", "duplicate id")]


@pytest.mark.usefixtures("crowded")
def test_a_process_that_dies_ends_the_build(
    tmp_path: Path, index: Path, run: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start(module: str) -> subprocess.Popen[bytes]:
        started.append(original(module))
        started[-1].kill()
        return started[-1]

    original = record_crew.start
    monkeypatch.setattr(record_crew, "start", start)
    (tmp_path / "r.jsonl").write_text(lines_of(MANY))
    with pytest.raises(BuildRefused, match="a process that writes the index was ended"):
        run([tmp_path / "r.jsonl"], jobs=2)
    assert live(index) is None
    assert all(process.returncode is not None for process in started)


def test_a_night_of_few_changed_records_needs_no_process(
    tmp_path: Path, index: Path, run: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though every file was touched: what is in hand may all stand, and is not counted before it was compared."""
    days = [[{"id": f"r{day}-{n}", "text": f"Words {n} of day {day}. " * 9} for n in range(40)] for day in range(12)]
    files = [tmp_path / f"{day}.jsonl" for day in range(12)]
    for file, day in zip(files, days, strict=True):
        file.write_text(lines_of(day))
    run([tmp_path], jobs=2)
    started: list[str] = []
    original = record_crew.start
    monkeypatch.setattr(record_crew, "start", lambda module: (started.append(module), original(module))[1])
    monkeypatch.setattr(record_crew, "_SIZE_HERE", sum(file.stat().st_size for file in files) // 12)
    for file, day in zip(files, days, strict=True):
        file.write_text(lines_of([*day, {"id": f"new-{file.stem}", "text": "Words that are new."}]))
    report = run([tmp_path], jobs=2)
    assert (report.pages.added, report.pages.unchanged, started) == (12, 480, [])
    for file, day in zip(files, days, strict=True):
        file.write_text(lines_of([{**record, "text": f"Other {record['text']}"} for record in day]))
    report = run([tmp_path], jobs=2)
    assert (report.pages.changed, len(started)) == (480, 2)


_VALUES = st.none() | st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=3) | st.integers(0, 3000)
_KEYS = st.sampled_from("id title date year speaker author venue source kind language url event role party".split())


@given(st.dictionaries(_KEYS, _VALUES, max_size=8), st.text(min_size=1, max_size=60))
def test_a_record_is_the_speech_that_the_whole_arrow_makes_of_it(values: dict[str, Any], text: str) -> None:
    page = RawPage("k", "f#1", "record", record={**values, "text": text})
    cleaned, made = clean(page), speech_of_record(page, ("party",))
    if not isinstance(cleaned, CleanPage):
        assert made is None
        return
    assert (made,) == extract(cleaned)
    assert made is not None
    assert digests_of_record(page, made) == (bytes.fromhex(content_hash(page)), speech_digest(made))


_ODD = (
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "\ud800 of the", "The end of the day."])
)
_ODD_VALUES = _VALUES | _ODD | st.dictionaries(st.text(max_size=3), _ODD, max_size=2)
_ODD_RECORDS = st.dictionaries(_KEYS | st.sampled_from(["text", "\udfff", "lang"]), _ODD_VALUES, max_size=6)
_TEXTS = st.lists(st.sampled_from("the of and to Rede que les и (applause) … words".split()), max_size=50).map(" ".join)


@given(st.lists(st.tuples(_ODD_RECORDS, st.none() | _TEXTS), max_size=5))
def test_odd_records_together_are_what_each_is_by_itself(odd: list[tuple[dict[str, Any], str | None]]) -> None:
    """Lines that are read quickly, made together, against values that are looked at one by one."""
    records = [values if text is None else {**values, "text": text} for values, text in odd]
    origin, lines = Origin("f", "/f"), [json.dumps(record).encode() for record in records]
    maker = RecordMaker(RecordTask(("party",), "rules"))
    together = maker.made(RecordBatch(origin, (Line(1, b"\n".join(lines)),)))
    apart = [maker.made(RecordBatch(origin, records=(Record(n, values),))) for n, values in enumerate(records, 1)]
    assert together.speeches == [speech for made in apart for speech in made.speeches]
    assert together.keys == [key for made in apart for key in made.keys]
    assert together.digests == [digest for made in apart for digest in made.digests]
    assert together.fates == b"".join(made.fates for made in apart)
    assert [page for _, page in together.skipped] == [page for made in apart for _, page in made.skipped]
    pages = [page_of(Record(n, values), origin) for n, values in enumerate(records, 1)]
    alone = [speech_of_record(page, ("party",)) for page in pages if isinstance(page, RawPage)]
    assert together.speeches == [speech for speech in alone if speech is not None]
