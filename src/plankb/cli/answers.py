"""An answer on the terminal: the sentence, what was understood, the note, then every fact with its source."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from plankb.cli.facts import columns, write_facts
from plankb.cli.output import Column, console, harmless_json, safe, write_line, write_table
from plankb.cli.session import Session
from plankb.errors import Language
from plankb.model import Bureau, Citation, Conflict, Deadline, Passage, Plan, Project, Target, Task
from plankb.query import Answer, chips, is_english
from plankb.words import say, word

_PLAN_COLUMNS = (
    Column(("编号", "id"), lambda plan: plan.id, 2),
    Column(("标题", "title"), lambda plan: plan.title, 5),
    Column(("区划", "area"), lambda plan: plan.jurisdiction or "", 1),
    Column(("规划期", "period"), lambda plan: plan.period or "", 1),
)
_PASSAGE_COLUMNS = (
    Column(("原文", "passage"), lambda passage: passage.text, 6),
    Column(("出处", "source"), lambda passage: " > ".join((passage.plan, *passage.section)), 3),
)


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
        _write_facts(answer.facts, lang, {plan.id: plan.title for plan in at.kb.store.plans()})


def _write_facts(facts: Sequence[Any], lang: Language, titles: Mapping[str, str]) -> None:
    plain = [fact for fact in facts if isinstance(fact, Task | Target | Deadline | Project | Citation)]
    write_facts(plain, lang, titles)
    groups: tuple[tuple[type[Any], Sequence[Column]], ...] = (
        (Bureau, columns("bureau", lang, titles)),
        (Plan, _PLAN_COLUMNS),
        (Passage, _PASSAGE_COLUMNS),
    )
    for kind, shown in groups:
        same = [fact for fact in facts if isinstance(fact, kind)]
        if same:
            write_table(same, shown, lang)
    for conflict in (fact for fact in facts if isinstance(fact, Conflict)):
        severity = word("severity", conflict.severity, lang)
        write_line(safe(f"{conflict.indicator}（{severity}）：{conflict.why.text(lang)}"))
        write_facts(conflict.facts, lang, titles)


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
