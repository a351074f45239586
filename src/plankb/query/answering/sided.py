"""One thing as several plans, levels or places set it, side by side: which is highest, how far apart, whether alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from plankb.errors import Language
from plankb.model import Target
from plankb.query.answering import select
from plankb.query.answering.closest import closest
from plankb.query.answering.differences import difference_words, pair
from plankb.query.answering.passages import quoted
from plankb.query.answering.places import is_of_whole_place, settled
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import say, target_list, target_words
from plankb.query.library import Library
from plankb.query.model import Side, Understood

Row = Mapping[int, Target]
"""Targets of one indicator and time by the number of their side."""
_ROWS, _CLOSE = 3, 0.4


def sided(query: Understood, library: Library, lang: Language) -> Result | None:
    """What each side of a query sets, as its form asks; a side without a target is told as that. None where none has
    one."""
    found = [fact for fact in _targets(query, library) if isinstance(fact, Target)]
    rows = _rows(found, query)
    if not rows:
        return None
    said = [_row_words(row, query, library, lang) for row in rows]
    held = {number for row in rows for number in row}
    missing = [side for number, side in enumerate(query.sides) if number not in held]
    text = say("sentence", "targets_few", lang, list=say("join", "parts", lang).join(dict.fromkeys(said)))
    more = [_of_side(side, query, library, lang) for side in missing]
    facts = tuple(dict.fromkeys(target.id for row in rows for target in row.values()))
    by_id = {target.id: target for target in found}
    return Result(text=" ".join([text, *more]), facts=tuple(by_id[id_] for id_ in facts))


def _targets(query: Understood, library: Library) -> Sequence[object]:
    return select.targets(replace(query, sides=(), form=None, aggregate=None, compare=None), library).facts


def _rows(found: Sequence[Target], query: Understood) -> list[Row]:
    """The targets of one indicator and time on several sides, those that most sides have first; where no two sides
    share one, the best settled of each side."""
    sides = {id_: number for number, side in enumerate(query.sides) for id_ in side.plans}
    order = sorted(found, key=lambda target: (not is_of_whole_place(target, query.words), *settled(target)))
    groups: dict[tuple[str, str | None], dict[int, Target]] = defaultdict(dict)
    best: dict[int, Target] = {}
    for target in order:
        number = sides.get(target.plan, -1)
        if number >= 0:
            groups[target.indicator_id, target.by].setdefault(number, target)
            best.setdefault(number, target)
    shared = sorted((row for row in groups.values() if len(row) > 1), key=len, reverse=True)
    if shared:
        most = len(shared[0])
        return list(shared[:_ROWS]) if most == len(best) else [{**shared[0], **_rest(best, shared[0])}]
    return [best] if best else []


def _rest(best: Row, row: Row) -> Row:
    return {number: target for number, target in best.items() if number not in row}


def _row_words(row: Row, query: Understood, library: Library, lang: Language) -> str:
    """A row as the form of the query asks."""
    targets = [row[number] for number in sorted(row)]
    listed = target_list(targets, library, lang)
    if len(targets) == 1:
        return listed
    pairs = [pair(targets[0], other) for other in targets[1:]]
    if query.form == "same":
        alike = all(one is not None and one.one == one.other for one in pairs)
        one_thing = len({target.indicator_id for target in targets}) == 1
        key = "sides_differ" if not alike else "sides_same" if one_thing else "sides_of_others"
        return say("sentence", key, lang, list=listed)
    if query.aggregate in ("highest", "lowest"):
        return _ranked(targets, query, library, lang)
    if query.form in ("more", "higher", "lower", "ratio") and all(pairs):
        words = (difference_words(one, query.form, library, lang) for one in pairs if one)
        return say("join", "parts", lang).join(words)
    return listed


def _ranked(targets: Sequence[Target], query: Understood, library: Library, lang: Language) -> str:
    sizes = {target.id: pair(target, targets[0]) for target in targets}
    if not all(sizes.values()):
        return say("sentence", "not_comparable", lang, list=target_list(targets, library, lang)).rstrip("。.")
    amount = {id_: float(one.other / one.one) if one and one.one else float("inf") for id_, one in sizes.items()}
    if len({round(size, 9) for size in amount.values()}) == 1:
        return say("sentence", "all_equal", lang, list=target_list(targets, library, lang)).rstrip("。.")
    order = sorted(targets, key=lambda target: amount[target.id], reverse=query.aggregate == "lowest")
    first = target_words(order[0], library.vocabulary.plans, lang)
    text = say("sentence", query.aggregate or "highest", lang, list=first).rstrip("。.")
    return text + say("sentence", "ranked_rest", lang, list=target_list(order[1:], library, lang)).rstrip("。.")


def _of_side(side: Side, query: Understood, library: Library, lang: Language) -> str:
    """What a side without a target says: the sentence of its plans that comes closest, else that nothing was found."""
    words = [*query.words, *(query.period.years if query.period else ())]
    found = closest(words, side.plans, library, figure=True)
    if found is None or found.share < _CLOSE:
        return say("sentence", "of_no_place", lang, places=side.said).strip()
    title = library.vocabulary.title_of[found.passage.plan]
    return say("sentence", "of_place_text", lang, place=side.said, text=quoted(found.passage), plan=title)
