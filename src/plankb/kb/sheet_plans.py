"""The plans of a store as a workbook's corrections need them: facts as they were read, bureaus, names."""

from __future__ import annotations

from plankb import register
from plankb.errors import PlankbError
from plankb.model import AnyFact, Bureau, Plan, Task
from plankb.register import places
from plankb.store import FactFilter, Store


class Plans:
    """Facts as they were read, before review, and bureaus, each plan taken from the store once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._facts: dict[str, dict[str, AnyFact]] = {}
        self._bureaus: dict[tuple[str, ...], list[Bureau]] = {}

    def plan(self, plan: str) -> Plan:
        """A plan. Raises E204."""
        return self._store.plan(plan)

    def fact(self, plan: str, fact: str) -> AnyFact | None:
        """A fact of a plan; None where none of that id is read."""
        if plan not in self._facts:
            self._facts[plan] = {each.id: each for each in self._store.extracted(plan).facts}
        return self._facts[plan].get(fact)

    def bureaus(self, *plans: str) -> list[Bureau]:
        """The bureaus of these plans, or of all."""
        if plans not in self._bureaus:
            self._bureaus[plans] = self._store.bureaus(FactFilter(plans=plans))
        return self._bureaus[plans]

    def bureau_of(self, fact: AnyFact, name: str, *, near: str | None = None) -> tuple[str, bool]:
        """The bureau that a name means in the plan of a fact, and whether plans or the register know it.

        As its plan prints it, else as the register knows it; `near` is a bureau of the place that the name is of, None
        for the plan's own place.
        """
        if isinstance(fact, Task) and name in fact.bureaus:
            return fact.bureaus[name], True
        for plans in ((fact.plan,), ()):
            for bureau in self.bureaus(*plans):
                if name == bureau.name or (plans and not near and name in bureau.names):
                    return bureau.id, True
        jurisdiction = self.plan(fact.plan).jurisdiction
        home = places.of(jurisdiction) if jurisdiction else None
        entity = register.resolve(name, home=place_of(near) or home)
        return entity.id, entity.known

    def section_at(self, plan: str, position: int) -> tuple[str, ...]:
        """The headings above a place in a plan, as far as the facts read before it tell; () before the first."""
        self.fact(plan, "")
        before = (fact for fact in self._facts[plan].values() if fact.span[0] <= position)
        last = max(before, key=lambda fact: fact.span, default=None)
        return last.section if last else ()

    def unknown(self, cell: str, name: str, *, taken: bool) -> PlankbError:
        """The remark on a bureau that neither plans nor the register know, with the likest that they do know."""
        likest = register.suggest(name, [each for bureau in self.bureaus() for each in (bureau.name, *bureau.names)])
        code = ("E538" if likest else "E535") if taken else ("E547" if likest else "E546")
        return PlankbError(code, cell=cell, name=name, near=likest[0] if likest else "")


def place_of(bureau: str | None) -> places.Place | None:
    """The place that the id of a bureau begins with."""
    return places.by_code(bureau.split(":", 1)[0]) if bureau else None
