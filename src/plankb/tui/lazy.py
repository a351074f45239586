"""Rows of a table that are read when they are shown: a table of 50,000 costs what its screen holds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock
from typing import TypeVar, overload

from plankb.errors import PlankbError
from plankb.kb import FactFilter, KnowledgeBase, short_titles
from plankb.model import AnyFact
from plankb.tui.columns import sheet_of
from plankb.tui.picking import FactKind
from plankb.tui.sheet import AnySheet
from plankb.words import Speaker

T = TypeVar("T")
PAGE = 64
_PAGES = 64
"""Pages that are kept."""


class Lazy(Sequence[T]):
    """The rows behind some keys, in their order: `read` gives those of a few keys, in the same order.

    It may be used from several threads, so `read` must be fit for that too.
    """

    def __init__(self, keys: Sequence[str], read: Callable[[Sequence[str]], Sequence[T]]) -> None:
        self.keys = keys
        self._read = read
        self._kept: OrderedDict[int, Sequence[T]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        page, place = divmod(at % len(self), PAGE)
        return self._page(page)[place]

    def __iter__(self) -> Iterator[T]:
        for at in range(len(self)):
            yield self[at]

    def _page(self, page: int) -> Sequence[T]:
        with self._lock:
            if page not in self._kept:
                self._kept[page] = self._read(self.keys[page * PAGE : (page + 1) * PAGE])
                while len(self._kept) > _PAGES:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(page)
            return self._kept[page]


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
