"""All conflicts of a knowledge base: those between facts, and what the text of one plan says against itself.

The latter are sums, rates and announced numbers. `check` has rules of its own for these; here they are read from the
clean text alone, as a knowledge base keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from plankb import rules
from plankb.checks import counts, sums, table_sums
from plankb.checks.conflicts import compare_plans, in_order, once
from plankb.checks.known import Known
from plankb.checks.pieces import around
from plankb.checks.registry import Remark
from plankb.checks.wording import make, words_at
from plankb.document import Table, text_rows
from plankb.model import Conflict, Plan, Span, Words

_NUMBER = re.compile(r"\d[\d,.]*")
_DIGITS = re.compile(r"\d")
_LONGEST, _FEW = 1500, 2
"""Characters of a sentence beyond which it is none; lines of a table from which on rows can be added up."""


def find_conflicts(known: Known, *, everything: bool = False) -> tuple[Conflict, ...]:
    """All conflicts, the gravest first. `everything` adds the comparisons that found none (tighter, …)."""
    plans = {plan.id: plan for plan in known.plans}
    found = compare_plans(known, everything=everything)
    return in_order(
        {conflict.id: conflict for conflict in (*found, *once(against_itself(plans, known.texts), found))}.values()
    )


def against_itself(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each sum, rate or number in a plan's text that the words beside it do not come to."""
    for plan, text in texts.items():
        if plan in plans:
            paragraphs = [
                (at, at + len(line)) for at, line in text_rows.lines(text) if "\t" not in line and line.strip()
            ]
            sentences = [each for span in paragraphs for each in _sentences(text, span)]
            for span in sentences:
                if len(_DIGITS.findall(text, *span)) > 1:
                    for remark in sums.in_sentence(text, span):
                        yield _conflict(plan, text, remark, _with_terms(text, remark))
            for span in paragraphs:
                for remark in sums.in_paragraph(text, span):
                    yield _conflict(plan, text, remark, span)
            for span, remark in counts.in_lists(text, paragraphs, sentences).items():
                yield _conflict(plan, text, remark, around(text, span, "。\n"))
            yield from _named_by_two_numbers(plan, text)
            for table in _tables(text):
                for remark in table_sums.remarks(table):
                    yield _conflict(plan, text, remark, table.span)


def _named_by_two_numbers(plan: str, text: str) -> Iterator[Conflict]:
    """五大特色园区 and 六大特色园区: one thing of a plan under two numbers, once for each."""
    first: dict[tuple[str, str], re.Match[str]] = {}
    told: set[tuple[str, str]] = set()
    for match in rules.pattern("checks", "counted.by_number").finditer(text):
        key = match["kind"], match["name"]
        one = first.setdefault(key, match)
        if one["number"] != match["number"] and key not in told:
            told.add(key)
            facts = [words_at(plan, "counted-", text, around(text, each.span(), "，。；\n")) for each in (one, match)]
            why = Words.of("errors.E443", words=match.group(), other=one.group())
            yield make("internal", "warning", match["name"], facts, why)


def _sentences(text: str, span: Span) -> Iterator[Span]:
    for match in rules.pattern("checks", "full_sentence").finditer(text, *span):
        if match.end() - match.start() <= _LONGEST:
            yield match.span()


def _tables(text: str) -> Iterator[Table]:
    for rows in text_rows.rows(text):
        if len(rows) > _FEW:
            yield Table("", tuple(rows), (rows[0].span[0], rows[-1].span[1]))


def _with_terms(text: str, remark: Remark) -> Span:
    """The clause of a total, or the sentence where the clause does not hold all that is added up."""
    clause = around(text, remark.span)
    terms = str(remark.details.get("terms", "")).count("+") + 1
    return clause if len(_NUMBER.findall(text, *clause)) > terms else around(text, remark.span, "。\n")


def _conflict(plan: str, text: str, remark: Remark, around: Span) -> Conflict:
    """A conflict of what is said and the words around it, a sentence, a paragraph or a table."""
    facts = [words_at(plan, "said", text, remark.span), words_at(plan, "beside", text, around)]
    why = Words.of(f"errors.{remark.code}", **remark.details)
    return make("internal", "warning", facts[0].indicator, facts, why)
