"""What stands in a 专栏, by its own lines: a box lists more than what is read as a project, and is counted whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plankb import rules
from plankb.document.outline import Section
from plankb.errors import Language
from plankb.model import Project
from plankb.name_forms import bare, without_number
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise.names import pieces
from plankb.query.recognise.sections import BOX, has_number, is_numbered
from plankb.query.vocabulary import short_place
from plankb.rules.lazy import LazyPattern
from plankb.store import FactFilter

_MOST, _PLANS, _FEW, _LONGEST = 20, 3, 8, 40
"""Items that are named, plans of which boxes are told, plans that are all looked through for a box
without a project, and characters of an item's name."""
_NUMBERED = LazyPattern(r"\s*(?:\d{1,2}\s?[.．、]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)])\s*")
_LABELLED = 20
_LABEL = LazyPattern(r"\s*(?:\d{1,2}\s?[.．、])?(?P<label>[^：:。；;\n]{2,12})[：:]")
"""Plans whose lines are read for their labels, and the label of a line."""
_NAME = LazyPattern(r"[^：:。；;]+")


def boxes_said(query: Understood, projects: Sequence[Project], library: Library, lang: Language) -> str:
    """The boxes that a query asks for with the items that each lists; empty where it asks for no whole box."""
    if query.section is None or query.topic or query.value or query.unit or query.measure or query.denied:
        return ""
    plans = query.plans or tuple(dict.fromkeys(project.plan for project in projects))
    if not plans and len(library.vocabulary.plans) <= _FEW:
        plans = tuple(plan.id for plan in library.vocabulary.plans)
    elif not 0 < len(plans) <= _PLANS:
        return ""
    said = []
    for plan in plans:
        for box in library.outline(plan).sections:
            if (
                box.form == "box"
                and _is_asked(box, query.section)
                and (items := items_of(box, library.store.text(plan)))
            ):
                own = sum(project.section[-1:] == (box.heading,) for project in projects if project.plan == plan)
                said.append(_said(box, items, own, library.vocabulary.title_of.get(plan, plan), lang))
    return say("join", "parts", lang).join(said)


def rest_of_box(projects: Sequence[Project], library: Library, lang: Language) -> str:
    """Of projects that all stand in one box and are all that is read of it, how many items it lists in all; empty where
    it lists no more."""
    homes = {(project.plan, project.section) for project in projects}
    if len(homes) != 1:
        return ""
    plan, section = homes.pop()
    if not section or not section[-1].startswith(BOX):
        return ""
    box = next((one for one in library.outline(plan).sections if one.path == section), None)
    items = items_of(box, library.store.text(plan)) if box else ()
    known = {bare(project.name) for project in projects}
    rest = [item for item in items if not any(bare(item) in name or name in bare(item) for name in known)]
    whole = len(items) - len(rest) == len(projects)
    if box is None or not rest or not whole:
        return ""
    others = joined(rest, lang, limit=_MOST, mark="parts")
    return say("contents", "box_rest", lang, box=box.heading, count=len(items), list=others)


def under_label(query: Understood, plans: Sequence[str], library: Library) -> tuple[Project, ...]:
    """The projects of lines that are labelled with what is asked for (风电：甲场、乙场), whose own names need not say
    it; what else is asked for stands in their names. () for a large knowledge base, whose texts would be read."""
    words = query.words
    kinds = {bare(rules.one("question_forms", "project_end").sub(word)): word for word in words}
    if not words or not 0 < len(plans) <= _LABELLED:
        return ()
    found = []
    for plan in plans:
        projects = [p for p in library.store.facts("project", FactFilter(plans=(plan,))) if isinstance(p, Project)]
        text = library.store.text(plan) if projects else ""
        for project in projects:
            label = _LABEL.match(text[text.rfind("\n", 0, project.span[0]) + 1 : project.span[0]])
            said = kinds.get(bare(label["label"])) if label else None
            if said and all(pieces(bare(short_place(w)), bare(project.name)) for w in words if w != said):
                found.append(project)
    return tuple(found)


def items_of(box: Section, text: str) -> tuple[str, ...]:
    """The names of the items of a box: those of its numbered lines, else of all its lines."""
    lines = [line.strip() for line in text[box.span[1] : box.end].split("\n") if line.strip()]
    numbered = [line for line in lines if _NUMBERED.match(line)]
    return tuple(_names(numbered or lines))


def _names(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        match = _NAME.match(_NUMBERED.regex.sub("", line, count=1))
        name = match.group().strip() if match else ""
        if name:
            yield name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _is_asked(box: Section, asked: str) -> bool:
    return has_number(box.path, asked) if is_numbered(asked) else pieces(asked, bare(without_number(box.heading))) == 1


def _said(box: Section, items: Sequence[str], projects: int, plan: str, lang: Language) -> str:
    title = f"《{plan}》" if lang == "zh" else plan
    listed = joined(items, lang, limit=_MOST, mark="parts")
    text = say("contents", "box_lists", lang, plan=title, box=box.heading, count=len(items), list=listed)
    more = projects and projects != len(items)
    return text + (say("contents", "box_projects", lang, count=projects) if more else "")
