"""Rules on headings: `numbering` (numbers that repeat, skip or start over) and `broken-heading` (a lost character)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from plankb import rules, segment
from plankb.checks import inline
from plankb.checks.registry import Draft, Remark, rule
from plankb.checks.renumbering import Item, Step, in_style, with_fixes
from plankb.document import INLINE, Section, Table, heading_form, rank
from plankb.model import Fix

_UNNUMBERED = frozenset({"dash", "ordinal"})
_THROUGHOUT = frozenset({"box", "table", "annex", "chapter", "part"})
"""Forms whose numbers run through the whole document, whatever holds them."""
_LEADS_IN = re.compile(r"[^。；]{1,60}[^。；，、]")
_GAP = "E412"
_MANY_GAPS, _FEW_GAPS, _GAP_SHARE = 6, 3, 0.1
"""From how many skipped numbers on, or which share of the headings, a draft is an excerpt that leaves things out."""
_ENOUGH_ROWS = 3
"""From how many rows on a table's numbers are looked at."""
_OUTER, _INNER = "cn_paren", "num"
"""The forms （一） and 1., in the order of their levels (GB/T 9704)."""
_LEVELS = ("cn", _OUTER, _INNER, "num_paren")
_ENOUGH_KEPT = 2
"""From how many siblings on that keep all levels one that skips a level is told."""
_CLOSED, _FEW_MARKS = re.compile(r"(?P<number>[（(][一二三四五六七八九十\d]{1,3}[）)])(?P<mark>[、.．，])"), 2
"""A number in brackets with a mark behind it; how many a draft has of them that are slips."""
_MARKED = re.compile(r"\s*\d{1,2}([、.．])(?!\d)")
_PARTED = re.compile(r"\d+(?:[-—.]\d+)+")


@rule(
    "numbering",
    severity="warning",
    zh="标题、专栏、表、列表项的序号重复、跳号或重新起号",
    en="repeated, skipped or restarted numbers of headings, boxes, tables and list items",
    example="（一）……（二）……（四）……",
)
def numbering(draft: Draft) -> Iterator[Remark]:
    """Every run of numbers that belongs together, checked in its order."""
    named, partial = _is_called_excerpt(draft), is_excerpt(draft)
    remarks = [remark for run in _runs(draft.reading.outline.sections, partial=partial) for remark in _of(run, draft)]
    skipped = sum(remark.code == _GAP for remark in remarks)
    named = named or skipped >= _MANY_GAPS or skipped > max(_FEW_GAPS, _GAP_SHARE * len(draft.reading.outline.sections))
    for one in remarks:  # the numbers of an excerpt are those of the whole document
        severity = "info" if named and one.code == _GAP else one.severity
        yield replace(one, severity=severity, fixes=() if named else one.fixes)
    for found in inline.runs(draft.text, draft.paragraphs):
        yield from _slips(draft, [Item(*each) for each in found], begins=None)
    for found in inline.captions(draft.text, draft.paragraphs):
        yield from _slips(draft, [Item(*each) for each in found], begins=None if partial else 0)
    for span, missing in inline.out_of_order(draft.text, draft.paragraphs):
        yield Remark(span, "E808", {"words": draft.text[slice(*span)], "missing": missing})
    yield from _reversed_levels(draft)
    if not draft.laid_out:  # where the layout shows, `layout` says so
        yield from _skipped_levels(draft)
        yield from _mixed_marks(draft)
        yield from _mark_too_many(draft)
    for table in draft.tables:
        slips = [*_slips(draft, _rows(table), begins=0)]
        yield from slips if len(slips) == 1 else []  # of more, rows were lost or cells moved


