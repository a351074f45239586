"""Questions for the headings of plans: how many there are, what one holds, which so many of one ending are."""

from __future__ import annotations

import pytest

from plankb.query import Library, ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("空气规划分几章", ["共5章", "保障措施"]),
        ("生态规划第七章有几节？", ["共5节", "饮用水"]),
        ("空气规划第五章的主要内容是什么", ["狠抓制度落实", "重视公众参与"]),
        ("省方案由哪几个部分组成", ["共4部分", "政策保障"]),
        ("资阳方案一共多少条", ["共26条"]),
        ("资阳方案（六）讲什么", ["加快形成绿色生活方式"]),
        ("省方案的十大行动是哪些", ["10个", "循环经济助力降碳行动", "全民绿色低碳行动"]),
        ("贵阳贵安协同方案的框架是什么", ["共8部分", "开展模式创新"]),
        ("贵阳贵安协同方案的“突出重点领域”下面有哪几项", ["推进农业领域协同增效"]),
        ("省方案（三）是什么", ["产业绿色低碳提升行动", "主要目标"]),
        ("十大行动", ["10个", "循环经济助力降碳行动"]),
        ("空气规划有几个专栏", ["共10个专栏", "专栏8绿色公共交通"]),
        ("生态规划一共有多少个表？", ["共2个表"]),
        ("有几章", ["《贵阳市“十四五”空气质量改善规划》5章", "《贵州省碳达峰实施方案》4章"]),
        ("空气规划有哪些保障措施", ["狠抓制度落实", "重视公众参与"]),
        ("省方案的组织实施怎么写的", ["强化责任落实", "严格监督考核"]),
        ("基本原则有哪些", ["坚持全民共治共享"]),
        ("空气规划的保障措施总共有几条", ["保障措施共", "条：", "重视公众参与"]),
        ("省方案的组织实施一共几项，分别是什么", ["组织实施共", "项：", "严格监督考核"]),
        ("省方案的保障措施有几条", ["没有叫“保障措施”的标题", "政策保障共4条", "健全法规标准体系"]),
        ("生态环保规划哪一章讲噪声", ["第十二章加强噪声污染防治"]),
    ],
)
def test_headings_are_told(question: str, said: list[str], corpus: Library) -> None:
    answer = ask(question, corpus)
    assert all(words in answer.answer for words in said), answer.answer
    assert answer.understood.ignored == ()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("市交委牵头的任务有哪些", "tasks"),
        ("有轨电车建多少条", "targets"),
        ("黑臭水体多少条", "targets"),
        ("市交委负责组织实施哪些任务", "tasks"),
        ("“城乡建设碳达峰行动”下面有哪些任务", "tasks"),
        ("城市建成区绿地率是什么", "targets"),
    ],
)
def test_other_questions_are_of_facts(question: str, kind: str, corpus: Library) -> None:
    assert ask(question, corpus).understood.kind == kind


def test_a_number_of_headings_that_no_plan_has_is_not_made_up(corpus: Library) -> None:
    answer = ask("省方案的七大行动是哪些", corpus)
    assert "7个" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "贵阳贵安方案一共分几大部分，每部分标题是什么",
        "贵阳贵安方案有几个大部分，都叫什么",
        "贵阳贵安方案由几部分组成？逐一列出",
    ],
)
def test_headings_that_are_counted_and_to_be_named_are_listed(question: str, corpus: Library) -> None:
    answer = ask(question, corpus).answer
    assert "8部分" in answer
    assert "加强组织实施" in answer
