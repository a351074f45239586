"""规划: the outline of every plan on the left, its text with the facts marked on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode

from plankb.columns import summary, title_of
from plankb.kb import INLINE, FactFilter, KnowledgeBase, Outline
from plankb.model import AnyFact, Attachment, Plan, Span
from plankb.tui.cells import clip_middle, one_line
from plankb.tui.evidence import fact_marks
from plankb.tui.keys import key
from plankb.tui.panes.base import Pane
from plankb.tui.ui import AskQuestion, OpenPlan, change, fetch, ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.reader import Mark, Reader

_TITLE = 24
"""Cells for a title in the tree: titles differ at their ends, so they are cut in the middle."""
_KINDS = ("task", "target", "deadline", "project", "doubt")


@dataclass(frozen=True, slots=True)
class _Place:
    """What a node of the tree stands for: a plan, and a section of it or None for the plan."""

    plan: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Book:
    """A plan to read."""

    plan: Plan
    text: str
    outline: Outline
    facts: tuple[AnyFact, ...]
    attached: tuple[tuple[Attachment, int], ...]
    """Its attachments, each with how many facts stand in it."""


class PlansPane(Pane):
    """The tab of plans."""

    TAB: ClassVar[str] = "plans"
    FIRST: ClassVar[str] = "Tree"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "add", "key.add"),
        key("delete", "remove", "key.remove"),
        key("k", "check", "key.check"),
        key("o", "outline", "key.outline", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._book: _Book | None = None
        self._wanted: tuple[str, Span | None] | None = None
        self._facts: dict[str, AnyFact] = {}
        self._titles: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Tree, reader, and a line that says what the fact is at which the reader stands."""
        tree: Tree[_Place] = Tree("", id="outline")
        tree.show_root = False
        tree.guide_depth = 2
        with Container(classes="reading"):
            yield tree
            with Vertical(classes="page"):
                yield Static("", classes="source", id="page-title", markup=False)
                yield Reader(id="page-text")
                yield Prose(most=2, id="page-fact")

    def on_mount(self) -> None:
        """Fetches the plans."""
        self.reload()

    @property
    def _tree(self) -> Tree[_Place]:
        return self.query_one("#outline", Tree)

    def reload(self) -> None:
        """Fetches the plans anew."""
        fetch(self, lambda kb: kb.store.plans(), self._list, group="plans")

    def _list(self, plans: list[Plan]) -> None:
        tree = self._tree
        tree.clear()
        for plan in plans:
            tree.root.add(_label(clip_middle(title_of(plan), _TITLE)), _Place(plan.id, None))
        tree.cursor_line = 0
        self._titles = known = {plan.id: title_of(plan) for plan in plans}
        self.query_one("#page-fact", Static).update(Text(ui(self).say("plans.legend")))
        if not plans:
            self._blank(ui(self).say("plans.empty"))
        elif self._wanted is not None and self._wanted[0] in known:
            self.open(*self._wanted)
        elif self._book is None or self._book.plan.id not in known:
            last = self.kept.get("plan")
            self._blank(ui(self).say("plans.choose"))
            if last in known:
                self.open(str(last), None, focus=False)

    def _blank(self, words: str) -> None:
        self._book = None
        self.query_one("#page-title", Static).update("")
        self.query_one(Reader).show(words)

    # reading

    def open(self, plan: str, span: Span | None = None, *, focus: bool = True) -> None:
        """Reads a plan, at a place where `span` is given."""
        self._wanted = (plan, span)
        self.kept["plan"] = plan
        if focus:
            self.query_one(Reader).focus()
        if self._book is not None and self._book.plan.id == plan:
            self._turn_to(span)
            return
        fetch(self, lambda kb: _book(kb, plan), self._read, group="book")

    def _read(self, book: _Book) -> None:
        self._book = book
        self._facts = {fact.id: fact for fact in book.facts}
        say = ui(self).say
        signs = {kind: say(f"sign.{kind}") for kind in _KINDS}
        headings = (
            Mark(span=section.span, tone="heading") for section in book.outline.sections if _shown(section.form)
        )
        self.query_one("#page-title", Static).update(_label(f"《{title_of(book.plan)}》{self._attached(book)}"))
        self.query_one(Reader).show(book.text, (*headings, *fact_marks(book.facts, signs)))
        self._grow(book)
        self._turn_to(self._wanted[1] if self._wanted else None)

    def _attached(self, book: _Book) -> str:
        """What stands behind the title of a plan that carries attachments: their titles, each with its facts."""
        say = ui(self).say
        named = [(one.title or str(one.number or ""), count) for one, count in book.attached if one.span]
        each = "、".join(say("plans.attachment_of", title=title, count=count) for title, count in named)
        return "  " + say("plans.attached", count=len(named), titles=each) if named else ""

    def _turn_to(self, span: Span | None) -> None:
        if span is not None:
            self.query_one(Reader).go_to(span)
        self._wanted = None

    def _grow(self, book: _Book) -> None:
        """The sections of a plan under its node."""
        node = next((node for node in self._tree.root.children if node.data and node.data.plan == book.plan.id), None)
        if node is None or node.children:
            return
        nodes: dict[int, TreeNode[_Place]] = {}
        for section in book.outline.sections:
            if not _shown(section.form):
                continue
            above = nodes.get(section.parent, node) if section.parent is not None else node
            nodes[section.index] = above.add(_label(section.heading), _Place(book.plan.id, section.span))
        for made in nodes.values():
            made.allow_expand = bool(made.children)
        node.expand()

    def on_tree_node_selected(self, event: Tree.NodeSelected[_Place]) -> None:
        """Enter reads the plan or section."""
        if event.node.data is not None:
            self.open(event.node.data.plan, event.node.data.span)

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[_Place]) -> None:
        """A plan that is unfolded shows its sections."""
        place = event.node.data
        if place is not None and place.span is None and not event.node.children:
            self.open(place.plan, None, focus=False)

    def on_reader_stopped(self, event: Reader.Stopped) -> None:
        """Says in words what the fact is."""
        fact = self._facts.get(event.mark.id)
        if fact is not None:
            self.query_one("#page-fact", Static).update(one_line(summary(fact, ui(self).say.lang)))

    def action_find(self) -> None:
        """Searches the plan that is open; without one all plans."""
        from plankb.tui.screens.search import SearchScreen

        def go(place: OpenPlan | AskQuestion | None) -> None:
            if place is not None:
                self.post_message(place)

        self.app.push_screen(SearchScreen(self._book.plan.id if self._book else None), go)

    def action_outline(self) -> None:
        """Back to the tree."""
        self._tree.focus()

    def table(self) -> Grid | None:
        """No table here."""
        return None

    def record(self) -> AnyFact | None:
        """The fact at which the reader stands."""
        mark = self.query_one(Reader).mark
        return self._facts.get(mark.id) if mark else None

    # the library

    def action_add(self) -> None:
        """Adds plans by path."""
        from plankb.tui.screens.adding import AddScreen

        self.app.push_screen(AddScreen())

    def action_check(self) -> None:
        """Checks a draft against all plans."""
        from plankb.tui.screens.check import CheckScreen

        self.app.push_screen(CheckScreen())

    def action_remove(self) -> None:
        """Removes the plan under the cursor, once the user has said so twice."""
        node = self._tree.cursor_node
        if node is None or node.data is None:
            return
        from plankb.tui.screens.dialog import ConfirmScreen

        plan = node.data.plan
        title = self._titles[plan]

        def decided(sure: bool | None) -> None:
            if sure:
                change(self, lambda kb: kb.remove([plan]), lambda _: ui(self).remark(removed))

        say = ui(self).say
        removed = say("plans.removed", plan=title)
        self.app.push_screen(
            ConfirmScreen(say("plans.remove_ask", plan=title), say("plans.yes"), say("plans.no")), decided
        )

    def on_open_plan(self, event: OpenPlan) -> None:
        """Handled here."""
        event.stop()
        self.open(event.plan, event.span)


def _book(kb: KnowledgeBase, plan: str) -> _Book:
    where = FactFilter(plans=(plan,))
    facts = [fact for kind in _KINDS for fact in kb.store.facts(kind, where)]  # type: ignore[call-overload]
    attached = tuple((one, counted.total()) for one, counted in kb.attached(plan))
    return _Book(kb.store.plan(plan), kb.clean(plan).text, kb.outline(plan), tuple(facts), attached)


def _shown(form: str) -> bool:
    return form not in INLINE


def _label(words: str) -> Text:
    return Text(one_line(words), no_wrap=True, overflow="ellipsis")
