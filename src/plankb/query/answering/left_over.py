"""Words of a question that played no part in its answer: told before it, or too many for it to be an answer."""

from __future__ import annotations

from dataclasses import replace

from plankb import rules
from plankb.errors import Language
from plankb.kept_patterns import compiled
from plankb.model import Passage
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.link.reduce import known_parts
from plankb.query.model import Understood
from plankb.query.normalise.names import overlap
from plankb.rules.lazy import LazyPattern

_DENIALS = "不没无非未除"
_LIMITS = ("只", "仅", "光", "单独", "独自", "唯一", "only")
_LATIN = compiled(r"[A-Za-z][A-Za-z-]+")
_HAN = LazyPattern("[\u4e00-\u9fff]+")
_LEAST, _KNOWN, _THING = 5, 4, 6
_KINDS = ("tasks", "targets", "bureaus", "deadlines", "projects")


def leaves_out_most(query: Understood) -> bool:
    """Whether more English words of a question were left out than its topic has, two or more."""
    left = [word for word in query.ignored if _LATIN.fullmatch(word)]
    return len(left) > max(1, len(query.words))


def asking_for_it(query: Understood) -> Understood:
    """A query that names its thing in words that were not understood before a head that says nothing of it
    (老房子装电梯的比例), with these words as what it asks for; any other query as it is."""
    said = tuple(word for word in query.ignored if _HAN.fullmatch(word) and len(word) > 1)
    heads = rules.words("indicators", "bare.rates")
    headed = bool(query.words) and all(word in heads for word in query.words)
    if not headed or sum(map(len, said)) < _THING:
        return query
    rest = tuple(word for word in query.ignored if word not in said)
    named = (*said[:-1], f"{said[-1]}的{query.words[0]}")
    return replace(query, topic=None, unknown=(*query.unknown, *named), ignored=rest)


def telling_left_over(
    query: Understood, result: Result, library: Library, lang: Language, *, question: str = ""
) -> Result:
    """The result with what the query made nothing of told first, where it may turn the answer around: a word that
    denies, a phrase that the plans know, or, of a question without any condition, whatever was left out."""
    if not result.facts:
        return result
    if denials := [word for word in query.ignored if word[0] in _DENIALS]:
        words = joined((f"“{word}”" for word in denials), lang)
        return replace(result, text=say("sentence", "denial_left", lang, words=words, text=result.text))
    limits = [word for word in query.ignored if word in _LIMITS]
    if not query.value:
        limits += [match.group() for match in rules.one("question_forms", "english_limit").regex.finditer(question)]
    if limits:
        words = joined((f"“{word}”" for word in limits), lang)
        return replace(result, text=say("sentence", "limit_left", lang, words=words, text=result.text))
    if query.kind not in _KINDS and not result.passages:
        return result
    foreign = [word for word in query.ignored if len(word) >= _KNOWN and _LATIN.fullmatch(word)]
    if foreign and not result.passages and (result.by_text or len(foreign) > 1):
        words = joined((f"“{word}”" for word in foreign), lang)
        return replace(result, text=say("sentence", "left_over", lang, words=words, text=result.text))
    bare = _is_unconditioned(query)
    least = _KNOWN if result.passages else 1 if bare else _LEAST
    long = [word for word in query.ignored if len(word) >= least and _HAN.fullmatch(word.replace("、", ""))]
    if result.passages:
        long = [word for word in long if not _is_said(word, result)]
    left = [word for word in long if least < _LEAST or _is_weighty(word, library)]
    if not left:
        return result
    words = joined((f"“{word}”" for word in left), lang)
    return replace(result, text=say("sentence", "left_over", lang, words=words, text=result.text))


def _is_said(word: str, result: Result) -> bool:
    """Whether a passage has two characters of a word together."""
    return any(overlap(word, fact.text) for fact in result.facts if isinstance(fact, Passage))


def _is_unconditioned(query: Understood) -> bool:
    """Whether a query has nothing but the kind of what is asked for, and in which order."""
    asked = Understood(
        kind=query.kind, aggregate=query.aggregate, ignored=query.ignored, corrections=query.corrections,
        role=query.role, today=query.today, due=query.due, amount=query.amount, counted=query.counted,
    )  # fmt: skip
    return query == asked


def _is_weighty(word: str, library: Library) -> bool:
    if len(word) < _LEAST or not _HAN.fullmatch(word):
        return False
    return any(len(part) >= _KNOWN for part in known_parts(word, library.in_texts))
