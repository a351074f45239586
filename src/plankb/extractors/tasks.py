"""Tasks: the items of a plan that are work, with who leads, supports and answers, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from plankb.extractors import items as items_of
from plankb.extractors import notes as notes_of
from plankb.extractors.bureaus import Bodies
from plankb.extractors.items import Item
from plankb.model import Task

_LED = re.compile(r"(?P<names>[\u4e00-\u9fff（）、]{2,80})牵头(?!单位|部门|人|领导|作用|企业)")
_YEAR = re.compile(
    r"(?:(?P<year>20\d\d)\s*年\s*(?:(?:年)?底|末|\d{1,2}\s*月(?:底|末)?)?(?:之?前)?(?P<after>.?.?))"
    r"|(?P<plan>“?十(?P<five>[四五六])五”?(?:规划)?(?:时期|期间|期末|末|后期|中期)?)"
)


def tasks(doc: Any) -> tuple[tuple[Task, ...], Bodies]:
    """The tasks of a plan in order, and the bodies that its notes name."""
    clean, outline = doc._.clean, doc._.outline
    bodies = Bodies(doc._.plan)
    found = items_of.items(clean, outline, doc._.notes)
    return tuple(_task(doc, item, bodies) for item in found if items_of.is_task(item, outline)), bodies


def _task(doc: Any, item: Item, bodies: Bodies) -> Task:
    clean, section = doc._.clean, item.section
    notes = item.notes or item.inherited
    cut = [note.span for note in item.notes]
    title = _title(clean.text, item)
    body = items_of.without(clean.text, (section.span[1], max(section.span[1], item.span[1])), cut).lstrip("。：: ")
    lead = _merged(note.printed("lead") for note in notes)
    if not notes:
        lead = _led(clean.text, item)
    support = _merged(note.printed("support") for note in notes)
    joint = _merged(note.printed("joint") for note in notes)
    collective = _merged(note.collective for note in notes)
    return Task(
        id=doc._.ids.make("task", (*section.path, title)),
        plan=doc._.plan.id,
        section=section.path,
        quote=clean.text[slice(*item.span)],
        span=item.span,
        title=title,
        text=body or title,
        lead=lead,
        support=support,
        joint=joint,
        collective=collective or None,
        by=_years(clean.text[slice(*item.span)]),
        bureaus=bodies.ids(notes, lead),
    )


def _title(text: str, item: Item) -> str:
    """The heading without its number and without a note inside it."""
    section = item.section
    offset = section.heading.rfind(section.title)
    start = section.span[0] + max(0, offset)
    inside = [note.span for note in item.notes if start < note.span[0] < section.span[1]]
    if not inside:
        return section.title
    return items_of.without(text, (start, max(section.span[1], inside[-1][1])), inside).rstrip("。：: ")


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All names in order, each once."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _led(text: str, item: Item) -> tuple[str, ...]:
    """Who leads in running text (自然资源部门牵头…), where no note says so."""
    found: list[str] = []
    for match in _LED.finditer(text, *item.span):
        note = notes_of.trailing_names(text, (match.start("names"), match.end("names")))
        found.extend(name for name in note if name not in found)
    return tuple(found)


def _years(text: str) -> tuple[str, ...]:
    """Years named as times to reach something."""
    return tuple(dict.fromkeys(_year_candidates(text)))


def _year_candidates(text: str) -> Iterator[str]:
    for match in _YEAR.finditer(text):
        if match["plan"]:
            if re.match(r"“?十[四五六]五”?(?:时期|期间|期末|末|后期)", match["plan"]):
                yield str(2005 + 5 * ("一二三四五六".index(match["five"]) + 1))
            continue
        before = text[max(0, match.start() - 2) : match.start()]
        if re.search(r"[比较自从由]$|根据$|[—-]$|〔$", before) or match["after"].startswith(
            ("起", "以来", "的", "度", "排", "“")
        ):
            continue
        if re.search(r"到$|至$|[，。；、]$|^$|力争$|于$|在$", before) or "前" in match.group() or "底" in match.group():
            yield match["year"]
