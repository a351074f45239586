"""What the command line says of each slip, raised as a user would: the message, in both languages, in plain words."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pytest

from plankb.store import StoreWriter
from plankb.words import table
from tests.cli.conftest import run_plankb
from tests.samples import sample
from tests.store.conftest import SOURCE

DRAFT = "某市公园方案\n\n一、目标\n\n到2030年，绿地率达到40%。\n\n三、任务\n\n建设公园。（市园林局牵头）\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PYTHON = re.compile(
    r"Traceback|Errno|Error\b|Exception|None\b|NoneType|object at|must be \w+, not|Input should|invalid literal"
    r"|codec|expected [A-Z]|\bstr\b|\bint\b|<class|0x[0-9a-f]{6}"
)
"""Words of Python, which say nothing to a clerk."""
ENGLISH = re.compile(r"[A-Za-z]+ (?:is|not|be|must|left|extra|on|of|the|to|in|an?) [a-z]+")
"""An English sentence: what the system or a library says, inside a Chinese message."""


def _zipped(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return data.getvalue()


def _book(*rows: list[object]) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(data)
    return data.getvalue()


FILES: Mapping[str, bytes] = {
    "草案.txt": DRAFT.encode(),
    "草案.html": f"<html><body><p>{DRAFT}</p></body></html>".encode(),
    "长.txt": b"x" * 100,
    "空.txt": b"",
    "坏.docx": b"PK\x03\x04 nothing",
    "坏.pdf": b"%PDF-1.4 nothing",
    "旧.docx": OLE + bytes(600),
    "旧.xlsx": OLE + bytes(600),
    "不是.xlsx": b"nothing",
    "空的.ofd": _zipped(x=b"y"),
    "图.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "表.xlsx": _book(["甲", "乙"], [1, 2]),
    "台账.xlsx": _book(
        ["重点任务", "进展状态", "完成比例", "填报日期", "进展情况"],
        ["优化货物运输结构", "快了", "", "", ""],
        ["优化货物运输结构", "已完成", "七成半吧", "", ""],
        ["优化货物运输结构", "已完成", "", "去年冬天", ""],
        ["没有的任务", "已完成", "", "", ""],
        ["优化货物运输结构", "=1+1", "", "", ""],
    ),
    "更正.jsonl": b'{"x": 1}\n',
    "事实.json": b"{}",
    "备份.zip": _zipped(x=b"y"),
    "锁着/矩阵.xlsx": b"x",
    "锁着/.~lock.矩阵.xlsx#": b"x",
    "只读/矩阵.xlsx": b"x",
    "别的/读我.exe": b"MZ",
    "别的/~$草案.docx": b"x",
    "别的/.隐藏.txt": b"x",
    "别的/方案.txt": DRAFT.encode(),
    "别的/公文.txt": b"%PDF-1.4 nothing",
    "没有规划/读我.exe": b"MZ",
    "清单/方案.txt": DRAFT.encode(),
    "清单/plans.toml": '[[plan]]\nfile = "没有.txt"\n'.encode(),
    "清单1/方案.txt": DRAFT.encode(),
    "清单1/plans.toml": b"[[plan]\n",
    "清单2/方案.txt": DRAFT.encode(),
    "清单2/plans.toml": '[[plan]]\ntitle = "甲"\n'.encode(),
    "清单3/方案.txt": DRAFT.encode(),
    "清单3/plans.toml": '[[plan]]\nfile = "方案.txt"\nyear = "2020"\n'.encode(),
    "清单4/方案.txt": DRAFT.encode(),
    "清单4/plans.toml": '[[plan]]\nfile = "方案.txt"\ndate = "2020-13"\n'.encode(),
    "清单5/方案.txt": DRAFT.encode(),
    "清单5/plans.toml": b"\xff\xff\x00\x81",
    "清单6/方案.txt": DRAFT.encode(),
    "清单6/plans.toml": b"x = " + b"[" * 3000,
    "清单7/方案.txt": DRAFT.encode(),
    "清单7/plans.toml": b"other = 1\n",
    "设置.toml": b"[check]\noff = 5\n",
    "规则1/units.toml": '[[unit]]\nnames = ["水方"]\n'.encode(),
    "规则2/units.toml": '[[other]]\nnames = ["水方"]\n'.encode(),
    "规则3/nonsense.toml": b"",
    "规则4/wordings.toml": b'[[rewrite]]\npattern = "(a+)+$"\nto = "b"\nexample = "a"\ngives = "b"\n',
    "规则5/wordings.toml": b'[[rewrite]]\npattern = "(a"\nto = "b"\nexample = "a"\ngives = "b"\n',
    "规则6/wordings.toml": b'[[rewrite]]\nto = "b"\nexample = "a"\ngives = "b"\n',
    "规则7/counters.toml": b"",
    "规则8/units.toml": b"x" * 1_000_001,
    "规则9/wordings.toml": '[[rewrite]]\nwords = ["甲", "甲"]\nto = "丙"\nexample = "甲"\ngives = "丙"\n'.encode(),
    "规则10/units.toml": '[[counter]]\nnames = ["甲乙组"]\nunit = "个"\nexample = "甲乙组"\n'.encode(),
    "规则11/indicators.toml": '[[indicator]]\nname = "甲乙率"\nexample = "甲乙率"\nnot = ["甲乙率"]\n'.encode(),
}

CASES: list[tuple[str, str]] = [
    ("E101", "check {d}/没有.txt"),
    ("E101", "verify {d}/没有.xlsx"),
    ("E101", "--rules {d}/没有 plans"),
    ("E102", "--kb {d}/新库 build {d}/没有规划"),
    ("E103", "check {d}/空.txt"),
    ("E104", "check {d}/坏.docx"),
    ("E104", "extract {d}/空的.ofd"),
    ("E106+E184", "--kb {d}/新库 build {d}/清单1"),
    ("E106+E171", "--kb {d}/新库 build {d}/清单2"),
    ("E106+E186", "--kb {d}/新库 build {d}/清单3"),
    ("E106+E187", "--kb {d}/新库 build {d}/清单4"),
    ("E106+E183", "--kb {d}/新库 build {d}/清单5"),
    ("E106+E185", "--kb {d}/新库 build {d}/清单6"),
    ("E106+E186", "--kb {d}/新库 build {d}/清单7"),
    ("E107", "check {d}"),
    ("E107", "verify {d}"),
    ("E109", "build -"),
    ("E116", "check {d}/坏.pdf"),
    ("E121", "list tasks --nonsense"),
    ("E122", "build"),
    ("E122", "build x --jobs"),
    ("E123", "build x --jobs abc"),
    ("E123", "list things"),
    ("E123", "serve --port 99999999"),
    ("E124", "nonsense"),
    ("E125", "list tasks more words"),
    ("E125", "build x --yes=1"),
    ("E141", "--kb {d}/新库 build {d}/别的 --yes"),
    ("E142", "--kb {d}/新库 build {d}/别的 --yes"),
    ("E143", "--kb {d}/新库 build {d}/别的 --yes"),
    ("E144", "--kb {d}/新库 build {d}/链接 --yes"),
    ("E145", "--kb {d}/新库 build {d}/链接 --yes"),
    ("E148", "check {d}/图.png"),
    ("E189", "--kb {d}/新库 build {d}/清单 --yes"),
    ("E201", "--kb {d}/没有 plans"),
    ("E203", "--kb {d}/坏库 plans"),
    ("E204", "remove nothing"),
    ("E204", "coverage nothing"),
    ("E205+E194", "matrix -o {d}/没有/矩阵.xlsx"),
    ("E205+E195", "matrix -o {d}/草案.txt/矩阵.xlsx"),
    ("E205+E196", "matrix -o {d}/" + "长" * 200 + ".xlsx"),
    ("E207", "list tasks --bureau 没有的局"),
    ("E209", "coverage a"),
    ("E210", "coverage 交通"),
    ("E211", "restore {d}/备份.zip"),
    ("E212", "restore {d}/备份.zip --replace"),
    ("E215", "--kb {d}/夹 plans"),
    ("E218", "build {d}/草案.txt"),
    ("E219", "plans 交通 --set level=city"),
    ("E220", "verify {d}/表.xlsx"),
    ("E220", "verify {d}/事实.json"),
    ("E301", "ask ？"),
    ("E302", "ask " + "多" * 600),
    ("E351", "search ！"),
    ("E352", 'search "甲'),
    ("E353", "search (甲"),
    ("E354", "search " + "甲" * 2000),
    ("E355", "search AND"),
    ("E401", "check {d}/草案.txt --rule nothing"),
    ("E402", "check {d}/草案.txt --config {d}/设置.toml"),
    ("E404", "check {d}/草案.txt --accept numbering@7"),
    ("E405", "check {d}/草案.txt --accept numbering@1 --reason 甲"),
    ("E406", "conflicts --type nothing"),
    ("E407", "check {d}/草案.txt --format docx -o {d}/批注.docx"),
    ("E408", "check {d}/草案.html -o {d}/草案.html"),
    ("E410", "check {d}/草案.txt --date 2020-13"),
    ("E501", "matrix -o {d}/锁着/矩阵.xlsx"),
    ("E502", "matrix -o {d}/只读/矩阵.xlsx"),
    ("E503", "matrix -o {d}/矩阵.foo"),
    ("E504", "matrix --by 1999 -o {d}/空.xlsx"),
    ("E505", "list tasks --by 明年"),
    ("E507", "backup {kb}/plankb.sqlite"),
    ("E510", "review {d}/表.xlsx"),
    ("E510", "review {d}/不是.xlsx"),
    ("E519", "review {d}/旧.xlsx"),
    ("E511", "review --drop nothing"),
    ("E521", "graph partners"),
    ("E522", "graph"),
    ("E539", "review {d}/更正.jsonl"),
    ("E541", "matrix --columns 没有的列 -o {d}/列.xlsx"),
    ("E542", "matrix --columns 序号 -o {d}/列.xlsx"),
    ("E543", "matrix --each-bureau {d}/草案.txt"),
    ("E544", "matrix --bureau-sheets -o {d}/列.csv"),
    ("E601", "tui"),
    ("E603", "serve --host 203.0.113.7"),
    ("E603+E216", "serve --host="),
    ("E650", "--kb {d}/空库 measure"),
    ("E655", "measure {d}/表.xlsx"),
    ("E704", "ledger --undo"),
    ("E705", "ledger --keep nothing"),
    ("E706", "ledger --state 快了"),
    ("E710", "ledger {d}/表.xlsx --yes"),
    ("E711", "ledger {d}/台账.xlsx --yes --dry-run"),
    ("E712", "ledger {d}/台账.xlsx --yes --dry-run"),
    ("E713", "ledger {d}/台账.xlsx --yes --dry-run"),
    ("E714", "ledger {d}/台账.xlsx --yes --dry-run"),
    ("E717", "ledger {d}/没有规划 --yes"),
    ("E718", "ledger {d}/台账.xlsx --yes --dry-run"),
    ("E722", "ledger --history 优化货物运输结构"),
    ("E723", "ledger --date 明天"),
    ("E725", "ledger {d}/旧.xlsx --yes"),
    ("E726", "ledger {d}/不是.xlsx --yes"),
    ("E701", "ledger --history 没有的任务"),
    ("E170+E171", "--rules {d}/规则1 plans"),
    ("E170+E172", "--rules {d}/规则2 plans"),
    ("E178", "--rules {d}/规则3 plans"),
    ("E170+E177", "--rules {d}/规则4 plans"),
    ("E170+E176", "--rules {d}/规则5 plans"),
    ("E170+E181", "--rules {d}/规则6 plans"),
    ("E178", "--rules {d}/规则7 plans"),
    ("E179", "--rules {d}/规则8 plans"),
    ("E170+E180", "--rules {d}/规则9 plans"),
    ("E174", "--rules {d}/规则10 rules check"),
    ("E175", "--rules {d}/规则11 rules check"),
]


REMARKS = frozenset({"E141", "E142", "E143", "E144", "E145", "E189", "E539", "E711", "E712", "E713", "E714", "E718"})
"""What is said of a part of what was given, while the rest is done."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files with something wrong, and a knowledge base in `kb`."""
    root = tmp_path_factory.mktemp("messages")
    for name, data in FILES.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    (root / "只读" / "矩阵.xlsx").chmod(stat.S_IRUSR)
    for name in ("夹/plankb.sqlite", "坏库", "空库", "kb", "链接"):
        (root / name).mkdir(parents=True)
    (root / "坏库" / "plankb.sqlite").write_bytes(b"nothing" * 1000)
    (root / "链接" / "方案.txt").write_bytes(DRAFT.encode())
    (root / "链接" / "别处").symlink_to(root / "别的")
    os.mkfifo(root / "链接" / "管道.txt")
    word = docx.Document()
    word.add_paragraph(DRAFT)
    word.save(str(root / "草案.docx"))
    StoreWriter(root / "空库" / "plankb.sqlite").commit()
    writer = StoreWriter(root / "kb" / "plankb.sqlite")
    for one in (sample("a"), sample("b"), sample("c", city="他市")):
        writer.put(one.plan, SOURCE, one.clean, facts=one.facts, bureaus=one.bureaus)
    writer.commit()
    return root


