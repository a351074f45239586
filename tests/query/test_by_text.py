"""By what a sentence says: whether something may be done, what a term means, how many things there are and which."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.model import Plan
from plankb.query import Library, ask
from plankb.store import Source, Store, StoreWriter
from tests.records import target
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
到2027年，固定摊位全部编号上墙。统一配发折叠桌600张，摊主自愿领用。

三、附则
注：1摊位到位率是指实际出摊天数占应出摊天数的比例。
2“流动摊车”指装有轮子、可整体移走的售货设备。
市集示范街指定王台、潮宗街、太平街等3条街道。
"""

_YEAR = """
2026年株洲市集工作要点

一、工作目标
市集驿站达到12座，由社区就近认领。
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
    text, quote = clean(_YEAR), "市集驿站达到12座"
    start = text.text.index(quote)
    fact = target(
        "y:1", plan="y", indicator="市集驿站", indicator_id="市集驿站", value=12, unit="座", by=None,
        quote=quote, span=(start, start + len(quote)), section=("一、工作目标",),
    )  # fmt: skip
    plan = Plan(id="y", title="2026年株洲市集工作要点", jurisdiction="株洲市", level="city", period="2026-2026")
    source = Source(path="y.txt", sha256="y", stamp="1", read_at="2025-01-01T00:00:00")
    writer.put(plan, source, text, facts=[fact], bureaus=[])
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


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("摊位到位率这个指标怎么算的？", "“摊位到位率”：摊位到位率是指实际出摊天数"),
        ("办法里的流动摊车指什么", "轮子"),
        ("流动摊车如何界定", "可整体移走"),
    ],
)
def test_says_what_a_term_means(question: str, meaning: str, market: Library) -> None:
    answer = ask(question, market).answer
    assert meaning in answer
    assert "《长沙市露天市集管理办法》" in answer
    assert "原文写的是" not in answer


def test_says_how_many_and_which(market: Library) -> None:
    answer = ask("长沙露天市集管理办法里市集示范街有几条？哪几条？", market).answer
    assert answer.index("潮宗街、太平街等3条") < 120


def test_a_year_said_just_before_holds_for_what_follows(market: Library) -> None:
    assert ask("长沙市集2027年要配多少张折叠桌", market).answer.startswith(
        "没有整理成数据，原文写的是：“统一配发折叠桌600张"
    )
    assert not ask("长沙市集2030年要配多少张折叠桌", market).answer.startswith("没有整理成数据")


def test_says_first_that_no_plan_is_for_a_place(market: Library) -> None:
    assert ask("昆明市集的摊棚高度要求", market).answer.startswith("知识库里没有昆明市的规划")


@pytest.mark.parametrize(("question", "verdict"), [("20", "不是"), ("12", "是的")])
def test_a_target_without_a_year_is_of_the_year_that_its_plan_is_for(
    question: str, verdict: str, market: Library
) -> None:
    assert ask(f"株洲2026年市集驿站是{question}座吗", market).answer.startswith(verdict)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("长沙那个露天市集的管理办法，食品类摊位数量的目标是什么", "合理控制食品类摊位数量"),
        ("长沙那个露天市集的管理办法，折叠桌要配发到多少张？", "折叠桌600张"),
    ],
)
def test_a_sentence_of_the_plan_asked_for_is_the_answer(question: str, quoted: str, market: Library) -> None:
    """It need not say the title of its plan again, and nothing is said to be missing."""
    answer = ask(question, market).answer
    assert quoted in answer
    assert "最接近" not in answer
    assert "没有找到" not in answer


def test_the_title_of_a_plan_says_no_yes(market: Library) -> None:
    answer = ask("长沙露天市集办法里有喷泉改造的目标吗", market).answer
    assert not answer.startswith(("对得上", "对不上", "是"))


@pytest.mark.parametrize(
    "question",
    ["长沙的市集示范街包括太平街不", "长沙市集示范街算不算潮宗街在内", "长沙的市集示范街包含王台吗？"],
)
def test_the_sentence_on_both_things_comes_first(question: str, market: Library) -> None:
    answer = ask(question, market).answer
    assert answer.startswith("同时写到")
    assert "市集示范街指定王台" in answer


def test_what_no_sentence_says_together_is_not_said_to_be_so(market: Library) -> None:
    assert not ask("长沙的市集示范街包括音响擂台不", market).answer.startswith("同时写到")
