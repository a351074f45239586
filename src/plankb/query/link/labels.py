"""From the words of a topic to the facts that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from plankb import rules
from plankb.late import dataclass
from plankb.query.link.index import NameIndex
from plankb.query.normalise.names import bare, overlap, pieces, printed
from plankb.query.normalise.pronunciation import is_misspelt
from plankb.query.vocabulary import Vocabulary
from plankb.register import places
from plankb.store import Label, Name

_CLOSE = 0.75
_LONG = 5
_LEAST, _PART, _MOST_PIECES = 3, 2, 2
_LONGEST_LIST = 40
"""Characters of two names written as one; what is tried grows with the square of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The names that words fit; `exact`: one is named in full. `meant` is what a misspelt word was taken for,
    `missing` the members of a list that fit none. `only`: of the facts of these names just these, where not None."""

    names: tuple[Name, ...] = ()
    exact: bool = False
    meant: tuple[str, str] | None = None
    closest: bool = False
    missing: tuple[str, ...] = ()
    only: tuple[Label, ...] | None = None

    def labels(self, index: NameIndex) -> tuple[Label, ...]:
        """The facts of these names, by plan and place in the text."""
        return index.bearing(self.names) if self.only is None else self.only


def find_labels(
    words: Sequence[str],
    index: NameIndex,
    *,
    whole_first: bool = True,
    loosely: bool = False,
    titles: Mapping[str, str] | None = None,
) -> Found:
    """The names that all words fit; with `whole_first` only those named in full, where there are such.

    With `loosely` the closest name is taken where none fits. `titles` are those of the plans, by id: words may say
    the plan with the fact (减污降碳考核督察).
    """
    wanted = [measure for word in words if (measure := _without_change(bare(word)))]
    if not wanted:
        return Found()
    whole = "".join(wanted)
    exact = [name for name in index.may_hold(whole) if name.bare == whole]
    if exact and whole_first:
        return Found(tuple(exact), exact=True)
    fitting = may_be_named(words, index)
    fitting = tuple(name for name in fitting if all(is_named(word, name) for word in words if bare(word)))
    if fitting:
        return Found(_with_same_indicator(fitting, exact, index), exact=bool(exact))
    listed, missing = _listed(words, index)
    if listed:
        return Found(listed, missing=missing)
    only = _below_headings(words, index) or _in_context(whole, index, titles or {})
    if only:
        numbers = {label.no for label in only}
        return Found(tuple(name for name in index.names if name.no in numbers), missing=missing, only=only)
    misspelt = _misspelt(whole, index.may_differ(whole, by=1))
    if misspelt:
        return Found(*misspelt)
    nearly = _nearly(whole, index.may_hold(whole))
    if nearly:
        return Found(nearly, meant=("".join(words), index.in_order(nearly)[0].name))
    other = _other_measure(whole, index)
    if other:
        return Found(other, meant=("".join(words), index.in_order(other)[0].name))
    closest = _closest(whole, index.names) if loosely else ()
    return Found(closest, closest=bool(closest))


def may_be_named(words: Sequence[str], index: NameIndex) -> tuple[Name, ...]:
    """The names that all words may fit; see `is_named`."""
    return index.may_hold_each(
        (_without_change(bare(word)), printed(word), _short_place(word) or "") for word in words if bare(word)
    )


def is_named(word: str, name: Name) -> bool:
    """Whether a word, as typed, fits what a fact is called; a place fits by its short name too (开阳县, 开阳)."""
    said = _without_change(bare(word))
    return bool(
        pieces(said, measured(name.bare, said))
        or pieces(said, measured(name.bare_other, said))
        or (len(said) > 1 and pieces(printed(word), _measure("per").sub("", name.printed)))
        or (rules.one("jurisdictions", "rank").search(word) and (short := _short_place(word)) and short in name.name)
    )


@lru_cache(maxsize=1024)
def _short_place(word: str) -> str | None:
    """The name of a place without its rank; None for what is no place, or has no name of two characters."""
    short = rules.one("jurisdictions", "rank").sub(word)
    return short if len(short) >= _PART and places.find(word) else None


def _with_same_indicator(fitting: tuple[Name, ...], exact: Sequence[Name], index: NameIndex) -> tuple[Name, ...]:
    """With the other names of the indicator that is named in full (畜禽粪污资源化利用率, …综合利用率).

    Not of one that names a part or place of the indicator (中心城区绿色出行比例), which the other names do not.
    """
    same = {name.other for name in exact if name.other and not pieces(name.bare_other, name.bare)}
    same |= {name.other for name in exact if name.other and name.bare_other == name.bare}
    return index.with_same(fitting, same)


def _in_context(word: str, index: NameIndex, titles: Mapping[str, str]) -> tuple[Label, ...]:
    """The labels whose name holds a part of a word, the longest first, and whose plan or headings fit the rest."""
    cuts = sorted(range(_PART, len(word) - _PART + 1), key=lambda cut: (-max(cut, len(word) - cut), cut))
    for cut in cuts:
        for part, rest in ((word[cut:], word[:cut]), (word[:cut], word[cut:])):
            if len(part) < max(len(rest), _LEAST):
                continue
            held = index.bearing(name for name in index.may_hold(part) if part in name.bare)
            found = tuple(label for label in held if _stands_in(rest, label, index, titles))
            if found:
                return found
    return ()


def _below_headings(words: Sequence[str], index: NameIndex) -> tuple[Label, ...]:
    """The labels whose name fits some of the words and whose headings fit the one that is left (新兴产业 | 产值)."""
    for place, word in enumerate(words):
        rest = [*words[:place], *words[place + 1 :]]
        if not rest or len(bare(word)) < _LEAST:
            continue
        held = [name for name in may_be_named(rest, index) if all(is_named(one, name) for one in rest)]
        found = tuple(label for label in index.bearing(held) if _stands_in(bare(word), label, index, {}))
        if found:
            return found
    return ()


def _stands_in(words: str, label: Label, index: NameIndex, titles: Mapping[str, str]) -> bool:
    return any(pieces(words, bare(place)) for place in (titles.get(label.plan, ""), *index.path(label)))


def _nearly(word: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names that a long word fits but for one character that stands apart there (重污染天数, 重度污染天数)."""
    if len(word) < _LONG:
        return ()
    for index in range(len(word)):
        rest = word[:index] + word[index + 1 :]
        found = tuple(
            name for name in names if word[index] in name.bare and 0 < pieces(rest, name.bare) <= _MOST_PIECES
        )
        if found:
            return found
    return ()


