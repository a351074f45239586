"""Plans of the country, of provinces and of cities in one knowledge base: whose figures are asked for, place by place
and side by side, and what their terms mean.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.model import Fact, Plan, Target
from plankb.query import Library, ask
from plankb.store import Source, Store, StoreWriter
from tests.records import target
from tests.text import clean

_TEXTS = {
    "cn": """
“十四五”公共剧场建设规划

一、主要目标
到2025年，剧场上座率达到60%，流动舞台车达到900辆。

二、术语和定义
2.1固定剧场
有永久座席、每年演出不少于五十场的室内场所。
2.2候演厅
供演员候场的用房。

三、重点任务
（一）票务中心
全国票务中心由行业协会管理，统一发布场次。
剧场单场容量以两百座以上的为准。
""",
    "gs": """
甘肃省公共剧场建设实施方案

一、主要目标
到2025年，剧场上座率达到55%，流动舞台车达到80辆。
""",
    "qh": """
青海省公共剧场建设行动计划

一、取得的成效
全省剧场上座率达到43.5%，新剧院落成。

二、主要目标
到2025年，剧场上座率达到48%。
（一）排练中心建设由省文化厅、省财政厅会同省体育局组织实施。
""",
    "nx": """
文化和旅游厅、住房城乡建设厅关于推进宁夏剧场建设的意见

一、主要目标
剧场上座率达到51%，新增流动舞台车30辆。
""",
    "lz": """
兰州市剧场繁荣工作方案

