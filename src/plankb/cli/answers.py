"""An answer as it leaves the program: on the terminal, as JSON, CSV, or as a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from plankb.cli.brief import fitted, line_of, write_brief
from plankb.cli.facts import write_facts, write_records
from plankb.cli.output import ending, put, safe, screen, write_line
from plankb.cli.session import Session
from plankb.columns import Shown, titles_of
from plankb.errors import Language
from plankb.kb import Answer, asker, chips, harmless_json, is_english, short_titles
from plankb.late import dataclass
from plankb.model import Citation, Conflict, Deadline, Fact, Passage, Plan, Project, Record, Target, Task
from plankb.phrases import value
from plankb.words import say, word

if TYPE_CHECKING:
    from plankb.kb import Table

Output = Literal["text", "json", "jsonl", "csv", "md", "docx", "xlsx"]
_SHOWN = 30
"""Facts of a long answer that are shown in a pipe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """How an answer is shown: `detail` adds sources and quotations, `file` gets it as a table instead, `log` keeps what
    could not be answered."""

    output: Output = "text"
    detail: bool = False
    file: str | None = None
    log: bool = False


def write_answer(answer: Answer, at: Session, form: AnswerForm) -> None:
    """Prints an answer, or writes it to a file. JSON holds all of it on one line; long text on a terminal is paged."""
    if form.log:
        _log(answer, at)
    suffix = _ending(form)
    if suffix == ".text":
        with _paged(answer):
            _write_text(answer, at, form)
        return
    if suffix == ".csv" and form.file is None:
        sys.stdout.write("\ufeff")  # Excel takes a file without it for one of another encoding
    put(_rendered(answer, at, suffix), suffix, form.file)
    if form.file is not None:
        at.remark("answer.written", path=form.file, count=answer.count)


def _ending(form: AnswerForm) -> str:
    """The format: by the ending of the file, else as asked for. Raises E503 for a file of another ending."""
    own = Path(form.file or "").suffix.lower()
    return own if own in (".json", ".jsonl") else ending("table", form.output, form.file)


def _rendered(answer: Answer, at: Session, suffix: str) -> bytes:
    if suffix == ".json":
        return (harmless_json(json.dumps(answer.as_json(), ensure_ascii=False)) + "\n").encode()
    if suffix == ".jsonl":
        return "".join(harmless_json(fact.model_dump_json()) + "\n" for fact in answer.facts).encode()
    from plankb.kb import render

    return render("table", table_of(answer, at), suffix, lang=_language(answer, at))


def _names(answer: Answer, shown: Sequence[Record], at: Session, lang: Language) -> dict[str, str]:
    """Short titles of the plans, marked where a plan that is shown is no longer in force."""
    plans = at.kb.library.vocabulary.plans
    names = dict(short_titles(plans))
    cited = {fact.plan for fact in (*shown, *answer.passages) if isinstance(fact, Fact | Passage)}
    today = date.today().isoformat()  # noqa: DTZ011  the user's own day
    if any(plan.id in cited and may_be_over(plan, today) for plan in plans):
        for plan, status in at.kb.standing(today).status.items():
            if status in ("expired", "replaced"):
                names[plan] = names.get(plan, plan) + say(f"commands.answer.{status}", lang)
    return names


def may_be_over(plan: Plan, today: str) -> bool:
    """Whether a plan's period, or what it says of its own force, lets one ask whether it is in force on a day."""
    end = (plan.period or "9999")[-4:]
    return bool(plan.in_force) or end < today[:4] or bool(plan.date and plan.date < f"{int(today[:4]) - 5}")


def _log(answer: Answer, at: Session) -> None:
    if not answer.facts and answer.understood.kind != "help":
        at.remark("answer.logged", path=asker.log(answer.question, answer.note))


def _language(answer: Answer, at: Session) -> Language:
    return at.answers_in or ("en" if is_english(answer.question) else "zh")


