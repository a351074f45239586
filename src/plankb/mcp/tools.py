"""The questions that a model may put to the knowledge base, each a method of plain arguments and a plain answer.

Every fact in an answer has its id and its quotation, and comes from the knowledge base or from the draft that was
checked; no answer is longer than a page. What the descriptions of the tools say stands in `words/mcp.toml`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from plankb.columns import titles_of
from plankb.errors import Language, PlankbError
from plankb.kb import Compared, KnowledgeBase, compared
from plankb.kb.checking import Checked, Choice, ConflictFilter
from plankb.mcp.shaping import MANY, Shape, Shaped, safe_text
from plankb.model import Severity, Span

_PASSAGE = re.compile(r"(.+)@(\d{1,9})-(\d{1,9})")
_WHOLE = 8_000
"""Characters of a text that `source` gives."""
_AROUND = 200
"""Characters before and after a fact that `source` gives with it."""
_DRAFT = 300_000
"""Characters of a draft that comes as text."""
_FOUND = 1_000
"""Passages that a search looks at."""

Words = str | list[str] | None
"""One word or several, of which one is enough; None for any."""


class Tools:
    """The tools over one knowledge base. `files` is the folder below which drafts may be read, None for no files."""

    def __init__(self, kb: KnowledgeBase, *, lang: Language = "zh", files: Path | None = None) -> None:
        self._kb = kb
        self._lang: Language = lang
        self._files = files.resolve() if files else None

    def ask(self, question: str, limit: int = 20, offset: int = 0) -> Shaped:
        """A question in words. Raises E301, E302."""
        answer = self._kb.ask(question, lang=self._lang)
        shape = self._shape()
        near = [shape.record(one) for one in answer.passages[:MANY]]
        return {
            "answer": safe_text(answer.answer),
            "note": safe_text(answer.note) if answer.note else None,
            "understood": shape.fields(answer.understood.as_json()),
            **shape.page(answer.facts, limit=limit, offset=offset),
            **({"passages": near} if near else {}),
        }

    def search(self, words: str, plan: Words = None, limit: int = 20, offset: int = 0) -> Shaped:
        """Passages that hold words. Raises E351 to E355, E204."""
        plans = self._kb.plan_ids(_list(plan))
        found = self._kb.search(words, limit=min(max(offset, 0) + max(limit, 1), _FOUND) + 1, plans=plans)
        page = self._shape().page(found.hits, limit=limit, offset=offset)
        return {**page, "count": found.total, "relaxed": found.relaxed, "suggestion": found.suggestion}

    def tasks(
        self, plan: Words = None, bureau: Words = None, role: Words = None, by: Words = None, limit: int = 20,
        offset: int = 0,
    ) -> Shaped:  # fmt: skip
        """Tasks under conditions. Raises E204, E207, E123, E505."""
        found = self._kb.tasks(plan=plan or (), bureau=bureau or (), role=role or (), by=by or ())
        return self._shape().page(found, limit=limit, offset=offset)

    def targets(
        self, indicator: str | None = None, plan: Words = None, bureau: Words = None, by: Words = None,
        limit: int = 20, offset: int = 0,
    ) -> Shaped:  # fmt: skip
        """Targets under conditions. Raises E204, E207, E505."""
        found = self._kb.targets(indicator=indicator, plan=plan or (), bureau=bureau or (), by=by or ())
        return self._shape().page(found, limit=limit, offset=offset)

    def compare(
        self, indicator: str | None = None, plan: Words = None, by: Words = None, limit: int = 10, offset: int = 0
    ) -> Shaped:
        """Indicators across plans; without one, those that several plans share. Raises E204, E505."""
        targets = self._kb.targets(indicator=indicator, plan=plan or (), by=by or ())
        rows = compared(targets, least=1 if indicator else 2)
        limit, offset = min(max(limit, 1), 20), max(offset, 0)
        shape, end = self._shape(), offset + limit
        shown = [self._compared(row, shape) for row in rows[offset:end]]
        return {"count": len(rows), "offset": offset, "next": end if end < len(rows) else None, "indicators": shown}

    def _compared(self, row: Compared, shape: Shape) -> Shaped:
        found = [target for targets in row.by_plan.values() for target in targets]
        return {
            "indicator": safe_text(row.indicator),
            "differs": row.differs,
            "count": len(found),
            "facts": [shape.record(target) for target in found[:MANY]],
        }

    def conflicts(
        self, type: Words = None, plan: Words = None, by: Words = None, severity: Severity | None = None,  # noqa: A002
        limit: int = 10, offset: int = 0,
    ) -> Shaped:  # fmt: skip
        """Conflicts between and inside plans, the gravest first. Raises E406, E204."""
        where = ConflictFilter(
            types=tuple(_list(type)), plans=self._kb.plan_ids(_list(plan)), by=tuple(_list(by)), severity=severity
        )
        return self._shape().page(self._kb.conflicts(where), limit=limit, offset=offset)

    def coverage(self, plan: str, above: Words = None, limit: int = 10, offset: int = 0) -> Shaped:
        """How a plan answers to the plans above it. Raises E204, E209, E210."""
        covered = self._kb.coverage(self._one_plan(plan), self._kb.plan_ids(_list(above)))
        page = self._shape().page(covered.records, limit=limit, offset=offset)
        return {"plan": covered.plan.id, "summary": covered.summary(self._lang), **page}

    def check(
        self, file: str | None = None, text: str | None = None, date: str | None = None, limit: int = 20,
        offset: int = 0,
    ) -> Shaped:  # fmt: skip
        """A draft against itself and the knowledge base: a file below the folder that was opened, or its text.

        Raises E640 where no folder was opened, E641 for a file outside it, E642 for neither or both, E119 for a text
        that is too long, and what `KnowledgeBase.check` raises.
        """
        if (file is None) == (text is None):
            raise PlankbError("E642")
        if file is not None:
            return self._checked(self._kb.check(self._draft(file), Choice(date=date)), limit, offset)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "draft.txt"
            if len(text or "") > _DRAFT:
                raise PlankbError("E643", most=_DRAFT)
            path.write_text(text or "", encoding="utf-8", errors="replace")
            return self._checked(self._kb.check(path, Choice(date=date)), limit, offset)

    def _checked(self, checked: Checked, limit: int, offset: int) -> Shaped:
        counts = {
            severity: sum(one.severity == severity for one in checked.findings)
            for severity in ("error", "warning", "info")
        }
        page = Shape(checked.titles, self._lang).page(checked.findings, limit=limit, offset=offset)
        return {"severities": counts, "against_plans": checked.plans, **page}

    def _draft(self, file: str) -> Path:
        """The file of a draft. Raises E640, E641."""
        if self._files is None:
            raise PlankbError("E640")
        try:
            path = (self._files / file).resolve()
            inside = path.is_relative_to(self._files)
            path.exists()  # raises for a name that no file can have
        except (OSError, ValueError, RuntimeError) as error:
            raise PlankbError("E641", path=safe_text(file)[:200]) from error
        if not inside:
            raise PlankbError("E641", path=safe_text(file)[:200])
        return path

    def source(self, id: str) -> Shaped:  # noqa: A002
        """A fact or passage in full, with the text around it, its line and page. Raises E513, E204."""
        fact = self._kb.fact(id)
        place = _PASSAGE.fullmatch(id)
        if fact is not None:
            return {"fact": self._shape(_WHOLE).record(fact), **self._place(fact.plan, fact.span)}
        if place is None or place[1] not in {plan.id for plan in self._kb.plans()}:
            raise PlankbError("E513", fact=safe_text(id)[:200])
        return self._place(place[1], (int(place[2]), int(place[3])))

    def _place(self, plan: str, span: Span) -> Shaped:
        clean, (start, end) = self._kb.clean(plan), span
        if not 0 <= start < end <= len(clean.text):
            raise PlankbError("E513", fact=f"{plan}@{start}-{end}")
        return {
            "plan": self._shape().record(self._kb.store.plan(plan)),
            "file": safe_text(Path(self._kb.store.sources()[plan].path).name),
            "line": clean.line(start),
            "page": clean.page(start),
            "quote": safe_text(clean.text[start : min(end, start + _WHOLE)]),
            "before": safe_text(clean.text[max(0, start - _AROUND) : start]),
            "after": safe_text(clean.text[end : end + _AROUND]),
        }

    def plans(self) -> str:
        """All plans with what each holds, as JSON."""
        counts, shape = self._kb.store.counts(), self._shape()
        return _json([{**shape.record(plan), "facts": counts.get(plan.id, {})} for plan in self._kb.plans()])

    def plan(self, plan: str) -> str:
        """One plan as JSON. Raises E204."""
        found = self._kb.store.plan(plan)
        return _json({**self._shape().record(found), "facts": self._kb.store.counts().get(plan, {})})

    def outline(self, plan: str) -> str:
        """The headings of a plan, one a line, set in by their depth. Raises E204."""
        sections = self._kb.outline(plan).sections
        return safe_text("\n".join("  " * (len(one.path) - 1) + one.heading for one in sections if not one.boxed))

    def correct(
        self, fact: str, action: Literal["accept", "correct", "reject"], field: str | None = None,
        after: list[str] | None = None, subject: str | None = None, who: str | None = None,
    ) -> Shaped:  # fmt: skip
        """Keeps a correction, signed by whoever started the program and named as made by a model.

        Raises E513 for an unknown fact, E512 for a field or value that cannot be.
        """
        desk, signed = self._kb.corrections, f"{who or ''} (mcp)".strip()
        match action:
            case "accept":
                kept = desk.accept(fact, who=signed)
            case "reject":
                kept = desk.reject(fact, who=signed)
            case "correct":
                kept = desk.correct(fact, field=field or "", after=after or (), subject=subject, who=signed)
        return self._shape().record(kept)

    def take_back(self, correction: str) -> Shaped:
        """Takes a correction back. Raises E511."""
        self._kb.corrections.drop([correction])
        return {"taken_back": correction}

    def _one_plan(self, name: str) -> str:
        own, *more = self._kb.plan_ids([name])
        if more:
            raise PlankbError("E210", name=name, known="、".join((own, *more)))
        return own

    def _shape(self, longest: int | None = None) -> Shape:
        titles = titles_of(self._kb.plans())
        return Shape(titles, self._lang, longest) if longest else Shape(titles, self._lang)


def _list(words: Words) -> Sequence[str]:
    return [words] if isinstance(words, str) else words or []


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
