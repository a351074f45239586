"""What a plan names: documents, 《title》 with its number inside or behind, and projects, pieces of work in a 专栏, or
anywhere with their size in brackets (望云山光伏电站二期（60MW）)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plankb import quantities, rules
from plankb.document import Section
from plankb.document.enclosed import titles
from plankb.extractors.records import Context
from plankb.model import Citation, Measurement, Project, Span

_BEHIND = 60
_SIZED = re.compile(r"(?P<name>[^，。；、：:（）()《》\n\t]{3,40})[（(](?P<size>[^（）()\n]{1,60})[）)]")


def citations(context: Context) -> tuple[Citation, ...]:
    """Each document once, at its first mention; its number from the first mention that gives one."""
    clean, own = context.clean, context.plan.title
    found: dict[str, Citation] = {}
    for span, title, number in _mentions(clean.text):
        if title == own or clean.paragraph_at(span[0]).kind == "contents":
            continue
        known = found.get(title)
        if known is None:
            found[title] = Citation(
                id=context.ids.make("citation", (title,)),
                plan=context.plan.id,
                section=context.outline.path_at(span[0]),
                quote=clean.text[slice(*span)],
                span=span,
                title=title,
                number=number,
            )
        elif known.number is None and number is not None:
            found[title] = known.model_copy(update={"number": number})
    return tuple(found.values())


def _mentions(text: str) -> Iterator[tuple[Span, str, str | None]]:
    """Span, title and number of every 《…》, titles inside titles left whole."""
    for start, end in titles(text):
        title, number = _title_and_number(text[start + 1 : end - 1])
        behind = None if number else _behind(text, end)
        if len(title) > 1:
            yield (start, behind[1] if behind else end), title, number or (behind[0] if behind else None)


def _title_and_number(inside: str) -> tuple[str, str | None]:
    """A title and the number in a bracket at its end (《…通知（国办发〔2019〕16号）》)."""
    squeezed = re.sub(r"\s", "", inside)
    match = re.search(rf"[（(](?P<number>{rules.union('citations', 'number').pattern})[）)]$", squeezed)
    return (squeezed[: match.start()], match["number"]) if match else (squeezed, None)


def _behind(text: str, end: int) -> tuple[str, int] | None:
    """The number right behind a title, in brackets or bare, and where it ends; None when there is none."""
    piece = text[end : end + _BEHIND]
    match = re.match(rf"\s*(?P<open>[（(])?\s*(?P<number>{rules.union('citations', 'number').pattern})", piece)
    if match is None:
        return None
    stop = match.end()
    if match["open"] and stop < len(piece) and piece[stop] in "）)":
        stop += 1
    return re.sub(r"\s", "", match["number"]), end + stop


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:{rules.one('projects', 'names').expression})\Z")


@cache
def _size_heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{rules.one('projects', 'sizes').expression})\Z")


def projects(context: Context) -> tuple[Project, ...]:
    """The projects of a plan, in order; one that is an item of a 专栏 and has a size is one project."""
    text = context.clean.text
    boxes = [section for section in context.outline.sections if section.form == "box"]
    found: dict[int, tuple[str, Span, tuple[Measurement, ...], str | None]] = {}
    for box in boxes:
        for name, span, sizes in _items(text, box):
            found[span[0]] = (name, span, sizes, box.heading)
    for name, span, sizes in _sized(text):
        if not any(start <= span[0] < item[1][1] and name == item[0] for start, item in found.items()):
            inside = next((b for b in boxes if b.span[0] <= span[0] < b.end), None)
            found[span[0]] = (name, span, sizes, inside.heading if inside else None)
    return tuple(_project(context, *found[start]) for start in sorted(found))


def _items(text: str, box: Section) -> Iterator[tuple[str, Span, tuple[Measurement, ...]]]:
    """The items of a 专栏 that a title opens, with the sizes that the item tells."""
    position = box.body[0]
    for line in text[box.body[0] : box.end].split("\n"):
        match = rules.pattern("projects", "item").match(line)
        if match and _named().search(match["name"]):
            span = (position + match.start("name"), position + match.end("name"))
            yield match["name"], span, tuple(_told(line[match.end() :]))
        position += len(line) + 1


def _told(words: str) -> Iterator[Measurement]:
    """The sizes that running text tells after 总长, 规模 and the like."""
    for quantity in quantities.find(words):
        before = words[max(0, quantity.span[0] - 8) : quantity.span[0]]
        if _size_heads().search(before):
            yield Measurement(value=quantity.value, unit=quantity.unit)


def _sized(text: str) -> Iterator[tuple[str, Span, tuple[Measurement, ...]]]:
    """Names with a size in brackets."""
    for match in _SIZED.finditer(text):
        sizes = tuple(
            Measurement(value=q.value, unit=q.unit)
            for q in quantities.find(match["size"])
            if q.unit not in ("", "年") and not q.small
        )
        lead = rules.one("projects", "verbs").match(match["name"])
        name = match["name"][lead.end() :] if lead else match["name"]
        titled = text.rfind("《", 0, match.start()) > text.rfind("》", 0, match.start())
        if sizes and len(name) >= 3 and _named().search(name) and not titled:
            yield name, (match.end("name") - len(name), match.end()), sizes


def _project(context: Context, name: str, span: Span, sizes: tuple[Measurement, ...], box: str | None) -> Project:
    return Project(
        id=context.ids.make("project", (name, box)),
        plan=context.plan.id,
        section=context.outline.path_at(span[0]),
        quote=context.clean.text[slice(*span)],
        span=span,
        name=name,
        quantity=sizes,
        box=box,
    )
