"""Questions for what stands in a 专栏: 噪声专栏有几个重点项目, 专栏8有哪些任务.

A box is named by its number, or by words of its title before the word for a box; what else is asked (哪些风电项目)
narrows what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from plankb import numbers, rules
from plankb.query.link.topic import InTexts
from plankb.query.model import Kind, Understood
from plankb.query.normalise.names import bare, pieces
from plankb.query.recognise.keywords import edges
from plankb.query.recognise.mentions import Mentions
from plankb.query.recognise.sections import BOX
from plankb.query.vocabulary import Vocabulary

Reading = Callable[[str, Kind | None], tuple[Mentions, Understood]]
"""Reads a question for facts of a kind, None to find out: what it mentions, and the query."""

_LEAST = 2
"""Characters of the words that name a box."""


def with_box(text: str, read: Reading, vocabulary: Vocabulary, in_texts: InTexts) -> Understood | None:
    """The query of a question for the projects and items of one box; None where it asks for none, for a figure, or for
    who answers for it."""
    if not rules.one("question_forms", "box_items").search(text):
        return None
    if match := rules.one("question_forms", "box_numbered").search(text):
        number = numbers.parse(match["number"])
        section, rest = f"{BOX}{number}", f"{text[: match.start()]}，{text[match.end() :]}"
    else:
        found = _titled(text, vocabulary, in_texts)
        if found is None:
            return None
        section, rest = found
    mentions, query = read(rest, "projects")
    if mentions.bureaus or mentions.periods or mentions.forms or mentions.section_numbers or query.unknown:
        return None
    if any(word.slot == "role" for word in mentions.keywords):
        return None
    return replace(query, section=section, ignored=tuple(word for word in query.ignored if word not in section))


def _titled(text: str, vocabulary: Vocabulary, in_texts: InTexts) -> tuple[str, str] | None:
    """The bare title of the box that words before 专栏 name best, and the question without them; None where none is."""
    match = rules.one("question_forms", "box_titled").search(text)
    if match is None or not vocabulary.boxes:
        return None
    name = match["name"]
    unread = None
    for start in range(len(name) - _LEAST + 1):
        words, rest = bare(name[start:]), f"{text[: match.start() + start]}，{text[match.end() :]}"
        fitting = [title for title in vocabulary.boxes if pieces(words, title)]
        if fitting:
            return unread or (_best(words, fitting), rest)
        if unread is None and len(words) > _LEAST + 1 and name[start] not in edges() and in_texts(name[start:]):
            unread = words, rest  # of a box that holds no named fact, unless it is that of another
    return unread


def _best(words: str, titles: Sequence[str]) -> str:
    """The title that has the words in fewest pieces, of these the one that has least besides."""
    return min(titles, key=lambda title: (pieces(words, title), len(title), title))
