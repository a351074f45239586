"""From a plan and its facts to the passages that are indexed: the sentences of its text and the rows of its tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from plankb.document import CleanText, outline, pieces
from plankb.model import AnyFact, Bureau, Deadline, Doubt, Plan, Span, Target, Task
from plankb.search.model import Document, PlanDocuments

_STOPS = "。！？；"


def documents(plan: Plan, clean: CleanText, facts: Iterable[AnyFact], bureaus: Iterable[Bureau]) -> PlanDocuments:
    """The passages of a plan with what the facts in them say; doubts say nothing."""
    tree = outline(clean)
    within = _Within(fact for fact in facts if not isinstance(fact, Doubt))
    return PlanDocuments(
        plan=plan.id,
        title=plan.title,
        names={bureau.id: tuple(dict.fromkeys((bureau.name, *bureau.names))) for bureau in bureaus},
        passages=tuple(
            _document(tree.path_at(start), clean.text[start:end], start, within.overlapping(start, end))
            for start, end in sentences(clean)
        ),
    )


def _document(section: tuple[str, ...], text: str, start: int, facts: Iterable[AnyFact]) -> Document:
    held = list(facts)
    tasks = [fact for fact in held if isinstance(fact, Task)]
    return Document(
        section=section,
        text=text,
        span=(start, start + len(text)),
        bureaus=tuple(dict.fromkeys(id_ for task in tasks for id_ in task.bureaus.values())),
        years=tuple(sorted({year for fact in held for year in _years(fact)})),
        kinds=tuple(sorted({fact.kind for fact in held})),
    )


class _Within:
    """The facts of a plan by place."""

    def __init__(self, facts: Iterable[AnyFact]) -> None:
        self._facts = sorted(facts, key=lambda fact: fact.span)
        self._starts = [fact.span[0] for fact in self._facts]
        self._longest = max((fact.span[1] - fact.span[0] for fact in self._facts), default=0)

    def overlapping(self, start: int, end: int) -> list[AnyFact]:
        """The facts that share a character with [start, end)."""
        first = bisect_right(self._starts, start - self._longest - 1)
        last = bisect_right(self._starts, end - 1)
        return [fact for fact in self._facts[first:last] if fact.span[1] > start]


def _years(fact: AnyFact) -> Iterator[str]:
    if isinstance(fact, Task):
        yield from (year[:4] for year in fact.by)
    elif isinstance(fact, Target | Deadline) and fact.by:
        yield fact.by[:4]


def sentences(clean: CleanText) -> Iterator[Span]:
    """[start, end) of each sentence and table row; the contents list is left out, since it repeats the headings."""
    for paragraph in clean.paragraphs:
        if paragraph.kind == "contents":
            continue
        if paragraph.kind == "row":
            yield paragraph.start, paragraph.end
            continue
        yield from pieces(clean.text, (paragraph.start, paragraph.end), stops=_STOPS)
