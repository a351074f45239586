"""What the name of an indicator says: its head (率, 总量), the area in front of it, the rate or change that it ends in,
and the predicate that stands between it and its value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial

from plankb import quantities, rules
from plankb.model import Change
from plankb.rules.kinds import Predicate

_form = partial(rules.pattern, "phrases")


def head_pattern() -> re.Pattern[str]:
    """Matches a phrase that ends in the head word of an indicator (率, 占比, 总量, …)."""
    return _head("any")


@cache
def _head(kind: str) -> re.Pattern[str]:
    return re.compile(rf"{rules.one('indicators', f'heads.{kind}').expression}(?:[（(][^（）()]*[）)])?\Z")


def has_head(name: str) -> bool:
    """Whether a name ends in the head word of an indicator."""
    return head_pattern().search(name) is not None


def has_share_head(name: str) -> bool:
    """Whether a name ends in the head word of a share (率, 占比)."""
    return _head("shares").search(name) is not None


def longest_end(text: str, words: Iterable[str]) -> str:
    """The longest of some words that a text ends in; "" where it ends in none."""
    return max(filter(text.endswith, words), key=len, default="")


def may_be_measured(name: str) -> bool:
    """Whether a phrase can be what is measured: no mere amount, no scrap that starts with a particle or lost its
    bracket."""
    name = name.replace('"', "”") if name.count('"') == name.count("“") - name.count("”") else name
    paired = all(name.count(a) == name.count(b) for a, b in ("（）", "()", "“”"))
    return paired and not (_scrap().match(name) or name in bare_rates() or _form("verb_alone").fullmatch(name))


@cache
def bare_rates() -> frozenset[str]:
    """Rates that say nothing without what they are of (利用率, 占比)."""
    return rules.one("indicators", "apart.rates").vocabulary | rules.one("indicators", "bare.rates").vocabulary


@cache
def _scrap() -> re.Pattern[str]:
    amount = rf"(?:[\d.,]+)?(?:{quantities.unit_pattern()})?(?:[（(][^）)]*[）)])?\Z"
    return re.compile(rf"{amount}|{_form('scrap').pattern}")


def growth_of(word: str, name: str) -> str:
    """A change or sum that says nothing alone (增速, 余额), of the indicator named before: 保费收入增速; "" where the
    word says more, or the indicator is a rate, which has no such."""
    if word not in rules.one("indicators", "bare.growth").words or not name:
        return ""
    stem = without_growth(name)
    if any(stem.endswith(rate) for rate in rules.one("indicators", "heads.shares").words):
        return ""
    return stem if stem.endswith(word) else stem + word


def without_growth(name: str) -> str:
    """What a rate of change is of: 保费收入增速 is of 保费收入."""
    growing = (word for word in rules.one("indicators", "bare.growth").words if not word.endswith("余额"))
    return name.removesuffix(longest_end(name, growing))


def without_rate(name: str) -> str:
    """What a rate or amount is of: 污水集中处理率 is of 污水集中."""
    ends = longest_end(name, bare_rates()) or longest_end(name, rules.one("indicators", "heads.any").words)
    return name.removesuffix(ends)


def each_first(phrase: str) -> tuple[str, str]:
    """(每年 and the like that open a phrase, the rest)."""
    match = _form("each_first").match(phrase)
    return (match.group(), phrase[match.end() :]) if match else ("", phrase)


@cache
def bare_heads() -> frozenset[str]:
    """Heads that say nothing alone and need the noun that was counted before (总长度)."""
    return rules.one("indicators", "bare.any").vocabulary


def _scopes() -> re.Pattern[str]:
    return rules.pattern("indicators", "scopes")


def is_scope(phrase: str) -> bool:
    """Whether a phrase is an area or population and no indicator (县城, 黄河流域, 丘陵区)."""
    return bool(_scopes().fullmatch(phrase)) and not _form("headed").search(phrase)


def opens_with_scope(phrase: str) -> bool:
    """Whether an area or population opens a phrase."""
    return 0 < scope_end(phrase) < len(phrase)


def scope_end(phrase: str) -> int:
    """Where the area or population that opens a phrase ends; 0 where none does."""
    match = _scopes().match(phrase)
    return match.end() if match else 0


def scope_first(phrase: str) -> str | None:
    """The phrase with a scope that stands after its indicator put first (通达率平原区); None when there is none."""
    match = _form("scope_last").fullmatch(phrase)
    return match["scope"] + match["indicator"] if match else None


@cache
def predicates(kind: str) -> tuple[tuple[re.Pattern[str], Change | None], ...]:
    """The predicates of a kind, `level` or `change`, each as the end of what stands before a value, with its change."""
    filler = rules.one("operators", "filler.adverb" if kind == "change" else "filler.number").expression
    return tuple(
        (re.compile(rf"(?:{rule.expression})(?:{filler})*\Z"), rule.direction)
        for rule in rules.many("changes", kind, Predicate)
    )


def predicate_at(left: str) -> tuple[int, Change | None] | None:
    """(offset of the predicate that ends `left`, its change); the longest one counts."""
    best: tuple[int, Change | None] | None = None
    for kind in ("level", "change"):
        for pattern, change in predicates(kind):
            match = pattern.search(left)
            if match and (best is None or match.start() < best[0]):
                best = match.start(), change
    return best


def is_change(words: str) -> bool:
    """Whether words are a verb of change (下降, 增长)."""
    return any(pattern.fullmatch(words) for pattern, _ in predicates("change"))


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(rule.suffix for rule in rules.many("changes", "level", Predicate) if rule.suffix)


def share_suffix(words: str) -> str:
    """What a predicate adds to the indicator: 租赁型住房占60% is 租赁型住房占比."""
    return next((suffix for suffix in _suffixes() if words.startswith(suffix[0])), "")
