"""The facts of an answer with the sentence that sums them up."""

from __future__ import annotations

from collections.abc import Sequence

from plankb.errors import Language
from plankb.late import dataclass
from plankb.model import Passage
from plankb.query.answering.sentences import say
from plankb.query.model import AnyAnswer, Understood
from plankb.words import word

_KINDS = {
    "tasks": "task", "bureaus": "bureau", "targets": "target", "deadlines": "deadline", "conflicts": "conflict",
    "projects": "project", "citations": "citation", "plans": "plan", "definition": "passage", "passages": "passage",
    "help": "passage", "coverage": "target",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was found and how it is said. `by_text`: by the words of the texts, since no name fits; `also`: so many
    more only mention the topic; `remarks` go into the note; `passages`: not a structured answer;
    `related`: where the words stand, no answer; `told`: the text itself says what is not
    there; `inside`: of places inside the one asked for; `covered`: words of the question that the text says it has no
    answer to; `settled`: the text is the answer, no passage need go before it."""

    text: str
    facts: Sequence[AnyAnswer] = ()
    by_text: bool = False
    also: int = 0
    remarks: tuple[str, ...] = ()
    passages: bool = False
    related: tuple[Passage, ...] = ()
    told: bool = False
    inside: bool = False
    covered: tuple[str, ...] = ()
    settled: bool = False

    @classmethod
    def nothing(cls, query: Understood, lang: Language, *, remarks: tuple[str, ...] = ()) -> Result:
        """The answer without a fact."""
        return cls(text=say("sentence", "nothing", lang, kind=kind_word(query, lang)), remarks=remarks)


def kind_word(query: Understood, lang: Language) -> str:
    """The word for the kind of fact asked for."""
    return word("kind", _KINDS[query.kind or "passages"], lang)
