"""What the shapes of statements share: where a statement ends, how a value binds, the verbs of `rules/changes.toml`."""

from __future__ import annotations

import re
from functools import cache

from plankb import quantities, rules
from plankb.extractors import phrases
from plankb.extractors.statements import Context, Statement, counters, ranks
from plankb.model import Change, Operator
from plankb.quantities import Quantity

GOAL_NOUN = re.compile(
    r"的?(?:总体|预期|约束性|整治|改造|建设)?(?:目标|要求|任务|水平|标准)(?:要求|任务)?(?=$|[，。；、）”])"
)


STATEMENT_END = re.compile(
    r"(?:等|的目标|目标|任务)?(?=$|[，。；、：:）)”（(]|和|及|与|以及|新?(?:台阶|大关|关口|门槛))"
)


_DETACHED = re.compile(r"(至少|最少|不少于|不低于)(?=[^，。；]{1,12}\Z)|(最多|不超过)(?=[^，。；]{1,6}\Z)")


@cache
def predicates(kind: str) -> tuple[tuple[re.Pattern[str], Change | None], ...]:
    """The predicates of a kind, `level` or `change`, each as the end of what stands before a value, with its change."""
    filler = rules.load("operators")["filler"]["adverb" if kind == "change" else "pattern"]
    return tuple(
        (re.compile(rf"(?:{entry['pattern']})(?:{filler})*\Z"), entry.get("direction"))
        for entry in rules.load("changes")[kind]
    )


@cache
def making_verb(kind: str) -> re.Pattern[str]:
    """A verb of a kind (`make`, `strong`) at the end of what stands before a count."""
    words = "|".join(sorted(map(re.escape, rules.load("changes")["verbs"][kind]), key=len, reverse=True))
    return re.compile(rf"(?:{words})了?(?:至少|最少|不少于|超过|约|共|总计|合计|累计|各)?\Z")


@cache
def state_verb() -> re.Pattern[str]:
    """A verb of the state that part of a population reaches."""
    return re.compile(rules.load("changes")["verbs"]["state"])


def operator(context: Context, edge: int, quantity: Quantity, *, first: Statement | None = None) -> Operator:
    """How a value binds: an operator before a list (分别不低于15和20亿元) binds all, one after its last only that."""
    if quantity.op != "=":
        return quantity.op
    if first is not None and first.quantity.span[0] < first.quantity.core[0]:
        return first.quantity.op
    match = _DETACHED.search(context.before(edge, quantity))
    return "=" if not match else ">=" if match[1] else "<="


def ends(right: str) -> bool:
    """Whether a statement ends with its value (达到83%节能要求 ends with its noun)."""
    return bool(GOAL_NOUN.match(right) or STATEMENT_END.match(right) or requirement().match(right))


@cache
def requirement() -> re.Pattern[str]:
    """A noun that closes a value with 要求 (达到83%节能要求)."""
    return re.compile(r"[^，。；、的\d]{0,6}要求(?=$|[，。；、])")


def is_count(quantity: Quantity) -> bool:
    """Whether a quantity counts things."""
    unit = re.sub(r"[（(].*", "", quantities.split_unit(quantity.unit)[1])
    return unit in counters() and unit not in ranks()


def left_words(context: Context, edge: int, quantity: Quantity) -> str:
    """What stands before a quantity without marks and times."""
    start, end = phrases.strip_times(context.text, edge, quantity.span[0])
    return context.text[start:end].strip("，、；：。 ")
