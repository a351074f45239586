"""Of several things that a question asks for side by side those that its answer leaves out: named before it, with what
the texts say of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.model import Target
from plankb.query.answering.closest import closest
from plankb.query.answering.passages import quoted
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.link.labels import find_labels, restored
from plankb.query.model import Understood
from plankb.query.normalise.names import bare, pieces

_LEAST, _MOST, _CLOSE = 2, 6, 0.4


def with_missing_parts(query: Understood, result: Result, library: Library, lang: Language) -> Result:
    """The result with each thing of a list that none of its targets is of: quoted where a text speaks of it, else named
    first. A sum without one of its things is said to be no whole sum."""
    if query.kind != "targets" or query.relation:
        return result
    if not result.facts:
        return _with_their_texts(query, result, library, lang)
    things = list(_things(query, library))
    facts = [fact for fact in result.facts if isinstance(fact, Target)] if things else []
    missing = [thing for thing in things if not _is_answered(thing, facts, library)]
    if not missing or not facts:
        return result
    texts = {thing: _text_of(thing, query, library, lang) for thing in missing}
    key = "sum_without" if query.form == "sum" else "of_no_part"
    without = [thing for thing in missing if not texts[thing] or query.form == "sum"]
    text = result.text
    if without:
        names = joined((f"“{thing[0]}”" for thing in without), lang)
        text = say("sentence", key, lang, parts=names, text=text)
    said = [text, *(text for text in texts.values() if text)]
    told = {thing[0] for thing in missing}
    return replace(result, text=" ".join(said), covered=(*result.covered, *told))


def _with_their_texts(query: Understood, result: Result, library: Library, lang: Language) -> Result:
    """A result that only quotes a sentence, with those on the things of the question that this one does not name."""
    if not result.related:
        return result
    left = [thing for thing in _things(query, library) if thing[0] not in result.text]
    texts = [text for thing in left if (text := _text_of(thing, query, library, lang))]
    return replace(result, text=" ".join([result.text, *dict.fromkeys(texts)]))


def _things(query: Understood, library: Library) -> Iterator[tuple[str, ...]]:
    """The things asked for, each with the forms that it may have in a name; nothing where only one is asked for."""
    joint = rules.one("question_forms", "part_joint").regex
    for word in query.words:
        if library.vocabulary.fits(bare(word)):
            continue  # one name, whatever joins its parts
        parts = [part for part in joint.split(word) if len(bare(part)) >= _LEAST]
        if not _LEAST <= len(parts) <= _MOST:
            continue
        for place, part in enumerate(parts):
            first = place < len(parts) - 1
            yield (part.strip(), *restored(bare(part), bare(parts[-1] if first else parts[0]), first=first))


def _is_answered(thing: Sequence[str], facts: Sequence[Target], library: Library) -> bool:
    """Whether one of some targets is of a thing, by its name or as questions link it (粪污利用率)."""
    if any(_is_of(fact, thing) for fact in facts):
        return True
    index = library.vocabulary.index(("target",))
    found = find_labels([thing[0]], index)
    linked = set() if found.meant or found.closest or found.missing else {one.id for one in found.labels(index)}
    return any(fact.id in linked for fact in facts)


def _is_of(target: Target, thing: Sequence[str]) -> bool:
    """Whether a target is of a thing: its name holds the thing, or the thing with what it shares with the others."""
    name = bare(f"{target.indicator}{target.scope or ''}")
    return bare(thing[0]) in name or any(pieces(form, name) for form in thing[1:] or thing)


def _text_of(thing: Sequence[str], query: Understood, library: Library, lang: Language) -> str:
    """What the plans searched say of a thing by its own name; empty where nothing does."""
    plans = {plan.id: plan.title for plan in plans_searched(query, library)}
    words = [max(thing, key=len), thing[0], *(query.period.years if query.period else ())]
    found = closest(words, tuple(plans), library, figure=True, needed=(thing[0],))
    if found is None or found.share < _CLOSE or thing[0] not in found.passage.text:
        return ""
    return say(
        "sentence",
        "of_part_text",
        lang,
        part=f"“{thing[0]}”",
        text=quoted(found.passage),
        plan=plans[found.passage.plan],
    )
