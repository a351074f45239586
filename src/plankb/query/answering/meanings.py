"""What a term of the plans means, and how an indicator is reckoned: by a list of terms, or by the sentence on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.model import Passage
from plankb.name_forms import without_number
from plankb.query.answering.evidence import as_asked, scope_for
from plankb.query.answering.fulltext import passages as passages_of
from plankb.query.answering.passages import first_of, passages_on, text_on
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise.names import bare

_MOST, _POOL, _FEW, _LEAST, _TERM = 10, 60, 3, 3, 20
"""Passages that are told, and looked at, plans that are named; characters of the shortest term that is not quoted, and
of the longest."""
_WEAKEST = 9
_NAMED, _NEARLY = 0.3, 0.75
"""How much of a title a question says where it names a plan, and what part of the best one's another plan has then."""
_QUOTED = re.compile('[“"「](?P<term>[^“”"「」《》]{2,20})[”"」]')


def definition(query: Understood, library: Library, lang: Language) -> Result:
    """The passages on a term, those that explain it first."""
    found = passages_on(query, library, limit=_POOL)
    last = query.words[-1:]  # of 一核三廊四带的三廊
    found += [passage for passage in passages_on(query, library, words=last, limit=_POOL) if passage not in found]
    if not found:
        return Result.nothing(query, lang)
    said = [
        (definition_in(passage.text, query.words) or definition_in(passage.text, last), passage) for passage in found
    ]
    said.sort(key=lambda pair: not pair[0])
    shown = tuple(passage for _, passage in said[:_MOST])
    first = said[0][0]
    if not first:
        text = text_on("definition", query, shown, lang) + first_of(shown[0], query, library, lang)
        return Result(text=text, facts=shown, passages=True)
    text = _defined(" ".join(query.words), first, shown[0], library, lang)
    return Result(text=text, facts=shown, passages=True, settled=True)


