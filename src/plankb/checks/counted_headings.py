"""Announced numbers and the headings, table rows and slogans that should be so many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from plankb import numbers, rules
from plankb.checks.announced import announced, counted, members, remark, value
from plankb.checks.registry import Draft, Remark
from plankb.document import Section
from plankb.document.spans import overlap

_FRAMES = ("box", "table", "annex")
_FEW, _TAIL, _PAIRED, _NAME, _LEAD = 3, 4, 30, 2, 80
"""Headings from which on a common last word is what they all are; characters that may follow a number; characters
before it in which another may stand; characters of a name, and of what may lead it in; of a lead-in that says nothing
else."""


def all_of(draft: Draft) -> Iterator[Remark]:
    """The remarks on headings, on named headings elsewhere, on tables and on slogans."""
    told = [*_headings_follow(draft)]
    yield from told
    yield from (one for one in _lead_tells(draft) if not any(overlap(one.span, each.span) for each in told))
    yield from _named_elsewhere(draft)
    yield from _listed_and_headed(draft)
    yield from _table_follows(draft)
    yield from _table_named(draft)
    yield from _slogans(draft)
    yield from _named_by_their_end(draft)


def _named_by_their_end(draft: Draft) -> Iterator[Remark]:
    """甲带、乙带、丙带“两带”, 同步规划、同步设计的“三同步”: members that end in or begin with what is counted."""
    for match in (
        one for form in ("by_end", "by_word", "by_last_word", "by_place") for one in _form(form).finditer(draft.text)
    ):
        listed, word = match["list"], match.groupdict().get("head")
        count = listed.count(word) if word else 0
        counts = range(count, count + 1) if count else members(listed)
        if value(match) not in (*counts, 1) and not draft.text[: match.start()].endswith("、"):
            yield remark(match.span("said"), draft.text, value(match), counts)


def _headings_follow(draft: Draft) -> Iterator[Remark]:
    """A heading or its lead-in announces a number, and so many headings or items do not follow.

    Of 四个方面、九项任务 the later number may be that of the items below the headings that follow.
    """
    outline = draft.reading.outline
    children: dict[int, dict[str, tuple[int, int]]] = {}
    below: dict[int, Counter[str]] = defaultdict(Counter)
    for section in outline.sections:
        if section.parent is not None and section.form not in _FRAMES:
            forms = children.setdefault(section.parent, {})
            count, highest = forms.get(section.form, (0, 0))
            forms[section.form] = count + 1, max(highest, section.number)
        above = section.parent if section.form not in _FRAMES and not section.boxed else None
        while above is not None:
            below[above][section.form] += 1
            above = outline.sections[above].parent
    for section in outline.sections:
        direct = children.get(section.index, {})
        if not direct or max(direct.values())[0] < 2:
            continue
        for match in _announcements(draft.text, section):
            number, paired = value(match), _is_second(draft.text, match)
            deeper = {form: count for form, count in below[section.index].items() if form not in direct}
            # where numbers are skipped, which `numbering` tells, the last one may say how many there are
            counts = {each for pair in direct.values() for each in pair} | {*deeper.values()}
            if paired and not deeper and _told_before(draft.text, match) & counts:
                continue  # 五大行动、十项工程 over five headings
            if number >= 2 and number not in counts and not _listed_before(draft.text, match, number):
                there = {*deeper.values()} if paired and deeper else {max(direct.values())[0]}
                counted = min(there, key=lambda each: abs(each - number))
                yield remark(match.span(), draft.text, number, range(counted, counted + 1))


def _lead_tells(draft: Draft) -> Iterator[Remark]:
    """推进四项重点任务 between a heading and the three below it, where these or the heading are called so, or where
    the sentence is all that stands there."""
    outline = draft.reading.outline
    below: dict[int, list[Section]] = defaultdict(list)
    for one in outline.sections:
        if one.parent is not None and one.form not in _FRAMES and not one.boxed:
            below[one.parent].append(one)
    for section in outline.sections:
        forms = Counter(one.form for one in below[section.index])
        children = [one for one in below[section.index] if forms[one.form] > 1]
        if not children or section.run_in:
            continue
        deeper = sum(len(below[one.index]) for one in children)
        numbers_there = {*forms.values(), deeper, max(one.number for one in children)}
        lead = draft.text[slice(*section.body)].strip()
        told = [*_form("in_lead").finditer(draft.text, *section.body)]
        if any(value(match) in numbers_there for match in _pattern_of_counts().finditer(draft.text, *section.body)):
            continue  # 五大行动、十项工程: one of them is of these headings, the other of something else
        for match in told:
            noun, number = match["noun"], value(match)
            named = sum(noun in one.heading for one in children) > 1 or noun in section.title
            alone = lead.count("。") <= 1 and len(lead) <= _LEAD and match["kind"] in ("项", "大", "条")
            if number > 1 and number not in numbers_there and (named or alone):
                count = forms.most_common(1)[0][1]
                yield remark(match.span("announced"), draft.text, number, range(count, count + 1))


def _is_second(text: str, match: re.Match[str]) -> bool:
    """Whether another number is announced right before: 四个方面、九项任务."""
    before = re.split(r"[。；：\n]", text[: match.start()])[-1]
    return _pattern_of_counts().search(before[-_PAIRED:]) is not None


def _told_before(text: str, match: re.Match[str]) -> set[int]:
    """The numbers that the clauses before an announced one announce."""
    start = max(text.rfind(stop, 0, match.start()) for stop in "。；：\n") + 1
    return {value(one) for one in _pattern_of_counts().finditer(text, start, match.start())}


@cache
def _pattern_of_counts() -> re.Pattern[str]:
    return re.compile(announced().pattern + counted("noun_behind"))


def _listed_before(text: str, match: re.Match[str], number: int) -> bool:
    """Whether the words before a count list so many: 甲行动、乙行动等“两大行动”."""
    listed = _form("before_listed").split(text[: match.start()])[-1].rstrip("“")
    return "、" in listed and number in members(listed.removesuffix("等"))


def _announcements(text: str, section: Section) -> Iterator[re.Match[str]]:
    """In the heading; or in the last sentence before the first item, when it leads in."""
    pattern = _pattern_of_counts()
    heading = pattern.search(text, *section.span)
    if heading and heading.end() >= section.span[1] - 1:
        yield heading
    body = text[slice(*section.body)].rstrip()
    lead = re.split(r"[。；]", body.rstrip("。："))[-1]
    start = section.body[0] + body.rfind(lead) if lead else section.body[0]
    match = _last_told(text, [*pattern.finditer(text, start, section.body[0] + len(body))])
    if match is None:
        return
    if rules.one("checks", "counted.promised").search(text[start : match.start()]) and not section.run_in:
        yield match  # 从下列五个方面发力，提升能力: the sentence may go on
        return
    if match.end() < section.body[0] + len(body) - _TAIL:
        return
    leads_in = rules.one("checks", "counted.lead_ins").search(text[start : match.start()].rpartition("。")[2])
    if body.endswith("：") or (leads_in and not section.run_in):
        yield match


def _last_told(text: str, matches: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The last number of a sentence is that of what follows; of 三大工程，共6项任务 the first."""
    if len(matches) > 1 and _form("in_all").search(text[matches[-2].end() : matches[-1].start()]):
        return matches[0]
    return matches[-1] if matches else None