def _reversed_levels(draft: Draft) -> Iterator[Remark]:
    """1. over （一） where （一） stands over 1. elsewhere: a bare item 1 with a first item of that form below."""
    sections = draft.reading.outline.sections
    nested = any(
        one.form == _INNER and one.parent is not None and sections[one.parent].form == _OUTER and not one.boxed
        for one in sections
    )
    for one, below in pairwise(sections if nested else ()):
        bare = not draft.text[slice(*one.body)].strip() and not one.run_in and not one.boxed
        if (one.form, below.form) == (_INNER, _OUTER) and one.number == below.number == 1 and bare:
            yield Remark(one.span, "E346", {"outer": one.heading, "inner": below.heading[:_SHORT]})


def _skipped_levels(draft: Draft) -> Iterator[Remark]:
    """四、 with 1. right below it, where its siblings have （一）: a hint at the first item."""
    sections = draft.reading.outline.sections
    first: dict[tuple[int | None, str], dict[int, Section]] = defaultdict(dict)
    for one in sections:
        above = sections[one.parent] if one.parent is not None else None
        if above and one.form in _LEVELS and above.form in _LEVELS and not one.boxed:
            first[above.parent, above.form].setdefault(above.index, one)
    for (_, form), children in first.items():
        usual = _LEVELS[_LEVELS.index(form) + 1] if form != _LEVELS[-1] else ""
        kept = [one for one in children.values() if one.form == usual]
        for holder, one in children.items() if len(kept) >= _ENOUGH_KEPT else ():
            if _LEVELS.index(one.form) > _LEVELS.index(form) + 1 and one.number == 1:
                details: dict[str, object] = {name: _printed(section.heading, section) for name, section in (
                    ("above", sections[holder]), ("own", one), ("usual", kept[0]),
                )}  # fmt: skip
                yield Remark(one.span, "E329", details, "info")


def _mark_too_many(draft: Draft) -> Iterator[Remark]:
    """（二）、: a closed number has no mark behind it (GB/T 9704)."""
    wrong = [one for one in draft.reading.outline.sections if _CLOSED.match(draft.text, one.span[0]) and not one.boxed]
    for one in wrong if len(wrong) <= _FEW_MARKS else ():
        match = _CLOSED.match(draft.text, one.span[0])
        if match:
            details: dict[str, object] = {"printed": match.group(), "usual": match["number"], "count": len(wrong)}
            fixes = (Fix(span=match.span("mark"), text=""),)
            yield Remark(match.span(), "E331", details, "info", fixes=fixes)


def _mixed_marks(draft: Draft) -> Iterator[Remark]:
    """1、 in one part and 1. in the others: a hint at the first of the fewer, with a fix for each."""
    marks: dict[str, list[int]] = defaultdict(list)
    for one in draft.reading.outline.sections:
        found = _MARKED.match(draft.text, one.span[0]) if one.form == _INNER and not one.boxed else None
        if found:
            marks["、" if found[1] == "、" else "."].append(found.start(1))
    few, usual = sorted(marks.values(), key=len) if len(marks) > 1 else ([], [])
    if few and len(few) < len(usual):
        start = draft.text.rfind("\n", 0, few[0]) + 1
        sign = draft.text[usual[0]]
        details: dict[str, object] = {"printed": draft.text[start : few[0] + 1], "usual": f"1{sign}", "count": len(few)}
        fixes = tuple(Fix(span=(at, at + 1), text=sign) for at in few)
        yield Remark((start, few[0] + 1), "E331", details, "info", fixes=fixes)


def _rows(table: Table) -> Sequence[Item]:
    """The rows of a table by its column 序号; () where a row has no number there, or the first one is not 1."""
    header = table.rows[0].texts
    if "序号" not in header:
        return ()
    column = header.index("序号")
    cells = [row.cells[column] for row in table.rows[1:] if len(row.cells) == len(header)]
    whole = len(cells) == len(table.rows) - 1 >= _ENOUGH_ROWS and all(cell.text.isdecimal() for cell in cells)
    if not whole or cells[0].text != "1":
        return ()
    return [Item(int(cell.text), cell.text, "", cell.span) for cell in cells]


