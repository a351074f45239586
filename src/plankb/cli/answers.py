"""An answer on the terminal: the sentence, what was understood, the note, then every fact with its source."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from plankb.cli.facts import write_facts, write_records
from plankb.cli.output import console, safe, write_line
from plankb.cli.session import Session
from plankb.columns import Shown, titles_of
from plankb.errors import Language
from plankb.kb import Answer, chips, harmless_json, is_english
from plankb.model import Citation, Conflict, Deadline, Project, Record, Target, Task
from plankb.words import say, word


def write_answer(answer: Answer, at: Session, output: Literal["text", "json"]) -> None:
    """Prints an answer. JSON holds all of it on one line; text that is longer than the terminal is paged."""
    if output == "json":
        write_line(harmless_json(json.dumps(answer.as_json(), ensure_ascii=False)))
        return
    lang: Language = at.answers_in or ("en" if is_english(answer.question) else "zh")
    with _paged(answer):
        write_line(safe(answer.answer))
        labels = " · ".join(chip.label for chip in chips(answer.understood, at.kb.library, lang))
        if labels:
            write_line(safe(say("commands.answer.understood", lang, labels=labels)))
        if answer.note:
            write_line(safe(say("commands.answer.note", lang, note=answer.note)))
        write_line("")
        _write_facts(answer.facts, Shown(lang, titles_of(at.kb.store.plans())))


def _write_facts(facts: Sequence[Record], shown: Shown) -> None:
    write_facts([fact for fact in facts if isinstance(fact, Task | Target | Deadline | Project | Citation)], shown)
    for kind in ("bureau", "plan", "passage"):
        same = [fact for fact in facts if getattr(fact, "kind", None) == kind]
        if same:
            write_records(kind, same, shown)
    for conflict in (fact for fact in facts if isinstance(fact, Conflict)):
        severity = word("severity", conflict.severity, shown.lang)
        write_line(safe(f"{conflict.indicator}（{severity}）：{conflict.why.text(shown.lang)}"))
        write_facts(conflict.facts, shown)


@contextmanager
def _paged(answer: Answer) -> Iterator[None]:
    """Shows what is printed inside in a pager where it is a long list on a terminal."""
    screen = console()
    if not sys.stdout.isatty() or 2 * answer.count + 6 <= screen.height:
        yield
        return
    import io
    import pydoc
    from contextlib import redirect_stdout

    buffer = io.StringIO()
    with redirect_stdout(buffer):
        yield
    pydoc.pager(buffer.getvalue())
