"""Processes of our own that share the work of a build: how they are started, and how one talks to them.

They are always new interpreters, never a copy of the calling program or a second run of its `__main__`.  Messages are
pickles behind their length in 8 bytes, between a build and the processes it started, nobody else.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

__all__ = ["receive", "send", "serving", "start"]

_HOME = str(Path(__file__).resolve().parents[1])
"""The folder that holds the package: a program may have found it by a path that is not the process's."""
_LENGTH = 8


def start(module: str) -> subprocess.Popen[bytes]:
    """Start `python -m module` with pipes to its standard input and from its standard output."""
    return subprocess.Popen(
        # -P: a folder of pages may hold a file named like a module, and must not be imported from
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([_HOME, *filter(None, sys.path)])},
    )


def serving() -> tuple[IO[bytes], IO[bytes]]:
    """From where does a started process read messages, and where does it write them?  To be called once in it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build is interrupted, and ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the pipe
    return sys.stdin.buffer, answers


def send(stream: IO[bytes], message: object) -> None:
    """Write one message."""
    packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(packed).to_bytes(_LENGTH, "little"))
    stream.write(packed)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message.  Raises EOFError when the other side is gone."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        raise EOFError
    size = int.from_bytes(length, "little")
    packed = stream.read(size)
    if len(packed) < size:
        raise EOFError
    return pickle.loads(packed)