def _of(run: _Run, draft: Draft) -> Iterator[Remark]:
    for items in _lists(run, draft):
        begins = run.begins if items[0] is run.items[0] else 0
        yield from _slips(draft, items, begins=None if _begun_before(items[0], draft) else begins)


def is_excerpt(draft: Draft) -> bool:
    """Whether a draft is a part of a document: it says so, or begins with another number than the first."""
    sections = draft.reading.outline.sections
    return _is_called_excerpt(draft) or bool(sections and sections[0].number > 1)


def _is_called_excerpt(draft: Draft) -> bool:
    """Whether the words before the first heading call a draft an excerpt."""
    sections = draft.reading.outline.sections
    head = draft.text[: sections[0].span[0]] if sections else ""
    return rules.one("checks", "excerpt").search(head) is not None


@dataclass(frozen=True, slots=True)
class _Run:
    """Items in order. `begins` is the number before the first when they continue an earlier run, None when any."""

    items: Sequence[Item]
    begins: int | None
    throughout: bool


def _lists(run: _Run, draft: Draft) -> Iterator[Sequence[Item]]:
    """A run cut where a line without a number leads in a new list that begins at 1."""
    start, items = 0, run.items
    for index in range(1, len(items)):
        item = items[index]
        anew = item.number == 1 and not run.throughout and _begins_list(items, index, draft)
        if anew or (item.number != items[index - 1].number + 1 and _begun_before(item, draft)):
            yield items[start:index]
            start = index
    yield items[start:]


def _begins_list(items: Sequence[Item], index: int, draft: Draft) -> bool:
    """Whether an item 1 begins a list; when the next one goes on with the list before, it is a misprint."""
    before = _paragraph_before(items[index].span[0], draft)
    fresh = before is not None and heading_form(before) is None and bool(_LEADS_IN.fullmatch(before))
    fresh = fresh and not rules.one("checks", "noted").search(before or "")
    goes_on = index + 1 < len(items) and items[index + 1].number == items[index - 1].number + 2 != 2
    return fresh and not goes_on


def _paragraph_before(position: int, draft: Draft) -> str | None:
    before = [span for span in draft.paragraphs if span[1] <= position]
    return draft.text[slice(*before[-1])] if before else None


def _begun_before(item: Item, draft: Draft) -> bool:
    """Whether the list begins inside the line before: 注：1.甲；"""
    before = _paragraph_before(item.span[0], draft) or ""
    inside = re.search(_begins_with(item, item.number - 1), unicodedata.normalize("NFKC", before)) is not None
    noted = rules.one("checks", "numbering.note").match(before) and re.search(rf"{item.number - 1}(?!\d)", before)
    return item.number > 1 and (inside or noted is not None)


def _runs(sections: Sequence[Section], *, partial: bool) -> Iterator[_Run]:
    """Runs of headings: throughout the document for boxes and the like, else among the children of one heading.

    Where the children of one heading count on from those of the heading before, they are one run.
    """
    groups: dict[tuple[str, int | None, int], list[Item]] = {}
    annex = 0
    for section in sections:
        if section.form == "annex":
            annex += 1  # what follows an annex heading is numbered anew
        item, prefix = _item(section)
        if section.form in _UNNUMBERED or item is None or item.title.startswith(("：", ":")):
            continue  # 3.6：折算系数 says what a number of a formula is
        parent = None if section.form in _THROUGHOUT else section.parent
        key = (section.form + prefix, parent, 0 if section.form == "annex" else annex)
        groups.setdefault(key, []).append(item)
    open_: dict[str, list[Item]] = {}
    begins: dict[str, int | None] = {}
    for (form, _, _), items in groups.items():
        if form in open_ and items[0].number > open_[form][-1].number:
            open_[form] += items
            continue
        if form in open_:
            yield _Run(open_[form], begins[form], form in _THROUGHOUT)
        begins[form] = 0 if form in open_ or not _in_the_midst(items[0], sections, partial=partial) else None
        open_[form] = items
    for form, items in open_.items():
        yield _Run(items, begins[form], form in _THROUGHOUT)


