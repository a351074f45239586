"""Plans as answers: by what they hold or leave out, by time, by place, and who issued them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from plankb import in_force, rules
from plankb.errors import Language
from plankb.model import Plan
from plankb.query.answering import conditions, select
from plankb.query.answering.by_topic import Selection
from plankb.query.answering.fulltext import HAN
from plankb.query.answering.many import plans_of
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.register import places
from plankb.words import word

_FEW, _RANKED, _HEAD, _PLACES = 6, 4, 1500, 12


def plans(query: Understood, library: Library, lang: Language) -> Result:
    """The plans of a query."""
    if query.saying or query.silent:
        return _by_sayings(query, library, lang)
    if query.state == "late":
        return _expired(query, library, lang)
    found = _found(query, library)
    if query.absent and not _asks_of_contents(query):
        return Result.nothing(query, lang)
    if query.absent:
        return _without(found, query, library, lang)
    if query.group and query.aggregate in ("most", "least") and not query.topic and query.counted != "targets":
        return _by_place(query, library, lang)
    titles = [fact.title for fact in found.facts if isinstance(fact, Plan)]
    if not titles:
        return Result.nothing(query, lang, remarks=_unsigned(query, library, lang))
    if query.aggregate in ("latest", "earliest"):
        return _latest([fact for fact in found.facts if isinstance(fact, Plan)], query, library, lang)
    if query.aggregate in ("most", "least"):
        what = say("what", query.counted or "tasks", lang)
        most = query.aggregate == "most"
        sentence = ("plans_ranked" if most else "plans_ranked_least") if len(titles) > 1 else "plans_first"
        others = joined([f"《{title}》" for title in titles[1:]], lang, limit=_RANKED)
        return _of(found, say("sentence", sentence, lang, what=what, first=titles[0], list=others))
    if query.dated == "issued" and query.period is None:
        said = [_issue(fact, library, lang) for fact in found.facts if isinstance(fact, Plan)]
        return _of(found, say("sentence", "targets_few", lang, list=joined(said, lang, limit=_RANKED, mark="parts")))
    if query.dated == "period" and query.period is None:
        unsaid = say("sentence", "unsaid", lang)
        own = [fact for fact in found.facts if isinstance(fact, Plan)]
        said = [say("sentence", "plan_period", lang, plan=p.title, period=p.period or unsaid) for p in own]
        text = joined(said, lang, limit=_FEW, mark="parts")
        return _of(found, say("sentence", "targets_few", lang, list=text))
    return _listed(found, query, lang)


def _listed(found: Selection, query: Understood, lang: Language) -> Result:
    """The plans found; by their places where the places of a rank are asked for (哪些省有…), others told beside."""
    own = [fact for fact in found.facts if isinstance(fact, Plan)]
    of_rank: dict[str, list[Plan]] = {}
    for plan in own:
        if query.group and plan.jurisdiction and _is_of_rank(plan.jurisdiction, query.group):
            of_rank.setdefault(plan.jurisdiction, []).append(plan)
    if not of_rank:
        return _of(found, say("sentence", "plans", lang, count=len(own), list=_titles(own, lang)))
    parts = (say("sentence", "place_plans", lang, place=place, list=_titles(held, lang))
             for place, held in of_rank.items())  # fmt: skip
    listed = joined(parts, lang, limit=_PLACES, mark="parts")
    held = [plan for plans_ in of_rank.values() for plan in plans_]
    others = _titles([plan for plan in own if plan not in held], lang)
    remarks = (say("note", "plans_of_others", lang, plans=others),) if others else ()
    text = say("sentence", "plans_by_place", lang, count=len(of_rank), list=listed)
    return replace(_of(replace(found, facts=tuple(held)), text), remarks=remarks)


def _is_of_rank(place: str, group: str) -> bool:
    """Whether a place is of the rank asked for; where any will do, the country is none of them."""
    rank = places.of(place).rank
    return rank == group or (group == "place" and rank in ("province", "city", "county"))


def _expired(query: Understood, library: Library, lang: Language) -> Result:
    """The plans whose own time is over, and those that name none, of which nobody can tell."""
    own = select.plans_searched(query, library)
    today = conditions.day_asked(query).isoformat()
    over = [plan for plan in own if (said := in_force.times(plan)) and said[1] < today]
    untold = [f"《{plan.title}》" for plan in own if in_force.times(plan) is None]
    remarks = (say("note", "no_term", lang, plans=joined(untold, lang, limit=_FEW)),) if untold else ()
    if not over:
        return Result(text=say("sentence", "none_expired", lang), remarks=remarks, told=True)
    listed = [say("sentence", "expired", lang, plan=plan.title, period=plan.period) for plan in over]
    text = say("sentence", "plans_expired", lang, count=len(over), list=joined(listed, lang, limit=_FEW))
    return Result(text=text, facts=tuple(over), remarks=remarks)


def _unsigned(query: Understood, library: Library, lang: Language) -> tuple[str, ...]:
    """How many plans do not say who issued them, where that was asked for."""
    count = sum(not plan.issuer for plan in select.plans_searched(query, library)) if query.dated == "issued" else 0
    return (say("note", "unsigned", lang, count=count),) if count else ()


def _issue(plan: Plan, library: Library, lang: Language) -> str:
    """Who issued a plan, under which number and when, as far as its text says so."""
    unsaid = say("sentence", "unsaid", lang)
    issuers = joined(_issuers(plan, library) or [plan.issuer or unsaid], lang)
    own = {"issuer": issuers, "number": plan.number or unsaid, "date": plan.date or unsaid}
    return say("sentence", "issued", lang, plan=plan.title, **own)


def _issuers(plan: Plan, library: Library) -> list[str]:
    """The bodies that issued a plan together, as its title or the head of its text names them before 关于; [] where it
    names no several with the issuer among them."""
    for text in (plan.title, library.store.text(plan.id)[:_HEAD]):
        for match in rules.one("question_forms", "joint_issuers").finditer(text):
            named = [name.strip() for name in match["names"].split("、")]
            if len(named) > 1 and any(name in (plan.issuer or "") or (plan.issuer or "-") in name for name in named):
                return named
    return []


def _latest(plans: Sequence[Plan], query: Understood, library: Library, lang: Language) -> Result:
    text = say("sentence", f"plans_{query.aggregate}", lang, first=plans[0].title, date=plans[0].date)
    undated = [plan.title for plan in select.plans_searched(query, library) if not plan.date]
    listed = joined((f"《{title}》" if lang == "zh" else title for title in undated), lang, limit=_FEW)
    remarks = (say("note", "undated", lang, plans=listed),) if undated else ()
    return Result(text=text, facts=tuple(plans), remarks=remarks)


def _titles(found: Sequence[object], lang: Language) -> str:
    titles = [plan.title for plan in found if isinstance(plan, Plan)]
    return joined((f"《{title}》" if lang == "zh" else title for title in titles), lang, limit=_FEW)


def _without(found: Selection, query: Understood, library: Library, lang: Language) -> Result:
    """The plans that leave something out, and those that have it."""
    others = [plan for plan in select.plans_searched(query, library) if plan not in found.facts]
    asked = " ".join(query.words) or (word("nature", query.nature, lang) if query.nature else "")
    words = {"words": asked, "count": len(found.facts), "others": len(others)}
    key = "plans_without" if found.facts and others else "plans_none_without" if others else "plans_all_without"
    text = say("sentence", key, lang, list=_titles(found.facts, lang), having=_titles(others, lang), **words)
    return Result(text=text, facts=found.facts, told=True)


def _by_place(query: Understood, library: Library, lang: Language) -> Result:
    """How many plans each place has, most or fewest first."""
    own = [plan for plan in select.plans_searched(query, library) if plan.jurisdiction and is_of_group(plan, query)]
    counts = Counter(plan.jurisdiction or "" for plan in own).most_common()
    if not counts:
        return Result.nothing(query, lang)
    counts = counts if query.aggregate == "most" else counts[::-1]
    listed = joined(
        (say("sentence", "plans_of_place", lang, place=place, count=count) for place, count in counts),
        lang,
        limit=query.limit or _FEW,
    )
    order = [place for place, _ in counts]
    own.sort(key=lambda plan: order.index(plan.jurisdiction or ""))
    return Result(text=say("sentence", f"places_{query.aggregate}", lang, list=listed), facts=tuple(own))


def is_of_group(plan: Plan, query: Understood) -> bool:
    """Whether a plan's place is of the rank by which is asked."""
    return query.group in (None, "place") or plan.level == query.group


