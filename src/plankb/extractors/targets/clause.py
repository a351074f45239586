"""A clause read once: its times and quantities, and for each quantity a `Slot`, what stands around it.

What counts as a quantity here stands outside brackets, names in quotation marks and times. The patterns over slots that
make assertions are in `assertion.py`, `shares.py` and `counts.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from plankb import quantities, rules
from plankb.document import Clause
from plankb.indicators import naming
from plankb.indicators import phrase as phrases
from plankb.model import Baseline, Change, Operator, Span
from plankb.quantities import Quantity
from plankb.register import places
from plankb.rules.prefilter import Screened
from plankb.times import Time

PER_CENT = ("%", "％")
form = partial(rules.pattern, "forms")
"""A form of `rules/forms.toml`."""
joint = partial(rules.pattern, "parts", "joint")
"""What joins the members of a list."""
_HIDDEN = re.compile(
    r"（(?!.{1,2}）|[^（）、]{1,2}[、/][^（）、]{1,2}）)[^（）]*）|\([^()]*\)|《[^》]*》|〔[^〕]*〕|［[^］]*］|“[^”，。；]{1,14}”|‘[^’]*’"
)
_OPENS = re.compile("[（(《〔［“‘]")
_BRACKETED = re.compile(r"[（(].*")


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a quantity says.

    `pieces` are the spans that make the indicator phrase, () when it is elided; `start` is where the quotation begins;
    `part`: it speaks of a part of what was counted before (其中…); `prefix`, `suffix` and `link` (between the pieces)
    complete the phrase; `group` is (index, size) in a 分别 list.
    """

    quantity: Quantity
    pieces: tuple[Span, ...]
    start: int
    op: Operator
    form: str
    change: Change | None = None
    base_year: str | None = None
    baseline: Baseline | None = None
    group: tuple[int, int] = (0, 1)
    prefix: str = ""
    part: bool = False
    link: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """A clause with its times and quantities (spans in the whole text)."""

    text: str
    span: Span
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True)
class Slot:
    """A quantity of a clause and what stands around it.

    `edge` is where its own words begin: at the clause or after the assertion before. `anchored`: a time or an earlier
    number of the sentence makes a bare count (服务点600个) an assertion; `verb`: the making verb that the sentence has
    said (选拔 in 选拔10名…、60名…); `list_op`: the operator before an earlier number of the list (不少于5所…、10家…);
    `stated`: the sentence has asserted something before.
    """

    clause: ClauseRecord
    index: int
    edge: int
    anchored: bool = False
    verb: str = ""
    list_op: Operator | None = None
    stated: bool = False

    @property
    def text(self) -> str:
        """The whole text, that all spans are of."""
        return self.clause.text

    @property
    def start(self) -> int:
        """Where the quantity starts."""
        return self.quantity.span[0]

    @property
    def end(self) -> int:
        """Where the quantity ends."""
        return self.quantity.span[1]

    @cached_property
    def quantity(self) -> Quantity:
        """The quantity itself."""
        return self.clause.quantities[self.index]

    @cached_property
    def left(self) -> str:
        """The words between the edge and the quantity."""
        return self.text[self.edge : self.start]

    @cached_property
    def rest(self) -> str:
        """The words from the quantity to the end of the clause."""
        return self.text[self.end : self.clause.span[1]]

    @cached_property
    def right(self) -> str:
        """What follows the quantity, up to the next one's own words or the end of the clause."""
        if self.index + 1 == len(self.clause.quantities):
            return self.rest
        between = self.text[self.end : self.clause.quantities[self.index + 1].span[0]]
        joints = [match.start() for match in joint().finditer(between)]
        return between[: joints[-1]] if joints else between

    @cached_property
    def bare_left(self) -> str:
        """The words before the quantity without marks and times."""
        start, end = phrases.strip_times(self.text, self.edge, self.start)
        return self.text[start:end].strip("，、；：。 ")

    @cached_property
    def subject(self) -> Span:
        """What stands before the quantity without times, openers and closing adverbs; empty where nothing is left."""
        return self.before(self.start)

    @cached_property
    def done(self) -> Span:
        """The same with the verb of change that opens it."""
        return phrases.from_verb(self.text, self.edge, self.start)

    @property
    def scoped(self) -> bool:
        """Whether nothing but an area or population stands before the quantity, if anything."""
        words = self.words(self.subject)
        return not words or naming.is_scope(words)

    @property
    def behind(self) -> Span:
        """From the quantity to the end of the clause."""
        return self.end, self.clause.span[1]

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.text[slice(*span)]

    def before(self, end: int) -> Span:
        """The subject where it ends before the quantity."""
        return phrases.tidy(self.text, self.edge, end)

    def before_match(self, match: re.Match[str] | None) -> Span:
        """The subject where it ends with a match in the words on the left; the whole of it without one."""
        return self.before(self.edge + match.start()) if match else self.subject

    def on_left(self, match: re.Match[str], group: str) -> Span:
        """The place of a group of a match in the words on the left."""
        return self.edge + match.start(group), self.edge + match.end(group)

    def on_right(self, match: re.Match[str], group: str) -> Span:
        """The place of a group of a match in the words on the right."""
        return self.end + match.start(group), self.end + match.end(group)

    @cached_property
    def counts(self) -> bool:
        """Whether the quantity counts things."""
        return is_count(self.quantity)

    @cached_property
    def measures(self) -> frozenset[str]:
        """What the quantity is, as `AssertionForm` calls it."""
        share = "share" if is_share(self.quantity) else "amount"
        per_cent = ("per cent",) if self.quantity.unit in PER_CENT else ()
        counted = ("count", *(() if self.quantity.small else ("many",))) if self.counts else ()
        return frozenset((kind(self.quantity), share, *per_cent, *counted))

    @cached_property
    def ends(self) -> bool:
        """Whether an assertion ends with the value (达到83%节能要求 ends with its noun)."""
        closing = ("value.goal_noun", "value.ends", "value.requirement")
        return any(form(noun).match(self.right) for noun in closing)

    @cached_property
    def op(self) -> Operator:
        """How the value binds; an operator word may stand apart from it (至少建成1个)."""
        if self.quantity.op != "=":
            return self.quantity.op
        match = form("value.detached").search(self.left)
        return "=" if not match else ">=" if match[1] else "<="

    @property
    def led(self) -> bool:
        """Whether an operator word stands before the number."""
        return self.quantity.span[0] < self.quantity.core[0]

    def other(self, index: int) -> Slot:
        """The slot of another quantity with the same edge."""
        return replace(self, index=index)


