"""Facts for a table, read as they are shown: the knowledge base says which there are and in what order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plankb.errors import PlankbError
from plankb.kb import FactFilter, KnowledgeBase, short_titles
from plankb.model import AnyFact
from plankb.tui.columns import sheet_of
from plankb.tui.lazy import Lazy
from plankb.tui.picking import FactKind
from plankb.tui.sheet import AnySheet
from plankb.words import Speaker


def fact_sheet(kb: KnowledgeBase, kind: FactKind, where: FactFilter, say: Speaker) -> AnySheet:
    """The facts of a kind that meet a filter, the most telling first."""
    rows = fact_rows(kb, kind, where)
    return sheet_of(rows, say, names_of(kb), kind=kind, reviewed=bool(kb.store.corrections()))


def fact_rows(kb: KnowledgeBase, kind: FactKind, where: FactFilter) -> Lazy[AnyFact]:
    """The same as rows.

    They keep a store of their own open: the screen reads from it while another thread asks the other one, and they
    stay what they are when a build swaps in other facts.
    """
    store = KnowledgeBase(kb.folder).store

    def read(keys: Sequence[str]) -> Sequence[AnyFact]:
        found = {fact.id: fact for fact in store.facts(kind, FactFilter(ids=tuple(keys)))}
        try:
            return [found[key] for key in keys]
        except KeyError as error:
            raise PlankbError("E203", path=store.path) from error

    return Lazy(store.ids(kind, where, telling=True), read)


def names_of(kb: KnowledgeBase) -> Mapping[str, str]:
    """The short names of the plans, by their ids."""
    return short_titles(kb.store.plans())
