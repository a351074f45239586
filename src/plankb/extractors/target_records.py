"""Makes the records of targets, and keeps the time of each for its deadline."""

from __future__ import annotations

from plankb import quantities
from plankb.extractors.clauses import Place
from plankb.extractors.reading import Ids
from plankb.indicators import canonical
from plankb.model import Baseline, Change, Nature, Operator, Plan, Span, Target
from plankb.quantities import Quantity
from plankb.times import Time


class Recorder:
    """Makes targets of one plan; `times` maps the id of each to the time it is due."""

    def __init__(self, text: str, plan: Plan, ids: Ids) -> None:
        self._text = text
        self._plan = plan
        self._ids = ids
        self.times: dict[str, Time] = {}

    def number(
        self, name: str, quantity: Quantity, place: Place, span: Span, time: Time | None, *, op: Operator,
        change: Change | None = None, base_year: str | None = None, baseline: Baseline | None = None,
        stretch: bool = False, nature: Nature | None = None, by: str | None = None,
    ) -> Target:  # fmt: skip
        """A target with a value. `by` is used where no `time` is given."""
        by = time.by if time else by
        words = (name, op, quantity.value, quantity.value_max, quantity.unit, change, by)
        fields = self._fields("target", words, name, place, span, time)
        return Target(
            **fields,
            op=op,
            value=quantity.value,
            value_max=quantity.value_max,
            unit=quantity.unit,
            normal=quantities.normal(quantity.value, quantity.unit),
            change=change,
            base_year=base_year,
            baseline=baseline,
            by=by,
            stretch=stretch,
            nature=nature,
        )

    def words(
        self, name: str, said: str, place: Place, span: Span, time: Time | None, *, stretch: bool = False,
        nature: Nature | None = None, by: str | None = None,
    ) -> Target:  # fmt: skip
        """A target in words. `by` is used where no `time` is given."""
        by = time.by if time else by
        fields = self._fields("target", (name, said, by), name, place, span, time)
        return Target(**fields, by=by, stretch=stretch, qualitative=said, nature=nature)

    def _fields(
        self, kind: str, words: tuple[object, ...], name: str, place: Place, span: Span, time: Time | None
    ) -> dict[str, object]:
        made = self._ids.make(kind, words)
        if time is not None:
            self.times[made] = time
        indicator = canonical(name)
        return {
            "id": made,
            "plan": self._plan.id,
            "section": place.path,
            "quote": self._text[slice(*span)],
            "span": span,
            "indicator": name,
            "indicator_id": indicator.id,
            "scope": indicator.scope,
            "source": place.source,
        }
