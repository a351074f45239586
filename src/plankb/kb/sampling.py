"""The sample of `plankb measure` on its way to a person and back: as a workbook, and as words of a dialogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.columns import COLUMNS, Shown, heading, titles_of
from plankb.correction_sheets import judged_sample
from plankb.errors import Language, PlankbError
from plankb.exports.sample_book import SampleSheet, sample
from plankb.kb.correcting import points, texts
from plankb.kb.corrections import Judgement
from plankb.kb.measuring import KINDS, Item, Sample
from plankb.kb.outputs import hand_out
from plankb.model import AnyFact
from plankb.phrases import trail
from plankb.words import say, word

if TYPE_CHECKING:
    from plankb.store import Store


_READ = {
    "task": ("title", "lead", "support", "joint", "collective", "by"),
    "target": ("indicator", "value", "by", "scope", "nature", "baseline"),
    "deadline": ("by", "bound", "dates", "of"),
    "project": ("name", "quantity", "box"),
    "citation": ("document", "number"),
}
"""The columns of each kind that say what was read."""


def said(fact: AnyFact, shown: Shown) -> list[tuple[str, str]]:
    """What was read of a fact, as headings and texts; what it does not say is left out."""
    texts_ = ((heading(key, shown.lang), COLUMNS[fact.kind][key](fact, shown)) for key in _READ[fact.kind])
    return [(name, text) for name, text in texts_ if text]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a workbook says: judgements to keep, and what could not be understood of it."""

    judgements: tuple[Judgement, ...]
    remarks: tuple[PlankbError, ...]


def write(store: Store, drawn: Sample, path: Path, *, lang: Language = "zh") -> None:
    """Writes a sample as a workbook. Raises E501, E502, E205."""
    shown = Shown(lang, titles_of(store.plans()))
    sheets = [_sheet(kind, [item for item in drawn.items if item.fact.kind == kind], shown) for kind in KINDS]
    hand_out(path, sample([sheet for sheet in sheets if sheet.rows], lang=lang))


def _sheet(kind: str, items: Sequence[Item], shown: Shown) -> SampleSheet:
    lang = shown.lang
    keys = tuple(texts(items[0].fact)) if items else ()
    rows = tuple(
        (
            item.fact.id,
            shown.title(item.fact.plan),
            trail(item.fact.section),
            item.fact.quote,
            "\n".join(f"{name}: {text}" for name, text in said(item.fact, shown)),
            *texts(item.fact).values(),
            "" if item.right is None else say(f"tables.sample.{'right' if item.right else 'wrong'}", lang),
        )
        for item in items
    )
    return SampleSheet(word("kind", kind, lang), keys, tuple(heading(key, lang) for key in keys), rows)


def read(drawn: Sample, path: Path, *, lang: Language = "zh") -> Judged:
    """The judgements of a workbook on a sample. Raises what `judged_sample.read` raises."""
    known = {item.fact.id: item for item in drawn.items}
    remarks: list[PlankbError] = []
    return Judged(tuple(_judgements(known, judged_sample.read(path), remarks, lang)), tuple(remarks))


def _judgements(
    known: dict[str, Item], rows: Sequence[judged_sample.JudgedRow], remarks: list[PlankbError], lang: Language
) -> Iterator[Judgement]:
    for row in rows:
        item = known.get(row.fact)
        if item is None:
            remarks.append(PlankbError("E656", cell=row.cell))
            continue
        if row.said and row.right is None:
            remarks.append(PlankbError("E657", cell=row.cell, said=row.said[:40]))
            continue
        try:
            changed = points(item.fact, {**texts(item.fact), **row.fields}, lang)
        except PlankbError as error:
            remarks.append(error)
            continue
        if changed:
            yield Judgement(fact=row.fact, action="correct", points=tuple(changed))
        elif row.right is not None and row.right is not item.right:
            yield Judgement(fact=row.fact, action="accept" if row.right else "reject")
