from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis import identify_language
from searchkit.extraction import english, language
from searchkit.extraction.english import are_plainly_english, is_plainly_english
from searchkit.extraction.language import language_of, languages_of


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The President said that the two countries would open the road before the end of the year."),
        ("fr", "Le président a déclaré que les deux pays allaient ouvrir la route avant la fin de l'année."),
        ("de", "Der Präsident erklärte, dass die beiden Länder die Straße noch vor Ende des Jahres eröffnen."),
        ("es", "El presidente dijo que los dos países abrirán la carretera antes de que termine el año."),
        ("it", "Il presidente ha detto che i due paesi apriranno la strada prima della fine dell'anno."),
        ("pt", "O presidente disse que os dois países vão abrir a estrada antes do fim do ano."),
        ("nl", "De president zei dat de twee landen de weg voor het einde van het jaar zullen openen."),
        ("sv", "Presidenten sade att de två länderna ska öppna vägen före årets slut."),
        ("no", "Presidenten sa at de to landene vil åpne veien før slutten av året."),
        ("da", "Præsidenten sagde, at de to lande vil åbne vejen inden udgangen af året."),
        ("fi", "Presidentti sanoi, että maat avaavat tien ennen vuoden loppua."),
        ("pl", "Prezydent powiedział, że oba kraje otworzą drogę przed końcem roku."),
        ("cs", "Prezident řekl, že obě země otevřou silnici do konce roku."),
        ("ro", "Președintele a spus că cele două țări vor deschide drumul înainte de sfârșitul anului."),
        ("hu", "Az elnök azt mondta, hogy a két ország az év vége előtt megnyitja az utat."),
        ("tr", "Cumhurbaşkanı, iki ülkenin yolu yıl sonundan önce açacağını söyledi."),
        ("az", "Prezident bildirib ki, iki ölkə yolu ilin sonuna qədər açacaq."),
        ("id", "Presiden mengatakan bahwa kedua negara akan membuka jalan itu sebelum akhir tahun."),
        ("ru", "Президент заявил, что две страны откроют дорогу до конца года."),
        ("uk", "Президент заявив, що дві країни відкриють дорогу до кінця року."),
        ("bg", "Президентът каза, че двете страни ще отворят пътя преди края на годината."),
        ("sr", "Председник је рекао да ће две земље отворити пут пре краја године."),
        ("ar", "قال الرئيس إن البلدين سيفتحان الطريق قبل نهاية العام."),
        ("fa", "رئیس جمهور گفت که دو کشور این جاده را پیش از پایان سال باز خواهند کرد."),
        ("el", "Ο πρόεδρος είπε ότι οι δύο χώρες θα ανοίξουν τον δρόμο πριν από το τέλος του έτους."),
        ("he", "הנשיא אמר ששתי המדינות יפתחו את הכביש לפני סוף השנה."),
        ("ka", "პრეზიდენტმა თქვა, რომ ორი ქვეყანა გზას წლის ბოლომდე გახსნის."),
        ("hy", "Նախագահն ասաց, որ երկու երկրները ճանապարհը կբացեն մինչև տարեվերջ։"),
        ("hi", "राष्ट्रपति ने कहा कि दोनों देश साल के अंत से पहले सड़क खोलेंगे।"),
        ("ja", "大統領は、両国が年末までに道路を開通させると述べた。"),
        ("zh", "总统表示，两国将在年底前开通这条公路。"),
        ("ko", "대통령은 양국이 연말 전에 도로를 개통할 것이라고 말했다."),
        ("th", "ประธานาธิบดีกล่าวว่าทั้งสองประเทศจะเปิดถนนก่อนสิ้นปี"),
        ("vi", "Tổng thống nói rằng hai nước sẽ mở con đường trước cuối năm."),
        ("kk", "Президент екі елдің жолды жыл соңына дейін ашатынын айтты."),
        ("uz", "Prezident ikki davlat yo'lni yil oxirigacha ochishini aytdi."),
        ("ur", "صدر نے کہا کہ دونوں ممالک سال کے اختتام سے پہلے سڑک کھول دیں گے۔"),
        ("et", "President ütles, et kaks riiki avavad tee enne aasta lõppu."),
        ("lt", "Prezidentas sakė, kad abi šalys kelią atidarys iki metų pabaigos."),
        ("lv", "Prezidents sacīja, ka abas valstis atvērs ceļu līdz gada beigām."),
        ("sk", "Prezident povedal, že obe krajiny otvoria cestu do konca roka."),
        ("sl", "Predsednik je dejal, da bosta državi cesto odprli pred koncem leta."),
        ("ca", "El president va dir que els dos països obriran la carretera abans de final d’any."),
        ("tl", "Sinabi ng pangulo na bubuksan ng dalawang bansa ang daan bago matapos ang taon."),
        ("sw", "Rais alisema kwamba nchi hizo mbili zitafungua barabara kabla ya mwisho wa mwaka."),
    ],
)
def test_one_sentence(language: str, sentence: str) -> None:
    assert language_of(sentence) == language


def test_the_words_come_before_the_declared_language() -> None:
    text = "The words of the speech that we have heard in the hall are those of the minister."
    assert language_of(text, "de-DE") == "en"


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [("Zagreb 2024", "de-DE", "de"), ("Zagreb 2024", None, None), ("12 34", "EN_us", "en"), ("12 34", "english", None)],
)
def test_a_text_too_short_to_tell(text: str, declared: str | None, language: str | None) -> None:
    assert language_of(text, declared) == language


_PIECES = st.sampled_from(
    [*"the of to and that for this was with were of Haus le,\n the. And".split(" "), " ", "  ", "\t"]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join))
def test_what_is_plainly_english_has_the_words_of_english(text: str) -> None:
    if is_plainly_english(text):
        spaces = text.count(" ")
        share = english.ENGLISH_SHARE if spaces < english._LONG else english._SHARE_OF_LONG
        assert len(language._ENGLISH.findall(text)) > share * spaces
        assert language_of(text) == "en"


def test_long_texts_of_few_little_words_are_english_by_the_longer_way_too() -> None:
    words = "Motor vehicles registered before January paid road tax under schedules that Parliament had approved"
    text = f"{words}. Owners of larger vehicles paid more, and the surcharge was kept. {words.lower()}. " * 4
    assert is_plainly_english(text)
    assert identify_language(text) == "en"


_ODD = st.sampled_from([" the", " the the the ", "\0", "\ud800", "é", "…", " of", " of ", " that that "])


@given(st.lists(st.lists(_PIECES | _ODD, max_size=40).map(" ".join) | st.lists(_ODD).map("".join), max_size=6))
def test_several_texts_at_once_are_known_as_each_is(texts: list[str]) -> None:
    assert are_plainly_english(texts) == [is_plainly_english(text) for text in texts]
    assert languages_of(texts) == [language_of(text) for text in texts]
