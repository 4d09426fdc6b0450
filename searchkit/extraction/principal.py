"""Whose speech does a page report?  A principal speaker is named only where the page says so in one of these ways."""

from __future__ import annotations

import re
from dataclasses import dataclass

from searchkit.extraction.cues import ORGANISATION_WORDS
from searchkit.extraction.people import OFFICE, PERSON, Person, spelled_out, surname

__all__ = ["Principal", "introduced_in", "principal_in", "principal_of_title"]

_SPEECH = (
    r"(?:address|speech|remarks|statement|message|lecture|keynote|presentation|greeting|greetings|welcome|sermon|"
    r"homily|briefing|interview|talk)"
)
_OWN = rf"(?:his|her|their)\s(?:\w+\s){{0,3}}?{_SPEECH}"
_SAID = (
    r"(?:said|stated|noted|declared|emphasi[sz]ed|stressed|underlined|announced|added|told|warned|explained|recalled|"
    r"mentioned|spoke|made)"
)
_DELIVERED = rf"(?:delivered|gave|made|is\sdelivering|has\sdelivered)\s(?:an?|the|his|her)\s(?:\w+\s){{0,3}}?{_SPEECH}"
_REPORTS = tuple(
    re.compile(pattern)
    for pattern in (
        # President Ilham Aliyev stated this in his address to the participants of the conference
        rf"{PERSON}\s(?:has\s|also\s)?{_SAID}\s(?:\w+\s){{0,3}}?(?:in|during|at)\s{_OWN}",
        # President X said this at the opening ceremony; Minister Y announced this during a briefing
        rf"{PERSON}\s(?:has\s|also\s)?{_SAID}\s(?:this|it|so|the\sremarks)\s(?:in|during|at|while|when|as|on)\b",
        # The remarks were made by President X; this was stated by Minister Y
        rf"(?i:this|it|that|the\s(?:remarks|statement))\s(?:was|were)\s(?:said|stated|made|noted)\sby\s(?:the\s)?{PERSON}",
        # In his speech at the forum, Prime Minister X said
        rf"\b(?:In|During)\s{_OWN}[^.!?\n]{{0,160}}?,\s(?:the\s)?{PERSON}\s(?:has\s|also\s)?{_SAID}\b",
        # Speaking at the forum, Prime Minister X said; Addressing the congress, X noted
        rf"\b(?:Speaking|Addressing)\b[^.!?\n]{{0,160}}?,\s(?:the\s)?{PERSON}\s(?:has\s|also\s)?{_SAID}\b",
        # President X delivered a speech
        rf"{PERSON}\s{_DELIVERED}",
        # Minister Y addressed the conference, spoke at the opening
        rf"{PERSON}\s(?:has\s)?(?:addressed\s(?:the|a|an|participants|members|students|reporters)|spoke\sat\sthe)\b",
    )
)
_HINT = re.compile(
    rf"\b(?:(?:his|her|their)\s(?:\w+\s){{0,3}}?{_SPEECH}|{_SAID}\s(?:this|it|so|the\sremarks)|(?:said|stated|made|noted)\sby|"
    r"Speaking|Addressing|delivered|gave|made|delivering|addressed|spoke)\b"
)
"""What every one of these has: a paragraph without it is not looked at."""
_TITLE = re.compile(
    rf"(?i:(?:(?:full\s)?(?:text|transcript)\sof\s)?(?:the\s)?(?:[\w-]+\s){{0,3}}?{_SPEECH}s?\s"
    rf"(?:(?:made|given|delivered)\s)?(?:by|of|from)\s(?:(?:the|h\.\s?e\.|his\sexcellency|her\sexcellency|hon\.|mr\.?|mrs\.?|ms\.?|dr\.?)\s)*)"
    rf"{PERSON}"
)
_POSSESSIVE_TITLE = re.compile(rf"(?:The\s)?{PERSON}['’]s\s(?:\w+\s){{0,3}}?{_SPEECH}\b")
"""Foreign Minister Elin Marsh's speech at …"""
_FOREIGN_TITLE = re.compile(
    rf"(?i:rede|ansprache|grußwort|statement|discours|allocution|discurso|intervención|discorso|intervento|выступление|"
    rf"речь|обращение|konuşması|çıxışı)\s(?i:von|der|des|de|du|del|della|di)?\s?(?i:la\s|le\s)?{PERSON}"
)
_OFFICE_BEHIND = re.compile(
    rf",\s(?:the\s)?(?P<office>{OFFICE}\b(?:\s(?:of|for)\s(?:the\s)?[\w’'-]+(?:\s[A-Z][\w’'-]+){{0,4}})?)"
)
_INTRODUCED = (
    # what the pattern has in any case, and the pattern
    (re.compile(r"\bI(?:['’]m|\sam)\b"), re.compile(rf"\bI(?:['’]m|\sam)\s{PERSON}(?=[.,!]|\sand\b)")),
    (
        re.compile(r"\b(?:text|transcript|script)\sof\b"),
        re.compile(rf"\b(?:text|transcript|script)\sof\s(?:the\s)?{PERSON}['’]s\b"),
    ),
    (
        re.compile(r"\sdelivers\s"),
        re.compile(rf"{PERSON}\sdelivers\s(?:the|his|her)\s[^.\n]{{0,40}}?(?i:{_SPEECH})"),
    ),
)
_INTRODUCED_WITHIN = 600
_WITHIN = 4000


