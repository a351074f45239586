from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plankb.document import outline
from plankb.search import Document, Index, sentences, write
from tests import corpus

PLANS = ("guiyang-synergy", "guizhou-carbon-peak", "ziyang-synergy")


def documents(plan: str) -> Iterator[Document]:
    """The passages of a plan of the corpus, without facts."""
    clean = corpus.clean_text(plan)
    tree = outline(clean)
    title = clean.text.split("\n")[0]
    for start, end in sentences(clean):
        yield Document(
            plan=plan, title=title, section=tree.path_at(start), text=clean.text[start:end], span=(start, end)
        )


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The plans of `PLANS`."""
    folder = tmp_path_factory.mktemp("search") / "index"
    write(folder, (document for plan in PLANS for document in documents(plan)))
    return Index(folder)


@pytest.fixture
def small(tmp_path: Path) -> Index:
    """A few passages made up, with what facts say of them."""
    texts = [
        (
            "a",
            "交通规划",
            ("一、公交",),
            "推广新能源公交车辆，建设充电站。",
            ("市交委", "市交通委员会"),
            ("2025",),
            ("task",),
        ),
        ("a", "交通规划", ("二、铁路",), "铁路货运量占比提高1个百分点。", ("市发改委",), ("2030",), ("target", "task")),
        (
            "b",
            "能源方案",
            ("一、氢能",),
            "建设加氢站10座，推广氢燃料电池公交车辆。",
            ("市能源局",),
            ("2025",),
            ("target",),
        ),
        ("b", "能源方案", ("二、公交",), "淘汰35蒸吨以下锅炉，135蒸吨锅炉除外。", (), (), ()),
    ]
    write(
        tmp_path / "index",
        (
            Document(plan=p, title=t, section=s, text=x, span=(7, 7 + len(x)), bureaus=b, years=y, kinds=k)
            for p, t, s, x, b, y, k in texts
        ),
    )
    return Index(tmp_path / "index")
