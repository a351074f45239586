"""`build`, `add`, `remove`, `plans`: what is in the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from plankb.cli.facts import write_records
from plankb.cli.help import command
from plankb.cli.options import ClusterOption, IndexOption, JobsOption, Paths, TableOrJsonl, as_path
from plankb.cli.output import Column, progress_bar, remark, write_jsonl
from plankb.cli.session import Session, session
from plankb.columns import Shown
from plankb.kb import BuildReport
from plankb.words import Language, word

_COUNTED = ("task", "target", "deadline", "project", "citation", "doubt")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "build")
    def build(
        ctx: typer.Context,
        paths: Paths,
        index: IndexOption = None,
        jobs: JobsOption = None,
        cluster: ClusterOption = None,
    ) -> None:
        at, files = session(ctx), [as_path(word) for word in paths]
        with progress_bar(at.say("build.reading")) as progress:
            report = at.kb.build(files, progress=progress, index=index, jobs=jobs, cluster=cluster)
        _report(at, report)

    @command(app, "add")
    def add(
        ctx: typer.Context,
        paths: Paths,
        index: IndexOption = None,
        jobs: JobsOption = None,
        cluster: ClusterOption = None,
    ) -> None:
        at, files = session(ctx), [as_path(word) for word in paths]
        with progress_bar(at.say("build.reading")) as progress:
            report = at.kb.add(files, progress=progress, index=index, jobs=jobs, cluster=cluster)
        _report(at, report)

    @command(app, "remove")
    def remove(
        ctx: typer.Context,
        plans: Annotated[list[str], typer.Argument(metavar="PLAN", help="remove.plan")],
    ) -> None:
        at = session(ctx)
        _report(at, at.kb.remove(plans))

    @command(app, "plans")
    def plans(ctx: typer.Context, output: TableOrJsonl = "table") -> None:
        at = session(ctx)
        if output == "jsonl":
            write_jsonl(at.kb.store.plans())
        else:
            write_records("plan", at.kb.store.plans(), Shown(at.lang), _counts(at.kb.store.counts(), at.lang))


def _counts(counts: Mapping[str, Mapping[str, int]], lang: Language) -> Iterator[Column]:
    """How many facts of some kinds a plan has."""

    def count(kind: str) -> Column:
        return Column(word("kind", kind, lang), lambda plan: str(counts[plan.id].get(kind, 0)), 0)

    return map(count, ("task", "target", "doubt"))


def _report(at: Session, report: BuildReport) -> None:
    """What was done, to stderr; exit code 2 where a file that the user named could not be read."""
    for failure in report.failures:
        remark(failure.error.text(at.lang))
    for path in report.outdated:
        at.remark("build.outdated", path=path)
    for plan in report.kept:
        at.remark("build.kept", plan=plan)
    for path, plan in report.duplicates:
        at.remark("build.duplicate", plan=plan, path=path)
    if report.read and (suspects := len(at.kb.store.suspects(report.read))):
        at.remark("build.suspects", count=suspects)
    done = {"read": len(report.read), "unchanged": len(report.unchanged), "removed": len(report.removed)}
    at.remark("build.done", **done, totals=_totals(at))
    if any(failure.named for failure in report.failures):
        raise typer.Exit(2)


def _totals(at: Session) -> str:
    counts = at.kb.store.counts()
    totals = {kind: sum(plan.get(kind, 0) for plan in counts.values()) for kind in _COUNTED}
    parts = [f"{count} {word('kind', kind, at.lang)}" for kind, count in {"plan": len(counts), **totals}.items()]
    return word("between", "comma", at.lang).join(parts)
