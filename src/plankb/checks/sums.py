"""Rule `sum-mismatch`: parts that do not add up to their total, shares over 100%, a change that is no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plankb import numbers, rules
from plankb.checks import growth, products, scores, split, table_sums, unlinked_sums
from plankb.checks.amounts import counted, number, plain, rounding, scale
from plankb.checks.amounts_of_years import MEAN
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Span

_OVER = 125
"""Shares that come to more than this overlap: women, members, those under forty."""
_NEARLY, _HALF, _PAIR = 0.9, 0.5, 2
_LEAD, _YEAR = 16, 8
"""Characters before a number that say what it is, and of which year."""
_NAME = 3
"""Last characters of a name by which it is known again."""
_EXACT = 1e-9
_ROUNDED = 0.05
"""The share of a total up to which rounding in 万 explains that exact parts miss it."""


@rule(
    "sum-mismatch",
    severity="warning",
    zh="分项之和与总数不符，比重合计超过100%，增减幅度与前后数值不符",
    en="parts that do not add up to their total, shares over 100%, a change that is not the difference of its values",
    example="总长30公里，包括甲线10公里、乙线15公里。",
)
def sum_mismatch(draft: Draft) -> Iterator[Remark]:
    """Totals in prose and tables, ratios, shares and differences."""
    for span in draft.full_sentences:
        yield from in_sentence(draft.text, span)
    for span in draft.paragraphs:
        yield from in_paragraph(draft.text, span)
        yield from products.more_than_all(draft.text, span)
    yield from growth.of_targets(draft)
    yield from growth.against_year(draft)
    yield from growth.against_told(draft)
    yield from scores.remarks(draft)
    for table in draft.tables:
        yield from table_sums.remarks(table)


def in_sentence(text: str, span: Span) -> Iterator[Remark]:
    """The remarks on one sentence of a text."""
    yield from _total_first(text, span)
    yield from _total_last(text, span)
    yield from _ratio(text, span)
    yield from _shares(text, span)
    yield from _difference(text, span)
    yield from _level_first(text, span)
    yield from _each_year(text, span)
    yield from _mean_after(text, span)
    yield from _unlinked(text, span)
    yield from growth.in_sentence(text, span)


def in_paragraph(text: str, span: Span) -> Iterator[Remark]:
    """The remarks on a total of money whose parts stand in another sentence of its paragraph."""
    for whole, parts in unlinked_sums.money(text, span):
        if _plain_parts(text, parts):
            summed = sum(number(part["value"]) * scale(part["unit"]) for part in parts) / scale(whole["unit"])
            yield _sum_remark((whole.start("value"), whole.end("unit")), whole["value"], parts, summed, whole["unit"])


def _unlinked(text: str, span: Span) -> Iterator[Remark]:
    """Amounts of years or places behind a total, no word between them."""
    amounts = [*_pattern("quantity").finditer(text, *span)]
    for whole, parts in unlinked_sums.splits(text, span, amounts):
        if _plain_parts(text, parts):
            summed = sum(number(part["value"]) * scale(part["unit"]) for part in parts) / scale(whole["unit"])
            yield _sum_remark((whole.start("value"), whole.end("unit")), whole["value"], parts, summed, whole["unit"])


def _pattern(name: str) -> re.Pattern[str]:
    return rules.pattern("checks", f"sums.{name}")


def _total_first(text: str, span: Span) -> Iterator[Remark]:
    """总长30公里，包括甲10公里、乙20公里; 布设48个点位，其中，甲27个、乙21个."""
    for match in _pattern("total_first").finditer(text, *span):
        inner = "其中" in match["link"]
        if inner and text[span[0] : match.start()].endswith("、"):
            continue  # 其中 speaks of one member of a list, or of all of them
        told = _pattern("total_word").search(text[span[0] : match.start()])
        if not inner and not told and not rules.one("checks", "sums.including").search(match["link"]):
            continue
        stop = _closing(text, match, span[1])
        base = counted(match["unit"])
        amounts = [m for m in _pattern("quantity").finditer(text, match.end(), stop) if counted(m["unit"]) == base]
        if _is_path(text, match, amounts):
            continue
        parts, further = split.parted(text, match.end(), amounts)
        for of_years, years in split.of_years(text, match.end(), parts, further):
            yield from _compare(of_years, years, inner=True, whole=False)
        if inner and parts and rules.one("checks", "sums.cumulative").search(text[match.end() : parts[0].start()]):
            continue  # 其中到2028年累计…: a sum of the years told before, and no part
        if inner and parts and _exceeds(match, parts[0]) and _plain_parts(text, parts[:1]):
            part, whole = (each["value"] + each["unit"] for each in (parts[0], match))
            yield Remark(parts[0].span(), "E391", {"part": part, "total": whole})
            continue
        listed = text[match.end() : parts[-1].end()] if parts else ""
        aside = _pattern("places_aside").sub("", listed)
        if len(parts) < 2 or "其中" in listed or re.search(r"[（(]", aside) or not _plain_parts(text, parts):
            continue
        if not inner and not told and not _listed_whole(listed, len(parts)):
            continue
        if inner and _may_overlap(text, parts, stop):
            continue
        yield from _against_list(text, match, parts, inner=inner)


def _against_list(text: str, match: re.Match[str], listed: Sequence[re.Match[str]], *, inner: bool) -> Iterator[Remark]:
    """A total against what its list may be, which ends at a stop that is stronger than those between its parts."""
    ways = split.closed(text, match.end(), listed)
    if len(ways) > 1 and any(_adds_up(match, way) for way in ways):
        return
    parts = ways[0]
    rest = rules.one("checks", "sums.rest").search(text[parts[-2].end() : parts[-1].start()])
    same = _same_noun(text, match, parts) and _summed(match, parts) >= _HALF * number(match["value"])
    all_there_is = bool(rest) or same or _complements(text, match, parts)
    yield from _compare(match, parts, inner=inner and not all_there_is, whole=all_there_is)


def _is_path(text: str, whole: re.Match[str], parts: Sequence[re.Match[str]]) -> bool:
    """Whether a level that is to be reached (产值达到300亿元) is told with those of years before: no parts."""
    lead = text[max(0, whole.start("value") - _LEAD) : whole.start("value")].split("\n")[-1]
    levelled = _pattern("level_reached").search(lead)
    years = _pattern("of_year")
    return bool(levelled and parts) and all(
        years.search(text[max(0, part.start() - _YEAR) : part.start()]) for part in parts
    )


def _exceeds(whole: re.Match[str], part: re.Match[str]) -> bool:
    """Whether one part alone is greater than the whole."""
    sizes = [number(each["value"]) * scale(each["unit"]) for each in (part, whole)]
    return sizes[0] > sizes[1] * (1 + _EXACT)


def _may_overlap(text: str, parts: Sequence[re.Match[str]], stop: int) -> bool:
    """Whether parts are told by what they are like (设有阅读区的22个), or said to be so at once, and so may overlap."""
    starts = [part.start() for part in parts]
    alike = all(text[start - 1] in "的者" for start in starts)
    end = min([at for at in (text.find("。", stop), text.find("\n", stop)) if at >= 0], default=len(text))
    return alike or rules.one("checks", "sums.overlap").search(text[parts[0].start() : end]) is not None


def _listed_whole(listed: str, parts: int) -> bool:
    """Whether words after 包括 are a list of amounts and nothing else, so that they make up what stands before."""
    return (
        parts > 2 and listed.count("、") == parts - 1 and not rules.one("checks", "sums.more_than_list").search(listed)
    )


def _plain_parts(text: str, parts: Sequence[re.Match[str]]) -> bool:
    """Whether the numbers are parts of a sum, not levels, bounds or percentages of their own."""
    return not any(
        part["unit"] in "%％"
        or rules.one("checks", "sums.own_level").search(text[max(0, part.start() - 8) : part.start()])
        or rules.one("checks", "sums.bound").regex.match(text, part.end())
        for part in parts
    )


def _complements(text: str, match: re.Match[str], parts: Sequence[re.Match[str]]) -> bool:
    """Whether two parts are named by words that leave nothing between them: 小学学位, 初中学位."""
    if len(parts) != _PAIR:
        return False
    words = [text[match.end() : parts[0].start()], text[parts[0].end() : parts[1].start()]]
    complements = rules.one("checks", "sums.complements")
    return any(complements.search("|".join(order)) for order in (words, words[::-1]))


def _same_noun(text: str, match: re.Match[str], parts: Sequence[re.Match[str]]) -> bool:
    """Whether each part repeats the noun of the total, so that they are all there is: 48个点位，其中甲点位27个、…."""
    after = rules.one("checks", "sums.noun_before_parts").search(match.group())
    before = re.search(r"[\u4e00-\u9fff]{2}$", text[: match.start()][-2:])
    noun = after or before
    if noun is None or len(parts) < 3:
        return False
    starts = [match.end(), *(part.end() for part in parts)]
    return all(noun.group() in text[start : part.end() + 8] for start, part in zip(starts, parts, strict=False))


def _closing(text: str, match: re.Match[str], end: int) -> int:
    """Where the list of parts ends: at its bracket, where it has one."""
    if match["link"].lstrip("，")[:1] in ("（", "(") or re.search(r"[（(]", match["link"]):
        bracket = re.compile(r"[）)]").search(text, match.end(), end)
        return bracket.start() if bracket else end
    return end


def _compare(match: re.Match[str], parts: Sequence[re.Match[str]], *, inner: bool, whole: bool) -> Iterator[Remark]:
    """A total against its parts. `inner`: 其中 may name some of them only; `whole`: they are all there is."""
    total, summed = number(match["value"]), _summed(match, parts)
    if _adds_up(match, parts):
        return
    if inner and summed < total and (len(parts) < 3 or summed < _NEARLY * total):
        return  # 其中 may name some of the parts
    if not inner and not whole and summed < total and len(parts) < 3 and summed < _NEARLY * total:
        return
    yield _sum_remark((match.start("value"), match.end("unit")), match["value"], parts, summed, match["unit"])


def _summed(match: re.Match[str], parts: Sequence[re.Match[str]]) -> float:
    """What the parts come to, in the unit of the total."""
    return sum(number(part["value"]) * scale(part["unit"]) for part in parts) / scale(match["unit"])


def _adds_up(match: re.Match[str], parts: Sequence[re.Match[str]]) -> bool:
    """Whether parts come to their total, as far as both are rounded."""
    total = number(match["value"])
    same_unit = all(part["unit"] == match["unit"] for part in parts)
    rounded = rounding([match["value"], *(part["value"] for part in parts)])
    slack = min(rounded if same_unit else _last_place(match["value"]), _ROUNDED * total)
    return abs(total - _summed(match, parts)) <= slack + 1e-9


def _last_place(printed: str) -> float:
    """How far a total that is printed in 万 may lie from exact parts: half a unit of its last place."""
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


def _sum_remark(span: Span, total: str, parts: Sequence[re.Match[str]], summed: float, unit: str) -> Remark:
    alike = all(part["unit"] == parts[0]["unit"] == unit for part in parts)
    terms = "+".join(part["value"] + ("" if alike else part["unit"]) for part in parts)
    return Remark(span, "E451", {"total": total, "terms": terms, "sum": plain(summed), "unit": unit})


def _total_last(text: str, span: Span) -> Iterator[Remark]:
    """甲10个、乙20个，合计30个; 包括甲线10公里、乙线20公里，总长30公里."""
    for match in _pattern("total_last").finditer(text, *span):
        closed = text[match.end() : min(match.end() + 8, span[1])]
        told = rules.one("checks", "sums.parts_told").search(closed) or "其中" in text[span[0] : match.start()]
        if not told:
            yield from _added(text, (span[0], match.start()), match)
    for match in _pattern("whole_last").finditer(text, *span):
        listed = re.split("[，；：:]", text[span[0] : match.start()])[-1]
        yield from _added(text, (match.start() - len(listed), match.start()), match)


def _added(text: str, listed: Span, total: re.Match[str]) -> Iterator[Remark]:
    """The amounts of a list against the total that follows it."""
    parts = [part for part in _pattern("quantity").finditer(text, *listed) if part["unit"] == total["unit"]]
    if len(parts) < 2 or not _plain_parts(text, parts):
        return
    summed = sum(number(part["value"]) for part in parts)
    slack = rounding([total["value"], *(part["value"] for part in parts)])
    if abs(summed - number(total["value"])) > slack + 1e-9:
        start = total.start() + (total.group()[0] == "，")
        yield _sum_remark((start, total.end()), total["value"], parts, summed, total["unit"])


def _ratio(text: str, span: Span) -> Iterator[Remark]:
    """三次产业结构调整为8:35:58: parts of a hundred."""
    for match in _pattern("ratio").finditer(text, *span):
        summed = sum(number(part.strip()) for part in re.split(r"[:：\u2236]", match["parts"]))
        if 90 < summed < 110 and abs(summed - 100) > 0.15:
            yield Remark(match.span("parts"), "E452", {"sum": plain(summed)})


def _shares(text: str, span: Span) -> Iterator[Remark]:
    """分别占总量的50%、40%、20%: shares of one whole."""
    for match in _pattern("shares").finditer(text, *span):
        summed = sum(number(part) for part in rules.pattern("checks", "parts.amount").findall(match["parts"]))
        parted = len(rules.pattern("checks", "parts.amount").findall(match["parts"])) > _PAIR
        if parted and 100.5 < summed < _OVER:  # of two, one may be a part of the other
            yield Remark(match.span("parts"), "E452", {"sum": plain(summed)})
    for match in _pattern("each_share").finditer(text, *span):  # 甲占50%、乙占40%、丙占20%
        summed = sum(number(part[:-1]) for part in rules.pattern("checks", "parts.percentage").findall(match.group()))
        if 100.5 < summed < _OVER:
            yield Remark(match.span(), "E452", {"sum": plain(summed)})


def _difference(text: str, span: Span) -> Iterator[Remark]:
    """从45%提高到55%，提高12个百分点: the change must be the difference."""
    yield from _points(text, span)
    for start in _pattern("from").finditer(text, *span):
        end = _pattern("to").match(text, start.end(), span[1])
        change = _pattern("by").match(text, end.end(), span[1]) if end else None
        if not end or not change or end["unit"] != start["unit"]:
            continue
        details: dict[str, object] = {
            "from": start["from"],
            "to": end["to"],
            "by": change["by"],
            "printed": change["unit"],
        }
        found = _other_change(start, end, change, "unit")
        if found:
            details |= {"change": found[0], "unit": found[1]}
            yield Remark((start.start("from"), change.end()), "E453", details)


def _points(text: str, span: Span) -> Iterator[Remark]:
    """由45%提高到55%，三年提高10%: the difference of two shares is in points, also behind more words of the same."""
    for match in _pattern("as_percent").finditer(text, *span):
        change = abs(number(match["to"]) - number(match["from"]))
        name = match["name"] or ""
        rest = match["rest"].replace(name[-_NAME:], "") if len(name) >= _NAME else match["rest"]
        if abs(change - number(match["by"])) < _EXACT and _pattern("no_words").fullmatch(rest):
            details: dict[str, object] = {name: match[name] for name in ("from", "to", "by")}
            details |= {"change": plain(change), "unit": "个百分点", "printed": "%"}
            yield Remark((match.start("from"), match.end("printed")), "E453", details)


def _each_year(text: str, span: Span) -> Iterator[Remark]:
    """每年改造1500户，三年累计改造5400户: the amount of a year times the years must be the total."""
    for match in _pattern("each_year").finditer(text, *span):
        years, each, total = int(numbers.parse(match["years"]) or 0), number(match["each"]), number(match["value"])
        if years < _PAIR or counted(match["unit_of_each"]) != counted(match["unit"]):
            continue
        times = scale(match["unit_of_each"]) / scale(match["unit"])
        added = years * each * times
        least = (
            rules.one("checks", "sums.or_more").match(text[match.end("unit_of_each") :]) or "不少于" in match["before"]
        )
        slack = MEAN * total if match.group().startswith("年均") else _EXACT * total  # means are rounded
        if added > total + slack or (not least and added < total - slack):
            terms = f"{match['each']}{match['unit_of_each']}×{years}"
            details: dict[str, object] = {
                "total": match["value"], "terms": terms, "sum": plain(added), "unit": match["unit"]
            }  # fmt: skip
            yield Remark((match.start("years"), match.end("unit")), "E451", details)


def _mean_after(text: str, span: Span) -> Iterator[Remark]:
    """四年投入8亿元，平均每年2.5亿元: the years times what is said of each must be the total; means are rounded."""
    for match in _pattern("mean_after").finditer(text, *span):
        years = (
            int(numbers.parse(match["count"]) or 0) if match["count"] else int(match["last"]) - int(match["first"]) + 1
        )
        if years < _PAIR or counted(match["unit_of_each"]) != counted(match["unit"]):
            continue
        total = number(match["value"])
        added = years * number(match["each"]) * scale(match["unit_of_each"]) / scale(match["unit"])
        if abs(added - total) > MEAN * total and not (match["least"] and added < total):
            terms = f"{match['each']}{match['unit_of_each']}×{years}"
            details: dict[str, object] = {
                "total": match["value"], "terms": terms, "sum": plain(added), "unit": match["unit"]
            }  # fmt: skip
            yield Remark((match.start("value"), match.end()), "E451", details)


def _level_first(text: str, span: Span) -> Iterator[Remark]:
    """占比达到65%，由2025年的52%提高15个百分点: the level stands before what it comes from; so of amounts."""
    for match in _pattern("amount_first").finditer(text, *span):
        found = _other_change(match, match, match, "unit_of_by")
        if found:
            details: dict[str, object] = {name: match[name] for name in ("from", "to", "by")}
            details |= {"change": found[0], "unit": found[1], "printed": match["unit_of_by"]}
            yield Remark((match.start("to"), match.end()), "E453", details)
    for match in _pattern("level_first").finditer(text, *span):
        change = abs(number(match["to"]) - number(match["from"]))
        if abs(change - number(match["by"])) > rounding([match["from"], match["to"], match["by"]]) + _EXACT:
            details = {name: match[name] for name in ("from", "to", "by")}
            details |= {"change": plain(change), "unit": "个百分点", "printed": "个百分点"}
            yield Remark((match.start("to"), match.end()), "E453", details)


def _other_change(start: re.Match[str], end: re.Match[str], change: re.Match[str], by: str) -> tuple[str, str] | None:
    """The true change and its unit, where the printed one is another; None where it fits or measures another thing.
    `by` names the group that holds the printed unit."""
    before, after, printed = number(start["from"]), number(end["to"]), number(change["by"])
    share, percent = start["unit"] in "%％", change[by] in "%％"
    if percent and not share and before:
        relative = abs(after - before) / before * 100
        return None if abs(relative - printed) <= max(0.5, 0.02 * relative) else (plain(round(relative, 1)), "%")
    unit = "个百分点" if share else start["unit"]
    if share and percent and abs(abs(after - before) - printed) < _EXACT:
        return plain(abs(after - before)), unit
    if change[by].endswith("百分点") != share or change[by] not in (unit, "百分点"):
        return None
    slack = rounding([start["from"], end["to"], change["by"]])
    difference = abs(after - before)
    return None if abs(difference - printed) <= slack + 1e-9 else (plain(difference), unit)
