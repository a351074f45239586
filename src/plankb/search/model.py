"""What goes into an index and what comes out of it, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from plankb.late import dataclass
from plankb.model import Passage, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A passage to index: its `text` at `span` of the plan's clean text, and the headings that it stands under.

    `bureaus` are ids of the bureaus that answer for it; `years` and `kinds` are those of the facts in it.
    """

    section: tuple[str, ...]
    text: str
    span: Span
    bureaus: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocuments:
    """The passages of one plan in the order of its text; `names` are all names of each bureau of it, by id."""

    plan: str
    title: str
    names: Mapping[str, Sequence[str]]
    passages: Sequence[Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that an engine found; the higher `score`, the better, and only scores of one search compare."""

    plan: str
    section: tuple[str, ...]
    text: str
    start: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best hits, and how many there are in all, by plan and by kind of fact that they carry."""

    hits: Sequence[Hit] = ()
    total: int = 0
    plans: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """The best passages, and how many there are in all, by plan and by kind of fact that they carry.

    `relaxed`: no passage holds all that was asked for, these hold much of it. `suggestion` is a query that would find
    something where this one finds nothing; None where there is none.
    """

    hits: tuple[Passage, ...] = ()
    total: int = 0
    plans: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    relaxed: bool = False
    suggestion: str | None = None
