"""What a target measures and for which area, in the form in which plans are compared: one name for one measure."""

from __future__ import annotations

from functools import lru_cache

from plankb import indicators, rules
from plankb.model import Target
from plankb.rules.kinds import Rewrite


def measured(target: Target) -> str:
    """The name of what a target measures; that of the share where words say all of it: 全面执行绿色建筑标准."""
    ident = target.indicator_id
    if target.qualitative is not None:
        words = f"{target.indicator}：{target.qualitative}"
        share = _rewritten("as_share", words)
        ident = ident if share == words else indicators.indicator_id(share)
    return compared(ident)


def compared(ident: str) -> str:
    """The id of an indicator in the form in which it is compared."""
    return _rewritten("same", ident)


def area(scope: str) -> str:
    """The name of an area: 城市建成区 is 建成区."""
    return _rewritten("scope", scope)


def nearly(name: str) -> str:
    """The form of a name that it shares with those so near that a person should look: 汽车 and 机动车."""
    return _rewritten("near", name)


@lru_cache(maxsize=50_000)
def _rewritten(section: str, name: str) -> str:
    """A name with the rewriting rules of a section applied, in their order."""
    for rule in rules.many("comparing", section, Rewrite):
        name = rule.regex.sub(rule.to, name)
    return name
