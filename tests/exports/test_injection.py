"""Every format, with every kind of dangerous text in every field of text: what is handed out runs, links and hides
nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import etree
from lxml import html as pages

from plankb.cli.output import Column, write_csv_rows, write_line, write_table
from plankb.exports import side_by_side, tables
from plankb.exports.formats import FORMATS, BureauTasks, What, render
from plankb.exports.ledger import LedgerFile
from plankb.graph import GraphFacts
from plankb.graph import build as graph_of
from plankb.ledger import Facts as LedgerFacts
from plankb.ledger import build as ledger_of
from plankb.matrix import Matrix, of_bureau
from tests import records
from tests.exports.test_obeyed import made
from tests.ledger.made import report, task

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0")
MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><a href="javascript:alert(1)">x</a>', "]]><x>",
    "</textarea></title></style></script>", "&lt;script&gt;", "<!--", "${7*7}{{7*7}}", "[点我](javascript:alert(1))",
    "![](http://x/y)", "`x` | y", "[bold]x[/bold]", "[link=http://x]y[/link]",
    "a\nEND:VEVENT\nBEGIN:VEVENT\nb", "%0d%0aX: y",
)  # fmt: skip
_HIDDEN = "\x00\x01\x07\x08\x1b\x7f\x85\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufffe\uffff"
UNSEEN = tuple(f"甲{char}乙" for char in _HIDDEN)
ANSI = ("\x1b[31m红\x1b[0m", "\x1b]8;;http://x\x07y\x1b]8;;\x07", "\x1b]0;title\x07", "\x9b2J")
HOSTILE = [*FORMULAS, *MARKUP, *UNSEEN, *ANSI]
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def thing(what: What, folder: Path, text: str) -> object | None:
    """Something to hand out whose every text is hostile; None for what is made of a whole base."""
    if what in ("matrix", "conflicts", "findings", "records"):
        return made(what, folder, text)
    one = records.task("t1", text, lead=("市交委",), text=text, section=(text,))
    match what:
        case "table":
            return tables.sources(made("matrix", folder, text), "zh")  # type: ignore[arg-type]
        case "sides":
            line = side_by_side.Line((text, text), "bad")
            return side_by_side.Sheet(text, text, (text, text), (1, 1), (line,), (one,))
        case "bureau":
            matrix = made("matrix", folder, text)
            assert isinstance(matrix, Matrix)
            return BureauTasks(of_bureau(matrix, matrix.columns[0].bureau.id), matrix.columns[0].bureau.id)
        case "graph":
            return graph_of(
                GraphFacts(
                    plans=(records.plan(title=text, issuer=text),),
                    tasks=(one,),
                    bureaus=(records.bureau("市交委"),),
                    targets=(records.target("g1", quote=text),),
                    citations=(records.citation("c1", text),),
                )
            )
        case "ledger":
            own = task("t", text)
            said = report(own, "under-way", "2026-05-01", note=text, problems=text, who=text, evidence=text)
            plan = records.plan("p", title=text, issuer=text)
            facts = LedgerFacts(plans=[plan], tasks=[own], deadlines=[], reports=[said])
            return LedgerFile(ledger=ledger_of(facts, today=date(2026, 5, 10)), bureaus={"某市/市水务局": text})
    return None


CASES = [
    (what, ending)
    for what in ("table", "records", "matrix", "bureau", "graph", "conflicts", "findings", "ledger", "sides")
    for ending in FORMATS[what]
    if (what, ending) not in (("findings", ".docx"), ("sides", ".jsonl"))
]


@pytest.mark.parametrize(("what", "ending"), CASES)
def test_hostile_text_in_every_field_is_text(tmp_path: Path, what: What, ending: str) -> None:
    for text in HOSTILE:
        data = render(what, thing(what, tmp_path, text), ending)
        assert list(faults(data, ending)) == [], text


def faults(data: bytes, ending: str) -> Iterator[str]:
    """What a file would do besides being read."""
    if ending in (".xlsx", ".docx"):
        yield from _of_package(data)
        return
    said = data.decode("utf-8-sig")
    if found := FORBIDDEN.search(said):
        yield f"{found[0]!r}"
    match ending:
        case ".csv":
            yield from _of_cells(cell for row in csv.reader(io.StringIO(said, newline="")) for cell in row)
        case ".md":
            yield from re.findall(r"<(?!br>)\w|(?<!\\)\]\(|(?<!\\)`", said)
        case ".html":
            yield from _of_page(said)
        case ".jsonl":
            for line in said.splitlines():
                json.loads(line)
        case ".json" | ".sarif":
            json.loads(said)
        case ".ics":
            events = [one for one in Calendar.from_ical(said).walk() if one.name == "VEVENT"]
            yield from ["event"] * (said.count("BEGIN:VEVENT") - len(events))
        case _:
            yield from (str(node.tag) for node in etree.fromstring(data).iter("{*}script", "{*}foreignObject"))


def _of_cells(cells: Iterator[str]) -> Iterator[str]:
    yield from (cell for cell in cells if re.match(r"[=+\-@\t\r＝＋－＠](?!\d*\Z)", cell))


def _of_package(data: bytes) -> Iterator[str]:
    """Formulas, links and fields of an office file; every part is XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(packed.read(name))
            text = "".join(map(str, root.itertext()))
            if found := FORBIDDEN.search(text):
                yield f"{name} {found[0]!r}"
            yield from (f"{name} link" for one in root.iter("{*}Relationship") if one.get("TargetMode") == "External")
            own = ("SUM", "COUNTA", "COUNTIF", "SUMPRODUCT", "SUBTOTAL", 'HYPERLINK("#', "TODAY", "IF(", "COUNT")
            formulas = ("".join(map(str, one.itertext())) for one in root.iter("{*}f"))
            yield from (f"{name} {one}" for one in formulas if one and not one.startswith(own))


def _of_page(said: str) -> Iterator[str]:
    page = pages.fromstring(said)
    for node in page.iter():
        if not isinstance(node.tag, str):
            continue
        yield from (f"{node.tag} {name}" for name in map(str, node.attrib) if name.startswith("on"))
        links = (str(node.get(name, "")) for name in ("href", "src", "action"))
        yield from (f"{node.tag} {link}" for link in links if link and not link.startswith(("#", "data:")))
        if node.tag == "script" and re.search(r"alert\(1\)\s*</", "".join(map(str, node.itertext()))):
            yield "script"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_on_a_terminal(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_line(text)
    write_table([text], [Column(text, str)])
    write_csv_rows([[text, f"甲{text}"]])
    said = capsys.readouterr().out
    assert not FORBIDDEN.search(said)
    rows = said.splitlines()
    assert not re.match(r"[=+@\t\r＝]", rows[-1].strip('"')) or text in MARKUP or text in UNSEEN
