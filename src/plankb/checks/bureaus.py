"""Rules on bureaus: one under two names, names that nobody bears, tasks for which nobody answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from plankb import register, rules
from plankb.checks.names import Printed, printed
from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark, rule
from plankb.document import Cell, Table
from plankb.model import ROLES, Fix, Severity, Span, Task
from plankb.register import places
from plankb.rules.kinds import OneBureau
from plankb.rules.register_kinds import Organs

_LIKE = 80.0
_SHORT = 4
"""Characters of a name of which the second says what it does: 市机管局 is not 市城管局, 市科计局 is 市科技局."""
_SECTIONS = 2
"""Headings whose tasks have a note from which on one beside them needs it too."""
_ENOUGH = 5
"""Tasks with a note from which on a plan is one that says who answers for each."""
_NAMED_ROWS = 3
"""Rows that name a bureau from which on a blank is taken for a slip."""
_UNIFORM = 2018
"""The year of the reform of bodies that renamed them alike at all levels (深化党和国家机构改革方案)."""


@cache
def _groups() -> dict[str, int]:
    """The group of each function of which a place has one bureau."""
    entries = rules.many("checks", "one_bureau", OneBureau)
    return {function: number for number, entry in enumerate(entries) for function in entry.functions}


@cache
def _ends_in_organ() -> re.Pattern[str]:
    organs = rules.one("bureaus", "organs", Organs)
    words = (*organs.administrative, *organs.own_name)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + r")(?:[（(][^（()）]*[）)])?$")


def _stem(name: str) -> str:
    """A name without its place and its second name: 省能源局, 能源局, 某省能源局（省煤炭局） are one."""
    text = register.normal(re.sub(r"[（(][^（()）]*[）)]$", "", name))
    named = places.at_start(text)
    if named and len(text) - named[1] >= 2:
        text = text[named[1] :]
    return rules.one("checks", "bureau_name.level").sub(text)


@rule(
    "bureau-variant",
    severity="warning",
    zh="同一单位使用了两种名称",
    en="one bureau under two names",
    example="市交委、市交通委员会",
)
def bureau_variant(draft: Draft) -> Iterator[Remark]:
    """The rarer name is remarked: two printed forms of one bureau, or two bureaus of which a place has one."""
    groups: dict[tuple[str, str], dict[str, list[Printed]]] = defaultdict(lambda: defaultdict(list))
    home = places.of(draft.reading.plan.jurisdiction) if draft.reading.plan.jurisdiction else None
    for one in printed(draft).values():
        old = register.renaming(one.name, home=home)
        late = old and draft.date and str(old.until) < draft.date[:4]
        if late or rules.one("checks", "above_level").search(one.name):
            continue  # unknown-bureau says so
        code, _, function = one.bureau.partition(":")
        if function == "government" or not _ends_in_organ().search(one.name):
            continue  # 某县 and 某县政府; 发改、民政等部门
        number = _groups().get(function)
        groups[code, function if number is None else f"#{number}"][_stem(one.name)].append(one)
    elsewhere = _used_elsewhere(draft)
    for (code, _), stems in groups.items():
        yield from _rarer(stems, {stem for place, stem in elsewhere if place == code})


def _used_elsewhere(draft: Draft) -> set[tuple[str, str]]:
    """(place, name without it) of the bureaus that the plans of the knowledge base name."""
    return {(bureau.id.partition(":")[0], _stem(name)) for bureau in draft.known.bureaus for name in bureau.names}


def _rarer(stems: dict[str, list[Printed]], elsewhere: set[str]) -> Iterator[Remark]:
    """A remark on each name but the usual one: that which other plans use, else that which the draft uses most."""
    if len(stems) < 2:
        return
    uses = Counter({stem: sum(len(one.spans) for one in names) for stem, names in stems.items()})
    usual = max(uses, key=lambda stem: (stem in elsewhere, uses[stem]))
    apart = rules.one("bodies", "apart")
    for stem, names in stems.items():
        two = stem != usual and not apart.search(f"{stem}|{usual}")
        for one in names if two else ():
            name = stems[usual][0].name
            yield Remark(one.spans[0], "E491", {"name": one.name, "usual": name}, fixes=_renamed(one.spans, name))


def _renamed(spans: Sequence[Span], name: str | None) -> tuple[Fix, ...]:
    """Another name at every place; () where none is known."""
    return tuple(Fix(span=span, text=name) for span in sorted(spans)) if name else ()


@rule(
    "unknown-bureau",
    severity="warning",
    zh="名录中没有的单位，或已更名、撤并的单位",
    en="a name that the register does not hold or that was renamed, with the nearest known",
    example="市环境保护局（2018年后为市生态环境局）",
)
def unknown_bureau(draft: Draft) -> Iterator[Remark]:
    """A warning for an old name and for one that is nearly a known one; a hint for one that is merely unknown."""
    home = places.of(draft.reading.plan.jurisdiction) if draft.reading.plan.jurisdiction else None
    names = printed(draft)
    known = [name for name, one in names.items() if one.known]
    own = tuple(known)
    known += [name for bureau in draft.known.bureaus if not _is_unknown(bureau.id) for name in bureau.names]
    details: dict[str, object]
    noted = frozenset(name for task in draft.tasks for name in task.bureaus)
    for name, one in names.items():
        old = register.renaming(name, home=home)
        if rules.one("checks", "above_level").search(name):
            right = f"{name[:-1]}局"
            details = {"name": name, "right": right}
            yield from (Remark(span, "E392", details, fixes=_renamed(one.spans, right)) for span in one.spans[:1])
        elif old and (draft.date is None or str(old.until) < draft.date[:4]):
            # a draft without a date may be that old; before 2018 the names of cities' bureaus were never all changed,
            # but what had gone into another body by then has no bureau of its own since
            gone = old.kind == "merged" and (draft.date or "")[:4] > str(_UNIFORM + 1)
            sure = draft.date and (old.until >= _UNIFORM or gone or name.startswith(("省", "国家")))
            severity: Severity | None = None if sure else "info"
            details = {"name": name, "year": old.until, "source": old.source}
            told = _untold(draft, one)
            fixes = _renamed(told, register.successor(name, home=home) if sure else None)
            yield from (Remark(span, "E492", details, severity, fixes=fixes) for span in told[:1])
        elif not one.known and not re.search(r"[（(［\[【]", name):  # what an open bracket swallowed is no name
            yield from _nearest(one, known, own, certain=name in noted)


def _untold(draft: Draft, one: Printed) -> list[Span]:
    """The places of a name where the sentence does not tell of the reform: 原市环保局, 市环保局更名为….."""
    told = rules.one("checks", "renamed")
    return [span for span in one.spans if not told.search(draft.text[slice(*around(draft.text, span))])]


def _nearest(one: Printed, known: Sequence[str], own: Sequence[str], *, certain: bool) -> Iterator[Remark]:
    """An unknown name with the known one that it may be: sure where one character of a long name differs, a hint where
    the names are only alike. `certain`: a note says that it is a bureau at all; an internal office is none."""
    if rules.one("checks", "branch").search(one.name):
        return  # a branch of a body of the level above
    slips = [other for other in known if _one_slip(one.name, other)]
    if len(one.name) <= _SHORT and not any(other in own for other in slips):
        slips = []  # a short name that only other plans print may be another body's: 市文物局 beside 市文旅局
    if not slips and (meant := register.slip_of(one.name)):
        slips = [meant]
    alike = slips or ([*register.suggest(one.name, known, limit=1, cutoff=_LIKE)] if certain else [])
    if alike and abs(len(alike[0]) - len(one.name)) <= 2:
        sure = bool(slips) and (len(one.name) > _SHORT or one.name[:2] == alike[0][:2])
        fixes = _renamed(one.spans, alike[0] if sure else None)
        yield Remark(one.spans[0], "E493", {"name": one.name, "near": alike[0]}, None if sure else "info", fixes=fixes)
    elif certain and not rules.union("comparing", "office").search(one.name):
        yield Remark(one.spans[0], "E494", {"name": one.name}, "info")


def _one_slip(name: str, other: str) -> bool:
    """Whether one character alone differs: 市科计局 for 市科技局."""
    return len(name) == len(other) > 3 and sum(a != b for a, b in zip(name, other, strict=True)) == 1


def _is_unknown(bureau: str) -> bool:
    return bureau.partition(":")[2].startswith("?")


@rule(
    "no-responsible",
    severity="warning",
    zh="同级任务均写明责任单位，而本任务没有",
    en="a task without a note where its siblings have one",
    example="同节其他任务均有“（……负责）”",
)
def no_responsible(draft: Draft) -> Iterator[Remark]:
    """Siblings are the tasks under the same heading; where there are none, those of the whole plan."""
    siblings: dict[tuple[str, ...], list[Task]] = defaultdict(list)
    for task in draft.tasks:
        siblings[task.section[:-1]].append(task)
    own_notes = {section: sum(map(_has_note, group)) for section, group in siblings.items()}
    among = [task for group in siblings.values() if any(map(_has_note, group)) for task in group]
    noted, lone = sum(map(_has_note, draft.tasks)), len(among) - sum(map(_has_note, among))
    nearly_all = noted >= _ENOUGH and (noted >= 0.9 * len(draft.tasks) or lone <= max(1, 0.1 * len(among)))
    under = _under_noted(draft.tasks)
    for task in draft.tasks:
        group = siblings[task.section[:-1]]
        own = own_notes[task.section[:-1]]
        usual = own >= 2 and own >= 0.6 * len(group)
        chapter = "".join(task.section[:-1][-1:])
        tasked = own or (noted >= 0.9 * len(draft.tasks) and not rules.union("comparing", "no_work").search(chapter))
        usual = usual or task.section[:-1] in under
        everywhere = len(group) <= 2 and nearly_all and tasked
        cut = task is draft.tasks[-1] and len(task.text) <= len(task.title) + 1  # an excerpt ends at its heading
        if not _has_note(task) and (usual or everywhere) and not cut and not _says_itself(task):
            yield Remark(draft.heading(task), "E495", {"task": task.title})
    starts = {task.span[0] for task in draft.tasks}  # a row that is a task is told above
    for remark in (each for table in draft.tables for each in _blank_cells(table)):
        if not any(remark.span[0] <= start < remark.span[1] for start in starts):
            yield remark


def _blank_cells(table: Table) -> Iterator[Remark]:
    """A remark at the one row of a table whose cell under 责任单位 or 牵头单位 is blank, where all others name one."""
    header, *rows = table.rows
    columns = [at for at, text in enumerate(header.texts) if rules.one("checks", "responsible_column").search(text)]
    for column in columns:
        whole = [row for row in rows if len(row.cells) == len(header.cells)]
        blank = [row for row in whole if _is_blank(row.cells[column])]
        answered = any(row.texts[other].strip() for row in blank for other in columns if other != column)
        if len(blank) != 1 or len(whole) - 1 < _NAMED_ROWS or answered or sum(map(bool, blank[0].texts)) < 2:
            continue  # 合计, or a heading over rows, says one thing at most
        if not rules.one("checks", "sums.closing_row").search("".join(blank[0].texts[:2])):
            yield Remark(blank[0].span, "E394", {"column": header.texts[column].strip()})


def _is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell, nor in one that covers its place."""
    return not cell.text.strip() and not cell.merged


def _under_noted(tasks: Sequence[Task]) -> frozenset[tuple[str, ...]]:
    """The sections whose headings all hold tasks with a note, so that one beside them needs it too: （一）1.…2.…, and
    （四） without."""
    beside: dict[tuple[str, ...], set[str]] = defaultdict(set)
    noted: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for task in tasks:
        for depth in range(1, len(task.section) - 1):
            above, heading = task.section[:depth], task.section[depth]
            beside[above].add(heading)
            if _has_note(task):
                noted[above].add(heading)
    return frozenset(
        above for above, headings in noted.items() if len(headings) >= _SECTIONS and headings == beside[above]
    )


def _has_note(task: Task) -> bool:
    return any(getattr(task, role) for role in ROLES) or bool(task.collective)


def _says_itself(task: Task) -> bool:
    """Whether a task names in its words whom it binds (各县区要…), or is none."""
    binds, no_task = (rules.one("checks", f"addressed.{part}") for part in ("words", "headings"))
    return bool(binds.search(task.text) or no_task.search(task.title))
