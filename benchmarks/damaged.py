"""Damaged files of every format: each is read, or refused in one line, within bounded time and memory.

    python benchmarks/damaged.py [FORMAT…] [--files 600] [--record]

A child process reads the files of a format under a limit of memory; one that takes more CPU than allowed, that ends in
a traceback, in a fault of the program or in more than one line is listed and kept in out/damaged/.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import safety

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
KEPT = HERE / "out" / "damaged"
SECONDS, MEGABYTES = 20, 1500
FAULTS = ("E108", "E129")
"""What is said of a fault of the program."""
TEXT = """某市公园建设实施方案（2026—2030年）

某政发〔2026〕3号

一、主要目标

到2030年，绿地率达到40%，新建公园绿地10公顷，人均公园绿地面积达到14.8平方米。

二、主要任务

（一）建设公园。新建口袋公园20个，到2028年全部建成。（市园林局牵头，市财政局、市自然资源局配合）

（二）完善步道。按照《城市步道管理办法》（某政办发〔2024〕12号），建成步道120公里。责任单位：市城管局
"""
TOML = '[[plan]]\nfile = "甲.txt"\ntitle = "公园规划"\nissuer = "某市人民政府"\nlevel = "city"\nperiod = "2026-2030"\n'


def main() -> int:
    """Runs the formats that are named, or all, and tells what became of their files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", choices=[*USES, []])
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    results = {}
    for name in given.formats or USES:
        results[name] = run(name, given.files)
        print(name, json.dumps(results[name], ensure_ascii=False), flush=True)
    if given.record:
        safety.keep("damaged", results)
    return int(any(found["failed"] for found in results.values()))


def run(name: str, files: int) -> dict[str, Any]:
    """What became of so many damaged files of a format: read, refused (by code), failed (by what)."""
    counts: Counter[str] = Counter()
    failed: list[str] = []
    began, done = time.monotonic(), 0
    context = multiprocessing.get_context("spawn")
    while done < files:
        pipe, theirs = context.Pipe()
        child = context.Process(target=_read_from, args=(name, done, files, theirs))
        child.start()
        theirs.close()
        with suppress(EOFError):
            while True:
                number, told = pipe.recv()
                counts[told.partition(" ")[0]] += 1
                done = number + 1
                if told.startswith("failed"):
                    failed.append(f"{number}: {told}")
        child.join()
        if done < files:  # the process itself ended
            failed.append(f"{done}: process ended with {child.exitcode}")
            counts["failed"] += 1
            done += 1
    for each in failed:
        _keep(name, int(each.partition(":")[0]))
        print("  ", each[:300], flush=True)
    refused = sum(count for told, count in counts.items() if told.startswith("E"))
    return {
        "files": files, "read": counts["read"], "refused": refused, "failed": counts["failed"],
        "seconds": round(time.monotonic() - began),
    }  # fmt: skip


def damaged(data: bytes, number: int) -> bytes:
    """The file in its state of damage of a number: bytes overwritten, cut, doubled, moved, lost, or parts inside."""
    chance = random.Random(number)
    ways = [_overwritten, _cut, _doubled, _holed, _flipped]
    if data[:2] == b"PK":
        ways += [_packed_anew] * 4
    return chance.choice(ways)(data, chance)


def _overwritten(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    part = data[start : start + chance.choice((1, 10, 100, 2000))]
    return data[:start] + part * chance.choice((2, 3, 50)) + data[start:]


def _holed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    size = chance.choice((1, 8, 100, 4096))
    return data[:start] + chance.choice((b"", bytes(size), b"\xff" * size)) + data[start + size :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20, 400))):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _packed_anew(data: bytes, chance: random.Random) -> bytes:
    """An archive whose parts are damaged, lost or named otherwise, and whose check sums are right again."""
    stream, share = io.BytesIO(), chance.choice((0.04, 0.15, 0.4))
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as broken:
        for part in whole.infolist():
            content, lot = whole.read(part), chance.random()
            if lot < share / 8:
                continue
            if lot < share and content:
                content = chance.choice([_overwritten, _cut, _doubled, _flipped])(content, chance)
            broken.writestr(part.filename if lot < 0.995 else part.filename[::-1], content)
    return stream.getvalue()


