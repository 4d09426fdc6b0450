"""Segments written many speeches at a time, and merged ones, are what the plain way writes: array for array."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded import layout
from searchkit.engines.embedded.arrays import ArrayFile
from searchkit.engines.embedded.blocks import BlockReader
from searchkit.engines.embedded.bulk import buckets, joining, merging
from searchkit.engines.embedded.bulk.batch import USUAL, BulkBatch, Words
from searchkit.engines.embedded.bulk.gathered import STREAM as STREAM_FILE
from searchkit.engines.embedded.bulk.merging import merge, sources_of
from searchkit.engines.embedded.bulk.sharing import join
from searchkit.engines.embedded.bulk.sorting import KeySpace, grouped
from searchkit.engines.embedded.layout import COLUMNS, PLACES, POSTINGS, STREAM, TERMS, TEXTS, TRAITS
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_writer import SegmentWriter
from searchkit.engines.embedded.traits import TraitNotes
from searchkit.models import Speech
from searchkit.schema import with_own_fields

FIELDS = with_own_fields(("party",))
MANY = 240

Some = Callable[[int, int], list[Speech]]
Plain = Callable[[list[Speech]], ColumnarSegment]


def bulk_segment(
    storage: FileStorage, speeches: list[Speech], at_a_time: int, words: Words | None = None
) -> ColumnarSegment:
    batch = BulkBatch(FIELDS, words or Words())
    for first in range(0, len(speeches), at_a_time):
        batch.add(speeches[first : first + at_a_time])
    return batch.write(storage, "BULK")


def contents(storage: FileStorage, segment: ColumnarSegment) -> dict[str, Any]:
    """Everything that the files of a segment hold; of what is stored the strings, wherever blocks end."""
    found: dict[str, Any] = {}
    for suffix in (TERMS, POSTINGS, PLACES, STREAM, COLUMNS):
        file = ArrayFile(storage, segment.segment_id() + suffix, suffix[1:])
        file.verify()
        found[f"{suffix} meta"] = file.meta
        for name in file.names:
            array = file.array(name)
            found[f"{suffix} {name}"] = (array.dtype.str, array.tolist())
    texts = ArrayFile(storage, segment.segment_id() + TEXTS, TEXTS[1:])
    for name in ("records", "rests"):
        reader = BlockReader(texts, name)
        found[name] = [reader[number] for number in range(len(reader))]
    return found


@pytest.mark.parametrize("at_a_time", [1, 17, MANY])
@pytest.mark.parametrize("seed", [1, 2])
def test_many_at_a_time_as_one_by_one(
    speeches: Some, plain_segment: Plain, storage: FileStorage, at_a_time: int, seed: int
) -> None:
    some = speeches(MANY, seed)
    assert contents(storage, bulk_segment(storage, some, at_a_time)) == contents(storage, plain_segment(some))


@pytest.mark.parametrize("count", [1, 2])
def test_few_speeches(speeches: Some, plain_segment: Plain, storage: FileStorage, count: int) -> None:
    some = speeches(count, 5)
    assert contents(storage, bulk_segment(storage, some, 9)) == contents(storage, plain_segment(some))


def test_speeches_without_any_word(plain_segment: Plain, storage: FileStorage) -> None:
    some = [Speech("a", "a", "..."), Speech("b", "b", "")]
    assert contents(storage, bulk_segment(storage, some, 9)) == contents(storage, plain_segment(some))


def test_what_was_learned_of_words_changes_nothing(speeches: Some, plain_segment: Plain, storage: FileStorage) -> None:
    words = Words()
    bulk_segment(storage, speeches(MANY, 3), 50, words)
    some = speeches(MANY, 4)
    assert contents(storage, bulk_segment(storage, some, 50, words)) == contents(storage, plain_segment(some))


@pytest.mark.parametrize(("held", "piece"), [(1, 7), (1, 1 << 18), (900, 50), (1 << 21, 7)])
def test_words_that_wait_in_files(
    speeches: Some,
    plain_segment: Plain,
    storage: FileStorage,
    monkeypatch: pytest.MonkeyPatch,
    held: int,
    piece: int,
) -> None:
    monkeypatch.setattr(buckets, "_HELD", held)
    monkeypatch.setattr(joining, "_PIECE", piece)
    monkeypatch.setattr(joining, "_RANGE", 3 * piece)
    some = speeches(MANY, 12)
    assert contents(storage, bulk_segment(storage, some, 50)) == contents(storage, plain_segment(some))


@pytest.mark.parametrize(
    ("held", "range_size", "spaces", "jobs"),
    [
        (1, 40, [USUAL] * 4, 0),
        (500, 7, [USUAL, KeySpace.of(MANY, 1 << 20), USUAL, KeySpace.of(MANY, 3_000)], 1),
        (1 << 21, 1 << 21, [KeySpace(16, 26)] * 4, 2),
    ],
)
def test_runs_that_are_joined_are_what_one_segment_would_be(
    speeches: Some,
    plain_segment: Plain,
    storage: FileStorage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    held: int,
    range_size: int,
    spaces: list[KeySpace],
    jobs: int,
) -> None:
    monkeypatch.setattr(buckets, "_HELD", held)
    monkeypatch.setattr(joining, "_RANGE", range_size)
    some = speeches(MANY, 13)
    runs, words = [], Words()
    for number, space in enumerate(spaces):
        # Some processes have learned words before, in another order.
        batch = BulkBatch(FIELDS, words if number % 2 else Words(), space, tmp_path)
        part = some[number * MANY // 4 : (number + 1) * MANY // 4]
        batch.add(part[:25])
        batch.add(part[25:])
        runs.append(batch.leave())
        notes = TraitNotes()
        for speech in part:
            notes.add_speech(speech)
        notes.write(runs[-1].folder, runs[-1].segment.segment_id(), len(part))
    (segment,) = join(tmp_path, runs, jobs)
    assert contents(storage, segment) == contents(storage, plain_segment(some))
    traits = ArrayFile(storage, segment.segment_id() + TRAITS, TRAITS[1:])
    people, said = traits.meta["people"], traits.array("people").tolist()
    assert [people[place][:3] for place in said] == [[list(one.speakers), one.label, one.role] for one in some]
    assert traits.array("start").tolist() == [speech.start for speech in some]
    assert not list(tmp_path.glob("run-*"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_process_cannot_read_is_told_by_name(speeches: Some, tmp_path: Path, jobs: int) -> None:
    batch = BulkBatch(FIELDS, Words(), USUAL, tmp_path)
    batch.add(speeches(40, 15))
    run = batch.leave()
    (run.folder / STREAM_FILE).unlink()
    with pytest.raises(FileNotFoundError, match=STREAM_FILE):
        join(tmp_path, [run], jobs)


def test_words_that_need_no_positions_are_counted_without_sorting(
    speeches: Some, storage: FileStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "STREAMED_FROM", 50)
    some = speeches(MANY, 14)
    sorted_too = contents(storage, bulk_segment(storage, some, 50))
    monkeypatch.setattr(joining, "_RANGE", 40)
    monkeypatch.setattr(buckets, "_HELD", 300)
    assert contents(storage, bulk_segment(storage, some, 50)) == sorted_too
    assert sorted_too[f"{PLACES} text/streamed"][1]


def test_what_does_not_fit_into_a_key_is_refused() -> None:
    space = KeySpace.of(speeches=3, slots=1 << 38)
    one = np.array([1])
    assert space.keys(one, one, np.array([1 << 38])).tolist() == [(1 << 41) + (1 << 39) + (1 << 38)]
    with pytest.raises(ValueError, match="more words"):
        space.keys(one, np.array([4]), one)
    with pytest.raises(ValueError, match="too much at a time"):
        KeySpace.of(speeches=1 << 20, slots=1 << 30)


@pytest.mark.parametrize("at_once", [1, 40, 1 << 20])
def test_merged_segments_are_what_one_would_be(
    speeches: Some, plain_segment: Plain, storage: FileStorage, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(merging, "_POSTINGS_AT_ONCE", at_once)
    some = speeches(MANY, 6)
    parts = [bulk_segment(storage, some[first : first + 48], 20) for first in range(0, MANY, 48)]
    merged = merge(sources_of(storage, parts), storage, "MERGED")
    assert merged.doc_count_all() == MANY
    assert contents(storage, merged) == contents(storage, plain_segment(some))


def test_deleted_speeches_are_left_out(speeches: Some, plain_segment: Plain, storage: FileStorage) -> None:
    some = speeches(MANY, 7)
    parts = [bulk_segment(storage, some[first : first + 80], 20) for first in range(0, MANY, 80)]
    gone = set(np.random.default_rng(1).choice(MANY, 90, replace=False).tolist()) | set(range(80, 160))
    for number in gone:
        parts[number // 80].delete_document(number % 80)
    left = [speech for number, speech in enumerate(some) if number not in gone]
    merged = contents(storage, merge(sources_of(storage, parts), storage, "MERGED"))
    expected = contents(storage, plain_segment(left))
    for name in (f"{TERMS} stems/forms", f"{TERMS} stems/forms_at"):
        # A form that is left in another language alone may still be named beside its stem in this one.
        del merged[name], expected[name]
    assert merged == expected


def test_merged_with_a_segment_that_does_not_tell_which_speeches_are_plain(
    speeches: Some, storage: FileStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The column may be left out, and is where one of the segments lacks it."""
    told = bulk_segment(storage, speeches(9, 14), 5)
    numbers = SegmentWriter.numbers
    with monkeypatch.context() as leaving:
        leaving.setattr(
            SegmentWriter, "numbers", lambda self, name, *rest: name == "plain" or numbers(self, name, *rest)
        )
        untold = bulk_segment(storage, speeches(7, 15), 5)
    name = f"{COLUMNS} plain"
    assert name in contents(storage, told)
    assert name not in contents(storage, untold)
    assert name not in contents(storage, merge(sources_of(storage, [told, untold]), storage, "MERGED"))


def test_merging_one_segment_and_an_empty_one(speeches: Some, storage: FileStorage) -> None:
    some = speeches(30, 8)
    part, other = bulk_segment(storage, some, 30), bulk_segment(storage, speeches(5, 9), 5)
    for number in range(5):
        other.delete_document(number)
    assert contents(storage, merge(sources_of(storage, [part]), storage, "M")) == contents(storage, part)
    assert contents(storage, merge(sources_of(storage, [other, part]), storage, "M")) == contents(storage, part)


def test_rows_that_do_not_fit_into_64_bits_are_sorted_as_well() -> None:
    random = np.random.default_rng(3)
    terms, speeches = random.integers(0, 50, 2_000), random.integers(0, 40, 2_000)
    small = random.integers(0, 30, 2_000)
    for details in (small, small << 54):
        rows = grouped(terms, speeches, details, 50)
        order = np.lexsort((details, speeches, terms))
        pairs = np.unique(np.stack((terms, speeches)), axis=1)
        assert rows.details.tolist() == details[order].tolist()
        assert rows.speeches.tolist() == pairs[1].tolist()
        assert rows.counts.tolist() == np.bincount(pairs[0], minlength=50).tolist()
        assert (np.diff(rows.starts, append=2_000) > 0).all()
