"""Plans and places named in a question: a plan by 《title》, id, or any part of its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Plan, Span
from plankb.query.context import Context
from plankb.query.normalise.names import bare, pieces
from plankb.query.recognise.text import TAKEN, QuestionText
from plankb.query.vocabulary import Vocabulary, is_national
from plankb.register import places
from plankb.register.places import Place

_TITLE = compiled(r"《([^《》\x00]{2,80})》")
_LONGEST = 30
_LEAST_END = 6
"""The shortest end of an attachment's title by which it is named."""
_STOPS = "；。！？"
"""No title goes on over one of these."""


@dataclass(frozen=True, slots=True)
class PlanMention:
    """A plan named in a question; `ids` () where the knowledge base has none of that title."""

    span: Span
    said: str
    ids: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a question; `name` is its full name, `known` whether a plan is for it."""

    span: Span
    name: str
    known: bool
    said: str = ""


def find_plans(question: QuestionText, vocabulary: Vocabulary) -> tuple[PlanMention, ...]:
    """Takes the plans that a question names."""
    named = (*_titles(question, vocabulary), *_ids(question, vocabulary), *_parts(question, vocabulary))
    return named or tuple(_by_title_place(question, vocabulary))


def _by_title_place(question: QuestionText, vocabulary: Vocabulary) -> Iterator[PlanMention]:
    """Takes the places that only the titles of plans without a place of their own name (…以旧换新盐都行动方案)."""
    for name, ids in vocabulary.title_places.items():
        at = question.rest.find(name)
        if at >= 0:
            span = at, at + len(name)
            question.take(*span)
            yield PlanMention(span, name, ids)


def find_attachment(question: QuestionText, vocabulary: Vocabulary) -> tuple[PlanMention, str] | None:
    """Takes an attachment that a question names by its title or the end of it: the plans that carry it, and its bare
    title; None where none is named, or a plan itself is called so."""
    best: tuple[str, list[tuple[Plan, str]]] = ("", [])
    for plan, title in vocabulary.attached:
        said = _named_end(title, question.rest)
        if said and len(said) > len(best[0]):
            best = said, []
        if said and said == best[0]:
            best[1].append((plan, title))
    said, found = best
    if not found or any(said in title for _, title, _, _ in vocabulary.titles):
        return None
    start = question.rest.index(said)
    span = start, start + len(said)
    question.take(*span)
    whole = {title for _, title in found}
    ids = tuple(dict.fromkeys(plan.id for plan, _ in found))
    return PlanMention(span, said, ids), whole.pop() if len(whole) == 1 else bare(said)


def _named_end(title: str, text: str) -> str:
    """The longest end of a title that stands in a text; "" for less than the least."""
    ends = (title[start:] for start in range(len(title) - _LEAST_END + 1))
    return next((end for end in ends if end in text), "")


def plans_of(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids of the plans whose id or title the words are a part of; the whole title before a part of it."""
    wanted = bare(words)
    exact = tuple(plan.id for plan, title, id_, _ in vocabulary.titles if wanted in (id_, title))
    return exact or tuple(plan.id for plan, title, id_, _ in vocabulary.titles if _names(wanted, title, id_))


def _names(wanted: str, title: str, id_: str) -> bool:
    return pieces(wanted, title) > 0 or (len(wanted) >= 3 and wanted in id_)


def _titles(question: QuestionText, vocabulary: Vocabulary) -> Iterator[PlanMention]:
    for match in question.take_all(_TITLE):
        yield PlanMention(match.span(), match.group(1), plans_of(match.group(1), vocabulary), quoted=True)


def _ids(question: QuestionText, vocabulary: Vocabulary) -> Iterator[PlanMention]:
    said = question.rest.casefold()
    for plan in [plan for plan, _, _, id_ in vocabulary.titles if id_ in said]:
        for match in question.take_all(re.compile(rf"(?<![\w-]){re.escape(plan.id)}(?![\w-])", re.IGNORECASE)):
            yield PlanMention(match.span(), match.group(), (plan.id,))