def _read_from(name: str, first: int, files: int, pipe: Any) -> None:
    """Reads the files from a number on, and tells each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    make, use, ending = USES[name]
    whole = make()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, files):
            path = Path(folder) / f"草案{ending}"
            path.write_bytes(damaged(whole, number))
            pipe.send((number, _outcome(use, path)))
            for left in Path(folder).iterdir():
                left.unlink()


class _TooLong(BaseException):
    """The limit of time is over."""


def _outcome(use: Callable[[Path], object], path: Path, limit: int = SECONDS) -> str:
    from plankb.errors import PlankbError

    def over(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        use(path)
    except PlankbError as error:
        line = error.text()
        return f"failed {line}" if error.code in FAULTS or "\n" in line else f"{error.code} {line}"
    except _TooLong:
        return f"failed more than {limit} s of CPU"
    except BaseException as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"failed {type(error).__name__} {error} at {where.filename}:{where.lineno}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return "read"


def _keep(name: str, number: int) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    make, _, ending = USES[name]
    (KEPT / f"{name}-{number}{ending}").write_bytes(damaged(make(), number))


def _word() -> bytes:
    import docx

    document = docx.Document()
    for line in TEXT.splitlines():
        if line:
            document.add_paragraph(line, style="Heading 1" if line[1:2] == "、" else None)
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate((("指标", "单位", "2030年"), ("绿地率", "%", "40"), ("步道", "公里", "120"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    return _saved(document.save)


def _saved(save: Callable[[Any], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def _page() -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if line)
    row = "<tr><td rowspan=2>绿地率<td colspan=2>40%</tr><tr><td>a<td>b</tr>"
    return (
        f"<html><head><meta charset=utf-8></head><body><h1>某市</h1>{lines}<table>{row}</table></body></html>".encode()
    )


def _pdf() -> bytes:
    from tests.readers.pdf.conftest import Sheets

    sheets = Sheets()
    sheets.lines([line for line in TEXT.splitlines() if line])
    sheets.next_page()
    sheets.table([90, 200, 300, 400], [100, 130, 160], [["指标", "单位", "2030年"], ["绿地率", "%", "40"]])
    return sheets.data()


def _ofd() -> bytes:
    from tests.readers import plan

    return plan.as_ofd()


def _converted(ending: str) -> Callable[[], bytes]:
    def make() -> bytes:
        cached = HERE / "out" / f"whole{ending}"
        if not cached.exists():
            cached.parent.mkdir(exist_ok=True)
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "a.docx").write_bytes(_word())
                command = ["soffice", "--headless", "--convert-to", ending[1:], "--outdir", folder, f"{folder}/a.docx"]
                subprocess.run(command, check=True, capture_output=True, timeout=300)
                cached.write_bytes((Path(folder) / f"a{ending}").read_bytes())
        return cached.read_bytes()

    return make


def _base() -> Path:
    """A knowledge base of the text, made once."""
    from plankb.kb import KnowledgeBase

    folder = HERE / "out" / "whole-kb"
    if not (folder / "kb" / "plankb.sqlite").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "公园.txt").write_text(TEXT, encoding="utf-8")
        KnowledgeBase(folder / "kb").build([folder / "公园.txt"], index="sqlite")
    return folder / "kb"


def _made(name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        from plankb.kb import KnowledgeBase, Selection

        kb, path = KnowledgeBase(_base()), HERE / "out" / name
        if not path.exists():
            if path.suffix == ".zip":
                kb.backup(path)
            elif path.suffix == ".jsonl":
                if not kb.corrections.list():
                    kb.corrections.correct(kb.store.facts("task")[0].id, field="title", after=["建公园"], who="甲")
                path.write_text(
                    "".join(f"{one.model_dump_json()}\n" for one in kb.corrections.list()), encoding="utf-8"
                )
            elif path.stem == "台账":
                kb.ledger.write(kb.ledger.standing(), path)
            else:
                kb.write_matrix(kb.matrix(Selection()), path)
        return path.read_bytes()

    return make


def _plan(path: Path) -> object:
    from plankb.kb import read_file

    return read_file(path)


def _corrections(path: Path) -> object:
    from plankb.kb import KnowledgeBase

    return KnowledgeBase(_base()).corrections.read(path)


def _verified(path: Path) -> object:
    from plankb.kb import KnowledgeBase

    return KnowledgeBase(_base()).verify(path)


def _ledger(path: Path) -> object:
    from plankb.kb import KnowledgeBase

    return KnowledgeBase(_base()).ledger.read([path])


def _restored(path: Path) -> object:
    from plankb.kb import KnowledgeBase

    with tempfile.TemporaryDirectory() as folder:
        return KnowledgeBase(Path(folder)).restore(path)


def _store(path: Path) -> object:
    """A knowledge base whose file is this: everything that reads it."""
    from plankb.kb import KnowledgeBase

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "plankb.sqlite").write_bytes(path.read_bytes())
        kb = KnowledgeBase(Path(folder))
        kb.store.plans()
        kb.search("公园")
        kb.ask("市园林局牵头哪些任务？")
        kb.matrix()
        return kb.verify()


def _manifest(path: Path) -> object:
    from plankb.readers import manifest

    return manifest.load(path.rename(path.with_name("plans.toml")).parent)


def _settings(path: Path) -> object:
    from plankb.checks import config

    config.accepted(path)
    return config.settings(path, ["numbering", "no-deadline"])


def _rules(path: Path) -> object:
    from plankb.rules import user

    return user.read(path.rename(path.with_name("units.toml")))


OFFICE = ("odt", "doc", "rtf")
USES: dict[str, tuple[Callable[[], bytes], Callable[[Path], object], str]] = {
    "docx": (_word, _plan, ".docx"),
    "pdf": (_pdf, _plan, ".pdf"),
    "html": (_page, _plan, ".html"),
    "txt": (TEXT.encode, _plan, ".txt"),
    "gb18030": (lambda: TEXT.encode("gb18030"), _plan, ".txt"),
    "md": (lambda: TEXT.replace("一、", "## 一、").encode(), _plan, ".md"),
    "ofd": (_ofd, _plan, ".ofd"),
    "xlsx": (_made("矩阵.xlsx"), _corrections, ".xlsx"),
    "xlsx-verify": (_made("矩阵.xlsx"), _verified, ".xlsx"),
    "xlsx-ledger": (_made("台账.xlsx"), _ledger, ".xlsx"),
    "docx-verify": (_made("矩阵.docx"), _verified, ".docx"),
    "jsonl": (_made("更正.jsonl"), _corrections, ".jsonl"),
    "backup": (_made("备份.zip"), _restored, ".zip"),
    "store": (lambda: (_base() / "plankb.sqlite").read_bytes(), _store, ".sqlite"),
    "toml": (TOML.encode, _manifest, ".toml"),
    "settings": (
        lambda: b'[check]\noff = ["no-deadline"]\n[check.severity]\nnumbering = "info"\n'
        b'[[accepted]]\nrule = "numbering"\nquote = "x"\nreason = "y"\n',
        _settings, ".toml",
    ),
    "rules": (
        lambda: '[[unit]]\nnames = ["水方"]\ndimension = "volume"\nfactor = 1\nexample = "300水方"\nvalue = 300\n'
        'unit = "立方米"\n\n[[counter]]\nnames = ["车位组"]\nunit = "个"\nexample = "20车位组"\n'.encode(),
        _rules, ".toml",
    ),
    "odt": (_converted(".odt"), _plan, ".odt"),
    "doc": (_converted(".doc"), _plan, ".doc"),
    "rtf": (_converted(".rtf"), _plan, ".rtf"),
}  # fmt: skip
"""Formats: how a whole file is made, what it is used for, and its ending."""

if __name__ == "__main__":
    sys.exit(main())
