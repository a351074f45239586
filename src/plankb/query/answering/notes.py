"""The note of an answer: what was not understood, not found, corrected, ambiguous or left unused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from plankb import rules
from plankb.errors import Language
from plankb.model import Bureau
from plankb.query.answering.chips import conditions
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, names, say, searched
from plankb.query.library import Library
from plankb.query.link.reduce import has_question_words
from plankb.query.model import Kind, Understood, Who
from plankb.query.normalise.names import bare, pieces
from plankb.query.vocabulary import short_place
from plankb.register import places, resolve

_SHORT, _PLACES, _READ = 2, 8, 20
"""Characters of a short name, places that are told, and plans whose texts are looked through."""
_TARGETS = frozenset({"value", "unit", "nature", "stretch", "qualitative", "baseline"})
_TEXT = _TARGETS | {"who", "role", "period", "not_periods", "missing", "section"}
_NOT_OF: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        "projects": (_TARGETS - {"value", "unit"}) | {"who", "role", "period", "not_periods", "missing"},
        "citations": _TEXT - {"section"},
        "conflicts": frozenset({"who", "role", "missing", "section"}),
        "definition": _TEXT,
        "passages": _TEXT,
    }
)
"""By kind of fact the conditions that its records say nothing of."""


def note(query: Understood, result: Result, library: Library, lang: Language) -> str | None:
    """The note, None where there is nothing to say."""
    said = list(dict.fromkeys([*_said(query, result, library, lang), *result.remarks]))
    return say("join", "parts", lang).join(said) or None


def _stands_in_texts(words: str, query: Understood, library: Library) -> bool:
    return any(words in library.store.text(plan.id) for plan in plans_searched(query, library))


def _said(query: Understood, result: Result, library: Library, lang: Language) -> Iterator[str]:
    if query.kind is None:
        yield say("note", "not_understood", lang, words=joined((*query.unknown, *query.ignored), lang) or "…")
        return
    for said, meant in query.corrections:
        yield say("note", "corrected", lang, said=said, meant=meant)
    for who in query.who if query.dated != "issued" else ():
        yield from _about_bureau(who, query, result, library, lang)
    for word in query.unknown:
        if result.inside and places.find(word):
            continue
        foreign = lang == "en" and word.isascii()  # an English word that has no term here stands in no Chinese text
        key = "unresolved" if foreign or has_question_words(word) else "unknown_words"
        if places.find(word):
            named = any(short_place(word) in name.name for name in library.vocabulary.named("target"))
            key = "no_plan_of" if named else "unknown_place"
        elif query.kind == "plans" and _stands_in_texts(word, query, library):
            key = "no_title"  # the words are in the plans, none is called so
        yield say("note", key, lang, name=word)
    if query.nobody:
        yield say("note", "nobody", lang, words=query.nobody)
    if not (result.facts or result.told) and query.kind != "help" and query.form != "remaining":
        plans = plans_searched(query, library)
        # a term of an English question may be called otherwise in Chinese, so nothing is denied for certain
        sure = lang == "zh" and bool(plans) and not result.related and is_certain(query, library)
        said = searched(plans, len(library.vocabulary.plans), lang)
        key = "searched" if sure else "searched_only" if plans else "no_own_plan" if query.places else "no_plans"
        yield say("note", key, lang, plans=said, places=joined(query.places, lang))
    yield from _about_facts(query, result, library, lang)
    if query.inside and not result.inside and (query.kind == "plans" or not result.facts):
        yield say("note", "inside", lang, places=joined(query.inside, lang, limit=_PLACES))
    yield from _unapplied(query, library, lang)
    if left := [word for word in query.ignored if word not in result.covered]:
        yield say("note", "ignored", lang, words=joined(left, lang))


def is_certain(query: Understood, library: Library) -> bool:
    """Whether a question without an answer was understood for certain: the plans do not hold what it asks for.

    Nothing is left over, the register knows each bureau, no text names it, and what is looked for is in records, not in
    texts; a plan need not say who issued it.
    """
    if len(query.plans) > len(query.plan_words):  # words that several titles hold may be no title
        return False
    if query.unknown or query.ignored or query.kind in ("passages", "definition") or query.dated or query.section:
        return False
    if query.kind == "bureaus" and not (query.topic or query.who):
        return False
    if query.topic and not (query.topic.labels or query.topic.near):  # words of texts, which may say it otherwise
        return False
    if _is_said_there(query, library):
        return False
    joint = rules.one("question_forms", "part_joint")
    if any(joint.search(word) and not library.vocabulary.fits(bare(word)) for word in query.words):
        return False  # several things: a text may name them apart
    return all(who.ids or who.collectives or _is_nowhere(who, library) for who in query.who)


def _is_said_there(query: Understood, library: Library) -> bool:
    """Whether the texts of the plans or places asked for hold all words of a topic whose facts are of other plans only:
    they may say of it what no record holds."""
    if not (query.plans or query.places) or query.topic is None or not query.topic.labels:
        return False
    plans = [plan.id for plan in plans_searched(query, library)]
    if len(plans) > _READ or not library.vocabulary.plans_of(query.topic.labels).isdisjoint(plans):
        return False
    return any(all(word in text for word in query.words) for text in map(library.store.text, plans))


def _is_nowhere(who: Who, library: Library) -> bool:
    """Whether the register knows a bureau that no text of the plans names."""
    return resolve(who.said).known and in_texts(who, library) is None


def in_texts(who: Who, library: Library) -> str | None:
    """By what name some text names a bureau that no task was read for: as typed, or in the plans of its place without
    the place; None where none does."""
    if library.in_texts(who.said):
        return who.said
    place, own = places.at_start(who.said), bare_of_place(who.said)
    if place is None or len(own) <= _SHORT:
        return None
    here = (plan.id for plan in library.vocabulary.plans if plan.jurisdiction in (place[0].name, None))
    return own if any(own in library.store.text(plan) for plan in here) else None


def _unapplied(query: Understood, library: Library, lang: Language) -> Iterator[str]:
    """The conditions that facts of this kind cannot meet or fail, since their records say nothing of it."""
    names = frozenset() if query.contents else _NOT_OF.get(query.kind or "passages", frozenset())
    kind = say("kind", query.kind or "passages", lang)
    if query.who and "who" in names:
        said = joined((who.said for who in query.who), lang)
        yield say("note", "unapplied", lang, condition=said, kind=kind)
    for name, text in conditions(query, library, lang):
        if name in names:
            yield say("note", "unapplied", lang, condition=text, kind=kind)


def _about_bureau(who: Who, query: Understood, result: Result, library: Library, lang: Language) -> Iterator[str]:
    if not who.ids and not who.collectives:
        yield say("note", "unknown_bureau", lang, name=who.said)
        if named := in_texts(who, library):
            yield say("note", "bureau_in_text", lang, name=named)
        similar = [bureau.name for bureau in library.vocabulary.bureaus.values() if _is_similar(who.said, bureau)]
        if similar:
            yield say("note", "similar_bureaus", lang, names=names(similar, lang))
    elif not result.facts and (query.plans or query.places):
        home = _plans_of(who, library)
        if not home & {plan.id for plan in plans_searched(query, library)}:
            titles = [f"《{plan.title}》" for plan in library.vocabulary.plans if plan.id in home]
            yield say("note", "bureau_elsewhere", lang, name=who.said, plans=joined(titles, lang))
    elif len(who.ids) > 1 and result.facts:
        yield say("note", "ambiguous", lang, said=who.said, names=names(who.names, lang))


def _is_similar(said: str, bureau: Bureau) -> bool:
    """Whether a bureau's name holds what was typed, and it is of the place typed, or inside or above it."""
    own, place = bare_of_place(said), places.at_start(said)
    if len(own) <= _SHORT or not pieces(bare(own), bare(bureau.name)):
        return False
    if place is None or not bureau.jurisdiction:
        return place is None
    home = places.of(bureau.jurisdiction)
    return place[0] in places.ancestors(home) or home in places.ancestors(place[0])


def bare_of_place(name: str) -> str:
    """A bureau's name without the place before it."""
    found = places.at_start(name)
    return name[found[1] :] if found else name.lstrip("省市区县州")


def _plans_of(who: Who, library: Library) -> set[str]:
    return set(library.vocabulary.plans_with(who.ids))


def _about_facts(query: Understood, result: Result, library: Library, lang: Language) -> Iterator[str]:
    wanted = [who for who in query.who if not who.excluded]
    if result.facts and len(wanted) > 1 and not query.together and query.kind == "tasks":
        yield say("note", "either", lang, names=joined((who.said for who in wanted), lang))
    if result.facts and len(query.plans) > 1 and len(query.plan_words) == 1:
        titles = [f"《{plan.title}》" for plan in library.vocabulary.plans if plan.id in query.plans]
        yield say("note", "ambiguous_plan", lang, said=query.plan_words[0], plans=joined(titles, lang))
    words = " ".join(query.words)
    if result.passages and query.kind != "definition":
        yield say("note", "passages", lang)
    elif result.by_text:
        yield say("note", "by_text", lang, words=words)
    elif result.also and result.facts and query.kind == "tasks":
        yield say("note", "also", lang, words=words, count=result.also)
