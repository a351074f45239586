"""From a question to a query: mentions are recognised, the kind of answer decided, the topic linked to facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from plankb import rules
from plankb.errors import PlankbError
from plankb.query.answering.conditions import allowed_plans
from plankb.query.context import NOBODY, Context, named, own_words
from plankb.query.link import filters
from plankb.query.link.assemble import assembled
from plankb.query.link.boxes import Reading, with_box
from plankb.query.link.contents import with_contents
from plankb.query.link.denied import with_denied
from plankb.query.link.inside import levels_as_places, with_places_inside
from plankb.query.link.intent import Intent, find_intent, is_measure
from plankb.query.link.parts import find_parts
from plankb.query.link.phrases import (
    cut_down,
    place_apart,
    spelled_as_in_plans,
    with_named_places,
    with_places,
    without_area,
    without_misread_plans,
)
from plankb.query.link.relations import with_relation
from plankb.query.link.roles import participants
from plankb.query.link.sayings import with_sayings, with_titled
from plankb.query.link.sides import with_sides
from plankb.query.link.topic import InTexts, TopicLink, link
from plankb.query.link.whereabouts import with_whereabouts
from plankb.query.model import Kind, Topic, Understood, Who
from plankb.query.normalise import english
from plankb.query.normalise.names import bare
from plankb.query.normalise.numerals import in_figures
from plankb.query.normalise.romanised import with_names
from plankb.query.normalise.short_names import with_shares, with_zones
from plankb.query.normalise.spelling import respelled
from plankb.query.normalise.spoken import help_topic, is_greeting, listed, standard
from plankb.query.recognise.keywords import Slots, fill_slots, is_foreign
from plankb.query.recognise.mentions import Mentions, find_mentions
from plankb.query.recognise.terms import Term
from plankb.query.recognise.text import plain
from plankb.query.vocabulary import Vocabulary

_TITLED = 3
"""Characters of a topic that may stand for the plans whose titles hold it."""
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
        return read_as(rest, "targets")

    def read_as(rest: str, kind: Kind | None) -> tuple[Mentions, Understood]:
        said = find_mentions(rest, vocabulary, context=context)
        return said, combine(said, vocabulary, in_texts, kind=kind)

    why = rules.one("question_forms", "asks_why").search(text)
    if not why and (related := with_relation(text, read, vocabulary)):
        return replace(related, today=context.today)
    if found := _of_headings(text, read_as, vocabulary, in_texts, context):
        return found
    if rest := with_denied(text, read_as):
        return replace(narrowed(rest, vocabulary, context), today=context.today)
    query = filters.apply(combine(mentions, vocabulary, in_texts), mentions.filters, vocabulary, in_texts)
    own = own_words(text)
    if own and not query.who and query.kind in ("tasks", "targets", "deadlines", "bureaus"):
        query = replace(query, nobody=own.group())
        if query.role and not query.topic:  # 我们牵头哪些任务: the tasks of all others are no answer
            query = replace(query, unknown=(*query.unknown, own.group()))
    return replace(narrowed(query, vocabulary, context), today=context.today)


def _of_headings(
    text: str, read_as: Reading, vocabulary: Vocabulary, in_texts: InTexts, context: Context
) -> Understood | None:
    """The query of a question for titles, headings and boxes of plans, or for what plans say; None where it is none."""

    def read(rest: str) -> Mentions:
        return find_mentions(rest, vocabulary, context=context)

    if found := with_titled(text, vocabulary) or with_whereabouts(text, read):
        return found
    if boxed := with_box(text, read_as, vocabulary, in_texts):
        return replace(narrowed(boxed, vocabulary, context), today=context.today)
    return with_contents(text, read, vocabulary) or with_sayings(text, read)


def narrowed(query: Understood, vocabulary: Vocabulary, context: Context = NOBODY) -> Understood:
    """The query with what its plan or place makes plain: which of several plans or bureaus of one name is meant.

    Of bureaus of several places those of the asker's own come first.
    """
    query = _in_titled_plans(query, vocabulary)
    if context.place:
        query = replace(query, who=tuple(_own_first(who, context.place, vocabulary) for who in query.who))
    if query.places and len(query.plans) > max(1, len(query.plan_words)):
        near = {plan.id for plan in vocabulary.plans if plan.jurisdiction in query.places}
        kept = tuple(id_ for id_ in query.plans if id_ in near) or (() if near else query.plans)
        query = replace(query, plans=kept, plan_words=query.plan_words if kept else ())
    if not (query.plans or query.places or query.levels):
        return query
    own = [id_ for who in query.who for id_ in who.ids]
    if not own:
        return query
    held = vocabulary.bureaus_in([plan.id for plan in allowed_plans(query, vocabulary.plans)], own)
    return replace(query, who=tuple(_within(who, held, vocabulary) for who in query.who))


def _in_titled_plans(query: Understood, vocabulary: Vocabulary) -> Understood:
    """The tasks of a bureau in the plans whose titles hold the topic (市交委牵头的减污降碳任务), where it has some;
    few tasks of a plan say again what the plan is for."""
    if query.kind != "tasks" or query.plans or not query.who or query.parts or len(query.words) != 1:
        return query
    word = bare(query.words[0])
    ids = tuple(id_ for id_, title in vocabulary.title_of.items() if len(word) >= _TITLED and word in bare(title))
    own = [id_ for who in query.who if not who.excluded for id_ in who.ids]
    if not ids or not own or not vocabulary.bureaus_in(list(ids), own):
        return query
    return replace(query, topic=None, plans=ids, plan_words=query.words)


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
    text = plain(listed(question))
    if not any(char.isalnum() for char in text):
        raise PlankbError("E301")
    text = in_figures(named(standard(text), context))
    if english.has_words(text):
        text = with_names(text.rstrip(". "), vocabulary)
    return with_shares(with_zones(english.to_chinese(text), vocabulary), vocabulary)


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
    query = assembled(mentions, slots, people, replace(intent, kind=kind), linked)
    query = _linked_where_asked(query, mentions, intent, vocabulary, in_texts)
    if kind == "plans" and mentions.group in ("province", "city", "county") and query.mentioned:
        levels = (*levels, mentions.group)
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
    is_or = rules.one("question_forms", "or_between").fullmatch
    if not between or not all(map(is_or, between)) or not linked.topic:
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
    if kind == "projects":
        terms = [part for term in terms for part in place_apart(term)]
    if kind == "projects" and (intent.aggregate or intent.form or mentions.measure):  # by what they are ordered, added
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
    """Whether a word is no topic: a lone sign, who asks (我们), or the unit of what is asked (是多少万立方米)."""
    if (own := own_words(word)) and own.group() == word:
        return True
    is_unit = any(unit == word or (len(word) > 1 and unit.endswith(word)) for unit in vocabulary.units)
    is_figure = rules.one("question_forms", "bare_figure").fullmatch(word) is not None
    return is_unit or is_figure or (len(word) < 2 and word.isascii())
