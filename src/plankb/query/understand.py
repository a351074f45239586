"""From a question to a query: the reading is put together, the kind of answer decided, the subject linked to facts."""

from __future__ import annotations

import re
from dataclasses import replace

from plankb import rules
from plankb.errors import PlankbError
from plankb.query import english, typed
from plankb.query.conditions import allowed_plans
from plankb.query.kinds import Aim, decide
from plankb.query.matching import bare
from plankb.query.model import Kind, Missing, Understood, Who
from plankb.query.periods import merged
from plankb.query.plans import PlaceMention
from plankb.query.reading import Reading, read
from plankb.query.residue import Term
from plankb.query.respell import respelled
from plankb.query.roles import Cast, cast
from plankb.query.romanised import with_names
from plankb.query.sections import numbered
from plankb.query.signals import Signals, gather
from plankb.query.spoken import is_greeting, standard
from plankb.query.subject import Mentions, Subject, link
from plankb.query.tape import plain
from plankb.query.vocabulary import Vocabulary
from plankb.query.words import is_foreign

_SIZE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:约|超|达)?\d+(?:\.\d+)?[\u4e00-\u9fff%]{0,3}$")
"""A size said with what is asked for (何时建成加氢站15座), of which questions make nothing."""
LONGEST = 500
"""Characters of a question, more are refused: no question of a person is longer."""


def understand(
    question: str, vocabulary: Vocabulary, mentions: Mentions, *, this_year: int | None = None
) -> Understood:
    """The query of a question; its `kind` is None where it asks for nothing that plans hold.

    `mentions` tells whether some plan's text holds a phrase; `this_year` is what 今年 means.
    Raises E301 for a question without a word, E302 for one that is too long.
    """
    text = checked(question, vocabulary)
    if is_foreign(text, vocabulary.haystack) or is_greeting(text):
        return Understood(unknown=(text,))
    reading = read(text, vocabulary, this_year=this_year)
    query = typed.apply(combine(reading, vocabulary, mentions), reading.filters, vocabulary, mentions)
    return narrowed(query, vocabulary)


def narrowed(query: Understood, vocabulary: Vocabulary) -> Understood:
    """The query with what its plan or place makes plain: which of several plans or bureaus of one name is meant."""
    if query.places and len(query.plans) > 1:
        near = {plan.id for plan in vocabulary.plans if plan.jurisdiction in query.places}
        query = replace(query, plans=tuple(id_ for id_ in query.plans if id_ in near) or query.plans)
    if not (query.plans or query.places or query.levels):
        return query
    held = vocabulary.bureaus_in(plan.id for plan in allowed_plans(query, vocabulary.plans))
    return replace(query, who=tuple(_within(who, held, vocabulary) for who in query.who))


def _within(who: Who, held: frozenset[str], vocabulary: Vocabulary) -> Who:
    ids = tuple(id_ for id_ in who.ids if id_ in held)
    if not ids or ids == who.ids:
        return who
    return replace(who, ids=ids, names=tuple(vocabulary.bureaus[id_].name for id_ in ids))


def checked(question: str, vocabulary: Vocabulary) -> str:
    """The question as one plain line, English terms and names in Chinese. Raises E301, E302."""
    if len(question) > LONGEST:
        raise PlankbError("E302", length=len(question), limit=LONGEST)
    text = plain(question)
    if not any(char.isalnum() for char in text):
        raise PlankbError("E301")
    text = standard(text)
    if english.has_words(text):
        text = with_names(text, vocabulary)
    return english.to_chinese(text)


def combine(reading: Reading, vocabulary: Vocabulary, mentions: Mentions, *, kind: Kind | None = None) -> Understood:
    """The query of a reading, typed filters apart. `kind` is what is asked for, None to find that out."""
    reading, levels = _without_area(reading, vocabulary)
    reading, respelt = _respelled(reading, vocabulary, mentions)
    signals = gather(reading.words)
    people = cast(reading, vocabulary)
    aim = decide(signals, reading, people, vocabulary)
    kind = kind or typed.kind_of(reading.filters) or aim.kind
    subject = _subject(reading, kind, aim, vocabulary, mentions)
    if kind == "definition" and not reading.terms:
        kind = None
    query = _understood(reading, signals, people, replace(aim, kind=kind), subject, vocabulary)
    query = replace(query, levels=tuple(dict.fromkeys((*query.levels, *levels))))
    return replace(query, corrections=(*query.corrections, *respelt))


def _without_area(reading: Reading, vocabulary: Vocabulary) -> tuple[Reading, tuple[str, ...]]:
    """The reading with the area (全省) off its phrases where no name has it, and the levels of plans that it means."""
    terms, found = [], []
    for term in reading.terms:
        for level, pattern in rules.load("questions")["own_area"].items():
            rest = re.sub(pattern, "", term.text)
            if rest != term.text and len(rest) > 1 and not vocabulary.fits(bare(term.text)):
                term = replace(term, text=rest)
                found.append(level)
        terms.append(term)
    return replace(reading, terms=tuple(terms)), tuple(found)


