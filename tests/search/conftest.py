"""Knowledge bases of every engine: what holds for one holds for the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from plankb import segment
from plankb.document import CleanText
from plankb.kb import KnowledgeBase
from plankb.kb.build_options import IndexChoice
from plankb.kb.draft import aside
from plankb.model import AnyFact, Bureau, Plan
from plankb.search import Engine, SearchResult, lexicon, search
from tests import corpus
from tests.records import target, task
from tests.store.conftest import SOURCE
from tests.text import clean

PLANS = ("guiyang-synergy", "guizhou-carbon-peak", "ziyang-synergy")
ENGINES: tuple[IndexChoice, ...] = ("whoosh", "sqlite")


class Library:
    """A knowledge base that is written without reading files."""

    def __init__(self, folder: Path, choice: IndexChoice) -> None:
        self.kb, self._choice = KnowledgeBase(folder), choice

    def put(self, plan: Plan, whole: CleanText, facts: Sequence[AnyFact] = (), bureaus: Sequence[Bureau] = ()) -> None:
        """Adds a plan."""
        words = lexicon.count(segment.words(whole.text))
        self.kb.folder.mkdir(exist_ok=True)
        with aside(self.kb.folder, choice=self._choice) as draft:
            draft.writer.put(plan, SOURCE, whole, facts=facts, bureaus=bureaus, words=words)
            draft.changed.add(plan.id)

    def drop(self, plan: str) -> None:
        """Removes a plan."""
        with aside(self.kb.folder) as draft:
            draft.writer.drop(plan)
            draft.changed.add(plan)

    @property
    def engine(self) -> Engine:
        """The engine that was chosen."""
        return self.kb.engine

    def search(self, text: str, *, limit: int = 20, plans: Sequence[str] = ()) -> SearchResult:
        """What is found."""
        return search(self.engine, text, limit=limit, plans=plans)


@pytest.fixture(scope="session", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The plans of `PLANS`, without facts."""
    library = Library(tmp_path_factory.mktemp("search") / "kb", request.param)
    for plan in PLANS:
        whole = corpus.clean_text(plan)
        library.put(Plan(id=plan, title=whole.text.split("\n")[0]), whole)
    return library


@pytest.fixture(params=ENGINES)
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """A few passages made up, with what facts say of them."""
    library = Library(tmp_path / "kb", request.param)
    first = clean("一、公交\n推广新能源公交车辆，建设充电站。\n二、铁路\n铁路货运量占比提高1个百分点。")
    bus, rail = span(first, "推广新能源公交车辆，建设充电站。"), span(first, "铁路货运量占比提高1个百分点。")
    library.put(
        Plan(id="a", title="交通规划"),
        first,
        [
            task("a:task-1", "公交", plan="a", span=bus, lead=("市交委",), by=("2025",), bureaus={"市交委": "b:交通"}),
            task("a:task-2", "铁路", plan="a", span=rail, lead=("市发改委",), by=("2030",)),
            target("a:target-1", plan="a", span=rail, by="2030"),
        ],
        [
            Bureau(id="b:交通", name="市交通委员会", names=("市交委",), lead=("a:task-1",)),
            Bureau(id="b:市发改委", name="市发改委", lead=("a:task-2",)),
        ],
    )
    second = clean(
        "一、氢能\n建设加氢站10座，推广氢燃料电池公交车辆。\n二、公交\n淘汰35蒸吨以下锅炉，135蒸吨锅炉除外。"
    )
    hydrogen = span(second, "建设加氢站10座，推广氢燃料电池公交车辆。")
    library.put(Plan(id="b", title="能源方案"), second, [target("b:target-1", plan="b", span=hydrogen, by="2025")])
    yield library
    library.kb.store.close()


def span(whole: CleanText, words: str) -> tuple[int, int]:
    """Where words stand."""
    start = whole.text.index(words)
    return start, start + len(words)
