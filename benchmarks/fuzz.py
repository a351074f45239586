"""Texts, questions, notes, numbers and workbooks made at random, for a bounded time: whatever is a fault is kept.

    python benchmarks/fuzz.py [--seconds 120] [--seed N] [TARGET…]

Anything raised besides a PlankbError is a fault, and so is a PlankbError that says the program failed. The input of a
fault goes to out/fuzz/; what is mended becomes a case of the tests.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from plankb.errors import PlankbError  # noqa: E402

KEPT = HERE / "out" / "fuzz"
FAULTS = ("E108", "E129")
PIECES = [
    "到2025年", "，森林覆盖率", "达到", "提高到", "降低", "60%", "13.5%", "3100万千瓦", "一百二十", "分别", "责任单位：", "牵头单位：",  # noqa: E501
    "（市财政局牵头，市教育局配合）", "市住房城乡建设局", "、", "。", "；", "\n", "\n\n", "\t", "一、", "（一）", "1.", "（1）", "专栏1", "表1",  # noqa: E501
    "第一章 总则", "《城市规划》", "〔2023〕5号", "“十四五”", "2020年", "——2030年", "以上", "左右", "个百分点", "不低于", "力争", "较2020年",  # noqa: E501
    "年均", "每年12月底前", "|", "**", "<sub>", "&amp;", "=", "+", "-", "@", "\u202e", "\u200b", "\ufeff", "\x00", "\x1b[31m", "𠮷", "Ⅲ",  # noqa: E501
    "①", "(", ")", "[", "]", "【", "】", "甲市人民政府办公室关于印发《甲市规划》的通知", "谁牵头", "哪些任务", "是多少", "吗", "比", "多多少",  # noqa: E501
    "我们", "市", "约束性", "指标", "单位", "属性", "null", "nan", "1e999", " ",
]  # fmt: skip
TEXT = (
    "甲市公园规划（2023—2025年）\n\n一、重点任务\n1.建设公园。到2025年，建成公园10个。（市园林局牵头，市财政局配合）\n"
)


def made(luck: random.Random, most: int = 60) -> str:
    """A text of pieces, some of them of a plan, some spoilt."""
    text = "".join(luck.choice(PIECES) * luck.choice((1, 1, 1, 2, 30)) for _ in range(luck.randint(1, most)))
    whole = luck.choice(("", TEXT)) + text
    for _ in range(luck.randint(0, 4)):
        at = luck.randrange(len(whole) + 1)
        whole = whole[:at] + chr(luck.choice((luck.randrange(0x20), luck.randrange(0xD800), 0x1F600))) + whole[at:]
    return whole


def document(luck: random.Random, folder: Path) -> bytes:
    """A draft in one of the formats of text: read, and every quotation looked up."""
    from plankb.kb import read_file

    path = folder / f"草案{luck.choice(('.txt', '.md', '.html'))}"
    data = made(luck, 200).encode(luck.choice(("utf-8", "utf-8", "gb18030", "utf-16")), errors="replace")
    path.write_bytes(b"<html><body>" + data if path.suffix == ".html" else data)
    reading = read_file(path)
    for fact in reading.facts:
        start, end = fact.span
        if reading.clean.text[start:end] != fact.quote:
            raise AssertionError(f"{fact.id} does not stand where it says")
    return data


def question(luck: random.Random, folder: Path) -> bytes:
    """A question to an empty library."""
    from plankb.kb import KnowledgeBase

    base = folder / "kb"
    kb = KnowledgeBase(base)
    if not base.exists():
        (folder / "甲.txt").write_text(TEXT, encoding="utf-8")
        kb.build([folder / "甲.txt"])
    text = made(luck, 12)
    kb.ask(text)
    return text.encode(errors="replace")


def words(luck: random.Random, folder: Path) -> bytes:
    """Times and numerals."""
    del folder
    from plankb import numbers, quantities, times

    text = made(luck, 8)
    list(times.find(text))
    list(quantities.find(text))
    numbers.parse(text)
    return text.encode(errors="replace")


def workbook(luck: random.Random, folder: Path) -> bytes:
    """A ledger that somebody filled in at random."""
    from datetime import date

    import openpyxl

    from plankb.correction_sheets import ledger_rows

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    heads = ["重点任务", "进展状态", "完成比例", "进展情况", "填报人", "填报日期"]
    for row in (
        heads,
        *([luck.choice((made(luck, 3), luck.random(), None, True, 10**20)) for _ in heads] for _ in range(9)),
    ):
        sheet.append([_cell(value) for value in row])
    path = folder / "台账.xlsx"
    book.save(path)
    ledger_rows.read(path, today=date(2026, 1, 1))
    return path.read_bytes()


def _cell(value: object) -> object:
    return (
        "".join(char for char in value if char >= " " and not "\ud800" <= char <= "\udfff")
        if isinstance(value, str)
        else value
    )


TARGETS: dict[str, Callable[[random.Random, Path], bytes]] = {
    "document": document, "question": question, "words": words, "workbook": workbook,
}  # fmt: skip


def tried(name: str, seed: int, folder: Path) -> str | None:
    """What was wrong with one input; None where all was well."""
    try:
        TARGETS[name](random.Random(seed), folder)
    except PlankbError as error:
        return f"{error.code}: {error}" if error.code in FAULTS else None
    except Exception:
        return traceback.format_exc()
    return None


def main() -> int:
    """Tries inputs until the time is over; 1 where one was a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []])
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0, help="where the numbers begin that make the inputs")
    asked = parser.parse_args()
    names = asked.targets or list(TARGETS)
    faults = 0
    with tempfile.TemporaryDirectory() as kept:
        for name in names:
            folder = Path(kept) / name
            folder.mkdir()
            seed, end = asked.seed, time.monotonic() + asked.seconds / len(names)
            while time.monotonic() < end:
                seed += 1
                if wrong := tried(name, seed, folder):
                    faults += 1
                    KEPT.mkdir(parents=True, exist_ok=True)
                    (KEPT / f"{name}-{seed}.txt").write_text(wrong, encoding="utf-8", errors="replace")
                    print(f"{name} {seed}: {wrong.strip().splitlines()[-1][:160]}")
            print(f"{name}: {seed - asked.seed} inputs")
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
