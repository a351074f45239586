"""Names in Latin letters: places and proper names in pinyin (Kaiyang, Zunyi), bureaus by what they do in English."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.query.normalise.pronunciation import spellings
from plankb.query.recognise.bureaus import bureau_ids
from plankb.query.vocabulary import Vocabulary
from plankb.register import places
from plankb.rules.kinds import Codes, Words

_WORD = compiled(r"[A-Za-z]+(?:'[a-z]+)?")
_SYLLABLES = compiled(
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|[aeio]ng|ia[no]|ua[in]|[ae]i|ao|ou|[aeiu]n|i[aeu]|u[aioe]|er|[aeiouv])'?)+"
)
_LEAST = 5
_LONGEST_NAME = 4
_STEM = 5
_NEAR = 6
"""Words of a bureau's English name before or after its organ word."""


def with_names(text: str, vocabulary: Vocabulary) -> str:
    """An English question with its bureaus by their Chinese names, and places and other proper names in characters.

    A name may be written with a printed apostrophe.
    """
    text = re.sub("(?<=[a-z])[\u2018\u2019\u02bc](?=[a-z])", "'", text)
    return re.sub(" +", " ", _with_places(_with_bureaus(text, vocabulary), vocabulary))


# ---------------------------------------------------------------- bureaus


def _with_bureaus(text: str, vocabulary: Vocabulary) -> str:
    for organ in reversed(list(_organ_pattern().finditer(text))):
        found = _bureau_at(text, organ, vocabulary)
        if found:
            start, end, name = found
            text = f"{text[:start]} {name} {text[end:]}"
    return text


def _organs() -> Mapping[str, tuple[str, ...]]:
    """English words for kinds of bodies, each with the Chinese endings it may stand for."""
    return rules.one("glossary_names", "organs", Words).values


@cache
def _organ_pattern() -> re.Pattern[str]:
    words = _organs()
    return re.compile(
        rf"\b(?P<organ>{'|'.join(sorted(words, key=len, reverse=True))})s?\b(?P<of>\s+(?:of|for)\b)?", re.I
    )


def _bureau_at(text: str, organ: re.Match[str], vocabulary: Vocabulary) -> tuple[int, int, str] | None:
    """Start and end of a bureau's English name around its organ word, and its Chinese name."""
    before = list(_WORD.finditer(text[: organ.start()]))[-_NEAR:]
    after = list(_WORD.finditer(text, organ.end()))[:_NEAR] if organ["of"] else []
    for size in range(len(after) or len(before), 0, -1):
        words = after[:size] if after else before[-size:]
        level = [word for word in before if after] if after else before[:-size]
        ids = _ids([word.group() for word in words], organ["organ"], vocabulary)
        if not ids:
            continue
        scope, start = _scope(level, ids, vocabulary)
        start = min(start, organ.start(), words[0].start())
        if not after and not scope:  # the place may stand among the words: Guiyang municipal transport bureau
            scope = frozenset(ids)
        chosen = tuple(id_ for id_ in ids if id_ in scope) or ids
        return _without_article(text, start), max(organ.end("organ"), words[-1].end()), _chinese(chosen, vocabulary)
    return None


def _without_article(text: str, start: int) -> int:
    article = re.search(r"\bthe\s+$", text[:start], re.IGNORECASE)
    return article.start() if article else start


