"""Plans by the things that their texts speak of and leave out, each combination told."""

from __future__ import annotations

from plankb.errors import Language
from plankb.model import Plan
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood

_SHOWN = 6


def by_sayings(query: Understood, library: Library, lang: Language) -> Result:
    """The plans that say all of some words and none of others; then the other plans by what they say of these words."""
    things = (*query.saying, *query.silent)
    found: list[Plan] = []
    others: dict[tuple[str, ...], list[Plan]] = {}
    for plan in plans_searched(query, library):
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
    text += "".join(say("sayings", "others", lang, what=_held(held, lang), list=_titles(own, lang))
                    for held, own in others.items())  # fmt: skip
    return Result(text=text, facts=tuple(found), told=True)


def _condition(query: Understood, lang: Language) -> str:
    parts = [say("sayings", "all_of", lang, list=joined(query.saying, lang))] if query.saying else []
    parts += [say("sayings", "none_of", lang, list=joined(query.silent, lang))] if query.silent else []
    return say("join", "list", lang).join(parts)


def _held(held: tuple[str, ...], lang: Language) -> str:
    return say("sayings", "only", lang, list=joined(held, lang)) if held else say("sayings", "nothing", lang)


def _titles(plans: list[Plan], lang: Language) -> str:
    return joined((f"《{plan.title}》" if lang == "zh" else plan.title for plan in plans), lang, limit=_SHOWN)