def _in_the_midst(item: Item, sections: Sequence[Section], *, partial: bool) -> bool:
    """Whether the first item of its form may have any number: in an excerpt, and where one below it stands before."""
    own = next(section for section in sections if section.span == item.span)
    earlier = sections[: own.index]
    return partial or own.form == "annex" or any(rank(one.form) > rank(own.form) for one in earlier if not one.boxed)


def _item(section: Section) -> tuple[Item | None, str]:
    """The numbered item of a section, and the prefix of a parted number: 表2-1 is item 1 of the tables "2-"."""
    span = section.span
    heading = section.heading
    parted = _PARTED.search(heading[: len(heading) - len(section.title)] if section.form != "table" else heading[:10])
    if parted:
        *above, last = re.split(r"[-—.]", parted.group())
        return Item(int(last), parted.group(), section.title, span), "-".join((*above, ""))
    if not section.number or (
        section.form == "annex" and rules.one("checks", "numbering.annex_of_year").match(heading)
    ):
        return None, ""  # 附件2024年… heads the annex of a year and has no number
    prefix = "附" if section.form == "table" and heading.startswith("附") else ""  # 附表1 beside 表1
    return Item(section.number, _printed(heading, section), section.title, span), prefix


def _printed(heading: str, section: Section) -> str:
    """The number with its marks, as printed: （二）, 第三章, 专栏4."""
    mark = heading[: len(heading) - len(section.title)] if heading.endswith(section.title) else heading[:8]
    return mark.strip(" 、．.：:") or heading[:6]


def _slips(draft: Draft, items: Sequence[Item], *, begins: int | None) -> Iterator[Remark]:
    """One remark a slip: counting goes on from the printed number, unless the next item shows it misprinted.

    A leap over several numbers from which counting goes on is a hint.
    """
    previous, steps = begins, []
    for index, (item, following) in enumerate(_with_next(items)):
        expected = None if previous is None else previous + 1
        if expected is None or item.number == expected:
            previous = item.number
            steps.append(Step(item, None, None, previous))
            continue
        misprint = following is not None and following.number == expected + 1
        leap = item.number > expected + 1 and following is not None and following.number == item.number + 1
        remark = _remark(item, expected, items, gap=not misprint and leap)
        if remark and remark.code == _GAP and _stands_there(draft, item, expected, items[index - 1] if index else None):
            remark = None
        previous = expected if misprint else item.number
        steps.append(Step(item, expected, remark, previous))
    yield from with_fixes(draft.text, steps)


def _stands_there(draft: Draft, item: Item, expected: int, before: Item | None) -> bool:
    """Whether a line before an item begins with the number that is missed, though it was not read as a heading."""
    between = unicodedata.normalize("NFKC", draft.text[before.span[0] if before else 0 : item.span[0]])
    return re.search(rf"(?:^|[\n。；)]){_begins_with(item, expected)}", between) is not None


def _begins_with(item: Item, number: int) -> str:
    """The pattern of another number in the item's own form (NFKC): （三） beside （四）, 3. beside 4."""
    form = rules.one("checks", "numbering.number")
    numeral = [*form.finditer(item.printed)][-1] if _PARTED.fullmatch(item.printed) else form.search(item.printed)
    if numeral is None:
        return r"(?!)"
    mark = "[、.．]" if len(item.printed) == len(numeral.group()) else ""
    printed = item.printed[: numeral.start()] + in_style(numeral.group(), number) + item.printed[numeral.end() :]
    return rf"(?<!\d){re.escape(unicodedata.normalize('NFKC', printed))}{mark}(?!(?<=\d)\d)"


def _bare(title: str) -> str:
    """A title without the page that a contents list puts behind it."""
    return re.sub(r"\s*(?:[(（]\d+[)）]|[.…·]{2,}\s*\d+|(?<=\D)\s\d+)$", "", title)


