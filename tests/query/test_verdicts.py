"""Yes and no by a sentence, where no fact was read; neither where the sentence says nothing of it."""

from __future__ import annotations

import pytest

from plankb.query import Library, ask

AGREES, DIFFERS = "对得上", "对不上"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("台账要保存5年吗", DIFFERS),
        ("台账保存期限不少于3年，对吗", AGREES),
        ("29处城市黑臭水体全面消除，对不对", AGREES),
        ("全面消除的城市黑臭水体是19处，对不对", DIFFERS),
        ("江苏一夫年消耗200万吨磷石膏，是吗", DIFFERS),
        ("江苏一夫年消耗300万吨磷石膏，是吗", AGREES),
        ("支持创建氢能产业示范城市的是贵阳，对不对", DIFFERS),
        ("支持创建氢能产业示范城市的是六盘水，对不对", AGREES),
    ],
)
def test_a_sentence_is_held_against_the_question(question: str, verdict: str, corpus: Library) -> None:
    assert ask(question, corpus).answer.startswith(verdict)


@pytest.mark.parametrize(
    "question",
    [
        "贵阳2020年地区生产总值是5000亿元吗",
        "资阳要建3座核电站，对吗",
        "烟尘排放口高度不得低于35米，对吗",
        "公务员编制要增加200名，是真的吗",
    ],
)
def test_nothing_is_said_where_the_texts_say_nothing_of_it(question: str, corpus: Library) -> None:
    answer = ask(question, corpus).answer
    assert not answer.startswith((AGREES, DIFFERS, "是的", "不是"))
