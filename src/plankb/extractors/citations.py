"""Documents that a plan refers to: 《title》 with its number, inside the title or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import rules
from plankb.extractors.records import Context
from plankb.model import Citation, Span

_LONGEST, _BEHIND = 160, 60


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
    position = text.find("《")
    while position >= 0:
        end = _end(text, position)
        if end is None:
            position = text.find("《", position + 1)
            continue
        title, number = _split(text[position + 1 : end - 1])
        behind = None if number else _behind(text, end)
        if len(title) > 1:
            yield (position, behind[1] if behind else end), title, number or (behind[0] if behind else None)
        position = text.find("《", end)


def _end(text: str, start: int) -> int | None:
    """Where the title that opens at `start` ends; None when it does not."""
    depth = 0
    for index in range(start, min(len(text), start + _LONGEST)):
        if text[index] == "《":
            depth += 1
        elif text[index] == "》":
            depth -= 1
            if depth == 0:
                return index + 1
    return None


def _split(inside: str) -> tuple[str, str | None]:
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
