"""What a plan asks of all of a thing, and another one of some while 其他 are let off: 其他灌区采用以电折水方式核算."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plankb import rules, segment
from plankb.checks.compare import Placed, is_bound, placed
from plankb.checks.wording import of_targets
from plankb.in_force import comparable
from plankb.model import Conflict, Plan, Span, Target

_FEW, _MOST, _HEAD = 3, 0.7, 2
"""Words and the share of them that a sentence needs in common with another; characters that a noun ends in."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of a plan's text; `what` is whom it lets off, or the words that bind all."""

    plan: Plan
    span: Span
    words: str
    what: str


def exempted(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each sentence that lets others off what a plan of its place, or of one above, asks of all."""
    let_off = [said for plan, text in texts.items() if plan in plans for said in _let_off(plans[plan], text)]
    binding = {plan: tuple(_asked(plans[plan], text)) for plan, text in texts.items() if plan in plans and let_off}
    for part in let_off:
        for plan, asked_there in binding.items():
            if comparable(plans[plan], part.plan):
                asked = next((said for said in asked_there if _of_one(said, part)), None)
                higher, lower = (_as_target(asked), _as_target(part)) if asked else (None, None)
                if higher and lower and is_bound(higher, lower):
                    yield of_targets("looser", "warning", (higher, lower), "E454")


def _let_off(plan: Plan, text: str) -> Iterator[_Said]:
    for match in rules.one("contrasts", "let_off").regex.finditer(text):
        start = max(text.rfind(stop, 0, match.start()) for stop in "。；\n") + 1
        words = text[start : match.end()]
        if not rules.one("contrasts", "of_all").search(words):
            yield _Said(plan, (start, match.end()), words, match["what"])


def _asked(plan: Plan, text: str) -> Iterator[_Said]:
    for match in rules.one("contrasts", "of_all").regex.finditer(text):
        start = max(text.rfind(stop, 0, match.start()) for stop in "，。；：、\n\t") + 1
        ends = [at for stop in "，。；\n\t（" if (at := text.find(stop, match.end())) >= 0]
        end = min(ends, default=len(text))
        yield _Said(plan, (start, end), text[start:end], match.group())


def _of_one(asked: _Said, part: _Said) -> bool:
    """Whether a sentence that lets others off says most of the words of what is asked, and names who they are alike."""
    empty = rules.words("contrasts", "no_matter")
    said = segment.words(asked.words.replace(asked.what, "，"))
    words = [word for word in said if len(word) > 1 and word not in empty]
    shared = sum(word in part.words for word in words)
    return len(words) >= _FEW and shared >= _MOST * len(words) and part.what[-_HEAD:] in asked.words


def _as_target(said: _Said) -> Placed:
    target = Target(
        id=f"{said.plan.id}-said{said.span[0]}", plan=said.plan.id, section=(), quote=said.words, span=said.span,
        indicator=said.words, indicator_id=said.words, qualitative=said.what,
    )  # fmt: skip
    return placed(target, said.plan)
