"""What is written to a segment is read back: every width, every exception, every piece, every block."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage, RamStorage

from searchkit.engines.embedded.arrays import ArrayFile
from searchkit.engines.embedded.blocks import BlockReader
from searchkit.engines.embedded.field_reader import FieldReader, FieldSources
from searchkit.engines.embedded.layout import PLACES, POSTINGS, STREAM, TERMS, TEXTS, FieldPostings, Strings
from searchkit.engines.embedded.segment_writer import SegmentWriter, StoredWriter
from searchkit.engines.embedded.slots import Stream
from searchkit.errors import IndexDamaged

NAME = "MAIN_a1"

Lists = dict[bytes, tuple[Any, Any, Any]]
"""Term -> its speeches, its frequencies, its positions."""


def some_lists(speeches: int, seed: int) -> Lists:
    """Terms of every density, some of which stand very often, or very far back, in a speech."""
    random = np.random.default_rng(seed)
    lists: Lists = {}
    for _ in range(120):
        term = bytes(random.integers(97, 123, random.integers(1, 12)).astype(np.uint8))
        held = np.sort(random.choice(speeches, int(max(1, 0.9 * speeches ** random.random())), replace=False))
        frequencies = random.geometric(0.3, len(held))
        frequencies[0] += random.choice((0, 0, 0, 700))
        steps = random.integers(1, random.choice((10, 30_000)), frequencies.sum())
        sums, starts = np.cumsum(steps), np.cumsum(frequencies) - frequencies
        lists[term] = held, frequencies, sums - np.repeat(sums[starts] - steps[starts], frequencies)
    return lists


def piece(terms: list[bytes], lists: Lists) -> FieldPostings:
    chosen = [lists[term] for term in terms]
    counts = np.array([len(speeches) for speeches, *_ in chosen])
    return FieldPostings(Strings.of(terms), counts, *(np.concatenate(part) for part in zip(*chosen, strict=True)))


def write(storage: Any, speeches: int, lists: Lists) -> FieldReader:
    terms = sorted(lists)
    writer = SegmentWriter(storage, NAME, speeches)
    with writer.field("text", positions=True) as field:
        for part in filter(None, (terms[:50], terms[50:51], terms[51:])):
            field.add(piece(part, lists))
    writer.finish()
    return reader_of(storage)


def reader_of(storage: Any) -> FieldReader:
    files = [ArrayFile(storage, NAME + suffix, suffix[1:]) for suffix in (TERMS, POSTINGS, PLACES)]
    for file in files:
        file.verify()
    return FieldReader(FieldSources(*files), "text")


@pytest.fixture(scope="module", params=[5, 1_000, 100_000])
def written(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Lists, FieldReader]:
    lists = some_lists(request.param, request.param)
    storage = FileStorage(str(tmp_path_factory.mktemp("segment")))
    return request.param, lists, write(storage, request.param, lists)


def test_every_list_is_read_back(written: tuple[int, Lists, FieldReader]) -> None:
    _, lists, field = written
    assert field.vocabulary.terms(0, len(field.vocabulary)) == sorted(lists)
    for term, (speeches, frequencies, positions) in lists.items():
        number = field.vocabulary.find(term)
        assert field.vocabulary.term(number) == term
        assert field.count(number) == len(speeches)
        assert field.speeches(number).tolist() == speeches.tolist()
        assert field.frequencies(number).tolist() == frequencies.tolist()
        assert field.positions(number).tolist() == positions.tolist()
        assert field.occurrences(number) == frequencies.sum()
        places = np.arange(len(speeches))[::2]
        assert field.frequencies_at(places + field.start(number)).tolist() == frequencies[::2].tolist()


def test_the_widths_are_all_tried(written: tuple[int, Lists, FieldReader]) -> None:
    speeches, lists, field = written
    widths = {field.width(number) for number in range(len(lists))}
    assert widths >= {5: {0}, 1_000: {0, 1, 2}, 100_000: {0, 1, 2, 4}}[speeches]


@pytest.mark.parametrize("prefix", [b"", b"a", b"ab", b"m", b"\xff", b"zzzz"])
def test_a_range_of_terms(written: tuple[int, Lists, FieldReader], prefix: bytes) -> None:
    speeches, lists, field = written
    expected = [term for term in sorted(lists) if term.startswith(prefix)]
    first, last = field.vocabulary.starting_with(prefix)
    assert field.vocabulary.terms(first, last) == expected
    mask = np.zeros(speeches, bool)
    for term in expected:
        mask[lists[term][0]] = True
    marked = np.zeros(speeches, bool)
    field.mark(np.arange(first, last), marked)
    assert marked.tolist() == mask.tolist()
    some, chosen = np.zeros(speeches, bool), np.arange(first, last)[::3]
    field.mark(chosen, some)
    assert np.flatnonzero(some).tolist() == sorted({item for term in expected[::3] for item in lists[term][0].tolist()})
    rows, counts = field.speeches_of(first, last)
    assert np.split(rows, np.cumsum(counts)[:-1])[0].tolist() == (lists[expected[0]][0].tolist() if expected else [])
    assert rows.tolist() == [number for term in expected for number in lists[term][0].tolist()]


@pytest.mark.parametrize("absent", [b"", b"\0", b"aaaaaaaaaaaaaaa", b"zzzzzzzzzzzzzzz", b"\xff\xff"])
def test_an_absent_term(written: tuple[int, Lists, FieldReader], absent: bytes) -> None:
    assert written[2].vocabulary.find(absent) == -1


def test_terms_that_begin_alike(tmp_path: Path) -> None:
    terms = sorted(
        f"constitution{ending}".encode() for ending in ("", "s", "al", "alism", "alist", "ally", "\0", "\0\0")
    )
    lists: Lists = {term: (np.array([0]), np.array([1]), np.array([place])) for place, term in enumerate(terms)}
    field = write(FileStorage(str(tmp_path)), 1, lists)
    assert [field.vocabulary.find(term) for term in terms] == list(range(len(terms)))
    assert field.vocabulary.starting_with(b"constitutional") == (3, 7)
    assert field.vocabulary.find(b"constitutio") == field.vocabulary.find(b"constitutionz") == -1


def test_a_storage_in_memory_does_as_well() -> None:
    lists = some_lists(50, 3)
    field = write(RamStorage(), 50, lists)
    assert field.speeches(field.vocabulary.find(min(lists))).tolist() == lists[min(lists)][0].tolist()


def test_stored_strings_are_read_back_from_their_blocks(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    texts = [b"speech %d " % number * (number % 400) for number in range(500)] + [b"x" * 200_000, b""]
    writer = SegmentWriter(storage, NAME, len(texts))
    stored = StoredWriter(str(tmp_path))
    stored.add((b"record %d" % number for number in range(len(texts))), texts)
    writer.stored(stored)
    writer.finish()
    file = ArrayFile(storage, NAME + TEXTS, "texts")
    reader = BlockReader(file, "rests")
    assert [reader[number] for number in range(len(texts))] == texts
    assert [BlockReader(file, "records")[number] for number in (501, 0)] == [b"record 501", b"record 0"]


def test_the_stream_and_its_breaks(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    writer = SegmentWriter(storage, NAME, 4)
    rare = 0xFFFF + 3
    code_of = np.arange(1, rare + 1)
    terms = Strings.of([b"%06d" % term for term in range(rare)])
    with writer.field("text", positions=True) as field:
        once = np.ones(rare, np.int64)
        field.add(FieldPostings(terms, once, once - 1, once, once))
    pieces = [
        # two sentences; a paragraph end | an empty speech
        (np.array([5, 0, rare, 0, 0, 7, 0, 0, 0, 0]), np.array([8, 2])),
        # an empty speech behind an empty one | one word
        (np.array([0, 0, 0xFFFF, 0, 0]), np.array([2, 3])),
    ]
    writer.stream(code_of, pieces)
    writer.finish()
    file = ArrayFile(storage, NAME + STREAM, "stream")
    assert file.array("codes").tolist() == [5, 0, 0xFFFF, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0xFFFF, 0, 0]
    assert file.array("starts").tolist() == [0, 8, 10, 12, 15]
    assert file.array("breaks").tolist() == [3, 6, 8, 10, 13]
    assert file.array("rare_at").tolist() == [2, 12]
    assert file.array("rare").tolist() == [rare, 0xFFFF]
    assert file.array("term_of")[rare] == rare - 1
    words = Stream(file).words(np.array([0, 3]))
    forms = [bytes(words.blob[start : start + 6]) for start in words.starts]
    assert forms == [b"000004", b"%06d" % (rare - 1), b"000006", b"%06d" % (0xFFFF - 1)]
    assert words.ends.tolist() == np.cumsum([3, 1]).tolist()


@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "longer", "other kind"])
def test_a_file_that_is_not_whole_is_named_on_opening(tmp_path: Path, harm: str) -> None:
    storage = FileStorage(str(tmp_path))
    write(storage, 50, some_lists(50, 1))
    path = tmp_path / (NAME + PLACES)
    content = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        changed = {"empty": b"", "cut": content[:-100], "longer": content + b"\0"}
        path.write_bytes(changed.get(harm) or (tmp_path / (NAME + TERMS)).read_bytes() * (harm == "other kind"))
    with pytest.raises(IndexDamaged, match=path.name):
        reader_of(storage)


def test_flipped_bits_are_found_wherever_they_are(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    write(
        storage,
        5,
        {b"a": (np.array([1]), np.array([1]), np.array([3])), b"b": (np.array([2]), np.array([2]), np.array([3, 4]))},
    )
    for path in sorted(tmp_path.iterdir()):
        content = bytearray(path.read_bytes())
        for place in range(0, len(content), 3):
            content[place] ^= 0x10
            path.write_bytes(content)
            with pytest.raises(IndexDamaged, match=path.name):
                ArrayFile(storage, path.name, path.suffix[1:]).verify()
            content[place] ^= 0x10
        path.write_bytes(content)
