"""Rule `foreign-place`: another place of the same level where the draft's own is meant, as in a text taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import rules
from plankb.checks import own_level, provinces
from plankb.checks.names import printed
from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Span
from plankb.register import Place, places

_FEW = 2
"""Mentions up to which another place is a slip; a draft that speaks of it more often means it."""
_OWN_TIME = re.compile(r"(?:到?20\d\d年(?:底|末)?(?:前)?，?)?")
"""The time before the place of a target."""
_KINDS = {"province": "省", "city": "市州", "county": "县区旗市"}


@rule(
    "foreign-place",
    severity="warning",
    zh="误写其他地方的名称，或自称的级别与本地不符",
    en="another place of the same level where the draft's own is meant, or 我县 in a city's draft",
    example="临江市方案中“成立东山市农村供水工作领导小组”",
)
def foreign_place(draft: Draft) -> Iterator[Remark]:
    """Only where the draft's own place is known."""
    yield from provinces.remarks(draft)
    own = _own(draft)
    if own is None or own.rank not in _KINDS:
        return
    yield from _acting(draft, own)
    yield from _bodies(draft, own)
    yield from _measured(draft, own)
    yield from _becomes(draft, own)
    yield from _own_word(draft, own)
    yield from own_level.remarks(draft, own)


def _own(draft: Draft) -> Place | None:
    """The draft's place: as it was read, else as its title begins; None where neither tells."""
    if draft.reading.plan.jurisdiction:
        return places.of(draft.reading.plan.jurisdiction)
    titled = rules.one("bodies", "titled_place").match(draft.reading.plan.title)
    return places.of(titled["place"]) if titled else None


def _acting(draft: Draft, own: Place) -> Iterator[Remark]:
    """成立…领导小组, 结合…实际, …各乡镇: what only one's own place does."""
    for match in rules.one("bodies", "acts").finditer(draft.text):
        named = places.at_start(match["place"], within=own) or places.at_start(match["place"])
        if named is None or named[1] != len(match["place"]) or not _foreign(named[0], own):
            continue
        if not _meant(draft.text, match.span("place")):
            yield Remark(match.span("place"), "E344", {"place": match["place"], "own": own.name})


def _foreign(place: Place, own: Place) -> bool:
    """Whether a place is of the same level as one's own and no part of it, nor above it."""
    apart = place != own and own not in places.ancestors(place) and place not in places.ancestors(own)
    return apart and place.rank == own.rank and place.name != own.name


def _meant(text: str, span: Span) -> bool:
    """Whether the sentence or the number of mentions shows that another place is spoken of on purpose."""
    told = rules.one("bodies", "told_of_others").search(text[around(text, span)[0] : span[0]])
    return bool(told) or text.count(text[slice(*span)]) > _FEW


def _bodies(draft: Draft, own: Place) -> Iterator[Remark]:
    """A bureau of another place of the same level in a note: 汨罗市水利局 in a plan of 临湘市."""
    noted = {name for task in draft.tasks for name in task.bureaus}
    for name, one in printed(draft).items():
        named = places.at_start(name)
        if name not in noted or named is None or not _foreign(named[0], own) or len(one.spans) > _FEW:
            continue
        if name[named[1] - 1] in "市县区旗州省" and not _meant(draft.text, one.spans[0]):
            yield Remark(one.spans[0], "E344", {"place": name[: named[1]], "own": own.name})


def _measured(draft: Draft, own: Place) -> Iterator[Remark]:
    """Headings and targets of another place: 一、乙市发展基础, 到2030年，乙市森林覆盖率达到60%."""
    sections = draft.reading.outline.sections
    heads = [(draft.text.find(section.title, *section.span), section.title) for section in sections]
    named = [(target.span[0], target.quote) for target in draft.targets if target.source == "prose"]
    for start, words in (*heads, *named):
        at = _OWN_TIME.match(words)
        found = places.at_start(words[at.end() :]) if at and start >= 0 else None
        if at and found and _foreign(found[0], own) and words[at.end() + found[1] - 1] in "市县区旗州省盟":
            span = start + at.end(), start + at.end() + found[1]
            if draft.text[slice(*span)] == words[at.end() : at.end() + found[1]] and not _meant(draft.text, span):
                yield Remark(span, "E344", {"place": draft.text[slice(*span)], "own": own.name})


def _becomes(draft: Draft, own: Place) -> Iterator[Remark]:
    """加快建设现代化乙: a short name where one's own belongs."""
    for match in rules.one("bodies", "becomes").regex.finditer(draft.text):
        found = places.at_start(match["place"] + "市", within=None)
        whole = found is not None and found[1] == len(match["place"]) + 1
        if found and whole and _foreign(found[0], own) and not _meant(draft.text, match.span("place")):
            yield Remark(match.span("place"), "E344", {"place": match["place"], "own": own.name})


def _own_word(draft: Draft, own: Place) -> Iterator[Remark]:
    """我县 in a city's draft, 我区 in a county's: a level below one's own, or another kind of the same level."""
    kind, titled = own.name[-1], _kinds_printed(draft, own)
    ranks = list(_KINDS)
    for match in rules.one("bodies", "own_word").finditer(draft.text):
        said = match["kind"]
        above = any(said in _KINDS[rank] for rank in ranks[: ranks.index(own.rank)])
        if said in (titled or kind) or (said in "省市州" and above) or (said == "区" and _in_region(own)):
            continue
        if f"我{kind}" not in draft.text and draft.text.count(f"我{said}") > _FEW:
            continue  # the place is called by its short name everywhere
        name = own.name[: -len(kind)] + titled[0] if titled else own.name
        yield Remark(match.span(), "E345", {"said": match.group(), "own": name})


def _kinds_printed(draft: Draft, own: Place) -> str:
    """What the draft's own title and issuer call the place, which may have another rank by now, or be another place of
    that name: 章丘市 of what is 章丘区; "" where they print no such name."""
    said = (draft.reading.plan.title, *draft.reading.plan.issuers, draft.reading.plan.issuer or "")
    short = re.escape(own.name[:-1])
    return "".join(dict.fromkeys(kind for words in said for kind in re.findall(rf"{short}([市县区旗州省])", words)))


def _in_region(own: Place) -> bool:
    """Whether a place is, or lies in, an autonomous region, which calls itself 我区."""
    return any(place.name.endswith("自治区") for place in (own, *places.ancestors(own)))
