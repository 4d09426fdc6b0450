"""How well article bodies are found, on 91 news pages whose bodies were marked by hand.

The measure is that of scrapinghub's article-extraction-benchmark: multisets of groups of four words, precision and
recall averaged over the pages, and the F1 of the two averages.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from searchkit.cleaning import clean
from searchkit.models import CleanPage, RawPage

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "article-pages"

FLOORS = {
    "precision": 0.960,  # measured 0.967
    "recall": 0.982,  # measured 0.987
    "F1": 0.972,  # measured 0.977
}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the news pages are not beside the checkout")


def groups(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[offset:] for offset in range(4)), strict=False))


def test_floors() -> None:
    truth = json.loads((CORPUS / "ground-truth.json").read_text("utf-8"))
    precisions, recalls = [], []
    for name, gold in truth.items():
        content = gzip.decompress((CORPUS / "html" / f"{name}.html.gz").read_bytes())
        page = clean(RawPage(name, name, "html", content))
        assert isinstance(page, CleanPage)
        body, found = groups(gold["articleBody"]), groups(page.text)
        common = (body & found).total()
        precisions.append(common / found.total() if found else 0.0)
        recalls.append(common / body.total() if body else 0.0)
    precision, recall = sum(precisions) / len(truth), sum(recalls) / len(truth)
    measured = {"precision": precision, "recall": recall, "F1": 2 * precision * recall / (precision + recall)}
    assert len(truth) == 91
    assert {what: share for what, share in measured.items() if share < FLOORS[what]} == {}, measured
