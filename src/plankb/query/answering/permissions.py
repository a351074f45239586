"""Whether something may be done, by the sentence that forbids, limits or allows it, with its exception; a figure that
is asked about is held against the bound that the sentence sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from plankb import quantities, rules
from plankb.errors import Language
from plankb.late import dataclass
from plankb.query.answering.evidence import as_asked, scope_for
from plankb.query.answering.fulltext import clauses, sentences
from plankb.query.answering.many import ManyTasks
from plankb.query.answering.quoting import quote_of
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.retrieval import Clause, Evidence, ranked_for, share_of, whole
from plankb.search.tokens import fold

Verdict = Literal["may", "may_not", "may_not_some", "may_limited"]
_KINDS = ("targets", "tasks", "passages", "projects", "deadlines", "definition", "bureaus")
_LOOKED, _CLOSE, _NEARLY, _AFTER, _TELLING, _OF_DEED = 8, 0.4, 0.7, 160, 4, 0.5
"""Passages looked at, the share of what is to be done that one must hold, what part of the best one's share, how far
behind a sentence its exception may stand, characters of words that tell a thing from others of its kind, and the share
of the deed itself that a passage must hold."""
_SAID: Mapping[str, Verdict] = MappingProxyType({"forbids": "may_not", "limits": "may_limited", "allows": "may"})
_WITH_EXCEPTIONS = ("may_not", "may_limited")
_YEARS = range(1950, 2101)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with its unit; `bound`: it is the most ("upper") or the least ("lower") that may be; None: neither."""

    number: float
    unit: str
    bound: str | None


