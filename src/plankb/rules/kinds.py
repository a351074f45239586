"""Entries whose content is more than a pattern and its meaning, each by the subject that it belongs to."""

# Annotations are objects here, not text (no `from __future__`): pydantic would compile each at every start.

import re
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from plankb.model import Bound, Change, Operator, Role
from plankb.rules.lazy import LazyPattern
from plankb.rules.model import Entry, Rule, Shown


class _Table(Entry):
    """An entry that is a table of words itself: all of it stands in `values`."""

    @model_validator(mode="before")
    @classmethod
    def _table(cls, data: object) -> object:
        return data if isinstance(data, dict) and set(data) == {"values"} else {"values": data}


class Codes(_Table):
    """A table of words, each with the word that stands for it."""

    values: dict[str, str]


class Factors(_Table):
    """A table of words, each with the number it multiplies by."""

    values: dict[str, float]


class Characters(Entry):
    """Characters that stand for others: all of each range (first, last) whose NFKC form is one character, and each of
    `old` for the one in the same place of `new`."""

    name: str
    ranges: tuple[tuple[str, str], ...] = ()
    old: str = ""
    new: str = ""
    example: str
    gives: str

    @model_validator(mode="after")
    def _pairs(self) -> Self:
        if len(self.old) != len(self.new):
            raise ValueError("old and new are not of one length")
        return self


# times


class TimeCore(Rule):
    """The days that a mention names. What `plankb.times` gives for the one example: `by` the year, `start` and `end`
    ISO dates, each "" where there is none."""

    by: str
    bound: Bound
    start: str
    end: str


class TimeEdge(Rule):
    """Words before or after the core of a mention. `base`: they start a comparison; `past`: they tell what has been."""

    bound: Bound = "during"
    base: bool = False
    past: bool = False


# units and indicators


class _Measuring(Shown):
    """A unit or counting word by its printed forms."""

    names: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    unit: str

    @property
    def finds(self) -> tuple[str, ...]:
        """Its printed forms."""
        return self.names


class Unit(_Measuring):
    """A unit: printed names, dimension, factor to the canonical unit of the dimension; its example holds a quantity
    that comes to `value` in `unit`."""

    dimension: str
    factor: float = Field(1.0, gt=0, allow_inf_nan=False)
    value: float = Field(allow_inf_nan=False)

    @property
    def meaning(self) -> str:
        """Its dimension."""
        return self.dimension


class Counter(_Measuring):
    """Counting words that come to one, `unit` (人 for 名 and 位)."""

    @property
    def meaning(self) -> str:
        """The unit that they come to."""
        return self.unit


class GoodDirection(Rule):
    """The direction in which an indicator becomes better."""

    means: Literal["up", "down"]


class Rewrite(Rule):
    """A rule that puts words into another form: with all rules of its section, each example becomes `gives`."""

    to: str = ""
    gives: str

    def fault(self) -> str | None:
        """Whether the pattern can be used; an example may hold only after the rules before this one."""
        return self.unusable()


class OwnIndicator(Shown):
    """An indicator of the user: its name, the other words for it, the direction in which it becomes better (None: not
    said). Examples are names of the same measure, counter-examples of others."""

    name: str = Field(min_length=2)
    words: tuple[str, ...] = ()
    good: Literal["up", "down"] | None = None

    @property
    def finds(self) -> tuple[str, ...]:
        """Its name and the other words for it."""
        return (self.name, *self.words)

    @property
    def meaning(self) -> str:
        """The good direction; "" where it is not said."""
        return self.good or ""


class Words(_Table):
    """A table of words, each with several that stand for it or for its parts."""

    values: dict[str, tuple[str, ...]]


class Siblings(Entry):
    """Groups of words of one kind; the members of the list in `example`, each whole, are `gives`."""

    groups: tuple[tuple[str, ...], ...]
    example: str
    gives: tuple[str, ...]


class SameWords(Entry):
    """What documents of one subject call alike: groups of words for one thing (`same`), the first of which stands for
    the others, and pairs that look alike and are two (`apart`)."""

    name: str = Field(min_length=2)
    same: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[str, str], ...] = ()

    def fault(self) -> str | None:
        """A group of one word, a word said twice, or a pair that a group takes for one."""
        words = [word for group in self.same for word in group]
        if len({*words}) < len(words) or any(len(group) < 2 for group in self.same):
            return "a group holds one word, or a word stands twice"
        joined = (pair for pair in self.apart if any({*pair} <= {*group} for group in self.same))
        return next((f"{one} and {other} are one and apart" for one, other in joined), None)


# values, predicates and outcomes


class OperatorForm(Rule):
    """Words beside a number that say how its value binds."""

    means: Operator


class _Fitting(Rule):
    """A rule whose examples alone are tried: what its counter-examples are told by is decided elsewhere."""

    def fault(self) -> str | None:
        """The first example that it does not hold for."""
        missed = (f"finds nothing in {one}" for one in self.examples if not self._holds(one))
        return self.unusable() or next(missed, None)

    def _holds(self, example: str) -> bool:
        return bool(self.search(example))


