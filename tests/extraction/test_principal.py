from __future__ import annotations

import pytest

from searchkit.extraction.people import Person
from searchkit.extraction.principal import principal_in, principal_of_title


@pytest.mark.parametrize(
    ("text", "name", "role", "label"),
    [
        (
            "President Ilham Aliyev stated this in his address to the participants of the forum.",
            "Ilham Aliyev",
            "President",
            "President Ilham Aliyev",
        ),
        (
            "In her speech at the forum, Foreign Minister Anna Lind said the port was safe.",
            "Anna Lind",
            "Foreign Minister",
            "Foreign Minister Anna Lind",
        ),
        ("Speaking at the opening, Anna Lind noted that it was late.", "Anna Lind", None, "Anna Lind"),
        ("This was stated by Minister of Transport Rashad Nabiyev.", "Rashad Nabiyev", "Minister of Transport", None),
        ("Mayor Ada Okafor delivered a speech at the harbour.", "Ada Okafor", "Mayor", "Mayor Ada Okafor"),
        ("Ada Okafor opened the port. Mayor Okafor said this at the gate.", "Ada Okafor", "Mayor", "Mayor Okafor"),
    ],
)
def test_reported(text: str, name: str, role: str | None, label: str | None) -> None:
    principal = principal_in(text)
    assert principal is not None
    assert principal.person == Person(name, role)
    assert label is None or principal.label == label
    assert principal.passage == text


@pytest.mark.parametrize(
    "text",
    [
        "The port was opened. President Ilham Aliyev was there.",
        '"It is late," said Anna Lind. "It is early," said Ada Okafor.',
        "Mayor Ada Okafor delivered a speech. Then Minister Anna Lind delivered a speech.",
        "Mayor Okafor said this at the gate.",  # nobody tells the first name
        "",
    ],
)
def test_nobody(text: str) -> None:
    assert principal_in(text) is None


@pytest.mark.parametrize(
    ("title", "person"),
    [
        ("Speech by President Ilham Aliyev at the opening", Person("Ilham Aliyev", "President")),
        ("Opening remarks by Anna Lind", Person("Anna Lind")),
        ("Full text of the statement by the Prime Minister Anna Lind", Person("Anna Lind", "Prime Minister")),
        ("Speech by the sea", None),
        ("Aliyev opens the road", None),
        (None, None),
    ],
)
def test_title(title: str | None, person: Person | None) -> None:
    assert principal_of_title(title) == person
