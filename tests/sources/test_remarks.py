from __future__ import annotations

from searchkit.sources.remarks import Remarks, counted, listed


def test_a_sentence_names_a_few_files_and_counts_the_rest() -> None:
    remarks = Remarks()
    remarks.add("odd", "z")
    for name in "abcde":
        remarks.add("not UTF-8", name)
    assert remarks.sentences() == ["odd: z", "not UTF-8: a, b, c and 2 more"]


def test_counting() -> None:
    assert [counted(1, "page"), counted(1904, "page"), counted(2, "entry", "entries")] == [
        "1 page",
        "1,904 pages",
        "2 entries",
    ]
    assert listed(["a", "b"], 2) == "a, b"