@cache
def counters() -> frozenset[str]:
    """Units that count things."""
    return quantities.counting_words()


@cache
def ranks() -> frozenset[str]:
    """Units that order or measure out a thing rather than count it (三级, 18层, 11年)."""
    return rules.words("units", "ranks")


def kept(*pieces: Span) -> tuple[Span, ...]:
    """The pieces that hold something."""
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def is_place(phrase: str) -> bool:
    """Whether a phrase is an area or population, or the short name of a place alone (合肥)."""
    return naming.is_scope(phrase) or places.find(phrase) is not None


def is_share(quantity: Quantity) -> bool:
    """Whether a quantity is a share, or what two shares differ by."""
    return quantity.unit in rules.words("units", "shares")


def is_count(quantity: Quantity) -> bool:
    """Whether a quantity counts things."""
    unit = _BRACKETED.sub("", quantities.split_unit(quantity.unit)[1])
    return unit in counters() and unit not in ranks()


def kind(quantity: Quantity) -> str:
    """What a quantity measures: its dimension."""
    return quantities.dimension(quantity.unit)


def read_clause(text: str, clause: Clause, times: tuple[Time, ...]) -> ClauseRecord:
    """A clause with its times and the quantities that may say something."""
    return ClauseRecord(text, clause.span, times, tuple(_usable(text, clause.span, times)))


def _usable(text: str, span: Span, times: Iterable[Time]) -> Iterable[Quantity]:
    start, end = span
    times_at = [time.span for time in times]
    found: list[Quantity] = []
    for quantity in quantities.find(_masked(text[start:end])):
        shifted = quantity.behind(start)
        before = found[-1] if found else None
        beside = before and before.span[1] == shifted.span[0] and _names_kind(before, shifted)
        measured = kind(shifted) in ("length", "area") and form("value.ends").match(text[shifted.span[1] : end])
        if beside and not measured:
            continue
        if form("value.kind_of").match(text, shifted.span[1]) or form("size.said").search(text, start, shifted.span[0]):
            continue  # 3人制篮球场, 4米级望远镜, 海拔1500米以上的小学
        if form("size.classes").match(text, shifted.span[0]):
            continue  # 5类40条
        inside_time = any(a < shifted.core[1] and shifted.core[0] < b for a, b in times_at)
        if text.startswith("单位", shifted.span[1] - 1) and shifted.unit.endswith("单"):
            continue  # 14单位产品能耗: the number of a row, and no 14 orders
        bound = shifted.span[0] < shifted.core[0] or form("value.detached").search(text[start : shifted.span[0]])
        if not inside_time and (not _spoken(shifted) or (bound and shifted.value >= 1)):
            found.append(shifted)
    found = [_with_its_verb(text, start, q) for q in found if not _is_level(text, q, end)]
    found = [q for i, q in enumerate(found) if not (i and _describes_counted(text, found[i - 1], q))]
    return _without_sizes(text, found, end)


