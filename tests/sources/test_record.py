from __future__ import annotations

import datetime
import pickle
from collections.abc import Iterator

import pytest

from searchkit.models import RawPage, Skipped
from searchkit.sources import RecordReader, records
from searchkit.sources.files import Origin
from searchkit.sources.record import Record, RecordPages

ORIGIN = Origin("a.jsonl", "/corpus/a.jsonl", "2023/")


def _page(value: object, taken: set[str] | None = None) -> RawPage | Skipped:
    return RecordPages(set() if taken is None else taken).page(Record(7, value), ORIGIN)


def test_a_record_is_a_page_under_its_id() -> None:
    values = {"id": "sg-1", "text": "Sir, I beg to move.", "speaker": ["A", "B"], "date": 2024, "party": None}
    assert _page(values) == RawPage("2023/sg-1", "/corpus/a.jsonl#7", "record", record=values)


@pytest.mark.parametrize(
    ("id", "key"),
    [
        (12, "2023/12"),
        (1.5, "2023/1.5"),
        (0, "2023/0"),
        (" a b ", "2023/ a b "),
        ("two\nlines", r"2023/two\x0alines"),
        ("", "a.jsonl#7"),
        ("  ", "a.jsonl#7"),
        (None, "a.jsonl#7"),
    ],
)
def test_the_key_of_a_record(id: object, key: str) -> None:
    page = _page({"id": id, "text": "words"})
    assert isinstance(page, RawPage)
    assert page.key == key


@pytest.mark.parametrize(
    ("value", "reason", "detail"),
    [
        ([1], "record is not an object", "list"),
        ("text", "record is not an object", "str"),
        (None, "record is not an object", "NoneType"),
        ({}, "record without text", ""),
        ({"text": None}, "record without text", ""),
        ({"text": " \n"}, "record without text", ""),
        ({"text": 5}, "text is not a string", "int"),
        ({"text": ["words"]}, "text is not a string", "list"),
        ({"text": "words", "id": True}, "id is neither a string nor a number", "bool"),
        ({"text": "words", "id": ["a"]}, "id is neither a string nor a number", "list"),
        ({"text": "words", "id": "taken"}, "duplicate id", "2023/taken"),
    ],
)
def test_what_is_no_page(value: object, reason: str, detail: str) -> None:
    assert _page(value, {"2023/taken"}) == Skipped("a.jsonl#7", reason, detail=detail)


def test_half_a_surrogate_pair_is_replaced_wherever_it_stands() -> None:
    page = _page({"text": "a\ud800b \U0001f600", "x\udc00": ["\udfff", {"y": "\ud801"}], "id": "\ud800"})
    assert isinstance(page, RawPage)
    assert page.record == {
        "text": "a\ufffdb \U0001f600",
        "x\ufffd": ["\ufffd", {"y": "\ufffd"}],
        "id": "\ufffd",
    }
    assert page.key == "2023/\ufffd"


def test_deep_nesting_is_a_skip() -> None:
    deep: list[object] = []
    deep.append(deep)
    assert _page({"text": "words", "deep": deep}) == Skipped("a.jsonl#7", "nested too deeply")


def test_records_of_a_program() -> None:
    day = datetime.date(2024, 6, 15)
    items = [
        {"id": "a", "text": "one", "date": day, "party": "x"},
        {"text": "two", "party": "y", "seat": 4},
        {"id": "a", "text": "three"},
        "four",
        {"title": "five"},
    ]
    reader = RecordReader(items)
    assert list(reader.read()) == [
        RawPage("a", "records#1", "record", record=items[0]),
        RawPage("records#2", "records#2", "record", record=items[1]),
        Skipped("records#3", "duplicate id", detail="a"),
        Skipped("records#4", "record is not an object", detail="str"),
        Skipped("records#5", "record without text"),
    ]
    assert reader.remarks == ("keys of records that are no fields, kept as extras: party (2), seat (1)",)
    assert reader.unknown_keys == {"party": 2, "seat": 1}


def test_records_are_read_as_they_are_asked_for() -> None:
    def endless() -> Iterator[dict[str, str]]:
        while True:
            yield {"text": "words"}

    pages = records(endless())
    assert [next(pages).key for _ in range(3)] == ["records#1", "records#2", "records#3"]


def test_pages_cross_process_borders() -> None:
    page = _page({"id": "a", "text": "words"})
    assert pickle.loads(pickle.dumps(page)) == page


def test_known_keys_alone_give_no_remark() -> None:
    reader = RecordReader([{"text": "words", "role": "President"}])
    list(reader.read())
    assert reader.remarks == ()


def test_many_unknown_keys_are_cut_short() -> None:
    reader = RecordReader([{"text": "words", **{f"k{number}": 1 for number in range(2000)}}])
    list(reader.read())
    assert len(reader.unknown_keys) == 1000
    assert reader.remarks[0].endswith("and 970 more")