def _parts(question: QuestionText, vocabulary: Vocabulary) -> Iterator[PlanMention]:
    for match in list(rules.one("question_forms", "plan_title_end").finditer(question.rest)):
        if not question.is_free(*match.span()):
            continue
        found = _before_tail(question.rest, match, vocabulary)
        if found:
            question.take(*found.span)
            yield found


def _before_tail(text: str, tail: re.Match[str], vocabulary: Vocabulary) -> PlanMention | None:
    """The longest words before 规划, 方案, … that are a part of a title; the tail itself need not be right."""
    stops = (text.rfind(stop, 0, tail.start()) + 1 for stop in (TAKEN, *_STOPS))
    first = max(*stops, tail.start() - _LONGEST, 0)
    for start in range(first, tail.start() - 1):
        said = text[start : tail.start()]
        if not _may_start(said):
            continue
        wanted = bare(said.removesuffix("的"))
        if wanted in vocabulary.place_names:
            return _of_place(vocabulary.place_names[wanted], (start, tail.end()), text, tail.group(), vocabulary)
        if len(wanted) < 2:
            continue
        fitting = vocabulary.titled(wanted)
        if fitting:
            whole = bare(said + tail.group())
            exact = [plan for plan, title in fitting if pieces(whole, title)]
            loose = not exact and all(pieces(wanted, title) > 1 for _, title in fitting)
            own = _of_place_before(text[first:start], [plan for plan, _ in fitting], vocabulary) if loose else None
            kept = exact or [plan for plan, _ in fitting] if own is None else own
            return PlanMention((start, tail.end()), text[start : tail.end()], tuple(plan.id for plan in kept))
        long = [plan for plan, _ in vocabulary.clipped(wanted)]
        own = _of_place_before(text[first:start], long, vocabulary) if long else None
        if own:  # only beside a place: two characters stand in many titles
            return PlanMention((start, tail.end()), text[start : tail.end()], tuple(plan.id for plan in own))
    return None


def _of_place_before(before: str, fitting: Sequence[Plan], vocabulary: Vocabulary) -> list[Plan] | None:
    """Of plans whose titles hold the words only in parts those of the place named right before them (达州能源碳达峰专项
    is none of 苏州's, whose title has 碳达峰 and 专项); None where no place is named."""
    run = rules.pattern("question_forms", "apart_from_place").split(before)[-1]
    named = [place for place, _ in places.mentions(run)]
    named += [
        place for name in vocabulary.place_names if name in run and (place := places.find(vocabulary.place_names[name]))
    ]
    if not named:
        return None
    return [plan for plan in fitting if not plan.jurisdiction or _is_near(places.of(plan.jurisdiction), named)]


def _is_near(own: Place, named: Sequence[Place]) -> bool:
    """Whether a place is one of those named, or one lies in the other."""
    return any(own == place or own in places.ancestors(place) or place in places.ancestors(own) for place in named)


def _of_place(place: str, span: Span, text: str, tail: str, vocabulary: Vocabulary) -> PlanMention | None:
    """The 方案 of a place; 规划 may be said of any plan, so the place alone is the condition: None."""
    if not tail.endswith("方案"):
        return None
    ids = tuple(plan.id for plan in vocabulary.plans if plan.jurisdiction == place and tail in plan.title)
    return PlanMention(span, text[slice(*span)], ids) if ids else None


def _may_start(said: str) -> bool:
    return (
        not said[0].isspace()
        and said[0] not in "的在和与及，。、：:？?“”"
        and not said.startswith(("哪", "各", "所有"))
    )


