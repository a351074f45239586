"""What a printed name says by itself, without the plan it stands in: whose, what function, what became of it.

Also bodies whose place stands inside their name (人行贵阳中心支行, 团市委), and names like a name, for slips of the
pen: suggested to a reader, never used to merge.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from plankb import rules
from plankb.late import dataclass
from plankb.register import places
from plankb.register.places import Place, relative
from plankb.register.vocabulary import Regional, Renaming, is_dressing, normal, vocabulary
from plankb.rules.register_kinds import Function, JointName, Renamed

_RANKS = ("", "省", "市", "区", "县", "州", "自治区")
_CUTOFF = 75.0
_LONG, _GAP = 6, 2
"""Characters of a name, without its place, in which one slip is told from another name; those of a word left out."""
_MERGED = "文"
"""What names begin with that every place puts together its own way: 文化旅游, 文体广电旅游."""

LONGEST_NAME = 80
"""No name of a known function is longer, its place before it included."""


@lru_cache(maxsize=20_000)
def has_prefix(name: str) -> bool:
    """Whether a name says whose it is (省A, 贵阳市B), so that a name after it in a list may leave that out."""
    text = normal(name)
    if text in vocabulary().names:
        return False
    return text.startswith(vocabulary().fronts) or places.at_start(text) is not None


def without_prefix(name: str) -> str:
    """A name without what says whose it is: 市交通局 is 交通局. One that is nothing but a place stays whole."""
    text = normal(name)
    named = places.at_start(text)
    fronts = [*vocabulary().relative, *vocabulary().national, *([text[: named[1]]] if named else [])]
    length = max((len(front) for front in fronts if text.startswith(front)), default=0)
    return text[length:] or text


@lru_cache(maxsize=20_000)
def is_function(name: str) -> bool:
    """Whether a name, with or without its place, is a function that the register knows."""
    text = normal(name)
    index = vocabulary()
    if text in index.names:
        return len(text) > 2
    if text[-1:] not in index.ends or len(text) > LONGEST_NAME:
        return False
    rests = [text[len(p) :] for p in index.fronts if text.startswith(p)] if text.startswith(index.fronts) else []
    if any(rest in index.names and len(rest) > 1 for rest in rests):
        return True
    named = places.at_start(text)
    if named and text[named[1] :] in index.names and len(text) > named[1] + 1:
        return True
    return any(match_regional(regional, text, None) is not None for regional in index.regional_of(text))


def may_end(char: str) -> bool:
    """Whether the name of a function that the register knows may end in a character as printed; most may not."""
    return char in vocabulary().ends or is_dressing(char)


def is_body(name: str) -> bool:
    """Whether a whole name is a place (or 国家, 省, …) and a function that the register knows."""
    text = normal(name)
    return is_function(text) and (has_prefix(text) or text in vocabulary().names)


def renaming(name: str, *, home: Place | None = None) -> Renaming | None:
    """What became of a name that is out of use, with year and source; None for a name in use or unknown."""
    text = normal(name)
    for entry in rules.many("bureaus", "renaming", Renamed):
        if entry.word and entry.word in text:
            return Renaming(entry.to, entry.kind, entry.since, entry.until, entry.source)
    candidates = [text]
    named = places.at_start(text, within=home)
    if named:
        candidates.append(text[named[1] :])
    candidates += [text[len(p) :] for p in (*vocabulary().national, *vocabulary().relative) if text.startswith(p)]
    return next((f.renaming for c in candidates if (f := vocabulary().names.get(c)) and f.renaming), None)


def successor(name: str, *, home: Place | None = None) -> str | None:
    """The name that an old one has become, its place and its organ word kept: 市环保局 is 市生态环境局.

    None for a name in use, and where the new function has several names.
    """
    old = renaming(name, home=home)
    if old is None:
        return None
    stems = [
        stem
        for entry in rules.many("bureaus", "renaming", Renamed)
        if (entry.to, entry.until) == (old.to, old.until)
        for stem in (*entry.official, *entry.short)
        if stem in name
    ]
    found = next((each for each in rules.many("bureaus", "function", Function) if each.id == old.to), None)
    if not stems or found is None or len(found.official) != 1:
        return None
    return name.replace(max(stems, key=len), found.official[0], 1)


def joint_names() -> tuple[str, ...]:
    """Names with a comma inside that mean one body (市科委、中关村管委会)."""
    return tuple(entry.name for entry in rules.many("bureaus", "joint", JointName))


@dataclass(frozen=True, slots=True)
class Entity:
    """A body. `id` is `CODE:FUNCTION`; `known` is False where the register knows no such function or no such place.

    `name` is the full canonical name, `place` None where the name does not say whose it is.
    """

    id: str
    name: str
    place: Place | None
    known: bool

    @property
    def jurisdiction(self) -> str | None:
        """The name of its place, None where unknown; with the place above it where several share the name."""
        return places.label(self.place) if self.place else None


def match_regional(regional: Regional, text: str, home: Place | None) -> Entity | None:
    """A body whose place stands inside its name; one of a place below that (山西局大同分局) goes by its own name."""
    match = regional.pattern.fullmatch(text)
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("level"):
        place = relative(groups["level"], home)
        return Entity(f"{place.code if place else '?'}:{regional.function}", text, place, known=place is not None)
    named = places.at_start(text[match.start("place") :], within=home)
    if named is None:
        loose = regional.at_start or len(groups["place"]) < 2
        return None if loose else Entity(f"org:{text}", text, None, known=True)
    whole = text[match.start("place") + named[1] : match.end("place")] in _RANKS
    function = text if regional.own or not whole else regional.function
    return Entity(f"{named[0].code}:{function}", text, named[0], known=True)


def suggest(name: str, names: Iterable[str], *, limit: int = 3, cutoff: float = _CUTOFF) -> tuple[str, ...]:
    """Up to `limit` of `names` that are like `name`, the likest first, itself left out; `cutoff` in percent."""
    from rapidfuzz import fuzz, process

    wanted = normal(name)
    found = process.extract(
        wanted, [other for other in dict.fromkeys(names) if normal(other) != wanted],
        scorer=fuzz.ratio, processor=normal, score_cutoff=cutoff, limit=limit,
    )  # fmt: skip
    return tuple(choice for choice, _, _ in found)


def slip_of(name: str) -> str | None:
    """The name of the register that a long one is with one character wrong or one word of two left out; None where
    none or several are meant."""
    stem = without_prefix(name)
    if len(stem) < _LONG or stem.startswith(_MERGED):
        return None
    meant = {known for known in vocabulary().names if len(known) >= _LONG and _slips(stem, known)}
    found = {vocabulary().names[known].id: known for known in meant}
    return name[: len(name) - len(stem)] + next(iter(found.values())) if len(found) == 1 == len(meant) else None


def _slips(name: str, other: str) -> bool:
    """Whether one character alone differs, or one word of two characters is left out inside."""
    if len(name) == len(other):
        return name[-1] == other[-1] and sum(a != b for a, b in zip(name, other, strict=True)) == 1
    if len(other) != len(name) + _GAP:
        return False
    start = next((index for index, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), len(name))
    word = other[start : start + _GAP]
    inside = 1 < start < len(name) - 1 and word[0] not in "和与及"
    return inside and other[:start] + other[start + _GAP :] == name
