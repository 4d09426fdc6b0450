"""What a word with one edit stands for is what a look at every term of the vocabulary tells."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from searchkit.engines.embedded.arrays import ArrayFile, ArrayFileWriter
from searchkit.engines.embedded.expansion import expanded
from searchkit.engines.embedded.vocabulary import Vocabulary
from searchkit.query import nodes, one_edit_apart

LETTERS = st.text("abcяш漢😀", min_size=0, max_size=10)
WORDS = st.text("abcяш漢😀", min_size=1, max_size=7)


def vocabulary(terms: list[bytes]) -> Vocabulary:
    storage: Any = RamStorage()
    writer = ArrayFileWriter(storage, "x.terms", "terms")
    ends = np.cumsum([0, *map(len, terms)])
    writer.write("text/blob", np.frombuffer(b"".join(terms), np.uint8), "<u1")
    writer.write("text/at", ends, "<u4")
    prefixes = [int.from_bytes(term[:8].ljust(8, b"\0"), "big") for term in terms]
    writer.write("text/prefix", np.array(prefixes, np.uint64), "<u8")
    writer.close()
    return Vocabulary(ArrayFile(storage, "x.terms", "terms"), "text")


@settings(max_examples=300)
@given(st.sets(LETTERS, max_size=60), WORDS, st.integers(0, 7), st.sampled_from("abяш漢😀"))
def test_every_term_one_edit_apart(others: set[str], word: str, place: int, letter: str) -> None:
    edited = {word, word[:place] + letter + word[place:], word[:place] + word[place + 1 :], letter + word[1:]}
    terms = sorted(term.encode() for term in others | edited)
    held = vocabulary(terms)
    found = [held.term(number).decode() for number in expanded(nodes.Fuzzy("text", word), held).tolist()]
    assert found == [term.decode() for term in terms if one_edit_apart(word, term.decode())]
