"""Answers from the full text: what a term means, and the fallback where no structured fact fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plankb import rules
from plankb.errors import Language
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
_FIGURE = re.compile(r"\d")
_CITED = re.compile("《[^》]*》")


def definition(query: Understood, library: Library, lang: Language) -> Result:
    """The passages on a term, those that explain it first."""
    found = _passages(query, library, limit=_POOL)
    last = query.words[-1:]  # of 一核三廊四带的三廊
    found += [passage for passage in _passages(query, library, words=last, limit=_POOL) if passage not in found]
    if not found:
        return Result.nothing(query, lang)
    said = [
        (definition_in(passage.text, query.words) or definition_in(passage.text, last), passage) for passage in found
    ]
    said.sort(key=lambda pair: not pair[0])
    shown = tuple(passage for _, passage in said[:_MOST])
    first = said[0][0]
    if not first:
        text = _text("definition", query, shown, lang) + _first(shown[0], query, library, lang)
        return Result(text=text, facts=shown, passages=True)
    text = _defined(" ".join(query.words), first, shown[0], library, lang)
    return Result(text=text, facts=shown, passages=True, settled=True)


def with_meaning(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """The result with what a term means, or how an indicator is reckoned, first where the question asks for that; that
    no text says it where figures were found instead."""
    asks = rules.one("question_forms", "asks_meaning").search(question)
    takes_in = not asks and rules.one("question_forms", "asks_extent").search(question) is not None
    kinds = ("passages", "definition") if takes_in else ("passages", "definition", "targets")
    if not (asks or takes_in) or query.kind not in kinds or query.contents or result.settled:
        return result
    words = "".join(query.words)
    plans = [plan.id for plan in plans_searched(query, library)]
    said_before = rules.pattern("question_forms", "before_term").split(asks.string[: asks.start()])[-1] if asks else ""
    for term in dict.fromkeys((words, *query.words, *query.unknown, said_before)):
        if len(term) < _LEAST:
            continue
        for passage in passages_of(library, plans, [term], limit=_POOL):
            if said := definition_in(passage.text, [term], lists=takes_in, takes_in=takes_in):
                text = _defined(term, said, passage, library, lang)
                facts = result.facts if query.kind == "targets" else (passage,)
                return Result(
                    text=text,
                    facts=facts,
                    passages=query.kind != "targets",
                    related=(passage,),
                    told=True,
                    settled=True,
                )
    if query.kind != "targets" or not result.facts or not words:
        return result  # of a figure it is asked whose it is
    return replace(result, text=say("sentence", "not_defined", lang, words=words, text=result.text))


def _defined(words: str, said: str, passage: Passage, library: Library, lang: Language) -> str:
    plan = library.vocabulary.title_of.get(passage.plan, passage.plan)
    return say("sentence", "defined", lang, words=words, text=said, plan=plan)


def definition_in(text: str, words: Sequence[str], *, lists: bool = True, takes_in: bool = False) -> str | None:
    """The part of a passage that says what a term means: what it is short for, or what it is said to be; with `lists`
    the list that it sums up, with `takes_in` what it includes; else None."""
    term = "|".join(map(re.escape, words))
    short = re.search(rf"(?P<meaning>[^，。；（(]*){_words('short_for')}(?:{term})", text, re.IGNORECASE)
    if short and short["meaning"]:
        return _with_close(text, short.start(), short.end())
    said = re.search(rf"[^，。；]*(?:{term}){_words('explains')}", text, re.IGNORECASE)
    if not said and takes_in:
        said = re.search(rf"[^，。；]*(?:{term}){_words('takes_in')}", text, re.IGNORECASE)
    if said:
        return rules.one("question_forms", "note_mark").sub(text[said.start() :].strip())
    return _spelled_out(text, words) or (_enumerated(text, term) if lists else None)


def _spelled_out(text: str, words: Sequence[str]) -> str | None:
    """The words that Latin letters in brackets stand for: 碳捕获、利用与封存（CCUS）."""
    letters = "|".join(re.escape(word) for word in words if re.fullmatch(r"[A-Za-z0-9.+-]{2,12}", word))
    found = re.search(rf"[^，。；（(]*[（(](?:{letters})[）)]", text, re.IGNORECASE) if letters else None
    return found.group().strip() if found else None


def _enumerated(text: str, term: str) -> str | None:
    """What a term sums up: the list in brackets after it, or before the 等 that it ends."""
    listed = re.search(rf"(?:{term})[”\"]?[（(][^）)]*、[^）)]*[）)]", text, re.IGNORECASE)
    listed = listed or re.search(rf"[^。；]*、[^。；]*{_words('sums_up')}(?:{term})", text, re.IGNORECASE)
    return listed.group().strip() if listed else None


def _words(name: str) -> str:
    """The expression of words of the texts by which a term is explained."""
    return rules.one("question_forms", f"means.{name}").expression


def _with_close(text: str, start: int, end: int) -> str:
    """A piece of text to the bracket that closes after it."""
    close = next((index + 1 for index in range(end, len(text)) if text[index] in "）)"), len(text))
    return text[start:close].strip()


def fallback(query: Understood, library: Library, lang: Language) -> Result | None:
    """The passages that hold the words of a query; None where there are none."""
    if query.reason:
        return reasons(query, library, lang)
    found = _passages(query, library, limit=_POOL if query.kind == "deadlines" else _MOST)
    if query.amount and query.measure:
        found = [passage for passage in found if re.search(rf"\d\s*{re.escape(query.measure)}", passage.text)]
    dated = rules.one("questions", "passage.dated").regex
    needed = dated if query.kind == "deadlines" else _FIGURE if query.amount else None
    if needed:
        found = [passage for passage in found if needed.search(_CITED.sub("", passage.text))]
    found = found[:_MOST]
    if not found:
        return None
    text = _text("passages", query, found, lang) + _first(found[0], query, library, lang)
    return Result(text=text, facts=tuple(found), passages=True)


def reasons(query: Understood, library: Library, lang: Language) -> Result | None:
    """The passages on a thing, those that give a reason first, and it is said where none does; None where none are."""
    verbs = rules.one("question_forms", "around.before").expression
    words = [re.sub(f"^(?:{verbs})+(?=..)", "", word) for word in query.words]
    found = _passages(query, library, words=words, limit=_POOL) or _passages(query, library, limit=_POOL)
    if not found:
        return None
    gives = rules.one("question_forms", "gives_reason")
    giving = [passage for passage in found if gives.search(passage.text)]
    rest = [passage for passage in found if passage not in giving]
    shown = (*giving, *rest)[:_MOST]
    key = "reasons" if giving else "no_reason"
    text = say("sentence", key, lang, words=" ".join(words), count=len(giving or found))
    return Result(text=text + _first(shown[0], query, library, lang), facts=shown, passages=True)


def _first(passage: Passage, query: Understood, library: Library, lang: Language) -> str:
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
    return fallback(query, library, lang) or Result.nothing(query, lang)


def _text(sentence: str, query: Understood, found: Sequence[Passage], lang: Language) -> str:
    return say("sentence", sentence, lang, words=" ".join(query.words), count=len(found))


def _passages(
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
