"""What kind of facts a question asks for, from its words and, where these do not say, from what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plankb import rules
from plankb.query.matching import bare
from plankb.query.model import Aggregate, Compare, Kind
from plankb.query.reading import Reading
from plankb.query.residue import Term, is_number
from plankb.query.roles import Cast
from plankb.query.signals import Signals
from plankb.query.subject import likely_kind
from plankb.query.vocabulary import Vocabulary

_OF_TARGETS = {"nature", "stretch", "qualitative", "baseline", "now"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The kind of the answer; `counted` is what a ranking counts, or what plans are asked to hold."""

    kind: Kind | None
    counted: Kind | None = None
    aggregate: Aggregate | None = None
    compare: Compare | None = None


def decide(signals: Signals, reading: Reading, cast: Cast, vocabulary: Vocabulary) -> Aim:
    """The aim of a question; `kind` None where nothing says what is asked for."""
    aggregate = signals.aggregates[0] if signals.aggregates else None
    compare = _compare(signals, reading)
    if any(is_number(term.text) for term in reading.terms) and "bureaus" not in signals.asked:
        plans = "plans" in signals.asked and "citations" in signals.asked
        return Aim(kind="plans" if plans else "citations", counted="citations" if plans else None)
    ranked = _ranking(signals, limited=reading.limit is not None)
    if _asks_for_terms(signals, reading):
        return Aim(kind=None)
    special = _conflicts(signals) or _superlative(signals, compare) or ranked or _of_plans(signals)
    if special:
        return special
    # bureaus answer for tasks: 市委组织部牵头的项目 are tasks
    kind = _asked(signals, dated=bool(reading.periods)) or _implied(signals, reading, cast, vocabulary)
    if kind == "projects" and cast.who:
        kind = "tasks"
    if "howmuch" in signals.slots and kind and kind != "targets" and not signals.asked:
        aggregate = aggregate or "count"
    if kind == "targets" and "now" in signals.slots:
        compare = compare or "years"
    return Aim(kind=kind, aggregate=aggregate, compare=compare if kind in ("targets", "tasks", "deadlines") else None)


def _asks_for_terms(signals: Signals, reading: Reading) -> bool:
    """牵头和配合的区别, 约束性和预期性有什么不同: of words of these plans, not of what stands in them."""
    roles = {word.value for word in reading.words if word.slot == "role"}
    nothing_else = not (reading.bureaus or reading.plans or reading.terms or reading.periods or reading.places)
    return nothing_else and "compare" in signals.slots and (len(roles) > 1 or len(signals.natures) > 1)


def _conflicts(signals: Signals) -> Aim | None:
    if "conflicts" not in signals.asked:
        return None
    return Aim(kind="conflicts", aggregate=_counting(signals))


def _superlative(signals: Signals, compare: Compare | None) -> Aim | None:
    """哪个规划的X最高: the targets in that order, since a plan's record does not show them."""
    aggregate = next((one for one in signals.aggregates if one in ("highest", "lowest")), None)
    if aggregate is None:
        return None
    return Aim(kind="targets", aggregate=aggregate, compare="plans" if "plans" in signals.asked else compare)


def _ranking(signals: Signals, *, limited: bool) -> Aim | None:
    """最多的单位, and the first so many (前三的单位) of what can only be put in order by its number of facts."""
    kinds = (*signals.asked, *signals.named)
    if "latest" in signals.aggregates:
        return Aim(kind="plans", aggregate="latest")
    aggregate: Aggregate | None = next((one for one in signals.aggregates if one in ("most", "least")), None)
    if aggregate is None and limited and {"bureaus", "plans"} & set(kinds):
        aggregate = "most"
    if aggregate is None:
        return None
    plans = "plans" in signals.asked and "bureaus" not in signals.asked
    counted: Kind = next((kind for kind in kinds if kind in ("tasks", "targets", "projects", "citations")), "tasks")
    return Aim(kind="plans" if plans else "bureaus", counted=counted, aggregate=aggregate)


