"""Right or wrong by what a sentence says, where no fact was read: its figures or places against those asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.query.answering.closest import Close, closest, pairs
from plankb.query.answering.evidence import asks_yes_or_no
from plankb.query.answering.fulltext import clauses
from plankb.query.answering.passages import quoted
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise import english
from plankb.register import places

_CLOSE, _PAIRS, _SHARE, _TITLE = 0.35, 2, 0.3, 0.8
"""The share of a question that a sentence holds, how many of its pairs, and what share, a clause of it holds, and the
share of a sentence that the title of its plan holds where it is no more than that title."""
_FIGURE = compiled(
    r"(?<![\d.])(?P<list>(?:\d+(?:\.\d+)?、)*)(?P<number>\d+(?:\.\d+)?)\s?"
    r"(?P<unit>%|‰|[A-Za-z]{1,5}|(?P<power>[千万亿]*)(?P<base>[\u4e00-\u9fff]))"
)
_POWERS: Mapping[str, float] = {"千": 1e3, "万": 1e4, "亿": 1e8}
_YEARS = range(1950, 2101)


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a text by their units; `listed` are units that one list of several figures has."""

    values: Mapping[str, frozenset[float]]
    listed: frozenset[str]


def told_by_text(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """The result with yes or no by the sentence that comes closest; as it is where a fact was found, where the question
    asks for no yes or no, or where the sentence says neither."""
    if query.kind in (None, "help", "conflicts", "plans") or (result.facts and not result.passages) or result.told:
        return result
    if not asks_yes_or_no(question):
        return result
    question = english.to_chinese(question)
    asked = _figures(question)
    everywhere = replace(query, places=(), levels=()) if not asked.values else query
    plans = [plan.id for plan in plans_searched(everywhere, library)]
    found = closest([question], plans, library, figure=bool(asked.values))
    if found is None or found.share < _CLOSE:
        return result
    plan = library.vocabulary.title_of.get(found.passage.plan, found.passage.plan)
    said = frozenset(pairs(found.passage.text))
    if len(said & frozenset(pairs(plan))) >= _TITLE * len(said):  # the question names the plan: that says nothing of it
        return result
    clause = _clause(found, question)
    wanted = frozenset(pairs(question))
    if len(wanted & frozenset(pairs(clause))) < max(_PAIRS, _SHARE * len(wanted)):
        return result
    if not asked.values and not _says_more(question, clause):
        return result
    right = _agrees(asked, _figures(clause)) if asked.values else _of_place(question, clause)
    if right is None:
        return result
    key = "text_agrees" if right else "text_differs"
    text = say("sentence", key, lang, text=quoted(found.passage), plan=plan)
    rest = tuple(one for one in result.related if one.span != found.passage.span or one.plan != found.passage.plan)
    return Result(text=text, related=(found.passage, *rest), told=True)


def _clause(found: Close, question: str) -> str:
    """The clause of a sentence that holds most of the question; of a list of figures the item."""
    wanted = frozenset(pairs(question))
    return max(
        clauses(found.passage.text, lists=_lists_figures),
        key=lambda clause: len(wanted & frozenset(pairs(clause))),
        default="",
    )


def _lists_figures(clause: str) -> bool:
    """Whether several items of a clause have a figure of their own."""
    return sum(_FIGURE.search(item) is not None for item in clause.split("、")) > 1 and not _figures(clause).listed


def _figures(text: str) -> _Figures:
    values: dict[str, set[float]] = defaultdict(set)
    listed: set[str] = set()
    for match in _FIGURE.finditer(text):
        number, unit = float(match["number"]), match["base"] or match["unit"].lower()
        for power in match["power"] or "":
            number *= _POWERS[power]
        if unit == "年" and number in _YEARS:
            unit = "year"
        values[unit].add(number)
        if match["list"]:
            listed.add(unit)
    return _Figures({unit: frozenset(own) for unit, own in values.items()}, frozenset(listed))


def _agrees(asked: _Figures, said: _Figures) -> bool | None:
    """Whether each figure asked about stands among those of its unit; None where none of these units is said, or the
    figures are a list of which nobody can tell whose each is."""
    verdicts = [
        own <= said.values[unit]
        for unit, own in asked.values.items()
        if unit in said.values and unit not in said.listed
    ]
    if not verdicts or (set(asked.values) - {"year"} and not set(said.values) & (set(asked.values) - {"year"})):
        return None
    return all(verdicts)


def _says_more(question: str, clause: str) -> bool:
    """Whether a clause holds something of a question besides the places that both name: that a district is named
    somewhere does not say that it has tasks."""
    named = {pair for place, _ in places.mentions(question) for pair in pairs(place.name)}
    return bool((frozenset(pairs(question)) - named) & frozenset(pairs(clause)))


def _of_place(question: str, clause: str) -> bool | None:
    """Whether the place asked about is the one that a clause names; None where it names none, or none is asked."""
    asked, named = (
        {place for place, _ in places.mentions(text) if place.rank in ("province", "city", "county")}
        for text in (question, clause)
    )
    if len(asked) != 1 or not named:
        return None
    return bool(asked & named)
