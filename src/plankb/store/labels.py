"""Names and labels: what facts are called without their records; enough to link the words of a question to them."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from plankb.late import dataclass
from plankb.store.names import forms
from plankb.store.records import full
from plankb.store.rows import SqlRow

_NAMES = """SELECT no, kind, name, nullif(other, ''), coalesce(bare, name), coalesce(bare_other, other),
    coalesce(printed, name), uses FROM name WHERE (kind = 'heading') = ? ORDER BY no"""
_LABELS = "SELECT p.id, f.key, f.kind, f.name, p.no, f.section FROM fact f JOIN plan p ON p.no = f.plan"
_IN_PLANS = "f.plan IN (SELECT no FROM plan WHERE id IN (SELECT value FROM json_each(?)))"
_ABOVE = "SELECT row, last FROM section WHERE heading IN (SELECT value FROM json_each(?))"
_IN_SECTIONS = "SELECT section, row FROM fact WHERE name IS NOT NULL AND section IS NOT NULL"
_HEADINGS = f"""WITH RECURSIVE held(row) AS (
        SELECT f.section FROM fact f WHERE f.name IS NOT NULL AND {_IN_PLANS}
        UNION SELECT s.parent FROM section s JOIN held ON s.row = held.row)
    SELECT DISTINCT heading FROM section WHERE row IN (SELECT row FROM held)"""


class Name(NamedTuple):
    """What facts of a kind are called: a task's or citation's title, a target's indicator, a project's name.

    `kind` may be heading, unit or collective too. `other` is what it is called besides: a target's canonical
    indicator, a citation's number; None where nothing. `bare`, `bare_other` and `printed` are the forms of both for
    comparison (see `plankb.store.names.forms`). `uses` counts the facts; of a heading, unit or body the plans.
    """

    no: int
    kind: str
    name: str
    other: str | None
    bare: str
    bare_other: str
    printed: str
    uses: int


@dataclass(frozen=True, slots=True)
class Label:
    """A fact with the number of its name; `place` is its plan's number with that of its section."""

    id: str
    plan: str
    kind: str
    no: int
    place: tuple[int, int | None] = (0, None)


class _Placed:
    """The named facts by section, read once: no index of the file finds them so."""

    def __init__(self, rows: Callable[..., list[SqlRow]]) -> None:
        self._rows = rows

    def within(self, sections: Iterable[tuple[int, int]]) -> list[int]:
        """The rows of the facts in some stretches of sections, each given by its first and last."""
        numbers, rows = self._sorted
        return sorted(
            {row for first, last in sections for row in rows[bisect_left(numbers, first) : bisect_right(numbers, last)]}
        )

    @cached_property
    def _sorted(self) -> tuple[array[int], array[int]]:
        found = sorted(self._rows(_IN_SECTIONS))
        return array("q", (section for section, _ in found)), array("q", (row for _, row in found))


class Labels:
    """Names, and the facts that bear them; `plans` (ids) limits both, None is all of them.

    `rows` runs a statement with its values, `paths` gives the headings of a plan by number. Raises what these raise.
    """

    def __init__(
        self,
        rows: Callable[..., list[SqlRow]],
        paths: Callable[[int], Mapping[int | None, tuple[str, ...]]],
        *,
        current: bool,
        plans: frozenset[str] | None = None,
        placed: _Placed | None = None,
    ) -> None:
        self._rows, self._paths, self._current = rows, paths, current
        self._placed = placed or _Placed(rows)
        self._plans = None if plans is None else json.dumps(sorted(plans))

    def within(self, plans: frozenset[str]) -> Labels:
        """Those of some plans."""
        return Labels(self._rows, self._paths, current=self._current, plans=plans, placed=self._placed)

    def names(self) -> list[Name]:
        """All names but those of headings, in no order that means anything."""
        return self._named(headings=False)

    def headings(self) -> list[Name]:
        """The headings with named facts below them, as printed: several where plans number one heading differently."""
        return self._named(headings=True)

    def sections(self) -> frozenset[str]:
        """The same headings without their numbers, bare."""
        if self._plans is not None or not self._current:
            return frozenset(heading.printed for heading in self.headings())
        rows = self._rows("SELECT coalesce(printed, name) FROM name WHERE kind = 'heading'")
        return frozenset(title for (title,) in rows)

    def _named(self, *, headings: bool) -> list[Name]:
        every = [Name(*row) for row in self._rows(_NAMES, [headings])]
        if not self._current:
            every = [_formed(one) for one in every]
        return every if self._plans is None else self._of_plans(every)

    def bearing(self, names: Iterable[int]) -> list[Label]:
        """The facts that bear one of some names, by plan and place in the text."""
        return self._labels("f.name IN (SELECT value FROM json_each(?))", list(names))

    def below(self, headings: Iterable[str]) -> list[Label]:
        """The facts that stand below one of some headings, as printed, by plan and place in the text."""
        sections = self._rows(_ABOVE, [json.dumps([*headings], ensure_ascii=False)])
        return self._labels("f.row IN (SELECT value FROM json_each(?))", self._placed.within(sections))

    def path(self, label: Label) -> tuple[str, ...]:
        """The headings above a fact, the outermost first."""
        plan, section = label.place
        return self._paths(plan)[section]

    def _of_plans(self, every: list[Name]) -> list[Name]:
        counts = f"SELECT f.name, count(*) FROM fact f WHERE f.name IS NOT NULL AND {_IN_PLANS} GROUP BY f.name"
        uses: dict[int, int] = dict(self._rows(counts, [self._plans]))
        headings = {heading for (heading,) in self._rows(_HEADINGS, [self._plans])}
        return [
            one._replace(uses=uses.get(one.no, one.uses))
            for one in every
            if one.no in uses or one.kind in ("unit", "collective") or (one.kind == "heading" and one.name in headings)
        ]

    def _labels(self, where: str, values: Sequence[str | int]) -> list[Label]:
        given = [json.dumps([*values], ensure_ascii=False)]
        if self._plans is not None:
            where, given = f"{where} AND {_IN_PLANS}", [*given, self._plans]
        rows = self._rows(f"{_LABELS} WHERE {where} ORDER BY p.id, f.start, f.row", given)
        return [Label(full(plan, key), plan, kind, no, (plan_no, at)) for plan, key, kind, no, plan_no, at in rows]


def _formed(name: Name) -> Name:
    bare, bare_other, printed = forms(name.kind, name.name, name.other or "")
    return name._replace(bare=bare, bare_other=bare_other, printed=printed)
