"""Rules on slips of the pen: words written with a character that only looks or sounds like the right one, and sentences
that say the opposite of what is meant or run two patterns into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from plankb import rules, segment
from plankb.checks import confusable
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Severity, Span
from plankb.rules.kinds import Codes

_KEY, _REACH = 2, 20
"""Characters by which words are looked up; characters around one by which it is seen whether it is a word at all."""


@rule(
    "wrong-character",
    severity="warning",
    zh="错别字",
    en="words written with a wrong character",
    example="统一布署、抓好落实（应为“部署”）",
)
def wrong_character(draft: Draft) -> Iterator[Remark]:
    """Words that are none, wherever they stand; a hint where the wrong word is only the less good one."""
    units = (*draft.paragraphs, *(cell.span for table in draft.tables for row in table.rows for cell in row.cells))
    told = set[int]()
    for span in dict.fromkeys(units):
        for remark in _words(draft.text, span):
            told |= {*range(*remark.span)}
            yield remark
        yield from _in_context(draft.text, span, "context", None)
        yield from _in_context(draft.text, span, "loose", "info")
    for span, right in confusable.slips(draft):
        if told.isdisjoint(range(*span)):
            yield _remark(draft.text, span, right)


@cache
def _by_start() -> dict[str, tuple[tuple[str, str], ...]]:
    """(wrong, right) by the first two characters of the wrong word."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for wrong, right in rules.one("typos", "wrong", Codes).values.items():
        found[wrong[:_KEY]].append((wrong, right))
    return {start: tuple(pairs) for start, pairs in found.items()}


def _words(text: str, span: Span) -> Iterator[Remark]:
    known = _by_start()
    line = text[slice(*span)]
    for at in range(len(line) - 1):
        for wrong, right in known.get(line[at : at + _KEY], ()):
            if line.startswith(wrong, at) and _stands_alone(line, at, wrong):
                yield _remark(text, (span[0] + at, span[0] + at + len(wrong)), right)


def _stands_alone(line: str, at: int, word: str) -> bool:
    """Whether no word of the dictionary reaches into a wrong one: in 水体治理 体治 is none."""
    start = max(0, at - _REACH)
    edges, position = {start}, start
    for token in segment.words(line[start : at + len(word) + _REACH]):
        position += len(token)
        edges.add(position)
    return at in edges and at + len(word) in edges


def _in_context(text: str, span: Span, section: str, severity: Severity | None) -> Iterator[Remark]:
    for form in rules.many("typos", section):
        for match in form.regex.finditer(text, *span):
            yield _remark(text, match.span(), form.to or "", severity)


def _remark(text: str, span: Span, right: str, severity: Severity | None = None) -> Remark:
    details: dict[str, object] = {"wrong": text[slice(*span)], "right": right}
    return Remark(span, "E380", details, severity, fixes=(Fix(span=span, text=right),))


@rule(
    "wrong-wording",
    severity="warning",
    zh="双重否定使意思相反，两种句式杂糅，或句子缺少成分",
    en="a negation too many, two sentence patterns run into one, or a part of a sentence that is not there",
    example="防止不发生重大安全事故（应为“防止发生”）",
)
def wrong_wording(draft: Draft) -> Iterator[Remark]:
    """Wherever text stands; what is one too many is taken out."""
    units = (*draft.paragraphs, *(cell.span for table in draft.tables for row in table.rows for cell in row.cells))
    for span in dict.fromkeys(units):
        for section, code in (("negated", "E320"), ("tangled", "E321"), ("turned", "E812")):
            for form in rules.many("slips", section):
                for match in form.regex.finditer(draft.text, *span):
                    said = match.groupdict().get("said")
                    at = match.span("said") if said else match.span()
                    fixes = () if said else (Fix(span=match.span("extra"), text=""),)
                    yield Remark(at, code, {"words": draft.text[slice(*at)]}, fixes=fixes)
        yield from _broken_off(draft.text, span)


def _broken_off(text: str, span: Span) -> Iterator[Remark]:
    """压实企业主体， and 对重点路段进行，: what belongs behind a word is not there."""
    for form in rules.many("slips", "missing"):
        for match in form.regex.finditer(text, *span):
            yield Remark(match.span(), "E815", {"words": match.group(), "missing": form.means})
    for form in rules.many("slips", "unfinished"):
        for match in form.regex.finditer(text, *span):
            yield Remark(match.span(), "E816", {"words": match.group()})
