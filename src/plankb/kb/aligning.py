"""A plan beside others: how it answers to the plans above, and what changed from one version of it to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from plankb.checks import coverage as covering
from plankb.checks import located
from plankb.checks.differences import differences, excerpts
from plankb.errors import Language, PlankbError
from plankb.exports.formats import render
from plankb.exports.side_by_side import Line, Sheet, Tone
from plankb.kb.files import read_file
from plankb.model import AnyFact, Coverage, Difference, Plan
from plankb.paths import typed
from plankb.store import FactFilter, Store
from plankb.words import say, word

_BAD: frozenset[str] = frozenset({"weaker", "missing", "later"})


@dataclass(frozen=True)
class Covered:
    """How a plan answers to the plans above it, requirement by requirement; `titles` are those of the plans by id."""

    plan: Plan
    superiors: tuple[Plan, ...]
    records: tuple[Coverage, ...]
    titles: dict[str, str]
    general: int = 0
    """How many of the records, the last ones, are shares of the whole above that speak of no field of the plan's."""

    def summary(self, lang: Language) -> str:
        """How many requirements have which verdict."""
        return _counted((one.verdict for one in self.records), "coverage", lang)


@dataclass(frozen=True)
class Compared:
    """Two versions of a plan and what changed between them."""

    old: Plan
    new: Plan
    records: tuple[Difference, ...]

    def summary(self, lang: Language) -> str:
        """How many differences there are of which kind."""
        return _counted((one.verdict for one in self.records), "difference-verdict", lang)

    def sides(self, one: Difference) -> tuple[str, str]:
        """What to show of a difference, before and after: of tasks the sentences that differ."""
        return excerpts(one)


def coverage(store: Store, plan: str, above: Sequence[str] = ()) -> Covered:
    """How a plan answers to the plans named, or to all of the places above it.

    Raises E204 for a plan that is not there, E209 where no plan stands above it.
    """
    own = store.plan(plan)
    plans = {each.id: each for each in store.plans()}
    with _places_told(store, plans):
        return _covered(store, own, plans, above)


def _covered(store: Store, own: Plan, plans: Mapping[str, Plan], above: Sequence[str]) -> Covered:
    plan = own.id
    chosen = tuple(plans[each] for each in above if each != plan) or covering.plans_above(own, plans.values())
    if not chosen:
        raise PlankbError("E209", title=own.title, place=own.jurisdiction or "—")
    where = FactFilter(plans=(plan, *(each.id for each in chosen)))
    targets, tasks = store.facts("target", where), store.facts("task", where)
    records = covering.coverage(own, chosen, targets, tasks)
    field = covering.words_of(own, [t for t in targets if t.plan == plan], [t for t in tasks if t.plan == plan])
    general = sum(covering.is_general(one, field) for one in records)
    return Covered(own, chosen, records, {each.id: each.title for each in (own, *chosen)}, general)


def coverage_of_plans(store: Store, plans: Sequence[str], above: Sequence[str]) -> tuple[Coverage, ...]:
    """How the plans of one place together answer to plans above them, all by id."""
    known = {each.id: each for each in store.plans()}
    own, superiors = ([known[each] for each in ids] for ids in (plans, above))
    where = FactFilter(plans=(*plans, *above))
    with _places_told(store, known):
        return covering.of_plans(own, superiors, store.facts("target", where), store.facts("task", where))


def _places_told(store: Store, plans: Mapping[str, Plan]) -> AbstractContextManager[None]:
    """Where the places that no list holds lie, as the plans of them tell it."""
    texts = {each.id: store.text(each.id) for each in plans.values() if located.is_of_unlisted(each)}
    return located.told_by([*plans.values()], texts)


def compare(store: Store | None, old: str, new: str) -> Compared:
    """Two versions, each a file or a plan of the knowledge base by id. Raises E101 to E107, E204."""
    (first, before), (second, after) = (_side(store, name) for name in (old, new))
    return Compared(first, second, differences(before, after))


def _side(store: Store | None, name: str) -> tuple[Plan, tuple[AnyFact, ...]]:
    path = typed(name)
    if store is not None and not path.is_file() and any(plan.id == name for plan in store.plans()):
        where = FactFilter(plans=(name,))
        return store.plan(name), (*store.facts("target", where), *store.facts("task", where))
    reading = read_file(path)
    return reading.plan, reading.facts


def render_coverage(covered: Covered, ending: str, *, lang: Language = "zh") -> bytes:
    """The 对照表 as a file with an ending of `exports.formats`."""
    if ending == ".jsonl":
        return render("sides", covered.records, ending)
    keys = ("number", "verdict", "superior", "asked", "asked_quote", "answer_quote", "why")
    lines = [
        Line(
            (
                str(number),
                word("coverage", one.verdict, lang),
                covered.titles.get(one.superior.plan, one.superior.plan),
                " / ".join(one.superior.section),
                one.superior.quote,
                "\n".join(answer.quote for answer in one.answers) or word("coverage", "none", lang),
                one.why.text(lang),
            ),
            _tone(one.verdict),
        )
        for number, one in enumerate(covered.records, 1)
    ]
    title = say("pages.coverage.title", lang, title=covered.plan.title)
    headings = tuple(say(f"pages.coverage.{key}", lang) for key in keys)
    facts = tuple(fact for one in covered.records for fact in (one.superior, *one.answers))
    sheet = Sheet(title, covered.summary(lang), headings, (3, 5, 12, 14, 24, 24, 18), tuple(lines), facts)
    return render("sides", sheet, ending, lang=lang)


def render_differences(compared: Compared, ending: str, *, lang: Language = "zh") -> bytes:
    """Two versions side by side as a file with an ending of `exports.formats`."""
    if ending == ".jsonl":
        return render("sides", compared.records, ending)
    keys = ("number", "verdict", "what", "why", "before", "after", "section")
    lines = [
        Line(
            (
                str(number),
                word("difference-verdict", one.verdict, lang),
                word("difference-what", one.what, lang),
                one.why.text(lang),
                *excerpts(one),
                " / ".join(next(side.section for side in (one.after, one.before) if side is not None)),
            ),
            "bad" if one.verdict == "removed" else "good" if one.verdict == "added" else "plain",
        )
        for number, one in enumerate(compared.records, 1)
    ]
    title = say("pages.diff.title", lang, old=compared.old.title, new=compared.new.title)
    headings = tuple(say(f"pages.diff.{key}", lang) for key in keys)
    sheet = Sheet(title, compared.summary(lang), headings, (3, 4, 5, 18, 24, 24, 14), tuple(lines))
    return render("sides", sheet, ending, lang=lang)


def _tone(verdict: str) -> Tone:
    return "bad" if verdict in _BAD else "good" if verdict in ("met", "stricter") else "plain"


def _counted(verdicts: Iterable[str], group: str, lang: Language) -> str:
    counts = Counter(verdicts)
    return word("between", "comma", lang).join(
        f"{word(group, verdict, lang)} {count}" for verdict, count in counts.items()
    )