def _ids(words: list[str], organ: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The bureaus whose function the words name, all of them; the organ word narrows where it can."""
    little = rules.one("glossary_names", "little").vocabulary
    elastic = rules.one("glossary_names", "elastic").vocabulary
    same = rules.one("glossary_names", "same", Codes).values
    said = [same.get(word.lower(), word.lower()) for word in words if word.lower() not in little]
    if not said or words[0].lower() in little or words[-1].lower() in little:
        return ()
    ends = _organs()[organ.lower().removesuffix("s")]
    ranked: dict[tuple[bool, int], list[str]] = defaultdict(list)
    for id_ in vocabulary.bureaus:
        parts = id_.partition(":")[2].split("-")
        if all(part.isascii() for part in parts) and all(_has(parts, word) or word in elastic for word in said):
            missing = sum(not any(_same(part, word) for word in said) for part in parts)
            if missing < len(parts):
                ranked[not vocabulary.bureaus[id_].name.endswith(ends), missing].append(id_)
    return tuple(ranked[min(ranked)]) if ranked else ()


def _has(parts: Iterable[str], word: str) -> bool:
    return any(_same(part, word) for part in parts)


def _same(part: str, word: str) -> bool:
    return part == word or (min(len(part), len(word)) >= _STEM and part[:_STEM] == word[:_STEM])


def _scope(before: list[re.Match[str]], ids: tuple[str, ...], vocabulary: Vocabulary) -> tuple[frozenset[str], int]:
    """Of bureaus those of the place or level that the words before name, and where these words start."""
    levels = rules.one("glossary_names", "levels", Words).values
    kept, start = set(ids), len(before[-1].string) if before else 1 << 30
    for word in reversed(before):
        said = word.group().lower().removesuffix("'s")
        ranks = tuple(levels.get(said, ()))
        spelled = vocabulary.homes if _is_pinyin(said) else ()
        homes = frozenset(place.name for place in spelled if said in spellings(_short(place.name)))
        if not ranks and not homes:
            break
        kept = {id_ for id_ in kept if _is_of(vocabulary.bureaus[id_].jurisdiction or "", homes, ranks)} or kept
        start = word.start()
    return frozenset(kept), start


def _is_of(home: str, homes: frozenset[str], ranks: tuple[str, ...]) -> bool:
    return home in homes or (bool(ranks) and home.endswith(ranks))


def _short(name: str) -> str:
    return rules.one("jurisdictions", "rank").sub(name)


def _chinese(ids: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """The name by which a question in Chinese would mean exactly these bureaus."""
    bureaus = [vocabulary.bureaus[id_] for id_ in ids]
    shared = set(bureaus[0].names).intersection(*(bureau.names for bureau in bureaus))
    for name in sorted(shared, key=len):
        if set(bureau_ids(name, vocabulary)) == set(ids):
            return name
    return "、".join(bureau.name for bureau in bureaus)


# ---------------------------------------------------------------- places and proper names


def _with_places(text: str, vocabulary: Vocabulary) -> str:
    return _WORD.sub(lambda match: _in_characters(match.group(), vocabulary) or match.group(), text)


def _in_characters(word: str, vocabulary: Vocabulary) -> str | None:
    """The place, or the name in the plans, that a word spells in pinyin; None where it spells none."""
    said = word.lower().removesuffix("'s")
    joined = said.replace("'", "")
    least = _LEAST - 1 if word[:1].isupper() else _LEAST
    if len(joined) < least or not _is_pinyin(said):
        return None
    if place := _places_here(vocabulary).get(joined) or _places().get(joined):
        return place
    if len(said) < _LEAST:
        return None
    return _in_names(said, vocabulary) if word[:1].isupper() else None


def _is_pinyin(word: str) -> bool:
    """Whether a word can be read as syllables of pinyin: only then are the sounds of names looked up."""
    return word not in rules.one("glossary_names", "english").vocabulary and bool(_SYLLABLES.fullmatch(word))


@cache
def _spelled_places() -> Mapping[str, tuple[str, ...]]:
    return {
        short: tuple(spellings(short))
        for place in places.all_places()
        if place.rank in ("province", "city") and len(short := _short(place.name)) > 1
    }


@cache
def _places() -> Mapping[str, str]:
    return {spelled: name for name, forms in _spelled_places().items() for spelled in forms}


@lru_cache(maxsize=1)
def _places_here(vocabulary: Vocabulary) -> Mapping[str, str]:
    return {form: name for name in vocabulary.place_names for form in spellings(name)}


def _in_names(said: str, vocabulary: Vocabulary) -> str | None:
    """The characters of a name of the plans that are spelled so; None where there are none, or several."""
    text = vocabulary.haystack
    found = {
        text[start : start + size]
        for size in range(2, _LONGEST_NAME + 1)
        for start in range(len(text) - size + 1)
        if said[0] in _initials(text[start]) and said in spellings(text[start : start + size])
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=8192)
def _initials(char: str) -> frozenset[str]:
    return frozenset(sound[0] for sound in spellings(char) if sound)
