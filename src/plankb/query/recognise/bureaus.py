"""Bureaus named in a question: by the register, by the names printed in the plans, by misspelt forms of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from plankb import rules
from plankb.late import dataclass
from plankb.model import Span
from plankb.query.normalise.names import bare, pieces
from plankb.query.normalise.pronunciation import nearest, sounds_alike
from plankb.query.recognise.text import TAKEN, QuestionText
from plankb.query.vocabulary import Vocabulary
from plankb.register import is_function, normal, places, resolve
from plankb.rules.kinds import Codes

_LONGEST = 18
_SHORTEST = 2
_SHORT = 3
_LONG = 5
"""A known name of this size is one wherever it stands (2025年民航贵州监管局)."""
_SHORT_FORM = 6
_ORGANS = "局委厅办"
_COMMISSIONS = ("委", "委员会")
_RANKS: Mapping[str, tuple[str, ...]] = MappingProxyType({"局": ("局", *_COMMISSIONS), "厅": ("厅",)})
_LITTLE_WORDS = "但而却且又还以由请问和与及跟同或在中里的了是让给除查看对把被那归向从按有个些要"
_PLACED = ("省", "市", "区", "县", "州", "旗", "盟", "新区", "国家", "自治区")
_AREAS = ("省", "市", "区", "县", "州", "旗", "盟")


@dataclass(frozen=True, slots=True)
class BureauMention:
    """A bureau named in a question; `ids` () where no plan names it, `meant` what a misspelt name stands for."""

    span: Span
    said: str
    ids: tuple[str, ...] = ()
    meant: str | None = None
    collectives: tuple[str, ...] = ()


def find_bureaus(question: QuestionText, vocabulary: Vocabulary) -> tuple[BureauMention, ...]:
    """Takes the bureaus that a question names, those of the register that no plan names among them."""
    found = [*_all_of_place(question, vocabulary), *_collectives(question, vocabulary), *_named(question, vocabulary)]
    if not found:
        found += _formed(question, vocabulary)
    return tuple(sorted(found, key=lambda mention: mention.span))


def find_misspelt(question: QuestionText, vocabulary: Vocabulary) -> tuple[BureauMention, ...]:
    """Takes words that misspell a bureau's name."""
    found = []
    for (start, _), run in list(question.runs()):
        mention = _misspelt_in(run, start, vocabulary)
        if mention:
            question.take(*mention.span)
            found.append(mention)
    return tuple(found)


def _collectives(question: QuestionText, vocabulary: Vocabulary) -> Iterator[BureauMention]:
    for match in list(rules.one("questions", "bureau.collective").finditer(question.rest)):
        said = bare(match.group())
        names = tuple(name for name in vocabulary.collectives if pieces(said, bare(name)))
        if names:
            question.take(*match.span())
            yield BureauMention(match.span(), match.group(), collectives=names)


def _all_of_place(question: QuestionText, vocabulary: Vocabulary) -> Iterator[BureauMention]:
    """The bureaus of a zone or place together (没有贵安新区单位参与)."""
    for match in list(rules.one("questions", "bureau.all_of_place").finditer(question.rest)):
        named = next((place for place in vocabulary.bureau_places if match["before"].endswith(place)), None)
        if named:
            ids = tuple(own.id for own in vocabulary.bureaus.values() if own.jurisdiction == named)
            span = match.end("before") - len(named), match.end()
            question.take(*span)
            yield BureauMention(span, question.text[slice(*span)], ids)


def _named(question: QuestionText, vocabulary: Vocabulary) -> Iterator[BureauMention]:
    position = 0
    while position < len(question.text):
        mention = _mention_at(question.rest, position, vocabulary)
        if mention is None:
            position += 1
            continue
        question.take(*mention.span)
        yield mention
        position = mention.span[1]


def _mention_at(text: str, start: int, vocabulary: Vocabulary) -> BureauMention | None:
    """The longest name that starts at a position."""
    stop = text.find(TAKEN, start)
    stop = min(len(text) if stop < 0 else stop, start + vocabulary.longest_bureau)
    if not text[start].isalnum():
        return None
    for end in range(stop, start + 1, -1):
        if text[end - 1] not in vocabulary.bureau_ends:
            continue
        name = text[start:end]
        if name.endswith(_AREAS) and places.find(name):  # a place in a question is a place
            continue
        is_known = len(name) >= _LONG and normal(name) in vocabulary.bureau_names
        if len(name) < _SHORTEST or not (is_known or _may_start(text, start, name, vocabulary.place_names)):
            continue
        ids = bureau_ids(name, vocabulary)
        kin = kin_ids(name, ids, vocabulary)
        if ids and not (kin and not any(_is_of_rank(id_, name, vocabulary) for id_ in ids)):
            return BureauMention((start, end), name, (*ids, *kin))
        if kin:
            return BureauMention((start, end), name, kin, joined_names(kin, vocabulary))
        meant = abbreviated(name, vocabulary) if name[-1] in _ORGANS else None
        if not meant and _is_elsewhere(name, vocabulary):
            return BureauMention((start, end), name)
        if meant := meant or abbreviated(name, vocabulary):
            return BureauMention((start, end), name, bureau_ids(meant, vocabulary), meant)
    return None


