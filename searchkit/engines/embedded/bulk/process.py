"""A process that writes speeches: `python -m searchkit.engines.embedded.bulk.process`.

The first message is a Job; each one after it holds speeches; None asks for the segment.  The answer is the
segments that were written, or Failed as soon as something goes wrong.
"""

from __future__ import annotations

from searchkit.engines.embedded.bulk.messages import NO_MEMORY, Failed, Job
from searchkit.engines.embedded.bulk.runs import RunWriter
from searchkit.models import Speech
from searchkit.processes import receive, send, serving

__all__: list[str] = []


def main() -> None:
    """Serve one build."""
    questions, answers = serving()
    try:
        job: Job = receive(questions)
        writer = RunWriter(job.directory, job.fields)
        while (speeches := receive(questions)) is not None:
            writer.add([Speech(*values) for values in speeches])
        send(answers, writer.finish())
    except (EOFError, BrokenPipeError):
        return
    except OSError as error:
        send(answers, Failed(OSError(error.errno, error.strerror, error.filename), str(error)))
    except MemoryError:
        send(answers, Failed(None, NO_MEMORY))
    except Exception as error:
        send(answers, Failed(None, f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()
