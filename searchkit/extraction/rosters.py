"""Who holds which office, as a page itself says: its list of those present, its brackets, its title?

An office resolves to a person only if the page names that person for it: "Mr SPEAKER (Mr Tan Soo Khoon)", "Mr Lee
Kuan Yew (Tanjong Pagar), Prime Minister", "The Prime Minister (Mr Lee)", "[Mr Deputy Speaker in the Chair]".  An
office of which two are named stays an office.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from searchkit.analysis import fold
from searchkit.extraction.labels import person_of_label, without_brackets
from searchkit.extraction.people import NAME, OFFICE, OFFICE_AND_NAME, Person, spelled_out, without_honorifics
from searchkit.extraction.transcripts import Turn

__all__ = ["resolved"]

_LISTED = re.compile(
    rf"^[ \t]*(?:The[ ]Hon(?:ourable|orable|\.)?[ ])?(?P<name>[^\W\d_][^\n(),]{{3,60}}(?:,[ ][^\n(),]{{1,40}}){{0,2}})"
    rf"(?P<bracket>[ ]\([^\n()]{{2,60}}(?:\([^\n()]*\))?\))?,[ ](?P<offices>[^\n]*\b{OFFICE}\b[^\n]{{0,200}}|"
    r"[^\n]*\b(?:Secretary|Attorney-General)\b[^\n]{0,200})$",
    re.MULTILINE,
)
"""Mr Lee Kuan Yew (Tanjong Pagar), Prime Minister.  A line of a list of those present."""
_HEADED = re.compile(
    r"^[ \t]*(?:The[ ]Hon(?:ourable|orable|\.)?[ ])?"
    r"(?P<label>[^\W\d_][^\n():]{2,80}[ ]\((?:[^\n()]|\([^\n()]*\)){3,80}\))\.?$",
    re.MULTILINE,
)
"""Mr SPEAKER (Dr Yeoh Ghim Seng, J.P. (Joo Chiat))."""
_CHAIR = re.compile(r"^[ \t]*\[(?P<who>[^\[\]\n]{3,90}?)[ ]in[ ]the[ ]Chair\.?\]", re.MULTILINE | re.IGNORECASE)
_NEXT_OFFICE = re.compile(
    r",?\s+(?:and|&)\s+(?=(?:Deputy|Acting|Senior|Second|First|Parliamentary|Minister|Leader|Prime|Chief|Government|"
    r"Attorney|Financial|Secretary)\b)"
)
_SILENT_WORDS = frozenset("the of for mr mrs ms mdm madam hon honourable honorable s ministry".split())
_CHAIRS = frozenset(("chairman", "chair", "chairwoman", "chairperson"))
_LISTED_WITHIN = 30_000
"""Characters in which a list of those present stands: 300 members."""
_HEAD_WITHIN = 2000
_NAME_AND_OFFICE = re.compile(rf"(?P<name>{NAME}),\s(?:the\s)?(?P<office>{OFFICE}\b[^\n,;]{{0,60}})\Z")
"""Helen Marsh, Secretary of State."""

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """At one place of a page somebody is named for an office."""

    position: int
    name: str


def resolved(turns: list[Turn], text: str, title: str | None = None) -> list[Turn]:
    """`turns` with the person in place of the office, and the office beside the person, where the page tells them."""
    roster = _Roster(text, turns, title)
    people = map(roster.person, turns)
    return [
        turn if person == turn.person else replace(turn, person=person)
        for turn, person in zip(turns, people, strict=True)
    ]


class _Roster:
    def __init__(self, text: str, turns: list[Turn], title: str | None) -> None:
        self._listed: dict[_Key, set[str]] = {}
        self._roles: dict[_Key, str] = {}
        self._named: dict[_Key, list[_Named]] = {}
        if turns and turns[0].label is None:
            self._read_list(text[: min(turns[0].end, _LISTED_WITHIN)])
        self._read_labels(turns)
        self._head: list[Person] = []
        self._read_head(title, text[: turns[0].end] if turns and turns[0].label is None else "")
        self._full_names = _full_names(turns, self._head)
        self._chairs = [(match.start(), _without_article(match["who"])) for match in _CHAIR.finditer(text)]
        for position, who in self._chairs:
            self._name(person_of_label(who), position)

    def person(self, turn: Turn) -> Person:
        """Who speaks in `turn`, as far as the page tells?"""
        name, role = turn.person.name, turn.person.role
        if turn.label is None:
            return turn.person
        if name is None:
            return Person(self._holder(role, turn.start), role) if role else turn.person
        if " " not in name and (role or turn.label.isupper()):
            full = self._full_names.get(name)
            if full:
                return Person(full.name, full.role if role and (full.role or "").startswith(role) else role)
        return Person(name, role or self._roles.get(_key(name)))

    # -- reading -------------------------------------------------------------------------------------------------------

    def _read_list(self, text: str) -> None:
        for line in _HEADED.finditer(text):
            self._list(person_of_label(_without_article(line["label"])))
        for line in _LISTED.finditer(text):
            name = person_of_label(line["name"]).name
            offices = line["offices"].strip(" .")
            if name is None or not offices[:1].isupper():
                continue
            offices = re.sub(r"\A(?:[A-Z]\.?){2,6},\s", "", offices)  # C.M.G., Chief Secretary
            offices = re.sub(r"\s*\(ex-officio\)", "", offices)
            self._roles[_key(name)] = offices
            for office in (offices, *_NEXT_OFFICE.split(offices)):
                self._list(Person(name, office))

    def _list(self, person: Person) -> None:
        if person.name and person.role:
            self._listed.setdefault(_key(person.role), set()).add(person.name)

    def _read_labels(self, turns: Iterable[Turn]) -> None:
        """The Prime Minister (Mr Lee Kuan Yew): later "The Prime Minister" is he."""
        for turn in turns:
            if turn.label:
                self._name(turn.person, turn.start)

    def _name(self, person: Person, position: int) -> None:
        if person.name and person.role and " " in person.name:
            self._named.setdefault(_key(person.role), []).append(_Named(position, person.name))

    def _read_head(self, title: str | None, preamble: str) -> None:
        """Remarks by President Joe Biden: "THE PRESIDENT" is he, if the head names no other president."""
        for line in (title or "", *preamble[:_HEAD_WITHIN].split("\n")):
            for match in re.finditer(OFFICE_AND_NAME, line):
                if " " in match["name"]:
                    self._head.append(Person(match["name"], spelled_out(match["office"])))
            named = _NAME_AND_OFFICE.match(line)
            if named:
                self._head.append(Person(named["name"], named["office"]))
        if not self._listed:
            for person in self._head:
                self._list(person)

    # -- asking --------------------------------------------------------------------------------------------------------

    def _holder(self, role: str, position: int) -> str | None:
        key = _key(role)
        if set(key) & _CHAIRS and len(key) == 1:
            place = bisect_right(self._chairs, position, key=lambda chair: chair[0])
            if place:
                chair = person_of_label(self._chairs[place - 1][1])
                return chair.name or (self._in_office(_key(chair.role), position) if chair.role else None)
        return self._in_office(key, position)

    def _in_office(self, key: _Key, position: int) -> str | None:
        named = self._named.get(key, [])
        place = bisect_right(named, position, key=lambda found: found.position)
        if place:
            return named[place - 1].name
        listed = self._listed.get(key, set())
        if len(listed) == 1:
            return next(iter(listed))
        return named[0].name if not listed and len({found.name for found in named}) == 1 else None


def _full_names(turns: list[Turn], head: list[Person]) -> dict[str, Person | None]:
    """Whom does a surname in capitals, or behind an office, mean?

    Whoever is so called in full, by one other label or in the head of the page; None if two are.
    """
    found: dict[str, Person | None] = {}
    labelled = (turn.person for turn in turns if turn.label and turn.label.split(",")[0].isupper())
    for person in (*head, *labelled):
        if person.name and " " in person.name:
            surname = person.name.split()[-1]
            known = found.get(surname, person)
            found[surname] = known if known and known.name == person.name else None
    return found


def _without_article(label: str) -> str:
    return re.sub(r"\A(?:The\s+)?(?:Hon(?:ourable|orable)?\.?\s+)?", "", label.strip())


def _key(words: str) -> _Key:
    """An office or a name by its words: "Minister of State, Ministry of Health" is "Minister of State for Health"."""
    folded = re.findall(r"[^\W_]+", fold(without_brackets(without_honorifics(words))))
    return tuple(word for word in folded if word not in _SILENT_WORDS)
