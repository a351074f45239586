"""How much more one target asks than another, whether it is more, how many times: of two years, of two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from plankb.errors import Language
from plankb.late import dataclass
from plankb.model import Number, Target
from plankb.numbers import plain
from plankb.phrases import number
from plankb.quantities import converted, counting_words, split_unit
from plankb.query.answering import select
from plankb.query.answering.places import is_of_whole_place, settled
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import say, target_words
from plankb.query.library import Library
from plankb.query.model import Form, Understood
from plankb.rules.lazy import LazyPattern

_PAIRS = 6
_HAN = LazyPattern("[\u4e00-\u9fff]{3,}")
_BRACKET = LazyPattern("[（(][A-Za-z. ]+[)）]")
_TWO, _TENTHS, _HUNDRED = 2, 10, 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Two targets and their figures in one unit; the first is asked about, the second what it is held against."""

    first: Target
    second: Target
    one: float
    other: float
    unit: str


def pair(first: Target, second: Target) -> Pair | None:
    """Two targets in the unit of the first; None where one has no figure, or their units or kinds of change differ."""
    if first.change != second.change or first.value is None or second.value is None:
        return None
    other = converted(float(second.value), second.unit or "", first.unit or "")
    return None if other is None else Pair(first, second, float(first.value), float(other), first.unit or "")


def difference(query: Understood, library: Library, lang: Language) -> Result | None:
    """What one year or place asks against another; None where there are no two to compare."""
    if any(_HAN.fullmatch(word) for word in query.ignored) and not query.period:
        return None  # one of the two is not known
    facts = select.targets(query, library).facts
    found = [fact for fact in facts if isinstance(fact, Target) and fact.value is not None]
    pairs = list(_of_places(found, query, library) if len(query.places) > 1 else _of_years(found, query))[:_PAIRS]
    if not pairs:
        return _from_baseline(found, query, library, lang)
    parts = dict.fromkeys(difference_words(one, query.form, library, lang, measure=query.measure) for one in pairs)
    used = dict.fromkeys(target.id for one in pairs for target in (one.second, one.first))
    by_id = {target.id: target for target in found}
    text = say("sentence", "targets_few", lang, list=say("join", "parts", lang).join(parts))
    return Result(text=text, facts=tuple(by_id[id_] for id_ in used))


def differ(facts: Sequence[object], query: Understood, library: Library) -> bool:
    """Whether the places asked for set different figures for one indicator and year."""
    found = [fact for fact in facts if isinstance(fact, Target) and fact.value is not None]
    return any(_less(one.one, one.other) for one in _of_places(found, query, library))


def _from_baseline(found: Sequence[Target], query: Understood, library: Library, lang: Language) -> Result | None:
    """Yes or no of two years by targets of one that start from the other; None where none does."""
    years = query.period.years if query.period else ()
    if query.form not in ("higher", "lower") or len(years) != _TWO:
        return None
    own = [one for one in found if one.baseline and {one.by, one.baseline.year} == {*years} and not one.change]
    if not own:
        return None
    shown = own[:_PAIRS]
    gaps = [float(one.value or 0) - float(one.baseline.value if one.baseline else 0) for one in shown]
    later = [gap if one.by == years[0] else -gap for one, gap in zip(shown, gaps, strict=True)]
    right = all(gap > 0 if query.form == "higher" else gap < 0 for gap in later)
    said = dict.fromkeys(target_words(one, library.vocabulary.plans, lang) + since_baseline(one, lang) for one in shown)
    text = say("sentence", "that_is" if right else "that_is_not", lang, text=say("join", "parts", lang).join(said))
    return Result(text=say("sentence", "targets_few", lang, list=text), facts=tuple(shown))


def _of_years(found: Sequence[Target], query: Understood) -> Iterator[Pair]:
    """Pairs of one indicator of one plan: the later year against the earlier one, or as a yes or no names them."""
    asked = query.period.years if query.period and query.form in ("higher", "lower", "ratio") else ()
    for one, other in combinations(sorted(found, key=lambda target: target.by or ""), 2):
        same = one.plan == other.plan and _name(one) == _name(other)
        if same and one.by != other.by:
            first, second = (one, other) if asked and one.by == asked[0] else (other, one)
            if made := pair(first, second):
                yield made


def _name(target: Target) -> str:
    """The name of an indicator without what stands in brackets (能效值(PUE)), which is said once."""
    return _BRACKET.regex.sub("", target.indicator)


