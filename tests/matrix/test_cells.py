from __future__ import annotations

import pytest

from plankb import rules
from plankb.matrix.cells import read_names, read_roles, read_times, roles_text, time_text
from plankb.model import ROLES, Role
from plankb.rules.kinds import CellRole


@pytest.mark.parametrize("rule", rules.many("cells", "role", CellRole), ids=lambda rule: rule.words[0])
def test_every_form_of_a_role_reads_as_its_example_says(rule: CellRole) -> None:
    assert read_roles(rule.examples[0]) == rule.gives


def test_roles_come_back_as_they_were_written() -> None:
    every: list[tuple[Role, ...]] = [(), ("lead",), ("support", "joint"), ROLES]
    for roles in every:
        assert read_roles(roles_text(roles)) == roles


@pytest.mark.parametrize("cell", ["●？", "待定", "x"])
def test_a_cell_that_is_no_role_is_not_guessed(cell: str) -> None:
    assert read_roles(cell) is None


@pytest.mark.parametrize("by", [(), ("2025",), ("2025", "2030"), ("2024-06",), ("2025-12-31", "2035")])
def test_times_come_back_as_they_were_written(by: tuple[str, ...]) -> None:
    assert read_times(time_text(by)) == by


@pytest.mark.parametrize(
    ("cell", "by"),
    [
        ("2026年底前", ("2026",)),
        ("2025-2030", ("2025", "2030")),
        ("2026/6/30", ("2026-06-30",)),
        ("2026.6", ("2026-06",)),
        ("2025年、2025年", ("2025",)),
        ("长期坚持", None),
        ("2026年一季度", ("2026-03",)),
        ("“十四五”末", ("2025",)),
        ("2026年底前完成", ("2026",)),
        ("2026年起", None),
    ],
)
def test_times_as_people_type_them(cell: str, by: tuple[str, ...] | None) -> None:
    assert read_times(cell) == by


@pytest.mark.parametrize(
    ("cell", "known", "names"),
    [
        ("甲局、乙局", (), ("甲局", "乙局")),
        ("甲局，乙局\n丙局", (), ("甲局", "乙局", "丙局")),
        ("甲局、各县（市、区）、乙局(处、科)", (), ("甲局", "各县（市、区）", "乙局(处、科)")),
        ("甲局（筹、乙局", (), ("甲局（筹", "乙局")),
        ("市科委、中关村管委会、丙局", ("市科委、中关村管委会",), ("市科委、中关村管委会", "丙局")),
        ("市科委", ("市科委、中关村管委会",), ("市科委",)),
        ("市发展改革委员会", ("市发展改革委",), ("市发展改革委员会",)),
        (" 、甲局、", (), ("甲局",)),
        ("", (), ()),
    ],
)
def test_names_in_a_cell(cell: str, known: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert read_names(cell, known) == names
