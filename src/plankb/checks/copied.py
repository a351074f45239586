"""What stands twice though its sentences differ: a clause at once again, a passage copied into another item, a heading
among its siblings, a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import rules
from plankb.checks.registry import Draft, Remark
from plankb.document import Section, Table
from plankb.model import Fix, Severity, Span

_AGAIN = re.compile(r"(?<=[，。；：])(?P<first>[^，。；：\n]{6,60})(?P<sign>[，。；])(?P<again>(?P=first)[，。；])")
_CLAUSE = re.compile(r"[^，。；：\n]+")
_HAN, _FIGURE = re.compile(r"[\u4e00-\u9fff]{4}"), re.compile(r"[\dA-Za-z]")
_SENTENCE, _PASSAGE = 10, 12
"""Characters of a sentence, and of two clauses in a row, that a paragraph does not say twice on purpose."""
_WINDOW, _LONG, _ROW, _MANY_FIGURES = 3, 36, 8, 10
"""Clauses that are looked up together, characters from which on a passage is a copy and no phrase, those of a row."""


def clauses(text: str, span: Span) -> Iterator[Remark]:
    """及时总结经验。及时总结经验。: a clause that ends its sentence and stands there again."""
    for match in _AGAIN.finditer(text, *span):
        extra = Fix(span=match.span("again"), text="")
        yield Remark(match.span("again"), "E431", {"word": match["first"]}, fixes=(extra,))


def within(text: str, span: Span) -> Iterator[Remark]:
    """Clauses in a row that their own paragraph says once more, with others between."""
    parts = [match.span() for match in _CLAUSE.finditer(text, *span)]
    first: dict[str, int] = {}
    at = 0
    while at < len(parts):
        words = text[slice(*parts[at])]
        origin = first.get(words)
        run = _run(text, parts, origin, at) if origin is not None else 0
        again = (parts[at][0], parts[at + run - 1][1]) if run else parts[at]
        if run and _is_copy(text, again, run):
            yield Remark(again, "E359", {"words": text[slice(*again)]}, fixes=())
            at += run
            continue
        first.setdefault(words, at)
        at += 1


def _run(text: str, parts: list[Span], origin: int, at: int) -> int:
    """How many clauses from `at` on are those from `origin` on, with another clause between the two runs."""
    length = 0
    while at + length < len(parts) and origin + length < at and _same(text, parts[origin + length], parts[at + length]):
        length += 1
    return length if origin + length < at else 0


def _same(text: str, one: Span, other: Span) -> bool:
    return text[slice(*one)] == text[slice(*other)]


def _is_copy(text: str, span: Span, run: int) -> bool:
    """Whether words are too many to be a phrase: two clauses, or a sentence of its own."""
    words = text[slice(*span)]
    if re.search("[（）()]", words) or text[span[0] - 2 : span[0]] == "的，":
        return False  # what notes say of several, and what follows from one condition and another
    whole = text[span[0] - 1 : span[0]] in ("。", "；") and text[span[1] : span[1] + 1] in ("。", "；")
    known = rules.union("checks", "repeats.phrases").search(words) or rules.one("checks", "noted").search(words)
    return not known and len(words) >= (_SENTENCE if run == 1 else _PASSAGE) and (run > 1 or whole)


def passages(draft: Draft) -> Iterator[Remark]:
    """Clauses in a row that stand in the same order in another paragraph."""
    first: dict[tuple[str, ...], Span] = {}
    for paragraph in draft.paragraphs:
        parts = [match.span() for match in _CLAUSE.finditer(draft.text, *paragraph)]
        run: list[Span] = []
        origin: Span | None = None
        for at in range(len(parts) - _WINDOW + 1):
            window = parts[at : at + _WINDOW]
            key = tuple(draft.text[slice(*part)] for part in window)
            before = first.setdefault(key, paragraph)
            if before != paragraph and (origin is None or origin == before):
                origin, run = before, [*run, *window]
                continue
            yield from _copy(draft, run, origin)
            run, origin = [], None
        yield from _copy(draft, run, origin)


def _copy(draft: Draft, run: list[Span], origin: Span | None) -> Iterator[Remark]:
    if origin is None or not run:
        return
    span = run[0][0], run[-1][1]
    words = draft.text[slice(*span)]
    figures = _MANY_FIGURES * len(_FIGURE.findall(words)) > len(words)  # a device is what it is wherever it stands
    known = rules.union("checks", "repeats.phrases").search(words) or rules.one("checks", "noted").search(words)
    if len(words) < _LONG or figures or known:
        return
    yield Remark(span, "E385", {"line": draft.reading.clean.line(origin[0])}, _severity(draft, origin, span))


def _severity(draft: Draft, origin: Span, span: Span) -> Severity | None:
    """A warning between items of one heading or neighbours of it; elsewhere a plan may say a thing again."""
    one, two = (draft.reading.outline.at(at) for at in (origin[0], span[0]))
    beside = one is not None and two is not None and not (one.boxed or two.boxed) and _near(one, two)
    return None if beside else "info"


def _near(one: Section, two: Section) -> bool:
    return one.form == two.form and one.path[:1] == two.path[:1] and abs(one.index - two.index) < _LONG


def headings(draft: Draft) -> Iterator[Remark]:
    """Two headings of one title under one heading, each with its number."""
    seen: dict[tuple[int | None, str, str], Section] = {}
    for section in draft.reading.outline.sections:
        title = section.title.strip("。：: ")
        if section.boxed or not section.number or len(title) < 4 or section.form in ("table", "annex", "box"):
            continue
        key = (section.parent, section.form, title)
        if key in seen and seen[key].number != section.number:
            yield Remark(section.span, "E386", {"title": title})
        seen.setdefault(key, section)


def rows(table: Table) -> Iterator[Remark]:
    """Rows of a table that say the same but for their number."""
    seen: set[tuple[str, ...]] = set()
    for row in table.rows[1:]:
        texts = row.texts
        told = tuple(text.strip() for text in (texts[1:] if texts[0].strip().isdecimal() else texts))
        whole = sum(map(len, told)) >= _ROW and all(told) and _HAN.search("".join(told))
        if whole and told in seen:
            yield Remark(row.span, "E387", {"row": told[0]})
        seen.add(told)
