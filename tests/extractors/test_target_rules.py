"""Every rule about targets does what its example says."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plankb import rules
from plankb.document import Clause
from plankb.extractors import Reading
from plankb.extractors.tables.columns import role_of
from plankb.extractors.targets import outcome
from plankb.extractors.targets.clause import Slot, read_clause, signs
from plankb.extractors.targets.shares import of_form
from plankb.indicators import coordination
from plankb.model import Deadline, Plan, Project, Target
from plankb.rules.kinds import AssertionForm, OutcomeForm, Predicate, Siblings
from tests.corpus import PLANS, raw
from tests.text import read_plan

PREDICATES = [*rules.many("changes", "level", Predicate), *rules.many("changes", "change", Predicate)]


def read(text: str) -> Reading:
    return read_plan(f"某市方案\n一、主要任务\n{text}", Plan(id="x", title="某市方案", period="2021-2025"))


@pytest.mark.parametrize("rule", PREDICATES, ids=lambda rule: rule.examples[0])
def test_every_predicate_finds_its_indicator(rule: Predicate) -> None:
    (target,) = (fact for fact in read(f"到2025年，{rule.examples[0]}。").facts if isinstance(fact, Target))
    assert (target.indicator, target.change) == (rule.indicator, rule.direction)


FORMS = [rule for kind in ("form", "counted", "provided") for rule in rules.many("assertions", kind, AssertionForm)]


@pytest.mark.parametrize("rule", FORMS, ids=lambda rule: rule.name)
def test_every_form_of_two_sides_names_its_indicator(rule: AssertionForm) -> None:
    for example in rule.examples:
        (target,) = (fact for fact in read(f"到2025年，{example}。").facts if isinstance(fact, Target))
        assert (target.indicator, target.op) == (rule.indicator, rule.binds or target.op)
        assert rule.change is None or target.change == rule.change


@pytest.mark.parametrize("rule", [rule for rule in FORMS if rule.counter_examples], ids=lambda rule: rule.name)
def test_no_form_of_two_sides_reads_its_counter_examples(rule: AssertionForm) -> None:
    for text in rule.counter_examples:
        record = read_clause(text, Clause((0, len(text)), ""), ())
        assert record.quantities, text
        slots = (Slot(record, index, 0, anchored=True) for index in range(len(record.quantities)))
        assert not any(of_form(slot, rule) for slot in slots), text


def test_words_of_one_kind_share_what_follows_the_last() -> None:
    siblings = rules.one("indicators", "siblings", Siblings)
    assert coordination.split_for(siblings.example, 2) == list(siblings.gives)


@pytest.mark.parametrize("section", ["parts.make", "openers.any", "openers.change", "parts.closing"])
def test_the_word_lists_do_what_their_example_says(section: str) -> None:
    (example,) = rules.one("changes", section).examples
    targets = [fact for fact in read(f"{example}。").facts if isinstance(fact, Target)]
    assert len(targets) == 1
    assert targets[0].indicator in example


@pytest.mark.parametrize("example", [e for rule in rules.many("past", "told") for e in rule.examples])
def test_what_is_told_is_no_commitment(example: str) -> None:
    assert signs("told").search(example)
    assert not [fact for fact in read(f"{example}。").facts if isinstance(fact, Target)]


@pytest.mark.parametrize("kind", ["describes", "belongs", "told_untimed", "support", "size"])
def test_what_describes_a_noun_is_no_commitment(kind: str) -> None:
    for example in (e for rule in rules.many("past", kind) for e in rule.examples):
        assert not [fact for fact in read(f"{example}。").facts if isinstance(fact, Target)], example


@pytest.mark.parametrize("rule", rules.many("tables", "column"), ids=lambda rule: rule.means)
def test_every_heading_names_its_column(rule: rules.Rule) -> None:
    assert all(role_of(example, "tables") == rule.means for example in rule.examples)


@pytest.mark.parametrize("kind", ["ends", "begins", "between"])
def test_every_outcome_is_read_with_its_words(kind: str) -> None:
    for rule in rules.many("qualitative", kind, OutcomeForm):
        (text,) = rule.examples
        found = outcome.find(text, 0, len(text), timed=not rule.strong)
        assert found is not None, text
        assert text[slice(*found.words)] == rule.gives, text


@cache
def reading(plan: str) -> Reading:
    return read_plan(raw(plan), Plan(id=plan, title=""))


@pytest.mark.parametrize("plan", PLANS)
def test_every_deadline_belongs_to_a_fact_and_is_quoted(plan: str) -> None:
    found = reading(plan)
    ids = {fact.id for fact in found.facts}
    deadlines = [fact for fact in found.facts if isinstance(fact, Deadline)]
    assert deadlines
    for deadline in deadlines:
        assert deadline.of in ids
        assert found.clean.text[slice(*deadline.span)] == deadline.quote
        assert not (deadline.start and deadline.end) or deadline.start <= deadline.end


def test_projects_have_their_sizes_and_boxes() -> None:
    text = "专栏1 清洁能源重点项目\n1.风电项目：续建青山风电场一期（40MW）、白河风电场（28MW），建设绿道总长60公里。"
    found = [fact for fact in read(text).facts if isinstance(fact, Project)]
    assert [(p.name, [(q.value, q.unit) for q in p.quantity], bool(p.box)) for p in found] == [
        ("风电项目", [(60, "公里")], True),
        ("青山风电场一期", [(40, "MW")], True),
        ("白河风电场", [(28, "MW")], True),
    ]


def test_a_number_that_became_no_target_is_doubted() -> None:
    found = read("加快项目建设，到2025年达到35%。")
    assert [fact.reason for fact in found.facts if fact.kind == "doubt"] == ["target-subject"]


@pytest.mark.parametrize(
    ("sentence", "baseline"),
    [
        ("规模以上企业由4600家增加到1万家以上", 0.46),
        ("粮食仓容从800万吨扩大到0.1亿吨", 0.08),
        ("一刻钟便民生活圈由30个增加到50个", 30),
        ("图书馆藏书由60%提高到100万册", None),
    ],
)
def test_a_baseline_is_in_the_unit_of_its_target(sentence: str, baseline: float | None) -> None:
    (target,) = (fact for fact in read(f"到2025年，{sentence}。").facts if isinstance(fact, Target))
    assert (target.baseline and target.baseline.value) == baseline


WORDS = (
    "到2025年|，|。|；|、|（|）|“|”|覆盖率|达到|90%|以上|分别|新建|10座|加氢站|提高到|由|较2020年|下降|18%|\n|一、|（二）|专栏1|\t|"
    "指标|单位|基本形成|全覆盖|力争|其中|总长度|每年|不低于|3—5家|近七成的|社区|建成|“十四五”期间|翻一番|和|表1|2025年目标|的|"
    "责任单位|完成时限|省能源局牵头|总投资|%|万千瓦|0|："
)
PIECES = st.sampled_from(WORDS.split("|"))


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_mixture_of_plan_words_is_read_and_quoted(text: str) -> None:
    found = read_plan(text, Plan(id="x", title=""))
    for fact in found.facts:
        assert found.clean.text[slice(*fact.span)] == fact.quote


@settings(deadline=None, max_examples=20)
@given(st.data())
def test_cut_and_shuffled_plans_are_read_and_quoted(data: st.DataObject) -> None:
    lines = raw("guiyang-synergy").splitlines()
    start = data.draw(st.integers(0, len(lines) - 1))
    piece = data.draw(st.permutations(lines[start : start + 12]))
    found = read_plan("\n".join(piece)[: data.draw(st.integers(0, 3000))], Plan(id="x", title=""))
    for fact in found.facts:
        assert found.clean.text[slice(*fact.span)] == fact.quote
