"""Steps of one work whose times stand in the wrong order: 2029年5月启动采购、2028年底前投入使用."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from plankb import rules, times
from plankb.checks.registry import Draft, Remark
from plankb.model import Span

_CLAUSE = re.compile(r"[^，、；：（）()]+")
_BARE = 2
"""Characters that a later clause may have beside its time and step where it speaks of the work named before."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a ladder, the last day of its time (ISO), the clause, and what else the clause names."""

    ladder: str
    rank: int
    end: str
    span: Span
    words: str
    rest: str


def all_of(draft: Draft) -> Iterator[Remark]:
    """Sentence by sentence; a later clause that names another work is not compared."""
    for start, end in draft.full_sentences:
        sentence = draft.text[start:end]
        if sentence.count("年") + sentence.count("月") > 1:
            for one, other in combinations(_steps(sentence, start), 2):
                early, late = sorted((one, other), key=lambda step: step.rank)
                if one.ladder == other.ladder and one.rank != other.rank and early.end > late.end and not other.rest:
                    details: dict[str, object] = {"early": early.words, "late": late.words}
                    yield Remark((one.span[0], other.span[1]), "E356", details)
                    break


def _steps(sentence: str, at: int) -> list[_Step]:
    """The clauses of a sentence that give one step its time, in their order."""
    found = []
    for clause in _CLAUSE.finditer(sentence):
        words = clause.group()
        told = [time for time in times.find(words) if time.end and not time.base and not time.past]
        forms = [(form, match) for form in rules.many("steps", "step") if (match := form.search(words))]
        if len(told) != 1 or len(forms) != 1 or rules.one("steps", "other_part").search(words):
            continue
        form, match = forms[0]
        ladder, rank = form.means.split()
        rest = words.replace(told[0].text, "").replace(match.group(), "")
        rest = rules.one("steps", "filler").sub(rest) if rest else rest
        span = at + clause.start(), at + clause.end()
        named = rest if len(rest) > _BARE else ""
        found.append(_Step(ladder, int(rank), told[0].end or "", span, words, named))
    return found
