"""Questions for plans by their words: of titles (标题里有减污降碳的规划有几个), or of texts that speak of some
things and not of others (既没提A也没提B, 只提了A没提B, 同时提到A和B)."""

from __future__ import annotations

from collections.abc import Callable

from plankb import rules
from plankb.query.model import Understood
from plankb.query.normalise.names import bare
from plankb.query.recognise.mentions import Mentions
from plankb.query.vocabulary import Vocabulary

_LEAST = 2

Reading = Callable[[str], Mentions]


def with_titled(text: str, vocabulary: Vocabulary) -> Understood | None:
    """The query for the plans whose titles hold the words asked for; None where none is asked for by its title."""
    match = rules.one("question_forms", "titled").search(text)
    if match is None:
        return None
    words = match["words"]
    found = tuple(plan.id for plan, title, _, _ in vocabulary.titles if bare(words) in title)
    if not found:
        return Understood(kind="plans", unknown=(words,))
    return Understood(kind="plans", plans=found, plan_words=(words,) * len(found))


def with_sayings(text: str, read: Reading) -> Understood | None:
    """The query of a question for plans by two things or more that they say or leave out; None where it is none."""
    asks_plans = any(rules.one("question_forms", word).search(text) for word in ("plan_word", "paper_word"))
    clauses = list(rules.one("question_forms", "mention_clause").finditer(text)) if asks_plans else []
    saying: list[str] = []
    silent: list[str] = []
    for clause in clauses:
        (silent if clause["not"] else saying).extend(_items(clause["items"]))
    if len(saying) + len(silent) < _LEAST or not all(map(_is_thing, (*saying, *silent))):
        return None
    first, last = clauses[0].start(), clauses[-1].end()
    mentions = read(f"{text[:first]}，{text[last:]}")
    asks_for_plans = any(value == "plans" for word in mentions.keywords for _, value in word.meanings())
    if mentions.bureaus or mentions.periods or mentions.terms or not (asks_for_plans or text[last:]):
        return None
    return Understood(
        kind="plans",
        plans=tuple(dict.fromkeys(id_ for plan in mentions.plans for id_ in plan.ids)),
        plan_words=tuple(plan.said for plan in mentions.plans if plan.ids),
        levels=tuple(level for level, _ in mentions.levels),
        places=tuple(dict.fromkeys(place.name for place in mentions.places if place.known)),
        unknown=tuple(place.name for place in mentions.places if not place.known),
        saying=tuple(dict.fromkeys(saying)),
        silent=tuple(dict.fromkeys(silent)),
    )


def _items(said: str) -> list[str]:
    """The things of a clause."""
    parts = rules.one("question_forms", "mention_joint").regex.split(said)
    return [item for part in parts if (item := part.strip('“”"的了过 里都也这那些个'))]


def _is_thing(item: str) -> bool:
    """Whether an item may be a name: no question word, and two characters or more."""
    return len(bare(item)) >= _LEAST and not rules.one("question_forms", "asking").search(item)