def _with_next(items: Sequence[Item]) -> Iterable[tuple[Item, Item | None]]:
    yield from pairwise(items)
    yield from ((item, None) for item in items[-1:])


def _remark(item: Item, expected: int, items: Sequence[Item], *, gap: bool) -> Remark | None:
    same = [other for other in items if other.number == item.number and other is not item]
    alike = any(_bare(other.title) == _bare(item.title) for other in same if item.title)
    if alike or rules.one("checks", "numbering.continued").search(item.printed + item.title):
        return None  # a table or heading that goes on over the page
    details: dict[str, object] = {"number": item.printed, "expected": in_style(item.printed, expected)}
    if item.number == expected - 1 or any(other.span < item.span for other in same):
        return Remark(item.span, "E411", details)
    if item.number > expected:
        return Remark(item.span, _GAP, details, "info" if gap else None)
    return Remark(item.span, "E413", details)


_SHORT, _WORD, _LAST = 16, 2, 10
"""Characters of a heading that runs on in its paragraph, beyond which it may be a sentence; of a word that headings end
in, and headings of which that is a habit; of a line that is the rest of a heading."""
_ITEMS = ("cn_paren", "num", "num_paren")


@rule(
    "broken-heading",
    severity="warning",
    zh="标题残缺：首字或末字脱落",
    en="a heading that lost its first or last character",
    example="三、强燃煤锅炉治理（应为“加强”）",
)
def broken_heading(draft: Draft) -> Iterator[Remark]:
    """A heading that ends in a conjunction, or begins with the second half of a verb where its siblings do not."""
    endings = rules.one("checks", "broken.endings")
    siblings: dict[tuple[int | None, str], list[Section]] = defaultdict(list)
    for section in draft.reading.outline.sections:
        whole = not section.run_in or (len(section.title) <= _SHORT and "，" not in section.title)
        if section.form not in (*INLINE, "table", "annex") and whole and section.title:
            siblings[section.parent, section.form].append(section)
    for group in siblings.values():
        for section in group:
            if endings.search(section.title):
                yield Remark(section.span, "E414", {"end": section.title[-1]})
            elif rest := _rest_below(section, group, draft):
                yield Remark(section.span, "E342", {"rest": rest})
            elif _begins_broken(section) and not any(_alone(other) for other in group if other is not section):
                yield Remark(section.span, "E415", {"start": section.title[0]})


def _rest_below(section: Section, group: Sequence[Section], draft: Draft) -> str:
    """The line below a heading that is its rest: short, without a stop, it ends in the word that all the other headings
    end in, and the heading does not; or nothing but numbered items follows it. "" where it is none."""
    others = [other.title for other in group if other is not section]
    ends = {title[-_WORD:] for title in others}
    first, _, more = draft.text[slice(*section.body)].strip("\n").partition("\n")
    first = first.strip()
    if section.run_in or len(first) > _SHORT or not re.fullmatch(r"[\u4e00-\u9fff“”]{2,}", first):
        return ""
    habit = len(others) >= _WORD and len(ends) == 1 and section.title[-_WORD:] not in ends
    if habit and first[-_WORD:] in ends and more.strip():
        return first
    sections = draft.reading.outline.sections
    item = sections[section.index + 1] if section.index + 1 < len(sections) else None
    lone = not more.strip() and item is not None and item.parent == section.index and item.form in _ITEMS
    return first if lone and len(first) <= _LAST else ""


def _begins_broken(section: Section) -> bool:
    halves, works = rules.words("checks", "broken.halves"), rules.one("checks", "broken.works")
    return _alone(section) and section.title[0] in halves and works.search(section.title) is not None


def _alone(section: Section) -> bool:
    """Whether the first character is a word of its own."""
    return len(next(iter(segment.words(section.title)), "")) == 1
