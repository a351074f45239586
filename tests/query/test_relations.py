"""Questions for the indicators whose targets on two sides stand in a relation: computed, and told with both figures."""

from __future__ import annotations

import pytest

from plankb.model import Target
from plankb.query import Answer, Library, ask
from plankb.query.link.relations import find_relation


def indicators(answer: Answer) -> set[str]:
    return {fact.indicator for fact in answer.facts if isinstance(fact, Target)}


@pytest.mark.parametrize(
    ("question", "how", "gap"),
    [
        ("哪些指标2030年比2025年低", "lower", None),
        ("2030年目标值高于2025年的指标", "higher", None),
        ("哪些目标2030年比2025年提高5个百分点以上", "higher", ">=5个百分点"),
        ("2030年比2025年翻一番的指标有哪些", "higher", "=2"),
        ("哪些指标增加了一倍以上", "higher", ">=2"),
        ("甲规划有而乙规划没有的指标", "first", None),
        ("甲规划没有、乙规划有的指标", "second", None),
        ("两个规划都有的目标", "both", None),
        ("数值不一样的指标有哪些", "different", None),
        ("2030年和2025年一样的指标", "same", None),
        ("哪个指标增长最快", "most", None),
        ("which targets are lower in 2030 than in 2025", "lower", None),
    ],
)
def test_the_words_of_a_relation(question: str, how: str, gap: str | None) -> None:
    found = find_relation(question)
    assert found is not None
    assert (found.how, found.gap.as_text() if found.gap else None) == (how, gap)


@pytest.mark.parametrize(
    "question",
    [
        "森林覆盖率2030年比2025年高多少",
        "全省和贵阳的森林覆盖率目标有什么不同",
        "哪个规划的森林覆盖率更高",
        "降低能耗的目标有哪些",
        "哪些单位牵头的任务比市交委多",
    ],
)
def test_other_questions_ask_for_no_relation(question: str) -> None:
    assert find_relation(question) is None


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("哪些指标2030年比2025年低？", {"新建大型、超大型数据中心能效值"}, {"湿地保护率"}),
        (
            "2030年比2025年高的指标",
            {"湿地保护率", "水电装机容量"},
            {"新建大型、超大型数据中心能效值", "畜禽粪污资源化综合利用率"},
        ),
        ("省方案里2030年与2025年相同的指标有哪些", {"畜禽粪污资源化综合利用率"}, {"湿地保护率"}),
        ("哪些指标2030年比2025年翻一番", {"浅层地热能利用面积"}, {"新型储能装机容量", "湿地保护率"}),
        ("2030年比2025年增加一倍以上的指标", {"浅层地热能利用面积", "新型储能装机容量"}, {"湿地保护率"}),
        ("只有2030年目标、没有2025年目标的指标有哪些", {"抽水蓄能电站装机规模"}, {"湿地保护率"}),
        ("资阳有而贵阳贵安没有的指标", {"天然气消费量", "城市建成区绿地率"}, {"单位地区生产总值二氧化碳排放"}),
        ("贵阳贵安没有但资阳有的指标", {"天然气消费量"}, {"单位地区生产总值二氧化碳排放"}),
        ("生态规划和空气规划目标值不同的指标", {"畜禽粪污综合利用率"}, {"城镇新建建筑中绿色建筑面积占比"}),
        ("哪些指标的目标值低于现状值", {"生态文明建设公众满意度"}, {"绿色经济占地区生产总值比重"}),
        ("哪些指标的目标值比各自的现状值低", {"生态文明建设公众满意度"}, {"绿色经济占地区生产总值比重"}),
    ],
)
def test_a_relation_is_computed(question: str, has: set[str], lacks: set[str], corpus: Library) -> None:
    answer = ask(question, corpus)
    assert has <= indicators(answer)
    assert not lacks & indicators(answer)
    assert answer.understood.ignored == ()


def test_both_figures_are_told(corpus: Library) -> None:
    answer = ask("which targets are lower in 2030 than in 2025", corpus)
    assert "2030 1.2, 2025 1.3" in answer.answer


def test_none_is_told_as_such(corpus: Library) -> None:
    answer = ask("省方案里哪些指标2030年比2025年低50%以上", corpus)
    assert answer.facts == ()
    assert answer.answer.startswith("没有2030年比2025年低（50%以上）的指标")


def test_the_indicators_of_one_year_only(corpus: Library) -> None:
    answer = ask("省里只定到2025年没定2030年的指标有哪些", corpus)
    assert {fact.by for fact in answer.facts if isinstance(fact, Target)} == {"2025"}
    assert any("加氢站" in fact.indicator for fact in answer.facts if isinstance(fact, Target))


def test_the_indicators_of_many_plans(corpus: Library) -> None:
    answer = ask("四个以上规划都有的指标", corpus)
    plans = {(fact.indicator_id, fact.plan) for fact in answer.facts if isinstance(fact, Target)}
    counts = [sum(one == ident for one, _ in plans) for ident, _ in plans]
    assert counts
    assert min(counts) >= 4


def test_what_is_not_understood_is_not_passed_over(corpus: Library) -> None:
    answer = ask("哪些水晶宫指标2030年比2025年低", corpus)
    assert answer.facts == ()
    assert "水晶宫" in "".join(answer.understood.unknown)


@pytest.mark.parametrize("words", ["目标值", "指标值", "没有提到", "分为了成", "一共", "要求目标值", "方案规划"])
def test_words_said_over_and_over_end(words: str, corpus: Library) -> None:
    """A pattern that can read the same words in several ways must not try them all."""
    answer = ask(f"{words * 60}哪些指标2030年比2025年低的几"[-400:], corpus)
    assert answer.answer
