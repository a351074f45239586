"""A query as a row of conditions that a person can read, and take out one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plankb.errors import Language
from plankb.late import dataclass
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Changes, Period, Understood, Who
from plankb.words import word


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words, and the query without it; `rest` is None where it cannot be taken out.

    `name` is what it is a condition on ("who", "by", "place").
    """

    label: str
    rest: Understood | None
    name: str = "kind"


def chips(query: Understood, library: Library, lang: Language = "zh") -> tuple[Chip, ...]:
    """The conditions of a query, what is asked for first."""
    if query.kind is None:
        return ()
    return (Chip(say("kind", query.kind, lang), None), *_chips(query, library, lang))


def conditions(query: Understood, library: Library, lang: Language) -> Iterator[tuple[str, str]]:
    """Each condition of a query that is no bureau, by the name of its field: its words."""
    for _, text, without in _simple(query, library, lang):
        if text:
            yield next(iter(without)), text


def _chips(query: Understood, library: Library, lang: Language) -> Iterator[Chip]:
    for index, who in enumerate(query.who):
        others = query.who[:index] + query.who[index + 1 :]
        yield Chip(_bureau(who, lang), replace(query, who=others, together=query.together and len(others) > 1), "who")
    for name, text, without in _simple(query, library, lang):
        if text:
            yield Chip(say("chip", name, lang, text=text), replace(query, **without), name)


def _simple(query: Understood, library: Library, lang: Language) -> list[tuple[str, str, Changes]]:
    """Name of the chip, its words ("" where there is no such condition), the fields without it."""
    titles = library.vocabulary.title_of
    plans = joined((titles.get(plan, plan) for plan in query.plans), lang)
    words = " ".join(query.words)
    return [
        ("claim", joined((claim.as_text() for claim in query.claims), lang), {"claims": (), "form": None}),
        ("base_year", query.base_year or "", {"base_year": None}),
        ("measure", query.measure or "", {"measure": None}),
        ("only", say("role", query.only, lang) if query.only else "", {"only": None}),
        ("role", say("role", query.role, lang) if query.role else "", {"role": None}),
        ("topic", "" if query.parts else words, {"topic": None}),
        (
            "parts",
            joined((" ".join(part.words) for part in query.parts), lang),
            {"parts": (), "topic": None, "form": None},
        ),
        ("denied", " ".join(query.denied.words) if query.denied else "", {"denied": None}),
        ("turn", say("turn", query.turn, lang) if query.turn else "", {"turn": None}),
        ("seat", query.seat or "", {"seat": None}),
        ("group", say("group", query.group, lang) if query.group else "", {"group": None}),
        ("section", query.section or "", {"section": None}),
        ("by", _period(query.period), {"period": None}),
        ("not_by", joined((_period(one) for one in query.not_periods), lang), {"not_periods": ()}),
        ("plan", plans, {"plans": (), "plan_words": ()}),
        ("not_plan", joined((titles.get(plan, plan) for plan in query.not_plans), lang), {"not_plans": ()}),
        ("place", joined(query.places, lang), {"places": ()}),
        ("not_place", joined(query.not_places, lang), {"not_places": ()}),
        ("document", query.document or "", {"document": None}),
        ("level", joined((word("level", level, lang) for level in query.levels), lang), {"levels": ()}),
        ("value", query.value.as_text() if query.value else "", {"value": None}),
        ("unit", query.unit or "", {"unit": None}),
        ("nature", word("nature", query.nature, lang), {"nature": None}),
        ("baseline", _yes(query.baseline, lang), {"baseline": None}),
        ("stretch", _yes(query.stretch, lang), {"stretch": None}),
        ("qualitative", _yes(query.qualitative, lang), {"qualitative": None}),
        ("bodies", _bodies(query, lang), {"bodies": None, "bodies_order": None}),
        ("alone", say("chip", "alone", lang) if query.sole else "", {"sole": False}),
        ("missing", joined((say("missing", one, lang) for one in query.missing), lang), {"missing": ()}),
        ("state", say("state", query.state, lang) if query.state else "", {"state": None}),
        ("compare", say("compare", query.compare, lang) if query.compare else "", {"compare": None}),
        ("aggregate", say("aggregate", query.aggregate, lang) if query.aggregate else "", {"aggregate": None}),
    ]


def _bureau(who: Who, lang: Language) -> str:
    name = joined(who.names or who.collectives, lang) or who.said
    text = f"{say('role', who.role or 'any', lang)}：{name}" if lang == "zh" else f"{who.role or 'any role'}: {name}"
    if who.sole:
        text += say("chip", "sole", lang)
    if who.without:
        text += say("chip", "not_role", lang, text=say("role", who.without, lang))
    return say("chip", "excluded", lang, text=text) if who.excluded else text


def _period(period: Period | None) -> str:
    return period.as_text() if period else ""


def _bodies(query: Understood, lang: Language) -> str:
    if query.bodies_order:
        return say("aggregate", query.bodies_order, lang)
    return query.bodies.as_text() if query.bodies else ""


def _yes(value: bool | None, lang: Language) -> str:
    return "" if value is None else say("yes", "yes" if value else "no", lang)
