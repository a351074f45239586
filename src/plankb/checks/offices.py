"""The office of one leading group placed at two bodies: 领导小组办公室设在市水利局 … 领导小组办公室（市民政局）.

Only where the draft founds one group of the kind, for what 领导小组 alone means is not known where it founds two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Span


@dataclass(frozen=True, slots=True)
class _Office:
    """Where an office stands: the kind of its group, the name before that ("" for none), its body."""

    kind: str
    name: str
    body: str
    span: Span


def remarks(draft: Draft) -> Iterator[Remark]:
    """The first place of each office against those that follow."""
    first: dict[tuple[str, str], _Office] = {}
    several = _founded(draft.text)
    for one in sorted(_offices(draft), key=lambda office: office.span):
        if len(several.get(one.kind, ())) > 1 and not one.name:
            continue
        known = first.setdefault((one.kind, one.name), one)
        if not _same(known.body, one.body):
            yield Remark(one.span, "E814", {"kind": one.kind, "first": known.body, "second": one.body})


def _founded(text: str) -> dict[str, set[str]]:
    """The names of the groups of each kind that a text names in full."""
    found: dict[str, set[str]] = {}
    for match in rules.one("bodies", "group_founded").regex.finditer(text):
        found.setdefault(match["kind"], set()).add(match["name"])
    return found


def _offices(draft: Draft) -> Iterator[_Office]:
    """Offices with their bodies: 办公室设在…, after the last group that its paragraph names, or in brackets."""
    text = draft.text
    for span in draft.paragraphs:
        for match in rules.one("bodies", "office_at").regex.finditer(text, *span):
            kind, name = match["kind"], match["name"] or ""
            if not kind:
                before = [*rules.one("bodies", "group").regex.finditer(text, span[0], match.start())]
                kind, name = (before[-1].group(), "") if before else ("", "")
            if kind and match["body"]:
                yield _Office(kind, name, match["body"], match.span("body"))


def _same(one: str, other: str) -> bool:
    """Whether two names may be of one body: the characters of the shorter stand in the longer in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)
