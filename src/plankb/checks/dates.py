"""Rules on times and on cited documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from plankb import in_force, rules, times
from plankb.checks import laws, national_titles, own_title
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Citation, Fix
from plankb.register import places

_LIKE, _FRONT = 79.0, 1500


@rule(
    "past-deadline",
    severity="warning",
    zh="完成时间早于草案本身的日期",
    en="due before the draft's own date",
    example="2022年印发的规划写“2021年底前完成”",
)
def past_deadline(draft: Draft) -> Iterator[Remark]:
    """Needs the draft's date; a deadline in the draft's own year counts only where its day or month is given."""
    date = draft.date
    if not date:
        return
    for start, end in draft.sentences:
        if is_told(draft, start):
            continue
        for time in times.find(draft.text[start:end]):
            span = (start + time.span[0], start + time.span[1])
            before, after = draft.text[start : span[0]], draft.text[span[1] : end]
            early = time.end is not None and time.end[: len(date)] < date
            if early and not _before_plan(draft, time, before, after) and _is_due(time, before, after):
                yield Remark(span, "E499", {"by": f"“{draft.text[slice(*span)]}”", "date": date})


def _before_plan(draft: Draft, time: times.Time, before: str, after: str) -> bool:
    """Whether a time that ends before the plan begins is one at which something was: 2025年底，全区公路186公里. What is
    due says 前 or 到, or what is to be done at once."""
    own = in_force.years(draft.reading.plan)
    due = rules.one("draft_dates", "said_as_due").search(time.text)
    asked = rules.one("checks", "ahead.before").search(before) or any(
        rules.one("checks", f"ahead.{part}").search(after) for part in ("after", "due")
    )
    return own is not None and time.end is not None and int(time.end[:4]) < own[0] and not due and not asked


def _is_due(time: times.Time, before: str, after: str) -> bool:
    """Whether something is to be done by a time: 2021年底前, 计划于2021年第三季度, 2021年将; not what is past."""
    if time.past or time.base or rules.one("checks", "told.after").search(after) or _is_age(after):
        return False
    if rules.one("checks", "ahead.before").search(before):
        return time.bound in ("by", "during")
    if rules.one("checks", "told.before").search(before):
        return False
    in_part = rules.one("draft_dates", "part_of_year").search(time.text) and rules.one("checks", "ahead.due").search(
        after
    )
    ahead = rules.one("checks", "ahead.after").search(after) or in_part
    return time.bound == "by" or (time.bound == "during" and bool(ahead))


def _is_age(after: str) -> bool:
    """Whether a time tells of which age a thing is: 1998年底前投运的变压器 run already."""
    bare = rules.one("checks", "told.before_that").sub(after)
    return bool(rules.one("tasks", "dated_things").search(bare) or rules.pattern("forms", "time.attribute").match(bare))


def is_told(draft: Draft, position: int) -> bool:
    """Whether a position lies in the front matter, or in a section on what has been."""
    section = draft.reading.outline.at(position)
    if section is None:
        return bool(draft.reading.outline.sections)
    titles = [above.title for above in draft.reading.outline.ancestors(section)]
    past, to_do = rules.one("checks", "told.sections"), rules.union("comparing", "to_do")
    return any(past.search(title) and not to_do.search(title) for title in titles)


@rule(
    "citation",
    severity="warning",
    zh="引用知识库中规划的名称有误，同一文件的文号或名称前后不一，文号年份晚于草案",
    en="a cited plan of the knowledge base under a wrong title; one document under two numbers or titles; a number "
    "of a year to come",
    example="《某市十四五环境保护规划》（应为《某市“十四五”生态环境保护规划》）",
)
def citation(draft: Draft) -> Iterator[Remark]:
    """Against the titles of the knowledge base, then against the other citations of the draft."""
    cited = [fact for fact in draft.reading.facts if isinstance(fact, Citation)]
    own = _plain(draft.reading.plan.title)
    titles = {_plain(plan.title): plan.title for plan in draft.known.plans if plan.title}
    for fact in cited:
        plain = _plain(fact.title)
        if plain not in titles and plain != own and (near := _nearest(plain, titles)):
            yield Remark(fact.span, "E496", {"title": fact.title, "known": near}, fixes=_retitled(draft, fact, near))
    yield from _numbers(draft)
    yield from _titles(draft)
    yield from _years_to_come(draft)
    yield from laws.remarks(draft)
    yield from national_titles.remarks(draft)
    yield from own_title.remarks(draft)


def _years_to_come(draft: Draft) -> Iterator[Remark]:
    """A document numbered in a year after the draft's own: 〔2072〕12号 in a draft of 2027."""
    for match in rules.pattern("draft_dates", "year_of_number").finditer(draft.text) if draft.date else ():
        if unicodedata.normalize("NFKC", match["year"]) > (draft.date or "")[:4]:
            yield Remark(match.span(), "E416", {"number": match.group(), "date": (draft.date or "")[:4]})


