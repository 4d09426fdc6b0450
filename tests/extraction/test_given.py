from __future__ import annotations

from searchkit.extraction.given import Given, given


def test_every_key_of_a_record() -> None:
    assert given(
        {
            "id": "r1", "text": "words", "title": "On  harbours", "date": "2024-06-15",
            "speaker": ["A. Okafor", "B. Lind"], "role": "Minister", "venue": "Shusha; Congress Hall",
            "event": "Forum", "source": "Ledger", "kind": "speech",
            "language": "en", "url": "https://example.org/a",
        }
    ) == Given(
        title="On harbours", date="2024-06-15", speakers=("A. Okafor", "B. Lind"), role="Minister",
        venue=("Shusha", "Congress Hall"), event="Forum", source="Ledger", kind="speech", language="en",
        url="https://example.org/a",
    )  # fmt: skip


def test_columns_of_real_tables() -> None:
    row = given(
        {
            "state": "Alaska",
            "year": "1995",
            "speaker": "Knowles_Tony",
            "type": "sots",
            "source": "https://example.org/x.html",
        }
    )
    assert row == Given(
        date="1995",
        speakers=("Tony Knowles",),
        kind="sots",
        url="https://example.org/x.html",
        extras=(("state", "Alaska"),),
    )


def test_a_key_of_its_own_comes_before_another_name_for_it() -> None:
    assert given({"year": "1995", "date": "1995-01-17"}) == Given(date="1995-01-17", extras=(("year", "1995"),))


def test_an_own_field_stands_for_nothing_else() -> None:
    assert given({"type": "budget"}, own_fields=("type",)) == Given(extras=(("type", "budget"),))


def test_an_impossible_date_is_kept_as_it_stands() -> None:
    assert given({"date": "2024-13-45"}) == Given(extras=(("date", "2024-13-45"),))


def test_values_of_other_types() -> None:
    assert given({"n": 3, "tags": ["a", "ə"], "speaker": 7, "title": None, "party": ""}) == Given(
        speakers=("7",), extras=(("n", "3"), ("tags", '["a", "ə"]'))
    )


def test_a_script_is_no_address() -> None:
    assert given({"url": "javascript:alert(1)"}) == Given()
