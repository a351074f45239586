"""A conflict in words: which facts, of which plans, in both languages, under an id that stays while the facts stay."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from plankb.checks.compare import Placed
from plankb.errors import Language, message
from plankb.model import AnyFact, Conflict, Severity, Span, Target, Words
from plankb.phrases import value

_SHOWN = 40
"""Characters of words that stand for a name."""


def of_targets(kind: str, severity: Severity, members: Sequence[Placed], code: str, **details: object) -> Conflict:
    """A conflict of targets, said by the message of a code, which `details` fill where it needs more than the facts."""
    facts = tuple(one.target for one in members)
    first = members[0]
    measured = [fact.indicator for fact in facts if fact.value is not None]
    indicator = min(measured or [fact.indicator for fact in facts], key=len)
    asks = first.home if kind == "looser" else first.place
    place = asks.name if asks else ""

    def said(lang: Language) -> str:
        listed = ("；" if lang == "zh" else "; ").join(_listed(one, lang) for one in members)
        return message(
            code,
            lang,
            place=place,
            indicator=indicator,
            by=first.target.by or first.due or "",
            listed=listed,
            **details,
        )

    return make(kind, severity, indicator, facts, Words(zh=said("zh"), en=said("en")))


def _listed(one: Placed, lang: Language) -> str:
    when = f"{one.target.by}年" if one.target.by and lang == "zh" else one.target.by or ""
    words = (
        f"{when}{value(one.target, lang)}"
        if lang == "zh"
        else f"{value(one.target, lang)} by {when}".removesuffix(" by ")
    )
    return f"{words}（《{one.plan.title}》）" if lang == "zh" else f"{words} ({one.plan.title})"


def of_each(
    kind: str, severity: Severity, subject: str, facts: Sequence[AnyFact], code: str, each: Sequence[tuple[str, str]]
) -> Conflict:
    """A conflict on a subject, said by the message of a code: `each` are (what is said, title of its plan)."""

    def said(lang: Language) -> str:
        pattern, mark = ("{}（《{}》）", "；") if lang == "zh" else ("{} ({})", "; ")
        listed = mark.join(pattern.format(*one) for one in each)
        return message(code, lang, task=subject, name=subject, listed=listed)

    return make(kind, severity, subject, facts, Words(zh=said("zh"), en=said("en")))


def words_at(plan: str, kind: str, text: str, span: Span) -> Target:
    """Words of a plan in which no target was read, as a side of a conflict; `kind` keeps apart what finds them."""
    words = text[slice(*span)]
    return Target(
        id=f"{plan}-{kind}{span[0]}-{span[1]}", plan=plan, section=(), quote=words, span=span, indicator=words[:_SHOWN],
        indicator_id=words[:_SHOWN],
    )  # fmt: skip


def make(kind: str, severity: Severity, indicator: str, facts: Sequence[AnyFact], why: Words) -> Conflict:
    """A conflict whose id stays while its facts stay."""
    stem = blake2b("\x1f".join((kind, *sorted(fact.id for fact in facts))).encode(), digest_size=6).hexdigest()
    return Conflict(
        id=f"conflict-{stem}", type=kind, severity=severity, indicator=indicator, facts=tuple(facts), why=why
    )
