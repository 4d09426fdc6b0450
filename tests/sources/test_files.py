from __future__ import annotations

import gzip
import io
import os
import zlib
from pathlib import Path

import pytest

from searchkit.models import Skipped
from searchkit.sources import files
from searchkit.sources.files import InputFile, Line, Origin, SkipFile, open_input
from searchkit.sources.remarks import Remarks

ORIGIN = Origin("key", "/place")


def _write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def _whole(path: str) -> bytes:
    with open_input(path, ORIGIN, Remarks()) as file:
        return file.whole()


def _lines(path: str) -> list[Line]:
    with open_input(path, ORIGIN, Remarks()) as file:
        return list(file.lines())


def _skip(path: str) -> Skipped:
    with pytest.raises(SkipFile) as caught:
        _whole(path)
    return caught.value.skipped("p")


def test_whole_and_head(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", b"words" * 10_000)
    with open_input(path, ORIGIN, Remarks()) as file:
        assert file.head() == (b"words" * 10_000)[:8192]
        assert file.whole() == b"words" * 10_000


def test_gzip_is_unpacked_with_or_without_its_suffix(tmp_path: Path) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 10
    assert _whole(_write(tmp_path / "a.txt.gz", packed)) == b"one two"
    assert _whole(_write(tmp_path / "a.html", packed)) == b"one two"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(gzip.compress(os.urandom(200_000))[:-100_000], id="truncated"),
        pytest.param(gzip.compress(b"words")[:-4], id="without its length"),
        pytest.param(gzip.compress(b"words")[:-8] + b"\0" * 8, id="wrong checksum"),
        pytest.param(gzip.compress(b"words") + b"garbage", id="garbage behind"),
        pytest.param(b"\x1f\x8b\x08\x00" + b"\xff" * 100, id="header only"),
        pytest.param(b"<html>words", id="no gzip at all"),
    ],
)
def test_damaged_gzip_is_unreadable(tmp_path: Path, content: bytes) -> None:
    skip = _skip(_write(tmp_path / "a.html.gz", content))
    assert (skip.reason, skip.unreadable) == ("damaged gzip", True)


def test_no_line_comes_out_of_a_damaged_gzip_file(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl.gz", gzip.compress(b'{"text": "words"}\n' * 100_000)[:-4])
    with open_input(path, ORIGIN, Remarks()) as file, pytest.raises(SkipFile, match="damaged gzip"):
        next(file.lines())


def test_empty_files(tmp_path: Path) -> None:
    assert _skip(_write(tmp_path / "a.txt", b"")) == Skipped("p", "empty file")
    assert _skip(_write(tmp_path / "a.txt.gz", gzip.compress(b""))) == Skipped("p", "empty file")
    assert _skip(_write(tmp_path / "b.txt.gz", b"")) == Skipped("p", "empty file")


def test_a_page_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(b"<html>")
        file.truncate(200 << 20)
    monkeypatch.setattr(InputFile, "blocks", None)
    assert _skip(str(path)) == Skipped("p", "larger than 64 MB", detail="209,715,200 bytes on disk")


def test_a_packed_page_beyond_the_limit_is_unpacked_no_further(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(100)) + packer.flush()
    assert _skip(_write(tmp_path / "bomb.html.gz", packed)).reason == "larger than 64 MB"


def test_the_limit_itself_is_no_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAGE_LIMIT", 1 << 20)
    assert len(_whole(_write(tmp_path / "a", b"x" * (1 << 20)))) == 1 << 20
    assert _skip(_write(tmp_path / "b", b"x" * ((1 << 20) + 1))).reason == "larger than 1 MB"


def test_a_gzip_bomb_of_lines_is_not_read_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BOMB_SIZE", 1 << 20)
    path = _write(tmp_path / "bomb.jsonl.gz", gzip.compress(b"{}\n" * 1_000_000))
    with pytest.raises(SkipFile, match="gzip file that unpacks to more than 1 MB and 200 times its size"):
        _lines(path)
    words = b"".join(b'{"text": "%d %d"}\n' % (number, number * number) for number in range(50_000))
    assert len(_lines(_write(tmp_path / "words.jsonl.gz", gzip.compress(words)))) == 50_000


def test_lines_are_counted_and_over_long_ones_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LINE_LIMIT", 10)
    path = _write(tmp_path / "a", b"one\r\n" + b"x" * 200_000 + b"\n123456789\nlast")
    assert _lines(path) == [Line(1, b"one\r\n"), Line(2, None), Line(3, b"123456789\n"), Line(4, b"last")]


def test_what_cannot_be_opened_is_unreadable(tmp_path: Path) -> None:
    assert _skip(str(tmp_path / "gone")) == Skipped("p", "cannot be read", True, "No such file or directory")
    assert _skip("a\0b") == Skipped("p", "cannot be read", True, "embedded null byte")


def test_a_failing_disk_is_unreadable(tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(SkipFile) as caught:
        InputFile(Failing(), ORIGIN, Remarks()).whole()
    assert caught.value.skipped("p") == Skipped("p", "cannot be read", True, "Input/output error")


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _skip(str(tmp_path / "pipe")) == Skipped("p", "not a regular file")


def test_how_far_a_file_is_read(tmp_path: Path) -> None:
    with open_input(_write(tmp_path / "a", b"x" * 1_000_000), ORIGIN, Remarks()) as file:
        assert file.fraction_read < 0.2
        file.whole()
        assert file.fraction_read == 1.0
