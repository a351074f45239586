"""Tasks and reports made by hand."""

from __future__ import annotations

from plankb.model import Deadline, Plan, Progress, Role, State, Task

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
