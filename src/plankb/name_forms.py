"""The forms in which names are compared: without spaces, signs and letter case, with words of one meaning made one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from plankb import rules
from plankb.headings import heading_pattern
from plankb.kept_patterns import compiled
from plankb.rules.kinds import Rewrite
from plankb.version import __version__

_DROPPED = compiled(r"[\s“”‘’\"'《》〈〉（）()［］\[\]〔〕·—\-_，,。.；;：:、？?！!/<>]")
_CHINESE = compiled("[\u4e00-\u9fff]+")
_BEFORE_TITLE = compiled(r"^[\s:：、.．]+")


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The form in which names are compared."""
    found = unicodedata.normalize("NFKC", text).lower()
    if rules.union("synonyms", "synonym").search(found):  # one look: most names hold no word that has a synonym
        for rule in rules.many("synonyms", "synonym", Rewrite):
            found = rule.sub(found)
    return _DROPPED.sub("", found)


@lru_cache(maxsize=65536)
def printed(text: str) -> str:
    """`bare` with its words as they are printed: 规模 stands in 装机规模, which is compared as 装机容量."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def may_hold(words: str) -> re.Pattern[str] | None:
    """What stands in every text whose bare form holds bare words of Chinese characters; None where a synonym of other
    characters may give these words."""
    made = {rule.to for rule in rules.many("synonyms", "synonym", Rewrite)}
    if not _CHINESE.fullmatch(words) or any(_overlap(words, one) for one in made):
        return None
    return re.compile(f"{_DROPPED.pattern}*".join(words))


def _overlap(words: str, other: str) -> bool:
    """Whether one of two texts holds the other, or begins as the other ends."""
    sizes = range(1, min(len(words), len(other)) + 1)
    joint = any(words.endswith(other[:size]) or other.endswith(words[:size]) for size in sizes)
    return joint or words in other or other in words


def squeezed(text: str) -> str:
    """A text without its spaces and line breaks."""
    return "".join(text.split())


def without_number(heading: str) -> str:
    """A heading without the number that it starts with."""
    return _BEFORE_TITLE.sub("", heading_pattern().sub("", heading, count=1))


def stamp() -> str:
    """What tells forms of one set of rules from those of another: kept beside forms that are kept."""
    synonyms = [(rule.expression, rule.to) for rule in rules.many("synonyms", "synonym", Rewrite)]
    said = repr((__version__, unicodedata.unidata_version, synonyms))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
