"""Questions that go on from the one before: 那2030年呢？ 那市发改委呢？ 只看牵头的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from plankb import rules
from plankb.errors import Language
from plankb.model import Task
from plankb.query.answering import answer
from plankb.query.answering.sentences import say
from plankb.query.compound import as_question, is_told, parts_of
from plankb.query.context import NOBODY, Context, as_of
from plankb.query.durations import Apart, apart, asked_apart
from plankb.query.library import Library
from plankb.query.link.intent import is_measure
from plankb.query.link.roles import participants
from plankb.query.link.topic import link
from plankb.query.model import Aggregate, Answer, Changes, Period, Topic, Understood, Who
from plankb.query.normalise.english import is_english
from plankb.query.normalise.spelling import respelled
from plankb.query.normalise.spoken import is_greeting, standard
from plankb.query.recognise.keywords import fill_slots
from plankb.query.recognise.mentions import Mentions, find_mentions
from plankb.query.recognise.terms import Term
from plankb.query.same_bureaus import SameAsked, asked_same, same
from plankb.query.understand import LONGEST, checked, combine, narrowed, understood
from plankb.rules.lazy import LazyPattern

_REPLACED = (
    "period", "value", "unit", "nature", "baseline", "stretch", "qualitative", "section", "topic", "compare", "limit",
    "document", "dated",
)  # fmt: skip
_EXTENDED = ("missing", "levels")
_OF_THINGS = ("tasks", "targets", "bureaus", "deadlines", "projects")
"""The kinds of answers that are of a thing, which the next part of a question may leave unsaid."""
_SHORT, _MEASURE = 9, 2
"""Characters and words of a question that can only go on from the one before."""


class Dialogue:
    """A conversation: each answer is to the question as the one before makes it complete."""

    def __init__(self, library: Library, *, context: Context = NOBODY) -> None:
        self._library = library
        self._context = context
        self.last: Understood | None = None

    def ask(self, question: str, *, lang: Language | None = None) -> Answer:
        """Answers a question, or what it adds to the last one; one that asks several things, part by part.

        Raises E301, E302.
        """
        lang = lang or ("en" if is_english(question) else "zh")
        if len(question) > LONGEST:
            return self._one(question, lang)
        timeless, context = as_of(question, self._context)
        if context != self._context:
            day = Dialogue(self._library, context=context)
            day.last = self.last
            answered = day.ask(timeless, lang=lang)
            self.last = day.last
            return replace(answered, question=question)
        if (sides := asked_apart(question)) and (found := self._apart(sides, question, lang)):
            return found
        if (pair := asked_same(standard(question))) and (alike := self._same(pair, question, lang)):
            return alike
        parts = parts_of(standard(question))
        if len(parts) == 1:
            return self._one(question, lang)
        told = is_told(parts[0])
        first = self._one(as_question(parts[0]) if told else parts[0], lang)
        rest = [self._one(part, lang, goes_on=True) for part in parts[1:]]
        answers = rest if told else [first, *rest]
        whole = together(answers, question, lang)
        of_headings = all(one.understood.contents for one in answers)
        if whole.facts or of_headings:
            return whole
        asked_at_once = self._one(question, lang)
        quotes = all(one.passages for one in answers)  # each part its own: one search for all would mix them up
        return whole if quotes and not asked_at_once.facts else asked_at_once

    def _apart(self, sides: Apart, question: str, lang: Language) -> Answer | None:
        """How far apart two things are due; None where that cannot be told."""
        before = self.last
        first = self._one(sides.first, lang)
        second = self._one(sides.second, lang, goes_on=True)
        found = apart(first, second, self._library, lang)
        self.last = self.last if found else before
        return replace(found, question=question) if found else None

    def _same(self, sides: SameAsked, question: str, lang: Language) -> Answer | None:
        """Whether the same bureaus answer for two tasks; None where that cannot be told."""
        before = self.last
        answers = []
        for side in (sides.first, sides.second):
            self.last = None
            answers.append(self._one(side, lang))
        found = same(answers[0], answers[1], question, lang)
        self.last = self.last if found else before
        return found

    def _one(self, question: str, lang: Language, *, goes_on: bool = False) -> Answer:
        before = self.last
        vocabulary, in_texts = self._library.vocabulary, self._library.in_texts
        text, slips = respelled(checked(question, vocabulary, self._context), vocabulary, in_texts)
        query = self._understood(text)
        query = replace(query, corrections=(*slips, *query.corrections))
        somewhere = (query.plans or query.places or query.levels) and not query.unknown
        if goes_on and before and before.topic and query.kind is None and somewhere:  # 省里对我们市又是怎么说的
            query = replace(query, kind=before.kind, ignored=())
        if goes_on and before and query.kind:
            query = self._of_same_thing(before, _within(before, query), text)
        if query.kind not in (None, "help"):
            self.last = query
        return answer(query, self._library, lang, question=question)

    def _of_same_thing(self, before: Understood, query: Understood, text: str) -> Understood:
        """A part of a question that names nothing of its own, of what the part before it asks about: its bureaus, and
        its topic linked to what is asked for now (A由谁牵头？2025年要达到什么要求)."""
        event = query.kind == "deadlines" and all(map(rules.one("follow_up", "event").fullmatch, query.words))
        added = rules.one("question_forms", "adds_sizes").search(text)
        total = rules.one("question_forms", "project_total")
        if before.kind == "projects" and added and not any(map(total.sub, query.words)):  # 有几个？合计多少兆瓦
            return replace(before, form="sum", aggregate=None, measure=query.measure)
        others = all(who.excluded for who in query.who) and query.kind == "bureaus"  # 除了A还有谁
        roled = query.kind == "tasks" and bool(rules.one("follow_up", "part_in_it").search(text))
        if roled and rules.one("question_forms", "asks_yes").search(text):
            query = replace(query, form="verify")
        who = () if others or roled else query.who
        own = (who, query.section, query.denied, query.parts, query.contents, query.unknown)
        if (
            any(own)
            or (query.topic and not event)
            or query.kind not in _OF_THINGS
            or before.kind not in (*_OF_THINGS, "passages", "definition")
        ):
            return query
        if query.kind == "deadlines" and query.due and rules.one("follow_up", "of_targets").search(text):
            query = replace(query, kind="targets", due=False)
        if before.who and query.kind != "bureaus" and not query.who:
            query = replace(query, who=before.who, together=before.together)
        if before.topic is None or query.kind == before.kind:
            return replace(query, topic=before.topic, section=before.section)
        only = self._library.store.fact(before.topic.labels[0]) if len(before.topic.labels) == 1 else None
        words = (only.title,) if isinstance(only, Task) else before.topic.words
        terms = [Term(word, (0, len(word)), attached=True) for word in words]
        linked = link(terms, query.kind or "tasks", self._library.vocabulary, self._library.in_texts)
        return replace(query, topic=linked.topic or before.topic, section=linked.section)

    def _understood(self, text: str) -> Understood:
        vocabulary, in_texts = self._library.vocabulary, self._library.in_texts
        rest = _pattern("ties").sub("", text)
        is_tied = rest != text and bool(rest.strip("？?。 "))
        mentions = find_mentions(rest if is_tied and self.last else text, vocabulary, context=self._context)
        if self.last is None or not (_goes_on(text) or _is_elliptic(text, mentions)):
            if is_tied and self.last:
                mentions = find_mentions(text, vocabulary, context=self._context)
            return understood(text, mentions, vocabulary, in_texts, context=self._context)
        slots = fill_slots(mentions.keywords)
        people = participants(mentions, vocabulary)
        explicit = [kind for kind in (*slots.asked, *slots.named) if kind != "definition"]
        if {"nature", "stretch", "qualitative"} & slots.filled:
            explicit = ["targets"]
        if {"highest", "lowest"} & set(slots.aggregates):
            explicit = ["targets"]
        new = combine(mentions, vocabulary, in_texts, kind=explicit[0] if explicit else self.last.kind)
        if not explicit and (topic := self._of_measure(new)):
            new = replace(new, topic=topic, ignored=())
        if not people.who and "role" in slots.filled:
            new = replace(new, role=people.role)
        more = bool(_pattern("more").match(text))
        if more and "together" in slots.filled:
            new = replace(new, together=True)
        others = self.last.kind == "bureaus" and rules.one("follow_up", "others").search(text)  # 其他单位有哪些
        any_role = people.role is None and ("role" in slots.filled or bool(others))
        query = merged(self.last, new, any_role=any_role, more=more)
        return narrowed(self._relinked(query, new), vocabulary, self._context)

    def _of_measure(self, new: Understood) -> Topic | None:
        """The topic with the measure of the one before it (机械化清扫率, 那县城呢); None where no target has both."""
        last = self.last
        if last is None or last.kind != "targets" or last.topic is None or new.topic is None:
            return None
        if is_measure(new.words[-1]) or new.who:
            return None
        measure = next((word for word in reversed(last.words) if is_measure(word)), last.words[-1])
        own = Term(new.words[0], (0, len(new.words[0])), attached=True)
        for start in range(len(measure) - _MEASURE, -1, -1):  # the shortest end: 装机 of 光伏装机
            tail = Term(measure[start:], (0, len(measure) - start), attached=True)
            linked = link([own, tail], "targets", self._library.vocabulary, self._library.in_texts)
            if linked.topic and linked.topic.labels and not (linked.ignored or linked.unknown or linked.corrections):
                return linked.topic
        return None

    def _relinked(self, query: Understood, new: Understood) -> Understood:
        """The query with the topic that it keeps linked to facts of the kind now asked for."""
        last = self.last
        if last is None or last.topic is None or new.topic or new.section or query.kind in (None, last.kind):
            return query
        terms = [Term(word, (0, len(word)), attached=True) for word in last.topic.words]
        linked = link(terms, query.kind, self._library.vocabulary, self._library.in_texts)
        return replace(query, topic=linked.topic, section=linked.section or query.section)


def _within(last: Understood, query: Understood) -> Understood:
    """A part of a question within the plans, places and times of the part before, where it names none itself."""
    if not (query.plans or query.places or query.levels):
        query = replace(query, plans=last.plans, plan_words=last.plan_words, places=last.places, levels=last.levels)
    return replace(query, period=query.period or last.period)


def together(answers: Sequence[Answer], question: str, lang: Language) -> Answer:
    """The answers to the parts of a question as one: the first that is understood, all facts, sentences and notes."""
    first = next((one for one in answers if one.facts), answers[0])
    facts = {getattr(fact, "id", id(fact)): fact for one in answers for fact in one.facts}
    notes = dict.fromkeys(one.note for one in answers if one.note)
    return replace(
        first,
        question=question,
        answer=" ".join(dict.fromkeys(one.answer for one in answers)),
        facts=tuple(facts.values()),
        note=say("join", "parts", lang).join(notes) or None,
        passages=tuple(passage for one in answers for passage in one.passages),
    )


def merged(last: Understood, new: Understood, *, any_role: bool = False, more: bool = False) -> Understood:
    """The last query with what the new one says in place of the same conditions; `more` adds bureaus to the others."""
    changes: Changes = {name: getattr(new, name) for name in _REPLACED if getattr(new, name) is not None}
    changes |= {name: getattr(new, name) for name in _EXTENDED if getattr(new, name)}
    changes |= {"kind": new.kind or last.kind, "unknown": new.unknown, "ignored": new.ignored}
    changes |= {
        "mentioned": new.mentioned,
        "absent": new.absent,
        "corrections": new.corrections,
        "aggregate": new.aggregate or _kept_aggregate(last),
    }
    left_out = ("not_periods", "not_places", "not_plans")
    changes |= {name: (*getattr(last, name), *getattr(new, name)) for name in left_out}
    if new.plans or new.places or new.levels:
        changes |= {"plans": new.plans, "plan_words": new.plan_words, "places": new.places, "levels": new.levels}
    changes |= _people(last, new, any_role=any_role, more=more)
    changes |= _compared(last, new)
    return replace(last, **changes)


def _compared(last: Understood, new: Understood) -> Changes:
    """What a comparison adds (比2025年多多少): its form, and its time beside the one before."""
    if new.form not in ("more", "higher", "lower", "ratio"):
        return {"form": new.form, "parts": new.parts} if new.form or new.topic else {}
    before = last.period.years if last.period else ()
    own = new.period.years if new.period else (new.base_year,) if new.base_year else ()
    years = tuple(dict.fromkeys((*before, *own)))
    period = Period(years=years) if years else last.period
    return {"form": new.form, "parts": new.parts, "period": period, "base_year": None, "amount": True}


def _kept_aggregate(last: Understood) -> Aggregate | None:
    return None if last.aggregate == "count" else last.aggregate


def _people(last: Understood, new: Understood, *, any_role: bool, more: bool) -> Changes:
    """Other bureaus in the same roles, or the same bureaus in another role."""
    if new.who:
        kept = last.who[0].role if last.who else None
        who = tuple(replace(one, role=one.role or kept) for one in new.who)
        return {"who": (*last.who, *who) if more else who, "together": new.together}
    if new.kind == "bureaus" and last.kind != "bureaus":
        return {"role": new.role, "counted": new.counted}
    if new.role is None and not any_role:
        return {}
    if last.kind == "bureaus" and not last.who:
        return {"role": new.role}
    return {"who": tuple(_in_role(one, new) for one in last.who), "role": None if last.who else new.role}


def _in_role(who: Who, new: Understood) -> Who:
    return replace(who, role=new.role)


def _is_elliptic(text: str, mentions: Mentions) -> bool:
    """Whether a question is short and names nothing of its own (谁负责？), or only a size (超过50MW的)."""
    of_its_own: tuple[object, ...] = (
        *mentions.bureaus, *mentions.plans, *mentions.places, *mentions.periods, *mentions.filters, *mentions.terms,
        *mentions.section_numbers, *mentions.levels, *filter(None, [mentions.section_name]),
    )  # fmt: skip
    words = len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9]+", text))
    return not of_its_own and words <= _SHORT and not is_greeting(text) and not _pattern("whole").search(text)


def _goes_on(text: str) -> bool:
    return any(_pattern(place).search(text) for place in ("start", "end", "of"))


@cache
def _pattern(name: str) -> LazyPattern:
    return rules.one("follow_up", name).lazy