一、主要目标
到2025年，剧场上座率达到70%。
注：剧场上座率是指售出座位数占全部座位数的比例。
""",
}
_PLANS = (
    Plan(id="cn", title="“十四五”公共剧场建设规划", jurisdiction="中华人民共和国", level="ministry"),
    Plan(id="gs", title="甘肃省公共剧场建设实施方案", jurisdiction="甘肃省", level="province"),
    Plan(id="qh", title="青海省公共剧场建设行动计划", jurisdiction="青海省", level="province"),
    Plan(
        id="nx",
        title="文化和旅游厅、住房城乡建设厅关于推进宁夏剧场建设的意见",
        jurisdiction="宁夏回族自治区",
        level="province",
        issuer="文化和旅游厅",
    ),
    Plan(id="lz", title="兰州市剧场繁荣工作方案", jurisdiction="兰州市", level="city"),
)
_TARGETS = (
    ("cn", "剧场上座率", 60, "%"), ("cn", "流动舞台车", 900, "辆"), ("gs", "剧场上座率", 55, "%"),
    ("gs", "流动舞台车", 80, "辆"), ("qh", "剧场上座率", 48, "%"), ("lz", "剧场上座率", 70, "%"),
    ("nx", "剧场上座率", 51, "%"), ("nx", "新增流动舞台车", 30, "辆"),
)  # fmt: skip


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Library:
    path: Path = tmp_path_factory.mktemp("stages") / "plankb.sqlite"
    writer = StoreWriter(path)
    writer.hold_fulltext()
    for plan in _PLANS:
        text = clean(_TEXTS[plan.id])
        source = Source(path=f"{plan.id}.txt", sha256=plan.id, stamp="1", read_at="2025-01-01T00:00:00")
        writer.put(plan, source, text, facts=_facts(plan.id, text.text), bureaus=[])
    writer.commit()
    writer.close()
    return Library(Store.open(path), conflicts=lambda: ())


def _facts(plan: str, text: str) -> list[Target]:
    found = []
    for number, (name, value, unit) in enumerate((row[1:] for row in _TARGETS if row[0] == plan), 1):
        quote = f"{name}{'' if name.startswith('新增') else '达到'}{value}{unit}"
        start = text.rindex(quote)
        fact = target(
            f"{plan}:{number}", plan=plan, indicator=name, indicator_id=name, value=value, unit=unit, quote=quote,
            by=None if plan == "nx" else "2025", span=(start, start + len(quote)), section=("一、主要目标",),
        )  # fmt: skip
        found.append(fact)
    return found


@pytest.mark.parametrize(
    ("question", "places", "others"),
    [
        ("哪些省（区、市）定了2025年剧场上座率", ("甘肃省", "青海省"), ("兰州市",)),
        ("哪几个省区提了剧场上座率，各多少", ("甘肃省", "青海省"), ("兰州市",)),
        ("地级市里剧场上座率谁最高", ("兰州市",), ("甘肃省",)),
        ("哪些地方定了剧场上座率？只看省级", ("甘肃省", "青海省"), ("兰州市",)),
        ("各设区市的剧场上座率", ("兰州市",), ("甘肃省",)),
    ],
)
def test_places_are_grouped_by_the_rank_that_is_asked_for(
    stages: Library, question: str, places: tuple[str, ...], others: tuple[str, ...]
) -> None:
    said = ask(question, stages).answer
    assert all(place in said for place in places), said
    assert not any(place in said for place in others), said


@pytest.mark.parametrize(
    "question",
    [
        "剧场上座率国家定的是多少", "全国2025年剧场上座率要到多少", "国家规划里剧场上座率是多少",
        "剧场上座率在国家的公共剧场建设规划里是多少",
    ],
)  # fmt: skip
def test_the_country_is_no_word_of_an_indicator(stages: Library, question: str) -> None:
    answer = ask(question, stages)
    assert [fact.plan for fact in answer.facts if isinstance(fact, Fact)] == ["cn"], answer.answer
    assert "60%" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "流动舞台车到2025年全国要多少辆？甘肃呢",
        "流动舞台车，国家规划和甘肃各是多少",
        "流动舞台车国家定多少，甘肃呢",
        "甘肃的流动舞台车比全国少多少",
    ],
)
def test_the_country_and_a_place_are_told_side_by_side(stages: Library, question: str) -> None:
    said = ask(question, stages).answer
    assert "900辆" in said
    assert "80辆" in said
    assert "没有找到" not in said


def test_what_is_reached_by_the_country_s_standard_is_not_its_own(stages: Library) -> None:
    assert ask("达到国家要求的剧场上座率", stages).understood.levels == ()


def test_a_table_that_is_meant_is_no_condition(stages: Library) -> None:
    answer = ask("甘肃方案主要指标表里流动舞台车是多少", stages)
    assert "80辆" in answer.answer
    assert "没有找到" not in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("国家剧场规划里“固定剧场”是什么意思", "有永久座席"),
        ("公共剧场建设规划里什么叫“候演厅”", "候场的用房"),
        ("剧场上座率是按什么口径算的", "售出座位数占"),
        ("剧场单场容量怎么界定", "两百座以上"),
        ("公共剧场建设规划中的票务中心怎么定义", "由行业协会管理"),
        ("What does 固定剧场 mean in the 公共剧场建设规划?", "有永久座席"),
    ],
)
def test_terms_are_explained_where_plans_explain_them(stages: Library, question: str, said: str) -> None:
    answer = ask(question, stages).answer
    assert answer.startswith("“"), answer
    assert said in answer


def test_a_meaning_of_another_plan_is_said_to_be_of_another(stages: Library) -> None:
    said = ask("青海省公共剧场建设行动计划里“候演厅”是什么意思", stages).answer
    assert "青海省公共剧场建设行动计划" in said.split("别的规划")[0]
    assert "候场的用房" in said


@pytest.mark.parametrize(
    "question",
    [
        "哪些省定了2025年剧场上座率？各有多少，由高到低排一下",
        "各省2025年剧场上座率由高到低排",
        "各省2025年剧场上座率按高低排一下",
    ],
)
def test_the_order_asked_for_behind_a_stop_is_that_of_the_question(stages: Library, question: str) -> None:
    said = ask(question, stages).answer
    assert said.startswith("最高的是甘肃省"), said
    assert said.index("甘肃省：") < said.index("青海省：")


def test_a_place_whose_figure_names_no_year_is_listed_without_one(stages: Library) -> None:
    said = ask("各省2025年剧场上座率", stages).answer
    assert "宁夏回族自治区：剧场上座率51%（《" in said
    alone = ask("宁夏2025年剧场上座率是多少", stages)
    assert "51%" in alone.answer
    assert "没有写年份" in alone.answer


def test_what_is_added_is_not_ranked_with_wholes(stages: Library) -> None:
    said = ask("哪个省的流动舞台车目标最高", stages).answer
    assert said.startswith("甘肃省"), said
    assert "宁夏回族自治区：新增流动舞台车30辆" not in said.split("没有整理成同一指标")[0]


def test_a_year_that_no_target_is_of_is_told_by_the_text(stages: Library) -> None:
    said = ask("青海剧场上座率2020年和2025年各是多少", stages).answer
    assert "48%" in said
    assert "43.5%" in said
    assert "没有写年份" in said


@pytest.mark.parametrize("question", ["青海剧场上座率2025年是不是低于2020年", "青海剧场上座率2025年比2020年低吗"])
def test_two_years_are_not_compared_by_one_figure(stages: Library, question: str) -> None:
    answer = ask(question, stages)
    assert answer.understood.form == "lower"
    assert not answer.answer.startswith(("是", "不是")), answer.answer


def test_issuers_together_are_all_told(stages: Library) -> None:
    said = ask("《文化和旅游厅、住房城乡建设厅关于推进宁夏剧场建设的意见》是谁印发的", stages).answer
    assert "发文单位 文化和旅游厅、住房城乡建设厅" in said, said


def test_a_plan_is_known_by_a_clipped_word_beside_its_place(stages: Library) -> None:
    assert ask("青海公剧计划里剧场上座率是多少", stages).understood.plans == ("qh",)


@pytest.mark.parametrize(
    "question",
    [
        "哪些省有公共剧场建设的文件",
        "手头这些规划里，哪些省专门出了公共剧场建设的文件？",
        "哪几个省（区）已经印发过公共剧场建设的文件",
    ],
)
def test_places_are_asked_for_by_what_they_issued(stages: Library, question: str) -> None:
    said = ask(question, stages).answer
    assert "甘肃省：《甘肃省公共剧场建设实施方案》" in said
    assert "青海省：《青海省公共剧场建设行动计划》" in said
    assert "“十四五”公共剧场建设规划" not in said


def test_plans_of_another_rank_than_asked_for_are_told_beside(stages: Library) -> None:
    city = ask("哪些城市出台了剧场繁荣工作方案", stages).answer
    assert city.startswith("有1个地方：兰州市：《兰州市剧场繁荣工作方案》"), city
    asked = ask("哪些省发布过剧场建设的文件", stages)
    assert "《“十四五”公共剧场建设规划》" not in asked.answer
    assert asked.note
    assert "别的级别的《“十四五”公共剧场建设规划》" in asked.note


def test_words_of_the_texts_are_not_denied_where_no_title_has_them(stages: Library) -> None:
    asked = ask("哪些省发布过统一发布场次的文件", stages)
    assert asked.note
    assert "没有标题带“统一发布场次”的规划" in asked.note
    assert "规划原文里没有" not in asked.note
