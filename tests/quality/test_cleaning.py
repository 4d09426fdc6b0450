"""What the cleaner keeps and cuts on labelled data stays above its floors (floors.toml; pin.py pins them)."""

from __future__ import annotations

import pytest
from quality import bodies, plain, transcripts
from quality.floors import below


@pytest.mark.skipif(not bodies.CORPUS.is_dir(), reason="the news pages are not beside the checkout")
def test_article_bodies() -> None:
    assert below("bodies", bodies.measured()) == {}


@pytest.mark.skipif(not transcripts.CORPUS.is_dir(), reason="the transcripts are not beside the checkout")
def test_every_word_of_transcripts() -> None:
    assert below("transcripts", transcripts.measured()) == {}


def test_plain_texts() -> None:
    assert below("plain", plain.measured()) == {}, plain.mistakes()[:2]
