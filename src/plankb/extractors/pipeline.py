"""The steps over a plan, each stating what it needs and what it adds to one typed `Analysis`.

A step is a function from an analysis to one with more in it. Their order is that of `STEPS`; a test checks that each
finds what it needs, and that it fills nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from plankb.document import CleanText, Outline, outline
from plankb.document.tables import filled
from plankb.extractors.doubts import doubt, role_doubts
from plankb.extractors.finding import find
from plankb.extractors.named import citations, projects
from plankb.extractors.notes import Note, find_notes
from plankb.extractors.notes.deadlines import find_deadlines
from plankb.extractors.records import Context, Ids
from plankb.extractors.tables import Held, held
from plankb.extractors.tasks import find_tasks
from plankb.extractors.tokens import Tokens, tokens
from plankb.model import AnyFact, Bureau, Citation, Deadline, Doubt, Plan, Project, Target, Task
from plankb.plan_info import fill
from plankb.plan_info.attachments import attachments, in_their_period, outside_forms
from plankb.times import Time


@dataclass(frozen=True)
class Analysis:
    """What is known of a plan so far; a field that no step has filled yet is empty.

    `target_times` holds the time of each target that has one, by its id.
    """

    plan: Plan
    clean: CleanText
    ids: Ids
    outline: Outline = field(default_factory=lambda: Outline(()))
    tables: tuple[Held, ...] = ()
    notes: tuple[Note, ...] = ()
    tokens: Tokens | None = None
    targets: tuple[Target, ...] = ()
    target_times: Mapping[str, Time] = field(default_factory=lambda: MappingProxyType({}))
    tasks: tuple[Task, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    projects: tuple[Project, ...] = ()
    citations: tuple[Citation, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    bureaus: tuple[Bureau, ...] = ()

    @property
    def context(self) -> Context:
        """What the makers of facts share."""
        return Context(self.plan, self.clean, self.outline, self.ids)

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """All facts found so far, in the order of the text."""
        found: tuple[AnyFact, ...] = (
            *self.tasks,
            *self.targets,
            *self.deadlines,
            *self.projects,
            *self.citations,
            *self.doubts,
        )
        return tuple(sorted(found, key=lambda fact: fact.span))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the fields of the analysis that it reads, those that it fills or adds to, and what does it."""

    name: str
    needs: tuple[str, ...]
    adds: tuple[str, ...]
    run: Callable[[Analysis], Analysis]


def _outline(known: Analysis) -> Analysis:
    """The tree of sections."""
    return replace(known, outline=outline(known.clean))


def _tables(known: Analysis) -> Analysis:
    """Tables, what was merged filled, with what they hold; those of forms left out."""
    tables = tuple(filled(table) for table in known.clean.tables)
    return replace(known, tables=tuple(held(known.clean.text, outside_forms(tables, known.plan))))


def _plan_info(known: Analysis) -> Analysis:
    """What the document says about itself, where the given record leaves it open, and its attachments."""
    plan = fill(known.plan, known.clean)
    return replace(known, plan=plan.model_copy(update={"attachments": attachments(known.clean)}))


def _notes(known: Analysis) -> Analysis:
    """Responsibility notes with their names."""
    return replace(known, notes=outside_forms(find_notes(known.clean), known.plan))


def _tokens(known: Analysis) -> Analysis:
    """The words of the text, cut at the edges of what is recognised."""
    return replace(known, tokens=tokens(known.clean, known.notes))


def _citations(known: Analysis) -> Analysis:
    """Documents that the plan refers to."""
    return replace(known, citations=citations(known.context))


def _targets(known: Analysis) -> Analysis:
    """Targets of the running text and of tables, and numbers that became none though they look like one."""
    found = find(known.clean, known.outline, known.plan, known.ids, known.tables, known.tokens)
    unread = outside_forms(found.unread, known.plan)
    doubts = tuple(doubt(known.context, each.reason, each.span) for each in unread)
    targets = in_their_period(outside_forms(found.targets, known.plan), known.plan)
    return replace(known, targets=targets, target_times=found.times, doubts=(*known.doubts, *doubts))


def _tasks(known: Analysis) -> Analysis:
    """Tasks with their roles, and the bureaus that hold them."""
    notes, tables = known.notes, known.tables
    found, bodies = find_tasks(known.context, notes=notes, tables=tables, targets=known.targets)
    doubts = role_doubts(known.context, notes=notes, tables=tables, tasks=found, bodies=bodies)
    doubts = outside_forms(doubts, known.plan)
    return replace(known, tasks=found, bureaus=bodies.records(found), doubts=(*known.doubts, *doubts))


def _deadlines(known: Analysis) -> Analysis:
    """Times of targets and tasks."""
    found = find_deadlines(
        known.context,
        targets=known.targets,
        target_times=known.target_times,
        tasks=known.tasks,
        notes=known.notes,
    )
    return replace(known, deadlines=found)


def _projects(known: Analysis) -> Analysis:
    """Named projects with their sizes."""
    return replace(known, projects=outside_forms(projects(known.context), known.plan))


STEPS: tuple[Step, ...] = (
    Step("outline", ("clean",), ("outline",), _outline),
    Step("plan_info", ("clean", "plan"), ("plan",), _plan_info),
    Step("tables", ("clean", "plan"), ("tables",), _tables),
    Step("citations", ("outline", "plan"), ("citations",), _citations),
    Step("notes", ("clean", "plan"), ("notes",), _notes),
    Step("tokens", ("clean", "notes"), ("tokens",), _tokens),
    Step("targets", ("outline", "tables", "plan", "tokens"), ("targets", "target_times", "doubts"), _targets),
    Step("tasks", ("outline", "notes", "tables", "targets"), ("tasks", "bureaus", "doubts"), _tasks),
    Step("deadlines", ("plan", "targets", "target_times", "tasks", "notes"), ("deadlines",), _deadlines),
    Step("projects", ("outline", "plan"), ("projects",), _projects),
)
"""In order."""


def run(clean: CleanText, plan: Plan) -> Analysis:
    """All that is found in a plan."""
    known = Analysis(plan, clean, Ids(plan.id))
    for step in STEPS:
        known = step.run(known)
    return known
