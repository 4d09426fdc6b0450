from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.cleaning.decode import decode

RUSSIAN = "Президент выступил в Шуше перед участниками форума и говорил о мире."
FRENCH = "Le maire a été élu à l'âge de quarante ans, et la forêt brûlait déjà."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_by_its_bytes(encoding: str) -> None:
    text = "The harbour is open — and the sea is calm, said the mayor of Shusha."
    assert decode(text.encode(encoding), is_html=False) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("iso-8859-1", FRENCH),
        ("windows-1254", "Şuşa Beyannamesi'ni Cumhurbaşkanı Erdoğan imzaladı."),
        ("gb18030", "总统在会议上发表讲话。"),
        ("shift_jis", "大統領は会議で演説した。"),
        ("windows-1256", "قال الرئيس إن الميناء مفتوح."),
    ],
)
def test_a_declared_encoding(encoding: str, text: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}"><p>{text}</p>'
    assert decode(page.encode(encoding), is_html=True) == page


@pytest.mark.parametrize(("encoding", "text"), [("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN), ("latin-1", FRENCH)])
def test_an_encoding_that_nobody_declares(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), is_html=False) == text


@pytest.mark.parametrize("declared", ["utf-16", "rot13", "utf-7", "hex", "no-such-thing", "windows-1251", "undefined"])
def test_a_wrong_declaration_is_not_believed(declared: str) -> None:
    page = f'<meta charset="{declared}"><p>Erdoğan — Şuşa</p>'
    assert decode(page.encode(), is_html=True) == page


def test_a_few_broken_bytes_do_not_make_another_encoding_of_it() -> None:
    text = "Şuşa, Erdoğan, İlham Əliyev. " * 40
    assert decode(text.encode()[:-1] + b"\xc5", is_html=False).startswith(text[:-1])


def test_what_no_reader_sees_is_dropped() -> None:
    assert (
        decode(b"har\0bour\r\nis\ropen \x1b[31m\xc2\xadnow\xe2\x80\x8b", is_html=False) == "harbour\nis\nopen [31mnow"
    )


def test_joiners_are_spelling() -> None:
    assert decode("می‌رود".encode(), is_html=False) == "می‌رود"


def test_an_expanding_codec_is_never_run() -> None:
    assert decode(b"<meta charset=unicode_escape><p>\\x41\xff", is_html=True).endswith("\\x41ÿ")


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200), st.booleans())
def test_never_an_exception(content: bytes, is_html: bool) -> None:
    text = decode(content, is_html=is_html)
    assert "\0" not in text
    assert "\r" not in text
    text.encode("utf-8")
