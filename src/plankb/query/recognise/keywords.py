"""The words of questions: what they mean (`questions.toml`), and which mean nothing (`question_fillers.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import ROLES, Nature, Role, Span
from plankb.query.model import Aggregate, Kind, Missing
from plankb.query.recognise.text import TAKEN, QuestionText
from plankb.rules.lazy import LazyPattern
from plankb.rules.question_kinds import Meaning, QuestionWord

_LATIN = compiled("[A-Za-z]{2}")
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A pattern found in a question: what it means, and a second meaning (谁牵头 is a role and asks for bureaus)."""

    slot: str
    value: Meaning
    span: Span
    also: tuple[tuple[str, Meaning], ...] = ()
    weak: bool = False

    @property
    def role(self) -> Role | None:
        """The role that it names; None for any role ("any"), and for a word of something else."""
        return next((role for role in ROLES if role == self.value), None)

    def meanings(self) -> tuple[tuple[str, Meaning], ...]:
        """Slot and value, then those of the second meaning."""
        return ((self.slot, self.value), *self.also)


def find_keywords(question: QuestionText) -> tuple[Keyword, ...]:
    """Takes the words of questions, in the order of the text. A pattern marked `keep` is read and left."""
    words = rules.many("questions", "word", QuestionWord)
    found = [one for word in words for one in _found(question, word, word.in_chinese)]
    if _LATIN.search(question.text):
        found += [one for word in words if (pattern := word.in_english) for one in _found(question, word, pattern)]
    return tuple(sorted(found, key=lambda word: word.span))


def _found(question: QuestionText, word: QuestionWord, pattern: LazyPattern) -> Iterator[Keyword]:
    for match in list(pattern.finditer(question.lower)):
        if match.group() and TAKEN not in match.group():
            yield Keyword(word.slot, word.value, match.span(), tuple(word.also.items()), word.weak)
            if not word.keep:
                question.take(*match.span())


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The meanings of a question's words. `asked` and `named` are kinds in the order of the text; `natures` as said."""

    asked: tuple[Kind, ...]
    named: tuple[Kind, ...]
    weak: tuple[Kind, ...]
    aggregates: tuple[Aggregate, ...]
    missing: tuple[Missing, ...]
    values: dict[str, Any]
    natures: tuple[Nature, ...]
    filled: frozenset[str]


def fill_slots(words: Iterable[Keyword]) -> Slots:
    """The slots of a question's words."""
    meanings = [(slot, value, word.weak) for word in words for slot, value in word.meanings()]

    def all_of(wanted: str, *, weak: bool = False) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(v for slot, v, is_weak in meanings if slot == wanted and is_weak == weak))

    single = (
        "nature",
        "baseline",
        "turn",
        "stretch",
        "qualitative",
        "compare",
        "only",
        "state",
        "verdict",
        "order",
        "bodies",
    )
    return Slots(
        asked=all_of("asked"),
        named=all_of("kind"),
        weak=all_of("kind", weak=True),
        aggregates=all_of("aggregate"),
        missing=all_of("missing"),
        values={slot: value for slot, value, _ in meanings if slot in single},
        natures=tuple(nature for nature in all_of("nature") if nature != "any"),
        filled=frozenset(slot for slot, _, _ in meanings),
    )


def fillers() -> re.Pattern[str]:
    """Matches the words that carry no condition wherever they stand."""
    return rules.one("question_fillers", "filler.inside").regex


@cache
def edges() -> tuple[str, ...]:
    """The words that carry none at the edges of a phrase, longest first."""
    return tuple(sorted(rules.words("question_fillers", "filler.edge"), key=len, reverse=True))


def alone() -> frozenset[str]:
    """The words that carry none where nothing else is left of a phrase."""
    return rules.words("question_fillers", "filler.alone")


def english_fillers() -> frozenset[str]:
    """English words that carry no condition, in small letters."""
    return rules.words("question_fillers", "filler.english")


def is_foreign(text: str, names: str) -> bool:
    """Whether a question asks for something that no plan holds: the weather, a joke, a telephone number.

    `names` are those of the facts: what they speak of (房价, 足球) is not foreign to these plans.
    """
    plans_own = rules.one("question_fillers", "foreign.but")
    rest = plans_own.sub(text.lower())
    foreign = rules.words("question_fillers", "foreign.words")
    said = [word for word in foreign if not word.isascii() and word in rest]
    english = "|".join(re.escape(word) for word in sorted(foreign) if word.isascii())
    return (
        (bool(said) and any(word not in held for held in [plans_own.sub(names.lower())] for word in said))
        or re.search(rf"\b(?:{english})\b", rest) is not None
        or rules.one("question_fillers", "foreign.persons").search(rest) is not None
    )
