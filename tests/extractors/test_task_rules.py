"""Every entry of the rules for notes, tasks and their tables has examples, and they hold."""

from __future__ import annotations

import pytest

from plankb import rules
from plankb.document import items
from plankb.extractors import notes
from plankb.extractors.notes.vocabulary import labels, role_of_label
from plankb.extractors.tables.columns import role_of
from plankb.register.listed import is_collective


def read(text: str) -> tuple[notes.Note, ...]:
    return notes.in_paragraph(text, (0, len(text)))


@pytest.mark.parametrize(
    ("means", "example"), [(rule.means, example) for rule in rules.many("roles", "label") for example in rule.examples]
)
def test_labels(means: str, example: str) -> None:
    match = labels().fullmatch(f"{example}：")
    assert match
    assert role_of_label(match) == means


@pytest.mark.parametrize(
    ("means", "example"), [(rule.means, example) for rule in rules.many("roles", "verb") for example in rule.examples]
)
def test_verbs(means: str, example: str) -> None:
    (note,) = read(f"（{example}）")
    assert {name.part for name in note.names} == {means}


@pytest.mark.parametrize("example", [e for rule in rules.many("roles", "collective") for e in rule.examples])
def test_collectives(example: str) -> None:
    assert is_collective(example)


@pytest.mark.parametrize("example", rules.one("roles", "collective_goes_on").examples)
def test_what_goes_on_with_a_collective(example: str) -> None:
    (note,) = read(f"（各区县、{example}负责）")
    assert note.collective == (f"各区县、{example}",)


@pytest.mark.parametrize("example", rules.one("roles", "closing").examples)
def test_closing_words_are_no_part_of_the_name(example: str) -> None:
    (note,) = read(f"（{example}负责）")
    assert note.printed("joint") == (example[: example.index("等")],)


@pytest.mark.parametrize("example", [e for rule in rules.many("tasks", "no_task") for e in rule.examples])
def test_titles_that_hold_no_tasks(example: str) -> None:
    assert items.holds_no_tasks(example)


@pytest.mark.parametrize("example", [e for rule in rules.many("tasks", "no_task") for e in rule.counter_examples])
def test_titles_of_work_that_end_in_such_a_noun(example: str) -> None:
    assert not items.holds_no_tasks(example)


@pytest.mark.parametrize("example", rules.one("tasks", "containers").examples)
def test_containers(example: str) -> None:
    assert rules.one("tasks", "containers").fullmatch(example)


@pytest.mark.parametrize(
    ("role", "example"),
    [(rule.means, example) for rule in rules.many("task_tables", "column") for example in rule.examples],
)
def test_columns(role: str, example: str) -> None:
    assert role_of(example, "task_tables") == role


@pytest.mark.parametrize("rule", rules.many("citations", "number"), ids=lambda rule: str(rule.examples[0]))
def test_document_numbers(rule: rules.Rule) -> None:
    assert all(rule.fullmatch(example) for example in rule.examples)


@pytest.mark.parametrize("name", ["remark", "closing"])
def test_lines_that_belong_to_no_item(name: str) -> None:
    rule = rules.one("tasks", name)
    assert all(rule.match(example) for example in rule.examples)
    assert not any(rule.match(other) for other in rule.counter_examples)
