"""Tasks and reports made by hand."""

from __future__ import annotations

from plankb.model import Bureau, Deadline, Plan, Progress, Role, State, Task
from tests.samples import Sample
from tests.text import clean

PLAN = Plan(id="p", title="某市年度重点工作", jurisdiction="某市", period="2026", date="2026-01-15")


def task(name: str, text: str = "", *, plan: str = "p", bureaus: dict[Role, str] | None = None) -> Task:
    """A task of a title; bureaus by role, each with an id of its name."""
    roles = {role: (named,) for role, named in (bureaus or {"lead": "市水务局"}).items()}
    ids = {named: f"某市/{named}" for names in roles.values() for named in names}
    quote = f"{name}。{text}" if text else name
    fields = {"plan": plan, "section": ("一、任务", name), "quote": quote, "span": (0, len(quote))}
    return Task(id=f"{plan}:task-{name}", title=name, text=text, bureaus=ids, **roles, **fields)


def deadline(of: Task, end: str, *, quote: str = "", bound: str = "by") -> Deadline:
    """A deadline of a task."""
    said = {"plan": of.plan, "section": of.section, "quote": quote or end, "span": (0, 1)}
    return Deadline.model_validate(
        {"id": f"{of.id}-{end}", "of": of.id, "bound": bound, "end": end, "by": end[:4], **said}
    )


def report(of: Task, state: State, when: str, *, id_: str = "", done: float | None = None, **more: str) -> Progress:
    """A report on a task as it is."""
    fields = {"task": of.id, "plan": of.plan, "section": of.section, "title": of.title, "source": of.quote}
    said = {"who": "张三", "kept": "2026-01-01T00:00:00+08:00", "batch": "batch-1", **more}
    made = {"id": id_ or f"r-{of.id}-{when}-{state}", "state": state, "done": done, "when": when}
    return Progress.model_validate({**fields, **made, **said})


def many(count: int, bureaus: int) -> Sample:
    """A plan of so many tasks, each led by one of the bureaus and supported by the next; the last names nobody."""
    lines = [f"（{n}）任务{n}号。完成第{n}项工作。" for n in range(1, count + 1)]
    text = clean("某市年度重点工作\n\n一、重点任务\n\n" + "\n\n".join(lines) + "\n")
    names = [f"市第{n}局" for n in range(bureaus)]
    ids = {name: f"某市/{name}" for name in names}
    tasks = []
    for n, line in enumerate(lines, start=1):
        start = text.text.index(line)
        lead, support = names[n % bureaus], names[(n + 1) % bureaus]
        named = {"lead": (lead,), "support": (support,), "bureaus": {name: ids[name] for name in (lead, support)}}
        tasks.append(
            Task.model_validate(
                {
                    "id": f"p:task-{n}", "plan": "p", "section": ("一、重点任务",), "quote": line,
                    "span": (start, start + len(line)), "title": f"任务{n}号", "text": f"完成第{n}项工作。",
                    **(named if n < count else {}),
                }
            )
        )  # fmt: skip
    found = tuple(Bureau(id=id_, name=name, jurisdiction="某市", names=(name,)) for name, id_ in ids.items())
    return Sample(PLAN, text, tuple(tasks), found)
