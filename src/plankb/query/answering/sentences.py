"""Sentences of answers and notes, from `words/answers.toml`, and the pieces that fill them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from plankb import words
from plankb.model import Plan, Target
from plankb.phrases import value
from plankb.query.library import Library
from plankb.words import Language

_FEW = 4
_NAMES = 8


def say(group: str, key: str, lang: Language, **fields: object) -> str:
    """A sentence or word of `answers.toml`, its fields filled in."""
    return words.say(f"answers.{group}.{key}", lang, **fields)


def joined(words: Iterable[str], lang: Language, *, limit: int | None = None, mark: str = "list") -> str:
    """A list in words; with `limit` the first so many and a mark that there are more. `mark` is what joins them."""
    all_words = list(words)
    shown = all_words if limit is None else all_words[:limit]
    more = say("join", "etc", lang) if len(shown) < len(all_words) else ""
    return say("join", mark, lang).join(shown) + more


def target_words(target: Target, plans: Sequence[Plan], lang: Language) -> str:
    """A target in words: indicator, year, value and plan."""
    by = say("sentence", "by_year", lang, year=target.by) if target.by else ""
    title = next((plan.title for plan in plans if plan.id == target.plan), target.plan)
    return say("sentence", "target", lang, indicator=target.indicator, by=by, value=value(target, lang), plan=title)


def target_list(targets: Iterable[Target], library: Library, lang: Language, *, most: int | None = None) -> str:
    """Targets in words, each said once; of more than `most` the first so many."""
    said = dict.fromkeys(target_words(target, library.vocabulary.plans, lang) for target in targets)
    return joined(said, lang, limit=most, mark="parts")


def names(words: Sequence[str], lang: Language) -> str:
    """Names of bureaus, not too many of them."""
    return joined(words, lang, limit=_NAMES)


def where(plan_ids: Iterable[str], plans: Sequence[Plan], lang: Language) -> str:
    """In which plans facts stand: 均在《…》, or how many in each."""
    counts = Counter(plan_ids)
    titles = {plan.id: plan.title for plan in plans if plan.id in counts} if len(counts) <= _FEW else {}
    if len(counts) == 1:
        return say("where", "one", lang, plan=titles.get(next(iter(counts)), next(iter(counts))))
    if len(counts) > _FEW:
        return say("where", "many", lang, count=len(counts))
    items = [say("where", "item", lang, plan=titles.get(plan, plan), count=count) for plan, count in counts.items()]
    return say("where", "few", lang, list=joined(items, lang))


def searched(found: Sequence[Plan], total: int, lang: Language) -> str:
    """Which plans were searched."""
    if len(found) == total or len(found) > _FEW:
        return say("note", "searched_all", lang, count=len(found))
    return joined((f"《{plan.title}》" if lang == "zh" else plan.title for plan in found), lang)
