"""Plain questions, such as come first to mind: no yes, no or ranking that the plans do not say."""

from __future__ import annotations

import pytest

from plankb.model import Target
from plankb.query import Library, ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2030年达峰吗", "2030年前碳达峰"),
        ("省里2030年前能实现碳达峰吗", "确保2030年前实现碳达峰"),
        ("黑臭水体2025年消除吗", "基本消除"),
        ("农膜回收率2030年有要求吗", "进一步提高"),
        ("高速公路服务区充电设施2025年全覆盖吗", "100%"),
        ("铁路货运比例2025年要提高吗", "提高1个百分点"),
    ],
)
def test_whether_something_holds_at_a_time_is_told_by_what_says_it(question: str, said: str, corpus: Library) -> None:
    answer = ask(question, corpus).answer
    assert said in answer
    assert not answer.startswith("不是")


@pytest.mark.parametrize("question", ["2025年达峰吗", "省里2028年前达峰吗"])
def test_what_is_only_named_after_a_thing_does_not_say_yes_for_it(question: str, corpus: Library) -> None:
    answer = ask(question, corpus).answer
    assert not answer.startswith("是的")
    assert "深入推进" not in answer


@pytest.mark.parametrize(
    "question", ["哪个城市目标最高", "资阳和贵阳谁的要求高", "贵州和贵阳谁定得严", "各市的目标哪个最低"]
)
def test_places_are_not_ranked_without_an_indicator(question: str, corpus: Library) -> None:
    answer = ask(question, corpus)
    assert "没有说比较哪一项指标" in answer.answer
    assert not answer.facts


@pytest.mark.parametrize(("question", "said"), [("省和市森林覆盖率谁高", "64%"), ("省比市森林覆盖率高吗", "64%")])
def test_province_and_city_are_sides(question: str, said: str, corpus: Library) -> None:
    answer = ask(question, corpus).answer
    assert said in answer
    assert ">55%" in answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("光伏、风电2025年装机合在一起是多少", "4180万千瓦"),
        ("NOx和VOCs两项重点工程减排量差多少吨", "225吨"),
        ("扬尘污染协同防治由哪几家负责", "市综合行政执法局"),
        ("光伏是风电的几倍", "2.87倍"),
        ("煤电占比怎么变", "进一步降低"),
        ("碳交易", "融入碳市场"),
    ],
)
def test_things_are_asked_for_as_they_are_spoken_of(question: str, said: str, corpus: Library) -> None:
    assert said in ask(question, corpus).answer


def test_wind_and_sun_are_two_words_in_one(corpus: Library) -> None:
    assert "400兆瓦" in ask("风光装机多少", corpus).answer


@pytest.mark.parametrize("question", ["贵阳2025年PM2.5多少", "细颗粒物多少"])
def test_how_much_of_a_substance_is_no_count_of_tasks(question: str, corpus: Library) -> None:
    answer = ask(question, corpus)
    assert answer.understood.kind == "targets"
    assert "按照省要求" in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("最晚的期限是什么时候", "2030年"),
        ("最早的任务", "2023年"),
        ("最后一个完成的是哪个任务", "2030年"),
        ("截止最晚的目标", "2035年"),
    ],
)
def test_the_first_and_the_last_are_told_by_their_time(question: str, said: str, corpus: Library) -> None:
    assert said in ask(question, corpus).answer


def test_a_district_that_is_named_somewhere_has_no_tasks_for_that(corpus: Library) -> None:
    assert not ask("云岩区有任务吗", corpus).answer.startswith("对得上")


def test_what_begins_at_a_day_is_not_due_by_it(corpus: Library) -> None:
    facts = ask("2022年底前要完成什么", corpus).facts
    assert not any("起" in getattr(fact, "quote", "") for fact in facts)


def test_the_number_of_a_plan_is_its_own_and_not_one_that_it_cites(corpus: Library) -> None:
    answer = ask("空气规划的文号是多少", corpus)
    assert "文号 没有写明" in answer.answer


def test_the_year_of_the_baselines_is_asked_of_targets_that_have_one(corpus: Library) -> None:
    answer = ask("基准年是哪一年", corpus)
    assert {fact.baseline.year for fact in answer.facts if isinstance(fact, Target) and fact.baseline} == {"2020"}


def test_what_is_left_out_of_a_question_is_named(corpus: Library) -> None:
    assert "不限“单独负责”" in (ask("财政局单独负责的", corpus).note or "")


def test_english_is_told_by_the_sentence_too(corpus: Library) -> None:
    assert "peak" not in (ask("does Guizhou peak by 2030?", corpus, lang="en").note or "")
    assert "指导思想" in ask("guiding principles", corpus, lang="en").answer


def test_who_is_more_may_stand_before_the_thing(corpus: Library) -> None:
    asked, plain = (ask(question, corpus) for question in ("贵州和贵阳谁的森林覆盖率高", "贵州和贵阳森林覆盖率谁高"))
    assert asked.answer == plain.answer
    answer = ask("贵阳和贵州谁新增的光伏装机多", corpus)
    assert answer.understood.kind == "targets"


def test_a_plan_of_another_place_does_not_hide_those_of_the_place_named(corpus: Library) -> None:
    answer = ask("资阳那边，空气质量方案归谁牵头", corpus)
    assert answer.understood.plans == ()
    assert "没有资阳市自己的" not in (answer.note or "")


def test_how_it_is_said_is_no_question_of_its_own(corpus: Library) -> None:
    answer = ask("哪份文件提到了核电？怎么说的？", corpus)
    assert answer.count == 1
    assert "有5个规划" not in answer.answer
