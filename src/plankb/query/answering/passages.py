"""Answers from the full text: the fallback where no structured fact fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plankb import rules
from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.model import Passage
from plankb.query.answering.fulltext import passages as passages_of
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.library import Library
from plankb.query.model import Understood

_MOST, _POOL, _MANY, _LEAST = 10, 60, 100, 3
_BEFORE, LONGEST_QUOTE = 40, 150
"""Characters before the words of a passage that is quoted, and of the quotation."""
_FIGURE = compiled(r"\d")
_CITED = compiled("《[^》]*》")


def fallback(query: Understood, library: Library, lang: Language) -> Result | None:
    """The passages that hold the words of a query; None where there are none."""
    if query.reason:
        return reasons(query, library, lang)
    found = passages_on(query, library, limit=_POOL if query.kind == "deadlines" else _MOST)
    if query.amount and query.measure:
        found = [passage for passage in found if re.search(rf"\d\s*{re.escape(query.measure)}", passage.text)]
    dated = rules.one("questions", "passage.dated").regex
    needed = dated if query.kind == "deadlines" else _FIGURE if query.amount else None
    if needed:
        found = [passage for passage in found if needed.search(_CITED.sub("", passage.text))]
    found = found[:_MOST]
    if not found:
        return None
    text = text_on("passages", query, found, lang) + first_of(found[0], query, library, lang)
    return Result(text=text, facts=tuple(found), passages=True)


def reasons(query: Understood, library: Library, lang: Language) -> Result | None:
    """The passages on a thing, those that give a reason first, and it is said where none does; None where none are."""
    verbs = rules.one("question_forms", "around.before").expression
    words = [re.sub(f"^(?:{verbs})+(?=..)", "", word) for word in query.words]
    found = passages_on(query, library, words=words, limit=_POOL) or passages_on(query, library, limit=_POOL)
    if not found:
        return None
    gives = rules.one("question_forms", "gives_reason")
    giving = [passage for passage in found if gives.search(passage.text)]
    rest = [passage for passage in found if passage not in giving]
    shown = (*giving, *rest)[:_MOST]
    key = "reasons" if giving else "no_reason"
    text = say("sentence", key, lang, words=" ".join(words), count=len(giving or found))
    return Result(text=text + first_of(shown[0], query, library, lang), facts=shown, passages=True)


def first_of(passage: Passage, query: Understood, library: Library, lang: Language) -> str:
    """The best passage, cut around the words that it was found by; of a time asked for, around the nearest one."""
    at = passage.highlights[0][0] if passage.highlights else 0
    if query.kind == "deadlines":
        ends = [span[0] for span in passage.highlights] or [0]
        times = [match.start() for match in rules.one("questions", "passage.dated").finditer(passage.text)]
        at = min(times, key=lambda time: min(abs(time - end) for end in ends), default=at)
    titles = library.vocabulary.title_of
    said = _cut(passage.text, at)
    return say("sentence", "first_passage", lang, text=said, plan=titles.get(passage.plan, passage.plan))


def quoted(passage: Passage) -> str:
    """A passage in one line: all of a short one, else where most of what it was found by stands."""
    text = passage.text.strip().replace("\t", "｜")
    if len(text) <= LONGEST_QUOTE:
        return text
    starts = [span[0] for span in passage.highlights] or [0]
    best = max(starts, key=lambda at: sum(at <= other < at + LONGEST_QUOTE - _BEFORE for other in starts))
    return _cut(text, best)


def _cut(text: str, at: int) -> str:
    """A piece of a text around a place in it."""
    start = max(0, at - _BEFORE)
    return (
        ("…" if start else "")
        + text[start : start + LONGEST_QUOTE].strip()
        + ("…" if start + LONGEST_QUOTE < len(text) else "")
    )


def passages(query: Understood, library: Library, lang: Language) -> Result:
    """The full text, where nothing else is asked for, and the headings of plans."""
    if query.contents:
        from plankb.query.answering.contents import contents

        return contents(query, library, lang)
    if any(not (who.ids or who.collectives) for who in query.who):
        return Result.nothing(query, lang)  # a bureau that no task has: its passages are found by its own name
    return fallback(query, library, lang) or Result.nothing(query, lang)


def text_on(sentence: str, query: Understood, found: Sequence[Passage], lang: Language) -> str:
    """The sentence that says how many passages were found on the words of a query."""
    return say("sentence", sentence, lang, words=" ".join(query.words), count=len(found))


def passages_on(
    query: Understood, library: Library, *, words: Sequence[str] | None = None, limit: int = _MOST
) -> list[Passage]:
    """Passages of the plans searched that hold every word of the topic as it stands, or of some words of it."""
    words = query.words if words is None else words
    if not words:
        return []
    plans = [plan.id for plan in plans_searched(query, library)]
    return passages_of(library, plans, words, limit=limit)


def sentence_on_who(query: Understood, library: Library) -> Passage | None:
    """The first sentence on what a query asks for that says who answers for it; None where none does."""
    plans = [plan.id for plan in plans_searched(query, library)]
    answers = rules.one("question_forms", "says_who_answers")
    found = passages_of(library, plans, query.words, limit=_MANY)
    return next((passage for passage in found if answers.search(passage.text)), None)
