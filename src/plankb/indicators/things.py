"""The thing that the name of an indicator is of (大豆 of 大豆播种面积), and names that leave it unsaid (月走访率):
what they say, where the thing may stand in other words, and the name with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial

from plankb import rules, segment
from plankb.indicators import naming
from plankb.indicators import phrase as phrases

_LONGEST_LEAD = 12
_SHORTEST, _LONGEST = 2, 24
"""Characters of a thing."""
_form, _elided = partial(rules.pattern, "topics"), partial(rules.pattern, "ellipsis")
_RUN = re.compile(r"[^，。；：、（）()\s]*\Z")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A phrase without a thing: the acts in it, in order, and whether it measures what has been counted (产量)."""

    acts: tuple[str, ...]
    measures: bool


@cache
def _before() -> frozenset[str]:
    """Words in front of a thing."""
    return rules.words("topics", "parts.object_verbs") | rules.words("topics", "prepositions")


def unnamed(phrase: str) -> Unnamed | None:
    """What a phrase without a thing of its own is made of; None for one that names its thing."""
    match = _form("unnamed").fullmatch(phrase)
    if match is None:
        return None
    acts = tuple(_form("parts.acts").findall(match["act"] or match["acts"] or ""))
    return Unnamed(acts, bool(match["measure"])) if acts or match["measure"] else None


def thing_of(name: str, *, measured: bool = True, kinds: bool = False) -> str:
    """The thing that an indicator is of (大豆 of 大豆播种面积); "" where none is left.

    `measured`: the name says what is measured of it (not so 农业担保业务 of 新增农业担保业务); `kinds`: what is set up
    for the thing is no part of it (废钢 of 废钢回收体系)."""
    whole = name
    made = phrases.make_verbs().match(name)
    name = name[made.end() :] if made else name
    while name:
        cut = (
            _form("measured").search(name)
            or naming.head_pattern().search(name)
            or (kinds and _form("set_up_last").search(name))
        )
        if not cut or cut.end() == cut.start():
            break
        name = name[: cut.start()]
    said = len(name) >= _SHORTEST and not naming.is_scope(name) and not (measured and name == whole)
    said = said and name not in rules.words("topics", "manner")
    return name.removesuffix("的") if said else ""


def thing_before(text: str, acts: tuple[str, ...]) -> str:
    """What stands in a text right before the first of some acts that it names; "" where none is named."""
    for act in acts:
        at = text.rfind(act)
        way = at > 0 and _form("way").match(text, at + len(act))
        thing = _cut(text[:at]) if at > 0 and not way else ""
        if thing:
            return thing
    return ""


def acted_on(text: str, acts: tuple[str, ...]) -> str:
    """What a clause does the first of some acts to, which opens it (保障东河、西河生态流量); "" where none does."""
    opened = _form("opened").match(text)
    act = next((act for act in acts if opened and text.startswith(act, opened.end())), "")
    thing = text[opened.end() + len(act) :] if opened and act else ""
    return thing if _SHORTEST <= len(thing) <= _LONGEST and not _form("no_lead").search(thing.replace("、", "")) else ""


def _cut(text: str) -> str:
    """The noun phrase that ends a text."""
    run = _RUN.search(text)
    words = segment.words(run.group() if run else "")
    led = max((at + 1 for at, word in enumerate(words) if word.removesuffix("了") in _before()), default=0)
    thing = _form("adverbs_last").sub("", _form("joint_last").sub("", "".join(words[led:])))
    whole = thing.count("“") == thing.count("”") and _SHORTEST <= len(thing) <= _LONGEST
    return (
        "" if not whole or _form("parts.acts").fullmatch(thing) or thing in rules.words("topics", "manner") else thing
    )


def object_of(clause: str) -> str:
    """What a clause of work has as its object (稳定开采东区、西区等气田: 东区、西区等气田); "" where it has none.

    With the place that opens the clause: 在西县、东县积极建设风电基地 has 西县、东县风电基地."""
    match = _form("worked").match(clause)
    found = (match["place"] or "") + match["object"] if match else ""
    return found if _SHORTEST <= len(found) <= 2 * _LONGEST else ""


def joined(thing: str, phrase: str) -> str:
    """A phrase behind its thing, "" for none; 新增 stays in front: 高速公路, 新增通车里程 is 新增高速公路通车里程."""
    made = _form("added").match(phrase) if thing else None
    added = made.group() if made else ""
    return added + thing.removesuffix(phrase) + phrase.removeprefix(added)


def led_by(lead: str) -> str:
    """The thing that a lead or heading of work names: a noun without what is done to it (轨道交通建设: 轨道交通)."""
    lead = _form("mark").sub("", lead)
    work = _form("work").search(lead)
    thing = lead[: work.start()] if work else ""
    named = _SHORTEST <= len(thing) <= _LONGEST_LEAD and not phrases.make_verbs().match(thing)
    return thing if named and not _form("no_lead").search(thing) else ""


def owned_by(owner: str, whole: str) -> str:
    """What has been counted, of one of those that share it: 小学 of 新增学位 is 新增小学学位."""
    made = phrases.make_verbs().match(whole)
    verb, thing = (made.group(), whole[made.end() :]) if made else ("", whole)
    before = _elided("part_owner_first").match(thing)
    return verb + owner + (thing[before.end() :] if before else thing)


def of_other_scope(scope: str, indicator: str) -> str:
    """中心城市建成区道路机械化清扫率 said of 县城: 县城道路机械化清扫率."""
    match = _elided("places_first").match(indicator) or _elided("scopes").match(indicator)
    rest = indicator[match.end() :] if match and match.end() < len(indicator) else indicator
    return scope.rstrip("的") + rest