def permitted(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """The result with yes or no first, by the sentence that says whether it may be done; as it is where the question
    asks for no leave, or no sentence says it."""
    if query.kind not in _KINDS or isinstance(result.facts, ManyTasks) or result.told:
        return result
    asks = rules.one("permissions", "leave").search(question)
    if not asks or rules.one("permissions", "denies").search(question.replace(asks.group(), "")):
        return result
    found = _ruling(query, question, library)
    if found is None:
        return result
    one, verdict, exception = found
    plan = library.vocabulary.title_of.get(one.passage.plan, one.passage.plan)
    key = f"{verdict}_but" if exception is not None and verdict in _WITH_EXCEPTIONS else verdict
    text = say("sentence", key, lang, text=quote_of(one, library) + (exception or ""), plan=plan)
    facts = tuple(fact for fact in result.facts if not result.passages)
    return Result(text=text, facts=facts, related=(one.passage,), told=True, settled=True)


def _ruling(query: Understood, question: str, library: Library) -> tuple[Evidence, Verdict, str | None] | None:
    """The passage that rules on what is asked, what it says, and the exception that it lets be."""
    asked = as_asked(query, question, library)
    scope = scope_for(asked, query, library)
    figures = tuple(_figures(asked))
    deed = whole(_thing(asked[match.end() :] if (match := rules.one("permissions", "leave").search(asked)) else asked))
    ranked = ranked_for(whole(_thing(asked), without=scope.names), scope, library)[:_LOOKED]
    best = max((one.share for one in ranked), default=0.0)
    for one in ranked:
        if one.share < max(_CLOSE, _NEARLY * best) or "\t" in one.passage.text:
            continue
        part = _part_on(one, library)
        verdict = _by_figures(part, figures)
        if verdict is None and not (deed.terms and share_of(one.passage.text, deed, library) < _OF_DEED):
            verdict = _by_words(part, one.passage.text, figures)
            verdict = "may_not_some" if verdict == "may_not" and _is_of_some(part, one.clause) else verdict
        if verdict:
            return one, verdict, _exception(one, library)
    return None


def _thing(asked: str) -> str:
    """What is to be done, without the words that ask for leave and without figures."""
    return rules.one("permissions", "asks").lazy.sub("，", _amounts().sub("，", asked))


def _part_on(one: Evidence, library: Library) -> str:
    """The clause of a sentence, of a list the item, that holds most of what is asked."""
    parts = clauses(one.passage.text, lists=lambda clause: len(list(_figures(clause))) > 1)
    return max(parts, key=lambda part: (share_of(part, one.clause, library), bool(_marks(part))))


def _by_figures(part: str, figures: tuple[_Figure, ...]) -> Verdict | None:
    """What a clause says by its bounds of the figures that are asked about; None where it bounds none of them."""
    own = [(figure, asked) for figure in _figures(part) for asked in figures if figure.bound and _alike(figure, asked)]
    if not own:
        return None
    return "may_not" if any(_breaks(asked, figure) for figure, asked in own) else "may"


def _by_words(part: str, sentence: str, figures: tuple[_Figure, ...]) -> Verdict | None:
    """What a clause says by its words, else by those before it that govern it, where all of them say the same."""
    if figures and any(figure.bound for figure in _figures(part)):
        return None  # a bound in another unit
    said = _marks(part)
    if not said and not rules.one("permissions", "turned").search(part):
        said = _marks(sentence[: sentence.find(part)])
    return _SAID[said.pop()] if len(said) == 1 else None


def _is_of_some(part: str, clause: Clause) -> bool:
    """Whether what a clause forbids is told from others of its kind by words that the question does not have (禁止新建
    噪声扰民的剧场)."""
    mark = next(
        (
            found
            for rule in rules.many("permissions", "mark")
            if rule.means == "forbids" and (found := rule.search(part))
        ),
        None,
    )
    if mark is None:
        return False
    rest = fold(part[mark.end() :])
    at = [rest.find(term) for term in clause.own if term in rest]
    before = rest[: min(at)] if at else ""
    return len(before) >= _TELLING and before.rstrip('“"').endswith("的")


def _marks(text: str) -> set[str]:
    found = {rule.means for rule in rules.many("permissions", "mark") if rule.search(text)} - {"excepts"}
    return {"forbids"} if "forbids" in found and "allows" not in found else found


def _breaks(asked: _Figure, bound: _Figure) -> bool:
    """Whether a figure that is asked about lies beyond a bound; one that is itself 以上 or 超过 reaches beyond it."""
    if bound.bound == "upper":
        return asked.number > bound.number or (asked.bound == "lower" and asked.number >= bound.number)
    return asked.number < bound.number or (asked.bound == "upper" and asked.number <= bound.number)


def _alike(one: _Figure, other: _Figure) -> bool:
    return one.unit.endswith(other.unit) or other.unit.endswith(one.unit)


def _exception(one: Evidence, library: Library) -> str | None:
    """What a sentence, or the one behind it in its paragraph, excepts: "" where the quotation holds it already."""
    excepts = [rule for rule in rules.many("permissions", "mark") if rule.means == "excepts"]
    if any(rule.search(one.passage.text) for rule in excepts):
        return ""
    end = one.passage.span[1]
    rest = library.store.text(one.passage.plan)[end : end + _AFTER].partition("\n")[0]
    following = next((text for _, text in sentences(rest)), "")
    return following if any(rule.search(following) for rule in excepts) else None


def _figures(text: str) -> Iterator[_Figure]:
    """The figures of a text with their units, years aside."""
    folded = fold(text)
    for match in _amounts().finditer(folded):
        number = float(match["number"])
        if match["unit"] == "年" and number in _YEARS:
            continue
        before, after = folded[max(0, match.start() - 12) : match.start()], folded[match.end() :]
        sides = (("bound_after", after), ("bound", before))
        means = (rule.means for name, side in sides for rule in rules.many("permissions", name) if rule.search(side))
        yield _Figure(number, match["unit"], next(means, None))


@cache
def _amounts() -> re.Pattern[str]:
    units = "|".join(
        map(re.escape, sorted({*quantities.unit_names(), *quantities.counting_words(), "度"}, key=len, reverse=True))
    )
    return re.compile(rf"(?<![\d.])(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>{units})")