@dataclass(frozen=True, slots=True)
class Principal:
    """The person whose speech is reported, and the paragraph that says so."""

    person: Person
    label: str
    """The name as the page has it, office included."""
    passage: str


def principal_in(text: str) -> Principal | None:
    """Whose speech does the running text of an article report?  None if it only quotes people, or two speak in it."""
    found: list[tuple[int, Principal]] = []
    for paragraph in re.finditer(r"[^\n]+", text[:_WITHIN]):
        if _HINT.search(paragraph.group()) is None:
            continue
        for pattern in _REPORTS:
            for match in pattern.finditer(text, *paragraph.span()):
                person = _person(match, text)
                if person is not None:
                    found.append((match.start("name"), Principal(person, _label(match), paragraph.group())))
    if not found:
        return None
    found.sort(key=lambda entry: entry[0])
    first = found[0][1]
    return first if all(_same(first.person, other.person) for _, other in found) else None


def principal_of_title(title: str | None) -> Person | None:
    """Whose speech is the page by its title: "Speech by President Ilham Aliyev at the opening of ..."?"""
    for pattern in (_TITLE, _POSSESSIVE_TITLE, _FOREIGN_TITLE):
        match = pattern.match(title or "")
        if match is None or match["name"].split()[-1].casefold() in ORGANISATION_WORDS:
            continue
        if re.fullmatch(OFFICE, re.sub(r"['’]s\Z", "", match["name"])):
            return Person(None, re.sub(r"['’]s\Z", "", match["name"]))  # Foreign Secretary's speech
        behind = _OFFICE_BEHIND.match(match.string, match.end("name"))
        office = match["office"] or (behind["office"] if behind else None)
        return Person(re.sub(r"['’]s\Z", "", match["name"]), spelled_out(office) if office else None)
    return None


def introduced_in(text: str) -> Person | None:
    """Who speaks, as the head of a speech says: "I am Governor Ann Cole", "Full text of Gov. Bob Taft's address"?"""
    head = text[:_INTRODUCED_WITHIN]
    for hint, pattern in _INTRODUCED:
        match = hint.search(head) and pattern.search(text, 0, _INTRODUCED_WITHIN)
        if match and " " in match["name"] and match["name"].split()[-1].casefold() not in ORGANISATION_WORDS:
            name = re.sub(r"['’]s\Z", "", match["name"])
            return Person(name, spelled_out(match["office"]) if match["office"] else None)
    return None


def _person(match: re.Match[str], text: str) -> Person | None:
    """The person of a match, called by the fullest name that the text has for them; a surname alone is nobody."""
    name, office = match["name"], match["office"]
    if " " not in name:
        names = (found["name"] for found in re.finditer(PERSON, text[:_WITHIN]))
        longer = next((other for other in names if " " in other and surname(other) == name), None)
        if longer is None:
            return None
        name = longer
    return Person(name, spelled_out(office) if office else None)


def _label(match: re.Match[str]) -> str:
    return " ".join(f"{match['office'] or ''} {match['name']}".split())


def _same(one: Person, other: Person) -> bool:
    return one.name is not None and other.name is not None and surname(one.name) == surname(other.name)
