"""How long a year of reports takes to be read back: `python benchmarks/ledger.py [TASKS] [REPORTS]`.

A plan of 1,000 tasks of 20 bureaus; 12 workbooks, one a month, in which every task is filled in. All are read at once
and kept. Prints seconds of CPU, so that a busy machine says the same; the mark is 10 for reading.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.ledger.made import many
from tests.store.conftest import write

from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE

HEADS = 4


def filled(source: Path, month: int, reports: int, folder: Path) -> None:
    """The workbook of a month: every task further than the month before."""
    book = openpyxl.load_workbook(source)
    sheet: Any = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADS]}
    for row in range(HEADS + 1, sheet.max_row + 1):
        done = month == reports
        sheet.cell(row, columns["进展状态"]).value = "已完成" if done else "推进中"
        sheet.cell(row, columns["完成比例"]).value = month / reports
        sheet.cell(row, columns["进展情况"]).value = f"{month}月完成第{row}项工作的一部分，累计投入资金{row}万元。" * 3
        sheet.cell(row, columns["填报日期"]).value = date(2026, (month - 1) % 12 + 1, 25)
        sheet.cell(row, columns["填报人"]).value = "张三"
    book.save(folder / f"{month:02}.xlsx")


def main(tasks: int = 1000, reports: int = 12) -> None:
    """Makes the base and the workbooks, and prints how long each step takes."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / STORE, many(tasks, 20))
        kb = KnowledgeBase(folder)
        today = date(2027, 1, 5)
        started = time.process_time()
        kb.ledger.write(kb.ledger.standing(today=today), folder / "ledger.xlsx")
        print(f"write {tasks} tasks: {time.process_time() - started:.1f} s of CPU")
        (folder / "back").mkdir()
        for month in range(1, reports + 1):
            filled(folder / "ledger.xlsx", month, reports, folder / "back")
        started = time.process_time()
        read = kb.ledger.read([folder / "back"], today=today)
        print(f"read {len(read.new)} reports of {read.files} files: {time.process_time() - started:.1f} s of CPU")
        started = time.process_time()
        kept = kb.ledger.take(read)
        print(f"keep {len(kept)}: {time.process_time() - started:.1f} s of CPU")
        started = time.process_time()
        again = kb.ledger.read([folder / "back"], today=today)
        print(f"read again, {len(again.new)} new: {time.process_time() - started:.1f} s of CPU")
        started = time.process_time()
        standing = kb.ledger.standing(today=today)
        print(f"standing of {len(standing.entries)}: {time.process_time() - started:.2f} s of CPU")
        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
