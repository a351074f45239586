"""Questions for what a place leaves out or weakens of the plans above: 贵州省的哪些目标贵阳没有落实."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from plankb.errors import Language
from plankb.model import Coverage, Plan, Verdict
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise.names import pieces
from plankb.register import Place, places
from plankb.words import word

_UNMET: tuple[Verdict, ...] = ("weaker", "missing", "later")
_SHOWN = 6


def coverage(query: Understood, library: Library, lang: Language) -> Result:
    """The requirements of the plans above that the plans of a place weaken, leave out or put off.

    The lower of two places answers to the higher; a plan named above narrows what it answers to.
    """
    plans = library.vocabulary.plans
    own = _own(query, plans)
    above = _above(query, own, plans)
    if not own or not above:
        return Result(text=say("sentence", "coverage_unclear", lang))
    records = library.coverage([plan.id for plan in own], [plan.id for plan in above])
    records = [one for one in records if _is_on(one, query)]
    unmet = [one for one in records if one.verdict in _UNMET]
    place = own[0].jurisdiction or ""
    titles = joined((f"《{plan.title}》" if lang == "zh" else plan.title for plan in above), lang, limit=3)
    if not records:
        return Result.nothing(query, lang)
    if not unmet:
        text = say("sentence", "coverage_met", lang, place=place, plans=titles, count=len(records))
        return Result(text=text, facts=tuple(one.superior for one in records))
    counts = Counter(one.verdict for one in unmet)
    told = joined(
        (f"{word('coverage', verdict, lang)} {counts[verdict]}" for verdict in _UNMET if counts[verdict]), lang
    )
    listed = say("join", "parts", lang).join(one.why.text(lang) for one in unmet[:_SHOWN])
    text = say(
        "sentence", "coverage", lang, place=place, plans=titles, count=len(unmet), counts=told, list=listed,
        more=say("join", "etc", lang) if len(unmet) > _SHOWN else "",
    )  # fmt: skip
    return Result(text=text, facts=tuple(one.superior for one in unmet))


def _home(plan: Plan) -> Place | None:
    return places.of(plan.jurisdiction) if plan.jurisdiction else None


def _own(query: Understood, plans: Sequence[Plan]) -> list[Plan]:
    """The plans of the lowest place that a question names, else those of the plans it names."""
    named = [place for name in query.places if (place := places.of(name))]
    named += [home for plan in plans if plan.id in query.plans and (home := _home(plan))]
    if not named:
        return []
    lowest = max(named, key=lambda place: len(list(places.ancestors(place))))
    here = [plan for plan in plans if _home(plan) == lowest]
    return [plan for plan in here if plan.id in query.plans] or here


def _above(query: Understood, own: Sequence[Plan], plans: Sequence[Plan]) -> list[Plan]:
    """The plans above that a question names, else those of the places above that it names, else all above."""
    if not own or (home := _home(own[0])) is None:
        return []
    higher = set(places.ancestors(home)) - {home}
    found = [plan for plan in plans if _home(plan) in higher]
    named = [plan for plan in found if plan.id in query.plans]
    of_places = [plan for plan in found if plan.jurisdiction in query.places or plan.level in query.levels]
    return named or of_places or found


def _is_on(one: Coverage, query: Understood) -> bool:
    """Whether a requirement is on the topic of a question; all are where the topic is none of their words."""
    if query.topic is None or not query.topic.labels:
        return True
    said = f"{getattr(one.superior, 'indicator', '')}{getattr(one.superior, 'title', '')}{one.superior.quote}"
    return any(pieces(words, said) for words in query.topic.words)
