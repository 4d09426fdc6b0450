"""Which of all names in a corpus are one person?  The answer depends on the set of names and their years alone.

Names are put into groups that are the same but for titles, case, accents and punctuation.  A group is a form of a more
telling one where `may_be` says so, their years lie near, and there is exactly one such person: where there are two, the
poorer name stays by itself.  A surname alone is never a form of anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from searchkit.identity.labels import Label, read_label
from searchkit.identity.matching import may_be, richness
from searchkit.identity.speakers_file import Told

__all__ = ["Person", "Tally", "name_key", "persons"]

_FARTHEST_YEARS = 5
"""Between the years of two forms of a name: what initials or a part of a name say is said of people of one time."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """How often a name occurs, and in which years."""

    count: int = 0
    first: int | None = None
    last: int | None = None

    def add(self, year: int | None, times: int = 1) -> None:
        """Count so many occurrences in one year."""
        self.count += times
        if year is not None:
            self.first = year if self.first is None else min(self.first, year)
            self.last = year if self.last is None else max(self.last, year)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a name stands for."""

    name: str | None
    """The canonical name; None for a label that says nothing."""
    why: str
    resolved: bool
    """Is it a person, told by more than a surname and by no more than one reading?"""


@dataclass(slots=True)
class _Group:
    """Names that are the same but for titles, case, accents and punctuation."""

    key: Key
    label: Label
    names: dict[str, Tally] = field(default_factory=dict)
    gender: str | None = None
    pinned: str | None = None
    alone: bool = False
    """Was it said that this name is a person of its own?"""

    def near(self, other: _Group) -> bool:
        """Do the years of both lie near each other, as far as they are known?"""
        mine, others = self._years(), other._years()
        if mine is None or others is None:
            return True
        return max(mine[0], others[0]) - min(mine[1], others[1]) <= _FARTHEST_YEARS

    def _years(self) -> tuple[int, int] | None:
        firsts = [tally.first for tally in self.names.values() if tally.first is not None]
        lasts = [tally.last for tally in self.names.values() if tally.last is not None]
        return (min(firsts), max(lasts)) if firsts and lasts else None


@dataclass(slots=True)
class _Forms:
    """The more telling groups that a group may be a form of, and the person it comes to."""

    why: dict[Key, str] = field(default_factory=dict)
    roots: frozenset[Key] = frozenset()


def persons(names: Mapping[str, Tally], told: Told | None = None) -> dict[str, Person]:
    """Whom does each of `names`, given with how often and when it occurs, stand for?

    Where people `told` of speakers: no two names that they gave are one person, and each keeps its spelling; labels
    told apart stay persons of their own; an alias means its person, and so do its other forms.
    """
    told = told or Told()
    groups = _groups(names, told)
    forms = {key: _Forms(why) for key, why in _edges(groups)}
    _follow_aliases(forms, groups, told)
    for key in groups:
        _find_roots(key, forms)
    clusters: dict[Key, list[_Group]] = defaultdict(list)
    for key, group in groups.items():
        clusters[_root(key, forms)].append(group)
    shown = {key: _shown(groups[key], members) for key, members in clusters.items()}
    _tell_apart(shown, groups)
    found = (item for group in groups.values() for item in _people(group, forms, shown))
    return {name: person for name, person in found if name in names}


def _find_roots(key: Key, forms: Mapping[Key, _Forms]) -> frozenset[Key]:
    """The persons that a group may come to; more than one means that it stays by itself."""
    found = forms[key]
    if not found.roots:
        found.roots = frozenset((key,))  # an alias of an alias of itself ends here
        found.roots = frozenset(root for other in found.why for root in _find_roots(other, forms)) or found.roots
    return found.roots


def _root(key: Key, forms: Mapping[Key, _Forms]) -> Key:
    roots = forms[key].roots
    return next(iter(roots)) if len(roots) == 1 else key


# -- names that are the same -------------------------------------------------------------------------------------------


def _groups(names: Mapping[str, Tally], told: Told) -> dict[Key, _Group]:
    mentioned = (*told.names, *(alias.label for alias in told.aliases))
    everyone = {**{name: Tally() for name in mentioned}, **names}
    keyed: dict[Key, list[str]] = defaultdict(list)
    for name in sorted(everyone):
        keyed[name_key(name)].append(name)
    apart = {read_label(name).folded for name in told.apart}
    all_apart = {name_key(name) for name in told.apart if read_label(name).title is None}
    groups: dict[Key, _Group] = {}
    for key, members in keyed.items():
        genders = {read_label(name).gender for name in members} - {None}
        pinned = [name for name in told.names if name in members]
        for name in members:
            label = read_label(name)
            # Mr Lim Hwee Hua and Mrs Lim Hwee Hua are two people, and which of them has no title is not known.
            parted = (*key, label.gender or "") if len(genders) > 1 else key
            if label.folded in apart:
                parted = (*parted, "apart", label.folded)
            elif name in pinned and len(pinned) > 1:
                parted = (*parted, "given", name)
            group = groups.setdefault(parted, _Group(parted, label))
            group.names[name] = everyone[name]
            group.alone = group.alone or label.folded in apart or key in all_apart
            group.gender = label.gender or group.gender
            if name in pinned:
                group.pinned = name
    for group in groups.values():
        group.label = max((read_label(name) for name in group.names), key=lambda label: (richness(label), label.shown))
    return groups


