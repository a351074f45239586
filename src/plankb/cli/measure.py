"""`measure`: how well the user's own plans are read, by a sample that a person judges, here or in a workbook."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import remark, safe, write_line
from plankb.cli.session import Session, session
from plankb.columns import titles_of
from plankb.errors import PlankbError
from plankb.kb.estimating import Share
from plankb.kb.measuring import COUNT, KINDS, Choice, Measured, lines
from plankb.words import word

_File = Annotated[str | None, typer.Argument(metavar="FILE", help="measure.file")]
_Count = Annotated[int, typer.Option("--count", min=1, max=10_000, metavar="N", help="measure.count")]
_Seed = Annotated[int, typer.Option("--seed", metavar="N", help="measure.seed")]
_Kinds = Annotated[list[str] | None, typer.Option("--kind", metavar="|".join(KINDS), help="measure.kind")]
_Propose = Annotated[str | None, typer.Option("--propose", metavar="DIR", help="measure.propose")]
_Form = Annotated[Literal["text", "json"], typer.Option("--format", metavar="text|json", help="shared.format")]
_To = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE.xlsx|.jsonl", help="measure.output")]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""

    @command(app, "measure")
    def measure(
        ctx: typer.Context,
        file: _File = None,
        count: _Count = COUNT,
        kind: _Kinds = None,
        plan: options.PlanNames = None,
        seed: _Seed = 1,
        to: _To = None,
        propose: _Propose = None,
        who: options.Who = None,
        output: _Form = "text",
    ) -> None:
        at = session(ctx)
        if file and Path(file).suffix.lower() == ".jsonl":
            _run_cases(at, file, output)
            return
        kinds = tuple(one.removesuffix("s") for one in kind or ())
        choice = Choice(count=count, kinds=kinds, plans=at.kb.plan_ids(plan), seed=seed)
        if propose:
            _propose(at, propose)
        elif to:
            _write(at, choice, to)
        else:
            if file:
                _take(at, choice, file, who)
            elif sys.stdin.isatty() and output == "text":
                from plankb.cli.judging import judge

                judge(at, choice, who)
            _show(at, at.kb.measured(choice), output)


def _write(at: Session, choice: Choice, to: str) -> None:
    """The sample as a workbook, or what was judged as cases. Raises E503 for another ending."""
    from plankb.kb import cases, sampling

    path, drawn = options.as_path(to), at.kb.sample(choice)
    if path.suffix.lower() == ".xlsx":
        sampling.write(at.kb.store, drawn, path, lang=at.lang)
        at.remark("measure.written", path=to, count=len(drawn.items), open=len(drawn.open))
    elif path.suffix.lower() == ".jsonl":
        done = cases.write(at.kb.store, drawn, path)
        at.remark("measure.cases", path=to, count=done.cases, dependent=done.dependent)
    else:
        raise PlankbError("E503", path=to, known=".xlsx .jsonl")


def _take(at: Session, choice: Choice, file: str, who: str | None) -> None:
    from plankb.kb import sampling

    judged = sampling.read(at.kb.sample(choice), options.as_path(file), lang=at.lang)
    for error in judged.remarks:
        remark(error.text(at.lang))
    at.kb.corrections.judge(judged.judgements, who=who)
    at.remark("measure.taken", count=len(judged.judgements))


def _propose(at: Session, folder: str) -> None:
    from plankb.kb import proposing

    said = (kept.correction for kept in at.kb.corrections.list() if kept.suspicion is None)
    done = proposing.write(said, options.as_path(folder))
    for path in done.files:
        write_line(safe(str(path)))
    at.remark("measure.proposed", count=done.rules, refused=done.refused)


def _run_cases(at: Session, file: str, output: str) -> None:
    from plankb.kb import cases

    held = cases.run(cases.read(options.as_path(file)))
    if output == "json":
        failed = [case.model_dump() for case in held.failed]
        said = {"shares": _shares(held.shares), "count": held.count, "failed": failed}
        write_line(json.dumps(said, ensure_ascii=False))
        return
    for case in held.failed:
        expected = json.dumps(case.expect, ensure_ascii=False) if case.expect else at.say("measure.nothing")
        write_line(safe(at.say("measure.failed", kind=word("kind", case.kind, at.lang), plan=case.plan, said=expected)))
    for kind, one in held.shares.items():
        write_line(at.say("measure.held", kind=word("kind", kind, at.lang), right=one.right, count=one.size))


def _show(at: Session, found: Measured, output: str) -> None:
    if output == "json":
        write_line(json.dumps(_as_json(found), ensure_ascii=False))
        return
    for line in lines(found, titles_of(at.kb.store.plans()), at.lang):
        write_line(safe(line))
    at.remark("measure.done", judged=found.judged, count=found.count)


def _as_json(found: Measured) -> dict[str, object]:
    weak = [{"kind": one.kind, "plan": one.plan, **_share(one.share)} for one in found.weakest]
    return {
        "shares": _shares(found.shares), "weakest": weak, "fields": dict(found.fields), "judged": found.judged,
        "count": found.count,
    }  # fmt: skip


def _shares(shares: Mapping[str, Share]) -> dict[str, object]:
    return {kind: _share(one) for kind, one in shares.items()}


def _share(one: Share) -> dict[str, object]:
    return {
        "share": round(one.value, 4), "low": round(one.low, 4), "high": round(one.high, 4), "judged": one.judged,
        "right": one.right, "facts": one.size,
    }  # fmt: skip
