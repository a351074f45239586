"""What a rule of `check` is, and the list of them: one function a rule, registered under the name the user turns off.

A rule is given the draft and yields remarks; a remark says where (a span of the clean text) and what (a message code
with its details). Severity stands with the rule; a remark may say another where it is surer or less sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from plankb import rules, times
from plankb.checks.compare import in_one_line
from plankb.checks.conflicts import compare_plans
from plankb.checks.figures import told
from plankb.checks.known import Known
from plankb.document import Table, pieces
from plankb.extractors import Reading
from plankb.in_force import comparable
from plankb.model import AnyFact, Conflict, Deadline, Fix, Severity, Span, Target, Task, Words

_LONGEST, _TITLE = 1500, 40
_STOPS = "。！？；"
_HEAD, _TAIL = 2500, 400


@dataclass(frozen=True)
class Draft:
    """A draft as it was read, and what it is checked against."""

    reading: Reading
    known: Known = field(default_factory=Known)
    given_date: str | None = None
    """The date that the user gave: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None to find it in the draft."""
    laid_out: bool = False
    """Whether the file's own format shows its lines and marks, and so its layout; never of plain text."""

    @cached_property
    def date(self) -> str | None:
        """When the draft is of, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where nothing tells."""
        return self.given_date or _date_of(self.reading)

    @property
    def text(self) -> str:
        """The clean text."""
        return self.reading.clean.text

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The draft's targets in the order of the text."""
        return tuple(fact for fact in self.reading.facts if isinstance(fact, Target))

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The draft's tasks in the order of the text."""
        return tuple(fact for fact in self.reading.facts if isinstance(fact, Task))

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The draft's deadlines in the order of the text."""
        return tuple(fact for fact in self.reading.facts if isinstance(fact, Deadline))

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What `conflicts` would say of the draft's facts, were they in the knowledge base."""
        own = self.reading.plan
        beside = [plan for plan in self.known.plans if comparable(plan, own) and in_one_line(plan, own)]
        ids = {plan.id for plan in beside}
        of_all = self.known
        found = compare_plans(
            Known(
                plans=(*beside, own),
                targets=(*(target for target in of_all.targets if target.plan in ids), *self.targets),
                tasks=(*(task for task in of_all.tasks if task.plan in ids), *self.tasks),
                deadlines=(*(deadline for deadline in of_all.deadlines if deadline.plan in ids), *self.deadlines),
                texts={id_: text for id_, text in of_all.texts.items() if id_ in ids} | {own.id: self.text},
            )
        )
        return tuple(conflict for conflict in found if any(fact.plan == own.id for fact in conflict.facts))

    @cached_property
    def told(self) -> tuple[Target, ...]:
        """The figures that the draft tells of the years before its own; () where its period is not known."""
        return tuple(told(self.reading.plan, self.text))

    def heading(self, task: Task) -> Span:
        """The heading of one of the draft's tasks, or the first words of its text."""
        section = self.reading.outline.at(task.span[0])
        if section and section.span[0] >= task.span[0]:
            return section.span
        end = self.text.find("。", *task.span)
        return task.span[0], min(task.span[1], end if end > 0 else task.span[1], task.span[0] + _TITLE)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The draft's tables."""
        return self.reading.clean.tables

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Spans of the paragraphs of running text, headings among them; table rows and the contents list left out."""
        return tuple((p.start, p.end) for p in self.reading.clean.paragraphs if p.kind == "text")

    @cached_property
    def full_sentences(self) -> tuple[Span, ...]:
        """Spans of the sentences up to 。 and no further; what goes on without end is no sentence and left out."""
        sentence = rules.pattern("checks", "full_sentence")
        found = [match.span() for paragraph in self.paragraphs for match in sentence.finditer(self.text, *paragraph)]
        return tuple(span for span in found if span[1] - span[0] <= _LONGEST)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of the sentences and clauses up to 。！？；, their stop included."""
        found: list[Span] = []
        for start, end in self.paragraphs:
            found += pieces(self.text, (start, end), stops=_STOPS)
        return tuple(span for span in found if span[1] - span[0] <= _LONGEST)


def _date_of(reading: Reading) -> str | None:
    """When a draft was written, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where nothing tells.

    The issuing line comes first; then the year of the draft's own document number; then its period's first year; last
    the latest year that the draft tells of as past (截至2022年底).
    A year alone is a date too: what is due before it is past.
    """
    plan = reading.plan
    if plan.date:
        return plan.date
    return _numbered(reading.clean.text) or (plan.period or "")[:4] or _told(reading.clean.text)


def _numbered(text: str) -> str | None:
    """The year of a document number that stands on a line of its own: 某府办发〔2023〕12号."""
    pattern = rules.one("checks", "dated").regex
    found = pattern.search(text[:_HEAD]) or pattern.search(text[-_TAIL:])
    return found["year"] if found else None


def _told(text: str) -> str | None:
    """The year after the latest one that is told of as over: of 截至2022年底 it is 2023."""
    ended = [time.last for time in times.find(text) if time.past and time.last and _over(time)]
    return str(max(ended) + 1) if ended else None


def _over(time: times.Time) -> bool:
    return time.end is not None and time.end.endswith("-12-31") and time.text.rstrip().endswith(("底", "末"))


@dataclass(frozen=True)
class Remark:
    """What a rule found. `code` is a message, `details` fill it; `severity` None: the rule's own; `fixes` mend it."""

    span: Span
    code: str
    details: dict[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    related: tuple[AnyFact, ...] = ()
    fixes: tuple[Fix, ...] = ()


Check = Callable[[Draft], Iterator[Remark]]


@dataclass(frozen=True)
class Rule:
    """A registered rule: its name, what it looks for in both languages, an example of a slip, and its function."""

    name: str
    severity: Severity
    finds: Words
    example: str
    check: Check


RULES: dict[str, Rule] = {}
"""All rules by name, in the order of registration."""


def rule(name: str, *, severity: Severity, zh: str, en: str, example: str) -> Callable[[Check], Check]:
    """Registers a function as the rule `name`."""

    def register(check: Check) -> Check:
        RULES[name] = Rule(name, severity, Words(zh=zh, en=en), example, check)
        return check

    return register
