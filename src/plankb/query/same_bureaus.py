"""Whether the same bureaus answer for two tasks (A和B牵头的是同一个厅吗): each is asked for its own."""

from __future__ import annotations

from collections.abc import Sequence

from plankb import rules
from plankb.errors import Language
from plankb.late import dataclass
from plankb.model import Bureau
from plankb.query.answering.sentences import say
from plankb.query.model import Answer


@dataclass(frozen=True, slots=True)
class SameAsked:
    """The two tasks of such a question, each as a question for who has the role in it."""

    first: str
    second: str


def asked_same(text: str) -> SameAsked | None:
    """The two sides of a question whether the same bureaus have a role in two tasks; None where it asks otherwise."""
    match = rules.one("question_forms", "same_bureaus").search(text.strip("？?。 "))
    if match is None:
        return None
    who = say("join", "who_has", "zh", role=match["role"])
    joint = rules.one("question_forms", "same_head").regex
    head = joint.match(match["a"])
    area = head.group() if head else ""
    return SameAsked(match["a"] + who, area + match["b"] + who)


def same(first: Answer, second: Answer, question: str, lang: Language) -> Answer | None:
    """Yes or no, with who answers for each of the two; None where one of them finds nobody."""
    sides = [_bureaus(answer) for answer in (first, second)]
    if not all(sides):
        return None
    alike = set(sides[0]) == set(sides[1])
    shared = bool(set(sides[0]) & set(sides[1]))
    key = "same_yes" if alike else "same_partly" if shared else "same_no"
    text = say("sentence", key, lang, first=first.answer.rstrip("。."), second=second.answer)
    found = {fact.id: fact for answer in (first, second) for fact in answer.facts if isinstance(fact, Bureau)}
    notes = [answer.note for answer in (first, second) if answer.note]
    return Answer(
        question=question,
        understood=first.understood,
        answer=text,
        facts=tuple(found.values()),
        note=say("join", "parts", lang).join(dict.fromkeys(notes)) or None,
    )


def _bureaus(answer: Answer) -> Sequence[str]:
    return [fact.id for fact in answer.facts if isinstance(fact, Bureau)]
