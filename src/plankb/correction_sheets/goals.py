"""Lines of the cell of targets: which were taken out, which were changed, and what a changed line says now.

A changed line is read twice, as it was and as it is: what differs between the two readings is the correction. So what
a target has from its surroundings (a year in a heading) is never lost, and a line that reads differently out of its
place than in it is told, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from plankb.correction_sheets.cell_corrections import GOAL, CellCorrection, Entry, Found, squeezed
from plankb.corrections import CORRECTABLE
from plankb.errors import PlankbError
from plankb.matrix.goals import without_years
from plankb.matrix.shown import Shown
from plankb.model import Plan, Target
from plankb.words import pair

_SAME_LINE = 0.4
"""Likeness from which a new line is taken for an old one that was changed."""
_END = "。"


@dataclass(frozen=True, slots=True)
class Restated:
    """One field of one target as a changed line gives it; values as text, () for none."""

    target: Target
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def aimed(task: Shown, entry: Entry) -> Found:
    """The cell of the targets: a line taken out strikes its targets out, a changed line corrects them."""
    old = list(dict.fromkeys(line.strip() for line in task.goals.values()))
    new = [line.strip() for line in entry.text.splitlines() if line.strip()]
    known, told = set(map(squeezed, old)), set(map(squeezed, new))
    if squeezed(entry.text) == squeezed("".join(old)):
        return
    gone = [line for line in old if squeezed(line) not in told]
    fresh = [line for line in new if squeezed(line) not in known]
    for line, now in _paired(gone, fresh):
        if now is not None:
            yield CellCorrection(task, "correct", entry.at, GOAL, line, before=(line,), after=(now,))
            fresh.remove(now)
            continue
        for target, shown in task.goals.items():
            if shown.strip() == line:
                yield CellCorrection(task, "reject", entry.at, before=(line,), fact=target)
    for line in fresh:
        yield PlankbError("E523", cell=entry.at, text=line)


def _paired(gone: Sequence[str], fresh: Sequence[str]) -> list[tuple[str, str | None]]:
    """Each old line with the new one that it became, None for one that was taken out."""
    if len(gone) == len(fresh):
        return list(zip(gone, fresh, strict=True))
    left = list(fresh)
    pairs: list[tuple[str, str | None]] = []
    for line in gone:
        likest = max(left, key=lambda other: _likeness(line, other), default=None)
        if likest is not None and _likeness(line, likest) >= _SAME_LINE:
            left.remove(likest)
            pairs.append((line, likest))
        else:
            pairs.append((line, None))
    return pairs


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def restated(change: CellCorrection, plan: Plan, targets: Sequence[Target]) -> list[Restated]:
    """What a changed line corrects; `targets` are those that it stands for, as they were read. Raises E533."""
    ((old, years), (new, now)) = (without_years(line) for (line,) in (change.before, change.after))
    if squeezed(old) == squeezed(new) and len(targets) == len(years) == len(now) == 1:
        return [Restated(target, "by", _texts(target.by), now) for target in targets]
    mark = [words.split("{")[0] for words in pair("tables.correction.now")]
    before, after = _read(old, plan), _read(new, plan)
    fits = targets and len(before) == len(after) == len(targets) and not any(sign in old for sign in mark)
    if not fits or [one.value for one in before] != [one.value for one in targets]:
        raise PlankbError("E533", cell=change.cell, text=old)
    found = [one for group in zip(targets, before, after, strict=True) for one in _differences(*group)]
    if not found:
        raise PlankbError("E533", cell=change.cell, text=old)
    return found


def _read(line: str, plan: Plan) -> list[Target]:
    from plankb.extractors import read_plan
    from plankb.readers import plain

    reading = read_plan(plain.to_document(line.rstrip(_END) + _END), plan)
    return [fact for fact in reading.facts if isinstance(fact, Target)]


def _differences(target: Target, before: Target, after: Target) -> Iterator[Restated]:
    for field in CORRECTABLE["target"]:
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield Restated(target, field, _texts(getattr(target, field)), _texts(now))


def _texts(value: object) -> tuple[str, ...]:
    return () if value is None else (str(value),)
