"""The first and the last: facts by their time, projects by their size."""

from __future__ import annotations

from collections.abc import Sequence

from plankb.kept_patterns import compiled
from plankb.model import Fact, Project
from plankb.quantities import converted, counting_words
from plankb.query.answering.conditions import years_of
from plankb.query.library import Library
from plankb.query.model import AnyAnswer, Understood
from plankb.register import places

_ITEM, _BEFORE = compiled("[、，；。：:\n]"), 14
"""What ends the item before in a list, and characters before a name that may say its place."""


def extreme_time(fact: AnyAnswer, query: Understood) -> str:
    """The last time by which a fact is due, or the first where the earliest is asked for; empty where it names none."""
    years = years_of(fact) if isinstance(fact, Fact) else ()
    if not years:
        return ""
    return max(years) if query.aggregate == "latest" else min(years)


def of_extreme_time(facts: Sequence[AnyAnswer], query: Understood) -> tuple[AnyAnswer, ...]:
    """Of some facts those that are due last, or first."""
    times = [time for fact in facts if (time := extreme_time(fact, query))]
    if not times:
        return ()
    wanted = (max if query.aggregate == "latest" else min)(times)
    return tuple(fact for fact in facts if extreme_time(fact, query) == wanted)


def by_size(projects: Sequence[Project], query: Understood) -> list[Project]:
    """The projects with a size in the unit of the first, the largest or smallest first as asked; [] where none is."""
    if query.aggregate not in ("highest", "lowest"):
        return []
    unit = next((size.unit or "" for project in projects for size in project.quantity), "")
    sizes = {project.id: size for project in projects if (size := _size(project, unit)) is not None}
    found = [project for project in projects if project.id in sizes]
    return sorted(found, key=lambda project: sizes[project.id], reverse=query.aggregate == "highest")


def is_sized(fact: AnyAnswer, measure: str) -> bool:
    """Whether a fact is a project with a size in a unit, or in one that converts to it; 个 counts the projects."""
    if not isinstance(fact, Project) or measure in counting_words():
        return True
    return any(converted(1, size.unit or "", measure) is not None for size in fact.quantity)


def placed_name(project: Project, library: Library) -> str:
    """A project's name with the place that stands right before it in its list (某市（某区）生活垃圾焚烧发电项目)."""
    text = library.store.text(project.plan)
    before = _ITEM.split(text[max(0, project.span[0] - _BEFORE) : project.span[0]])[-1].strip()
    named = [place for place, _ in places.mentions(before)]
    return before + project.name if named and project.name.startswith(text[project.span[0]]) else project.name


def _size(project: Project, unit: str) -> float | None:
    found = (converted(float(size.value), size.unit or "", unit) for size in project.quantity)
    return next((float(size) for size in found if size is not None), None)
