"""Rates and shares beside the amounts that they are counted from: 年均增长, 翻番, so much for each, a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from plankb import numbers, rules
from plankb.checks import products
from plankb.checks.amounts import counted, number, plain, scale
from plankb.checks.compare import Placed, placed
from plankb.checks.figures import told
from plankb.checks.registry import Draft, Remark
from plankb.document import pieces
from plankb.model import Span, Target

_SLACK, _POINTS = 0.08, 0.6
"""How far a rate may lie from that of its amounts: a share of it, and percentage points."""
_ADDED = 0.015
"""How far, as a share, what is grown by a rounded rate may lie from the end that is printed."""
_LAST_PLACE = 0.01
"""How far, as a share and an amount, a difference that is printed may lie from that of its values."""
_REACH, _SHORT_NAME = 24, 2
"""Characters behind an amount in which its yearly rate stands; of the shortest name of what is measured."""


def in_sentence(text: str, span: Span) -> Iterator[Remark]:
    """The remarks on one sentence."""
    for match in rules.one("growth", "from_to").regex.finditer(text, *span):
        rate = rules.one("growth", "yearly").regex.match(text, match.end(), span[1])
        years = int(match["last"]) - int(match["first"])
        if rate and years > 0:
            yield from _yearly(match, rate, number(match["from"]), number(match["to"]), years)
    for match in rules.one("growth", "doubled").regex.finditer(text, *span):
        yield from _times(match)
    for match in rules.one("growth", "multiple").regex.finditer(text, *span):
        yield from _multiple(match)
    yield from _for_each(text, span)
    for match in rules.one("growth", "added").regex.finditer(text, *span):
        yield from _added(match)
    for match in rules.one("growth", "path").regex.finditer(text, *span):
        yield from _path(match)
    yield from _cumulated(text, span)
    yield from _share_of_part(text, span)
    told = set[int]()
    for name in ("share", "share_of_told", "share_of_whole"):
        for match in rules.one("growth", name).regex.finditer(text, *span):
            share = number(match["part"]) / max(number(match["whole"]), 1e-9) * 100
            if abs(share - number(match["share"])) > max(_POINTS, 0.01 * share) and match.end() not in told:
                told.add(match.end())
                details: dict[str, object] = {
                    "part": match["part"],
                    "whole": match["whole"],
                    "share": plain(round(share, 1)),
                }
                yield Remark((match.start(), match.end()), "E367", details)


def _share_of_part(text: str, span: Span) -> Iterator[Remark]:
    """400座，其中一类100座、二类300座，一类占比25%: the share that a clause says of one part by its name."""
    for match in rules.one("growth", "share_of_part").regex.finditer(text, *span):
        named = [*rules.one("growth", "part_of_whole").regex.finditer(match["parts"])]
        meant = [one for one in named if match["name"].endswith(one["name"]) or one["name"].endswith(match["name"])]
        whole = number(match["whole"])
        share = number(meant[0]["part"]) / whole * 100 if len(meant) == 1 and whole else None
        if share is not None and abs(share - number(match["share"])) > max(_POINTS, 0.01 * share):
            details: dict[str, object] = {"part": meant[0]["part"], "whole": match["whole"]}
            yield Remark(match.span(), "E367", details | {"share": plain(round(share, 1))})


def _cumulated(text: str, span: Span) -> Iterator[Remark]:
    """2028年累计建成30所，2029年累计建成25所: what is counted from the start on does not fall."""
    found = [*rules.one("growth", "cumulated").regex.finditer(text, *span)]
    for one, other in pairwise(found):
        alike = one["what"] == other["what"] and counted(one["unit"]) == counted(other["unit"])
        first, second = (number(each["value"]) * scale(each["unit"]) for each in (one, other))
        if alike and int(one["year"]) < int(other["year"]) and second < first:
            yield Remark(other.span(), "E802", {"earlier": one.group(), "later": other.group()})


def _for_each(text: str, span: Span) -> Iterator[Remark]:
    """Prices and what all of it comes to, in one phrase or spread over a clause."""
    told = [*rules.one("growth", "each").regex.finditer(text, *span)]
    for match in told:
        yield from _each(match)
    for clause in pieces(text, span, stops="；。") if not told else ():
        yield from products.remarks(text, clause)


def _yearly(
    match: re.Match[str], rate: re.Match[str], before: float, after: float, years: int, start: int | None = None
) -> Iterator[Remark]:
    """A yearly rate that does not lead from one amount to the other; one that is a least may be lower."""
    if not before or not after:
        return
    right = ((after / before) ** (1 / years) - 1) * 100
    printed = number(rate["rate"])
    least = rate["least"] == "以上" or rate["bound"] in ("超过", "不低于", "不少于")
    apart = abs(right - printed) > max(_POINTS, _SLACK * abs(right))
    if apart and not (least and right > printed):
        details: dict[str, object] = {
            "from": plain(before), "to": plain(after), "years": years, "rate": f"{right:.1f}", "printed": rate["rate"]
        }  # fmt: skip
        yield Remark((match.start() if start is None else start, rate.end()), "E366", details)


def _times(match: re.Match[str]) -> Iterator[Remark]:
    """翻一番 is twice, 翻两番 four times; 增长2倍 is three times what was."""
    ratio = number(match["to"]) / max(number(match["from"]), 1e-9)
    if match["more"]:
        meant = {number(match["more"]) + 1, number(match["more"])}  # many write 增长3倍 for 三倍
    else:
        meant = {2.0 ** int(numbers.parse(match["times"] or "一") or 1)}
    if all(abs(ratio - one) > 0.06 * one for one in meant):
        details: dict[str, object] = {"from": match["from"], "to": match["to"], "times": plain(round(ratio, 2))}
        yield Remark(match.span(), "E368", details)


def _multiple(match: re.Match[str]) -> Iterator[Remark]:
    """3000万件，是2025年1000万件的2倍."""
    ratio = number(match["to"]) / max(number(match["from"]), 1e-9)
    if abs(ratio - number(match["times"])) > 0.06 * ratio:
        details: dict[str, object] = {"from": match["from"], "to": match["to"], "times": plain(round(ratio, 2))}
        yield Remark(match.span(), "E368", details)


def _each(match: re.Match[str]) -> Iterator[Remark]:
    """20个，每个5万元，共120万元: the amounts of each must come to that of all."""
    one, all_ = (match["unit_of_each"], match["unit"])
    if counted(one) != counted(all_):
        return
    added = number(match["count"]) * number(match["each"]) * scale(one) / scale(all_)
    if abs(added - number(match["total"])) > 0.01 * added + 1e-9:
        terms = f"{match['count']}×{match['each']}{one}"
        details: dict[str, object] = {"total": match["total"], "terms": terms, "sum": plain(added), "unit": all_}
        yield Remark((match.start("count"), match.end("unit")), "E451", details)


def _path(match: re.Match[str]) -> Iterator[Remark]:
    """到2030年达到95%，其中2029年92%、2030年93%: a path of years that ends elsewhere than its level."""
    *_, last = rules.one("growth", "step").regex.finditer(match["steps"])
    apart = abs(number(last["value"]) - number(match["to"])) > 1e-9
    if last["year"] == match["year"] and apart:
        details: dict[str, object] = {"year": last["year"], "end": f"{last['value']}%", "total": f"{match['to']}%"}
        yield Remark((match.start("to"), match.end("steps")), "E338", details)


def _added(match: re.Match[str]) -> Iterator[Remark]:
    """在45万平方米的基础上增加30万平方米，达到75万平方米: what was and what is added must come to the end; a growth in
    percent is one of what was."""
    before, unit = number(match["from"]), match["unit"]
    grown, by = number(match["by"]), match["unit_of_by"]
    end = number(match["to"]) * scale(match["unit_of_to"]) / scale(unit)
    percent = by in ("%", "％") and unit not in ("%", "％")
    points = "百分点" in by and unit in ("%", "％")
    if counted(unit) != counted(match["unit_of_to"]) or not (percent or points or counted(by) == counted(unit)):
        return
    step = before * grown / 100 if percent else grown if points else grown * scale(by) / scale(unit)
    right = before - step if match["falls"] else before + step
    slack = _ADDED * abs(end) if percent else 1e-6 * abs(end) + _rounding(match)
    loose = (match["least"] == "以上" and right > end) or (match["least"] == "以内" and right < end)
    rough = match["least"] == "左右" and abs(right - end) <= _ADDED * end
    if abs(right - end) > slack and not loose and not rough:
        sign = "-" if match["falls"] else "+"
        terms = f"{match['from']}{unit}{sign}{match['by']}{by}"
        details: dict[str, object] = {"total": f"{match['to']}{match['unit_of_to']}", "terms": terms}
        details["sum"] = f"{plain(right)}{unit}"
        yield Remark((match.start(), match.end()), "E349", details)


def _rounding(match: re.Match[str]) -> float:
    """Half a unit of the last place of the coarsest of the three numbers, in units of the first."""
    places = (("from", "unit"), ("by", "unit_of_by"), ("to", "unit_of_to"))
    base = scale(match["unit"])
    whole = len({match[unit] for _, unit in places}) == 1 and all("." not in match[name] for name, _ in places)
    coarse = max(0.5 * 10.0 ** -len(match[name].partition(".")[2]) * scale(match[unit]) / base for name, unit in places)
    return 0.0 if whole else min(coarse, _ADDED * number(match["from"]))


def of_targets(draft: Draft) -> Iterator[Remark]:
    """到2030年产值达到620亿元，年均增长8%, where the draft tells elsewhere what the amount was before."""
    plan = draft.reading.plan
    figures = [placed(one, plan) for one in draft.told]
    for target in draft.targets:
        rate = rules.one("growth", "yearly").regex.match(draft.text, target.span[1], target.span[1] + _REACH)
        if rate is None or target.value is None or target.change or not target.by:
            continue
        if rules.one("growth", "from_to").search(target.quote):
            continue  # told by its own sentence
        for year, before in _starts(placed(target, plan), figures):
            if (years := int(target.by[:4]) - year) > 0:
                yield from _yearly(rate, rate, before, float(target.value), years, target.span[0])


def against_year(draft: Draft) -> Iterator[Remark]:
    """到2030年达到450万件，比2027年增长40%, where the draft tells what the amount was in that year."""
    plan = draft.reading.plan
    known: dict[tuple[object, ...], list[Target]] = {}
    for figure in draft.told:
        one = placed(figure, plan)
        known.setdefault((one.indicator, one.scope, figure.unit, figure.by), []).append(figure)
    brief: Sequence[Target] | None = None
    for target in draft.targets:
        change = rules.one("growth", "against_year").regex.match(draft.text, target.span[1], target.span[1] + _REACH)
        if change is None or target.value is None or target.change or target.unit in ("%", "％", None, ""):
            continue
        one = placed(target, plan)
        named = known.get((one.indicator, one.scope, target.unit, change["year"]), [])
        if not named and brief is None:
            brief = told(plan, draft.text, shortest=_SHORT_NAME)
        before = named or _told_briefly(brief or (), target, change)
        if len(before) == 1 and before[0].value:
            yield from _changed(target, before[0], change)


def against_told(draft: Draft) -> Iterator[Remark]:
    """达到92%，提高5.2个百分点, where the draft tells elsewhere that it was 86.4%; so of amounts in one unit."""
    plan = draft.reading.plan
    figures = [placed(one, plan) for one in draft.told]
    for target in draft.targets:
        change = rules.one("growth", "change_after").regex.match(draft.text, target.span[1], target.span[1] + _REACH)
        if change is None or target.value is None or target.change or target.op not in ("=", "~", ">=", None):
            continue
        points = change["unit"].endswith("百分点")
        if points != (target.unit in ("%", "％")) or (not points and change["unit"] != target.unit):
            continue
        for year, before in _starts(placed(target, plan), figures):
            right, printed = abs(float(target.value) - before), number(change["by"])
            if change["year"] not in (None, str(year)) or abs(right - printed) <= _LAST_PLACE * (1 + right):
                continue
            details: dict[str, object] = {"from": plain(before), "to": plain(float(target.value)), "by": change["by"]}
            details |= {
                "change": plain(right),
                "unit": "个百分点" if points else change["unit"],
                "printed": change["unit"],
            }
            yield Remark((target.span[0], change.end()), "E453", details)


def _told_briefly(figures: Sequence[Target], target: Target, change: re.Match[str]) -> list[Target]:
    """What a draft tells of a year under the last words of a target's name (产值 for 茶叶产值), in its unit."""
    own = (change["year"], target.unit)
    return [one for one in figures if (one.by, one.unit) == own and target.indicator.endswith(one.indicator)]