def _of(found: Selection, text: str) -> Result:
    return Result(text=text, facts=found.facts, by_text=found.by_text, also=found.also)


def _found(query: Understood, library: Library) -> Selection:
    """Plans by title, place and level; those that hold facts of another kind, where the question names some."""
    found = select.plans_searched(query, library)
    if query.aggregate in ("latest", "earliest"):
        latest = query.aggregate == "latest"
        dated = sorted((plan for plan in found if plan.date), key=lambda plan: plan.date or "", reverse=latest)
        return Selection(facts=tuple(dated))
    if query.dated == "issued" and query.who:
        return Selection(
            facts=tuple(p for p in found if conditions.is_issued_by(p, query) and conditions.of_plan_time(p, query))
        )
    if not _asks_of_contents(query):
        return Selection(facts=tuple(plan for plan in found if conditions.of_plan_time(plan, query)))
    holding = _holding(query, found, library)
    if not query.absent:
        return holding
    return replace(holding, facts=tuple(plan for plan in found if plan not in holding.facts))


def _holding(query: Understood, found: Sequence[Plan], library: Library) -> Selection:
    """The plans that hold or mention what a query names, those with most of it first where that is asked for."""
    counts = {plan.id: 0 for plan in found}
    for plan_id in _holders(query, library):
        counts[plan_id] = counts.get(plan_id, 0) + 1
    holding = [plan for plan in found if counts[plan.id]]
    if query.topic and (query.mentioned or not holding):
        words = [word.casefold() for word in query.topic.words]
        enough = any if query.topic.either else all
        folds = not all(HAN.fullmatch(word) for word in words)  # Chinese characters have no letter case
        texts = ((plan.id, library.store.text(plan.id)) for plan in found)
        saying = {id_ for id_, text in texts if _says(text.casefold() if folds else text, words, enough)}
        by_text = tuple(plan for plan in found if plan.id in saying or (query.mentioned and plan in holding))
        return Selection(facts=by_text, by_text=not holding)
    if query.aggregate in ("most", "least"):
        holding.sort(key=lambda plan: counts[plan.id], reverse=query.aggregate == "most")
    return Selection(facts=tuple(holding[: query.limit]))


