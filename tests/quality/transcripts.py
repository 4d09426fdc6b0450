"""Is every word of transcripts kept?  Sittings of a parliament (HTML), campaign transcripts and addresses (text).

The sets are packed; of each a sample is unpacked in memory, as many as keep the test within seconds.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from searchkit.cleaning import clean
from searchkit.cleaning.decode import decode
from searchkit.models import CleanPage, RawPage

__all__ = ["CORPUS", "measured"]

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SAMPLE = 120
MARK = re.compile(r"\b(?:Column|Page):?\s*\d+")


def words(text: str) -> Counter[str]:
    """The words of `text` without its column and page marks."""
    return Counter(re.findall(r"\w+", MARK.sub("", text)))


def recall(gold: Counter[str], page: CleanPage) -> tuple[int, int]:
    return (gold & words(page.text)).total(), gold.total()


def files(archive: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(CORPUS / archive) as packed:
        for member in packed:
            if member.isfile() and member.name.endswith(suffix):
                content = packed.extractfile(member)
                assert content is not None
                yield Path(member.name).name, content.read()


def sittings() -> Iterator[tuple[int, int]]:
    gold = json.loads(next(content for name, content in files("hansard-dev.tar.xz", "gold.json")))
    for name, content in files("hansard-dev.tar.xz", ".html"):
        page = clean(RawPage(name, name, "html", content))
        assert isinstance(page, CleanPage)
        # The last word of a turn's beginning may be cut off.
        turns = [turn["begins"].rsplit(None, 1)[0] for turn in gold[name] if " " in turn["begins"]]
        yield recall(words("\n".join(turns)), page)


def texts(archive: str) -> Iterator[tuple[int, int]]:
    for name, content in islice(files(archive, ".txt"), SAMPLE):
        page = clean(RawPage(name, name, "text", content))
        assert isinstance(page, CleanPage)
        yield recall(words(decode(content, is_html=False)), page)


def measured() -> dict[str, float]:
    """The share of words kept, over all words of each set."""
    sets = {
        "sittings": sittings(),
        "campaign": texts("campaign-transcripts.tar.xz"),
        "addresses": texts("state-addresses.tar.xz"),
    }
    shares = {}
    for name, pairs in sets.items():
        kept, all_words = map(sum, zip(*pairs, strict=True))
        shares[name] = kept / all_words
    return shares
