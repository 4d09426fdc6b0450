"""A process that writes some files of a segment: `python -m searchkit.engines.embedded.bulk.share_process`.

The one message is a Share, answered with None when it is written, or with Failed.
"""

from __future__ import annotations

from searchkit.engines.embedded.bulk.messages import failures_told
from searchkit.engines.embedded.bulk.sharing import Share
from searchkit.processes import receive, send, serving

__all__: list[str] = []


def main() -> None:
    """Serve one build."""
    questions, answers = serving()
    with failures_told(answers):
        share: Share = receive(questions)
        share.write()
        send(answers, None)


if __name__ == "__main__":
    main()