def _respelled(
    reading: Reading, vocabulary: Vocabulary, mentions: Mentions
) -> tuple[Reading, tuple[tuple[str, str], ...]]:
    """The reading with its phrases as they are spelled in the plans, and pairs of what was typed and taken."""
    corrections, terms = [], []
    for term in reading.terms:
        known = term.whole or vocabulary.fits(bare(term.text)) or mentions(term.text)
        meant = None if known else respelled(term.text, vocabulary)
        if (
            not (term.whole or meant or vocabulary.fits(bare(term.text)))
            and (cut := _SIZE.search(term.text))
            and cut.start() > 1
        ):
            term = replace(term, text=term.text[: cut.start()])
        terms.append(replace(term, text=meant) if meant else term)
        corrections += [(term.text, meant)] if meant else []
    return replace(reading, terms=tuple(terms)), tuple(corrections)


def _subject(reading: Reading, kind: Kind | None, aim: Aim, vocabulary: Vocabulary, mentions: Mentions) -> Subject:
    terms = [term for term in reading.terms if not _is_generic(term.text, vocabulary)]
    terms += [Term(place.said, place.span, attached=True) for place in reading.places if _in_names(place, vocabulary)]
    if kind is None:
        return Subject(unknown=tuple(term.text for term in terms))
    quoted = [plan.said for plan in reading.plans if plan.quoted and not plan.ids]
    looked_up = aim.counted if kind == "plans" and aim.counted else kind
    if quoted and "citations" in (kind, aim.counted):
        terms = [Term(said, (0, 0), attached=True) for said in quoted]
    alone = not (reading.bureaus or reading.plans or reading.periods or reading.places)
    return link(terms, looked_up, vocabulary, mentions, alone=alone)


def _in_names(place: PlaceMention, vocabulary: Vocabulary) -> bool:
    """Whether a place that no plan is for is named by a target (遵义市绿色出行比例) or task."""
    return not place.known and place.said in vocabulary.haystack


def _is_absent(place: PlaceMention, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether a place is asked for that neither a plan nor a fact is for; one that is left out asks for nothing."""
    return not (place.known or place.span in reading.excluded or _in_names(place, vocabulary))


def _is_generic(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is no topic: a lone sign, or the unit of what is asked (是多少万立方米)."""
    is_unit = any(unit == word or (len(word) > 1 and unit.endswith(word)) for unit in vocabulary.units)
    return is_unit or (len(word) < 2 and word.isascii())


def _understood(
    reading: Reading, signals: Signals, people: Cast, aim: Aim, subject: Subject, vocabulary: Vocabulary
) -> Understood:
    section = subject.section or reading.section_name
    if reading.section_numbers:
        section = numbered(reading.section_numbers)
    plans, plan_words, unknown_plans = _plans(reading, aim)
    slips = tuple((m.said, m.meant) for m in reading.bureaus if m.meant)
    return Understood(
        kind=aim.kind,
        who=people.who,
        together=people.together,
        role=people.role,
        period=merged(tuple(said for said in reading.periods if said.span not in reading.excluded)),
        not_periods=tuple(said.period for said in reading.periods if said.span in reading.excluded),
        plans=plans,
        not_plans=tuple(id_ for plan in reading.plans if plan.span in reading.excluded for id_ in plan.ids),
        plan_words=plan_words,
        places=tuple(dict.fromkeys(p.name for p in reading.places if p.known and p.span not in reading.excluded)),
        not_places=tuple(dict.fromkeys(p.name for p in reading.places if p.known and p.span in reading.excluded)),
        levels=tuple(level for level, _ in reading.levels),
        topic=subject.topic,
        section=section,
        value=reading.value,
        unit=reading.unit,
        nature="any" if len(signals.natures) > 1 else signals.values.get("nature"),
        baseline=True if "baseline" in signals.slots else None,
        stretch=signals.values.get("stretch"),
        qualitative=signals.values.get("qualitative"),
        missing=_missing(signals, people),
        compare=aim.compare,
        aggregate=aim.aggregate,
        counted=aim.counted,
        limit=reading.limit if aim.aggregate in ("most", "least", "highest", "lowest") else None,
        due="due" in signals.slots or (aim.kind == "deadlines" and "deadlines" not in signals.asked),
        document=_document(reading),
        dated=next((slot for slot in ("issued", "period") if slot in signals.slots), None),
        mentioned="mentioned" in signals.slots,
        unknown=(
            *unknown_plans,
            *(place.name for place in reading.places if _is_absent(place, reading, vocabulary)),
            *subject.unknown,
        ),
        ignored=subject.ignored,
        corrections=(*slips, *subject.corrections),
    )


def _document(reading: Reading) -> str | None:
    """The kind of document that is asked for (引用了哪些标准); None for documents of any kind."""
    asked = "".join(reading.text[slice(*word.span)] for word in reading.words if word.value == "citations")
    return next((kind for kind in rules.load("questions")["document_kind"] if kind in asked), None)


def _missing(signals: Signals, people: Cast) -> tuple[Missing, ...]:
    """What tasks lack; a role that is denied of no bureau (不牵头的任务) is one that they lack."""
    denied = "not_role" in signals.slots and not people.who and "lead" not in signals.missing
    return (*signals.missing, "lead") if denied else signals.missing


def _plans(reading: Reading, aim: Aim) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Ids of the plans named, the words that name them, and the titles that no plan has."""
    wanted = [plan for plan in reading.plans if plan.span not in reading.excluded]
    ids = tuple(dict.fromkeys(id_ for plan in wanted for id_ in plan.ids))
    words = tuple(plan.said for plan in wanted if plan.ids)
    citing = "citations" in (aim.kind, aim.counted)
    unknown = () if citing else tuple(plan.said for plan in wanted if not plan.ids)
    return ids, words, unknown
