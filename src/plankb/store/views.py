"""Views for people who ask in SQL: `docs/sql.md` documents them, and they stay as they are.

Datasette, sqlite-utils, DuckDB, pandas and ODBC read them. Names are those of the records (docs/records.md).
"""

from __future__ import annotations

import sqlite3

_ID = "CASE WHEN f.key LIKE ':%' THEN p.id || f.key ELSE f.key END"
_SECTION = """(WITH RECURSIVE up(parent, heading, depth) AS (
        SELECT parent, heading, 0 FROM section WHERE row = f.section
        UNION ALL SELECT s.parent, s.heading, depth + 1 FROM section s JOIN up ON s.row = up.parent)
    SELECT group_concat(heading, ' > ') FROM (SELECT heading FROM up ORDER BY depth DESC))"""
_PLACE = f"""p.id AS plan, {_SECTION} AS section, json_extract(f.record, '$.page') AS page, f.start AS span_start,
    f.end AS span_end, f.quote AS quote"""
_FROM = "FROM fact f JOIN plan p ON p.no = f.plan"


def _field(*names: str) -> str:
    return ", ".join(f"json_extract(f.record, '$.{name}') AS \"{name.replace('.', '_')}\"" for name in names)


def _list(name: str) -> str:
    return f"(SELECT group_concat(value, '、') FROM json_each(f.record, '$.{name}')) AS \"{name}\""


def _reference(name: str) -> str:
    value = f"json_extract(f.record, '$.{name}')"
    return f"""CASE WHEN {value} LIKE ':%' THEN p.id || {value} ELSE {value} END AS "{name}" """


def _roles() -> str:
    parts = (
        f"""SELECT {_ID} AS task, p.id AS plan, json_extract(f.record, '$.title') AS title, '{role}' AS role,
            each.value AS name, coalesce(json_extract(f.record, '$.bureaus."' || replace(each.value, '"', '') || '"'),
            each.value) AS bureau {_FROM} JOIN json_each(f.record, '$.{role}') each WHERE f.kind = 'task'"""
        for role in ("lead", "support", "joint")
    )
    return " UNION ALL ".join(parts)


VIEWS: dict[str, str] = {
    "tasks": f"""SELECT {_ID} AS id, {_field("title")}, {_list("lead")}, {_list("support")}, {_list("joint")},
        {_list("collective")}, {_list("by")}, p.jurisdiction AS jurisdiction, {_PLACE}
        {_FROM} WHERE f.kind = 'task'""",
    "targets": f"""SELECT {_ID} AS id,
        {_field("indicator", "indicator_id", "op", "value", "value_max", "unit", "normal.value", "normal.unit")},
        {_field("change", "base_year", "baseline.value", "baseline.year", "by", "nature")},
        coalesce(json_extract(f.record, '$.stretch'), 0) AS stretch, {_field("qualitative", "scope", "per")},
        p.jurisdiction AS jurisdiction, {_PLACE} {_FROM} WHERE f.kind = 'target'""",
    "responsibility": _roles(),
    "deadlines": f"""SELECT {_ID} AS id, {_field("by", "bound", "start", "end")}, {_reference("of")}, {_PLACE}
        {_FROM} WHERE f.kind = 'deadline'""",
    "bureaus": """SELECT b.id AS id, min(b.name) AS name, min(json_extract(b.record, '$.jurisdiction')) AS jurisdiction,
        count(*) AS plans, sum(coalesce(json_array_length(b.record, '$.lead'), 0)) AS lead,
        sum(coalesce(json_array_length(b.record, '$.support'), 0)) AS support,
        sum(coalesce(json_array_length(b.record, '$.joint'), 0)) AS joint FROM bureau b GROUP BY b.id""",
    "progress": f"""SELECT f.id AS id, f.task AS task, f.plan AS plan, {_field("title", "state", "done", "note")},
        {_field("evidence", "problems", "next", "who", "when", "bureau", "kept", "withdrawn")} FROM report f""",
    "citations": f"""SELECT {_ID} AS id, {_field("title", "number")}, {_PLACE}
        {_FROM} WHERE f.kind = 'citation'""",
}


def create(db: sqlite3.Connection) -> None:
    """Makes the views, those of an earlier program anew."""
    for name, select in VIEWS.items():
        db.execute(f"DROP VIEW IF EXISTS {name}")
        db.execute(f"CREATE VIEW {name} AS {select}")