def _may_start(text: str, start: int, name: str, places_here: Iterable[str]) -> bool:
    """Whether a name starts a word: one without its place is no part of a longer word (数字政府); behind one of
    `places_here`, the places of the plans, it is one (湘潭供销社)."""
    before = text[start - 1 : start]
    inside = "\u4e00" <= before <= "\u9fff" and before not in _LITTLE_WORDS
    return (
        not inside
        or name.startswith(_PLACED)
        or places.at_start(name) is not None
        or text[:start].endswith(tuple(places_here))
    )


def bureau_ids(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The bureaus of the plans that a name may mean: more than one where several places have such a bureau."""
    found = dict.fromkeys(vocabulary.bureau_names.get(normal(name), ()))
    full = tuple(id_ for id_ in found if normal(vocabulary.bureaus[id_].name) == normal(name))
    if full or not (found or _may_be_body(name, vocabulary)):
        return full or vocabulary.ownerless_bureaus.get(normal(name), ())
    for home in vocabulary.homes:
        entity = resolve(name, home=home)
        is_other_rank = name.startswith("自治区") and not (entity.jurisdiction or "").endswith("自治区")
        if entity.id in vocabulary.bureaus and not is_other_rank:
            found.setdefault(entity.id)
    alike = _same_organ(name, tuple(found), vocabulary) or vocabulary.ownerless_bureaus.get(normal(name), ())
    return (*alike, *_longer_elsewhere(name, alike, vocabulary)) if alike else ()


def _longer_elsewhere(name: str, ids: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The bureaus of other places whose name a name without a place shortens (自然资源局 for 自然资源和规划局)."""
    if name.startswith(_PLACED) or places.at_start(name):
        return ()
    if len(name) < _LONG:  # a nickname (国土局): what its bureaus are called
        own = (bureau for id_ in ids if (bureau := vocabulary.bureaus[id_]).jurisdiction)
        name = next((bureau.name.removeprefix(bureau.jurisdiction or "") for bureau in own), name)
    if len(name) < _LONG:
        return ()
    homes = {vocabulary.bureaus[id_].jurisdiction for id_ in ids}
    return tuple(
        id_
        for full, own in vocabulary.ownerless_bureaus.items()
        if full.startswith(name[:-1]) and _shortens(name, full)
        for id_ in own
        if vocabulary.bureaus[id_].jurisdiction not in homes
    )


def kin_ids(name: str, ids: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The bureaus that do in their places what a bureau of this name does elsewhere, of places without one of it."""
    whole = f"{name.removesuffix('部门')}局" if name.endswith("部门") else name
    printed = normal(name) in vocabulary.bureau_names or normal(name) in vocabulary.ownerless_bureaus
    if (
        printed
        or name.endswith(_COMMISSIONS)
        or len(name) < _SHORT
        or not is_function(whole if len(whole) > _SHORT else f"市{whole}")
    ):
        return ()
    held = {id_.partition(":")[0] for id_ in ids}
    found: dict[str, None] = {}
    for home in vocabulary.homes:
        place, _, function = resolve(whole, home=home).id.partition(":")
        if place not in held:
            found |= {id_: None for kin in _kin_of(function) if (id_ := f"{place}:{kin}") in vocabulary.bureaus}
    return tuple(id_ for id_ in found if _is_of_rank(id_, name, vocabulary))


@cache
def _kin_of(function: str) -> tuple[str, ...]:
    groups = (rule.vocabulary for rule in rules.many("questions", "kin_function"))
    return tuple(sorted(kin for group in groups if function in group for kin in group if kin != function))


def _is_of_rank(id_: str, name: str, vocabulary: Vocabulary) -> bool:
    """Whether a bureau is called as one of a name's rank: a 厅 is a province's, a 局 or 委 nobody's in particular."""
    ends = _RANKS.get(name[-1], ("局", "厅", *_COMMISSIONS))
    return vocabulary.bureaus[id_].name.endswith(ends)


def joined_names(ids: Iterable[str], vocabulary: Vocabulary) -> str:
    """The names of bureaus in one line."""
    return "、".join(vocabulary.bureaus[id_].name for id_ in ids)


def _may_be_body(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name ends with a function that the register or the plans know; only then it is looked up by place."""
    whole = f"市{name}" if len(name) == _SHORTEST else name  # 交委 alone is too short to be told from a word
    return is_function(whole) or name.endswith(vocabulary.own_functions)


def abbreviated(name: str, vocabulary: Vocabulary) -> str | None:
    """The one bureau's name that a name shortens although the register does not (省市监局 for 省市场监管局).

    It has the place, the first and the last character of that name, and all its characters in their order.
    """
    name = _spelled_out(name)
    if bureau_ids(name, vocabulary):
        return name
    place = next((p for p in (*vocabulary.bureau_places, *_PLACED) if name.startswith(p)), "")
    short = name[len(place) :]
    if (
        place in ("省", "市")
        and len(short) >= _SHORT
        and name[-1] not in _ORGANS
        and (owns := _of_a_place(short, vocabulary))
    ):
        return owns
    if not place and len(name) >= _SHORT:
        longer = {full for full in vocabulary.ownerless_bureaus if _shortens(name, full)}
        return longer.pop() if len(longer) == 1 else None
    if not place or len(short) < _SHORT or resolve(name).known:
        return None
    found = [
        full
        for full in vocabulary.bureau_names
        if full.startswith(place) and _shortens(short, full[len(place) :]) and full != name
    ]
    return found[0] if len(found) == 1 else None


def _of_a_place(short: str, vocabulary: Vocabulary) -> str | None:
    """The one name that a place of the plans and a word make (省电网公司 for 湖南电网公司); None without one."""
    found = {place + short for place in vocabulary.place_names if place + short in vocabulary.bureau_names}
    return found.pop() if len(found) == 1 else None


def _shortens(short: str, full: str) -> bool:
    if len(full) <= len(short) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)


def _spelled_out(name: str) -> str:
    for short, full in rules.one("questions", "nickname", Codes).values.items():
        if full not in name:
            name = name.replace(short, full)
    return name


def _same_organ(name: str, ids: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Of several bureaus those whose name ends alike: 生态环境局 is not the province's 生态环境厅."""
    if len(ids) < 2:
        return ids
    alike = tuple(id_ for id_ in ids if any(printed[-1:] == name[-1:] for printed in _forms(id_, vocabulary)))
    return alike or ids


def _forms(id_: str, vocabulary: Vocabulary) -> Iterable[str]:
    bureau = vocabulary.bureaus[id_]
    return bureau.names or (bureau.name,)


def _is_elsewhere(name: str, vocabulary: Vocabulary) -> bool:
    """Whether the register knows a name with its place (国家发展改革委) that no plan of the knowledge base names."""
    if len(name) < 3 or not is_function(name):
        return False
    for home in (*vocabulary.homes, None):
        entity = resolve(name, home=home)
        place, _, function = entity.id.partition(":")
        # a zone may have any name, so 由某某新区 would pass for one: only places with a code count
        if entity.known and place[:6].isdigit() and function.isascii():
            return True
    return False


def _formed(question: QuestionText, vocabulary: Vocabulary) -> Iterator[BureauMention]:
    """Words that have the form of a bureau's name, although nobody knows one: misspelt, or a bureau of no plan."""
    for match in question.take_all(rules.one("questions", "bureau.formed")):
        meant = nearest(match.group(), vocabulary.bureau_names)
        ids = bureau_ids(meant, vocabulary) if meant else ()
        yield BureauMention(match.span(), match.group(), ids, meant)


def _misspelt_in(run: str, offset: int, vocabulary: Vocabulary) -> BureauMention | None:
    names = [name for name in vocabulary.bureau_names if len(name) >= 3]
    for size in range(min(len(run), _LONGEST), 2, -1):
        for start in range(len(run) - size + 1):
            word = run[start : start + size]
            if not _may_be_name(word, run[start + size :], vocabulary):
                continue
            meant = nearest(word, names) or _sounding(word, vocabulary)
            if meant:
                span = (offset + start, offset + start + size)
                return BureauMention(span, word, bureau_ids(meant, vocabulary), meant)
    return None


def _sounding(word: str, vocabulary: Vocabulary) -> str | None:
    """A short form of a bureau's name that sounds like a word (省发改尾 for 省发改委); None where there is none."""
    if len(word) > _SHORT_FORM or not word.startswith(_PLACED):
        return None
    for index in range(1, len(word)):
        if not "\u4e00" <= word[index] <= "\u9fff":
            continue
        for char in vocabulary.bureau_chars:
            if char != word[index] and sounds_alike(word[index], char):
                name = word[:index] + char + word[index + 1 :]
                if bureau_ids(name, vocabulary):
                    return name
    return None


def _may_be_name(word: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether a word stands as a name would: it ends like one, or what follows it was taken (a role, a question)."""
    return word[-1] in vocabulary.bureau_ends or not after
