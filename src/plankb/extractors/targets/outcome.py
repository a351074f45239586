"""Commitments in words: what a clause says shall be reached, without a number. The outcomes are data in
`rules/qualitative.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from plankb import rules, times
from plankb.indicators import naming
from plankb.indicators import phrase as phrases
from plankb.model import Span
from plankb.rules.endings import last_characters
from plankb.rules.kinds import OutcomeForm
from plankb.rules.needs import Sieve, could_match, sieve
from plankb.rules.prefilter import Prefilter

_LONGEST_SUBJECT, _LONGEST_OBJECT = 60, 60
_LONGEST_WORDS = 80
"""No outcome is longer; only so much of the end of a clause is searched, so that endless lists stay quick."""
_OPENS = 4
_WHOLE = ("full coverage", "held", "plateau and band", "set phrase")
"""Outcomes that may be all that a clause says (，到2030年实现全覆盖): what they are said of stands before it."""
_LOOKS_BACK = 16
"""Characters before a clause that a form may look at: more than any lookbehind is long."""
_OPEN, _CLOSE = "“‘", "”’"
_form, _screened = partial(rules.pattern, "qualitative"), partial(rules.screened, "qualitative")
_MARKS_BEFORE, _MARKS_AFTER = " 　—●■·、", " 　、"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a clause says in words: `subject` None when elided, `words` the outcome; `strong` counts without a time."""

    subject: Span | None
    words: Span
    strong: bool
    name: str


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    pattern: re.Pattern[str]
    strong: bool
    needs: Sieve
    last: frozenset[str] | None
    """The characters that it may end in; None for any."""


@cache
def _forms(kind: str) -> tuple[_Form, ...]:
    shape = {"ends": r"(?:{0})$", "begins": r"(?:{0})", "between": r"(?:{0})"}[kind]
    return tuple(
        _Form(
            rule.name,
            re.compile(shape.format(rule.expression)),
            rule.strong,
            sieve(rule.expression),
            last_characters(rule.expression),
        )
        for rule in rules.many("qualitative", kind, OutcomeForm)
    )


@cache
def _forms_that_end_in(char: str) -> tuple[_Form, ...]:
    return tuple(form for form in _forms("ends") if form.last is None or char in form.last)


@cache
def _may_stand_between() -> Prefilter:
    return Prefilter(form.pattern.pattern for form in _forms("between"))


def no_commitments(titles: tuple[str, ...]) -> bool:
    """Whether sections of such titles hold aims and principles rather than commitments."""
    return any(_screened("not.titles").search(title) for title in titles)


def work_to_do(text: str) -> bool:
    """Whether a sentence opens with work to do (加强…, 推进…) and so states no outcome of its subject."""
    return bool(_screened("not.starts").match(text))


def drives(text: str) -> bool:
    """Whether a clause opens with work that the clauses after it are the aim of (加强…, 推动…)."""
    return work_to_do(text) or bool(_screened("not.drives").match(text))


def opens_with_outcome(text: str) -> bool:
    """Whether a sentence opens with an outcome that needs no time to count (基本建成…)."""
    return any(form.strong and form.pattern.match(text) for form in _forms("begins"))


def find(text: str, start: int, end: int, *, timed: bool, aimed: bool = False) -> Outcome | None:
    """The outcome that `text[start:end]`, a clause, commits to; None when it commits to none.

    `timed`: a time holds for the clause, so that an outcome that is not strong counts too; `aimed`: its
    place is one of goals, where it counts unless it opens with work to do.
    """
    start, end = phrases.strip_times(text, *_trimmed(text, start, end))
    clause = text[start:end]
    if len(clause) < 2 or _screened("not.anywhere").search(clause) or clause.count("（") != clause.count("）"):
        return None
    found = _ends(text, start, end)
    if found is None or found.subject is None:
        begun = _begins(text, start, end)
        kept = found is not None and (
            (found.words[0] - start <= _OPENS and found.name in _WHOLE)
            or (found.name == "state reached" and not (begun and begun.strong))
        )
        found = found if kept else begun or found
    elif not (timed or aimed or found.strong):
        begun = _begins(text, start, end)
        found = begun if begun is not None and begun.strong else found
    if found is None or not (timed or aimed or found.strong):
        inner = _between(text, start, end)
        found = inner if found is None or (inner is not None and inner.strong) else found
    if found is None or not (timed or aimed or found.strong or _pushed(text, clause, found)):
        return None
    if text.count("《", *found.words) != text.count("》", *found.words):
        return None  # 印发《关于全面推行…的通知》: what a title says
    if found.name == "turned to" and _screened("not.drives").match(clause):
        return None  # 推动…向…转变 is work and no state
    barred = _screened("not.starts_timed" if timed else "not.starts").match(clause)
    return None if barred and not (found.strong and _form("carries").match(clause)) else found


def opening(text: str, start: int, end: int) -> Outcome | None:
    """The outcome that a clause opens with, and of what (实现街镇全覆盖); None where it opens with none."""
    return _begins(text, *phrases.strip_times(text, *_trimmed(text, start, end)))


