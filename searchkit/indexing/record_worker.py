"""A process that makes and writes records: `python -m searchkit.indexing.record_worker`.

The first message is a RecordTask and the Job of the engine, the number of the process beside them.  Each one after it
is a RecordBatch, answered with what became of its records, which are taken in by then; None asks for the runs that
were left.  The answer is Failed as soon as something goes wrong.
"""

from __future__ import annotations

import gc

from searchkit.engines.embedded import Job, RunWriter, TraitNotes, failures_told
from searchkit.indexing.record_making import RecordMaker, RecordTask
from searchkit.processes import receive, send, serving

__all__: list[str] = []

_OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""New objects after which cycles are looked for: a record leaves none, and to look after 700 takes 4 % of the time."""


def main() -> None:
    """Serve one build."""
    questions, answers = serving()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    with failures_told(answers):
        task: RecordTask
        job: Job
        task, job, number = receive(questions)
        maker, writer = RecordMaker(task), RunWriter(job.directory, job.fields)
        notes, written = TraitNotes(), 0
        while (batch := receive(questions)) is not None:
            made = maker.made(batch)
            if made.speeches:
                writer.add(made.speeches)
                for speech in made.speeches:
                    notes.add_speech(speech)
            made.writer, made.first = number, written
            written += len(made.speeches)
            made.speeches = []
            send(answers, made)
        runs = writer.leave()
        for run in runs:
            notes.write(run.folder, run.segment.segment_id(), run.speeches)
        send(answers, runs)


if __name__ == "__main__":
    main()
