"""A worker process: `python -m searchkit.indexing.worker` takes batches of pages on its standard input.

It answers page by page, so that the build knows with which page a worker was lost.  Messages are pickles behind their
length in 8 bytes, between a build and the workers it started, nobody else.  The first message is the build's options;
the end of standard input ends the worker.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import IO, Any

from searchkit.indexing.pipeline import inspect_page

__all__ = ["receive", "send"]


def send(stream: IO[bytes], message: object) -> None:
    """Write one message."""
    packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(packed).to_bytes(8, "little"))
    stream.write(packed)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message.  Raises EOFError when the other side is gone."""
    length = stream.read(8)
    if len(length) < 8:
        raise EOFError
    size = int.from_bytes(length, "little")
    packed = stream.read(size)
    if len(packed) < size:
        raise EOFError
    return pickle.loads(packed)


def main() -> None:
    """Serve until the build closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build is interrupted, and ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the pipe
    questions = sys.stdin.buffer
    try:
        options = receive(questions)
        while True:
            for page in receive(questions):
                send(answers, inspect_page(page, options))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