def _other_measure(word: str, index: NameIndex) -> tuple[Name, ...]:
    """The names that a word fits but for its last word, the kind of measure (循环利用量 for 循环利用率)."""
    cut = _measure("kind").sub("", word)
    if cut == word or len(cut) < _LONG:
        return ()
    found = index.may_hold(cut)
    return tuple(name for name in found if 0 < pieces(cut, measured(name.bare, cut)) <= _MOST_PIECES)


def _without_change(word: str) -> str:
    """A word of a measure without the verb of its change (碳排放下降)."""
    cut = _measure("change").sub("", word)
    return cut if len(cut) >= 2 else word


def without_divisor(text: str) -> str:
    """A text without what its measures are divided by (单位地区生产总值能耗)."""
    return _measure("per").sub("", text)


def measured(name: str, word: str) -> str:
    """A bare name without what it is divided by, unless the word says that too."""
    per = _measure("per")
    return name if per.search(word) else per.sub("", name)


@cache
def _measure(name: str) -> re.Pattern[str]:
    return rules.one("questions", f"measure.{name}").regex


def _listed(words: Sequence[str], index: NameIndex) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """The names that a member of a list fits (化肥和农药利用率), a shared end or start given back to each; and the
    members that fit none."""
    joints = rules.pattern("question_forms", "joints")
    *others, word = sorted(words, key=lambda word: bool(joints.search(word)))
    parts = [bare(part) for part in joints.split(word) if bare(part)]
    if any(len(part) < _PART for part in parts):  # 普及率 is no list of 普 and 率
        return (), ()
    if len(parts) == 1:
        return (_unmarked_list(parts[0], index) if not others else ()), ()
    names = index.may_hold_each([(bare(other),) for other in others]) if others else index.names
    names = tuple(name for name in names if all(pieces(bare(other), name.bare) for other in others))
    found: set[int] = set()
    missing: list[str] = []
    for place, part in enumerate(parts):
        other = parts[-1] if place < len(parts) - 1 else parts[0]
        forms = list(restored(part, other, first=place < len(parts) - 1))
        fitting = [name for name in names if any(pieces(form, name.bare) for form in forms)]
        if place == len(parts) - 1:  # with as much of the first as a name has: 煤炭消费比重 rather than 煤炭…比重
            each = ([name for name in fitting if pieces(form, name.bare)] for form in forms)
            fitting = next((held for held in each if held), [])
        if part not in _heads():  # 占比 alone is of anything
            fitting = fitting or [name for name in names if pieces(part, name.bare)]
        found.update(name.no for name in fitting)
        missing += [] if fitting else [part]
    return tuple(name for name in names if name.no in found), tuple(missing)