def name_key(name: str) -> Key:
    """Under which key are names found that are the same but for titles, case, accents and punctuation?

    Of a surname alone the title is a part: Mr Lim and Mrs Lim are not one.
    """
    label = read_label(name)
    if len(label.words) > 1:
        return ("name", "".join(word.plain for word in label.words), label.suffix or "")
    if label.words:
        return ("surname", label.words[0].plain, label.title or "")
    return ("label", label.folded.removeprefix("the ")) if label.shown else ("nothing",)


# -- names that are forms of others ------------------------------------------------------------------------------------


def _edges(groups: Mapping[Key, _Group]) -> Iterator[tuple[Key, dict[Key, str]]]:
    """For each group the more telling ones that it may be a form of, and why."""
    holding: dict[str, set[Key]] = defaultdict(set)
    for key, group in groups.items():
        for word in group.label.words if key[0] == "name" else ():
            if not word.initial:
                for form in word.readings:
                    holding[form].add(key)
    for key, group in groups.items():
        why: dict[Key, str] = {}
        if key[0] == "name" and not group.alone and group.pinned is None:
            for other in sorted(_candidates(group, holding)):
                reason = _reason(group, groups[other])
                if reason is not None:
                    why[other] = reason
        yield key, why


def _follow_aliases(forms: Mapping[Key, _Forms], groups: Mapping[Key, _Group], told: Told) -> None:
    """Let the group of every alias that always holds be a form of its person, and of nobody else."""
    at = {name: key for key, group in groups.items() for name in group.names}
    meant: dict[Key, Key] = {}
    for alias in told.aliases:
        if not alias.dated:
            meant[at[alias.label]] = at[alias.speaker]
            if name_key(alias.label)[0] == "surname" and read_label(alias.label).title is None:
                # "Aliyev" means him under any title; "Mr Aliyev" only where it is said so.
                titled = (key for key in groups if key[:2] == name_key(alias.label)[:2])
                for key in titled:
                    meant.setdefault(key, at[alias.speaker])
    for key, person in meant.items():
        if key != person and groups[key].pinned is None:
            forms[key].why = {person: "an alias"}


def _candidates(group: _Group, holding: Mapping[str, set[Key]]) -> set[Key]:
    """The groups that share the rarest full word of this one, in any reading."""
    held = [set().union(*(holding[form] for form in word.readings)) for word in group.label.words if not word.initial]
    return min(held, key=len) - {group.key}


def _reason(poor: _Group, rich: _Group) -> str | None:
    if rich.alone or richness(poor.label) >= richness(rich.label) or not poor.near(rich):
        return None
    if poor.gender and rich.gender and poor.gender != rich.gender:
        return None
    return may_be(poor.label, rich.label)


# -- what a person is called -------------------------------------------------------------------------------------------


def _shown(root: _Group, members: Iterable[_Group]) -> str | None:
    """The spelling that stands for all: the one given, else the most frequent of whole names."""
    if root.pinned is not None:
        return root.pinned
    counts: Counter[str] = Counter()
    whole: set[str] = set()
    for group in members:
        for name, tally in group.names.items():
            label = read_label(name)
            counts[label.shown] += tally.count
            if label.whole:
                whole.add(label.shown)
    best = max(counts, key=lambda shown: (shown in whole, counts[shown], not shown.isascii(), len(shown), shown))
    return best or None


def _tell_apart(shown: dict[Key, str | None], groups: Mapping[Key, _Group]) -> None:
    """Give those who would be called alike the title that tells them apart, or else the label as it stands."""
    called: dict[str, list[Key]] = defaultdict(list)
    for key, name in shown.items():
        if name is not None:
            called[name].append(key)
    for keys in called.values():
        for key in keys if len(keys) > 1 else ():
            if groups[key].pinned is None:
                shown[key] = min(groups[key].names)


def _people(
    group: _Group, forms: Mapping[Key, _Forms], shown: Mapping[Key, str | None]
) -> Iterator[tuple[str, Person]]:
    found = forms[group.key]
    name = shown[_root(group.key, forms)]
    if len(found.roots) == 1:
        why = next((reason for other, reason in found.why.items()), "")
        resolved = group.key[0] == "name" or "an alias" in found.why.values()
    else:
        maybe = sorted(filter(None, (shown[_root(root, forms)] for root in found.roots)))
        why, resolved = f"may be {' or '.join(maybe)}", False
    for written in group.names:
        yield written, Person(name, why or _plainly(written, name, group), resolved or bool(group.pinned))


def _plainly(written: str, name: str | None, group: _Group) -> str:
    """Why is the name what it is, where no other name has a part in it?"""
    kind = group.key[0]
    if name is None:
        return "names nobody"
    if kind == "label":
        return "an office or no name"
    if kind == "surname":
        return "one name alone"
    return "the name itself" if written == name else "the same name"
