"""Conflicts of a knowledge base, and a draft checked against it without being added to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from plankb import checks
from plankb.checks import config
from plankb.checks.compare import in_one_line
from plankb.checks.conflicts import SHOWN
from plankb.checks.located import is_of_unlisted
from plankb.errors import Language, PlankbError
from plankb.extractors import Reading
from plankb.kb.files import read_file
from plankb.kb.outputs import hand_out
from plankb.model import Conflict, Finding, Plan, Severity
from plankb.readers import formats
from plankb.store import Store

_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, kw_only=True)
class ConflictFilter:
    """Which conflicts: () and None mean any. `severity` is the least; `everything` adds what is no conflict."""

    types: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    severity: Severity | None = None
    everything: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What to check: `only` names the rules to run, `off` those not to; `settings` is a file of settings, or None.

    `date` is the draft's date, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None to find it in the draft.
    """

    only: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    settings: Path | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A checked draft. `findings` are those to act on, `accepted` those that stand in the file beside the draft.

    `plans` is the number of plans that it was checked against, `titles` their titles by id.
    """

    file: Path
    reading: Reading
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    plans: int
    titles: dict[str, str]

    @property
    def passes(self) -> bool:
        """Whether there is no error and no warning."""
        return all(finding.severity == "info" for finding in self.findings)


Step = Literal["reading", "comparing"]
"""What a check does: it reads the draft, then sets it against so many plans."""


def silent(step: Step, count: int) -> None:
    """Tells nobody."""


def conflicts(store: Store, where: ConflictFilter) -> tuple[Conflict, ...]:
    """The conflicts of a knowledge base, the gravest first. Raises E406 for a type that does not exist."""
    known = (*SHOWN, *checks.COMPARISONS)
    if wrong := next((name for name in where.types if name not in known), None):
        raise PlankbError("E406", type=wrong, known="、".join(known))
    everything = where.everything or any(name in checks.COMPARISONS for name in where.types)
    plans = store.plans()
    known_facts = checks.Known(
        plans=tuple(plans),
        targets=tuple(store.facts("target")),
        tasks=tuple(store.facts("task")),
        deadlines=tuple(store.facts("deadline")),
        texts={plan.id: store.text(plan.id) for plan in plans},
    )
    found = checks.find_conflicts(known_facts, everything=everything)
    return tuple(conflict for conflict in found if _wanted(conflict, where))


def _wanted(conflict: Conflict, where: ConflictFilter) -> bool:
    least = _GRAVITY[where.severity or "info"]
    return (
        (not where.types or conflict.type in where.types)
        and (not where.plans or any(fact.plan in where.plans for fact in conflict.facts))
        and (not where.by or any(_times(fact) & set(where.by) for fact in conflict.facts))
        and _GRAVITY[conflict.severity] <= least
    )


def _times(fact: object) -> set[str]:
    by = getattr(fact, "by", None) or ()
    return {by[:4]} if isinstance(by, str) else {each[:4] for each in by}


def check(store: Store | None, path: Path, choice: Choice, progress: Callable[[Step, int], None] = silent) -> Checked:
    """Checks a draft; without a store against itself alone. `progress` is told each step as it begins.

    Raises E101 to E107 for a file that cannot be read, E401 to E403 for a rule or a file of settings that cannot, E410
    for a date that is none.
    """
    if choice.date and not _DATE.fullmatch(choice.date):
        raise PlankbError("E410", date=choice.date)
    progress("reading", 0)
    reading = read_file(path)
    known = _known(store, reading.plan) if store else checks.Known()
    progress("comparing", len(known.plans))
    settings = _settings(path, choice)
    draft = checks.Draft(reading, known, choice.date, laid_out=formats.named(path) not in (None, formats.PLAIN))
    found = checks.check(draft, only=choice.only, settings=settings)
    entries = config.accepted(config.accepted_file(path))
    accepted = tuple(finding for finding in found if config.is_accepted(finding, entries))
    return Checked(
        file=path,
        reading=reading,
        findings=tuple(finding for finding in found if finding not in accepted),
        accepted=accepted,
        plans=len(known.plans),
        titles={plan.id: plan.title for plan in (*known.plans, reading.plan)},
    )


def _known(store: Store, draft: Plan) -> checks.Known:
    plans = tuple(store.plans())
    return checks.Known(
        plans=plans,
        targets=tuple(store.facts("target")),
        tasks=tuple(store.facts("task")),
        bureaus=tuple(store.bureaus()),
        deadlines=tuple(store.facts("deadline")),
        texts={plan.id: store.text(plan.id) for plan in plans if in_one_line(plan, draft) or is_of_unlisted(plan)},
    )


def _settings(path: Path, choice: Choice) -> config.Settings:
    names = tuple(checks.all_rules())
    config.require_known((*choice.only, *choice.off), names)
    beside = path.with_name(config.CONFIG)
    given = choice.settings or (beside if beside.is_file() else None)
    settings = config.settings(given, names) if given else config.Settings()
    return config.Settings(settings.off | frozenset(choice.off), settings.severity)


def accept(checked: Checked, name: str, reason: str) -> Path:
    """Accepts the findings RULE@LINE of a draft in the file beside it, and gives that file. Raises E404, E405."""
    rule, _, line = name.rpartition("@")
    chosen = [finding for finding in checked.findings if finding.rule == rule and str(finding.line) == line]
    if not chosen:
        raise PlankbError("E405", finding=name)
    path = config.accepted_file(checked.file)
    for finding in chosen:
        config.accept(path, finding, reason)
    return path


def take_back(checked: Checked) -> str | None:
    """Takes back what was accepted last in the file beside a draft, and gives its words; None where there is none."""
    entry = config.take_back(config.accepted_file(checked.file))
    return None if entry is None else entry.quote


def render(checked: Checked, ending: str, *, lang: Language, **options: object) -> bytes:
    """The findings as a file with an ending, with the options of its format. Raises E407 for .docx where the draft is
    no Word file."""
    from plankb.exports.formats import DraftFindings, render

    found = DraftFindings(
        file=checked.file, findings=checked.findings, titles=checked.titles, reading=checked.reading
    )  # fmt: skip
    return render("findings", found, ending, lang=lang, **options)


def write(path: Path, data: bytes, *, sources: Iterable[Path] = ()) -> None:
    """Writes a file, never over one that it was made of. Raises E408, E507, E501, E502, E205."""
    if any(path.exists() and one.exists() and path.samefile(one) for one in sources):
        raise PlankbError("E408", path=path)
    hand_out(path, data)