def _says(text: str, words: Sequence[str], enough: Callable[[Iterable[object]], bool]) -> bool:
    return enough(word in text for word in words)


def _asks_of_contents(query: Understood) -> bool:
    """Whether plans are asked for by what they hold, so that its conditions are those of facts."""
    return bool(
        query.counted or query.topic or query.who or query.section or conditions.asks_of_targets(query)
        or query.missing or query.aggregate in ("most", "least")
    )  # fmt: skip


def _holders(query: Understood, library: Library) -> Iterator[str]:
    """The plans of the facts that plans are asked to hold, one for each."""
    if query.counted:
        kinds: Sequence[Callable[[Understood, Library], Selection]] = (select.BY_KIND[query.counted],)
    else:
        kinds = (select.tasks, select.targets)
    for find in kinds:
        yield from plans_of(find(replace(query, aggregate=None, limit=None), library).facts)


def _by_sayings(query: Understood, library: Library, lang: Language) -> Result:
    """The plans that say all of some words and none of others; then the other plans by what they say of these words."""
    things = (*query.saying, *query.silent)
    found: list[Plan] = []
    others: dict[tuple[str, ...], list[Plan]] = {}
    for plan in select.plans_searched(query, library):
        text = library.store.text(plan.id).casefold()
        held = tuple(thing for thing in things if thing.casefold() in text)
        if held == query.saying:
            found.append(plan)
        else:
            others.setdefault(held, []).append(plan)
    said = _condition(query, lang)
    if not (found or others):
        return Result.nothing(query, lang)
    key = "found" if found else "none"
    text = say("sayings", key, lang, said=said, count=len(found), list=_titles(found, lang))
    text += "".join(say("sayings", "others", lang, what=_of_things(held, lang), list=_titles(own, lang))
                    for held, own in others.items())  # fmt: skip
    return Result(text=text, facts=tuple(found), told=True)


def _condition(query: Understood, lang: Language) -> str:
    parts = [say("sayings", "all_of", lang, list=joined(query.saying, lang))] if query.saying else []
    parts += [say("sayings", "none_of", lang, list=joined(query.silent, lang))] if query.silent else []
    return say("join", "list", lang).join(parts)


def _of_things(held: tuple[str, ...], lang: Language) -> str:
    return say("sayings", "only", lang, list=joined(held, lang)) if held else say("sayings", "nothing", lang)
