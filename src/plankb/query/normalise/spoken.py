"""What is typed, as it is spoken: dialectal words in standard ones, a greeting and what it is asked for taken off,
whether it is a question at all, and whether one about the program itself.
"""

from __future__ import annotations

from plankb import rules
from plankb.rules.kinds import Rewrite

_LEAST = 6
"""Characters of a question that may go on from a clause that says why it is asked."""


def standard(text: str) -> str:
    """A question in standard words (好多 asks for 多少), without the greeting that opens it, who wants to know and what
    for; a lone greeting stays."""
    rest = rules.one("question_fillers", "greeting").sub(text)
    text = _without_opening(rest if any(char.isalnum() for char in rest) else text)
    for rule in rules.many("questions", "spoken", Rewrite):
        text = rule.sub(text)
    return text


def _without_opening(text: str) -> str:
    """A question without the clauses that tell why it is asked (领导开会要用，请列出…), where enough of it is left."""
    for rule in rules.many("question_fillers", "opening", Rewrite):
        rest = rule.sub(text)
        text = rest if sum(char.isalnum() for char in rest) >= _LEAST else text
    return text


def listed(text: str) -> str:
    """A question with 、 for the spaces between the things that it asks about side by side (光伏 风电各多少)."""
    if not rules.one("question_forms", "several_asked").search(text):
        return text
    return rules.pattern("question_forms", "space_listed").sub("、", text)


def is_greeting(text: str) -> bool:
    """Whether a text greets and says nothing more."""
    return not any(char.isalnum() for char in rules.one("question_fillers", "greeting").sub(text))


def is_question(text: str) -> bool:
    """Whether a text asks: it ends as a question does, or holds a word that is asked with."""
    words = text.strip()
    return words.endswith(("？", "?")) or bool(rules.one("question_forms", "asking").search(words))


def help_topic(text: str) -> str | None:
    """What is asked about the program; None for a question about plans."""
    return next(
        (rule.means for rule in rules.many("question_forms", "help") if rule.fullmatch(text.strip("？?。！! "))), None
    )
