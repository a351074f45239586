"""Questions for what a place leaves out or weakens of the plans above: 贵州省的哪些目标贵阳没有落实."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from plankb.errors import Language
from plankb.model import AnyFact, Coverage, Plan, Verdict
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise.names import pieces
from plankb.query.vocabulary import is_of_level
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
    together = [[plan.id] for plan in own] if query.verdict else [[plan.id for plan in own]]
    found = [one for ids in together for one in library.coverage(ids, [plan.id for plan in above])]
    records = [one for one in found if _is_on(one, query)]
    wanted: tuple[Verdict, ...] = (query.verdict,) if query.verdict else _UNMET
    unmet = [one for one in records if one.verdict in wanted]
    place = own[0].jurisdiction or ""
    titles = joined((f"《{plan.title}》" if lang == "zh" else plan.title for plan in above), lang, limit=3)
    if not records:
        return Result.nothing(query, lang)
    if not unmet and wanted != _UNMET:
        named = joined((word("coverage", verdict, lang) for verdict in wanted), lang)
        asked = len({one.superior.quote for one in records})
        text = say("sentence", "coverage_none", lang, place=place, plans=titles, count=asked, named=named)
        return Result(text=text)
    if not unmet:
        text = say("sentence", "coverage_met", lang, place=place, plans=titles, count=len(records))
        return Result(text=text, facts=tuple(one.superior for one in records))
    counts = Counter(one.verdict for one in unmet)
    told = joined(
        (f"{word('coverage', verdict, lang)} {counts[verdict]}" for verdict in wanted if counts[verdict]), lang
    )
    listed = say("join", "parts", lang).join(_told(one, own, query, lang) for one in unmet[:_SHOWN])
    code = "coverage" if wanted == _UNMET else "coverage_some"
    text = say(
        "sentence", code, lang, place=place, plans=titles, count=len(unmet), counts=told, list=listed,
        more=say("join", "etc", lang) if len(unmet) > _SHOWN else "",
    )  # fmt: skip
    return Result(text=text, facts=_facts(unmet, query))


def _told(one: Coverage, own: Sequence[Plan], query: Understood, lang: Language) -> str:
    """A requirement and its answer in words, with the plan that answers where each is looked at for itself."""
    said = one.why.text(lang)
    titles = [plan.title for plan in own if any(answer.plan == plan.id for answer in one.answers)]
    if not query.verdict or not titles:
        return said
    return f"{said}（《{titles[0]}》）" if lang == "zh" else f"{said} ({titles[0]})"


def _facts(unmet: Sequence[Coverage], query: Understood) -> tuple[AnyFact, ...]:
    """The requirements; where one kind of answer is asked for, each with the answers to it."""
    found = [fact for one in unmet for fact in ((one.superior, *one.answers) if query.verdict else (one.superior,))]
    return tuple({fact.id: fact for fact in found}.values())


def _home(plan: Plan) -> Place | None:
    return places.of(plan.jurisdiction) if plan.jurisdiction else None


def _own(query: Understood, plans: Sequence[Plan]) -> list[Plan]:
    """The plans of the lowest place that a question names, else those of the plans it names."""
    named = [place for name in query.places if (place := places.of(name))]
    named += [home for plan in plans if plan.id in query.plans and (home := _home(plan))]
    if not named:
        homes = {home for plan in plans if (home := _home(plan))}
        lower = {home for home in homes if set(places.ancestors(home)) & (homes - {home})}
        return [plan for plan in plans if _home(plan) in lower] if len(lower) == 1 else []
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
    of_places = [plan for plan in found if plan.jurisdiction in query.places or is_of_level(plan, query.levels)]
    return named or of_places or found


def _is_on(one: Coverage, query: Understood) -> bool:
    """Whether a requirement is on the topic of a question; all are where the topic is none of their words."""
    if query.topic is None or not query.topic.labels:
        return True
    said = f"{getattr(one.superior, 'indicator', '')}{getattr(one.superior, 'title', '')}{one.superior.quote}"
    return any(pieces(words, said) for words in query.topic.words)
