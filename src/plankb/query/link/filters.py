"""Typed filters put into a query; they win over what the words say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from plankb import numbers
from plankb.kept_patterns import compiled
from plankb.model import ROLES, Role
from plankb.query.link.topic import InTexts, link
from plankb.query.model import Changes, Kind, Period, Understood, ValueRange, Who
from plankb.query.normalise.names import bare
from plankb.query.normalise.pronunciation import nearest
from plankb.query.recognise.bureaus import bureau_ids
from plankb.query.recognise.filters import Filter, code
from plankb.query.recognise.periods import find_periods, merged
from plankb.query.recognise.plans import plans_of
from plankb.query.recognise.terms import Term
from plankb.query.recognise.text import QuestionText
from plankb.query.vocabulary import Vocabulary

_FIGURE = compiled(r"(?P<sign>>=|<=|≥|≤|>|<|=)?\s*(?P<number>\d+(?:\.\d+)?)(?P<unit>.*)")


def kind_of(filters: Sequence[Filter]) -> Kind | None:
    """The kind that is typed, or that a typed filter implies; None where none does."""
    for filter_ in filters:
        if filter_.key == "kind" and (kind := code("kind", filter_.value)):
            return kind  # type: ignore[return-value]
    keys = {filter_.key for filter_ in filters}
    if keys & {"indicator", "unit", "nature", "stretch", "value"}:
        return "targets"
    return "tasks" if keys & {"lead", "support", "joint", "bureau"} else None


def apply(understood: Understood, filters: Sequence[Filter], vocabulary: Vocabulary, in_texts: InTexts) -> Understood:
    """The query with the typed filters in it."""
    for filter_ in filters:
        understood = _apply(understood, filter_, vocabulary, in_texts)
    if filters and understood.kind is None and not understood.unknown:
        by_plan = {filter_.key for filter_ in filters} <= {"plan", "place", "kind"}
        return replace(understood, kind="plans" if by_plan else "tasks")
    return understood


def _apply(understood: Understood, filter_: Filter, vocabulary: Vocabulary, in_texts: InTexts) -> Understood:
    if filter_.key in (*ROLES, "bureau"):
        role: Role | None = None if filter_.key == "bureau" else filter_.key  # type: ignore[assignment]
        who = _who(filter_.value, role, vocabulary)
        meant = ((filter_.value, who.said),) if filter_.value != who.said else ()
        together = understood.together or bool(understood.who)
        return replace(
            understood, who=(*understood.who, who), together=together, corrections=(*understood.corrections, *meant)
        )
    if filter_.key in ("indicator", "text"):
        return _topic(understood, filter_.value, vocabulary, in_texts)
    if filter_.key == "plan":
        return _plan(understood, filter_.value, vocabulary)
    if filter_.key == "place":
        return _place(understood, filter_.value, vocabulary)
    return _SIMPLE[filter_.key](understood, filter_)


def _who(name: str, role: Role | None, vocabulary: Vocabulary) -> Who:
    ids = bureau_ids(name, vocabulary)
    said = name
    if not ids and (meant := nearest(name, vocabulary.bureau_names)):
        ids, said = bureau_ids(meant, vocabulary), meant
    return Who(said=said, ids=ids, names=tuple(vocabulary.bureaus[id_].name for id_ in ids), role=role)


def _topic(understood: Understood, words: str, vocabulary: Vocabulary, in_texts: InTexts) -> Understood:
    linked = link([Term(words, (0, len(words)), attached=True)], understood.kind or "tasks", vocabulary, in_texts)
    return replace(
        understood,
        topic=linked.topic,
        section=linked.section or understood.section,
        unknown=(*understood.unknown, *linked.unknown),
        corrections=(*understood.corrections, *linked.corrections),
    )


def _period(understood: Understood, filter_: Filter) -> Understood:
    said = filter_.value
    if filter_.sign in ("<", "<=", "≤"):
        return replace(understood, period=Period(end=f"{said[:4]}-12-31"))
    if filter_.sign in (">", ">=", "≥"):
        return replace(understood, period=Period(start=f"{said[:4]}-01-01"))
    if re.fullmatch(r"\d{4}(?:[,，、]\d{4})+", said):
        return replace(understood, period=Period(years=tuple(re.findall(r"\d{4}", said))))
    span = re.fullmatch(r"(\d{4})?\.\.(\d{4})?", said)
    if span:
        start, end = span.groups()
        return replace(
            understood, period=Period(start=f"{start}-01-01" if start else None, end=f"{end}-12-31" if end else None)
        )
    period = merged(find_periods(QuestionText(said)))
    if period is None:
        return replace(understood, unknown=(*understood.unknown, said))
    return replace(understood, period=period)


def _plan(understood: Understood, value: str, vocabulary: Vocabulary) -> Understood:
    ids = plans_of(value, vocabulary)
    if not ids:
        return replace(understood, unknown=(*understood.unknown, value))
    return replace(understood, plans=ids, plan_words=(value,))


def _place(understood: Understood, value: str, vocabulary: Vocabulary) -> Understood:
    name = vocabulary.place_names.get(value)
    if name is None:
        return replace(understood, unknown=(*understood.unknown, value))
    return replace(understood, places=(name,))


def _section(understood: Understood, filter_: Filter) -> Understood:
    return replace(understood, section=bare(filter_.value))


def _value(understood: Understood, filter_: Filter) -> Understood:
    match = _FIGURE.fullmatch(filter_.value)
    number = numbers.parse(match["number"]) if match else None
    if match is None or number is None:
        return replace(understood, unknown=(*understood.unknown, filter_.value))
    sign = (filter_.sign if filter_.sign != ":" else match["sign"] or "=").replace("≥", ">=").replace("≤", "<=")
    low = number if sign in (">", ">=", "=") else None
    high = number if sign in ("<", "<=", "=") else None
    unit = match["unit"].strip() or None
    value = ValueRange(low=low, high=high, low_open=sign == ">", high_open=sign == "<", unit=unit)
    return replace(understood, value=value)


def _set(field: str) -> Callable[[Understood, Filter], Understood]:
    def set_field(understood: Understood, filter_: Filter) -> Understood:
        value: object = filter_.value
        if field in ("nature", "kind"):
            value = code(field, filter_.value)
        elif field == "stretch":
            value = filter_.value.lower() not in ("no", "false", "否", "0")
        if value is None:
            return replace(understood, unknown=(*understood.unknown, filter_.value))
        changes: Changes = {field: value}
        return replace(understood, **changes)

    return set_field


_SIMPLE: dict[str, Callable[[Understood, Filter], Understood]] = {
    "by": _period,
    "section": _section,
    "value": _value,
    "unit": _set("unit"),
    "nature": _set("nature"),
    "stretch": _set("stretch"),
    "kind": _set("kind"),
}
