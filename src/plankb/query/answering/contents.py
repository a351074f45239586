"""The headings of plans as answers: how many there are of a kind, what one holds, which so many of one ending are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plankb.document.outline import Outline, Section
from plankb.errors import Language
from plankb.model import Plan, Task
from plankb.name_forms import may_hold
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Contents, Understood
from plankb.query.normalise.names import bare, pieces
from plankb.query.recognise.sections import has_number
from plankb.store import FactFilter

_MOST, _LISTED = 5, 15
_QUOTED = 150
"""Characters of a section that are quoted."""
_SHORT, _HALF = 1, 2
"""Plans of which what is counted is listed too, and characters of half the name of a part that plans have alike."""
_BOXES = ("box", "table", "annex")
_CHAPTERS, _BELOW = ("part", "chapter"), ("section",)


def contents(query: Understood, library: Library, lang: Language) -> Result:
    """What the headings of the plans asked for say; nothing where no plan has such a heading."""
    asked = query.contents
    if asked is None:
        return Result.nothing(query, lang)
    if asked.form == "where":
        from plankb.query.answering.whereabouts import whereabouts

        return whereabouts(query, asked, library, lang)
    said, tasks = [], []
    searched = plans_searched(query, library)
    for plan in _that_may_hold(asked.heading if query.section is None else None, searched, library):
        found = _of_plan(plan, asked, query, library, lang, short=len(searched) > _SHORT)
        if found is None:
            continue
        text, spans = found
        said.append(text)
        own = library.store.facts("task", FactFilter(plans=(plan.id,))) if spans else []
        tasks += [task for task in own if any(s.span[0] <= task.span[0] < s.end for s in spans)]
    if not said and len(searched) == 1 and (near := _near_heading(asked, query, library.outline(searched[0].id))):
        nearest = contents(replace(query, contents=replace(asked, heading=bare(near.title))), library, lang)
        told = say("contents", "near_heading", lang, heading=asked.heading, text=nearest.text)
        return replace(nearest, text=told) if nearest.told else nearest
    if not said:
        return Result.nothing(query, lang)
    if len(said) > _MOST:
        said = [*said[:_MOST], say("contents", "more", lang, count=len(said) - _MOST)]
    text = say("sentence", "targets_few", lang, list=say("join", "parts", lang).join(said))
    return Result(text=text, facts=tuple(task for task in tasks if isinstance(task, Task)), told=True)


def _near_heading(asked: Contents, query: Understood, whole: Outline) -> Section | None:
    """The one heading of the highest level that shares half of the name that plans have for such a part (政策保障 for
    保障措施); None where none or several do."""
    name = asked.heading or ""
    if query.section or len(name) != 2 * _HALF or asked.form == "named":
        return None
    highest = [one for one in whole.sections if one.parent is None]
    for half in (name[:_HALF], name[_HALF:]):
        near = [one for one in highest if half in bare(one.title)]
        if near:
            return near[0] if len(near) == 1 and bare(near[0].title) != name else None
    return None


def _that_may_hold(heading: str | None, plans: Sequence[Plan], library: Library) -> Sequence[Plan]:
    """Of some plans those whose text may have a heading (bare), so that the outlines of the others need not be made."""
    held = may_hold(heading) if heading else None
    return [plan for plan in plans if held.search(library.store.text(plan.id))] if held else plans


def _of_plan(
    plan: Plan, asked: Contents, query: Understood, library: Library, lang: Language, *, short: bool
) -> tuple[str, list[Section]] | None:
    """The words on one plan, and the sections whose tasks go with them. `short`: counted alone, nothing listed."""
    whole = library.outline(plan.id)
    title = f"《{plan.title}》" if lang == "zh" else plan.title
    if asked.form == "named":
        named = _named(whole, asked)
        if not named:
            return None
        listed = joined((section.title for section in named), lang)
        return say("contents", "named", lang, plan=title, count=len(named), list=listed), named
    inside = _inside(whole, query.section, asked.heading)
    if inside is None:
        return None
    if asked.form == "content" or (inside and asked.heading and not any(_held(whole, asked, inside))):
        text = library.store.text(plan.id)
        said = [_content(section, whole, asked, text, title, lang) for section in inside]
        return say("join", "parts", lang).join(said), list(inside)
    if len(inside) > 1:
        return None
    under = inside[0].heading if inside else ""
    held = list(_held(whole, asked, inside))
    if not held:
        return None
    form = say("contents", asked.form, lang)
    listed = joined((section.heading for section in held), lang, limit=_LISTED)
    key = "counted" if short and not inside else "count"
    return say("contents", key, lang, plan=title, under=under, count=len(held), form=form, list=listed), list(inside)


def _content(section: Section, whole: Outline, asked: Contents, text: str, title: str, lang: Language) -> str:
    """What stands under a heading: the headings below it, else its first words."""
    held = list(_held(whole, asked, (section,)))
    listed = joined((below.title for below in held), lang, limit=_LISTED)
    quote = _first_words(section, text)
    key = "holds" if held else "holds_text"
    return say("contents", key, lang, plan=title, under=section.heading, list=listed, text=quote)


def _named(whole: Outline, asked: Contents) -> list[Section]:
    """So many headings side by side that end with a word (行动): exactly the number asked for."""
    groups: dict[int | None, list[Section]] = {}
    for section in whole.sections:
        if section.title.endswith(asked.ending or ""):
            groups.setdefault(section.parent, []).append(section)
    return next((own for own in groups.values() if len(own) == asked.count), [])


def _inside(whole: Outline, number: str | None, heading: str | None) -> tuple[Section, ...] | None:
    """The section asked about, several where the same number stands in several chapters; () for the whole plan, None
    where the plan has no such section."""
    if number is None and heading is None:
        return ()
    if number and number.startswith("（"):
        alike = [one for one in whole.sections if one.form == "cn_paren" and f"（{one.number}）" == number]
        return tuple(alike[:_MOST]) or None
    for section in whole.sections:
        right = number is None or has_number(section.path, number)
        if right and (heading is None or pieces(heading, bare(section.title)) == 1):
            return (section,)
    return None


def _held(whole: Outline, asked: Contents, inside: Sequence[Section]) -> Iterator[Section]:
    """The headings of the kind asked for, in the section asked about or in the whole plan."""
    if asked.form in _BOXES:
        yield from (section for section in whole.sections if section.form == asked.form)
        return
    own = [section for section in whole.sections if section.form not in _BOXES and not section.boxed]
    if inside:
        first = inside[0]
        own = [section for section in own if first.span[0] < section.span[0] < first.end]
    children = [section for section in own if section.parent == (inside[0].index if inside else None)]
    match asked.form:
        case "chapter":
            yield from [one for one in own if one.form in _CHAPTERS] or children
        case "section":
            yield from [one for one in own if one.form in _BELOW] or children
        case "item":
            yield from _items(own) if not inside else children
        case _:
            yield from children


def _lies_in(section: Section, inside: Sequence[Section]) -> bool:
    return not inside or inside[0].span[0] < section.span[0] < inside[0].end


def _items(own: Sequence[Section]) -> list[Section]:
    """The items that are numbered through a whole plan, from 1 on; else the innermost headings."""
    for form in dict.fromkeys(section.form for section in own):
        of_form = [section for section in own if section.form == form]
        if [section.number for section in of_form] == list(range(1, len(of_form) + 1)) and len(of_form) > _LISTED:
            return of_form
    return [section for section in own if section.leaf]


def _first_words(section: Section, text: str) -> str:
    """The first words of a section that holds no headings."""
    start, end = section.body
    said = " ".join(text[start:end].split()).lstrip("。．.：: ")
    return said if len(said) <= _QUOTED else said[:_QUOTED] + "…"
