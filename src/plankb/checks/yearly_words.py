"""Yearly amounts whose thing only the title of their task says (推进适老化改造。…每年完成2.5万户), beside the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plankb import quantities, rules
from plankb.checks import levels
from plankb.checks.amounts_of_years import MEAN, adds_up
from plankb.checks.compare import Placed
from plankb.checks.wording import make
from plankb.errors import message
from plankb.in_force import years
from plankb.model import Conflict, Plan, Task, Words
from plankb.phrases import value

_ENDS_ALIKE = 4
"""Characters in which the title of a task and the name of a total must end alike."""


def unlike_yearly(plans: Mapping[str, Plan], known: Iterable[Placed], tasks: Sequence[Task]) -> Iterator[Conflict]:
    """One conflict for each total that a yearly amount, times the plan's years, is not."""
    totals: dict[tuple[str, str], list[Placed]] = {}
    for one in known:
        if _is_total(one):
            totals.setdefault((one.plan.id, one.target.indicator[-_ENDS_ALIKE:]), []).append(one)
    for task in tasks:
        end = task.title[-_ENDS_ALIKE:]
        for total in totals.get((task.plan, end), ()) if len(end) == _ENDS_ALIKE else ():
            if not _inside(total, task):
                yield from _wrong(task, total, plans[task.plan])


def _is_total(one: Placed) -> bool:
    """Whether a target counts what comes to be by the end of its plan."""
    span = years(one.plan)
    plain = one.level is not None and one.level.op == "=" and not one.yearly
    return span is not None and plain and one.target.by == str(span[1]) and adds_up(one)


def _wrong(task: Task, total: Placed, plan: Plan) -> Iterator[Conflict]:
    span, level = years(plan), total.level
    for match in rules.pattern("comparing", "yearly_doing").finditer(task.text) if span and level else ():
        found = quantities.find(match["amount"])
        if len(found) != 1 or found[0].op != "=" or span is None or level is None:
            continue
        each = quantities.normal(float(found[0].value), found[0].unit)
        added = float(each.value) * (span[1] - span[0] + 1)
        if each.unit == level.unit and abs(added - level.value) > MEAN * max(added, level.value):
            listed = f"{total.target.by}年{value(total.target)}；每年{match['amount']}（“{task.title}”）"
            details: dict[str, object] = {"indicator": total.target.indicator, "listed": listed}
            details["sum"] = levels.in_unit_of(total.target, added)
            why = Words(zh=message("E417", "zh", **details), en=message("E417", "en", **details))
            yield make("internal", "warning", total.target.indicator, (total.target, task), why)


def _inside(total: Placed, task: Task) -> bool:
    return task.span[0] <= total.target.span[0] < task.span[1]
