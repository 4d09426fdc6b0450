from __future__ import annotations

from searchkit.extraction.ids import turn_ids


def test_a_turn_is_known_by_its_words() -> None:
    ids = turn_ids("a.html", [("MR LEE", "I agree."), ("MR TAN", "I agree.")])
    assert len(set(ids)) == 2
    assert all(id.startswith("a.html#") and len(id) == len("a.html#") + 8 for id in ids)
    # Another turn before it, and another case, change nothing.
    assert turn_ids("a.html", [("MS WONG", "No."), ("Mr Lee", "I  AGREE.")])[1] == ids[0]


def test_repeats_are_numbered() -> None:
    first, second, other, third = turn_ids("p", [("A", "Order."), ("A", "Order."), ("B", "Order."), ("A", "Order.")])
    assert (second, third) == (f"{first}.2", f"{first}.3")
    assert "." not in other


def test_other_words_have_another_id() -> None:
    assert turn_ids("p", [("A", "Yes.")]) != turn_ids("p", [("A", "No.")])
