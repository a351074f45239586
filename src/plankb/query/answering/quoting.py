"""A passage in one line, as an answer quotes it: a row of a table with the heads of its columns, of a long sentence the
stretch that holds most of what was sought and the answer itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.model import Passage
from plankb.name_forms import without_number
from plankb.query.library import Library
from plankb.query.retrieval import Evidence

_LONGEST, _ANSWER, _HEADS = 170, 8, 4_000
"""Characters of a quotation, how many of them an answer of the kind asked for is worth, and how far above a row the
heads of its columns are looked for."""
_CLAUSE = compiled(r"[，；,;：（(]")
_NOTES = "（(［[〔"


def quote_of(one: Evidence, library: Library) -> str:
    """What is quoted of a passage; under a heading that the question names, or of a note, with this heading."""
    passage = one.passage
    if "\t" in passage.text:
        return _row(passage, library.store.text(passage.plan))
    text = _stretch(one)
    heading = passage.section[-1] if passage.section else ""
    title = without_number(heading)
    if title and title not in passage.text and (text[:1] in _NOTES or title in one.clause.said):
        return f"{heading}……{text}"
    return text


def _row(passage: Passage, text: str) -> str:
    """A row of a table, each cell with the head of its column where there are as many of them."""
    cells = [cell.strip() for cell in passage.text.split("\t")]
    above = text[max(0, passage.span[0] - _HEADS) : passage.span[0]].split("\n")[:-1]
    heads: list[str] = []
    for line in reversed(above):
        if "\t" not in line:
            break
        heads = [cell.strip() for cell in line.split("\t")]
    if len(heads) != len(cells):
        return "｜".join(cell for cell in cells if cell)
    return "，".join(f"{head}：{cell}" if head else cell for head, cell in zip(heads, cells, strict=True) if cell)


def _stretch(one: Evidence) -> str:
    text = one.passage.text.strip()
    if len(text) <= _LONGEST:
        return text
    holds = [rule for rule in rules.many("retrieval", "holds") if rule.means in one.clause.kinds]

    def worth(start: int) -> tuple[int, int]:
        end = start + _LONGEST
        held = sum(stop - at for at, stop in one.passage.highlights if start <= at and stop <= end)
        return held + _ANSWER * sum(rule.search(text[start:end]) is not None for rule in holds), -start

    start = max(_starts(text), key=worth)
    end = start + _LONGEST
    if end < len(text):
        end = max((match.end() for match in _CLAUSE.finditer(text, start + _LONGEST // 2, end)), default=end)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _starts(text: str) -> Iterator[int]:
    yield 0
    yield from (match.end() for match in _CLAUSE.finditer(text))
