"""Facts in a line or two each: name, role or value, time, short name of the plan; the rest on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType

from plankb.cli.output import safe, screen, write_line
from plankb.kb import Answer, role_of
from plankb.model import Bureau, Citation, Conflict, Deadline, Passage, Plan, Project, Role, Target, Task
from plankb.phrases import number, trail, value
from plankb.words import Language, say, word

_PASSAGE = 160
_SOON = 90
_COLON: Mapping[Language, str] = MappingProxyType({"zh": "：", "en": ": "})


def write_brief(answer: Answer, facts: Sequence[object], names: Mapping[str, str], lang: Language) -> None:
    """The facts of an answer, numbered, those next to one another that read the same in one line; `names` are short
    names of plans by id. A table's row is told, not quoted."""
    own = [id_ for who in answer.understood.who if not who.excluded for id_ in who.ids]
    width, number = screen()[0], 0
    for line, same in groupby(line_of(fact, own, names, lang) for fact in facts):
        first, number = number + 1, number + sum(1 for _ in same)
        write_line(fitted(f"{first}. {line}" if first == number else f"{first}–{number}. {line}", width))


def line_of(
    fact: object, own: Sequence[str], names: Mapping[str, str], lang: Language, *, with_plan: bool = True
) -> str:
    """One fact in words. `own` are ids of the bureaus asked for: of a task their role is told."""
    match fact:
        case Task():
            role = role_of(fact, own) if own else None
            said = [fact.title, _people(fact, role, lang), _listed((_due(by, lang) for by in fact.by), lang)]
        case Target():
            nature = word("nature", fact.nature, lang) if fact.nature else ""
            said = [
                f"{fact.indicator}{_COLON[lang]}{value(fact, lang)}",
                _due(fact.by, lang),
                nature,
                _base(fact, lang),
            ]
        case Deadline():
            said = [_told(fact.quote), _due(fact.by or fact.end, lang)]
        case Project():
            said = [fact.name, _listed((f"{number(size.value)}{size.unit}" for size in fact.quantity), lang)]
        case Citation():
            said = [f"《{fact.title}》", fact.number or ""]
        case Passage():
            return f"{_clipped(fact)}〔{names.get(fact.plan, fact.plan)} {trail(fact.section[-1:])}〕"
        case Bureau():
            counts = [(role, len(getattr(fact, role))) for role in ("lead", "support", "joint")]
            space = " " if lang == "en" else ""
            roles = (f"{word('role', role, lang)}{space}{count}" for role, count in counts if count)
            said = [fact.name, _listed(roles, lang)]
        case Plan():
            level = word("level", fact.level, lang) if fact.level else ""
            return "  ".join(filter(None, (fact.title, fact.jurisdiction, level, fact.period, fact.date, fact.id)))
        case Conflict():  # beside facts of another kind; conflicts alone are told in detail
            said = [f"{fact.indicator}{_COLON[lang]}{fact.why.text(lang)}"]
        case _:
            said = [str(fact)]
    plan = getattr(fact, "plan", None) if with_plan else None
    short = names.get(plan, plan) if plan else ""
    source = f"〔{short}〕" if lang == "zh" else f"[{short}]"
    return "  ".join(filter(None, (*said, source if short else "")))


def _people(task: Task, own: Role | None, lang: Language) -> str:
    """The role of the bureau asked for, or who leads, or who shares."""
    if own:
        return f"【{word('role', own, lang)}】" if lang == "zh" else f"[{word('role', own, lang)}]"
    names = task.lead or task.joint or task.collective or ()
    if not names:
        return ""
    shown = _listed(names[:3], lang) + (say("answers.join.etc", lang) if len(names) > 3 else "")
    return f"{word('role', 'lead' if task.lead else 'joint', lang)}{_COLON[lang]}{shown}"


def _listed(words: Iterable[str], lang: Language) -> str:
    return say("answers.join.list", lang).join(words)


def _due(by: str | None, lang: Language) -> str:
    """A time, marked where it has passed or passes within three months."""
    if not by:
        return ""
    year, *rest = by.split("-")
    last = date(int(year), *map(int, rest)) if len(rest) == 2 else date(int(year), 12, 31)
    days = (last - date.today()).days  # noqa: DTZ011
    mark = "overdue" if days < 0 else "due_soon" if days <= _SOON else ""
    return by + (say(f"commands.answer.{mark}", lang) if mark else "")


def _base(target: Target, lang: Language) -> str:
    base = target.baseline
    return say("commands.answer.baseline", lang, value=number(base.value), year=base.year or "") if base else ""


def _told(quote: str) -> str:
    """A quotation in one line: the cells of a table's row apart."""
    return " | ".join(part.strip() for part in quote.split("\t") if part.strip())


def _clipped(passage: Passage) -> str:
    text = _told(passage.text)
    if len(text) <= _PASSAGE:
        return text
    start = max(0, (passage.highlights[0][0] if passage.highlights else 0) - _PASSAGE // 3)
    end = start + _PASSAGE
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def fitted(text: str, width: int) -> str:
    """A text in at most two lines of a width in columns, a Chinese character being two; the end is left out."""
    from rich.cells import cell_len, chop_cells, set_cell_size

    text = safe(text)
    if cell_len(text) <= width:
        return text
    first, *rest = chop_cells(text, width)
    second = "   " + "".join(rest)
    if cell_len(second) > width:
        second = set_cell_size(second, width - 1).rstrip() + "…"
    return f"{first}\n{second}"