def with_meaning(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """The result with what a term means, or how an indicator is reckoned, first where the question asks for that; that
    no text says it where figures were found instead."""
    asks = rules.one("question_forms", "asks_meaning").search(question)
    takes_in = not asks and rules.one("question_forms", "asks_extent").search(question) is not None
    kinds = ("passages", "definition") if takes_in else ("passages", "definition", "targets")
    if not (asks or takes_in) or query.kind not in kinds or query.contents:
        return result
    told = _meaning(query, question[: asks.start()] if asks else "", takes_in, question, library, lang)
    if told:
        text, passage = told
        facts = result.facts if query.kind == "targets" else (passage,)
        rest = query.kind != "targets"
        return Result(text=text, facts=facts, passages=rest, related=(passage,), told=True, settled=True)
    words = "".join(query.words)
    if query.kind != "targets" or not result.facts or result.settled or not words:
        return result  # of a figure it is asked whose it is
    return replace(result, text=say("sentence", "not_defined", lang, words=words, text=result.text))


def _meaning(
    query: Understood, before: str, takes_in: bool, question: str, library: Library, lang: Language
) -> tuple[str, Passage] | None:
    """The sentence on what a term means and the passage that says it: of the plans that the question names, else, which
    is told, of others; None where none says it."""
    named, others = _where(query, question, library)
    terms = tuple(_terms(query, question, before, named, library))
    for plans in (named, others):
        for term in terms if plans else ():
            found = _in_list_of_terms(term, plans, library) or _in_sentence(term, plans, takes_in, library)
            if found is None and plans is named and query.kind == "definition":
                found = _under_heading(term, plans, library)
            if found is None:
                continue
            said, passage = found
            text = _defined(term, said, passage, library, lang)
            if named and plans is others and not takes_in:
                titles = joined((f"《{library.vocabulary.title_of[plan]}》" for plan in named), lang, limit=_FEW)
                text = say("sentence", "defined_elsewhere", lang, plans=titles, text=text)
            return text, passage
    return None


def _where(query: Understood, question: str, library: Library) -> tuple[list[str], list[str]]:
    """The plans that a question names by their titles, and the others that it may be answered from."""
    searched = [plan.id for plan in plans_searched(query, library)]
    everywhere = [plan.id for plan in library.vocabulary.plans] if query.kind == "definition" else searched
    weights = scope_for(as_asked(query, question, library), query, library).weights
    most = max((weights.get(plan, 0.0) for plan in searched), default=0.0)
    named = [plan for plan in searched if most >= _NAMED and weights.get(plan, 0.0) >= _NEARLY * most]
    named.sort(key=lambda plan: -weights[plan])
    named = named or (searched if len(searched) < len(everywhere) else [])
    return named, [plan for plan in everywhere if plan not in named]


def _terms(query: Understood, question: str, before: str, named: Sequence[str], library: Library) -> Iterator[str]:
    """What may be the term that a question asks about: what it quotes, what stands before its words for a meaning, then
    the words of its topic; what only names the plan comes last."""
    titles = [library.vocabulary.title_of[plan] for plan in named]
    quotes = [match["term"] for match in _QUOTED.finditer(question)]
    said_before = rules.pattern("question_forms", "before_term").split(before)[-1]
    words = [word for word in ("".join(query.words), *query.words, *query.unknown) if len(word) >= _LEAST]
    near = [said_before] if len(said_before) >= _LEAST else []
    ordered = dict.fromkeys((*reversed(quotes), *near, *words))
    naming = [term for term in ordered if any(term in title for title in titles)]
    yield from (term for term in (*(term for term in ordered if term not in naming), *naming) if len(term) <= _TERM)


def _in_list_of_terms(term: str, plans: Sequence[str], library: Library) -> tuple[str, Passage] | None:
    """What stands under a term in a plan's list of terms, and the passage; None where no list has it."""
    for plan in plans:
        text = library.store.text(plan)
        if term not in text:
            continue
        heading = (
            rf"^[\d.（）()、一二三四五六七八九十 ]*{re.escape(term)}(?:[（(][^）)\n]*[）)])?[：:]?\s*\n(?P<said>[^\n]+)"
        )
        for match in re.finditer(heading, text, re.MULTILINE | re.IGNORECASE):
            section = library.section_at(plan, match.start("said"))
            if any(rules.one("question_forms", "list_of_terms").search(title) for title in section):
                span = match.span("said")
                return match["said"], Passage(plan=plan, section=section, text=match["said"], span=span, score=1.0)
    return None


def _under_heading(term: str, plans: Sequence[str], library: Library) -> tuple[str, Passage] | None:
    """The first sentence below a heading that is the term itself, where it says more than the next heading."""
    for plan in plans:
        text = library.store.text(plan)
        for match in re.finditer(
            rf"^[^\n]{{0,8}}{re.escape(term)}[：:]?\s*\n(?P<said>[^\n。]{{12,}}。)", text, re.MULTILINE
        ):
            section = library.section_at(plan, match.start("said"))
            if section and bare(without_number(section[-1])) == bare(term):
                return match["said"], Passage(
                    plan=plan, section=section, text=match["said"], span=match.span("said"), score=1.0
                )
    return None


def _in_sentence(term: str, plans: Sequence[str], takes_in: bool, library: Library) -> tuple[str, Passage] | None:
    """The part of a sentence that says what a term means, and the sentence, of several that which says it in so many
    words; None where none does."""
    found = [
        (weakness, place, said, passage)
        for place, passage in enumerate(passages_of(library, plans, [term], limit=_POOL))
        for weakness, said in [_meant(passage.text, [term], lists=takes_in, takes_in=takes_in)]
        if said
    ]
    *_, said, passage = min(found, key=lambda one: one[:2]) if found else (None, None)
    return (said, passage) if said and passage else None


def _defined(words: str, said: str, passage: Passage, library: Library, lang: Language) -> str:
    plan = library.vocabulary.title_of.get(passage.plan, passage.plan)
    return say("sentence", "defined", lang, words=words, text=said, plan=plan)


def definition_in(text: str, words: Sequence[str], *, lists: bool = True, takes_in: bool = False) -> str | None:
    """The part of a passage that says what a term means: what it is said to be, or is short for; with `lists` the list
    that it sums up, with `takes_in` what it includes; else None."""
    return _meant(text, words, lists=lists, takes_in=takes_in)[1]


def _meant(text: str, words: Sequence[str], *, lists: bool, takes_in: bool) -> tuple[int, str | None]:
    """The part of a passage that says what a term means, and how weakly it does: 0 for in so many words."""
    term = "|".join(map(re.escape, words))
    for weakness, name in enumerate(
        ("states", "bounds", "short_for", "explains", *(("takes_in",) if takes_in else ()))
    ):
        if name == "short_for":
            short = re.search(rf"(?P<meaning>[^，。；（(]*){_words('short_for')}(?:{term})", text, re.IGNORECASE)
            if short and short["meaning"]:
                return weakness, _with_close(text, short.start(), short.end())
        elif said := re.search(rf"[^，。；]*(?:{term}){_words(name)}", text, re.IGNORECASE):
            return weakness, rules.one("question_forms", "note_mark").sub(text[said.start() :].strip())
    return _WEAKEST, _spelled_out(text, words) or (_enumerated(text, term) if lists else None)


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
