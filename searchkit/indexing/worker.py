"""A worker process: `python -m searchkit.indexing.worker` takes batches of pages on its standard input.

It answers a list page by page, so that the build knows with which page a worker was lost, and a tuple of records at
once.  The first message is the build's options; the end of standard input ends the worker.
"""

from __future__ import annotations

from searchkit.indexing.pipeline import inspect_page, inspect_record
from searchkit.processes import receive, send, serving

__all__: list[str] = []


def main() -> None:
    """Serve until the build closes the pipe."""
    questions, answers = serving()
    try:
        options = receive(questions)
        while True:
            pages = receive(questions)
            if isinstance(pages, tuple):
                send(answers, [inspect_record(page, options) for page in pages])
                continue
            for page in pages:
                send(answers, inspect_page(page, options))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
