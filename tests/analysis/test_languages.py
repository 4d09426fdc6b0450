"""In which language is a text written?"""

from __future__ import annotations

import pytest

from searchkit.analysis import identify_language, is_function_word


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We will not be moved by those who say that it cannot be done.", "en"),
        ("Nous sommes ici pour dire que la paix est possible dans ce pays.", "fr"),
        ("Wir sind nicht hier, um das zu sagen, sondern für die Menschen.", "de"),
        ("Esta es la casa de los que no se rinden y por eso estamos aquí.", "es"),
        ("Biz bu gün burada bir daha deyirik ki, Şuşa bizim üçün əzizdir və olacaq.", "az"),
        ("Bu anlaşma için çok çalıştık ve daha iyi bir gelecek kuracağız.", "tr"),
        ("Мы не забудем того, что они сделали для нас, и это наш долг.", "ru"),
        ("نحن في هذا البلد من أجل السلام على هذه الأرض.", "ar"),
        ("我们今天在这里宣布和平。", "zh"),
        ("私たちは平和を宣言します。", "ja"),
        ("Σήμερα είμαστε εδώ για την ειρήνη.", "el"),
    ],
)
def test_told_by_script_and_little_words(text: str, language: str) -> None:
    assert identify_language(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "Shusha Declaration", "Ilham Aliyev, Recep Tayyip Erdoğan"])
def test_too_little_is_no_answer(text: str) -> None:
    assert identify_language(text) is None


def test_function_words_belong_to_a_language() -> None:
    assert is_function_word("of", "en")
    assert is_function_word("of", None)
    assert not is_function_word("law", "en")
    assert not is_function_word("of", "fr")
