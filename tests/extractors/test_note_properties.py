"""Notes put together from names at random are taken apart again; text of any kind never raises."""

from __future__ import annotations

import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from plankb.extractors import notes
from plankb.model import Doubt, Plan, Task
from tests import corpus
from tests.text import read_plan

NAMES = st.lists(
    st.sampled_from(
        ["市教育局", "省发展改革委", "县农业农村局", "教育部", "贵安新区经济发展局", "市委宣传部", "团市委", "省妇联",
         "市文化和旅游局", "市自然资源和规划局", "人行贵阳中心支行", "省委党校（贵州行政学院）", "国网湖州供电公司",
         "花石镇人民政府", "区消防救援支队", "市科委、中关村管委会", "自治区住房和城乡建设厅"]
    ),
    min_size=1, max_size=5, unique=True,
)  # fmt: skip
COLLECTIVES = st.lists(
    st.sampled_from(["各区人民政府", "省有关部门", "相关街镇", "各市〈州〉人民政府", "各县（市、区）人民政府"]),
    max_size=2,
    unique=True,
)
COMMA = st.sampled_from(["、", "，", ","])
ETC = st.sampled_from(["", "等", "等部门", "等有关单位"])
BRACKETS = st.sampled_from(["（）", "()", "［］", "〔〕", "【】", "（)", "(）"])
PIECES = st.sampled_from(
    ["一、重点任务\n", "（一）办学。", "1.建校。", "（市教育局牵头，", "责任单位：", "、", "）", "。", "\n", "\t",
     "牵头", "各区", "等按职责分工负责", "《", "》", "到2025年", "序号\t任务\t责任单位\n", "1\t", "专栏1　工程\n",
     "，", "省"]
)  # fmt: skip


@given(lead=NAMES, other=NAMES, everyone=COLLECTIVES, comma=COMMA, etc=ETC, bracket=BRACKETS)
@settings(max_examples=150, deadline=None)
def test_verbs_give_the_names_back(
    lead: list[str], other: list[str], everyone: list[str], comma: str, etc: str, bracket: str
) -> None:
    text = f"{bracket[0]}{comma.join(lead)}牵头，{comma.join((*other, *everyone))}{etc}按职责分工负责{bracket[1]}"
    (note,) = notes.in_paragraph(text, (0, len(text)))
    assert note.printed("lead") == tuple(lead)
    assert note.printed("support") == tuple(other)
    assert note.collective == tuple(everyone)
    assert note.unread == ()


@given(lead=NAMES, other=NAMES, everyone=COLLECTIVES, comma=COMMA, semicolon=st.sampled_from(["；", ";", "，", ""]))
@settings(max_examples=150, deadline=None)
def test_labels_give_the_names_back(
    lead: list[str], other: list[str], everyone: list[str], comma: str, semicolon: str
) -> None:
    text = f"（牵头单位：{comma.join(lead)}{semicolon}责任单位：{comma.join((*other, *everyone))}）"
    (note,) = notes.in_paragraph(text, (0, len(text)))
    assert note.printed("lead") == tuple(lead)
    assert note.printed("support") == tuple(other)
    assert note.collective == tuple(everyone)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_text_of_any_kind_never_raises_and_keeps_its_words(text: str) -> None:
    reading = read_plan(text, Plan(id="draft", title="", jurisdiction="贵阳市"))
    for fact in reading.facts:
        if isinstance(fact, Task | Doubt):
            assert reading.clean.text[slice(*fact.span)] == fact.quote
    ids = {bureau.id for bureau in reading.bureaus}
    for task in reading.facts:
        if isinstance(task, Task):
            assert set(task.bureaus.values()) <= ids


@given(st.randoms(use_true_random=False), st.integers(0, 16000))
@settings(max_examples=6, deadline=None)
def test_a_plan_cut_off_anywhere_with_its_lines_mixed_up_is_still_read(random: Random, cut: int) -> None:
    lines = corpus.raw("guiyang-synergy")[:cut].splitlines(keepends=True)
    random.shuffle(lines)
    reading = read_plan("".join(lines), Plan(id="draft", title=""))
    for fact in reading.facts:
        assert reading.clean.text[slice(*fact.span)] == fact.quote
        assert not re.search(r"^\s|\s$", fact.quote)
