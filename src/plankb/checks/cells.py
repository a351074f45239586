"""Amounts in the cells of boxes and lists (新建中型水库10座) beside what the text says in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plankb import indicators, quantities, rules
from plankb.checks.compare import Placed, compared, placed, same_level, specific
from plankb.checks.wording import of_targets
from plankb.document import Row, text_rows
from plankb.model import Conflict, Plan, Target

_CLAUSE = re.compile(r"[^，。；：、\t\n（）()]+")
_SHORTEST = 6
"""Characters of a name that tells one thing from others."""


def unlike_cells(plans: Mapping[str, Plan], targets: Iterable[Target], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each amount of a cell that names what the text names, with another value in one unit; not where
    the text has the very amount too, or either names a time."""
    told: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for target in targets:
        if target.plan in plans and target.source == "prose" and target.value is not None and specific(target):
            one = placed(target, plans[target.plan])
            if one.place == one.home and not target.change:
                told[target.plan, _thing(one.indicator)].append(one)
    for plan, text in texts.items():
        for cell in (*_amounts(plan, text), *_in_rows(plan, text)) if plan in plans else ():
            one = placed(cell, plans[plan])
            beside = [other for other in told.get((plan, _thing(one.indicator)), ()) if _of_one_kind(one, other)]
            if beside and not any(same_level(one, other) for other in beside):
                yield of_targets("internal", "warning", (beside[0], one), "E449")


def _thing(name: str) -> str:
    """What is built or made, without the verb: 建成村级服务站 in the text, 村级服务站 in a row."""
    bare = rules.one("rows", "doing").regex.sub("", name)
    return bare if len(bare) >= _SHORTEST - 1 else name


def _of_one_kind(one: Placed, other: Placed) -> bool:
    same = one.level is not None and other.level is not None and one.level.unit == other.level.unit
    return same and one.target.op == other.target.op and one.scope == other.scope and other.target.per is None


def _in_rows(plan: str, text: str) -> Iterator[Target]:
    """The rows of lists whose one cell under 目标 or 规模 is an amount of what the row names."""
    for (named, of_amount), row in text_rows.headed(text, _columns):
        yield from _of_row(plan, row, row.texts[named], row.texts[of_amount])


def _columns(head: Sequence[str]) -> tuple[int, int] | None:
    """The first columns of names and of amounts; None where a row heads not both."""
    forms = [rules.one("rows", part) for part in ("name", "amount")]
    name, amount = (next((at for at, cell in enumerate(head) if form.fullmatch(cell)), None) for form in forms)
    return None if name is None or amount is None else (name, amount)


def _of_row(plan: str, row: Row, name: str, amount: str) -> Iterator[Target]:
    found = quantities.find(amount)
    whole = len(found) == 1 and found[0].span == (0, len(amount)) and not found[0].unknown and found[0].unit
    if whole and found[0].value_max is None and len(name) >= _SHORTEST and not re.search(r"\d", name):
        indicator, value = indicators.canonical(name), float(found[0].value)
        yield Target(
            id=f"{plan}-row{row.span[0]}", plan=plan, section=(), quote="\t".join(row.texts), span=row.span,
            indicator=name, indicator_id=indicator.id, scope=indicator.scope, op=found[0].op, value=value,
            unit=found[0].unit, normal=quantities.normal(value, found[0].unit), source="table",
        )  # fmt: skip


def _amounts(plan: str, text: str) -> Iterator[Target]:
    """The clauses of cells that are a name and an amount and no more."""
    for at, line in text_rows.lines(text):
        for clause in _CLAUSE.finditer(line) if "\t" in line else ():
            found = quantities.find(clause.group())
            words = clause.group()[: found[-1].span[0]] if found else ""
            if len(words) < _SHORTEST or re.search(r"\d", words) or found[-1].span[1] < len(clause.group().rstrip()):
                continue
            indicator, amount = indicators.canonical(words), found[-1]
            if len(compared(indicator.id)) < _SHORTEST - 1 or amount.unknown or amount.value_max is not None:
                continue
            span = (at + clause.start(), at + clause.end())
            yield Target(
                id=f"{plan}-cell{span[0]}", plan=plan, section=(), quote=clause.group(), span=span, indicator=words,
                indicator_id=indicator.id, scope=indicator.scope, op=amount.op, value=float(amount.value),
                unit=amount.unit, normal=quantities.normal(float(amount.value), amount.unit), source="table",
            )  # fmt: skip
