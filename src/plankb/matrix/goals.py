"""The goals of a task in the words of its plan, each with its year; what a plan pays is no goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plankb import phrases, rules, times
from plankb.errors import Language
from plankb.matrix.cells import time_text
from plankb.model import Target, Task
from plankb.words import say

_STATED = ("value", "value_max", "op", "unit", "change", "qualitative")
"""Fields of a target that `phrases.value` puts in words."""
_END = "。；;，,、"


def goal_lines(task: Task, targets: Iterable[Target], lang: Language) -> dict[str, str]:
    """The lines of the cell of goals by the ids of the targets that they state; targets of one sentence share one.

    A line is a quotation, with the year where the quotation itself does not say it, and with what a person corrected.
    """
    lines: dict[str, str] = {}
    for quote, group in _together(task, [target for target in targets if not _is_paid(target)]):
        lines |= {target.id: _line(quote, group, target, lang) for target in group}
    return lines


def without_years(line: str) -> tuple[str, tuple[str, ...]]:
    """A line without the years that were put after its quotation, and these years."""
    match = rules.one("days", "cell.years_behind").search(line)
    if match is None:
        return line, ()
    return line[: match.start()], tuple(match["years"].replace("年", "").split("、"))


def _is_paid(target: Target) -> bool:
    return any(rule.search(target.quote) for rule in rules.many("cells", "subsidy"))


def _together(task: Task, targets: Sequence[Target]) -> Iterable[tuple[str, list[Target]]]:
    """The targets whose quotations overlap in the task, with the words from the first to the last of them.

    What a person corrected stands for itself, and so does what is quoted from elsewhere.
    """
    groups: list[tuple[int, int, list[Target]]] = []
    for target in sorted(targets, key=lambda one: one.span):
        start, end = target.span
        last = groups[-1] if groups else None
        inside = task.span[0] <= start and end <= task.span[1]
        plain = not target.review and not (last and any(one.review for one in last[2]))
        same = last is not None and last[:2] == target.span
        if last and ((inside and plain and start < last[1] and last[0] >= task.span[0]) or (same and plain)):
            groups[-1] = (last[0], max(last[1], end), [*last[2], target])
        else:
            groups.append((start, end, [target]))
    for start, end, group in groups:
        joined = task.quote[start - task.span[0] : end - task.span[0]]
        alone = all(one.span == (start, end) for one in group)
        yield (group[0].quote if alone else joined), group


def _line(quote: str, group: Sequence[Target], target: Target, lang: Language) -> str:
    said = quote.strip(_END)
    if target.review is None:
        return _with_years(said, group)
    return _corrected(said if "by" in target.review.fields else _with_years(said, [target]), target, lang)


def _with_years(quote: str, group: Sequence[Target]) -> str:
    """A quotation with the years of its targets that it does not name itself."""
    years = {one.by for one in group if one.by and one.by.isdigit() and one.by not in quote}
    missing = years - {time.by for time in times.find(quote)} if years else years
    return f"{quote}（{time_text(sorted(missing))}）" if missing else quote


def _corrected(quote: str, target: Target, lang: Language) -> str:
    """The line of a target that a person corrected, with what it says now."""
    fields: Mapping[str, None] = dict.fromkeys(target.review.fields if target.review else ())
    parts = [target.indicator if "indicator" in fields or "scope" in fields else ""]
    parts.append(phrases.value(target, lang) if fields.keys() & set(_STATED) else "")
    parts.append(time_text((target.by,) if target.by else ()) if "by" in fields else "")
    now = " ".join(filter(None, parts))
    return quote + say("tables.correction.now", lang, now=now) if now else quote
