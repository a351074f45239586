"""A work report set against the targets of a knowledge base: proposals for a person, who accepts what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plankb import readers
from plankb.checks.results import Match, against
from plankb.document import bounds
from plankb.errors import Language, PlankbError
from plankb.exports.formats import render as render_format
from plankb.exports.ledger.proposals import ProposalFile, Shown, sheet
from plankb.exports.side_by_side import Sheet
from plankb.kb import guard
from plankb.kb.files import collect, new_id
from plankb.kb.report_record import progress
from plankb.ledger import last_day
from plankb.model import Plan, Progress, State, Target, Task
from plankb.phrases import value
from plankb.store import FactFilter, Store
from plankb.words import say, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a report says of the targets of one task, or of one target without a task (`task` None).

    `state` is "done" where all its targets are reached, "under-way" where a result was found, None where none was:
    then there is nothing to accept. `number` counts from 1.
    """

    number: int
    plan: Plan
    task: Task | None
    matches: tuple[Match, ...]

    @property
    def state(self) -> State | None:
        """The state that the results propose."""
        if self.task is None or all(match.result is None for match in self.matches):
            return None
        return "done" if all(match.verdict == "reached" for match in self.matches) else "under-way"

    def note(self, lang: Language = "zh") -> str:
        """What the report says, as a report on the task."""
        return word("between", "semicolon", lang).join(
            say(
                "ledger.remark.result_note", lang, indicator=match.target.indicator, asked=value(match.target, lang),
                value=value(match.result, lang), verdict=word("result", match.verdict, lang),
            )
            for match in self.matches if match.result is not None
        )  # fmt: skip

    def evidence(self, file: str, lang: Language = "zh") -> str:
        """Where the report says it, word for word."""
        quotes = dict.fromkeys(match.result.quote for match in self.matches if match.result is not None)
        return "\n".join(say("ledger.remark.result_evidence", lang, file=file, quote=quote) for quote in quotes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A report that was read: its record, its file's name, the year it tells of, and what it says of each target; those
    of which it says something come first."""

    report: Plan
    file: str
    year: str | None
    found: tuple[Target, ...]
    proposals: tuple[Proposal, ...]

    def counts(self, lang: Language) -> str:
        """How many targets are reached, in a line."""
        verdicts = [match.verdict for one in self.proposals for match in one.matches]
        return say(
            "ledger.remark.results", lang, year=self.year or "?", targets=len(verdicts),
            reached=verdicts.count("reached"), short=verdicts.count("short"), not_due=verdicts.count("not-due"),
            missing=verdicts.count("no-data"),
        )  # fmt: skip


def read(store: Store, path: Path, where: FactFilter) -> Results:
    """What a work report says of the targets that meet a filter. Raises E101 to E107 for a file that cannot be read."""
    from plankb.extractors.finding import read_results

    if path.is_dir():
        raise PlankbError("E107", path=path)
    (file,) = collect([path])
    with guard.reading(file.path):
        document = readers.read(file.path)
        bounds.require_characters(len(document.source))
        bounds.require_cells(document.cells)
    with guard.understanding(file.path):
        read = read_results(document, file.plan(new_id(file, ())))
    plans = store.plans()
    matches = against(store.facts("target", where), plans, read.results, read.plan)
    proposals = _proposals(matches, {plan.id: plan for plan in plans}, store.facts("task"))
    return Results(report=read.plan, file=path.name, year=read.year, found=read.results, proposals=proposals)


def _proposals(matches: Sequence[Match], plans: dict[str, Plan], tasks: Sequence[Task]) -> tuple[Proposal, ...]:
    """Matches by the task that holds their target; what the report speaks of comes first."""
    of_target = {target: task for task in tasks for target in task.targets}
    groups: dict[str, list[Match]] = {}
    for match in matches:
        task = of_target.get(match.target.id)
        groups.setdefault(task.id if task else match.target.id, []).append(match)
    ordered = sorted(groups.values(), key=lambda group: all(match.result is None for match in group))
    return tuple(
        Proposal(
            number=number, plan=plans[group[0].target.plan], task=of_target.get(group[0].target.id),
            matches=tuple(group),
        )
        for number, group in enumerate(ordered, start=1)
    )  # fmt: skip


def file(results: Results, lang: Language) -> ProposalFile:
    """The proposals ready to be written."""
    return ProposalFile(
        report=results.report.title or results.file,
        remark=results.counts(lang),
        who=results.report.issuer or results.file,
        when=_day(results),
        proposals=tuple(_shown(one, results.file, lang) for one in results.proposals),
    )


def _day(results: Results) -> date | None:
    """The day of a report: its date, else the end of the year that it tells of."""
    return last_day(results.report.date or results.year or "")


def _shown(one: Proposal, file: str, lang: Language) -> Shown:
    verdicts = {match.verdict for match in one.matches}
    return Shown(
        number=one.number,
        task=one.task.id if one.task else None,
        title=one.task.title if one.task else "",
        lines=tuple(_line(match, lang) for match in one.matches),
        verdict=next(verdict for verdict in ("short", "not-due", "reached", "no-data") if verdict in verdicts),
        state=one.state,
        note=one.note(lang),
        evidence=one.evidence(file, lang),
    )


def _line(match: Match, lang: Language) -> tuple[str, str, str, str, str, str]:
    target, result = match.target, match.result
    asked = " ".join(filter(None, (value(target, lang), target.by)))
    near = say("ledger.remark.near", lang) if match.near else ""
    name = f"{target.indicator}（{near}）" if near else target.indicator
    reached = " ".join(filter(None, (value(result, lang), result.by))) if result else ""
    return name, target.quote, asked, result.quote if result else "", reached, match.verdict


def render(results: Results, ending: str, *, lang: Language) -> bytes:
    """The bytes of a file with an ending of `exports.formats`: .xlsx to accept in, others to read."""
    made = file(results, lang)
    if ending == ".xlsx":
        return render_format("proposals", made, ending, lang=lang)
    return render_format("sides", sheet(made, lang), ending, lang=lang)


def spoken_of(results: Results, lang: Language) -> Sheet:
    """The targets that a report speaks of, as a table in words."""
    found = tuple(one for one in results.proposals if any(match.result for match in one.matches))
    made = file(results, lang)
    numbers = {one.number for one in found}
    return sheet(replace(made, proposals=tuple(one for one in made.proposals if one.number in numbers)), lang)


def accepted(results: Results, numbers: Sequence[int], *, today: date, lang: Language) -> list[Progress]:
    """The proposals of these numbers as reports. Raises E724 for one that has nothing to accept."""
    by_number = {one.number: one for one in results.proposals}
    made = file(results, lang)
    found = []
    for number in numbers:
        one = by_number.get(number)
        if one is None or one.task is None or one.state is None:
            raise PlankbError("E724", number=number)
        said = {"note": one.note(lang), "evidence": one.evidence(results.file, lang)}
        when = (made.when if made.when and made.when <= today else today).isoformat()
        found.append(progress(one.task, one.state, done=None, said=said, who=made.who, when=when, origin=results.file))
    return found
