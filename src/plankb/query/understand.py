"""From a question to a query: mentions are recognised, the kind of answer decided, the topic linked to facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from plankb import rules
from plankb.errors import PlankbError
from plankb.query.answering.conditions import allowed_plans
from plankb.query.context import NOBODY, Context, named, own_words
from plankb.query.link import filters
from plankb.query.link.contents import with_contents
from plankb.query.link.inside import levels_as_places, with_places_inside
from plankb.query.link.intent import Intent, find_intent, is_measure
from plankb.query.link.parts import find_parts
from plankb.query.link.phrases import (
    cut_down,
    spelled_as_in_plans,
    with_named_places,
    with_places,
    without_area,
    without_misread_plans,
)
from plankb.query.link.relations import with_relation
from plankb.query.link.roles import Participants, participants
from plankb.query.link.sayings import with_sayings
from plankb.query.link.sides import with_sides
from plankb.query.link.topic import InTexts, TopicLink, link
from plankb.query.link.whereabouts import with_whereabouts
from plankb.query.model import Dated, Kind, Missing, Topic, Understood, ValueRange, Who
from plankb.query.normalise import english
from plankb.query.normalise.names import bare
from plankb.query.normalise.numerals import in_figures
from plankb.query.normalise.romanised import with_names
from plankb.query.normalise.spelling import respelled
from plankb.query.normalise.spoken import help_topic, is_greeting, standard
from plankb.query.recognise.keywords import Slots, fill_slots, is_foreign
from plankb.query.recognise.mentions import Mentions, find_mentions
from plankb.query.recognise.periods import merged
from plankb.query.recognise.sections import numbered
from plankb.query.recognise.terms import Term
from plankb.query.recognise.text import plain
from plankb.query.vocabulary import Vocabulary

_DATED: tuple[Dated, ...] = ("issued", "period")
_NOT, _FIGURE = "没有", re.compile(r"\d+(?:\.\d+)?%?(?:左右|以上|以下)?")
_OR = re.compile(r"\s*(?:/|或者?是?|、?还是)\s*")
LONGEST = 500
"""Characters of a question, more are refused: no question of a person is longer."""


def understand(question: str, vocabulary: Vocabulary, in_texts: InTexts, *, context: Context = NOBODY) -> Understood:
    """The query of a question; its `kind` is None where it asks for nothing that plans hold.

    `in_texts` tells whether some plan's text holds a phrase; `context` is who asks and when.
    Raises E301 for a question without a word, E302 for one that is too long.
    """
    text, slips = respelled(checked(question, vocabulary, context), vocabulary, in_texts)
    mentions = find_mentions(text, vocabulary, context=context)
    query = understood(text, mentions, vocabulary, in_texts, context=context)
    return replace(query, corrections=(*slips, *query.corrections))


def understood(
    text: str, mentions: Mentions, vocabulary: Vocabulary, in_texts: InTexts, *, context: Context = NOBODY
) -> Understood:
    """The query of a checked question and what it mentions."""
    if topic := help_topic(text):
        return Understood(kind="help", help=topic)
    if is_foreign(text, vocabulary.haystack) or is_greeting(text):
        return Understood(unknown=(text,))

    def read(rest: str) -> tuple[Mentions, Understood]:
        said = find_mentions(rest, vocabulary, context=context)
        return said, combine(said, vocabulary, in_texts, kind="targets")

    if related := with_relation(text, read, vocabulary):
        return replace(related, today=context.today)
    if placed := with_whereabouts(text, lambda rest: find_mentions(rest, vocabulary, context=context)):
        return placed
    if headed := with_contents(text, lambda rest: find_mentions(rest, vocabulary, context=context), vocabulary):
        return headed
    if spoken := with_sayings(text, lambda rest: find_mentions(rest, vocabulary, context=context)):
        return spoken
    query = filters.apply(combine(mentions, vocabulary, in_texts), mentions.filters, vocabulary, in_texts)
    own = own_words(text)
    if own and not query.who and query.kind in ("tasks", "targets", "deadlines", "bureaus"):
        query = replace(query, nobody=own.group())
    return replace(narrowed(query, vocabulary, context), today=context.today)


def narrowed(query: Understood, vocabulary: Vocabulary, context: Context = NOBODY) -> Understood:
    """The query with what its plan or place makes plain: which of several plans or bureaus of one name is meant.

    Of bureaus of several places those of the asker's own come first.
    """
    if context.place:
        query = replace(query, who=tuple(_own_first(who, context.place, vocabulary) for who in query.who))
    if query.places and len(query.plans) > max(1, len(query.plan_words)):
        near = {plan.id for plan in vocabulary.plans if plan.jurisdiction in query.places}
        query = replace(query, plans=tuple(id_ for id_ in query.plans if id_ in near) or query.plans)
    if not (query.plans or query.places or query.levels):
        return query
    own = [id_ for who in query.who for id_ in who.ids]
    if not own:
        return query
    held = vocabulary.bureaus_in([plan.id for plan in allowed_plans(query, vocabulary.plans)], own)
    return replace(query, who=tuple(_within(who, held, vocabulary) for who in query.who))


def _own_first(who: Who, place: str, vocabulary: Vocabulary) -> Who:
    ids = tuple(sorted(who.ids, key=lambda id_: vocabulary.bureaus[id_].jurisdiction != place))
    return replace(who, ids=ids, names=tuple(vocabulary.bureaus[id_].name for id_ in ids))


def _within(who: Who, held: frozenset[str], vocabulary: Vocabulary) -> Who:
    ids = tuple(id_ for id_ in who.ids if id_ in held)
    names = tuple(vocabulary.bureaus[id_].name for id_ in ids)
    return who if ids in ((), who.ids) else replace(who, ids=ids, names=names)


def checked(question: str, vocabulary: Vocabulary, context: Context = NOBODY) -> str:
    """The question as one plain line, English terms and names in Chinese, 我们 by its name. Raises E301, E302."""
    if len(question) > LONGEST:
        raise PlankbError("E302", length=len(question), limit=LONGEST)
    text = plain(question)
    if not any(char.isalnum() for char in text):
        raise PlankbError("E301")
    text = in_figures(named(standard(text), context))
    if english.has_words(text):
        text = with_names(text, vocabulary)
    return english.to_chinese(text)


def combine(mentions: Mentions, vocabulary: Vocabulary, in_texts: InTexts, *, kind: Kind | None = None) -> Understood:
    """The query of what a question mentions, typed filters apart. `kind` is what is asked for, None to find out."""
    mentions = without_misread_plans(with_named_places(mentions, in_texts), vocabulary)
    mentions, levels = without_area(mentions, vocabulary)
    mentions = cut_down(mentions, vocabulary, in_texts)
    mentions, spelling = spelled_as_in_plans(mentions, vocabulary, in_texts)
    slots = fill_slots(mentions.keywords)
    people = participants(mentions, vocabulary)
    if _asks_which(mentions):
        people = replace(people, who=(), role=people.role or next((who.role for who in people.who if who.role), None))
    intent = find_intent(slots, mentions, people, vocabulary)
    if _asks_which(mentions):
        intent = replace(intent, kind="bureaus")
    kind = kind or filters.kind_of(mentions.filters) or intent.kind
    if intent.form != "dated" and intent.aggregate not in ("highest", "lowest"):
        kind = _kind_of_place(kind, slots, mentions, vocabulary, in_texts)
    mentions = with_places(mentions, kind, vocabulary, in_texts)
    linked = _linked(mentions, kind, intent, vocabulary, in_texts)
    things = [term for term in mentions.terms if not _is_generic(term.text, vocabulary)]
    parts, intent = _parts(things, kind, intent, mentions, vocabulary)
    if parts:
        linked = TopicLink(topic=_united(parts))
    elif kind == "plans":
        linked = _either(linked, mentions)
    seat = _seat(mentions, vocabulary) if kind == "bureaus" and not people.who else None
    if seat:
        linked = TopicLink()
    if kind == "definition" and not mentions.terms:
        kind = None
    query = _understood(mentions, slots, people, replace(intent, kind=kind), linked)
    query = _linked_where_asked(query, mentions, intent, vocabulary, in_texts)
    query = replace(query, levels=tuple(dict.fromkeys((*query.levels, *levels))), parts=parts, seat=seat)
    if not _of_their_plans(mentions):
        query = levels_as_places(query, vocabulary)
    query = with_sides(with_places_inside(query, vocabulary), mentions, vocabulary)
    return replace(query, corrections=(*query.corrections, *spelling))


def _of_their_plans(mentions: Mentions) -> bool:
    """Whether the levels of a question are those of plans (省方案给贵阳定的), no places."""
    of_plans = rules.one("question_forms", "plan_after").regex
    return bool(mentions.levels) and all(of_plans.match(mentions.text, span[1]) for _, span in mentions.levels)


def _either(linked: TopicLink, mentions: Mentions) -> TopicLink:
    """The topic of plans that need only have one of several names (哪些规划提到地热能/氢能); a name that no text holds
    is told and spoils nothing."""
    ends = [term.span for term in mentions.terms]
    between = [mentions.text[before[1] : after[0]] for before, after in pairwise(ends)]
    if not between or not all(_OR.fullmatch(said) for said in between) or not linked.topic:
        return linked
    topic = replace(linked.topic, either=True)
    return replace(linked, topic=topic, unknown=(), ignored=(*linked.ignored, *linked.unknown))


def _linked_where_asked(
    query: Understood, mentions: Mentions, intent: Intent, vocabulary: Vocabulary, in_texts: InTexts
) -> Understood:
    """The query with its topic linked to the plans that it asks for, where what it was linked to is in none of them.

    What one plan calls by the very words (光伏、风电装机) another may call by others.
    """
    narrow = bool(query.places or query.plans or query.levels)
    if not (narrow and query.kind in ("targets", "tasks") and query.topic and query.topic.labels):
        return query
    plans = frozenset(plan.id for plan in allowed_plans(query, vocabulary.plans))
    if not plans or not plans.isdisjoint(vocabulary.plans_of(query.topic.labels)):
        return query
    linked = _linked(mentions, query.kind, intent, vocabulary.within(plans), in_texts)
    if not (linked.topic and linked.topic.labels) or linked.unknown:
        return query
    return replace(query, topic=linked.topic, ignored=tuple(dict.fromkeys((*query.ignored, *linked.ignored))))


def _parts(
    things: Sequence[Term], kind: Kind | None, intent: Intent, mentions: Mentions, vocabulary: Vocabulary
) -> tuple[tuple[Topic, ...], Intent]:
    """The things that are compared or added, and the intent: things that are told to be counted together are added."""
    if _has_parts(kind, intent) and not mentions.from_baseline:
        return find_parts(things, intent.form, vocabulary), intent
    if kind != "targets" or intent.form or not rules.one("question_forms", "adds").search(mentions.text):
        return (), intent
    parts = find_parts(things, "sum", vocabulary)
    return parts, replace(intent, form="sum", aggregate=None) if parts else intent


def _has_parts(kind: Kind | None, intent: Intent) -> bool:
    """Whether things may stand side by side in a question: it compares or adds figures."""
    return kind == "targets" and (
        intent.form in ("more", "sum", "higher", "lower", "ratio") or intent.aggregate in ("highest", "lowest")
    )


def _united(parts: Sequence[Topic]) -> Topic:
    labels = dict.fromkeys(id_ for part in parts for id_ in part.labels)
    words = dict.fromkeys(word for part in parts for word in part.words)
    return Topic(words=tuple(words), labels=tuple(labels))


def _seat(mentions: Mentions, vocabulary: Vocabulary) -> str | None:
    """The zone or place whose own bureaus are asked for (贵安新区有哪些单位), where it is all that a question names."""
    if len(mentions.terms) != 1 or mentions.places or mentions.plans or mentions.periods:
        return None
    return next((place for place in vocabulary.bureau_places if place == mentions.terms[0].text), None)


def _asks_which(mentions: Mentions) -> bool:
    """Whether a question asks which of two bureaus it is (由市住建局牵头还是市生态环境局牵头)."""
    spans = [mention.span for mention in mentions.bureaus]
    return len(spans) == 2 and bool(mentions.terms) and "还是" in mentions.text[spans[0][1] : spans[1][0]]


def _linked(
    mentions: Mentions, kind: Kind | None, intent: Intent, vocabulary: Vocabulary, in_texts: InTexts
) -> TopicLink:
    terms = [term for term in mentions.terms if not _is_generic(term.text, vocabulary)]
    if kind is None:
        return TopicLink(unknown=tuple(term.text for term in terms))
    if kind == "projects" and (intent.aggregate or mentions.measure):  # by which size they are ordered, or added
        terms = [term for term in terms if not rules.one("question_forms", "size_word").fullmatch(term.text)]
    quoted = [plan.said for plan in mentions.plans if plan.quoted and not plan.ids]
    looked_up = intent.counted if kind == "plans" and intent.counted else kind
    if quoted and "citations" in (kind, intent.counted):
        terms = [Term(said, (0, 0), attached=True) for said in quoted]
    alone = not (mentions.bureaus or mentions.plans or mentions.periods or mentions.places)
    return link(terms, looked_up, vocabulary, in_texts, alone=alone)


def _kind_of_place(
    kind: Kind | None, slots: Slots, mentions: Mentions, vocabulary: Vocabulary, in_texts: InTexts
) -> Kind | None:
    """The kind of answer; the texts are asked where no kind is said and only they speak of a place (六盘水氢能), or
    have a word as it stands (岩溶碳汇)."""
    open_ = kind in ("targets", "tasks", "projects") and not (slots.asked or slots.named or "howmuch" in slots.filled)
    strange = [place for place in mentions.places if not place.known and not vocabulary.holds(place.said)]
    if open_ and len(mentions.terms) == 1 and not strange and not is_measure(mentions.terms[0].text):
        said = mentions.terms[0].text
        return "passages" if not vocabulary.holds(bare(said)) and in_texts(said) else kind
    held = all(in_texts(phrase) for phrase in (*(place.said for place in strange), *(t.text for t in mentions.terms)))
    measures = kind == "targets" and all(is_measure(term.text) for term in mentions.terms)
    return "passages" if open_ and mentions.terms and strange and held and not measures else kind


def _is_generic(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is no topic: a lone sign, or the unit of what is asked (是多少万立方米)."""
    is_unit = any(unit == word or (len(word) > 1 and unit.endswith(word)) for unit in vocabulary.units)
    return is_unit or (len(word) < 2 and word.isascii()) or _FIGURE.fullmatch(word) is not None


