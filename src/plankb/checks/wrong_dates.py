"""Rule `wrong-date`: days that no calendar has, spans that end before they begin, periods that are not the title's."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cache, partial

from plankb import in_force, numbers, rules
from plankb.checks import by_calendar, own_title, stages, steps
from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Deadline, Fix, Span

_form = partial(rules.pattern, "draft_dates")
_LEAP = 2024
"""A year with a 29 February, for days without a year."""
_MONTHS, _FEW, _MONTH = 12, 2, len("2027-01")
_SHORTEST_PLAN = 2
"""Years of the shortest plan that is looked at."""


@rule(
    "wrong-date",
    severity="warning",
    zh="日期不存在、起止时间颠倒、步骤先后颠倒、阶段重叠、规划期或年数与题名不符、完成时间超出规划期、日期写法不规范",
    en="days that do not exist, spans and steps in the wrong order, stages that overlap, a period or number of "
    "years that is not the title's, a time beyond it, a date written as documents do not",
    example="2027年2月30日前完成挂牌",
)
def wrong_date(draft: Draft) -> Iterator[Remark]:
    """Days and spans wherever they stand, then the plan's own period against its title, then times beyond it."""
    text = draft.text
    for match in _form("day").finditer(text):
        if not _exists(match):
            yield Remark(match.span(), "E455", {"date": match.group()}, "error")
    for match in _form("month").finditer(text):
        if not 1 <= int(match["month"]) <= _MONTHS:
            yield Remark(match.span(), "E393", {"month": match.group()}, "error")
    for match in _form("span").finditer(text):
        if _ends_first(match):
            yield Remark(match.span(), "E456", {"span": match.group()}, "error", fixes=())
    for match in _form("years").finditer(text):
        if match["first"] > match["last"]:
            swapped = Fix(span=match.span(), text=f"{match['last']}—{match['first']}年")
            yield Remark(match.span(), "E456", {"span": match.group()}, "error", fixes=(swapped,))
    yield from by_calendar.all_of(draft)
    yield from steps.all_of(draft)
    yield from stages.all_of(draft)
    yield from _years_of_work(draft)
    yield from own_title.lengths(draft)
    yield from own_title.periods(draft)
    yield from _period(draft)
    yield from _beyond(draft)
    yield from _validity(draft)
    yield from _told_ahead(draft)


def _years_of_work(draft: Draft) -> Iterator[Remark]:
    """More years of work than the plan has (五年新建 in one of 2027—2030年), or fewer where all that it does is added
    up and its title has the years. A sentence that names years of its own, another document or a programme of its own
    speaks of those, and so does a draft that has a span of so many years somewhere."""
    titled = in_force.years(draft.reading.plan)
    if titled is None or titled[1] - titled[0] + 1 < _SHORTEST_PLAN:
        return
    years = titled[1] - titled[0] + 1
    spans = rules.pattern("draft_dates", "years").finditer(draft.text)
    lengths = {int(span["last"]) - int(span["first"]) + 1 for span in spans}
    printed = rules.pattern("draft_dates", "years").search(draft.reading.plan.title) is not None
    for match in rules.one("calendar", "years_of_work").regex.finditer(draft.text):
        count = int(numbers.parse(match["count"]) or 0)
        sentence = draft.text[slice(*around(draft.text, match.span()))]
        apart = rules.one("calendar", "years_apart").search(sentence)
        fewer = count < years and not (match["all"] and printed)
        if apart or count == years or count in lengths or fewer:
            continue
        details: dict[str, object] = {"words": f"{match['count']}年", "count": count, "years": years}
        details["period"] = f"{titled[0]}—{titled[1]}年"
        yield Remark(match.span("said"), "E323", details)


def _validity(draft: Draft) -> Iterator[Remark]:
    """有效期至2029年12月31日 in a plan of 2026—2030年: it goes out of force before its own end."""
    titled = in_force.years(draft.reading.plan)
    for form in rules.many("validity", "end"):
        for match in form.regex.finditer(draft.text) if titled else ():
            last = (match.groupdict().get("year") or "").strip()
            if titled and last and int(last) < titled[1] and titled[0] <= int(last):
                end = f"{match['year']}年{match['month']}月{match['day']}日"
                yield Remark(match.span(), "E332", {"end": end, "last": titled[1]})


def _told_ahead(draft: Draft) -> Iterator[Remark]:
    """截至2027年底，全市有… in a draft of January 2027: nobody knows yet; what is to be done then is no such."""
    date = draft.date or ""
    for match in _form("told_until").finditer(draft.text) if len(date) >= _MONTH else ():
        end = f"{match['year']}-{int(match['month'] or _MONTHS):02}"
        if end > date[:_MONTH]:
            yield Remark(match.span("told"), "E810", {"told": match["told"], "date": date})


def _exists(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"])
    return 1 <= month <= _MONTHS and 1 <= day <= monthrange(int(match["year"] or _LEAP), month)[1]


def _ends_first(match: re.Match[str]) -> bool:
    """Whether the second date of a span lies before the first; what only one of them says is not compared."""
    first = [match["a_year"], match["a_month"], match["a_day"]]
    second = [match["b_year"] or match["a_year"], match["b_month"] or match["b_only"], match["b_day"]]
    pairs = [(int(a), int(b)) for a, b in zip(first, second, strict=False) if a and b]
    return tuple(b for _, b in pairs) < tuple(a for a, _ in pairs)


@cache
def _stated() -> re.Pattern[str]:
    """The period that a plan says it has: 规划期为2026—2030年."""
    return re.compile(rf"(?:{rules.one('checks', 'period').expression})(?P<years>{_form('years').pattern})")


def _period(draft: Draft) -> Iterator[Remark]:
    """The period stated in the text against the title's years."""
    titled = in_force.years(draft.reading.plan)
    for match in _stated().finditer(draft.text) if titled else ():
        if titled and titled[0] != titled[1] and (int(match["first"]), int(match["last"])) != titled:
            details: dict[str, object] = {"printed": match["years"], "title": f"{titled[0]}—{titled[1]}年"}
            yield Remark(match.span(), "E418", details, "error")


def _beyond(draft: Draft) -> Iterator[Remark]:
    """Days after the end of the plan, where it looks no further ahead; an outlook is past by its own sentence."""
    titled = in_force.years(draft.reading.plan)
    if titled is None:
        return
    outlook = rules.one("checks", "outlook")
    late = {
        fact.span: fact
        for fact in draft.reading.facts
        if isinstance(fact, Deadline) and fact.bound == "by" and fact.end and int(fact.end[:4]) > titled[1]
    }
    told = {fact.end for fact in late.values() if outlook.search(_sentence(draft.text, fact.span))}
    told |= {fact.end for fact in late.values() if _closes(fact, draft, titled[1])}
    late = {span: fact for span, fact in late.items() if fact.end not in told}
    far = outlook.search(draft.text) and not told  # 展望 stands somewhere, and it is not known of which time
    if len({fact.end for fact in late.values()}) == 1 and len(late) <= _FEW and not far:
        for span, fact in late.items():
            if _form("within_month").search(fact.quote):
                yield Remark(span, "E419", {"by": fact.quote, "end": titled[1]})


def _closes(fact: Deadline, draft: Draft, last: int) -> bool:
    """Whether a day in the year after the plan is that of its evaluation: 2031年3月底前完成终期评估."""
    work = rules.one("checks", "closing_work").search(_sentence(draft.text, fact.span))
    return work is not None and (fact.end or "")[:4] == str(last + 1)


def _sentence(text: str, span: Span) -> str:
    return text[slice(*around(text, span, "。\n"))]
