"""What a web page or a title page says of its document behind labels: 发文机关：…, 成文日期：…, 来源：…."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from plankb import rules
from plankb.extractors.plan_info.line import Line, bare, date_of, one


def labelled(cells: Sequence[str]) -> list[Line]:
    """The cells that have a label, or follow one; a date with the time of day is when the page was put on the web."""
    found: list[Line] = []
    waiting: str | None = None
    for cell in _parted(_stamped(cells)):
        rule = next((rule for rule in rules.many("plan_info", "label") if rule.match(cell)), None)
        match = rule.match(cell) if rule else None
        said = cell[match.end() :] if match else cell
        means = rule.means if rule else waiting
        if means is not None and said:
            found.append(Line(said, "label", date=date_of(said), label=means))
        waiting = rule.means if rule and not said else None
    return found


def is_label(text: str) -> bool:
    """Whether a line is a label alone, whose next line says the rest."""
    said = bare(text)
    return said.endswith(("：", ":")) and any(rule.fullmatch(said) for rule in rules.many("plan_info", "label"))


def _stamped(cells: Iterable[str]) -> Iterator[str]:
    """The cells without white space, a time of day at their head marked as that of publishing."""
    for cell in cells:
        stamp = one("stamp").match(cell)
        if stamp is None:
            yield bare(cell)
            continue
        yield f"发布时间：{bare(stamp['date'])}"
        if rest := bare(cell[stamp.end() :]):
            yield rest


def _parted(cells: Iterable[str]) -> Iterator[str]:
    """The cells, those that begin with a label parted before each further one (发文机关：某局成文日期：…)."""
    web_head = rules.one("text", "line.web_head")
    for cell in cells:
        starts = [match.start() for match in web_head.finditer(cell)] if web_head.match(cell) else [0]
        yield from (cell[start:end] for start, end in pairwise([*starts, len(cell)]))
