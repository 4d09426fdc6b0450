from __future__ import annotations

import pytest

from searchkit.cleaning import clean
from searchkit.cleaning.sheets import joined_sheets, unhyphenated
from searchkit.models import CleanPage, RawPage, Skipped

PARAGRAPHS = [
    "The harbour was dredged in the spring, and the town was promised that it would not",
    "have to be dredged again.",
    "The pilots asked for a light on the mole. They were told to wait.",
    "Nobody asked them what they had waited for, and nobody told them how long it would",
]
SHEETS = "\f".join(f"Harbour Office of Shusha, 2024\n\n{text}\n\n- {n} -" for n, text in enumerate(PARAGRAPHS, 1))


def test_heads_and_feet_go_and_paragraphs_go_on() -> None:
    text, cuts = joined_sheets(SHEETS)
    assert text == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}\n\n{PARAGRAPHS[3]}"
    assert [cut.text for cut in cuts[:2]] == ["Harbour Office of Shusha, 2024", "- 1 -"]
    assert len(cuts) == 8
    assert {cut.rule for cut in cuts} == {"head or foot of a sheet"}


def test_every_word_of_sheets_is_kept_or_accounted_for() -> None:
    page = clean(RawPage("a.txt", "a.txt", "text", SHEETS.encode()))
    assert isinstance(page, CleanPage)
    kept = " ".join((page.text, *(part.text for part in page.removed)))
    assert sorted(kept.split()) == sorted(SHEETS.split())


@pytest.mark.parametrize("text", ["One sheet.\fAnother.", "1\fOne.\f2\fTwo.", "A list\fA list of ships\fOf ports"])
def test_what_does_not_recur_stays(text: str) -> None:
    assert all(word in joined_sheets(text)[0] for word in text.split() if word.isalpha())


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("the minis-\nter spoke", "the minister spoke"),
        ("a cease-fire; the cease-\nfire held", "a cease-fire; the cease-fire held"),
        ("cease fire now, the cease-\nfire held", "cease fire now, the cease-fire held"),
        ("the ceasefire; cease, fire, cease-\nfire", "the ceasefire; cease, fire, ceasefire"),
        ("the Anglo-\nSaxon chronicle", "the Anglo-Saxon chronicle"),
        ("THE MINIS-\nTER", "THE MINISTER"),
        ("1914-\n1918 and a -\nb", "1914-\n1918 and a -\nb"),
    ],
)
def test_words_parted_at_the_end_of_a_line(text: str, joined: str) -> None:
    assert unhyphenated(text) == joined


def pdf(*sheets: str) -> bytes:
    fpdf = pytest.importorskip("fpdf")
    document = fpdf.FPDF()
    document.set_font("Helvetica", size=11)
    for sheet in sheets:
        document.add_page()
        for line in sheet.split("\n"):
            document.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output())


def test_a_pdf() -> None:
    pytest.importorskip("pypdf")
    page = clean(RawPage("a.pdf", "a.pdf", "pdf", pdf(*SHEETS.split("\f"))))
    assert isinstance(page, CleanPage)
    assert "would not\nhave to be dredged again." in page.text
    assert "Harbour Office" not in page.text
    assert sum(part.rule == "head or foot of a sheet" for part in page.removed) == 8


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(range(256)) * 40, b""])
def test_a_damaged_pdf_is_skipped_with_a_reason(content: bytes) -> None:
    pytest.importorskip("pypdf")
    page = clean(RawPage("a.pdf", "a.pdf", "pdf", content))
    assert isinstance(page, Skipped)
    assert (page.reason, page.unreadable) == ("damaged PDF", False)


def test_without_the_library_the_former_speeches_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pypdf", None)
    page = clean(RawPage("a.pdf", "a.pdf", "pdf", b"%PDF-1.7"))
    assert isinstance(page, Skipped)
    assert (page.reason, page.unreadable) == ("PDF, and pypdf is not installed", True)
    assert "searchkit[pdf]" in page.detail