def _write_text(answer: Answer, at: Session, form: AnswerForm) -> None:
    lang = _language(answer, at)
    write_line(safe(answer.answer))
    labels = " · ".join(chip.label for chip in chips(answer.understood, at.kb.library, lang))
    if labels:
        write_line(safe(say("commands.answer.understood", lang, labels=labels)))
    if answer.note:
        write_line(safe(say("commands.answer.note", lang, note=answer.note)))
    write_line("")
    shown = answer.facts if sys.stdout.isatty() else answer.facts[:_SHOWN]
    if form.detail or answer.understood.kind == "conflicts":
        _write_detail(answer.facts, Shown(lang, titles_of(at.kb.store.plans())))
    else:
        names = _names(answer, shown, at, lang)
        write_brief(answer, shown, names, lang)
        if len(shown) < answer.count:
            write_line(say("commands.answer.rest", lang, count=answer.count - len(shown)))
    if answer.passages:
        write_line(say("commands.answer.passages", lang))
        names = _names(answer, shown, at, lang)
        for passage in answer.passages:
            write_line(fitted("· " + line_of(passage, (), names, lang), screen()[0]))


def _write_detail(facts: Sequence[Record], shown: Shown) -> None:
    write_facts([fact for fact in facts if isinstance(fact, Task | Target | Deadline | Project | Citation)], shown)
    for kind in ("bureau", "plan", "passage"):
        same = [fact for fact in facts if getattr(fact, "kind", None) == kind]
        if same:
            write_records(kind, same, shown)
    for conflict in (fact for fact in facts if isinstance(fact, Conflict)):
        severity = word("severity", conflict.severity, shown.lang)
        write_line(safe(f"{conflict.indicator}（{severity}）：{conflict.why.text(shown.lang)}"))
        write_facts(conflict.facts, shown)


def table_of(answer: Answer, at: Session) -> Table:
    """An answer as one table: a fact a row, with its source as it is cited."""
    from plankb.kb import Table

    lang = _language(answer, at)
    titles = titles_of(at.kb.store.plans())
    if answer.understood.group or len(answer.understood.places) > 1:
        return _by_place(answer, at, titles)
    keys = ("kind", "fact", "source", "quote")
    heads = tuple(say(f"commands.answer.column_{key}", lang) for key in keys)
    rows = []
    for fact in answer.facts:
        plan = getattr(fact, "plan", None)
        section = getattr(fact, "section", ())
        source = f"《{titles.get(plan, plan)}》{' > '.join(section)}" if plan else ""
        quote = getattr(fact, "quote", "") or getattr(fact, "text", "")
        rows.append((word("kind", fact.kind, lang), line_of(fact, (), {}, lang, with_plan=False), source, quote))
    return Table(answer.question, keys, heads, tuple(rows))


def _by_place(answer: Answer, at: Session, titles: Mapping[str, str]) -> Table:
    """Targets as a table of places: place, level, indicator, value, time, plan."""
    from plankb.kb import Table

    lang = _language(answer, at)
    plans = {plan.id: plan for plan in at.kb.library.vocabulary.plans}
    keys = ("place", "level", "indicator", "value", "by", "plan")
    heads = tuple(say(f"commands.answer.column_{key}", lang) for key in keys)
    rows = []
    for fact in answer.facts:
        if isinstance(fact, Target) and (plan := plans.get(fact.plan)):
            level = word("level", plan.level, lang) if plan.level else ""
            said = (fact.indicator, value(fact, lang), fact.by or "", f"《{titles.get(fact.plan, fact.plan)}》")
            rows.append((plan.jurisdiction or "", level, *said))
    return Table(answer.question, keys, heads, tuple(rows))


@contextmanager
def _paged(answer: Answer) -> Iterator[None]:
    """Shows what is printed inside in a pager where it is a long list on a terminal."""
    _, height = screen()
    if height is None or 2 * answer.count + 6 <= height:
        yield
        return
    import io
    import pydoc
    from contextlib import redirect_stdout

    buffer = io.StringIO()
    with redirect_stdout(buffer):
        yield
    pydoc.pager(buffer.getvalue())
