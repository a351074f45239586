"""Tasks that a workbook adds: taken where their words stand in the plan, so that each has its quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from plankb.correction_sheets.added import AddedTask
from plankb.corrections import correction_id
from plankb.errors import PlankbError
from plankb.kb.sheet_plans import Plans
from plankb.model import ROLES, Correction, Role, Span, Task
from plankb.store import Store


def corrections_of(
    store: Store, found: Iterable[AddedTask], *, who: str, when: str, unknown: bool
) -> Iterator[Correction | PlankbError]:
    """A correction for each task, or a remark: its words are not in the plan, or nobody knows one of its bureaus.

    With `unknown` bureaus that nobody knows are taken as new ones.
    """
    plans = Plans(store)
    by_point: dict[tuple[str, str], AddedTask] = {}
    for one in found:
        known = by_point.get(one.point)
        by_point[one.point] = one if known is None or len(one.measures) > len(known.measures) else known
    for one in by_point.values():
        text = store.text(one.plan)
        span = _place(text, one.measures) or _place(text, one.title)
        if span is None:
            yield PlankbError("E531", cell=one.cell, text=one.title)
            continue
        yield from _correction(plans, one, text, span, who=who, when=when, unknown=unknown)


def _place(text: str, words: str) -> Span | None:
    """Where words stand in a text, whatever the white space between them."""
    squeezed = "".join(words.split())
    match = re.search(r"\s*".join(map(re.escape, squeezed)), text) if squeezed else None
    return match.span() if match else None


def _correction(
    plans: Plans, one: AddedTask, text: str, span: Span, *, who: str, when: str, unknown: bool
) -> Iterator[Correction | PlankbError]:
    id_ = f"{one.plan}:added-{blake2b(one.point[1].encode(), digest_size=5).hexdigest()}"
    quote = text[slice(*span)]
    task = Task(
        id=id_, plan=one.plan, section=plans.section_at(one.plan, span[0]), quote=quote, span=span, title=one.title,
        text=one.measures or one.title, by=one.by,
    )  # fmt: skip
    roles: dict[Role, list[str]] = {role: [] for role in ROLES}
    bureaus: dict[str, str] = {}
    for name, bureau, held in one.roles:
        id_of, known = (bureau, True) if bureau else plans.bureau_of(task, name)
        if not known:
            yield plans.unknown(one.cell, name, taken=unknown)
        if known or unknown:
            bureaus[name] = id_of
            for role in held:
                roles[role].append(name)
    made = task.model_copy(update={**{role: tuple(names) for role, names in roles.items()}, "bureaus": bureaus})
    yield Correction(
        id=correction_id(id_, None, None), plan=one.plan, fact=id_, section=task.section, title=one.title,
        action="add", after=(made.model_dump_json(),), words=one.words, source=quote, who=who, when=when,
    )  # fmt: skip
