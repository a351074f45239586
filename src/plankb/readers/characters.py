"""Characters that stand for others: radicals, compatibility forms and displaced signs, as PDF fonts put them in a text.

Every reader repairs them by this one table, character for character, so that offsets stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from plankb import rules
from plankb.rules.kinds import Characters, Rewrite
from plankb.rules.model import Rule


def repaired(text: str) -> str:
    """The same text with every such character as the one it stands for; never another length."""
    if text.isascii():
        return text
    plain = text.translate(_table())
    for rule in _signs():
        plain = rule.sub(plain)
    return plain


def is_invisible(char: str) -> bool:
    """Whether a character is not printed and parts nothing (zero width, soft hyphen, private use)."""
    return bool(_invisible().match(char))


@cache
def _table() -> dict[int, str]:
    found: dict[int, str] = {}
    for entry in rules.many("text", "character", Characters):
        for first, last in entry.ranges:
            for code in range(ord(first), ord(last) + 1):
                plain = unicodedata.normalize("NFKC", chr(code))
                if len(plain) == 1:
                    found[code] = plain
        found.update({ord(old): new for old, new in zip(entry.old, entry.new, strict=True)})
    return found


@cache
def _signs() -> tuple[Rule, ...]:
    """Signs that their neighbours tell; each finds one character and gives one."""
    return rules.many("text", "sign", Rule)


@cache
def _invisible() -> re.Pattern[str]:
    (rule,) = (rule for rule in rules.many("text", "remove", Rewrite) if rule.name == "invisible")
    return rule.regex
