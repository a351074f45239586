"""How many projects there are of a name and what their sizes come to, where no target says it: 农业光伏电站总规模."""

from __future__ import annotations

from collections.abc import Sequence

from plankb import rules
from plankb.errors import Language
from plankb.model import Project
from plankb.numbers import plain
from plankb.phrases import number
from plankb.quantities import converted
from plankb.query.answering.by_topic import without_kind
from plankb.query.answering.conditions import in_section
from plankb.query.answering.extremes import is_sized, placed_name
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.link.labels import find_labels
from plankb.query.model import Understood
from plankb.query.normalise.names import bare
from plankb.store import FactFilter

_SHOWN = 12


def sizes_of_projects(query: Understood, library: Library, lang: Language) -> Result | None:
    """The projects of a topic whose sizes are asked for in all, with the sum; None for another question, and where
    they have no sizes in one unit."""
    total = rules.one("question_forms", "project_total")
    said = [rest for word in query.words if word != query.measure and (rest := total.sub(word))]
    is_sum = query.form == "sum" or (query.kind == "projects" and query.aggregate == "count")
    if query.kind not in ("targets", "passages", "projects") or not said:
        return None
    if said == [word for word in query.words if word != query.measure] and not is_sum:
        return None
    ids = _named(said, library)
    plans = tuple(plan.id for plan in plans_searched(query, library))
    among = library.store.facts("project", FactFilter(plans=plans or ("",))) if ids else []
    projects = [
        fact
        for fact in among
        if isinstance(fact, Project) and fact.id in ids and in_section(fact, query.section)
        and (query.measure is None or is_sized(fact, query.measure))
    ]  # fmt: skip
    return total_size(projects, library, lang) if any(one.quantity for one in projects) else None


def _named(words: Sequence[str], library: Library) -> frozenset[str]:
    """The projects of all of some words; those of each member of a list (风电和光伏项目)."""
    index = library.vocabulary.index(("project",))
    joint = rules.one("question_forms", "part_joint").regex

    def fitting(wanted: Sequence[str]) -> set[str]:
        found = find_labels([without_kind(word) for word in wanted], index)
        return {label.id for label in found.labels(index)} if found.names and not found.meant else set()

    members = [part.strip() for word in words for part in joint.split(word) if part.strip()]
    each = [fitting([member]) for member in members]
    return frozenset(fitting(words) or (set().union(*each) if len(each) > 1 and all(each) else ()))


def total_size(projects: Sequence[Project], library: Library, lang: Language) -> Result | None:
    """What the sizes of projects come to, each named; None where they have no sizes in one unit."""
    unit, sizes = _sizes(projects)
    if not sizes:
        return None
    listed = joined((f"{placed_name(one, library)}（{_own_sizes(one)}）" for one in projects), lang, limit=_SHOWN)
    amount = number(plain(float(f"{sum(sizes):.10g}"))) + unit
    key = "project_sum" if len(sizes) == len(projects) else "project_sum_some"
    said = {"count": len(projects), "total": amount, "list": listed, "sized": len(sizes)}
    return Result(text=say("sentence", key, lang, **said), facts=tuple(projects))


def _sizes(projects: Sequence[Project]) -> tuple[str, list[float]]:
    """The unit of the first size and the size of each project that has one that converts to it."""
    unit = next((size.unit or "" for project in projects for size in project.quantity), "")
    found = []
    for project in projects:
        sizes = (converted(float(size.value), size.unit or "", unit) for size in project.quantity)
        found += [float(size) for size in sizes if size is not None][:1]
    return bare(unit) and unit, found


def _own_sizes(project: Project) -> str:
    return "、".join(f"{number(size.value)}{size.unit or ''}" for size in project.quantity) or "—"
