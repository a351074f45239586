"""The pipeline: a spaCy `Language` whose components each state what they need and what they add.

Character offsets are the truth: components keep what they find as frozen records with spans in `doc.text`, which is the
plan's clean text; tokens are only a view of it. What a component adds stands in an extension attribute `doc._.NAME`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from plankb import segment
from plankb.document import CleanText, outline
from plankb.extractors.reading import Context, Ids
from plankb.model import Plan

COMPONENTS: tuple[str, ...] = (
    "plankb_outline",
    "plankb_tables",
    "plankb_plan_info",
    "plankb_citations",
    "plankb_notes",
    "plankb_targets",
    "plankb_tasks",
    "plankb_deadlines",
    "plankb_projects",
)
"""In order; `analyze_pipes` checks that each finds what it needs."""

ATTRIBUTES: tuple[str, ...] = ("clean", "plan", "ids", "outline", "tables", "notes", "target_times")
FACTS: tuple[str, ...] = ("tasks", "targets", "deadlines", "projects", "citations", "doubts")
"""Attributes that hold tuples of facts; () until a component adds its own."""


class SegmentTokenizer:
    """spaCy tokenizer on `plankb.segment`: `doc.text` is the text given, white space included."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        words = segment.words(text)
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


def _context(doc: Doc) -> Context:
    """What the steps over a document share."""
    return Context(doc._.plan, doc._.clean, doc._.outline, doc._.ids)


@Language.component("plankb_outline", assigns=["doc._.outline"])
def add_outline(doc: Doc) -> Doc:
    """The tree of sections."""
    doc._.outline = outline(doc._.clean)
    return doc


@Language.component("plankb_tables", assigns=["doc._.tables"])
def add_tables(doc: Doc) -> Doc:
    """Tables as rows of cells, what was merged filled."""
    from plankb.extractors.tables.true_cells import filled

    doc._.tables = tuple(filled(table) for table in doc._.clean.tables)
    return doc


@Language.component(
    "plankb_targets",
    requires=["doc._.outline", "doc._.tables", "doc._.plan"],
    assigns=["doc._.targets", "doc._.target_times", "doc._.doubts"],
)
def add_targets(doc: Doc) -> Doc:
    """Targets of the running text and of tables, and numbers that became none though they look like one."""
    from plankb.extractors.doubts import doubt
    from plankb.extractors.targets import find

    found = find(doc._.clean, doc._.outline, doc._.plan, doc._.ids, doc._.tables)
    doc._.targets = (*doc._.targets, *found.targets)
    doc._.target_times = found.times
    doc._.doubts = (*doc._.doubts, *(doubt(_context(doc), unread.reason, unread.span) for unread in found.unread))
    return doc


@Language.component(
    "plankb_deadlines",
    requires=["doc._.targets", "doc._.target_times", "doc._.tasks"],
    assigns=["doc._.deadlines"],
)
def add_deadlines(doc: Doc) -> Doc:
    """Times of targets and tasks."""
    from plankb.extractors.notes.deadlines import find_deadlines

    found = find_deadlines(_context(doc), targets=doc._.targets, target_times=doc._.target_times, tasks=doc._.tasks)
    doc._.deadlines = (*doc._.deadlines, *found)
    return doc


@Language.component("plankb_projects", requires=["doc._.outline"], assigns=["doc._.projects"])
def add_projects(doc: Doc) -> Doc:
    """Named projects with their sizes."""
    from plankb.extractors.projects import projects

    doc._.projects = (*doc._.projects, *projects(doc))
    return doc


@Language.component("plankb_plan_info", requires=["doc._.outline"], assigns=["doc._.plan"])
def add_plan_info(doc: Doc) -> Doc:
    """What the plan's own pages say about it, where the given record leaves it open."""
    from plankb.extractors.plan_info import fill

    doc._.plan = fill(doc._.plan, doc._.clean)
    return doc


@Language.component("plankb_citations", requires=["doc._.outline", "doc._.plan"], assigns=["doc._.citations"])
def add_citations(doc: Doc) -> Doc:
    """Documents that the plan refers to."""
    from plankb.extractors.citations import citations

    doc._.citations = (*doc._.citations, *citations(doc))
    return doc


@Language.component("plankb_notes", requires=["doc._.outline"], assigns=["doc._.notes"])
def add_notes(doc: Doc) -> Doc:
    """Responsibility notes with their names."""
    from plankb.extractors.notes.note import find_notes

    doc._.notes = find_notes(doc._.clean)
    return doc


@Language.component(
    "plankb_tasks", requires=["doc._.outline", "doc._.notes"], assigns=["doc._.tasks", "doc._.bureaus", "doc._.doubts"]
)
def add_tasks(doc: Doc) -> Doc:
    """Tasks with their roles, and the bureaus that hold them."""
    from plankb.extractors.notes.doubts import role_doubts
    from plankb.extractors.notes.tasks import find_tasks

    context, notes, tables = _context(doc), doc._.notes, doc._.tables
    found, bodies = find_tasks(context, notes=notes, tables=tables, targets=doc._.targets)
    doubts = role_doubts(context, notes=notes, tables=tables, tasks=found, bodies=bodies)
    doc._.tasks = (*doc._.tasks, *found)
    doc._.doubts = (*doc._.doubts, *doubts)
    doc._.bureaus = (*doc._.bureaus, *bodies.records(found))
    return doc


@cache
def pipeline() -> Language:
    """The pipeline, made once."""
    for name in ATTRIBUTES:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in (*FACTS, "bureaus"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    nlp = Chinese()
    nlp.tokenizer = SegmentTokenizer(nlp.vocab)
    nlp.max_length = 10_000_000
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def run(clean: CleanText, plan: Plan) -> Any:
    """The `Doc` of a plan after all components."""
    nlp = pipeline()
    doc = nlp.make_doc(clean.text)
    doc._.clean, doc._.plan, doc._.ids = clean, plan, Ids(plan.id)
    return nlp(doc)
