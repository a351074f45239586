"""A query put together from what a question mentions, its words, who takes part, what is asked for and its topic."""

from __future__ import annotations

from typing import Literal

from plankb import rules
from plankb.model import ROLES, Nature, Role
from plankb.query.asked import BASIS
from plankb.query.link.intent import Intent
from plankb.query.link.roles import Participants
from plankb.query.link.topic import TopicLink
from plankb.query.model import Dated, Missing, Understood, ValueRange
from plankb.query.recognise.keywords import Slots
from plankb.query.recognise.mentions import Mentions
from plankb.query.recognise.periods import merged
from plankb.query.recognise.sections import numbered

_DATED: tuple[Dated, ...] = ("issued", "period")
_NOT = "没有"


def assembled(mentions: Mentions, slots: Slots, people: Participants, intent: Intent, linked: TopicLink) -> Understood:
    """The query; `intent` holds the kind that is settled, `linked` what the topic was linked to."""
    by_number = numbered(mentions.section_numbers) if mentions.section_numbers else None
    section = by_number or linked.section or mentions.section_name
    plans, plan_words, unknown_plans = _plans(mentions, intent)
    claims = _claims(mentions, intent)
    absent = "absent" in slots.filled and intent.kind == "plans"
    denied = () if absent or "absent" not in slots.filled else (_NOT,)
    places, not_places, unknown_places = _places(mentions)
    return Understood(
        kind=intent.kind,
        who=people.who,
        together=people.together or _shared_by_places(mentions, slots, intent),
        role=people.role or _role_counted(mentions),
        period=merged(tuple(said for said in mentions.periods if said.span not in mentions.excluded)),
        not_periods=tuple(said.period for said in mentions.periods if said.span in mentions.excluded),
        plans=plans,
        not_plans=tuple(id_ for plan in mentions.plans if plan.span in mentions.excluded for id_ in plan.ids),
        plan_words=plan_words,
        places=places,
        not_places=not_places,
        levels=tuple(level for level, _ in mentions.levels),
        topic=linked.topic,
        section=section,
        value=None if claims else mentions.value,
        claims=claims,
        unit=mentions.unit,
        measure=mentions.measure if intent.kind in ("targets", "projects") and intent.aggregate is None else None,
        base_year=mentions.base_year,
        form="remaining" if mentions.remaining and (mentions.periods or linked.topic) else intent.form,
        amount=_asks_amount(slots, intent),
        only=slots.values.get("only"),
        group=mentions.group,
        sole="sole" in slots.filled and not people.who,
        bodies=mentions.bodies,
        bodies_order=slots.values.get("bodies"),
        by_section="sections" in slots.filled,
        nature=_nature(slots),
        baseline=slots.values.get("baseline"),
        reason="why" in slots.filled,
        turn=slots.values.get("turn"),
        stretch=slots.values.get("stretch"),
        qualitative=slots.values.get("qualitative"),
        missing=_missing(slots, people),
        state=slots.values.get("state"),
        verdict=slots.values.get("verdict"),
        compare=intent.compare,
        aggregate=intent.aggregate,
        counted=intent.counted,
        limit=mentions.limit if intent.aggregate in ("most", "least", "highest", "lowest") else None,
        due="due" in slots.filled or (intent.kind == "deadlines" and "deadlines" not in slots.asked),
        document=_document(mentions),
        dated=_dated(slots, intent, mentions),
        mentioned="mentioned" in slots.filled or absent,
        absent=absent,
        from_baseline=mentions.from_baseline,
        unknown=(*unknown_plans, *unknown_places, *linked.unknown),
        ignored=(*linked.ignored, *mentions.left, *denied),
        corrections=(*((m.said, m.meant) for m in mentions.bureaus if m.meant), *linked.corrections),
    )


def _role_counted(mentions: Mentions) -> Role | None:
    """The role whose bureaus are counted (牵头单位最多的任务)."""
    said = [value for word in mentions.keywords for slot, value in word.also if slot == "role"]
    return next((role for role in ROLES if role in said), None)


def _places(mentions: Mentions) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The places that are asked for, those that are left out, and those that nobody knows."""
    wanted = [place for place in mentions.places if place.span not in mentions.excluded]
    known = dict.fromkeys(place.name for place in wanted if place.known)
    left_out = dict.fromkeys(p.name for p in mentions.places if p.known and p.span in mentions.excluded)
    return tuple(known), tuple(left_out), tuple(place.name for place in wanted if not place.known)


def _claims(mentions: Mentions, intent: Intent) -> tuple[ValueRange, ...]:
    """The figures that a question puts forward: of one that asks whether a figure is right, that figure."""
    if intent.form in ("verify", "year", "floor", "ceiling", "bound") and mentions.value:
        return (mentions.value,)
    return mentions.claims


def _asks_amount(slots: Slots, intent: Intent) -> bool:
    """Whether an amount is asked for: how much, or how many of what targets count."""
    return "howmuch" in slots.filled or (intent.kind == "targets" and "count" in slots.aggregates and not slots.named)


def _shared_by_places(mentions: Mentions, slots: Slots, intent: Intent) -> bool:
    """Whether what several places or plans all have is asked for (贵阳和资阳都有的指标)."""
    named = {place.name for place in mentions.places if place.known} | {plan.ids for plan in mentions.plans}
    return intent.kind == "targets" and "together" in slots.filled and not mentions.bureaus and len(named) > 1


def _dated(slots: Slots, intent: Intent, mentions: Mentions) -> Dated | None:
    if intent.kind == "plans" and slots.asked == ("deadlines",):
        of_term = rules.one("question_forms", "plan_term").search(mentions.text)
        return "period" if "compare" in slots.filled or of_term else "issued"
    return next((slot for slot in _DATED if slot in slots.filled), None)


def _document(mentions: Mentions) -> str | None:
    """The kind of document that is asked for (引用了哪些标准, the ground of a plan); None for documents of any kind."""
    if any(slot == "basis" for word in mentions.keywords for slot, _ in word.also):
        return BASIS
    asked = "".join(mentions.text[slice(*word.span)] for word in mentions.keywords if word.value == "citations")
    return next((rule.means for rule in rules.many("questions", "document_kind") if rule.means in asked), None)


def _nature(slots: Slots) -> Nature | Literal["any"] | None:
    """The nature asked for; any where several are, or the table of indicators as a whole."""
    return "any" if len(slots.natures) > 1 else (*slots.natures, slots.values.get("nature"))[0]


def _missing(slots: Slots, people: Participants) -> tuple[Missing, ...]:
    """What tasks lack; a role that is denied of no bureau (不牵头的任务) is one that they lack."""
    denied = "not_role" in slots.filled and not people.who and "lead" not in slots.missing
    return (*slots.missing, "lead") if denied else slots.missing


def _plans(mentions: Mentions, intent: Intent) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Ids of the plans named, the words that name them, and the titles that no plan has."""
    wanted = [plan for plan in mentions.plans if plan.span not in mentions.excluded]
    ids = tuple(dict.fromkeys(id_ for plan in wanted for id_ in plan.ids))
    words = tuple(plan.said for plan in wanted if plan.ids)
    citing = "citations" in (intent.kind, intent.counted)
    unknown = () if citing else tuple(plan.said for plan in wanted if not plan.ids)
    return ids, words, unknown