@cache
def _heads() -> frozenset[str]:
    """The ends of names, in the words that names are compared in, that say nothing of what is measured."""
    return frozenset(bare(word) for word in rules.words("indicators", "bare.rates"))


def _unmarked_list(word: str, index: NameIndex) -> tuple[Name, ...]:
    """The names of a list of two without a mark between them (化肥农药利用率); () where one of the two fits none,
    and for a word longer than two names."""
    if len(word) > _LONGEST_LIST:
        return ()
    for cut in range(2, len(word) - 3):
        first, last = word[:cut], word[cut:]
        for size in range(len(last) - 1, 1, -1):
            forms = (first + last[-size:], last)
            fitting = [[name for name in index.may_hold(form) if form in name.bare] for form in forms]
            if all(fitting):
                return tuple(dict.fromkeys(name for found in fitting for name in found))
    return ()


def restored(part: str, other: str, *, first: bool) -> Iterable[str]:
    """A member of a list with the end (or start) of another."""
    for size in range(len(other) - 1, 1, -1):
        yield part + other[-size:] if first else other[:size] + part


def _misspelt(word: str, names: Sequence[Name]) -> tuple[tuple[Name, ...], bool, tuple[str, str]] | None:
    """The names, or those with a part, that a word misspells."""
    if len(word) < 4:
        return None
    sizes = (len(word), len(word) - 1, len(word) + 1)
    for bare_name in dict.fromkeys(name.bare for name in names):
        for size in sizes:
            for start in range(len(bare_name) - size + 1):
                part = bare_name[start : start + size]
                if _near(word, part) and is_misspelt(word, part):
                    fitting = tuple(name for name in names if pieces(part, name.bare))
                    return fitting, False, (word, part)
    return None


def _near(word: str, part: str) -> bool:
    """A quick test before the thorough one: at most one character differs in place, or one is missing."""
    if len(word) == len(part):
        return sum(a != b for a, b in zip(word, part, strict=True)) == 1
    longer, shorter = (word, part) if len(word) > len(part) else (part, word)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer)))


def _closest(word: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names that share most with a long phrase; () where they share too little."""
    if len(word) < _LONG:
        return ()
    scored = [(overlap(word, name.bare), name) for name in names]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(name for score, name in scored if score == best) if best >= _CLOSE else ()


def find_section(words: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The bare heading that the words name in full; None where there is none, or a task has that title too.

    Beside it may stand what the title of a plan says (碳达峰的“能源转型行动”).
    """
    said = [bare(word) for word in words]
    for name in ("".join(said), *said):
        if name in vocabulary.sections and name not in vocabulary.task_titles:
            rest = [word for word in said if word not in name]
            titles = vocabulary.title_of.values() if rest else ()
            if all(any(word in bare(title) for title in titles) for word in rest):
                return name
    return None


def in_sections(words: Sequence[str], index: NameIndex) -> tuple[Label, ...]:
    """The facts that stand below a heading that all words fit."""
    return index.below([bare(word) for word in words if bare(word)])
