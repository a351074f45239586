"""Questions that go on from the one before: 那2030年呢？ 那市发改委呢？ 只看牵头的."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from plankb import rules
from plankb.errors import Language
from plankb.query.answer import answer
from plankb.query.english import is_english
from plankb.query.library import Library
from plankb.query.model import Answer, Understood, Who
from plankb.query.reading import read
from plankb.query.roles import cast
from plankb.query.signals import gather
from plankb.query.understand import checked, combine, narrowed, understand

_REPLACED = (
    "period", "value", "unit", "nature", "stretch", "qualitative", "section", "topic", "compare", "limit",
)  # fmt: skip
_EXTENDED = ("missing", "levels")


class Dialogue:
    """A conversation: each answer is to the question as the one before makes it complete."""

    def __init__(self, library: Library, *, this_year: int | None = None) -> None:
        self._library = library
        self._this_year = this_year
        self.last: Understood | None = None

    def ask(self, question: str, *, lang: Language | None = None) -> Answer:
        """Answers a question, or what it adds to the last one. Raises E301, E302."""
        query = self._understood(question)
        if query.kind is not None:
            self.last = query
        return answer(query, self._library, lang or ("en" if is_english(question) else "zh"), question=question)

    def _understood(self, question: str) -> Understood:
        vocabulary, mentions = self._library.vocabulary, self._library.mentions
        text = checked(question, vocabulary)
        if self.last is None or not _goes_on(text):
            return understand(question, vocabulary, mentions, this_year=self._this_year)
        reading = read(_pattern("ties").sub("", text), vocabulary, this_year=self._this_year)
        signals = gather(reading.words)
        people = cast(reading, vocabulary)
        explicit = [kind for kind in (*signals.asked, *signals.named) if kind != "definition"]
        if {"nature", "stretch", "qualitative"} & signals.slots:
            explicit = ["targets"]
        new = combine(reading, vocabulary, mentions, kind=explicit[0] if explicit else self.last.kind)
        if not people.who and "role" in signals.slots:
            new = replace(new, role=people.role)
        more = bool(_pattern("more").match(text))
        query = merged(self.last, new, any_role="role" in signals.slots and people.role is None, more=more)
        return narrowed(query, vocabulary)


def merged(last: Understood, new: Understood, *, any_role: bool = False, more: bool = False) -> Understood:
    """The last query with what the new one says in place of the same conditions; `more` adds bureaus to the others."""
    changes: dict[str, Any] = {name: getattr(new, name) for name in _REPLACED if getattr(new, name) is not None}
    changes |= {name: getattr(new, name) for name in _EXTENDED if getattr(new, name)}
    changes |= {"kind": new.kind or last.kind, "unknown": new.unknown, "ignored": new.ignored}
    changes |= {"corrections": new.corrections, "aggregate": new.aggregate or _kept_aggregate(last)}
    if new.plans or new.not_plans or new.places or new.levels:
        changes |= {"plans": new.plans, "plan_words": new.plan_words, "not_plans": new.not_plans, "places": new.places}
    changes |= _people(last, new, any_role=any_role, more=more)
    return replace(last, **changes)


def _kept_aggregate(last: Understood) -> Any:
    return None if last.aggregate == "count" else last.aggregate


def _people(last: Understood, new: Understood, *, any_role: bool, more: bool) -> dict[str, Any]:
    """Other bureaus in the same roles, or the same bureaus in another role."""
    if new.who:
        kept: Any = last.who[0].role if last.who else None
        who = tuple(replace(one, role=one.role or kept) for one in new.who)
        return {"who": (*last.who, *who) if more else who, "together": new.together}
    if new.role is None and not any_role:
        return {}
    if last.kind == "bureaus" and not last.who:
        return {"role": new.role}
    return {"who": tuple(_in_role(one, new) for one in last.who), "role": None if last.who else new.role}


def _in_role(who: Who, new: Understood) -> Who:
    return replace(who, role=new.role)


def _goes_on(text: str) -> bool:
    return bool(_pattern("start").search(text) or _pattern("end").search(text))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rules.load("questions")["follow_up"][name], re.IGNORECASE)
