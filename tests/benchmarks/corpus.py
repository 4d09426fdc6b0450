"""Makes a corpus of any size out of a few thousand real records.

The first speeches are the records themselves.  The others keep a record's fields and its number of sentences; their
sentences are drawn, whole, from all records, so that words and phrases keep their frequency, and some words are made
fresh, so that the vocabulary grows.
"""

from __future__ import annotations

import itertools
import json
import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["HARSH", "LIFELIKE", "read_records", "write_corpus"]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
HARSH = 50
"""One word in so many is replaced by one that no record holds: a vocabulary of a million words at 200,000 speeches, as
scans and tables of names have it."""
LIFELIKE = 1000
"""The same for debates: the 20,000 contributions hold 33,383 words in their first half and 41,774 in all, which is
growth with the power 0.32, or some 90,000 words at 227,784 speeches."""
_SYLLABLES = [a + b for a in "b d f g k l m n p r s t v z".split() for b in "a e i o u ai or en".split()]


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Which records stand in the JSONL file at `path` (perhaps packed by xz)?"""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def write_corpus(source: Path, target: Path, speeches: int, seed: int = 1, fresh: int = HARSH) -> int:
    """Write `speeches` records made from those in `source` to `target`; how many bytes of text are they?

    One word in `fresh` is made anew in the speeches that are no records.
    """
    records = list(itertools.islice(read_records(source), speeches))
    chance = random.Random(seed)
    made = 0
    with target.open("w", encoding="utf-8") as out:
        for record in itertools.chain(records, _made(records, speeches - len(records), fresh, chance)):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            made += len(record["text"].encode())
    return made


def _made(records: list[dict[str, Any]], count: int, fresh: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    if count <= 0:
        return
    cut = [_SENTENCE_END.split(record["text"]) for record in records]
    sentences = [sentence for of_record in cut for sentence in of_record]
    sizes = [len(of_record) for of_record in cut]
    drawn = iter(())
    for number in range(count):
        place = number % len(records)
        chosen = list(itertools.islice(drawn, sizes[place]))
        if len(chosen) < sizes[place]:
            chance.shuffle(sentences)
            drawn = iter(sentences)
            chosen += itertools.islice(drawn, sizes[place] - len(chosen))
        text = " ".join(_freshened(sentence, fresh, chance) for sentence in chosen)
        yield {**records[place], "id": f"made-{number}", "text": text}


def _freshened(sentence: str, fresh: int, chance: random.Random) -> str:
    words = sentence.split(" ")
    # The expected number of replacements, not a throw for each word: a million speeches have 275 million words.
    expected = len(words) / fresh
    replaced = int(expected) + (chance.random() < expected % 1)
    for _ in range(replaced):
        words[chance.randrange(len(words))] = "".join(chance.choices(_SYLLABLES, k=4))
    return " ".join(words)
