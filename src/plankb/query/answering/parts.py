"""Two or more things side by side: how much more one is than the other, how many times, what they come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from plankb.errors import Language
from plankb.model import Target
from plankb.quantities import converted
from plankb.query.answering import select
from plankb.query.answering.differences import difference_words, pair
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import say, target_list
from plankb.query.answering.sums import added, sum_words
from plankb.query.library import Library
from plankb.query.model import Understood

_FEW, _WIDE, _PAIR = 6, 8, 2


def compared(query: Understood, library: Library, lang: Language) -> Result | None:
    """The parts of a query put together as its form asks, by plan and year; None where nothing can be put together."""
    found = [_valued(replace(query, topic=part, parts=(), form=None), library) for part in query.parts]
    rows = list(_rows(found))
    if not rows:
        return _side_by_side(found, library, lang)
    said = [_row_words(row, query, library, lang) for row in rows[:_FEW]]
    text = say("sentence", "targets_few", lang, list=say("join", "parts", lang).join(said))
    used = tuple(dict.fromkeys(target.id for row in rows for target in row))
    by_id = {target.id: target for targets in found for target in targets}
    return Result(text=text, facts=tuple(by_id[id_] for id_ in used))


def _valued(query: Understood, library: Library) -> list[Target]:
    facts = select.targets(query, library).facts
    return [fact for fact in facts if isinstance(fact, Target) and fact.value is not None]


def _rows(found: Sequence[Sequence[Target]]) -> Iterator[tuple[Target, ...]]:
    """One target a part, of one plan and one year, in units that convert; of one year alone where no plan has all."""
    for key in (_plan_and_year, _year):
        groups: list[Mapping[str, list[Target]]] = [_grouped(targets, key) for targets in found]
        shared = [name for name in groups[0] if all(name in group for group in groups)]
        rows = [row for name in shared if (row := _matched([group[name][:_WIDE] for group in groups]))]
        if rows:
            yield from rows
            return


def _plan_and_year(target: Target) -> str:
    return f"{target.plan} {target.by}"


def _year(target: Target) -> str:
    return target.by or ""


def _grouped(targets: Iterable[Target], key: Callable[[Target], str]) -> Mapping[str, list[Target]]:
    groups: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        groups[key(target)].append(target)
    return groups


def _matched(choices: Sequence[Sequence[Target]]) -> tuple[Target, ...] | None:
    """The targets that can be compared, those of the plainest names; None where no units convert."""
    rows = [row for row in product(*choices) if _convert(row) and len({target.id for target in row}) == len(row)]
    return min(rows, key=lambda row: sum(len(target.indicator) for target in row), default=None)


def _convert(row: Sequence[Target]) -> bool:
    first = row[0]
    return all(
        target.change == first.change and converted(1, target.unit or "", first.unit or "") is not None
        for target in row[1:]
    )


def _row_words(row: Sequence[Target], query: Understood, library: Library, lang: Language) -> str:
    if len(row) > _PAIR and query.aggregate in ("highest", "lowest"):
        return _ranked(row, query, library, lang)
    if query.form == "sum":
        total = added(row)
        return sum_words(total, library, lang) if total else target_list(row, library, lang)
    one = pair(row[0], row[1])
    return difference_words(one, query.form, library, lang) if one else target_list(row, library, lang)


def _ranked(row: Sequence[Target], query: Understood, library: Library, lang: Language) -> str:
    """Three things or more in the order of their size."""
    unit = row[0].unit or ""
    sizes = {target.id: float(converted(float(target.value or 0), target.unit or "", unit) or 0) for target in row}
    order = sorted(row, key=lambda target: sizes[target.id], reverse=query.aggregate == "highest")
    return say("sentence", f"ranked_{query.aggregate}", lang, list=target_list(order, library, lang))


def _side_by_side(found: Sequence[Sequence[Target]], library: Library, lang: Language) -> Result | None:
    """What is set for each part, said to be of different times or units."""
    facts = tuple(target for targets in found for target in targets[:_FEW])
    if not all(found):
        return None
    listed = target_list(facts, library, lang)
    return Result(text=say("sentence", "not_comparable", lang, list=listed), facts=facts)
