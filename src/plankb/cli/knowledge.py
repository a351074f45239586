"""`build`, `add`, `remove`, `plans`: what is in the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from plankb.cli.help import both, command
from plankb.cli.options import Paths, TableOrJsonl, as_path
from plankb.cli.output import Column, progress_bar, remark, write_jsonl, write_table
from plankb.cli.session import Session, session
from plankb.kb import BuildReport
from plankb.phrases import word

_COUNTED = ("task", "target", "deadline", "project", "citation", "doubt")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "build", "用文件和文件夹建立知识库", "make the knowledge base of files and folders")
    def build(ctx: typer.Context, paths: Paths) -> None:
        at = session(ctx)
        with progress_bar("reading" if at.lang == "en" else "读取") as progress:
            report = at.kb.build([as_path(word) for word in paths], progress=progress)
        _report(at, report)

    @command(app, "add", "加入规划，或重读已改动的规划", "add plans, or read changed ones again")
    def add(ctx: typer.Context, paths: Paths) -> None:
        at = session(ctx)
        with progress_bar("reading" if at.lang == "en" else "读取") as progress:
            report = at.kb.add([as_path(word) for word in paths], progress=progress)
        _report(at, report)

    @command(app, "remove", "移除规划", "remove plans")
    def remove(
        ctx: typer.Context,
        plans: Annotated[list[str], typer.Argument(metavar="PLAN", help=both("规划编号", "ids of plans"))],
    ) -> None:
        at = session(ctx)
        _report(at, at.kb.remove(plans))

    @command(app, "plans", "列出知识库中的规划", "list the plans of the knowledge base")
    def plans(ctx: typer.Context, output: TableOrJsonl = "table") -> None:
        at = session(ctx)
        if output == "jsonl":
            write_jsonl(at.kb.store.plans())
        else:
            write_table(at.kb.store.plans(), _columns(at.kb.store.counts()), at.lang)


def _columns(counts: Mapping[str, Mapping[str, int]]) -> list[Column]:
    def count(kind: str) -> Column:
        title = (word("kind", kind, "zh"), word("kind", kind, "en"))
        return Column(title, lambda plan: str(counts[plan.id].get(kind, 0)), 0)

    return [
        Column(("编号", "id"), lambda plan: plan.id, 2),
        Column(("标题", "title"), lambda plan: plan.title, 4),
        Column(("区划", "area"), lambda plan: plan.jurisdiction or "", 0),
        Column(("规划期", "period"), lambda plan: plan.period or "", 0),
        Column(("日期", "date"), lambda plan: plan.date or "", 0),
        *map(count, ("task", "target", "doubt")),
    ]


def _report(at: Session, report: BuildReport) -> None:
    """What was done, to stderr; exit code 2 where a file that the user named could not be read."""
    zh = at.lang == "zh"
    for failure in report.failures:
        remark(failure.error.text(at.lang))
    for path in report.outdated:
        remark(f"清单中的 sha256 与文件不符：{path}" if zh else f"the manifest has another sha256 for {path}")
    for plan in report.kept:
        remark(f"保留上次读取的内容：{plan}" if zh else f"its last reading is kept: {plan}")
    for path, plan in report.duplicates:
        remark(f"内容与 {plan} 相同，不重复收入：{path}" if zh else f"same content as {plan}, passed over: {path}")
    if report.read and (suspects := len(at.kb.store.suspects(report.read))):
        told = "条人工更正因原文变化存疑，未采用" if zh else "corrections are suspect and not applied"
        remark(f"{suspects} {told}：plankb review --list")
    done = "读取 {}，未变 {}，移除 {}" if zh else "read {}, unchanged {}, removed {}"
    remark(done.format(len(report.read), len(report.unchanged), len(report.removed)) + _totals(at))
    if any(failure.named for failure in report.failures):
        raise typer.Exit(2)


def _totals(at: Session) -> str:
    counts = at.kb.store.counts()
    totals = {kind: sum(plan.get(kind, 0) for plan in counts.values()) for kind in _COUNTED}
    parts = [f"{count} {word('kind', kind, at.lang)}" for kind, count in {"plan": len(counts), **totals}.items()]
    return "。知识库：" + "，".join(parts) if at.lang == "zh" else ". Knowledge base: " + ", ".join(parts)
