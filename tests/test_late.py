"""Data classes whose methods come late are those of `dataclasses` in all that is asked of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any, ClassVar

import pytest

from plankb import late


@late.dataclass(frozen=True, slots=True)
class Task:
    """A task."""

    text: str
    roles: list[str] = field(default_factory=list)
    kind: ClassVar[str] = "task"

    def short(self) -> str:
        return self.text[:2]


@late.dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Task):
    number: int = 0

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(self.number)


@late.dataclass(frozen=True, slots=True)
class ByText:
    text: str
    number: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByText) and other.text == self.text


@dataclasses.dataclass(frozen=True, slots=True)
class Plain(Task):
    number: int = 0


def test_methods_come_with_the_first_instance() -> None:
    made: Any = late.dataclass(frozen=True, slots=True)(type("Made", (), {"__annotations__": {"text": "str"}}))
    assert made.__init__.__module__ == late.__name__
    assert made("建设").text == "建设"
    assert made.__init__.__module__ != late.__name__


def test_fields_defaults_and_options_are_as_written() -> None:
    task = Numbered("建设床位", number=3)
    assert (task.text, task.roles, task.number, task.kind, task.short()) == ("建设床位", [], 3, "task", "建设")
    assert repr(task) == "Numbered(text='建设床位', roles=[], number=3)"
    assert [one.name for one in fields(Numbered)] == ["text", "roles", "number"]
    assert replace(task, number=4) == Numbered("建设床位", number=4)
    assert not hasattr(task, "__dict__")
    assert Task("a").roles is not Task("a").roles


def test_faults_are_those_of_data_classes() -> None:
    with pytest.raises(TypeError, match="positional"):
        Numbered("a", [], 3)  # type: ignore
    with pytest.raises(TypeError, match="text"):
        Task()  # type: ignore[call-arg]
    with pytest.raises(FrozenInstanceError):
        Task("a").text = "b"  # type: ignore[misc]
    with pytest.raises(ValueError, match="-1"):
        Numbered("a", number=-1)


def test_what_is_asked_of_a_class_that_was_never_made() -> None:
    @late.dataclass(frozen=True, slots=True)
    class Never:
        text: str
        number: int = 1

    assert is_dataclass(Never)
    assert Never.__match_args__ == ("text", "number")
    assert Never.__slots__ == ("text", "number")


def test_own_methods_stay_and_equal_ones_have_one_hash() -> None:
    assert ByText("a", 1) == ByText("a", 2) != ByText("b", 1)
    assert hash(ByText("a", 1)) == hash(ByText("a", 1))


def test_copies_and_classes_below() -> None:
    task = Numbered("建设", ["市民政局"], number=2)
    assert pickle.loads(pickle.dumps(task)) == copy.deepcopy(task) == task
    assert Plain("建设", number=1) != Plain("建设", number=2)
    match task:
        case Numbered(text, roles, number=number):
            assert (text, roles, number) == ("建设", ["市民政局"], 2)
