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
from plankb.query.answering.extremes import placed_name
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
    words = [rest for word in query.words if (rest := total.sub(word))]
    if query.kind not in ("targets", "passages") or not words or words == list(query.words):
        return None
    index = library.vocabulary.index(("project",))
    found = find_labels([without_kind(word) for word in words], index)
    ids = {label.id for label in found.labels(index)} if found.names and not found.meant else set()
    plans = tuple(plan.id for plan in plans_searched(query, library))
    among = library.store.facts("project", FactFilter(plans=plans or ("",))) if ids else []
    projects = [fact for fact in among if isinstance(fact, Project) and fact.id in ids]
    return total_size(projects, library, lang)


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
