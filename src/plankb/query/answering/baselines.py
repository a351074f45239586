"""Targets held against their own baselines: 比基期高多少, 比现状低吗."""

from __future__ import annotations

from plankb.errors import Language
from plankb.model import Target
from plankb.query.answering import select
from plankb.query.answering.differences import baseline_words, since_baseline
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say, target_words
from plankb.query.library import Library
from plankb.query.model import Form, Understood

_FEW = 4


def against_baseline(query: Understood, library: Library, lang: Language) -> Result | None:
    """How the targets of a query stand to what they start from: yes or no where that is asked; None where there is no
    target. A target in words, or one without a baseline, is told as it stands."""
    found = [fact for fact in select.targets(query, library).facts if isinstance(fact, Target)]
    if not found:
        return None
    told = [target for target in found if since_baseline(target, lang)]
    others = [target for target in found if target not in told]
    if not told:
        changes = [target for target in others if target.change and target.value is not None]
        shown = changes or [target for target in others if target.baseline] or others
        key = "only_change" if changes else "no_baseline"
        listed = _listed(shown, library, lang)
        return Result(text=say("sentence", key, lang, list=listed), facts=(*shown, *_rest(found, shown)))
    listed = _listed(told, library, lang)
    right = [target for target in told if query.form in ("higher", "lower") and _is(target, query.form)]
    if query.form in ("higher", "lower"):
        listed = say("sentence", "that_is" if right else "that_is_not", lang, text=listed)
    return Result(text=say("sentence", "targets_few", lang, list=listed), facts=(*told, *others))


def _is(target: Target, form: Form | None) -> bool:
    gap = float(target.value or 0) - float(target.baseline.value if target.baseline else 0)
    return gap > 0 if form == "higher" else gap < 0


def _rest(found: list[Target], shown: list[Target]) -> list[Target]:
    return [target for target in found if target not in shown]


def _listed(targets: list[Target], library: Library, lang: Language) -> str:
    said = (
        target_words(target, library.vocabulary.plans, lang)
        + (since_baseline(target, lang) or baseline_words(target, lang))
        for target in targets
    )
    return joined(dict.fromkeys(said), lang, limit=_FEW, mark="parts")