def subject(text: str, start: int, end: int) -> Span | None:
    """What a clause speaks of, whether or not it commits to anything; None when it does not say."""
    found = _ends(text, *phrases.strip_times(text, *_trimmed(text, start, end)))
    return found.subject if found else None


def ends_in_outcome(text: str, start: int, end: int) -> bool:
    """Whether a piece of text ends in an outcome that has a subject."""
    found = _ends(text, start, end)
    return found is not None and found.subject is not None


def parts(text: str, start: int, end: int) -> tuple[Span, ...]:
    """A clause taken apart at a 、 between two outcomes (散煤基本清零、清洁取暖全覆盖)."""
    if text.find("、", start, end) < 0 or not _closes(text, start, end):
        return ((start, end),)
    for index in range(start, end):
        if text[index] == "、" and _ends(text, start, index) and _ends(text, index + 1, end):
            return (start, index), *parts(text, index + 1, end)
    return ((start, end),)


def _closes(text: str, start: int, end: int) -> bool:
    """Whether the last words of a clause are an outcome."""
    return _end_of(text[max(start, end - _LONGEST_WORDS) : end]) is not None


@lru_cache(maxsize=256)
def _end_of(tail: str) -> tuple[int, _Form] | None:
    """Where the longest outcome that ends a text starts, and its form; of two that start at one place the strong one
    counts. None where it ends in none."""
    best: tuple[int, _Form] | None = None
    for form in _forms_that_end_in(tail[-1:]):
        match = form.pattern.search(tail) if could_match(form.needs, tail) else None
        if match and (best is None or match.start() < best[0] or (form.strong and match.start() == best[0])):
            best = match.start(), form
    return best


def _pushed(text: str, clause: str, found: Outcome) -> bool:
    """Whether an indicator is told to move without a time: 推动化肥施用强度有效降低."""
    if found.name != "direction" or found.subject is None:
        return False
    return bool(_form("pushes").match(clause) and naming.has_head(text[slice(*found.subject)]))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the marks around a clause; a quotation mark stays where its partner stands in the clause too."""
    while start < end and (text[start] in _MARKS_BEFORE or (text[start] in _OPEN and _unlike(text[start:end]) > 0)):
        start += 1
    while end > start and (text[end - 1] in _MARKS_AFTER or (text[end - 1] in _CLOSE and _unlike(text[start:end]) < 0)):
        end -= 1
    goal = _form("goal_last").search(text, start, end)
    return start, goal.start() if goal else end


def _unlike(clause: str) -> int:
    """How many more quotation marks a clause opens than it closes."""
    return sum((char in _OPEN) - (char in _CLOSE) for char in clause)


def _ends(text: str, start: int, end: int) -> Outcome | None:
    """A clause that ends in its outcome; the longest outcome counts."""
    floor = max(start, end - _LONGEST_WORDS)
    found = _end_of(text[floor:end])
    if found is None:
        return None
    at, form = floor + found[0], found[1]
    event = _form("after_event").search(text, start, at)
    at = event.start() if event else at
    subject = phrases.tidy(text, start, _before_base(text, start, at))
    if subject[1] - subject[0] > _LONGEST_SUBJECT:
        return None
    return Outcome(subject if _says_what(text, subject) else None, (at, end), form.strong, form.name)


def _says_what(text: str, subject: Span) -> bool:
    """Whether a subject is more than adverbs and verbs (继续, 有序推动)."""
    return subject[0] < subject[1] and not rules.one("qualitative", "no_subject").search(text[slice(*subject)])


def _before_base(text: str, start: int, end: int) -> int:
    """Where a subject ends before what it is compared with (在2025年基础上, 较2022年)."""
    bases = [time.span[0] for time in times.find(text[start:end]) if time.base]
    place = _form("base_last").search(text[start : start + bases[0]]) if bases else None
    return start + bases[0] - len(place.group() if place else "") if bases else end


def _between(text: str, start: int, end: int) -> Outcome | None:
    seen = text[max(0, start - _LOOKS_BACK) : end]
    for number in _may_stand_between()(seen):
        form = _forms("between")[number]
        match = form.pattern.search(text, start, end)
        if match and match.start() - start >= 2:
            subject = phrases.tidy(text, start, match.start())
            if not _says_what(text, subject) and 2 <= end - match.end() <= _LONGEST_OBJECT:
                return Outcome((match.end(), end), match.span(), form.strong, form.name)
            if subject[0] < subject[1] <= start + _LONGEST_SUBJECT:
                return Outcome(subject, (match.start(), end), form.strong, form.name)
    return None


def _begins(text: str, start: int, end: int) -> Outcome | None:
    lead = _form("lead").match(text, start, end)
    at = lead.end() if lead else start
    if not any(rules.union("qualitative", "begins").match(text, place, end) for place in {at, start}):
        return None
    found: Outcome | None = None
    for form in _forms("begins"):
        for place in {at, start}:
            match = form.pattern.match(text, place, end)
            if match and 2 <= end - match.end() <= _LONGEST_OBJECT and (found is None or form.strong):
                found = Outcome((match.end(), end), (match.start(), match.end()), form.strong, form.name)
    return found
