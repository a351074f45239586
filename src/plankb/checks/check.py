"""Checking a draft: every rule that is on, its remarks made into findings in the order of the text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib import import_module

from plankb.checks import located
from plankb.checks.config import Settings
from plankb.checks.pieces import Covered, around
from plankb.checks.registry import RULES, Draft, Remark, Rule
from plankb.model import Finding, Words

_MODULES = (
    "targets", "tasks", "baselines", "measures", "promises", "bureaus", "bodies", "home", "dates",
    "wrong_dates", "references", "headings", "pairs",
    "repeats", "widths", "leftovers", "characters", "stops", "bounds_said", "terms", "abbreviations", "rows", "counts",
    "sums", "layout",
)  # fmt: skip
"""The modules that hold rules, in the order of the rules page."""
_ORDER = {"error": 0, "warning": 1, "info": 2}


def all_rules() -> dict[str, Rule]:
    """Every rule by name."""
    for name in _MODULES:
        import_module(f"plankb.checks.{name}")
    return RULES


def check(draft: Draft, *, only: Collection[str] = (), settings: Settings | None = None) -> tuple[Finding, ...]:
    """The findings of a draft in the order of the text. `only` names the rules to run; () runs all that are on."""
    known, own = draft.known, draft.reading.plan
    with located.told_by((*known.plans, own), {**known.texts, own.id: draft.text}):
        return _found(draft, only, settings or Settings())


def _found(draft: Draft, only: Collection[str], settings: Settings) -> tuple[Finding, ...]:
    chosen = [r for r in all_rules().values() if (r.name in only if only else r.name not in settings.off)]
    found: dict[tuple[str, int, int, str], Finding] = {}
    for rule in chosen:
        for remark in rule.check(draft):
            finding = _finding(draft, rule, remark, settings)
            found.setdefault((rule.name, *finding.span, finding.message.zh), finding)
    around = {rule: Covered(one.span for one in found.values() if one.rule == rule) for rule in _TELLS.values()}
    kept = [one for one in found.values() if one.rule not in _TELLS or not around[_TELLS[one.rule]].hold(one.span)]
    kept = [one for one in kept if one.rule != "target-inconsistent" or not _is_added_up(draft, one, kept)]
    units = Covered(one.span for one in kept if one.rule == "unit-mismatch")
    kept = [one for one in kept if one.rule != "sum-mismatch" or not units.hold(one.span)]
    return tuple(sorted(kept, key=lambda finding: (finding.span, _ORDER[finding.severity], finding.rule)))


_TELLS = {"sum-mismatch": "target-inconsistent", "target-inconsistent": "table-mismatch"}
"""The rule that says better what another one finds at the same words: amounts of years, rows of a list."""


def _is_added_up(draft: Draft, one: Finding, found: Sequence[Finding]) -> bool:
    """Whether the sums of a draft say of the same sentence and total what its facts say too."""
    start, end = around(draft.text, one.span)
    sums = [other for other in found if other.rule == "sum-mismatch" and start <= other.span[0] < end]
    return any(other.quote in one.message.zh for other in sums)


def _finding(draft: Draft, rule: Rule, remark: Remark, settings: Settings) -> Finding:
    return Finding(
        rule=rule.name,
        severity=settings.severity.get(rule.name, remark.severity or rule.severity),
        message=Words.of(f"errors.{remark.code}", **remark.details),
        span=remark.span,
        quote=draft.text[slice(*remark.span)],
        line=draft.reading.clean.line(remark.span[0]),
        related=remark.related,
        fixes=remark.fixes,
    )
