"""By how much a thing changed where only a sentence says it: 由25.9%降至17.7%, 183万辆，与2016年的119万辆相比."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import quantities, rules
from plankb.errors import Language
from plankb.model import Passage, Target
from plankb.numbers import plain
from plankb.phrases import number
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise.names import bare, pieces

_PLANS, _BEFORE = 20, 60
"""Plans whose texts are read, and characters of a sentence before a change that say its years."""
_YEAR = re.compile(r"20\d\d")
_STOP = re.compile(r"[，。；、：\n]")
_TURN = re.compile(r"[。；\n]")


def with_told_change(query: Understood, result: Result, question: str, library: Library, lang: Language) -> Result:
    """The result, or what a sentence says of the change of the thing asked about, with the difference, where no fact is
    of the years asked for: a sentence that names both figures in one unit."""
    if result.told or (result.facts and not result.passages and not _is_of_other_years(query, result)):
        return result
    return _told_change(query, question, library, lang) or result


def _is_of_other_years(query: Understood, result: Result) -> bool:
    """Whether a change between two years is asked for of which no fact is."""
    years = query.period.years if query.period and query.base_year else ()
    return bool(years) and not any(isinstance(fact, Target) and fact.by in years for fact in result.facts)


def _told_change(query: Understood, question: str, library: Library, lang: Language) -> Result | None:
    asks = query.form == "more" or any(
        rules.one("question_forms", name).search(question) for name in ("asks_change", "asks_from_to")
    )
    units = quantities.unit_names()
    words = [bare(word) for word in query.words if word not in units and not word.startswith(("万", "亿"))]
    plans = plans_searched(query, library)
    if not asks or query.kind not in ("targets", "passages") or not words or len(plans) > _PLANS or query.parts:
        return None
    years = set(query.period.years) if query.period else set()
    for plan in plans:
        for said, text, span in _changes(library.store.text(plan.id)):
            subject = bare(_STOP.split(text[: said.start()])[-1])
            told = set(_YEAR.findall(text[max(0, said.start() - _BEFORE) : said.end()]))
            fits = all(pieces(word, subject) for word in words) and (not (years and told) or bool(years & told))
            if fits and (gap := _gap(said, lang)):
                section = library.section_at(plan.id, span[0])
                passage = Passage(plan=plan.id, section=section, text=text, span=span, highlights=(), score=1.0)
                key = "told_up" if _value(said, "later") > _value(said, "earlier") else "told_down"
                quote = _STOP.split(text[: said.start()])[-1] + said.group()
                words_said = say("sentence", key, lang, gap=gap, text=quote, plan=plan.title)
                return Result(text=words_said, related=(passage,), told=True, settled=True)
    return None


def _changes(text: str) -> Iterator[tuple[re.Match[str], str, tuple[int, int]]]:
    """The changes that a text tells: the match in its sentence, the sentence and where it stands."""
    pattern = rules.one("question_forms", "told_change")
    start = 0
    for stop in (*_TURN.finditer(text), None):
        end = stop.start() if stop else len(text)
        sentence = text[start:end]
        for said in pattern.finditer(sentence):
            yield said, sentence, (start, end)
        start = end + 1


def _value(said: re.Match[str], when: str) -> float:
    return float(said[when] or said[f"{when}2"])


def _gap(said: re.Match[str], lang: Language) -> str:
    """The difference of the two figures with its unit; empty where they have not one unit."""
    unit, other = ((said[name] or said[f"{name}2"] or "").strip() for name in ("unit", "other"))
    if unit != other or not unit:
        return ""
    gap = plain(float(f"{abs(_value(said, 'later') - _value(said, 'earlier')):.10g}"))
    return number(gap) + (say("sentence", "points", lang) if unit == "%" else unit)
