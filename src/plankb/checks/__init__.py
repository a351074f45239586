"""Consistency: conflicts between plans in force, and the findings of a draft checked before it is issued."""

from __future__ import annotations

from plankb.checks.check import all_rules, check
from plankb.checks.conflicts import COMPARISONS, SHOWN
from plankb.checks.inside import find_conflicts
from plankb.checks.known import Known
from plankb.checks.registry import Draft, Rule

__all__ = ["COMPARISONS", "SHOWN", "Draft", "Known", "Rule", "all_rules", "check", "find_conflicts"]