def _retitled(draft: Draft, cited: Citation, title: str) -> tuple[Fix, ...]:
    """The title inside 《》 becomes the known one; () where it is printed otherwise than it was read."""
    start = draft.text.find(f"《{cited.title}》", *cited.span) + 1
    return (Fix(span=(start, start + len(cited.title)), text=title),) if start else ()


def _plain(title: str) -> str:
    return re.sub(r"[\s“”\"《》〈〉<>＜＞（）()]|（.*?）", "", title)


def _nearest(plain: str, titles: dict[str, str]) -> str | None:
    """The known title that is meant: very like, of the same years and the same place; None when none is."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(plain, list(titles), scorer=fuzz.ratio, score_cutoff=_LIKE)
    told = rules.pattern("draft_dates", "years_of_title")
    if found is None or told.findall(found[0]) != told.findall(plain) or found[0][:2] != plain[:2]:
        return None
    return None if _of_another_place(plain, found[0]) else titles[found[0]]


def _of_another_place(cited: str, known: str) -> bool:
    """Whether a known title is the cited one with a place put in: what that place made of the document."""
    start = next((index for index, (a, b) in enumerate(zip(cited, known, strict=False)) if a != b), len(cited))
    added = known[start : start + len(known) - len(cited)]
    same = bool(added) and known[:start] + known[start + len(added) :] == cited
    return same and any(places.at_start(known[at:]) for at in range(max(0, start - 1), start + 2))


def _numbers(draft: Draft) -> Iterator[Remark]:
    """One title under two numbers, one number under two titles; every mention counts, not each document once."""
    by_title: dict[str, tuple[str, str]] = {}
    by_number: dict[str, tuple[str, str]] = {}
    for match in rules.pattern("draft_dates", "numbered_title").finditer(draft.text):
        title, number = match["title"], re.sub(r"\s", "", match["number"])
        _, other = by_title.setdefault(_plain(title), (title, number))
        first, _ = by_number.setdefault(number, (title, number))
        if other != number:
            yield Remark(match.span(), "E497", {"title": title, "number": number, "other": other})
        elif not _same_title(_plain(first), _plain(title)):
            yield Remark(match.span(), "E498", {"title": title, "number": number, "other": first})


def _titles(draft: Draft) -> Iterator[Remark]:
    """关于印发甲方案的通知, and 现将《乙方案》印发给你们: what is handed out under two titles."""
    heading = rules.one("draft_dates", "handed_out").search(draft.text[:_FRONT])
    match = rules.one("draft_dates", "handed_to_you").search(draft.text[:_FRONT])
    if heading and match:
        one, other = (_plain(re.sub(r"[（(][^（）()]*[）)]|\s", "", each["title"])) for each in (heading, match))
        if not _same_title(one, other):
            yield Remark(match.span("title"), "E801", {"title": match["title"], "other": heading["title"]})


def _same_title(one: str, other: str) -> bool:
    return one in other or other in one
