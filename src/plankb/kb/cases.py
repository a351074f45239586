"""What was judged as cases: a passage and what is to be read in it, one JSON object a line, for another office.

A case stands for itself: headings, then the paragraphs that hold the fact. Only passages in which the program reads
what it reads in the whole plan become cases; the rest depend on what stands elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from plankb import corrections
from plankb.errors import PlankbError
from plankb.kb.estimating import Share, Stratum, share
from plankb.kb.measuring import Item, Sample
from plankb.kb.outputs import hand_out
from plankb.model import AnyFact, Correction, Plan, Task

if TYPE_CHECKING:
    from plankb.store import Store

_COMPARED: Mapping[str, tuple[str, ...]] = {
    "task": ("title", "lead", "support", "joint", "by"),
    "target": ("indicator", "op", "value", "value_max", "unit", "change", "by", "qualitative"),
    "deadline": ("by", "bound", "start", "end"),
    "project": ("name",),
    "citation": ("title", "number"),
}
"""The fields of each kind that a case holds."""
_LONGEST = 20_000
_MOST = 10_000


class Case(BaseModel):
    """`text` with what is to be read in it: `expect` are the fields of a fact, None where there is none like `read`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    plan: str
    text: str
    read: dict[str, object]
    expect: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Written:
    """How many cases were written, and how many judged facts became none, since they depend on the rest of a plan."""

    cases: int
    dependent: int


def write(store: Store, sample: Sample, path: Path) -> Written:
    """Writes the judged facts of a sample as cases. Raises E651 where nothing is judged, E205, E501, E502."""
    judged = [item for item in sample.items if item.right is not None]
    if not judged:
        raise PlankbError("E651")
    found = [case for item in judged if (case := _case(store, item)) is not None]
    lines = "".join(json.dumps(case.model_dump(), ensure_ascii=False) + "\n" for case in found)
    hand_out(path, lines.encode())
    return Written(len(found), len(judged) - len(found))


def read(path: Path) -> tuple[Case, ...]:
    """The cases of a file. Raises E101, E105, E107, E652 with the line that is none."""
    if path.is_dir():
        raise PlankbError("E107", path=path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except UnicodeDecodeError as error:
        raise PlankbError("E652", path=path, line=1) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E101", path=path) from error
    return tuple(_cases(path, lines[:_MOST]))


def _cases(path: Path, lines: Iterable[str]) -> Iterator[Case]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            raise PlankbError("E652", path=path, line=number) from error
        if case.kind not in _COMPARED or len(case.text) > _LONGEST:
            raise PlankbError("E652", path=path, line=number)
        yield case


@dataclass(frozen=True, slots=True)
class Held:
    """Which cases this program reads as they say: by kind, and those that it does not."""

    shares: Mapping[str, Share]
    failed: tuple[Case, ...]
    count: int


def run(cases: Iterable[Case]) -> Held:
    """Reads every case with the program and rules in force."""
    listed = tuple(cases)
    failed = tuple(case for case in listed if not holds(case))
    strata: dict[str, Stratum] = {}
    for kind in dict.fromkeys(case.kind for case in listed):
        count = sum(case.kind == kind for case in listed)
        strata[kind] = Stratum(count, count, count - sum(case.kind == kind for case in failed))
    shares = {kind: found for kind, one in strata.items() if (found := share([one]))}
    return Held(shares, failed, len(listed))


def holds(case: Case) -> bool:
    """Whether the program reads what a case expects, and nothing where it expects nothing."""
    found = _facts_of(case)
    return case.read not in found if case.expect is None else case.expect in found


def _case(store: Store, item: Item) -> Case | None:
    """The case of a judged fact; None where its passage alone is not read as the whole plan is."""
    read_ = _fields(item.fact)
    text = _passage(store, item.fact)
    said = [one for one in store.corrections([item.fact.plan]) if one.fact == item.fact.id]
    expect = None if any(one.action == "reject" for one in said) else _fields(_corrected(item.fact, said))
    case = Case(kind=item.fact.kind, plan=item.fact.plan, text=text, read=read_, expect=expect)
    return case if len(text) <= _LONGEST and read_ in _facts_of(case) else None


def _corrected(fact: AnyFact, said: Iterable[Correction]) -> AnyFact:
    return reduce(corrections.correct, sorted(said, key=lambda one: one.when), fact)


def _passage(store: Store, fact: AnyFact) -> str:
    """The title and headings above a fact, and the paragraphs that it stands in."""
    clean, plan = store.clean(fact.plan), store.plan(fact.plan)
    first, last = clean.paragraph_at(fact.span[0]), clean.paragraph_at(max(fact.span[0], fact.span[1] - 1))
    words = clean.text[first.start : last.end].split("\n")
    above = [heading for heading in fact.section if not any(one.startswith(heading) for one in words)]
    return "\n\n".join([plan.title, *above, *words]) + "\n"


def _facts_of(case: Case) -> list[dict[str, object]]:
    """The fields of the facts of the case's kind that are read in its text."""
    from plankb import readers
    from plankb.extractors import read_plan

    document = readers.to_document(case.text.encode(), Path("case.txt"))
    return [_fields(fact) for fact in read_plan(document, Plan(id="case", title="")).facts if fact.kind == case.kind]


def _fields(fact: AnyFact) -> dict[str, object]:
    """What a case holds of a fact, without what says nothing; bureaus in any order."""
    said = fact.model_dump(mode="json", include=set(_COMPARED[fact.kind]))
    sort = isinstance(fact, Task)
    return {
        name: sorted(value) if sort and isinstance(value, list) else value
        for name, value in said.items()
        if value not in (None, [], "")
    }
