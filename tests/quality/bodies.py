"""How well are article bodies found, on 91 news pages whose bodies were marked by hand?"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from quality.measure import mean_scores, scores

from searchkit.cleaning import clean
from searchkit.models import CleanPage, RawPage

__all__ = ["CORPUS", "measured"]

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "article-pages"


def measured() -> dict[str, float]:
    """F1, precision, recall, and the share of pages that are exactly right."""
    truth = json.loads((CORPUS / "ground-truth.json").read_text("utf-8"))
    assert len(truth) == 91
    results = []
    for name, gold in truth.items():
        page = clean(RawPage(name, name, "html", gzip.decompress((CORPUS / "html" / f"{name}.html.gz").read_bytes())))
        results.append(scores(gold["articleBody"], page.text if isinstance(page, CleanPage) else ""))
    return mean_scores(results)