def expression(code: str, lang: str) -> re.Pattern[str]:
    """What a message says, whatever fills its fields."""
    said = table("errors")[code][lang == "en"]
    parts = re.split(r"\{\w+\}", said.replace("{{", "\0").replace("}}", "\1"))
    return re.compile(".*".join(re.escape(part.replace("\0", "{").replace("\1", "}")) for part in parts))


@pytest.mark.parametrize(("codes", "words"), CASES, ids=[f"{codes} {words[:40]}" for codes, words in CASES])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slip_is_told_in_plain_words(folder: Path, codes: str, words: str, lang: str) -> None:
    kb = folder / "kb"
    given = [word.format(d=folder, kb=kb) for word in words.split(" ")]
    before = (kb / "plankb.sqlite").read_bytes()
    done = run_plankb(*(["--kb", str(kb)] if "--kb" not in given else []), *given, PLANKB_LANG=lang)
    lines = done.stderr.splitlines()
    for code in codes.split("+"):
        assert [line for line in lines if expression(code, lang).search(line)], done.stderr
    assert not PYTHON.search(done.stderr), done.stderr
    assert lang == "en" or not ENGLISH.search(done.stderr.replace(str(folder), "")), done.stderr
    assert lang == "zh" or all(line.isprintable() for line in lines)
    if codes not in REMARKS:
        assert (done.returncode, len(lines)) == (2, 1), done.stderr
        assert (kb / "plankb.sqlite").read_bytes() == before
