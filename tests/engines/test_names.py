"""Which names a corpus has in other letters."""

from __future__ import annotations

from searchkit.engines.names import latin_forms


def forms(names: dict[str, int], **held: int) -> dict[str, tuple[str, ...]]:
    return latin_forms(names, lambda form: held.get(form, 0))


def test_all_forms_of_a_name_stand_under_its_plain_letters() -> None:
    assert forms({"Şuşa": 2, "Шуша": 1}, shusha=1, susa=2) == {"shusha": ("shusha", "susa", "шуша")}
    assert forms({"Şuşa": 1}) == {"shusha": ("susa",)}


def test_a_form_that_is_mostly_another_word_is_no_name() -> None:
    assert forms({"Şipka": 1, "Müll": 1}, sipka=1, mull=3) == {"shipka": ("sipka",)}


def test_of_many_names_those_stay_that_stand_in_plain_letters_too() -> None:
    many = {f"Ш{a}{b}{c}{d}": 1 for a in "абвгдкл" for b in "аеиоу" for c in "бвгдзклмнпрст" for d in "бвгдклмнпрстфш"}
    assert list(forms({"Шуша": 1, **many}, shusha=1)) == ["shusha"]
