"""`build`, `add`, `remove`, `plans`: what is in the knowledge base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from plankb.cli.facts import write_records
from plankb.cli.help import command
from plankb.cli.options import ClusterOption, IndexOption, JobsOption, Paths, TableOrJsonl, as_path
from plankb.cli.output import Column, console, progress_bar, remark, write_jsonl, write_table
from plankb.cli.session import Session, session
from plankb.columns import Shown, heading
from plankb.errors import PlankbError
from plankb.kb import BuildReport
from plankb.kb.build_options import Agree, Options
from plankb.kb.plan_record import FIELDS
from plankb.model import Attachment, Plan
from plankb.words import Language, word

_NAMED = 20
"""Plans that one line names."""
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
        yes: Annotated[bool, typer.Option("--yes", "-y", help="build.yes")] = False,
    ) -> None:
        at, files = session(ctx), [as_path(word) for word in paths]

        def make(agree: Agree) -> BuildReport:
            with progress_bar(at.say("build.reading")) as progress:
                how = Options(index=index, jobs=jobs, cluster=cluster, agree=agree)
                return at.kb.build(files, progress=progress, **how)

        _report(at, _asked(at, make, yes=yes))

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
    def plans(
        ctx: typer.Context,
        plan: Annotated[str | None, typer.Argument(metavar="[PLAN]", help="plans.plan", show_default=False)] = None,
        output: TableOrJsonl = "table",
        values: Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="plans.set")] = None,
        unset: Annotated[list[str] | None, typer.Option("--unset", metavar="FIELD", help="plans.unset")] = None,
    ) -> None:
        at = session(ctx)
        chosen = at.kb.plan_ids([plan]) if plan else ()
        if values or unset:
            _correct(at, plan, chosen, values or [], unset or [])
        shown = [each for each in at.kb.store.plans() if not chosen or each.id in chosen]
        if output == "jsonl":
            write_jsonl(shown)
        else:
            write_records("plan", shown, Shown(at.lang), _counts(at.kb.store.counts(), at.lang))
            _attachments(at, [each.id for each in shown] if plan else [])


_Attached = tuple[Attachment, Counter[str]]


def _attachments(at: Session, plans: Sequence[str]) -> None:
    """The attachments of plans that were asked for by name."""
    for plan in plans:
        if found := at.kb.attached(plan):
            console().print()
            write_table(found, list(_of_attachments(at)))


def _of_attachments(at: Session) -> Iterator[Column[_Attached]]:
    def what(one: Attachment) -> str:
        return at.say("plans.form" if one.blank else "plans.elsewhere" if one.span is None else "plans.there")

    def count(kind: str) -> Column[_Attached]:
        return Column(word("kind", kind, at.lang), lambda row: str(row[1][kind]), 0)

    yield Column(at.say("plans.attachment"), lambda row: str(row[0].number or ""), 0)
    yield Column(heading("plan", at.lang), lambda row: row[0].title or "", 4)
    yield Column(at.say("plans.page"), lambda row: str(row[0].page or ""), 0)
    yield count("task")
    yield count("target")
    yield Column(at.say("plans.kept"), lambda row: what(row[0]), 1)


def _asked(at: Session, make: Callable[[Agree], BuildReport], *, yes: bool) -> BuildReport:
    """What a build did; a person is asked before it removes plans, a script has to say --yes. Raises E218."""
    try:
        return make(lambda _: yes)
    except PlankbError as error:
        if error.code != "E218" or not at.agrees("build.agree", **error.details):
            raise
        return make(lambda _: True)


def _correct(at: Session, word: str | None, chosen: Sequence[str], values: Sequence[str], unset: Sequence[str]) -> None:
    """Corrects what is known of the one plan that was named."""
    if word is None:
        raise PlankbError("E122", name="PLAN")
    if len(chosen) != 1:
        raise PlankbError("E219", plan=word, known="、".join(chosen))
    given = {}
    for said in values:
        field, sign, value = said.partition("=")
        given[_field(field.strip() if sign else "")] = value
    at.kb.describe(chosen[0], given, unset=[_field(field) for field in unset])
    path = Path(at.kb.store.sources()[chosen[0]].path)
    if not path.is_file():
        at.remark("plans.file_gone", path=path)


def _field(name: str) -> str:
    """A field of a plan by its name or by the heading of its column."""
    return next((field for field in FIELDS if name in (heading(field, "zh"), heading(field, "en").lower())), name)


def _counts(counts: Mapping[str, Mapping[str, int]], lang: Language) -> Iterator[Column[Plan]]:
    """How many facts of some kinds a plan has."""

    def count(kind: str) -> Column[Plan]:
        return Column(word("kind", kind, lang), lambda plan: str(counts[plan.id].get(kind, 0)), 0)

    return map(count, ("task", "target", "doubt"))


def _report(at: Session, report: BuildReport) -> None:
    """What was done, to stderr; exit code 2 where a file that the user named could not be read."""
    for failure in report.failures:
        remark(failure.error.text(at.lang))
    for skipped in report.skipped:
        remark(skipped.why.text(at.lang))
    for plan, said in report.remarks:
        at.remark("build.remark", plan=plan, why=said.text(at.lang))
    for path in report.outdated:
        at.remark("build.outdated", path=path)
    for plan in report.kept:
        at.remark("build.kept", plan=plan)
    for path, plan in report.duplicates:
        at.remark("build.duplicate", plan=plan, path=path)
    if report.read and (suspects := len(at.kb.store.suspects(report.read))):
        at.remark("build.suspects", count=suspects)
    if unplaced := [plan.id for plan in at.kb.store.plans() if plan.jurisdiction is None]:
        named = unplaced if len(unplaced) <= _NAMED else [*unplaced[:_NAMED], at.say("build.and_more")]
        at.remark("build.unplaced", count=len(unplaced), plans="、".join(named))
    done = {"read": len(report.read), "unchanged": len(report.unchanged), "removed": len(report.removed)}
    at.remark("build.done", **done, totals=_totals(at))
    if any(failure.named for failure in report.failures):
        raise typer.Exit(2)


def _totals(at: Session) -> str:
    counts = at.kb.store.counts()
    totals = {kind: sum(plan.get(kind, 0) for plan in counts.values()) for kind in _COUNTED}
    parts = [f"{count} {word('kind', kind, at.lang)}" for kind, count in {"plan": len(counts), **totals}.items()]
    return word("between", "comma", at.lang).join(parts)
