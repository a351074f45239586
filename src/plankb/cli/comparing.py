"""`compare`: indicators down, plans across."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from plankb.cli import options
from plankb.cli.help import command
from plankb.cli.output import Column, write_csv_rows, write_line, write_table
from plankb.cli.session import Session, session
from plankb.columns import heading
from plankb.kb import DIFFERS, Compared, FactFilter, compared, harmless_json, plans_of


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""

    @command(app, "compare")
    def compare(
        ctx: typer.Context,
        indicator: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="INDICATOR",
                help="compare.indicator",
            ),
        ] = None,
        plan: options.PlanNames = None,
        by: options.Years = None,
        output: options.TableJsonlOrCsv = "table",
    ) -> None:
        at = session(ctx)
        words = " ".join(indicator or ())
        ids = at.kb.indicator_ids(words) if words else ()
        where = FactFilter(plans=at.kb.plan_ids(plan), by=options.years(by), indicator_ids=ids)
        targets = at.kb.store.facts("target", where) if ids or not words else []
        rows = compared(targets, least=1 if words else 2)
        _write(at, rows, output)
        at.remark("compare.count", count=len(rows), differing=sum(row.differs for row in rows))


def _write(at: Session, rows: list[Compared], output: str) -> None:
    plans = plans_of(rows)
    titles = {plan.id: plan.title for plan in at.kb.store.plans()}
    if output == "jsonl":
        for row in rows:
            write_line(harmless_json(_json(row)))
    elif output == "csv":
        cells = (
            [row.indicator, DIFFERS if row.differs else "", *(row.said(plan, at.lang) for plan in plans)]
            for row in rows
        )
        write_csv_rows([["indicator", "differs", *plans], *cells])
    elif rows:
        write_table(rows, _columns(at, plans, titles))


def _columns(at: Session, plans: list[str], titles: dict[str, str]) -> list[Column[Compared]]:
    def of(plan: str) -> Column[Compared]:
        return Column(titles[plan], lambda row: row.said(plan, at.lang), 2)

    return [
        Column(heading("indicator", at.lang), lambda row: row.indicator, 3),
        Column(DIFFERS, lambda row: row.mark, 0),
        *map(of, plans),
    ]


def _json(row: Compared) -> str:
    targets = [target.model_dump(mode="json") for found in row.by_plan.values() for target in found]
    said = {"indicator": row.indicator, "indicator_id": targets[0]["indicator_id"], "differs": row.differs}
    return json.dumps({**said, "targets": targets}, ensure_ascii=False)
