"""Years in which something is to be done, beside the period of the plan: 五年新建 in a plan of 2027—2030."""

from __future__ import annotations

from collections.abc import Iterator

from plankb import in_force, numbers, rules
from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark

_SHORT = 2
"""Years of the shortest plan that is looked at."""


def all_of(draft: Draft) -> Iterator[Remark]:
    """More years than the plan has, or fewer where all that the plan does is added up and its title has
    the years; a sentence that names years of
    its own, another document or a programme of its own speaks of those, and so does a draft that has a span of so many
    years somewhere."""
    titled = in_force.years(draft.reading.plan)
    if titled is None or titled[1] - titled[0] + 1 < _SHORT:
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
