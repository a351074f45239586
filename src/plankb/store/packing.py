"""A plan made ready for the store: plain rows, so that the work is done where the plan was read, and writing is quick.

Numbers of headings count from 0 within the plan.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plankb.document import CleanText
from plankb.model import AnyFact, Bureau, Plan
from plankb.search.documents import documents
from plankb.search.tokens import fold, spaced
from plankb.store import layout, records
from plankb.store.bureaus import pack as pack_bureau
from plankb.store.records import KINDS, FactRow
from plankb.store.sections import SectionRow, SectionWriter
from plankb.store.tags import Tag, tags

PassageRow = tuple[int | None, int, int, int, str | None, str]
"""section, start, end, kinds, years, tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is made of a plan's text: headings, facts with their section and tags, bureaus, passages.

    `headings` and `passages` hold tokens and are () where no full text is wanted.
    """

    sections: tuple[SectionRow, ...]
    facts: tuple[tuple[int | None, FactRow, tuple[Tag, ...]], ...]
    bureaus: tuple[tuple[str, str, str], ...]
    headings: tuple[str, ...] = ()
    passages: tuple[PassageRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A plan with all that was read from it. `words` counts the words of its text (see `plankb.search.lexicon`)."""

    plan: Plan
    raw: bytes
    clean: bytes
    layout: bytes
    content: Content
    words: Mapping[str, int] = field(default_factory=dict)


def pack(
    plan: Plan,
    clean: CleanText,
    *,
    facts: Sequence[AnyFact],
    bureaus: Sequence[Bureau],
    words: Mapping[str, int] | None = None,
    fulltext: bool = True,
) -> Packed:
    """A plan as it was read, with or without the rows of its full text."""
    return Packed(
        plan=plan,
        raw=layout.pack_raw(clean.raw, clean.text, clean.offsets, clean.replaced),
        clean=zlib.compress(clean.text.encode(), 6),
        layout=layout.pack(clean),
        content=content(plan, clean, facts=facts, bureaus=bureaus, fulltext=fulltext),
        words=dict(sorted((words or {}).items())),
    )


def content(
    plan: Plan, clean: CleanText, *, facts: Sequence[AnyFact], bureaus: Sequence[Bureau], fulltext: bool
) -> Content:
    """The rows of a plan's facts as they are to stand in the store."""
    sections = SectionWriter()
    passages = _passages(plan, clean, facts, bureaus, sections) if fulltext else ()
    found_by = tags(facts)
    rows = tuple(
        (sections.number(fact.section), records.pack(fact, clean.text), tuple(sorted(found_by[fact.id])))
        for fact in facts
    )
    headings = sections.rows()
    return Content(
        sections=headings,
        facts=rows,
        bureaus=tuple((one.id, one.name, pack_bureau(plan.id, one)) for one in bureaus),
        headings=tuple(spaced(fold(heading)) for _, _, heading in headings) if fulltext else (),
        passages=passages,
    )


def _passages(
    plan: Plan, clean: CleanText, facts: Sequence[AnyFact], bureaus: Sequence[Bureau], sections: SectionWriter
) -> tuple[PassageRow, ...]:
    return tuple(
        (
            sections.enter(document.section),
            *document.span,
            sum(1 << KINDS.index(kind) for kind in document.kinds),
            " ".join(document.years) or None,
            spaced(fold(document.text)),
        )
        for document in documents(plan, clean, facts, bureaus).passages
    )
