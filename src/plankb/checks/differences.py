"""Differences: two versions of a plan compared fact by fact.

Facts are paired by what they say, the surest first: targets by indicator, scope and time, then by indicator, then by a
nearly equal name with the same level; tasks by title, then by likeness. What finds no partner was added or removed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from plankb import rules
from plankb.checks import levels
from plankb.model import ROLES, AnyFact, Difference, Span, Target, Task, Words
from plankb.name_forms import squeezed
from plankb.phrases import value
from plankb.words import Language, say, word

F = TypeVar("F", Target, Task)
_ALIKE = 75.0
"""From which likeness (rapidfuzz ratio, 0..100) two names or titles are the same thing worded otherwise."""
_LEVEL = ("op", "value", "value_max", "unit", "change", "base_year", "qualitative", "stretch")
_CLAUSE, _SENTENCE = re.compile(r"[^，。；\n]+"), re.compile(r"[^。；（\n]+[。；]?|（[^（）]*）")
_GAP = "……"


def differences(old: Iterable[AnyFact], new: Iterable[AnyFact]) -> tuple[Difference, ...]:
    """What changed from one version's facts to the other's, in the order of the new text; what is gone comes last."""
    before, after = tuple(old), tuple(new)
    of_tasks = list(_tasks(_of(before, Task), _of(after, Task)))
    due = [one.after.span for one in of_tasks if one.what == "deadline" and one.after]
    of_targets = [one for one in _targets(_of(before, Target), _of(after, Target)) if not _said_by_task(one, due)]
    found = [*of_targets, *(one for one in of_tasks if not _said_by_targets(one, of_targets))]
    return tuple(sorted(found, key=lambda one: (one.after is None, (one.after or one.before or after[0]).span)))


def _said_by_task(one: Difference, due: Sequence[Span]) -> bool:
    """Whether a new time of a target is that of its task, which is said already."""
    inside = one.after is not None and any(a <= one.after.span[0] and one.after.span[1] <= b for a, b in due)
    return one.what == "deadline" and inside


def _said_by_targets(one: Difference, of_targets: Sequence[Difference]) -> bool:
    """Whether all that is worded otherwise in a task is what its targets tell already."""
    if one.what != "text" or one.before is None or one.after is None:
        return False
    for fact, side in ((one.before, "before"), (one.after, "after")):
        told = [getattr(each, side) for each in of_targets]
        quotes = [squeezed(target.quote) for target in told if target is not None]
        other = one.after if side == "before" else one.before
        if not all(any(clause in q or q in clause for q in quotes) for clause in _clauses_apart(fact, other)):
            return False
    return True


def _clauses_apart(fact: AnyFact, other: AnyFact) -> list[str]:
    """The clauses of a task that the other version of it does not have."""
    kept = {*map(squeezed, _CLAUSE.findall(other.quote))}
    return [clause for part in _CLAUSE.findall(fact.quote) if (clause := squeezed(part)) and clause not in kept]


def excerpts(one: Difference) -> tuple[str, str]:
    """What to show of the two sides: of tasks the sentences that differ, of others the whole quotations."""
    before, after = (fact.quote if fact else "" for fact in (one.before, one.after))
    if not (isinstance(one.before, Task) and isinstance(one.after, Task)) or one.verdict == "moved":
        return before, after
    gone, new = _apart(before, after), _apart(after, before)
    return (gone or _GAP, new or _GAP) if gone or new else (before, after)


def _apart(quote: str, other: str) -> str:
    """The sentences of a quotation that the other one does not have, gaps between them marked."""
    kept = {*map(squeezed, _SENTENCE.findall(other))}
    shown: list[str] = []
    for sentence in _SENTENCE.findall(quote):
        new = squeezed(sentence) not in kept
        if new or not shown or shown[-1] != _GAP:
            shown.append(sentence.strip() if new else _GAP)
    return "".join(shown) if any(part != _GAP for part in shown) else ""


def _of(facts: Sequence[AnyFact], kind: type[F]) -> list[F]:
    return [fact for fact in facts if isinstance(fact, kind)]


def _targets(old: list[Target], new: list[Target]) -> Iterator[Difference]:
    keys: list[Callable[[Target], Hashable]] = [
        lambda t: (t.indicator_id, t.scope, t.by, t.change, t.qualitative is None, t.value, t.quote),
        lambda t: (t.indicator_id, t.scope, t.by, t.change, t.qualitative is None),
        lambda t: (t.indicator_id, t.scope, t.change, t.value, t.unit, t.qualitative),
        lambda t: (t.indicator_id, t.scope, t.change, t.qualitative is None),
    ]
    pairs = [pair for key in keys for pair in _paired(old, new, key)]
    pairs += _alike(old, new, lambda t: t.indicator, lambda a, b: a.by == b.by and a.value == b.value)
    for one, other in pairs:
        yield from _changed_target(one, other)
    yield from _gone(old, new, "target")


def _tasks(old: list[Task], new: list[Task]) -> Iterator[Difference]:
    pairs = [*_paired(old, new, lambda t: (t.title, t.section)), *_paired(old, new, lambda t: t.title)]
    pairs += _alike(old, new, lambda t: t.title, lambda *_: True)
    for one, other in pairs:
        yield from _changed_task(one, other)
    yield from _gone(old, new, "task")


def _paired(old: list[F], new: list[F], key: Callable[[F], Hashable]) -> list[tuple[F, F]]:
    """Pairs with one key, in the order of the text; they are taken out of both lists."""
    waiting: dict[Hashable, list[F]] = defaultdict(list)
    for one in old:
        waiting[key(one)].append(one)
    pairs = []
    for other in tuple(new):
        if waiting[key(other)]:
            one = waiting[key(other)].pop(0)
            pairs.append((one, other))
            old.remove(one)
            new.remove(other)
    return pairs


def _alike(old: list[F], new: list[F], name: Callable[[F], str], fits: Callable[[F, F], bool]) -> list[tuple[F, F]]:
    """Pairs of nearly one name, the most alike first; they are taken out of both lists."""
    from rapidfuzz import fuzz

    scored = [
        (fuzz.ratio(name(one), name(other)), -i, -j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if fits(one, other)
    ]
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted(scored, reverse=True):
        if score >= _ALIKE and all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    found = [(old[i], new[j]) for i, j in pairs]
    for one, other in found:
        old.remove(one)
        new.remove(other)
    return found


def _changed_target(one: Target, other: Target) -> Iterator[Difference]:
    fields = [name for name in (*_LEVEL, "by", "indicator") if getattr(one, name) != getattr(other, name)]
    if any(name in _LEVEL for name in fields):
        yield _difference("target", "changed", one, other, fields, _level_code(one, other))
    elif "by" in fields:
        yield _difference("deadline", "changed", one, other, fields, "deadline")
    elif squeezed(one.quote) != squeezed(other.quote) or fields:
        yield _difference("text", "changed", one, other, fields or ["quote"], "text")
    elif _elsewhere(one, other):
        yield _difference("target", "moved", one, other, ["section"], "moved")


def _level_code(one: Target, other: Target) -> str:
    """Whether a level fell behind, rose, or is another thing altogether."""
    first, second = levels.level(one), levels.level(other)
    way = levels.direction(other) or levels.direction(one)
    if not first or not second or first.unit != second.unit or not way or levels.same(first, second):
        return "level"
    return "weaker" if levels.weaker(second, first, way) else "stricter"


def _changed_task(one: Task, other: Task) -> Iterator[Difference]:
    roles = [role for role in (*ROLES, "collective") if _names(one, role) != _names(other, role)]
    if roles:
        yield _difference("role", "changed", one, other, roles, "role")
    if one.by != other.by:
        yield _difference("deadline", "changed", one, other, ["by"], "deadline")
    texts = [name for name in ("title", "text") if squeezed(getattr(one, name)) != squeezed(getattr(other, name))]
    if texts and not roles and one.by == other.by:
        yield _difference("text", "changed", one, other, texts, "text")
    elif _elsewhere(one, other) and not roles and not texts:
        yield _difference("task", "moved", one, other, ["section"], "moved")


def _names(task: Task, role: str) -> frozenset[str]:
    """The bodies of a role, by id where they have one: 市交委 and 市交通委员会 are one."""
    return frozenset(task.bureaus.get(name, name) for name in getattr(task, role) or ())


def _gone(old: Sequence[AnyFact], new: Sequence[AnyFact], what: str) -> Iterator[Difference]:
    for one in old:
        yield _difference(what, "removed", one, None, [], "removed")
    for other in new:
        yield _difference(what, "added", None, other, [], "added")


def _elsewhere(one: AnyFact, other: AnyFact) -> bool:
    """Whether two facts stand under different headings; new numbers and a heading worded otherwise are no other."""
    from rapidfuzz import fuzz

    number = rules.one("checks", "heading_number")
    first, second = ([number.sub(squeezed(heading)) for heading in fact.section] for fact in (one, other))
    return len(first) != len(second) or any(fuzz.ratio(*pair) < _ALIKE for pair in zip(first, second, strict=True))


def _difference(
    what: str, verdict: str, one: AnyFact | None, other: AnyFact | None, fields: Sequence[str], code: str
) -> Difference:
    def why(lang: Language) -> str:
        fact = other or one
        subject = fact.title if isinstance(fact, Task) else getattr(fact, "indicator", "")
        sides = [_said(each, what, fields, lang) for each in (one, other)]
        return say(f"records.difference.{code}", lang, subject=subject, before=sides[0], after=sides[1])

    return Difference.model_validate(
        {
            "what": what, "verdict": verdict, "before": one, "after": other, "fields": tuple(fields),
            "why": Words(zh=why("zh"), en=why("en")),
        }
    )  # fmt: skip


def _said(fact: AnyFact | None, what: str, fields: Sequence[str], lang: Language) -> str:
    """The side of a fact that changed, in words."""
    if isinstance(fact, Target):
        when = (f"{fact.by}年" if lang == "zh" else f" by {fact.by}") if fact.by else ""
        return f"{when}{value(fact, lang)}" if lang == "zh" else f"{value(fact, lang)}{when}"
    if not isinstance(fact, Task):
        return ""
    if what == "role":
        mark, part = ("；", "、") if lang == "zh" else ("; ", ", ")
        shown = [(role, getattr(fact, role) or ()) for role in fields]
        return mark.join(f"{word('role', role, lang)} {part.join(names)}" for role, names in shown if names) or "—"
    if what == "deadline":
        return "、".join(fact.by) or "—"
    return fact.title
