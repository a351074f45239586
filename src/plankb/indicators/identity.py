"""Indicators: one canonical form for the wordings of one measure, so that plans can be compared. Pure functions.

`canonical("全市城镇新建绿色建筑面积占比")` has the scope 全市, and the id of 城镇新建建筑中绿色建筑面积占比.
Near neighbours stay apart: 回收利用率 and 资源化利用率, 新增 and 累计, 中心城区 (a scope) and 全市. The vocabulary is
data (`rules/wordings.toml`, `rules/indicators.toml`); an indicator it does not know gets its id by the same rules.
畜禽粪污资源化利用率 and 畜禽粪污综合利用率 are one family, since officials use both for one measure; for other
materials the two are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from plankb import numbers, rules, times
from plankb.indicators.phrase import make_verbs
from plankb.rules.kinds import GoodDirection, OwnIndicator, Rewrite
from plankb.rules.prefilter import Prefilter

Direction = Literal["up", "down"]
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a phrase measures.

    `id` is the same for all wordings of one measure; `name` the phrase without its scope; `scope` the area or
    population in front of it as printed, None when it has none; `direction` the good one, None when unknown;
    `dimension` that of its unit ("share" for rates), None when the words do not tell.
    """

    id: str
    name: str
    scope: str | None
    direction: Direction | None
    dimension: str | None


@cache
def _scope() -> re.Pattern[str]:
    return rules.one("indicators", "scope").regex


@cache
def _rewrites() -> tuple[Rewrite, ...]:
    return rules.many("wordings", "rewrite", Rewrite)


@cache
def _may_rewrite() -> Prefilter:
    return Prefilter(rule.expression for rule in _rewrites())


@cache
def _directions() -> tuple[tuple[re.Pattern[str], Direction], ...]:
    return tuple((rule.regex, rule.means) for rule in rules.many("indicators", "direction", GoodDirection))


@cache
def _dimensions() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((rule.regex, rule.means) for rule in rules.many("indicators", "dimension"))


@cache
def _own() -> dict[str, OwnIndicator]:
    """The user's indicators by the id that their names and other words have without them."""
    found = rules.many("indicators", "indicator", OwnIndicator)
    return {_rewritten(_plain(word)): own for own in reversed(found) for word in (own.name, *own.words)}


@lru_cache(maxsize=8192)
def canonical(phrase: str) -> Indicator:
    """The indicator that a phrase names. Any text gives one; "" gives the id ""."""
    scope, name = split_scope(_plain(phrase))
    ident = _identity(name)
    dimension = next((title for pattern, title in _dimensions() if pattern.search(name)), None)
    return Indicator(ident, name, scope, direction(ident), dimension)


def indicator_id(phrase: str) -> str:
    """The id of the indicator that a phrase names, without its scope."""
    return canonical(phrase).id


def direction(ident: str) -> Direction | None:
    """The good direction of an indicator by its id: "down" for concentrations and losses, "up" for most shares; None
    when its words do not tell."""
    if (own := _own().get(ident)) and own.good:
        return own.good
    return next((good for pattern, good in _directions() if pattern.search(ident)), None)


def split_scope(phrase: str) -> tuple[str | None, str]:
    """(area or population in front of a phrase, the rest); the scope is None when there is none or nothing follows."""
    match, made = _scope().match(phrase), make_verbs().match(phrase)
    verb = match and made and made.end() < match.end("scope") - 1  # 整治城市易涝点, 新增上市企业; not 建成区绿地率
    if match and not verb and match.end() < len(phrase) - 1:
        return match["scope"], phrase[match.end() :]
    return None, phrase


def candidates(words: str, known: Iterable[str], *, limit: int = 10) -> list[tuple[str, float]]:
    """The indicator phrases of `known` that a user's words may mean, best first, each with a score of 0 to 1.

    Words that name an indicator exactly come first; then phrases that hold all the words, then near ones.
    """
    from rapidfuzz import fuzz

    wanted = _plain(words)
    ident = indicator_id(words)
    if not wanted:
        return []
    scored = []
    for phrase in dict.fromkeys(known):
        found = canonical(phrase)
        if found.id == ident:
            score = 1.0 if _plain(phrase) == wanted else 0.98
        elif wanted in found.id or wanted in _plain(phrase):
            score = 0.7 + 0.25 * len(wanted) / max(len(wanted), len(phrase))
        else:
            score = 0.8 * fuzz.token_ratio(" ".join(ident), " ".join(found.id)) / 100
        if score >= 0.5:
            scored.append((phrase, round(score, 4)))
    return sorted(scored, key=lambda item: (-item[1], item[0]))[:limit]


def _plain(phrase: str) -> str:
    """Without white space, quotation marks and typographic variation."""
    text = numbers.half_width(re.sub(r"\s", "", phrase)).replace("〔", "(").replace("〕", ")")
    return re.sub(r"[“”\"'‘’《》*]", "", text)


def _identity(name: str) -> str:
    """The id: the name in canonical wording, by the user's words for it where he has any."""
    ident = _rewritten(name)
    return _rewritten(_plain(own.name)) if (own := _own().get(ident)) else ident


def _rewritten(name: str) -> str:
    """A name in the wording of the built-in rules."""
    for time in reversed(times.find(name)):
        if time.base or time.by:
            name = name[: time.span[0]] + name[time.span[1] :]
    for _ in range(_ROUNDS):
        before = name
        name = _rewritten_once(name)
        if name == before:
            break
    return name


def _rewritten_once(name: str) -> str:
    """A name after each rule in turn; what a rule has changed the next ones are asked of anew."""
    last = -1
    while True:
        for index in _may_rewrite()(name):
            rule = _rewrites()[index]
            if index > last and (new := rule.regex.sub(rule.to, name)) != name:
                name, last = new, index
                break
        else:
            return name
