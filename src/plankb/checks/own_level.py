"""Words and bodies of another level or place than the draft's own, told by their first characters alone, so that it
holds for places that no list has: 结合我市实际 and 市水务局配合 in a county's plan, 甲市水务局 in that of 乙市.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import register, rules
from plankb.checks.names import Printed, printed
from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark
from plankb.register import Place, places

_FEW, _MOST, _LEAD = 2, 4, 4
"""Mentions up to which a name of another level is a slip; bodies of one's own level that show how they are named;
characters before a name that tell why another place is named."""
_LEVELS = {"province": "省", "city": "市州盟", "county": "县区旗市"}
_ORDER = tuple(_LEVELS)
_WHOLE = {"province": "市县", "city": "县", "county": ""}
"""全市, 全县: the words for a whole that is only a part of one's own place."""


def remarks(draft: Draft, own: Place) -> Iterator[Remark]:
    """The draft's word for itself, then its bodies, then the whole that it speaks of."""
    if own.rank not in _LEVELS:
        return
    yield from _self(draft, own)
    yield from _bodies(draft, own)
    yield from _acting(draft, own)
    yield from _whole(draft, own)


def _self(draft: Draft, own: Place) -> Iterator[Remark]:
    """结合我市实际 of a county: it may speak of its city, but acts upon its own."""
    kind, above = own.name[-1], "".join(_LEVELS[rank] for rank in _ORDER[: _ORDER.index(own.rank)])
    for match in rules.one("bodies", "own_state").finditer(draft.text):
        printed_so = own.name[:-1] + match["kind"] in draft.reading.plan.title  # by another rank than the register's
        if match["kind"] != kind and match["kind"] in above and not printed_so:
            yield Remark(match.span("said"), "E345", {"said": match["said"], "own": own.name})


def _bodies(draft: Draft, own: Place) -> Iterator[Remark]:
    """Bodies in the notes of tasks; those that a place has of its own alone are of its level."""
    kind = own.name[-1]
    noted = {name for task in draft.tasks for name in task.bureaus}
    names = {name: one for name, one in printed(draft).items() if name in noted}
    mine = [name for name in names if name.startswith(kind)]
    above = {at for rank in _ORDER[: _ORDER.index(own.rank)] for at in _LEVELS[rank]} - {kind}
    odd = [one for name, one in names.items() if name[:1] in above]
    free = rules.one("bodies", "own_line")
    if len(mine) >= _MOST and len(odd) <= _FEW:
        for one in odd:
            if len(one.spans) <= _FEW and not free.search(one.name) and _is_body(one.name[1:], kind):
                yield Remark(one.spans[0], "E807", {"name": one.name, "own": kind})
    for name, one in names.items():
        yield from _elsewhere(draft, own, name, one)


def _elsewhere(draft: Draft, own: Place, name: str, one: Printed) -> Iterator[Remark]:
    """甲市水务局 where all are 市水务局 of 乙市; a place that the register has is `home`'s."""
    match = rules.one("bodies", "placed_body").fullmatch(name)
    if match is None or places.at_start(name) or len(one.spans) > _FEW:
        return
    place, kind = match["place"], own.name[-1]
    told = rules.one("bodies", "told_of_others").search(draft.text[max(0, one.spans[0][0] - _LEAD) : one.spans[0][0]])
    mine = place in own.name or own.name in place or draft.text.count(place) > _FEW
    if place[-1] == kind and not mine and not told and _is_body(match["body"], kind):
        yield Remark((one.spans[0][0], one.spans[0][0] + len(place)), "E344", {"place": place, "own": own.name})


def _acting(draft: Draft, own: Place) -> Iterator[Remark]:
    """丙市水利局要会同有关部门 in a plan of 乙市: a body of another place of its kind, named once."""
    kind, told = own.name[-1], rules.one("bodies", "told_of_others")
    for match in rules.one("bodies", "acting_body").regex.finditer(draft.text):
        place, found = match["place"], places.at_start(match["place"])
        mine = place[:-1] in own.name or own.name[:-1] in place or draft.text.count(place[:-1]) > 1
        related = found is not None and (own in places.ancestors(found[0]) or found[0] in places.ancestors(own))
        sentence = draft.text[around(draft.text, match.span())[0] : match.start()]
        if (
            place[-1] == kind
            and not mine
            and not related
            and not told.search(sentence)
            and _is_body(match["body"], kind)
        ):
            yield Remark(match.span("place"), "E344", {"place": place, "own": own.name})


def _is_body(rest: str, kind: str) -> bool:
    """Whether what stands behind a place is the name of a body that every place has."""
    return not register.resolve(f"{kind}{rest}").id.partition(":")[2].startswith("?")


def _whole(draft: Draft, own: Place) -> Iterator[Remark]:
    """全市 in a province's plan that says 全省 everywhere else."""
    kind, own_whole = own.name[-1], f"全{own.name[-1]}"
    for said in _WHOLE[own.rank].replace(kind, ""):
        form = re.compile(rf"(?<![各跨健齐])全{said}(?![域区级境场民政])")
        found = [match for span in draft.paragraphs for match in form.finditer(draft.text, *span)]
        if len(found) > 1 or draft.text.count(own_whole) < _FEW:
            continue
        for match in found:
            sentence = draft.text[slice(*around(draft.text, match.span()))]
            if not rules.one("bodies", "speaks_to_below").search(sentence):
                yield Remark(match.span(), "E345", {"said": match.group(), "own": own.name})
