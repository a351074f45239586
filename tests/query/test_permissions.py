"""Whether something may be done: by what the sentence forbids, limits or allows, by its bounds, with its exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.model import Plan
from plankb.query import Library, ask
from plankb.store import Source, Store, StoreWriter
from tests.text import clean

_MARKET = """
长沙市露天市集管理办法

一、摊位设置
摊棚高度严格控制在3米以下，确需搭设3米以上摊棚的，应组织专家论证。
冬季烤火炉摆放间距不小于2米、夏季遮阳伞直径不大于4米。
严禁占用消防通道和盲道摆摊。
禁止设置噪声严重扰民的“音响擂台”。

二、经营规范
允许持证手艺人在广场南侧常年经营。
一户一季内不重复享受摊位费减免，但可申请一次性补助。
合理控制食品类摊位数量。
推动市集与夜间公交衔接。
"""


@pytest.fixture(scope="module", params=["index", "scan"])
def market(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    path: Path = tmp_path_factory.mktemp("permissions") / "plankb.sqlite"
    writer = StoreWriter(path)
    if request.param == "index":
        writer.hold_fulltext()
    plan = Plan(id="m", title="长沙市露天市集管理办法", jurisdiction="长沙市", level="city", period="2025-2027")
    source = Source(path="m.txt", sha256="m", stamp="1", read_at="2025-01-01T00:00:00")
    writer.put(plan, source, clean(_MARKET), facts=[], bureaus=[])
    writer.commit()
    writer.close()
    return Library(Store.open(path), conflicts=tuple)


@pytest.mark.parametrize(
    ("question", "verdict", "quoted"),
    [
        ("长沙市集能不能搭5米高的摊棚？", "原则上不可以", "组织专家论证"),
        ("长沙市集可以搭2米高的摊棚吗", "可以，", "3米以下"),
        ("冬天烤火炉间距可以只留1米吗", "不可以", "不小于2米"),
        ("夏天遮阳伞直径可以用6米的吗（长沙）", "不可以", "不大于4米"),
        ("消防通道上让摆摊吗", "不可以", "严禁占用"),
        ("长沙市集能不能设音响擂台", "看是什么样的", "噪声严重扰民"),
        ("持证手艺人能否常年在广场南侧经营", "可以，", "允许持证手艺人"),
        ("同一户一季内可不可以重复享受摊位费减免", "不可以", "不重复享受"),
        ("还允许增加食品类摊位吗", "从严控制", "合理控制"),
    ],
)
def test_says_whether_it_may_be_done(question: str, verdict: str, quoted: str, market: Library) -> None:
    answer = ask(question, market).answer
    assert answer.startswith(verdict)
    assert quoted in answer


@pytest.mark.parametrize(
    "question",
    [
        "市集能不能办马戏表演",  # nothing is said of it
        "能不能帮我查摊棚高度",  # asks the program
        "市集能否如期与夜间公交衔接",  # whether it will be so, not whether it may
        "不占用消防通道摆摊可以吗",  # denied: yes and no would be the other way round
    ],
)
def test_says_nothing_of_what_no_sentence_rules_on(question: str, market: Library) -> None:
    assert not ask(question, market).answer.startswith(("可以", "不可以", "原则上", "从严", "看是"))