class TitleForm(_Fitting):
    """The form of a title; its counter-examples are what other rules decide (a verb of work at its start)."""


class BeforeNumber(_Fitting):
    """What stands right before a number; its pattern ends there, before a number of each example."""

    def _holds(self, example: str) -> bool:
        return any(self.search(example[:at]) for at, char in enumerate(example) if char.isdigit())


class Numeral(Rule):
    """A numeral in words; its example comes to `value` in `unit`."""

    value: float
    unit: str


class Magnitudes(Rule):
    """Magnitudes that stand for their own number: each with that number and what stands before the unit; `op` how the
    words before it bind it."""

    sizes: dict[str, tuple[int, str]]
    op: Operator = "="


class Predicate(Rule):
    """What stands between an indicator and its value; its example states `indicator`. `direction`: of a change;
    `suffix`: what it adds to the name."""

    indicator: str
    direction: Change | None = None
    suffix: str = ""


class Doing(Rule):
    """A verb by which something is done by a day, and which kind of doing it is."""

    means: Literal["done", "used", "begun", "issued", "ended"]


class OutcomeForm(Rule):
    """A form of commitment in words: in its example it finds `gives`. `strong`: it commits without a time as well."""

    gives: str
    strong: bool = False


_NAMED = re.compile(r"\{(\w+)\}")


class AssertionForm(Shown):
    """What stands left of a value (`left`, up to it, and not `not_left`) and right of it (`right`, to the end of its
    clause; `near`: to the words of the next value) where these say what its indicator is, as in its example.

    `measures`: what the value is, "per cent", "share", "amount" (no share), "count", "many" (of more than a few) or
    dimensions of `units.toml`. `operator`: how it must bind, "led": by any word; `binds`: how it does, None for as it
    is said, or at least where a group `bound` says so. `given`: a "time" or an earlier number of the sentence makes it
    an assertion, or so does a "list" of what is made; nothing but a "scope" stands before it, or something that is
    none ("no scope"), or just what `left` finds ("alone").

    `pieces` make the name, joined by `link`: "subject" is what stands before `left`, or its group of that name, without
    times and openers and of at least `least` characters (`thing`: and no measure); others are groups of `left` and
    `right`, of which `measured` must be a measure and "noun" is without its outer marks. `prefix` and `suffix` complete
    the name; they may hold such a group too: "{who}". `from_left`: the quotation begins with `left`; `change`: the
    value is one.
    """

    pattern_fields: ClassVar[tuple[str, ...]] = ("left", "not_left", "right")

    name: str
    measures: frozenset[str]
    operator: Literal["", "=", "<=", "led"] = ""
    given: frozenset[Literal["time", "list", "scope", "no scope", "alone"]] = frozenset()
    left: str = ""
    not_left: str = ""
    right: str
    near: bool = False
    pieces: tuple[str, ...] = Field(min_length=1)
    form: Literal["whole", "having", "share", "before"]
    link: str = ""
    prefix: str = ""
    suffix: str = ""
    binds: Operator | None = None
    change: Change | None = None
    least: int = 1
    thing: bool = False
    measured: str = ""
    from_left: bool = False
    indicator: str

    @property
    def finds(self) -> tuple[str, ...]:
        """What stands on either side."""
        return tuple(filter(None, (self.left, self.not_left, self.right)))

    @cached_property
    def named(self) -> tuple[str, ...]:
        """What of both sides the name is made of."""
        return ("subject", *self.pieces, *_NAMED.findall(self.prefix + self.suffix))

    @cached_property
    def sides(self) -> tuple[LazyPattern, LazyPattern, LazyPattern]:
        """What stands left and right, and what may not stand left, each compiled once."""
        return LazyPattern(self.left or r"\Z"), LazyPattern(self.right), LazyPattern(self.not_left or r"(?!)")


# roles in cells


class CellRole(Rule):
    """How people write a role into a cell: its example reads as the roles `gives`."""

    means: Role
    gives: tuple[Role, ...]


# headings


class HeadingForm(Rule):
    """A form of numbered heading and its rank, from the outermost (1) down; `value`: which the number is said by."""

    rank: int
    value: int = 1


# checks


class Measured(Rule):
    """The last words of an indicator and the dimensions (`units.toml`) that they are measured in: with `allowed`, any
    other is a slip; with `strange`, only those are."""

    allowed: frozenset[str] = frozenset()
    strange: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.allowed) == bool(self.strange):
            raise ValueError("just one of allowed and strange is needed")
        return self


class Proportion(Entry):
    """Two amounts of one section and how many of the first there can be for one of the second: what `over` names, in
    `over_unit`, divided by what `under` names, in `under_unit`, lies from `least` to `most`."""

    pattern_fields: ClassVar[tuple[str, ...]] = ("over", "under")

    over: str
    under: str
    over_unit: str
    under_unit: str
    least: float
    most: float


class OneBureau(Entry):
    """Functions (ids of `bureaus.toml`) of which a place has one bureau; `examples` are names of theirs."""

    functions: tuple[str, ...] = Field(min_length=2)
    examples: tuple[str, ...] = Field(min_length=2)