def _of_plans(signals: Signals) -> Aim | None:
    """哪些规划…: plans, told by what they hold where that is named too."""
    if "plans" not in signals.asked or "bureaus" in signals.asked:
        return None
    if "tasks" in signals.asked or "projects" in signals.asked or "compare" in signals.slots:
        return None
    others = [kind for kind in (*signals.asked, *signals.named) if kind not in ("plans", "definition")]
    return Aim(kind="plans", counted=others[0] if others else None, aggregate=_counting(signals))


def _counting(signals: Signals) -> Aggregate | None:
    return "count" if "count" in signals.aggregates else None


def _compare(signals: Signals, reading: Reading) -> Compare | None:
    compare: Compare | None = signals.values.get("compare")
    several = len({year for mention in reading.periods for year in mention.period.years}) > 1
    if compare and several and len(reading.plans) < 2 and "plans" not in signals.asked:
        return "years"
    return compare


def _asked(signals: Signals, *, dated: bool) -> Kind | None:
    """The kind that a question word asks for; what a count counts comes first.

    Where a time is given (targets with a deadline of 2023) its word asks for nothing.
    """
    asked = [kind for kind in signals.asked if kind != "plans" or len(signals.asked) == 1]
    if "definition" in asked:
        rest = [kind for kind in (*asked, *signals.named) if kind != "definition"]
        return rest[0] if rest else "definition"
    first: tuple[Kind, ...] = ("citations", "bureaus", "deadlines")
    named = [kind for kind in signals.named if kind in ("targets", "tasks")]
    if dated and named and asked == ["deadlines"]:
        return named[0]
    return next((kind for kind in first if kind in asked), asked[0] if asked else None)


def _implied(signals: Signals, reading: Reading, cast: Cast, vocabulary: Vocabulary) -> Kind | None:
    if reading.value and not signals.named and likely_kind(reading.terms, vocabulary) == "projects":
        return "projects"
    about_targets = bool(
        reading.value or reading.unit or {"nature", "stretch", "qualitative", "baseline", "now"} & signals.slots
    )
    named = [kind for kind in signals.named if kind != "targets" or not about_targets]
    if signals.slots & {"issued", "period"} and not named:
        return "plans"
    if "due" in signals.slots and not named:
        return "deadlines" if reading.periods or not cast.who else "tasks"
    if about_targets and "tasks" not in named:
        return "targets"
    if signals.missing:
        return "targets" if named == ["targets"] and signals.missing == ("by",) else "tasks"
    if named:
        return "tasks" if "tasks" in named else "bureaus" if "bureaus" in named else named[0]
    if cast.who or ("role" in signals.slots and not signals.weak):
        return "tasks"
    likely = likely_kind(reading.terms, vocabulary) if reading.terms else None
    if signals.weak and reading.terms and not _is_measure(reading.terms[-1], likely):
        return "definition"
    if likely:
        return likely
    if signals.slots & {"howmuch", "compare"}:
        return "targets" if reading.terms else None
    if reading.terms:
        return "passages"
    return _bare(signals, reading)


def _is_measure(term: Term, likely: Kind | None) -> bool:
    """Whether what is asked for by X是什么 is the value of a measure, or a task by its title: nothing to define."""
    if likely == "tasks":
        return term.whole
    ends = rules.load("questions")["measure"]["ends"]
    return likely == "targets" and (term.whole or bool(re.search(ends, bare(term.text))))


def _bare(signals: Signals, reading: Reading) -> Kind | None:
    """The kind of a question that holds nothing but a section, a time, a plan or a place."""
    if any(number["box"] for number in reading.section_numbers):
        return "projects"
    if reading.section_name or reading.section_numbers:
        return "tasks"
    if reading.periods:
        return "deadlines"
    if "aggregate" in signals.slots and reading.plans:
        return "tasks"
    return "plans" if reading.plans or reading.places or reading.levels else None