def _with_its_verb(text: str, start: int, quantity: Quantity) -> Quantity:
    """突破 that opens its clause is what is done to the counted things after it, and no operator."""
    breaks = form("value.breaks").match(quantity.text) and is_count(quantity)
    opens = breaks and form("value.only_how").fullmatch(text, start, quantity.span[0])
    if not opens or not form("value.things").match(text, quantity.span[1]):
        return quantity
    span = (quantity.core[0], quantity.span[1])
    found = quantities.find(text[slice(*span)])
    return replace(quantity, text=text[slice(*span)], span=span, op=found[0].op if found else "=")


def _is_level(text: str, quantity: Quantity, end: int) -> bool:
    """Whether a voltage tells what kind the things behind it are (新增110千伏、35千伏变电站)."""
    levels = rules.one("units", "levels")
    if not levels.fullmatch(quantities.split_unit(quantity.unit)[1]):
        return False
    return bool(form("value.things").match(text, quantity.span[1], end))


def _without_sizes(text: str, found: list[Quantity], end: int) -> list[Quantity]:
    """Without the quantities that say how large the things are that the next number counts (110千伏变电站83座)."""
    kept: list[Quantity] = []
    for quantity in reversed(found):
        following = kept[0] if kept else None
        if following is None or not _is_size(text, quantity, following, end):
            kept.insert(0, quantity)
    return kept


def _is_size(text: str, quantity: Quantity, following: Quantity, end: int) -> bool:
    """Whether a quantity is the size of what the following one counts, or one of several such sizes."""
    between = text[quantity.span[1] : following.span[0]]
    if form("size.limit").fullmatch(between) or (not is_count(quantity) and form("size.measure").fullmatch(between)):
        return True
    if (
        not is_count(following)
        or not form("size.counted").fullmatch(between)
        or not form("value.ends").match(text[following.span[1] : end])
    ):
        return False
    if is_count(quantity) or is_share(quantity):
        return quantity.op != "=" and not _ends_phrase(between)
    return not naming.predicate_at(between) and not _ends_phrase(between)


def _ends_phrase(between: str) -> bool:
    return any(between.endswith(head) for head in naming.bare_heads())


def _describes_counted(text: str, count: Quantity, following: Quantity) -> bool:
    """Whether a quantity says what the counted things must have (30个总产值超10亿元的产业集群)."""
    between = text[count.span[1] : following.span[0]]
    if not between:
        return is_count(count) and is_count(following) and bool(form("size.of_such").match(text, following.span[1]))
    return is_count(count) and not form("size.apart").search(between) and text.startswith("的", following.span[1])


def _names_kind(count: Quantity, following: Quantity) -> bool:
    """Whether what follows a count at once names the kind of thing counted (20个500千伏输变电工程)."""
    return is_count(count) and quantities.split_unit(following.unit)[1] not in counters()


def _spoken(quantity: Quantity) -> bool:
    """Whether a numeral in words is a way of speaking (一批, 三级); a multiple is none (增长一倍)."""
    if not quantity.in_words or kind(quantity) == "multiple":
        return False
    unit = quantities.split_unit(quantity.unit)[1]
    return (quantity.small and quantity.value < 2) or unit in ranks() or unit in rules.words("units", "spoken")


def _masked(clause: str) -> str:
    """The clause with what stands in brackets and names blotted out, at its length."""
    if not _OPENS.search(clause):
        return clause
    return _HIDDEN.sub(lambda match: match.group()[0] + "□" * (len(match.group()) - 2) + match.group()[-1], clause)


@cache
def signs(name: str) -> Screened:
    """The signs of one kind in `rules/past.toml` as one pattern."""
    return Screened(rules.union("past", name))


def reaching(time: Time) -> str:
    """到 or 至 that opens a time and may be the verb of the value behind it; "" where none does."""
    said = form("time.reaching").match(time.text)
    return said.group() if said else ""
