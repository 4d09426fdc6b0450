"""Opening an index and asking for a rare word reads little of it, and as little of a large one as of a small one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from searchkit.engines.embedded import EmbeddedWriter
from searchkit.models import Speech
from searchkit.schema import FIELDS

pytestmark = pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="this system does not count what is read")

SMALL, LARGE = 200, 4_000
_ASK = """
import json, resource, sys
from pathlib import Path
from searchkit.engines.base import Request
from searchkit.engines.embedded import EmbeddedEngine
from searchkit.query import parse

def counters():
    io = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(io["rchar"]), resource.getrusage(resource.RUSAGE_SELF).ru_minflt * resource.getpagesize()

def ask(directory):
    before = counters()
    engine = EmbeddedEngine(Path(directory))
    found = engine.search(Request(parse("unheard", engine.profile).query))
    [speech] = engine.speeches([match.number for match in found.page])
    after = counters()
    return [after[0] - before[0], after[1] - before[1], speech.text]

ask(sys.argv[1])  # what a first question loads of the program itself
print(json.dumps([ask(directory) for directory in sys.argv[1:]]))
"""


def written(directory: Path, count: int) -> str:
    """An index whose vocabulary, compounds and ids grow with it."""
    directory.mkdir()
    writer = EmbeddedWriter(directory, FIELDS)
    for number in range(count):
        text = f"Of the harbour-side{number % 997} and of word{number}, as word{number * 7} says. " * 8
        text += "Unheard of." if number == count // 2 else ""
        writer.add(Speech(f"speech-{number}", f"speech-{number}", text, speakers=(f"Speaker {number % 20}",)))
    writer.commit()
    return str(directory)


def test_of_twenty_times_as_many_speeches_no_more_is_read(tmp_path: Path) -> None:
    places = [written(tmp_path / str(count), count) for count in (SMALL, LARGE)]
    done = subprocess.run([sys.executable, "-c", _ASK, *places], capture_output=True, text=True, check=True)
    (small, small_mapped, text), (large, large_mapped, other) = json.loads(done.stdout)
    assert "Unheard of." in text
    assert "Unheard of." in other
    assert small < 50_000
    assert large < small + 10_000  # bytes of read()
    # Pages of maps, and of the memory that the program asks for meanwhile: 0.9 and 1.1 MB.
    assert max(small_mapped, large_mapped) < 2_000_000
    assert large_mapped < small_mapped + 500_000
