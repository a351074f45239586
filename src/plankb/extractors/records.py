"""How the records of facts are made: their ids, whose and where they are, and those of targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from plankb import quantities, rules
from plankb.document import CleanText, Outline, Place
from plankb.in_force import years
from plankb.indicators import canonical
from plankb.model import Baseline, Change, Nature, Operator, Plan, Span, Target
from plankb.quantities import Quantity
from plankb.times import Time


class Ids:
    """Ids for the facts of one plan, stable while the words stay: made of what a fact says, not of where it stands.

    A fact said twice in one plan gets the same stem and a running number.
    """

    def __init__(self, plan: str) -> None:
        self._plan = plan
        self._given: dict[str, int] = {}

    def make(self, kind: str, words: Iterable[object]) -> str:
        """`PLAN:KIND-STEM`, or `PLAN:KIND-STEM-2` for the second fact of the same words."""
        said = "\x1f".join("" if word is None else str(word) for word in words)
        stem = f"{self._plan}:{kind}-{blake2b(said.encode(), digest_size=5).hexdigest()}"
        count = self._given[stem] = self._given.get(stem, 0) + 1
        return stem if count == 1 else f"{stem}-{count}"


@dataclass(frozen=True, slots=True)
class Context:
    """What every step needs to make facts: whose they are, the words they stand in, where, and their ids."""

    plan: Plan
    clean: CleanText
    outline: Outline
    ids: Ids

    def words(self, span: Span) -> str:
        """The clean text of a span."""
        return self.clean.text[slice(*span)]


@dataclass(frozen=True, slots=True)
class Amount:
    """What a number says of its indicator: how much, how it binds, and for a change since when or from what."""

    quantity: Quantity
    op: Operator
    change: Change | None = None
    base_year: str | None = None
    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """Where and by when a target is stated. `by` is used where no `time` is given."""

    place: Place
    span: Span
    time: Time | None
    by: str | None = None
    stretch: bool = False
    nature: Nature | None = None

    @property
    def due(self) -> str | None:
        """The time that it is due by, as the record says it."""
        return self.time.by if self.time else self.by


class Recorder:
    """Makes targets of one plan; `times` maps the id of each to the time it is due."""

    def __init__(self, text: str, plan: Plan, ids: Ids) -> None:
        self._text = text
        self._plan = plan
        self._ids = ids
        self.times: dict[str, Time] = {}
        span = years(plan)
        self._period = (str(span[0]), str(span[1])) if span else None

    def is_own(self, place: str) -> bool:
        """Whether words name the place that the plan is of."""
        return bool(place) and place in f"{self._plan.title}{self._plan.jurisdiction or ''}{self._plan.issuer or ''}"

    def number(self, name: str, amount: Amount, stated: Stated) -> Target:
        """A target with a value."""
        quantity = amount.quantity
        said = (name, amount.op, quantity.value, quantity.value_max, quantity.unit, amount.change, stated.due)
        return Target(
            **self._fields(said, name, stated),
            op=amount.op,
            value=quantity.value,
            value_max=quantity.value_max,
            unit=quantity.unit,
            normal=quantities.normal(quantity.value, quantity.unit),
            change=amount.change,
            base_year=amount.base_year,
            baseline=amount.baseline,
        )

    def words(self, name: str, said: str, stated: Stated) -> Target:
        """A target in words."""
        return Target(**self._fields((name, said, stated.due), name, stated), qualitative=said)

    def _fields(self, said: tuple[object, ...], name: str, stated: Stated) -> dict[str, object]:
        """The fields that numbers and words share; `said` is what tells the target from others, for its id."""
        made = self._ids.make("target", said)
        if stated.time is not None:
            self.times[made] = stated.time
        indicator = canonical(name)
        return {
            "id": made,
            "plan": self._plan.id,
            "section": stated.place.path,
            "quote": self._text[slice(*stated.span)],
            "span": stated.span,
            "indicator": name,
            "indicator_id": indicator.id,
            "scope": indicator.scope,
            "source": stated.place.source,
            "per": "year" if rules.pattern("forms", "time.every_year").search(name) else None,
            "period": None if stated.due else self._period,
            "by": stated.due,
            "stretch": stated.stretch,
            "nature": stated.nature,
        }
