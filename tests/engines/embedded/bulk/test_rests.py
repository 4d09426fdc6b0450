"""A text is put together again exactly, whatever it is made of, from its words' forms and the rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis.bulk import BulkAnalyzer
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.rests import rests_of
from searchkit.engines.embedded.rests import Words, texts_of

PIECES = st.sampled_from(
    [
        *("the", "The", "THE", "tHe", "I", "G20", "2G", "U.S.", "mcDonald", "McDonald's", "don’t", "DON'T", "Don't"),
        *(
            "internationalisation",
            "Internationalisation",
            "INTERNATIONALISATION",
            "sixteen-lettered",
            "sixteenletteredw",
        ),
        *("Şuşa's", "şuşa", "ŞUŞA", "Straße", "и", "И", "не", "НЕ", "人民", "한국", "مرحبا", "e\u0301", "É", "ﬁ", "Ｆ"),
        *(" ", "  ", ". ", ", ", "-", "\n\n", "\t", "(APPLAUSE)", "“", "”", "'", "\ud800", "\U0001f600", "\u00ad", ""),
        *("\x01", "\x08", "\0", "\x0b", "\x7f"),
    ]
)
TEXTS = st.lists(
    st.one_of(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=9).map(" ".join), st.text())
)


def parted(texts: list[str]) -> tuple[list[bytes], Words]:
    """The rests of `texts`, and their words as a stream gives them."""
    analyzer = BulkAnalyzer()
    batch = analyzer.analyze(texts)
    forms = [form.encode("utf-8", "surrogatepass") for form in analyzer.vocabulary.forms]
    lengths = np.asarray(list(map(len, forms)), np.int64)
    starts = np.cumsum(lengths) - lengths
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    blob: Array = np.frombuffer(b"".join(forms), np.uint8)
    words = Words(blob, starts[batch.forms], lengths[batch.forms], np.cumsum(batch.lengths))
    return rests_of(texts, encoded, batch, lengths), words


@given(TEXTS)
def test_a_text_is_its_words_and_its_rest(texts: list[str]) -> None:
    rests, words = parted(texts)
    whole = [rest[:1] == b"\0" for rest in rests]
    bounds = [0, *words.ends.tolist()]
    for place, (text, rest) in enumerate(zip(texts, rests, strict=True)):
        if whole[place]:
            assert rest[1:].decode("utf-8", "surrogatepass") == text
            continue
        alone = part(words, bounds[place], bounds[place + 1])
        assert texts_of([rest], [alone])[0].decode("utf-8", "surrogatepass") == text
    if not any(whole):
        assert [text.decode("utf-8", "surrogatepass") for text in texts_of(rests, [words])] == texts


def part(words: Words, first: int, last: int) -> Words:
    """The words from `first` up to `last`, of a text that ends with them."""
    return Words(words.blob, words.starts[first:last], words.lengths[first:last], np.array([last - first]))


def test_texts_of_several_segments_are_put_together_at_once() -> None:
    texts = [["One two.", "THREE"], ["...", ""], [""], ["Four, five!", "six"]]
    rests, words = zip(*(parted(own) for own in texts), strict=True)
    found = texts_of([rest for own in rests for rest in own], words)
    assert [text.decode() for text in found] == [text for own in texts for text in own]
    assert texts_of([], []) == texts_of([], words[:0]) == []


def test_a_rest_is_small() -> None:
    text = "We have, as the Minister said, nothing to declare. NOTHING at all!"
    [rest], _ = parted([text])
    assert rest == b"\x05\x02, \x03\x03\x05\x02, \x03\x03\x02. \x07\x03\x02!"


def test_a_rest_with_other_words_than_its_own_is_damaged() -> None:
    rests, words = parted(["one two three", "four"])
    other = Words(words.blob, words.starts[:3], words.lengths[:3], np.asarray([2, 3]))
    with pytest.raises(ValueError, match="more or fewer words"):
        texts_of(rests, [other])
