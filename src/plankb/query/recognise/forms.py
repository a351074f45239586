"""What a question does with what it finds: says yes or no, chooses, dates, subtracts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.model import Span
from plankb.query.model import Form, Group
from plankb.query.recognise.keywords import Keyword
from plankb.query.recognise.text import QuestionText

_YEAR = compiled(r"20\d\d")


def find_forms(question: QuestionText) -> Mapping[Form, Span]:
    """Takes the words that say what is done with what is found: each form with the span of its last words."""
    found: dict[Form, Span] = {}
    for rule in rules.many("question_forms", "form"):
        if rule.means in ("higher", "lower") and not rules.one("question_forms", "comparing").search(question.text):
            continue
        for match in question.take_all(rule):
            found[cast(Form, rule.means)] = match.span()
    return found


def find_group(question: QuestionText) -> Group | None:
    """Takes the words that ask place by place (哪个省, 各市)."""
    found: Group | None = None
    for rule in rules.many("question_forms", "group"):
        for _ in question.take_all(rule):
            found = found or cast(Group, rule.means)
    return found


def find_remaining(question: QuestionText) -> bool:
    """Takes the words that ask how long it is until a time (还剩多久)."""
    found = False
    for match in rules.one("question_forms", "remaining").finditer(question.rest):
        start = match.end("what")
        for span in ((match.start(), match.start("what")), (start, match.end())):
            question.take(*span)
        found = True
    return found


def find_state(question: QuestionText) -> tuple[Keyword, ...]:
    """Takes the words that say how tasks stand (逾期了, 没启动), the first of them; () where other things are asked."""
    if rules.one("question_forms", "state_of_others").search(question.text):
        return ()
    for rule in rules.many("question_forms", "state"):
        for match in question.take_all(rule):
            return (Keyword("state", rule.means, match.span(), (("kind", "tasks"),)),)
    return ()


def asks_when(text: str) -> bool:
    """Whether a year or time is asked for."""
    return rules.one("question_forms", "asks_when").search(text) is not None


def find_baseline(question: QuestionText) -> bool:
    """Takes the words that hold a target against its own baseline (比基期低吗)."""
    return len(tuple(question.take_all(rules.one("question_forms", "against_baseline")))) > 0


def find_base_year(question: QuestionText) -> str | None:
    """Takes the year that a change is measured from (比2020年下降): the only year of the question, or an earlier one
    than all others where a change is named after it (2030年较2005年的降幅)."""
    years = set(_YEAR.findall(question.text))
    for match in rules.one("question_forms", "since_year").finditer(question.rest):
        year = match["year"] or match["en"]
        changes = rules.one("question_forms", "change_after").match(question.rest[match.end() :])
        if len(years) == 1 or (changes and year == min(years)):
            question.take(*match.span())
            return year
    return None
