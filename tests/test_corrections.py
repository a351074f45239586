from __future__ import annotations

from typing import Any

import pytest

from plankb import corrections
from plankb.errors import PlankbError
from plankb.model import Measurement, Target, Task
from tests import records

TASK = records.task("t1", lead=("市发展改革委",), support=("市交委", "市财政局"), by=("2025",), targets=("g1",))
TARGET = records.target("g1")


def reviewed(**fields: Any) -> Task:
    (fact,) = corrections.apply([TASK], [records.correction(TASK, **fields)]).facts
    assert isinstance(fact, Task)
    return fact


def role(subject: str, *after: str, bureau: str | None = None) -> dict[str, Any]:
    return {"field": "roles", "subject": subject, "bureau": bureau or f"b:{subject}", "after": after}


def test_a_support_made_lead_leaves_the_others_where_they_are() -> None:
    task = reviewed(**role("市交委", "lead"))
    assert (task.lead, task.support) == (("市发展改革委", "市交委"), ("市财政局",))
    assert task.review is not None
    assert (task.review.action, task.review.who, task.review.fields) == ("correct", "张三", ("roles",))


def test_a_bureau_is_found_under_another_of_its_names() -> None:
    task = reviewed(**role("市交通委员会", "support", bureau="b:市交委"))
    assert task.support == ("市交委", "市财政局")


def test_a_bureau_without_a_role_is_gone_from_the_task() -> None:
    task = reviewed(**role("市财政局"))
    assert task.support == ("市交委",)
    assert "市财政局" not in task.bureaus


def test_a_bureau_that_nobody_knew_is_added_and_gets_a_record() -> None:
    applied = corrections.apply([TASK], [records.correction(TASK, field="roles", subject="市数据局", after=("joint",))])
    bureaus = corrections.apply_to_bureaus([records.bureau("市交委", support=("t1",))], applied.facts)
    by_name = {bureau.name: bureau for bureau in bureaus}
    assert by_name["市数据局"].joint == ("t1",)
    assert by_name["市交委"].support == ("t1",)


@pytest.mark.parametrize(
    ("field", "after", "value"),
    [
        ("by", ("2027", "2030"), ("2027", "2030")),
        ("by", (), ()),
        ("title", ("新标题",), "新标题"),
        ("collective", ("各县区",), ("各县区",)),
    ],
)
def test_fields_of_a_task(field: str, after: tuple[str, ...], value: object) -> None:
    assert getattr(reviewed(field=field, after=after), field) == value


@pytest.mark.parametrize(
    ("field", "after", "value"),
    [
        ("value", ("80.5",), 80.5),
        ("value", ("80",), 80),
        ("op", (">=",), ">="),
        ("by", (), None),
        ("nature", ("binding",), "binding"),
    ],
)
def test_fields_of_a_target(field: str, after: tuple[str, ...], value: object) -> None:
    (fact,) = corrections.apply([TARGET], [records.correction(TARGET, field=field, after=after)]).facts
    assert getattr(fact, field) == value


@pytest.mark.parametrize(
    ("field", "after"), [("value", ("很多",)), ("op", ("=>",)), ("quote", ("别的话",)), ("id", ("x",))]
)
def test_a_value_or_field_that_cannot_be_is_refused(field: str, after: tuple[str, ...]) -> None:
    wrong = records.correction(TARGET, field=field, after=after)
    assert corrections.apply([TARGET], [wrong]) == corrections.Applied((TARGET,), {wrong.id: "unfit"})
    with pytest.raises(PlankbError) as caught:
        corrections.correct(TARGET, wrong)
    assert caught.value.code == "E512"


def test_the_canonical_value_follows_a_corrected_value_or_unit() -> None:
    target = TARGET.model_copy(update={"unit": "吨", "normal": Measurement(value=75, unit="吨")})
    corrected = corrections.correct(target, records.correction(target, field="unit", after=("万吨",)))
    assert isinstance(corrected, Target)
    assert corrected.normal == Measurement(value=750000, unit="吨")
    same = corrections.correct(target, records.correction(target, field="nature", after=("binding",)))
    assert isinstance(same, Target)
    assert same.normal == target.normal


def test_a_task_struck_out_is_gone_and_nothing_points_to_it() -> None:
    deadline = records.deadline("d1", of="t1")
    applied = corrections.apply([TASK, TARGET, deadline], [records.correction(TASK, action="reject")])
    assert applied.facts == (TARGET, deadline.model_copy(update={"of": None}))


def test_a_target_struck_out_leaves_its_task() -> None:
    applied = corrections.apply([TASK, TARGET], [records.correction(TARGET, action="reject")])
    assert applied.facts == (TASK.model_copy(update={"targets": ()}),)


def test_accepted_fact_says_who_accepted_it() -> None:
    task = reviewed(action="accept")
    assert task.review is not None
    assert (task.review.action, task.review.when) == ("accept", "2026-01-02T03:04:05+08:00")
    assert task == TASK.model_copy(update={"review": task.review})


def test_correction_whose_source_changed_is_suspect_and_not_applied() -> None:
    correction = records.correction(TASK, field="by", after=("2030",))
    newer = TASK.model_copy(update={"quote": TASK.quote + "另有新的要求。"})
    applied = corrections.apply([newer], [correction])
    assert applied.facts == (newer,)
    assert applied.suspects == {correction.id: "changed"}


def test_correction_of_a_fact_that_is_gone_is_suspect() -> None:
    correction = records.correction(TASK, action="reject")
    assert corrections.apply([TARGET], [correction]).suspects == {correction.id: "gone"}


def test_the_later_word_on_one_point_has_the_same_id() -> None:
    first = records.correction(TASK, field="by", after=("2026",))
    second = records.correction(TASK, field="by", after=("2027",))
    other = records.correction(TASK, field="title", after=("甲",))
    assert first.id == second.id != other.id
