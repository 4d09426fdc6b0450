"""A process that writes speeches: `python -m searchkit.engines.embedded.bulk.process`.

The first message is a Job; each one after it holds speeches; None asks for the end.  The answer is the runs that were
left, or Failed as soon as something goes wrong.
"""

from __future__ import annotations

from searchkit.engines.embedded.bulk.messages import Job, failures_told
from searchkit.engines.embedded.bulk.runs import RunWriter
from searchkit.models import Speech
from searchkit.processes import receive, send, serving

__all__: list[str] = []


def main() -> None:
    """Serve one build."""
    questions, answers = serving()
    with failures_told(answers):
        job: Job = receive(questions)
        writer = RunWriter(job.directory, job.fields)
        while (speeches := receive(questions)) is not None:
            writer.add([Speech(*values) for values in speeches])
        send(answers, writer.leave())


if __name__ == "__main__":
    main()
