"""A conflict in words: which facts, of which plans, in both languages, under an id that stays while the facts stay."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from plankb.checks.compare import Placed
from plankb.errors import Language, message
from plankb.model import AnyFact, Conflict, Severity, Words
from plankb.phrases import value


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
        return message(code, lang, place=place, indicator=indicator, by=first.target.by or "", listed=listed, **details)

    return make(kind, severity, indicator, facts, Words(zh=said("zh"), en=said("en")))


def _listed(one: Placed, lang: Language) -> str:
    when = f"{one.target.by}年" if one.target.by and lang == "zh" else one.target.by or ""
    words = (
        f"{when}{value(one.target, lang)}"
        if lang == "zh"
        else f"{value(one.target, lang)} by {when}".removesuffix(" by ")
    )
    return f"{words}（《{one.plan.title}》）" if lang == "zh" else f"{words} ({one.plan.title})"


def make(kind: str, severity: Severity, indicator: str, facts: Sequence[AnyFact], why: Words) -> Conflict:
    """A conflict whose id stays while its facts stay."""
    stem = blake2b("\x1f".join((kind, *sorted(fact.id for fact in facts))).encode(), digest_size=6).hexdigest()
    return Conflict(
        id=f"conflict-{stem}", type=kind, severity=severity, indicator=indicator, facts=tuple(facts), why=why
    )
