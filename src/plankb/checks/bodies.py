"""Rule `responsibility-slip`: a body that leads and supports one task, notes that name nobody, a province's body called
as a city's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from plankb import rules
from plankb.checks import offices
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Span, Task


@rule(
    "responsibility-slip",
    severity="warning",
    zh="同一任务中同一单位既牵头又配合，责任注空缺，省级部门误称为局，同一办公室设在两个单位",
    en="a body that leads and supports one task, a note that names nobody, a province's body called as a city's, "
    "one office at two bodies",
    example="（市教育局牵头，市财政局、市教育局配合）",
)
def responsibility_slip(draft: Draft) -> Iterator[Remark]:
    """Task by task, then wherever a note or a name stands."""
    for task in draft.tasks:
        yield from _twice(draft, task)
    yield from offices.remarks(draft)
    for match in rules.one("bodies", "empty_note").finditer(draft.text):
        yield Remark(match.span(), "E341", {"note": match.group()})
    for match in rules.one("bodies", "below_level").finditer(draft.text):
        right = f"{match.group()[:-1]}厅"
        fix = Fix(span=match.span("organ"), text="厅")
        yield Remark(match.span(), "E343", {"name": match.group(), "right": right}, fixes=(fix,))


def _twice(draft: Draft, task: Task) -> Iterator[Remark]:
    """One body in two roles of one note, by one name or another; a task may have several notes."""
    roles = {"lead": task.lead, "support": task.support, "joint": task.joint}
    both: dict[str, set[str]] = {}
    for (_, ones), (_, others) in combinations(roles.items(), 2):
        ids = {_id(task, name) for name in ones}
        for name in others:
            if _id(task, name) in ids:
                both[name] = {one for one in ones if _id(task, one) == _id(task, name)} | {name}
    if not both:
        return
    row = "\t" in task.quote
    notes = (
        [task.span] if row else [m.span() for m in rules.one("bodies", "note").regex.finditer(draft.text, *task.span)]
    )
    for name, names in both.items():
        for note in notes:
            words = draft.text[slice(*note)]
            if sum(words.count(each) for each in names) > 1 and (row or rules.one("bodies", "roles").search(words)):
                yield Remark(_last(draft.text, name, note), "E340", {"name": name, "task": task.title})
                break


def _id(task: Task, name: str) -> str:
    return task.bureaus.get(name, name)


def _last(text: str, name: str, within: Span) -> Span:
    at = text.rfind(name, *within)
    return (at, at + len(name)) if at >= 0 else within
