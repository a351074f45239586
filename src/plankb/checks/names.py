"""The names of bureaus that a draft prints: in the notes of its tasks, in other brackets, and in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from plankb import register, rules
from plankb.checks.registry import Draft
from plankb.model import Span
from plankb.register import places

_QUOTED = re.compile(r"[^“”《》〈〉]{0,12}[”》〉]")


@dataclass
class Printed:
    """A printed name: the bureau that it means, and where it stands, in the order of the text."""

    name: str
    bureau: str
    spans: list[Span]

    @property
    def known(self) -> bool:
        """Whether the register knows the name."""
        return not self.bureau.partition(":")[2].startswith("?")


def printed(draft: Draft) -> dict[str, Printed]:
    """The printed names of bureaus, each with all its places; those of notes first."""
    found: dict[str, Printed] = {}
    for task in draft.tasks:
        for name, bureau in task.bureaus.items():
            one = found.setdefault(name, Printed(name, bureau, []))
            one.spans += [span for span in _places(draft, name, task.span) if span not in one.spans]
    home = places.of(draft.reading.plan.jurisdiction) if draft.reading.plan.jurisdiction else None
    for name, span in _said(draft):
        if name not in found:
            found[name] = Printed(name, register.resolve(name, home=home).id, [])
        if span not in found[name].spans:
            found[name].spans.append(span)
    return {name: one for name, one in found.items() if one.spans}


def _places(draft: Draft, name: str, within: Span) -> Iterator[Span]:
    """Where a name is printed as a whole name."""
    after = rules.one("checks", "after_bureau").expression
    pattern = rf"(?<![\u4e00-\u9fff]){re.escape(name)}(?={after}|$)"
    for match in re.compile(pattern).finditer(draft.text, *within):
        yield match.span()


@cache
def _in_text() -> re.Pattern[str]:
    lead, name, after = (rules.one("checks", f"bureau_name.{part}").expression for part in ("before", "name", "after"))
    before = rf"(?:(?<![\u4e00-\u9fff《〈“])|(?<={lead}))"
    return re.compile(rf"{before}(?P<name>{name})(?={after})", re.MULTILINE)


def _said(draft: Draft) -> Iterator[tuple[str, Span]]:
    """Names in running text and brackets: 由市交通局牵头, （市住建局负责）; not inside titles and quotations."""
    for start, end in draft.paragraphs:
        for match in _in_text().finditer(draft.text, start, end):
            if not _QUOTED.match(draft.text, match.end()):
                yield match["name"], match.span("name")
