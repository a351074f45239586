"""Filters typed directly: `lead:市交委 by:2025 plan:协同`, mixed with words or alone. Keys: `rules/questions.toml`."""

from __future__ import annotations

import re
from functools import cache

from plankb import rules
from plankb.late import dataclass
from plankb.model import Span
from plankb.query.recognise.text import QuestionText
from plankb.rules.kinds import Words
from plankb.rules.lazy import LazyPattern


@dataclass(frozen=True, slots=True)
class Filter:
    """A typed condition. `key` is one of the names of `[filters]`; `sign` is ":" or, for values, a comparison."""

    key: str
    value: str
    sign: str
    span: Span


@cache
def _keys() -> dict[str, str]:
    return {form: key for key, forms in rules.one("questions", "filters", Words).values.items() for form in forms}


@cache
def _pattern() -> LazyPattern:
    forms = "|".join(sorted(map(re.escape, _keys()), key=len, reverse=True))
    return LazyPattern(
        rf"(?<![A-Za-z0-9\u4e00-\u9fff])(?P<key>{forms})\s?(?P<sign>[:：]|>=|<=|≥|≤|>|<|=)\s?"
        r"(?:[\"“](?P<quoted>[^\"”\x00]+)[\"”]|(?P<bare>[^\s\x00，,；;]+))",
        rules.caseless,
    )


def find_filters(question: QuestionText) -> tuple[Filter, ...]:
    """Takes the typed filters of a question."""
    return tuple(
        Filter(
            _keys()[match["key"].lower()],
            (match["quoted"] or match["bare"]).strip(),
            match["sign"].replace("：", ":"),
            match.span(),
        )
        for match in question.take_all(_pattern())
    )


def code(group: str, value: str) -> str | None:
    """The code of a typed value (目标 is targets); None where it is not one of those known."""
    values = rules.one("questions", f"filter_values.{group}", Words).values
    return next((name for name, forms in values.items() if value.lower() in forms), None)
