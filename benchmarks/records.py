"""What a plan's record says against a list of published files, and how much of that list is printed in them at all.

    python benchmarks/records.py FOLDER [--each]

FOLDER holds `INDEX.tsv` (file, title, issuers, date, province, city; as collectors noted them) and `pdf/N.pdf`. The
date and the issuers of the list are sought in the whole text of each file as pdfium gives it, apart from the readers:
what stands nowhere in a file cannot be read from it. Only counts are printed, and with `--each` what was found.
"""

from __future__ import annotations

import csv
import re
import sys
import time
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2

from plankb.kb.files import read_file
from plankb.model import Plan

SHORT = (
    ("发展和改革委员会", "发改委"), ("发展改革委", "发改委"), ("住房和城乡建设", "住建"), ("住房城乡建设", "住建"),
    ("国务院国有资产监督管理委员会", "国资委"), ("人民政府", "政府"), ("委员会", "委"), ("办公厅", ""), ("办公室", ""),
    ("中共", ""), ("中国", ""),
)  # fmt: skip
"""Forms of names that say the same; an office speaks for its body."""
MARKS = re.compile(r"[\s“”\"《》（）()—\-–―－·.、，,；;：:]")
TOP = 8
"""Lines of a first page in which its title stands."""
ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """What is right in one file against the list, and what of the list is printed in the file."""

    title: bool
    issuer: bool
    date: bool
    place: bool
    issuer_printed: bool
    day_printed: bool
    month_printed: bool
    agrees_with_print: bool
    """Whether the date read is printed in the file, or none is read where the list's is not printed."""


def short(text: str) -> str:
    """A name or title without marks, its bodies in one form."""
    text = MARKS.sub("", text or "")
    for long, brief in SHORT:
        text = text.replace(long, brief)
    return text


def words(number: int) -> str:
    """A day or month in Chinese numerals."""
    digits = "〇一二三四五六七八九十"
    if number <= 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


def printed_date(text: str, date: str) -> bool:
    """Whether a date (`YYYY-MM-DD` or `YYYY-MM`) stands in a text, in digits or in words."""
    parts = [int(part) for part in date.split("-")]
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(parts[0]))
    spelled = f"{year}年{words(parts[1])}月" + (f"{words(parts[2])}日" if len(parts) > 2 else "")
    digits = rf"{parts[0]}[年.\-/]0?{parts[1]}(?:[月.\-/]" + (rf"0?{parts[2]}(?!\d)" if len(parts) > 2 else "") + ")"
    return spelled in re.sub("[○O零]", "〇", text) or re.search(digits, text) is not None


def printed_issuer(text: str, names: list[str]) -> bool:
    """Whether one of the names is a line of its own, 文件 or a date behind it, or stands before 关于 at the top."""
    lines = [short(line) for line in text.splitlines()]
    forms = [re.escape(name.removeprefix("内蒙古")) for name in names]
    alone = re.compile(rf"(?:[^，]{{0,12}}[省市区县])?(?:{'|'.join(forms)})(?:文件)?(?:\d{{4}}年\d+月.*)?")
    title = re.compile(rf"(?:{'|'.join(forms)}).{{0,120}}(?:关于|印发|发布)")
    return any(map(alone.fullmatch, lines)) or title.search("".join(lines[:TOP])) is not None


def same_title(one: str, two: str) -> bool:
    """Whether two titles say the same: a list puts a place before 关于 where the document has the issuer."""
    topics = [re.sub(".*?关于", "", text) for text in (one, two)]
    return one in two or two in one or SequenceMatcher(None, *topics, autojunk=False).ratio() >= ALIKE


def compared(row: dict[str, str], text: str, plan: Plan) -> Found:
    """What of a row of the list the record says, and what of it the text holds."""
    day = "-".join(part.zfill(2) for part in row["date"].split("."))
    names = [short(name) for name in re.split("[,，]", row["issuers"])]
    read = [short(name) for name in plan.issuers or ()]
    flat = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    place = row["city"] or row["province"]
    wanted, title = short(row["title"]), short(plan.title)
    return Found(
        title=same_title(wanted, title),
        issuer=any(one.endswith(two) or two.endswith(one) for one in names for two in read),
        date=plan.date == day,
        place=not place or plan.jurisdiction == place,
        issuer_printed=printed_issuer(text, names),
        day_printed=printed_date(flat, day),
        month_printed=printed_date(flat, day[:7]),
        agrees_with_print=plan.date is None or printed_date(flat, plan.date),
    )


def main(folder: Path) -> int:
    """Reads every file of the list and prints the counts."""
    with (folder / "INDEX.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    found: list[Found] = []
    pages, seconds = 0, 0.0
    for row in rows:
        path = folder / "pdf" / f"{row['file']}.pdf"
        pdf = pypdfium2.PdfDocument(path)
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
        pages += len(pdf)
        start = time.process_time()
        plan = read_file(path).plan
        seconds += time.process_time() - start
        found.append(compared(row, text, plan))
        if "--each" in sys.argv:
            print(row["file"], found[-1], plan.issuers, plan.date, row["issuers"], row["date"])
    print(f"{len(rows)} files, {pages} pages, {seconds / pages:.3f} s of CPU a page")
    for name in Found.__slots__:
        print(f"{name:20}{sum(getattr(each, name) for each in found):4}")
    both = [each for each in found if each.issuer_printed]
    print(f"issuer right where it is printed: {sum(each.issuer for each in both)} of {len(both)}")
    dated = [each for each in found if each.day_printed]
    print(f"date right where it is printed to the day: {sum(each.date for each in dated)} of {len(dated)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
