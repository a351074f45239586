"""Many facts of a plain question: counted and put in order by the store, and read when they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar, overload

from plankb.model import Conflict, Deadline, Fact, Role
from plankb.query.answering.conditions import allowed_plans, is_in_time
from plankb.query.library import Library
from plankb.query.model import AnyAnswer, Period, Understood, Who
from plankb.store import FactFilter, Listed, Store, TaskRoles

_FEW = 30
"""Facts that are read at once: as many as a pipe is shown."""
_AT_ONCE, _MOST_AT_ONCE = 400, 6_400
"""Facts that are read in one statement where all are passed through: at first, and later."""
_EVER = ("1900", "2199")
"""Years before and after which no plan sets anything."""
AFact = TypeVar("AFact", bound=Fact)


class ManyFacts(Sequence[AnyAnswer]):
    """Facts that the store found; what is looked at is read. Their `plans` and `listed` are known of all."""

    def __init__(self, store: Store, listed: Sequence[Listed]) -> None:
        self._store, self.listed = store, listed

    @property
    def plans(self) -> list[str]:
        """The ids of their plans, one for each."""
        return [one.plan for one in self.listed]

    def __len__(self) -> int:
        return len(self.listed)

    @overload
    def __getitem__(self, index: int) -> AnyAnswer: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[AnyAnswer, ...]: ...
    def __getitem__(self, index: int | slice) -> AnyAnswer | tuple[AnyAnswer, ...]:
        if not isinstance(index, slice):
            return self._read([self.listed[index]])[0]
        return self._read(self.listed[index])

    def __iter__(self) -> Iterator[AnyAnswer]:
        start, size = 0, _AT_ONCE
        while start < len(self.listed):
            yield from self._read(self.listed[start : start + size])
            start, size = start + size, min(2 * size, _MOST_AT_ONCE)

    def roles_of_tasks(self) -> list[TaskRoles]:
        """Of all that are tasks who has which role, without their records."""
        found = self._store.listing.roles(one.row for one in self.listed)
        return [found[one.row] for one in self.listed if one.kind == "task"]

    def _read(self, listed: Sequence[Listed]) -> tuple[AnyAnswer, ...]:
        found = self._store.read(one.row for one in listed)
        return tuple(found[one.row] for one in listed)


class ManyTasks(ManyFacts):
    """The tasks of a filter by bureaus, those that they lead first. `roles` are known of all."""

    def __init__(self, store: Store, where: FactFilter) -> None:
        found = store.listing.by_role(where)
        super().__init__(store, [one for one, _ in found])
        self.roles: list[Role] = [role for _, role in found]


def plans_of(facts: Sequence[AnyAnswer]) -> Iterable[str]:
    """The ids of the plans of facts, one for each; of a conflict those of each side."""
    if isinstance(facts, ManyFacts):
        return facts.plans
    sides = (one for fact in facts for one in (fact.facts if isinstance(fact, Conflict) else (fact,)))
    return [fact.plan for fact in sides if isinstance(fact, Fact)]


def count_of(facts: Sequence[AnyAnswer], kind: type[Fact]) -> int:
    """How many of some facts are of a kind."""
    if isinstance(facts, ManyFacts):
        named = kind.__name__.lower()
        return sum(one.kind == named for one in facts.listed)
    return sum(isinstance(fact, kind) for fact in facts)


def all_of(facts: Sequence[AnyAnswer], kind: type[AFact]) -> Sequence[AFact]:
    """Those of some facts that are of a kind; many, which are read when they are shown, as they are: all are of it."""
    if isinstance(facts, ManyFacts) and count_of(facts, kind) == len(facts):
        return facts  # type: ignore[return-value]
    return [fact for fact in facts if isinstance(fact, kind)]


def plain_tasks(query: Understood, library: Library) -> Sequence[AnyAnswer] | None:
    """The tasks of the one bureau that a query asks for and limits no further than by plans; None where it asks for
    anything else."""
    if len(query.who) != 1 or query.period:
        return None
    (who,) = query.who
    if _limits(replace(query, places=())) != Understood(who=query.who) or not is_plain(who):
        return None
    where = replace(_of_plans(query, library), bureaus=who.ids, roles=(who.role,) if who.role else ())
    return _unless_few(ManyTasks(library.store, where))


def is_plain(who: Who) -> bool:
    """Whether a bureau is asked for that the store finds, alone or in a role, and no more is said of it."""
    return bool(who.ids) and replace(who, said="", ids=(), names=(), role=None) == Who(said="")


def listed_tasks(query: Understood, library: Library) -> Sequence[AnyAnswer] | None:
    """The tasks of a query that limits them no further than by plans and whole years; None where it does."""
    years = _whole_years(query.period)
    if years is None or _limits(replace(query, places=())) != Understood():
        return None
    found = library.store.listing.tasks(replace(_of_plans(query, library), by=years))
    return _unless_few(ManyFacts(library.store, found))


def listed_targets(query: Understood, library: Library) -> Sequence[AnyAnswer] | None:
    """The targets of a query that limits them no further than by plans, whole years and nature, in the order of
    answers; None where it does."""
    years = _whole_years(query.period)
    if years is None or replace(_limits(query), nature=None) != Understood():
        return None
    where = replace(_of_plans(query, library), by=years, nature=query.nature)
    return _unless_few(ManyFacts(library.store, library.store.listing.targets(where, last=library.vague)))


def listed_due(query: Understood, library: Library) -> Sequence[AnyAnswer] | None:
    """The tasks and targets that are due in whole years, and the deadlines that belong to none of them; None where a
    query limits them further."""
    years = _whole_years(query.period)
    if not (query.due and years) or _limits(query) != Understood():
        return None
    listing, where = library.store.listing, _of_plans(query, library)
    due = [
        *listing.tasks(replace(where, by=years)),
        *listing.targets(replace(where, by=years), last=library.vague),
    ]
    others = library.store.read(listing.deadlines(replace(where, due=years), not_of={one.row for one in due}))
    rest = [
        Listed(row, one.plan, one.kind, valued=False, span=one.span)
        for row, one in others.items()
        # what begins at a day is not due on it
        if isinstance(one, Deadline) and one.bound != "from" and is_in_time(one, query)
    ]
    rest.sort(key=lambda one: (one.plan, one.span[0], one.row))
    return _unless_few(ManyFacts(library.store, [*due, *rest]))


def _unless_few(found: ManyFacts) -> Sequence[AnyAnswer]:
    return tuple(found) if len(found) <= _FEW else found


def _of_plans(query: Understood, library: Library) -> FactFilter:
    every = library.vocabulary.plans
    chosen = allowed_plans(query, every)
    return FactFilter(plans=() if len(chosen) == len(every) else tuple(plan.id for plan in chosen) or ("",))


def _whole_years(period: Period | None) -> tuple[str, ...] | None:
    """The years in one of which a time asked for lies, () where none is; None where it begins or ends within a year,
    so that each fact must be asked."""
    if period is None:
        return ()
    if (period.start or "1900-01-01")[4:] != "-01-01" or (period.end or "2199-12-31")[4:] != "-12-31":
        return None
    return years_of(period)


def years_of(period: Period) -> tuple[str, ...]:
    """The years in one of which a time asked for lies: those named, or all that its stretch touches."""
    if period.years:
        return period.years
    first, last = (int((day or bound)[:4]) for day, bound in zip((period.start, period.end), _EVER, strict=True))
    return tuple(map(str, range(first, last + 1))) or _EVER[:1]


def _limits(query: Understood) -> Understood:
    """A query without its plans, its time and what is only said of it: what a query may ask for besides, here or in
    time to come, makes it another one."""
    count = None if query.aggregate == "count" else query.aggregate
    return replace(
        query, kind=None, counted=None, due=False, period=None, plans=(), not_plans=(), plan_words=(), levels=(),
        not_places=(), ignored=(), corrections=(), ambiguous=(), today=None, aggregate=count,
    )  # fmt: skip
