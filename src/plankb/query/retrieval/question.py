"""What a question looks for in texts: the clauses that ask for something, as weighted terms and kinds of answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.query.normalise import english
from plankb.query.recognise.keywords import edges
from plankb.rules.kinds import Codes, Rewrite
from plankb.rules.lazy import LazyPattern
from plankb.search.tokens import fold

_PAIR = LazyPattern("[\u4e00-\u9fff](?=([\u4e00-\u9fff]))")
_TOKEN = compiled(r"[a-z][a-z0-9.]*|\d+(?:\.\d+)?")
_ENGLISH = compiled(r"[A-Za-z][A-Za-z-]+")
_JOINT = compiled("、|以及|(?<![饱缓])和|与")
_LEAST, _MOST = 3, 4
"""Characters of a thing that is asked of beside others, and how many there may be."""
_ASIDE, _NEEDED, _WHOLE, _REWORDED, _PARTICLE = 0.4, 0.8, 6, 0.8, 0.3
"""What a term of another clause counts beside a clause of so many own terms or of fewer, one of other words for what is
said, and a pair that holds a little word."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that asks for something. `terms`: pairs of Chinese characters and words of letters or digits, each with
    what it counts, above 0 to 1; `own` are those of the clause itself; `kinds` are the kinds of answers (amount, who,
    when, meaning, list) that it asks for."""

    said: str
    terms: Mapping[str, float]
    own: frozenset[str]
    kinds: frozenset[str]


def clauses(question: str, *, without: Iterable[str] = ()) -> tuple[Clause, ...]:
    """The clauses of a question that ask for something, in order; the last one where none does.

    `without` are words that say where to look, not what for, such as the names of places.
    """
    parts = [part for part in rules.pattern("retrieval", "stop").split(question) if part.strip()]
    names = tuple(map(fold, without))
    aside = _terms(question, names)
    each = [thing for part in _asking(parts, names) for thing in _things(part)]
    return tuple(clause for part in each if (clause := _clause(part, aside, names)).terms)


def whole(question: str, *, said: str = "", without: Iterable[str] = ()) -> Clause:
    """A question as one clause; with `said` its terms are those of what was understood of it."""
    return _clause(said or question, {}, tuple(map(fold, without)), asked=question)


def _asking(parts: Sequence[str], names: tuple[str, ...]) -> list[str]:
    """The clauses that ask for something, one that names nothing itself (…的目标，是多少) with the clause before it."""
    found: list[str] = []
    for place, part in enumerate(parts):
        if not rules.one("retrieval", "asks").search(part):
            continue
        if any(count == 1.0 for count in _terms(part, names).values()):
            found.append(part)
        elif not found:
            found.append("，".join(parts[max(0, place - 1) : place + 1]))
    return found or list(parts[-1:])


def _things(part: str) -> tuple[str, ...]:
    """The things that a clause asks of one by one (A、B和C各多少), each with what it asks; else the clause itself."""
    each = rules.one("retrieval", "each").search(part)
    if each is None:
        return (part,)
    start = each.start()
    things = [thing for thing in _JOINT.split(part[:start]) if len(thing) >= _LEAST]
    return tuple(thing + part[start:] for thing in things) if 1 < len(things) <= _MOST else (part,)


def _clause(part: str, aside: Mapping[str, float], names: tuple[str, ...], *, asked: str = "") -> Clause:
    own = _terms(part, names)
    worth = _ASIDE if len(own) >= _WHOLE else _NEEDED  # 门槛是多少: of what is said before it
    others = {term: worth * count for term, count in aside.items() if term not in own}
    kinds = frozenset(rule.means for rule in rules.many("retrieval", "asked") if rule.search(asked or part))
    return Clause(part.strip(), {**own, **others}, frozenset(own), kinds)


def _terms(text: str, names: tuple[str, ...]) -> dict[str, float]:
    """The terms of a text without chatter, and of what texts say in its place."""
    text = fold(_in_chinese(text))
    for name in names:
        text = text.replace(name, "，")
    reworded = said_otherwise(text)
    found = dict.fromkeys(pairs(_plain(text)), 1.0)
    for pair in pairs(_plain(reworded)):
        found.setdefault(pair, _REWORDED)
    return {term: count * (_PARTICLE if _has_particle(term) else 1.0) for term, count in found.items()}


def said_otherwise(folded: str) -> str:
    """Folded text in the words that plans have for it."""
    for rule in rules.many("retrieval", "wording", Rewrite):
        folded = rule.sub(folded)
    return folded


def _plain(text: str) -> str:
    return rules.pattern("retrieval", "chatter").sub("，", text)


def _has_particle(term: str) -> bool:
    return not term.isascii() and any(char in edges() for char in term)


def pairs(folded: str) -> Iterator[str]:
    """Every two Chinese characters that stand together in folded text, and every word of Latin letters or digits."""
    for match in _PAIR.finditer(folded):
        yield match.group() + match[1]
    yield from _TOKEN.findall(folded)


def _in_chinese(text: str) -> str:
    """A text with its English words in Chinese ones, also those that name nothing by themselves."""
    if not _ENGLISH.search(text):
        return text
    words = _english()
    return _ENGLISH.sub(lambda match: f"，{english.meaning(match.group(), words) or match.group().lower()}，", text)


@cache
def _english() -> Mapping[str, str]:
    return rules.one("retrieval", "english", Codes).values
