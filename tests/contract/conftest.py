"""A small corpus that holds every trap of the query language, in every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from searchkit.analysis import stage_notes
from searchkit.engines.base import Engine
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter
from searchkit.engines.scan import ScanEngine
from searchkit.models import Quote, Speech
from searchkit.schema import Field, with_own_fields

FIELDS = with_own_fields(("party",))

Build = Callable[[Iterable[Speech]], Engine]


def speech(number: int, text: str, **fields: object) -> Speech:
    return Speech(
        id=f"s{number:02}", page=f"p{number // 3}", text=text, end=len(text), notes=stage_notes(text), **fields
    )  # type: ignore[arg-type]


CORPUS = (
    speech(1, "We signed the Shusha Declaration. It was a day of joy.", speakers=("Ilham Aliyev",), date="2021-06-15",
           venue=("Shusha",), language="en", role="President", source="News.Az", title="On the Shusha Declaration"),
    speech(2, "The declaration of Shusha is not the Susa declaration.", speakers=("Ilham Aliyev",), date="2021",
           language="en", label="President Aliyev", extras=(("party", "YAP"),)),
    speech(3, "Şuşa is the capital. A declaration was made.", speakers=("Recep Tayyip Erdoğan",), date="2021-06",
           venue=("Grand Assembly", "Ankara"), language="en", source="Anadolu"),
    speech(4, "A ceasefire was agreed; the ceasefire agreement holds.", date="2020-11-10", language="en"),
    speech(5, "The cease-fire agreement, a cease-fire of sorts.", date="2020-11-09", language="en",
           speakers=("Nikol Pashinyan",), extras=(("party", "Civil Contract"),)),
    speech(6, "They will cease. Fire was opened.", language="en", procedural=True),
    speech(7, "The rule of law is the rule. Of law we speak.", speakers=("A. Aliyeva", "B. Khan"), language="en",
           date="1999-12-31"),
    speech(8, "Rule by law, law by rule; old age and income tax.", speakers=("Erdogan Bey",), language="en"),
    speech(9, "As a matter of fact the matter is of no matter.", date="2022-02-28", language="en", event="Fact Day"),
    speech(10, "La déclaration a été signée à Choucha.", language="fr", speakers=("Émile Zola",), date="2021-06-15"),
    speech(11, "Notes are not what he noted: not a note.", language="en", kind="article", title="Notes",
           quotes=(Quote("Zeynep Kaya", "not a note", 28, 38),)),
    speech(12, "中国人民站起来了。和平", language="zh", date="1949-10-01"),
    speech(13, "Mr. Lee Kuan Yew met the U.S. President. The war. Crimes followed!\n\nWar crimes they were.",
           language="en", speakers=("Lee Kuan Yew",), date="1967", venue=("Shusha", "Baku")),
    speech(14, "We will (APPLAUSE) win this war, won't we? O'Brien's words.", language="en", source="news az"),
    speech(15, "one two three one two four one five two", language="en"),
    speech(16, "Война и мир. Войной мы не живём.", language="ru", speakers=("Лев Толстой",), date="1869"),
    speech(17, "Şuşa Bəyannaməsi Əliyev tərəfindən imzalandı.", language="az", speakers=("İlham Əliyev",),
           date="2021-06-15"),
    speech(19, "Shusha stands alone.", language="en", date="2001-01-01"),
    speech(20, 'He said: "We want peace, not war." The US told us: "No war in Shusha." US troops, and us.',
           language="en", kind="article", quotes=(Quote("Ali Khan", "We want peace, not war.", 10, 33),
                                   Quote(None, "No war in Shusha.", 51, 68))),
    speech(21, 'Peace and war, said my friend: "Peace is near." Peace.', language="en", speakers=("Zeynep Kaya",),
           quotes=(Quote("Ali Khan", "Peace is near.", 32, 46),)),
    speech(22, "Мы видели город Шуша.", language="ru", date="2021-06-17"),
    speech(18, "Declarations declared, declaring the declared declaration " * 7, language="en", date="2021-06-16"),
)  # fmt: skip


def build_scan(speeches: Iterable[Speech], fields: tuple[Field, ...] = FIELDS) -> Engine:
    return ScanEngine(speeches, fields)


def build_embedded(directory: Path, speeches: Iterable[Speech], fields: tuple[Field, ...] = FIELDS) -> Engine:
    writer = EmbeddedWriter(directory, fields)
    for item in speeches:
        writer.add(item)
    writer.commit()
    return EmbeddedEngine(directory)


@pytest.fixture(scope="session")
def corpus() -> tuple[Speech, ...]:
    return CORPUS


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds an embedded engine over any speeches, in a folder of its own."""
    return lambda speeches: build_embedded(tmp_path_factory.mktemp("index"), speeches)


@pytest.fixture(scope="session")
def scan() -> Engine:
    """The oracle."""
    return build_scan(CORPUS)


@pytest.fixture(scope="session")
def engine(build: Build) -> Iterator[Engine]:
    """The engine held against the oracle."""
    opened = build(CORPUS)
    yield opened
    opened.close()
