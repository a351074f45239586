"""My bureau (我的单位) on one screen: its tasks with role and time, what is due next, whom it works with; to Word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget
from textual.widgets import Static

from plankb.columns import heading as column_heading
from plankb.kb import Counts, Entry, FactFilter, KnowledgeBase, Selection, asker
from plankb.model import ROLES, Bureau
from plankb.tui.cells import clip
from plankb.tui.columns import entry_columns
from plankb.tui.keys import key
from plankb.tui.lazy import names_of
from plankb.tui.picking import Choice
from plankb.tui.profile import Profile, partner_lines, profile
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import OpenPlan, fetch, think, ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from plankb.tui.widgets.table import Table
from plankb.words import Speaker, word

_DUES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """What the page says: the bureau's tasks, those it leads first and of these the earliest due first."""

    bureau: Bureau
    entries: tuple[Entry, ...]
    counts: Counts
    profile: Profile
    names: Mapping[str, str]


def open_own(node: Widget) -> None:
    """Opens the page of the user's own bureau; asks which it is where that is not set, or not there."""

    def show(page: OwnPage | None) -> None:
        if page is None:
            choose(node)
        else:
            node.app.push_screen(OwnScreen(page), lambda place: _go(node, place))

    fetch(node, own_page, show, group="own")


def choose(node: Widget) -> None:
    """Asks which bureau is the user's own, keeps it, and opens its page."""
    from plankb.tui.screens.picker import PickerScreen

    say = ui(node).say

    def offer(choices: list[tuple[Choice, str | None]]) -> None:
        places = {choice.value: place for choice, place in choices}
        labels = {choice.value: choice.label for choice, _ in choices}

        def chosen(values: tuple[str, ...] | None) -> None:
            if values:
                bureau = labels[values[0]].partition("　")[0]
                think(
                    node,
                    lambda: asker.save(asker.Asker(bureau, places[values[0]])),
                    lambda _: kept(bureau),
                    group="own",
                )

        node.app.push_screen(
            PickerScreen(say("own.choose"), [choice for choice, _ in choices], (), single=True), chosen
        )

    def kept(bureau: str) -> None:
        ui(node).remark(say("own.set", bureau=bureau))
        ui(node).changed()
        open_own(node)

    fetch(node, _bureaus, offer, group="own")


def _go(node: Widget, place: OpenPlan | None) -> None:
    if place is not None:
        node.post_message(place)


class OwnScreen(Dialog[OpenPlan | None]):
    """Closes with the place to read, or None."""

    AUTO_FOCUS = "Grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("w", "write", "key.to_word"),
        key("b", "choose", "key.choose_own"),
        key("slash", "find", "key.filter", show=False),
    ]

    def __init__(self, page: OwnPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Counts, tasks, what is due and whom it works with."""
        say, page = ui(self).say, self._page
        with Vertical(classes="dialog -full"):
            yield heading(say("own.title", bureau=page.bureau.name))
            held = {role: len(getattr(page.bureau, role)) for role in ROLES}
            counts = say("own.counts", late=page.counts.late, soon=page.counts.soon, **held)
            yield Static(Text(counts), id="own-counts", markup=False)
            with Container(classes="split"):
                yield Table("own-rows", empty=say("own.empty"), prompt=say("own.filter_rows"))
                with Vertical(classes="evidence"):
                    yield Reader(id="own-text", gutter=False)
            yield Static(Text(say("own.hint"), "dim"), markup=False)

    def on_mount(self) -> None:
        """Fills the table."""
        say, page = ui(self).say, self._page

        def role(entry: Entry) -> str:
            return "、".join(word("role", one, say.lang) for one in entry.roles_of(page.bureau.id))

        light, _by, title, _lead, state, plan = entry_columns(say, page.names)
        own = Column[Entry](title=column_heading("role", say.lang), cell=role, width=8)
        self.query_one(Table).fill(Sheet((own, title, light, state, plan), page.entries))
        self._draw()

    def on_resize(self) -> None:
        """The text for the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        reader = self.query_one(Reader)
        reader.show("\n".join(own_lines(self._page, ui(self).say, max(30, reader.size.width - 2))))

    def action_find(self) -> None:
        """To the filter."""
        self.query_one(Table).action_filter()

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter reads the plan there."""
        if isinstance(event.row, Entry):
            self.finish(OpenPlan(event.row.task.plan, event.row.task.span))

    def action_choose(self) -> None:
        """Another bureau."""
        below = self.app.screen_stack[-2]
        self.finish()
        self.call_after_refresh(choose, below)

    def action_write(self) -> None:
        """The bureau's tasks as a Word file."""
        from plankb.tui.screens.export import ExportScreen

        bureau, lang = self._page.bureau, ui(self).say.lang

        def write(kb: KnowledgeBase, path: Path) -> None:
            kb.write_matrix(kb.matrix(Selection(bureaus=(bureau.id,))), path, lang=lang)

        def done(said: str | None) -> None:
            if said is not None:
                ui(self).remark(said)

        self.app.push_screen(ExportScreen(bureau.name, len(self._page.entries), write, ending=".docx"), done)


def own_page(kb: KnowledgeBase) -> OwnPage | None:
    """The page of the user's own bureau; None where none is set, or the knowledge base has none of that name."""
    bureau = _own(kb)
    if bureau is None:
        return None
    ledger = kb.ledger.standing(FactFilter(bureaus=(bureau.id,)), today=asker.today())
    leads = set(bureau.lead)
    entries = sorted(ledger.entries, key=lambda one: (one.task.id not in leads, one.due is None, str(one.due)))
    return OwnPage(
        bureau=bureau, entries=tuple(entries), counts=Counts.of(ledger), profile=profile(kb, bureau), names=names_of(kb)
    )


def _own(kb: KnowledgeBase) -> Bureau | None:
    """The bureau that the user set: of several of that name the one of their place, else the busiest."""
    own = asker.load()
    ids = kb.store.tallies.bureaus_called(own.bureau) if own.bureau else ()
    found = kb.store.bureaus(FactFilter(bureaus=tuple(ids))) if ids else []
    return max(found, key=lambda one: (one.jurisdiction == own.place, len(one.lead)), default=None)


def _bureaus(kb: KnowledgeBase) -> list[tuple[Choice, str | None]]:
    bureaus = sorted(kb.store.bureaus(), key=lambda one: (-len(one.lead), one.name))
    return [(Choice(one.id, f"{one.name}　{one.jurisdiction or ''}"), one.jurisdiction) for one in bureaus]


def own_lines(page: OwnPage, say: Speaker, width: int) -> Iterable[str]:
    """What is due next, and the partners."""
    yield say("own.next_dues")
    dues = sorted((one for one in page.entries if one.due and one.state != "done"), key=lambda one: str(one.due))
    for entry in dues[:_DUES]:
        yield clip(f"  {entry.due} {entry.task.title}".replace("\n", " "), width)
    if not dues:
        yield f"  {say('own.no_dues')}"
    yield ""
    yield say("own.all_partners")
    yield from partner_lines(page.profile, say, width)
