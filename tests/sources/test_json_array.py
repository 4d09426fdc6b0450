from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.models import Skipped
from searchkit.sources import json_array
from searchkit.sources.files import InputFile, Origin, SkipFile
from searchkit.sources.json_array import read_json_array
from searchkit.sources.record import Record
from searchkit.sources.remarks import Remarks


class _Blocks(InputFile):
    """A file whose blocks are given: what an array means does not depend on where they end."""

    def __init__(self, *blocks: bytes) -> None:
        self.origin = Origin("f", "f")
        self.remarks = Remarks()
        self._given = blocks

    def blocks(self):
        return iter(self._given)


def _read(*blocks: bytes) -> list[Record | Skipped]:
    return list(read_json_array(_Blocks(*blocks)))


def test_elements_are_counted_from_one() -> None:
    content = '\ufeff [ {"text": "one"},\r\n {"text": "Şuşa"} ] \n'.encode()
    assert _read(content) == [Record(1, {"text": "one"}), Record(2, {"text": "Şuşa"})]
    assert _read(b"[]") == []


@given(
    values=st.lists(
        st.recursive(
            st.none() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=4
        ),
        max_size=6,
    ),
    size=st.integers(1, 40),
)
@settings(deadline=None, max_examples=150)
def test_blocks_may_end_anywhere(values: list[object], size: int) -> None:
    content = json.dumps(values, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_array, "BLOCK", 1)
        read = _read(*(content[at : at + size] for at in range(0, len(content), size)))
    assert read == [Record(number, value) for number, value in enumerate(values, 1)]


def test_a_number_may_be_cut_by_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_array, "BLOCK", 1)
    assert _read(b"[12", b"34", b", 5]") == [Record(1, 1234), Record(2, 5)]


@pytest.mark.parametrize("content", [b'{"text": "words"}', b'"words"', b"  ", b"words", b"\xff\xfe[\0]\0"])
def test_what_is_not_an_array(content: bytes) -> None:
    with pytest.raises(SkipFile, match="JSON, but not an array of records"):
        _read(content)


@pytest.mark.parametrize(
    ("content", "page", "reason"),
    [
        (b'[{"text": "one"}, {"text": "tw', "f#2", "not JSON"),
        (b'[{"text": "one"}, ', "f#2", "not JSON"),
        (b'[{"text": "one"}', "f#2", "not JSON"),
        (b'[{"text": "one"} {"text": "two"}]', "f#2", "not JSON"),
        (b'[{"text": "one"}, {"text": two}, {"text": "three"}]', "f#2", "not JSON"),
        (b'[{"text": "one"}] [{"text": "two"}]', "f#2", "not JSON"),
        (b'[{"text": "one"}, ' + b"[" * 100_000, "f#2", "nested too deeply"),
        (b'[{"text": "one"}, ' + b"9" * 5000 + b"]", "f#2", "not JSON"),
    ],
)
def test_a_damaged_array_is_read_up_to_the_damage(content: bytes, page: str, reason: str) -> None:
    good, damage = _read(content)
    assert good == Record(1, {"text": "one"})
    assert isinstance(damage, Skipped)
    assert (damage.page, damage.reason, damage.unreadable) == (page, reason, True)
    assert damage.detail.endswith("the rest of the file was not read")


def test_a_wrong_byte_spoils_its_element_alone() -> None:
    assert _read(b'[{"text": "caf\xe9"}, {"text": "caf\xc3', b'\xa9"}]') == [
        Skipped("f#1", "not UTF-8", unreadable=True),
        Record(2, {"text": "café"}),
    ]


def test_an_over_long_element_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_array, "LINE_LIMIT", 1000)
    monkeypatch.setattr(json_array, "BLOCK", 100)
    blocks = [b'[{"text": "one"}, {"text": "'] + [b"x" * 100] * 100
    assert [item.page for item in _read(*blocks) if isinstance(item, Skipped)] == ["f#2"]