def _changed(target: Target, before: Target, change: re.Match[str]) -> Iterator[Remark]:
    """A change in percent that is not that of the two amounts; one that is a least may be lower."""
    start, end, printed = float(before.value or 0), float(target.value or 0), number(change["rate"])
    right = (end / start - 1) * 100 * (-1 if change["falls"] else 1)
    least = change["least"] == "以上"
    if abs(right - printed) > max(_POINTS, _SLACK * abs(right)) and not (least and right > printed):
        details: dict[str, object] = {
            "from": plain(start), "to": plain(end), "rate": f"{right:.1f}", "printed": change["rate"]
        }  # fmt: skip
        yield Remark((target.span[0], change.end()), "E357", details, related=(before,))


def _starts(one: Placed, figures: Sequence[Placed]) -> Iterator[tuple[int, float]]:
    """(year, amount in the target's unit) that a target starts from: its own baseline, else what the text tells."""
    target = one.target
    if target.baseline and target.baseline.year:
        yield int(target.baseline.year), float(target.baseline.value)
        return
    own = (one.indicator, one.place, one.scope, target.unit)
    same = [each.target for each in figures if (each.indicator, each.place, each.scope, each.target.unit) == own]
    said = {(each.by, float(each.value)) for each in same if each.value is not None and each.by}
    if len(said) == 1:  # in the text and in a table, it may be
        ((year, value),) = said
        yield int(year or 0), value
