from __future__ import annotations

import pytest

from searchkit.extraction.occasion import event_in, venues_in


@pytest.mark.parametrize(
    ("passage", "venues"),
    [
        ("the international conference held in Shusha, News.Az reports", ("Shusha",)),
        ("in a speech at the Congress Center in Shusha on Monday", ("Congress Center", "Shusha")),
        ("he told reporters in Geneva that", ("Geneva",)),
        ("The forum took place in the city of Khankendi.", ("Khankendi",)),
        ("the talks held in March", ()),
        ("a statement in English", ()),
        ("in his speech at the General Assembly", ()),
        ("his address at the Heydar Aliyev Palace, Baku", ("Heydar Aliyev Palace", "Baku")),
        ("an address on the river at the Delta Institute in Shusha", ("Delta Institute", "Shusha")),
        ("Speech at the opening of the Zangal Conference Centre", ("Zangal Conference Centre",)),
        ("Nobody came.", ()),
    ],
)
def test_venue(passage: str, venues: tuple[str, ...]) -> None:
    assert venues_in([passage]) == venues


def test_the_first_passage_decides() -> None:
    assert venues_in(["The remarks.", "held in Shusha", "held in Baku"]) == ("Shusha",)


@pytest.mark.parametrize(
    ("passage", "event"),
    [
        ('the conference themed "Roads and harbours: what next" held in Shusha', "Roads and harbours: what next"),
        ("the forum titled “Voices of the Sea”.", "Voices of the Sea"),
        ("a seminar on «Порты»", "Порты"),
        ("addressing the Munich Security Conference on Friday", "Munich Security Conference"),
        ("members of the General Assembly", None),
        ("He said the conference was over.", None),
    ],
)
def test_event(passage: str, event: str | None) -> None:
    assert event_in("", [passage]) == event