def _understood(
    mentions: Mentions, slots: Slots, people: Participants, intent: Intent, linked: TopicLink
) -> Understood:
    section = linked.section or mentions.section_name
    if mentions.section_numbers:
        section = numbered(mentions.section_numbers)
    plans, plan_words, unknown_plans = _plans(mentions, intent)
    claims = _claims(mentions, intent)
    absent = "absent" in slots.filled and intent.kind == "plans"
    denied = () if absent or "absent" not in slots.filled else (_NOT,)
    places, not_places, unknown_places = _places(mentions)
    return Understood(
        kind=intent.kind,
        who=people.who,
        together=people.together or _shared_by_places(mentions, slots, intent),
        role=people.role,
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
        most_bodies="bodies" in slots.filled,
        by_section="sections" in slots.filled,
        nature="any" if len(slots.natures) > 1 else slots.values.get("nature"),
        baseline=True if "baseline" in slots.filled else None,
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
        dated=_dated(slots, intent),
        mentioned="mentioned" in slots.filled or absent,
        absent=absent,
        from_baseline=mentions.from_baseline,
        unknown=(*unknown_plans, *unknown_places, *linked.unknown),
        ignored=(*linked.ignored, *mentions.left, *denied),
        corrections=(*((m.said, m.meant) for m in mentions.bureaus if m.meant), *linked.corrections),
    )


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


def _dated(slots: Slots, intent: Intent) -> Dated | None:
    if intent.kind == "plans" and slots.asked == ("deadlines",):
        return "period" if "compare" in slots.filled else "issued"
    return next((slot for slot in _DATED if slot in slots.filled), None)


def _document(mentions: Mentions) -> str | None:
    """The kind of document that is asked for (引用了哪些标准); None for documents of any kind."""
    asked = "".join(mentions.text[slice(*word.span)] for word in mentions.keywords if word.value == "citations")
    return next((rule.means for rule in rules.many("questions", "document_kind") if rule.means in asked), None)


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