def _named_elsewhere(draft: Draft) -> Iterator[Remark]:
    """实施六大工程 in the goals, and five headings 甲工程, 乙工程, … in a chapter of their own."""
    groups: dict[tuple[int | None, str], list[Section]] = defaultdict(list)
    for section in draft.reading.outline.sections:
        if section.form not in _FRAMES and not section.boxed:
            groups[section.parent, section.form].append(section)
    kinds: dict[str, list[list[Section]]] = defaultdict(list)
    for group in groups.values():
        nouns = {noun for noun in rules.words("checks", "parts.counted_noun") if group[0].title.endswith(noun)}
        for noun in nouns if len(group) >= _FEW else ():
            if all(section.title.endswith(noun) for section in group):
                kinds[noun].append(group)
    for match in _form("to_do").finditer(draft.text):
        found = kinds.get(match["noun"], ())
        if len(found) == 1 and match.end() < found[0][0].span[0] and value(match) != len(found[0]):
            size = len(found[0])
            yield remark(match.span("announced"), draft.text, value(match), range(size, size + 1))


def _listed_and_headed(draft: Draft) -> Iterator[Remark]:
    """实施甲、乙、丙、丁四大行动, and headings 甲行动, 乙行动, 丙行动: one that is named has none."""
    groups: dict[tuple[int | None, str], list[Section]] = defaultdict(list)
    for section in draft.reading.outline.sections:
        if section.form not in _FRAMES and not section.boxed:
            groups[section.parent, section.form].append(section)
    for match in _form("named_and_counted").finditer(draft.text):
        listed = match["before"] or match["behind"]
        names = [each.strip("“”") for each in rules.pattern("terms", "joins").split(listed)]
        number = int(numbers.parse(match["number"]) or 0)
        if number != len(names) or number < _FEW or any(len(name) < _NAME for name in names):
            continue
        for group in groups.values():
            if group[0].span[0] < match.end():
                continue
            headed = [name for name in names if any(_heads(name, section.title) for section in group)]
            other = [each for each in group if not any(_heads(name, each.title) for name in names)]
            if _FEW <= len(headed) + 1 == number and not other:
                missing = next(name for name in names if name not in headed)
                yield Remark(match.span(), "E337", {"number": number, "counted": len(headed), "missing": missing})


