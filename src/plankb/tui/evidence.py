"""A quotation in its context: the passage around it, with what to mark in it, and its citation. Pure; no widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from plankb import phrases
from plankb.columns import title_of
from plankb.kb import CleanText, FactFilter, KnowledgeBase, Outline
from plankb.model import ROLES, AnyFact, Deadline, Fact, Passage, Plan, Span, Target, Task
from plankb.tui.cells import plain
from plankb.tui.widgets.reader import Mark
from plankb.words import Speaker

_BEFORE = 700
_AFTER = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage to show: `marks` and `focus` are spans in `text`, which begins at `start` of the plan's clean text."""

    plan: Plan
    section: tuple[str, ...]
    text: str
    start: int
    marks: tuple[Mark, ...]
    focus: Span


def evidence(kb: KnowledgeBase, found: Fact | Passage) -> Evidence:
    """The passage in which a fact or a search hit stands."""
    clean = kb.clean(found.plan)
    start, end = context(clean, kb.outline(found.plan), found.span)
    return Evidence(
        plan=kb.store.plan(found.plan),
        section=found.section,
        text=clean.text[start:end],
        start=start,
        marks=tuple(_shifted(_marks(kb, found, clean.text), start, end)),
        focus=(found.span[0] - start, found.span[1] - start),
    )


def context(clean: CleanText, outline: Outline, span: Span) -> Span:
    """Whole paragraphs around a span: its section, of a long section the part around it."""
    section = outline.at(span[0])
    first, last = (section.span[0], section.end) if section else (0, len(clean.text))
    low, high = max(first, span[0] - _BEFORE), min(max(last, span[1]), span[1] + _AFTER)
    start, end = clean.paragraph_at(low).start, clean.paragraph_at(max(low, high - 1)).end
    return min(start, span[0]), max(end, span[1])


def fact_marks(facts: Iterable[AnyFact], signs: dict[str, str]) -> Iterator[Mark]:
    """A mark for each fact, with the sign of its kind in the margin."""
    for fact in facts:
        yield Mark(span=fact.span, tone=fact.kind, sign=signs.get(fact.kind, ""), id=fact.id)


def deciding(fact: Fact) -> tuple[Mark, ...]:
    """The words of a quotation that decide what the fact says: who answers for a task; a target's indicator and value.

    Those to look at first come first: of a task the bureaus, which often stand at its end.
    """
    if isinstance(fact, Task):
        words = [f"{time[:4]}年" for time in fact.by]
        words += sorted((name for role in (*ROLES, "collective") for name in getattr(fact, role) or ()), key=len)
        tone = "bureau"
    elif isinstance(fact, Target):
        words = [
            fact.indicator,
            "" if fact.value is None else phrases.number(fact.value) + (fact.unit or ""),
            fact.by or "",
        ]
        tone = "target"
    else:
        return ()
    found = ((fact.quote.find(word), len(word)) for word in words if word)
    marks = [Mark(span=(at, at + size), tone=tone) for at, size in found if at >= 0]
    return tuple(sorted(marks, key=lambda mark: mark.span) if isinstance(fact, Target) else reversed(marks))


def _marks(kb: KnowledgeBase, found: Fact | Passage, text: str) -> Iterator[Mark]:
    if isinstance(found, Passage):
        shift = found.span[0]
        yield from (Mark(span=(start + shift, end + shift), tone="hit") for start, end in found.highlights)
        return
    where = FactFilter(plans=(found.plan,))
    near: Iterable[Target | Deadline] = chain(kb.store.facts("target", where), kb.store.facts("deadline", where))
    yield from (Mark(span=fact.span, tone=fact.kind) for fact in near if fact.id != found.id)
    if isinstance(found, Task):
        yield from _names(text, found.span, sorted(found.bureaus, key=len, reverse=True))


def _names(text: str, span: Span, names: Sequence[str]) -> Iterator[Mark]:
    for name in names:
        at = text.find(name, span[0])
        while name and 0 <= at < span[1] + _AFTER:
            yield Mark(span=(at, at + len(name)), tone="bureau")
            at = text.find(name, at + len(name))


def _shifted(marks: Iterable[Mark], start: int, end: int) -> Iterator[Mark]:
    for mark in marks:
        low, high = max(mark.span[0], start), min(mark.span[1], end)
        if low < high:
            yield Mark(span=(low - start, high - start), tone=mark.tone, sign=mark.sign, id=mark.id)


def cite(found: Fact | Passage, plan: Plan, say: Speaker) -> str:
    """“quotation”（《plan》，section > section）."""
    words = found.text if isinstance(found, Passage) else found.quote
    title = f"《{title_of(plan)}》"
    section = phrases.trail(found.section)
    source = say("cite.line", plan=title, section=section) if section else say("cite.plan_only", plan=title)
    return plain(f"“{words}”{source}")