def find_places(question: QuestionText, vocabulary: Vocabulary) -> tuple[PlaceMention, ...]:
    """Takes the places of plans that a question names, and provinces and cities that no plan is for."""
    names = sorted(vocabulary.place_names, key=len, reverse=True)
    found: list[PlaceMention] = []
    if names:
        pattern = re.compile("(?:" + "|".join(map(re.escape, names)) + ")(?![局委厅办])")
        matches = question.take_all(pattern)
        found += [PlaceMention(match.span(), vocabulary.place_names[match.group()], known=True) for match in matches]
    for (start, _), run in list(question.runs()):
        for place, position in places.mentions(run):
            size = len(place.name) if run.startswith(place.name, position) else _short_size(run, position, place.name)
            if place.rank in ("province", "city") and size:
                span = (start + position, start + position + size)
                question.take(*span)
                found.append(PlaceMention(span, place.name, known=False, said=question.text[slice(*span)]))
    found += _relative(question, [mention.name for mention in found], vocabulary)
    found.sort(key=lambda mention: mention.span)
    afters = [*found[1:], None] if found else []
    return tuple(one for one, after in zip(found, afters, strict=True) if not _is_address(one, after))


def _is_address(place: PlaceMention, after: PlaceMention | None) -> bool:
    """Whether a place only says where the place right after it lies (海南三亚)."""
    is_relative = bool(place.known and place.said)  # 省市: the province and its city
    if after is None or is_relative or after.span[0] != place.span[1]:
        return False
    inner, outer = places.find(after.name), places.find(place.name)
    return bool(inner and outer and inner != outer and outer in places.ancestors(inner))


def _relative(question: QuestionText, named: list[str], vocabulary: Vocabulary) -> list[PlaceMention]:
    """Takes 全省, 我市 beside another place (全省和贵阳市, 省里…市里…): the places of the plans of that level."""
    relative = rules.many("questions", "relative_place")
    levels = [rule.means for rule in relative if rule.search(question.rest)]
    beside = named and rules.one("questions", "relative_beside").search(question.text)
    if not (len(levels) > 1 or (levels and beside)):
        return []
    above = {place.name for name in named if (own := places.find(name)) for place in places.ancestors(own)}
    found = []
    for rule in relative:
        areas = dict.fromkeys(p.jurisdiction for p in vocabulary.plans if p.level == rule.means and p.jurisdiction)
        chosen = [area for area in areas if area in above] or list(areas)
        for match in question.take_all(rule) if chosen else ():
            found += [PlaceMention(match.span(), area, known=True, said=match.group()) for area in chosen]
    return found


def find_own_levels(
    question: QuestionText, context: Context
) -> tuple[tuple[tuple[str, Span], ...], tuple[PlaceMention, ...]]:
    """Takes 省里, 全市 where they stand alone: the asker's own place of that level, else the level of the plans."""
    own: dict[str, str] = (
        {place.rank: place.name for place in places.ancestors(places.of(context.place))} if context.place else {}
    )
    levels, found = [], []
    for rule in rules.many("questions", "relative_place"):
        for match in question.take_all(rule):
            name = own.get(rule.means)
            if name:
                found.append(PlaceMention(match.span(), name, known=True, said=match.group()))
            else:
                levels.append((rule.means, match.span()))
    return tuple(levels), tuple(found)


def find_national(question: QuestionText, vocabulary: Vocabulary) -> tuple[tuple[str, Span], ...]:
    """Takes 国家, 全国 where the country's own plans or figures are asked for, and some plan is of the country."""
    if not any(map(is_national, vocabulary.plans)):
        return ()
    return tuple(
        ("national", match.span())
        for name in ("national.plans", "national.said")
        for match in question.take_all(rules.one("questions", name))
    )


def of_the_country(
    question: QuestionText, mentions: Sequence[PlanMention], vocabulary: Vocabulary
) -> tuple[PlanMention, ...]:
    """The plans named, those of the country alone where 国家 stands right before a name; takes that word."""
    found = []
    for mention in mentions:
        said = rules.one("questions", "national.before").search(question.rest[: mention.span[0]])
        own = tuple(p.id for p in vocabulary.plans if p.id in mention.ids and is_national(p)) if said else ()
        if said and own:
            question.take(*said.span())
            mention = replace(mention, ids=own)
        found.append(mention)
    return tuple(found)


def _short_size(run: str, position: int, name: str) -> int:
    """How much of a run from a position is the start of a place's name."""
    size = 0
    while size < len(name) and run[position + size : position + size + 1] == name[size]:
        size += 1
    return size if size >= 2 else 0