def _heads(name: str, title: str) -> bool:
    """Whether a title is that of a named one: 甲行动 and 实施甲行动 are of 甲."""
    return name in title[: len(name) + _NAME]


def _form(name: str) -> re.Pattern[str]:
    return rules.pattern("checks", f"counted.{name}")


def _table_follows(draft: Draft) -> Iterator[Remark]:
    """设计22项指标, and the numbered rows of the table that follows in the same section."""
    for table in draft.tables:
        header, body = table.rows[0].texts, [row.texts for row in table.rows[1:]]
        rows = _last_row_number(header, body) or _named_rows(header, body)
        if rows is None:
            continue
        section = draft.reading.outline.at(table.span[0])
        start = section.span[0] if section else 0
        if section and section.form in ("table", "box") and section.parent is not None:
            start = draft.reading.outline.sections[section.parent].span[0]
        for match in _form("indicators").finditer(draft.text, start, table.span[0]):
            number, clause = value(match), re.split("[。；]", draft.text[match.end() : table.span[0]], maxsplit=1)[0]
            if number > 1 and number != rows and not rules.union("comparing", "over").search(clause):
                yield remark(match.span(), draft.text, number, range(rows, rows + 1))


def _table_named(draft: Draft) -> Iterator[Remark]:
    """重点项目12个（详见附件1）, and the numbered rows of the one table of that attachment."""
    annexes = [one for one in draft.reading.outline.sections if one.form == "annex"]
    for match in _form("in_annex").finditer(draft.text):
        number = int(numbers.parse(match["annex"]) or 0) if match["annex"] else 0
        of = [one for one in annexes if one.number == number or (not match["annex"] and len(annexes) == 1)]
        ends = [*(one.span[0] for one in annexes), len(draft.text)]
        for annex in of if len(of) == 1 else ():
            end = min(at for at in ends if at > annex.span[0])
            tables = [table for table in draft.tables if annex.span[0] <= table.span[0] < end]
            rows = [_last_row_number(table.rows[0].texts, [row.texts for row in table.rows[1:]]) for table in tables]
            if len(rows) == 1 and rows[0] and rows[0] != value(match) > 1 and annex.span[0] > match.start():
                yield remark(match.span("counted"), draft.text, value(match), range(rows[0], rows[0] + 1))


def _last_row_number(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The number of rows, when a column 序号 counts them 1, 2, 3, …; None when it does not."""
    if "序号" not in header:
        return None
    column = header.index("序号")
    given = [row[column] for row in rows if len(row) > column and row[column].isdigit()]
    return len(given) if given == [str(n) for n in range(1, len(given) + 1)] and len(given) > 1 else None


def _named_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The number of rows that each name an indicator in the first column; None where they do anything else."""
    names = [row[0].strip() for row in rows if row and not _form("no_indicator").search(row[0])]
    plain = all(len(row) == len(header) and len({cell for cell in row if cell.strip()}) > 1 for row in rows)
    titled = bool(header) and _form("indicator_column").fullmatch(header[0].strip()) is not None
    return len(names) if titled and plain and all(names) and len(set(names)) == len(names) > 1 else None


def _slogans(draft: Draft) -> Iterator[Remark]:
    """“六大战役” and “五大战役”: one thing announced under two numbers; the rarer is remarked, or both."""
    said: dict[str, list[re.Match[str]]] = {}
    for match in _form("slogan").finditer(draft.text):
        said.setdefault(match["kind"] + match["name"], []).append(match)
    for matches in said.values():
        uses = Counter(value(match) for match in matches)
        (usual, most), *others = uses.most_common()
        for match in matches:
            number = value(match)
            if others and (number != usual or others[0][1] == most):
                other = usual if number != usual else others[0][0]
                words = match.group().strip("“”")
                yield Remark(match.span(), "E443", {"words": words, "number": number, "other": other})