def _of_places(found: Sequence[Target], query: Understood, library: Library) -> Iterator[Pair]:
    """For each indicator and year the first place against each other one, by what is best settled there."""
    homes = {plan.id: plan.jurisdiction or "" for plan in library.vocabulary.plans}
    best: dict[tuple[str, str], dict[str, Target]] = {}
    words = query.words
    for target in sorted(found, key=lambda target: (not is_of_whole_place(target, words), *settled(target))):
        best.setdefault((target.indicator_id, target.by or ""), {}).setdefault(homes[target.plan], target)
    if not any(len(own) > 1 for own in best.values()):  # one of them names no year
        best = {("", ""): _best_of_places(best.values())}
    for own in best.values():
        order = [place for place in query.places if place in own]
        for place in order[1:]:
            if made := pair(own[order[0]], own[place]):
                yield made


def _best_of_places(groups: Iterable[Mapping[str, Target]]) -> dict[str, Target]:
    """The first target of each place, where they are of one year or none; else none."""
    found: dict[str, Target] = {}
    for own in groups:
        for place, target in own.items():
            found.setdefault(place, target)
    times = {target.by for target in found.values() if target.by}
    return found if len(times) <= 1 else {}


def difference_words(
    one: Pair, form: Form | None, library: Library, lang: Language, *, measure: str | None = None
) -> str:
    """A pair in words: how much more, yes or no with that, or how many times; in the unit asked for, where it has one
    that the figures convert to."""
    plans = library.vocabulary.plans
    said = {"second": target_words(one.first, plans, lang), "first": target_words(one.second, plans, lang)}
    if form == "ratio" and one.other:
        return say("sentence", "times", lang, times=_times(one.one / one.other), share=_share(one), **said)
    gap = _less(one.one, one.other)
    key = "equal" if gap == 0 else "more" if gap > 0 else "less"
    in_measure = converted(float(gap), one.unit, measure) if measure and one.unit != "%" else None
    amount = _amount(gap, one.unit, lang)
    if in_measure is not None and measure:
        amount = _amount(plain(float(f"{in_measure:.10g}")), measure, lang)
    text = say("sentence", key, lang, amount=amount, **said)
    if form not in ("higher", "lower"):
        return text
    right = gap > 0 if form == "higher" else gap < 0
    return say("sentence", "that_is" if right else "that_is_not", lang, text=text)


def _less(one: float, other: float) -> Number:
    """One figure less another, without what binary fractions add."""
    return plain(float(f"{one - other:.10g}"))


def _amount(gap: Number, unit: str, lang: Language) -> str:
    """A difference with its unit: of shares in points."""
    return number(abs(gap)) + (say("sentence", "points", lang) if unit == "%" else unit)


def _times(value: float) -> str:
    return number(plain(float(f"{value:.3g}" if abs(value) < _TENTHS else f"{value:.1f}")))


def _share(one: Pair) -> str:
    return number(plain(float(f"{one.one / one.other * _HUNDRED:.3g}"))) + "%"


def since_baseline(target: Target, lang: Language) -> str:
    """How much a level lies above or below its baseline; empty where it has none, or is a change itself."""
    if target.value is None or target.baseline is None or target.change:
        return ""
    gap = _less(float(target.value), float(target.baseline.value))
    key = "since_up" if gap >= 0 else "since_down"
    unit = target.unit or ""
    baseline = number(target.baseline.value) + unit
    return say(
        "sentence", key, lang, year=target.baseline.year or "", baseline=baseline, amount=_amount(gap, unit, lang)
    )


def baseline_words(target: Target, lang: Language) -> str:
    """What a target starts from; of a row of a table whose baseline was not read, the row itself."""
    if target.baseline is not None:
        baseline = number(target.baseline.value) + (target.unit or "")
        return say("sentence", "baseline", lang, year=target.baseline.year or "", baseline=baseline)
    return say("sentence", "quoted", lang, quote=target.quote.replace("\t", "｜")) if target.source == "table" else ""


def in_unit(target: Target, unit: str, lang: Language) -> str:
    """A target's value in another unit (4000兆瓦 are 400万千瓦); empty where it has that unit, or none converts.

    Counting words say the same of a thing (7处 asked for in 个)."""
    told = split_unit(target.unit or "")
    if target.value is None or (target.unit or "") == unit or (told[0] == 1 and {told[1], unit} <= counting_words()):
        return ""
    value: Number | None = converted(float(target.value), target.unit or "", unit)
    return "" if value is None else say("sentence", "in_unit", lang, amount=number(value) + unit)
