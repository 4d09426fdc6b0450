from __future__ import annotations

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.sources.keys import key_below, original, printable, without_controls


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (b"2024/shusha.html", "2024/shusha.html"),
        (b"100%25 page%3Fid=1.html", "100%25 page%3Fid=1.html"),
        ("Şuşa bəyannaməsi.txt".encode(), "Şuşa bəyannaməsi.txt"),
        (b"caf\xe9.html", r"caf\xe9.html"),
        (b"a\\b.html", r"a\\b.html"),
        (b"two\nlines\x1b[31m.txt", r"two\x0alines\x1b[31m.txt"),
        ("next\u0085line\u2028.txt".encode(), r"next\xc2\x85line\xe2\x80\xa8.txt"),
    ],
)
def test_a_name_is_its_own_key_but_for_odd_bytes(name: bytes, key: str) -> None:
    assert printable(os.fsdecode(name)) == key
    assert os.fsencode(original(key)) == name


@given(st.binary(max_size=30))
@settings(deadline=None, max_examples=200)
def test_every_name_has_a_key_that_can_be_stored_and_turned_back(name: bytes) -> None:
    key = printable(os.fsdecode(name))
    assert json.loads(json.dumps(key, ensure_ascii=False).encode().decode()) == key
    assert len(key.splitlines()) <= 1
    assert os.fsencode(original(key)) == name


def test_ids_keep_their_backslashes() -> None:
    assert without_controls("a\\b\tc") == "a\\b\\x09c"


def test_a_key_is_the_path_below_the_folder() -> None:
    assert key_below("/corpus", "/corpus/2024/a.html") == "2024/a.html"
    assert key_below("/", "/a.html") == "a.html"
