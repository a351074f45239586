"""Rules on bureaus: one under two names, names that nobody bears, tasks for which nobody answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from plankb import register, rules
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import ROLES, Severity, Span, Task
from plankb.register import places

_PREFIX = re.compile(r"^(?:省|市|县|区|州|旗|自治区|新区|国家)(?:直)?")
_LIKE = 80.0
_IN_PROSE = re.compile(
    r"(?:(?<![\u4e00-\u9fff《〈“])|(?<=[由会同]))(?P<name>[省市县区][\u4e00-\u9fff]{1,12}?(?:局|厅|委员会|办公室))"
    r"(?![\u4e00-\u9fff]{0,12}[》〉])"
)


@cache
def _groups() -> dict[str, int]:
    """The group of each function of which a place has one bureau."""
    entries = rules.load("checks")["one_bureau"]
    return {function: number for number, entry in enumerate(entries) for function in entry["functions"]}


def _printed(draft: Draft) -> dict[str, tuple[str, list[Task]]]:
    """The printed names of bureaus in notes: their id and the tasks that name them."""
    found: dict[str, tuple[str, list[Task]]] = {}
    for task in draft.tasks:
        for name, bureau in task.bureaus.items():
            found.setdefault(name, (bureau, []))[1].append(task)
    return found


def _stem(name: str) -> str:
    """A name without the place that it belongs to and its second name: 省能源局, 能源局, 某省能源局（省煤炭局） are one."""
    text = register.normal(re.sub(r"[（(][^（()）]*[）)]$", "", name))
    named = places.at_start(text)
    if named and len(text) - named[1] >= 2:
        text = text[named[1] :]
    return _PREFIX.sub("", text)


def _places_of(draft: Draft, name: str, tasks: list[Task]) -> list[Span]:
    """Where a name is printed in the notes of tasks, as a whole name."""
    found = []
    pattern = re.compile(
        rf"(?<![\u4e00-\u9fff]){re.escape(name)}(?=[、，,；;。）)］\]】\s]|等|牵头|负责|按|配合|参与|会同|和|及|$)"
    )
    for task in tasks:
        found += [match.span() for match in pattern.finditer(draft.text, *task.span)]
    return sorted(set(found))


@rule(
    "bureau-variant",
    severity="warning",
    zh="同一单位使用了两种名称",
    en="one bureau under two names",
    example="市交委、市交通委员会",
)
def bureau_variant(draft: Draft) -> Iterator[Remark]:
    """The rarer name is remarked: two printed forms of one bureau, or two bureaus of which a place has one."""
    groups: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    printed = _printed(draft)
    for name, (bureau, _) in printed.items():
        code, _, function = bureau.partition(":")
        if function == "government":
            continue  # 某县 and 某县政府
        number = _groups().get(function)
        groups[code, function if number is None else f"#{number}"][_stem(name)].append(name)
    for stems in groups.values():
        yield from _rarer(draft, stems, printed)


def _rarer(draft: Draft, stems: dict[str, list[str]], printed: dict[str, tuple[str, list[Task]]]) -> Iterator[Remark]:
    if len(stems) < 2:
        return
    uses = Counter({stem: sum(len(printed[name][1]) for name in names) for stem, names in stems.items()})
    usual = uses.most_common(1)[0][0]
    for stem, names in stems.items():
        if stem == usual:
            continue
        for name in names:
            spans = _places_of(draft, name, printed[name][1])[:1]
            yield from (Remark(span, "E491", {"name": name, "usual": stems[usual][0]}) for span in spans)


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
    printed = _printed(draft)
    known = [name for name, (bureau, _) in printed.items() if not _is_unknown(bureau)]
    known += [name for bureau in draft.known.bureaus if not _is_unknown(bureau.id) for name in bureau.names]
    date = draft.date
    for name, (bureau, tasks) in printed.items():
        spans = _places_of(draft, name, tasks)[:1]
        old = register.renaming(name, home=home)
        if old and (date is None or str(old.until) < date[:4]):
            severity: Severity | None = None if date else "info"  # a plan without a date may be older than the new name
            details: dict[str, object] = {"name": name, "year": old.until, "source": old.source}
            yield from (Remark(span, "E492", details, severity) for span in spans)
        elif _is_unknown(bureau):
            near = [other for other in known if _one_slip(name, other)]
            near = near or [*register.suggest(name, known, limit=1, cutoff=_LIKE)]
            if near and abs(len(near[0]) - len(name)) <= 2:
                yield from (Remark(span, "E493", {"name": name, "near": near[0]}) for span in spans)
            else:
                yield from (Remark(span, "E494", {"name": name}, "info") for span in spans)
    yield from _renamed_in_prose(draft, frozenset(printed))


def _renamed_in_prose(draft: Draft, noted: frozenset[str]) -> Iterator[Remark]:
    """Old names outside the notes, once each: 市环境保护局要做好储备. None where the draft has no date."""
    plan = draft.reading.plan
    if draft.date is None:
        return
    home = places.of(plan.jurisdiction) if plan.jurisdiction else None
    told = re.compile(rules.load("checks")["renamed"]["told"])
    seen = set(noted)
    for start, end in draft.sentences:
        for match in _IN_PROSE.finditer(draft.text, start, end):
            name = match["name"]
            if name in seen or told.search(draft.text[start:end]):
                continue
            old = register.renaming(name, home=home)
            if old and str(old.until) < draft.date[:4]:
                seen.add(name)
                yield Remark(match.span("name"), "E492", {"name": name, "year": old.until, "source": old.source})


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
    noted = sum(map(_has_note, draft.tasks))
    for task in draft.tasks:
        group = siblings[task.section[:-1]]
        own = sum(map(_has_note, group))
        usual = own >= 2 and own >= 0.6 * len(group)
        everywhere = len(group) <= 2 and noted >= 5 and noted >= 0.9 * len(draft.tasks)
        if not _has_note(task) and (usual or everywhere) and not _says_itself(task):
            yield Remark(_heading(draft, task), "E495", {"task": task.title})


def _has_note(task: Task) -> bool:
    return any(getattr(task, role) for role in ROLES) or bool(task.collective)


def _says_itself(task: Task) -> bool:
    """Whether a task names in its words whom it binds (各县区要…), or is none."""
    know = rules.load("checks")["addressed"]
    return bool(re.search(know["words"], task.text) or re.search(know["headings"], task.title))


def _heading(draft: Draft, task: Task) -> Span:
    """The task's heading, or the first words of its text."""
    section = draft.reading.outline.at(task.span[0])
    if section and section.span[0] >= task.span[0]:
        return section.span
    end = draft.text.find("。", *task.span)
    return task.span[0], min(task.span[1], end if end > 0 else task.span[1], task.span[0] + 40)
