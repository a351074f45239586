"""Rules as data: every typed entry agrees with its own examples, and a faulty entry is named with its file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from plankb import extractors, indicators, rules
from plankb.errors import PlankbError
from plankb.rules import loading
from plankb.rules.model import Entry, Rule

ENTRIES = [
    pytest.param(entry, id=f"{file}.{section}.{number}")
    for file in loading.names()
    for section, entries in loading.sections(file).items()
    for number, entry in enumerate(entries)
]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_agrees_with_its_examples(entry: Entry) -> None:
    assert entry.fault() is None


FORMS = [f"{file}:{section}" for file in ("forms", "phrases", "coordination", "ellipsis", "topics")
         for section in loading.sections(file)]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_targets_is_read_by_the_walk_or_part_of_another(form: str) -> None:
    file, section = form.split(":")
    packages = (*extractors.__path__, *indicators.__path__)
    walk = "".join(path.read_text(encoding="utf-8") for package in packages for path in Path(package).rglob("*.py"))
    data = files("plankb.rules").joinpath(f"{file}.toml").read_text(encoding="utf-8")
    part = "{" + section.removeprefix(f"{loading.PARTS}.") + "}"
    assert f'"{section}"' in walk or f"'{section}'" in walk or part in data


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"pattern": "负责"}, "examples"),
        ({"pattern": "负责", "examples": []}, "examples"),
        ({"examples": ["市教育局负责"]}, "pattern"),
        ({"pattern": "负责", "words": ["负责"], "examples": ["市教育局负责"]}, "pattern"),
        ({"words": ["负责", "负责"], "examples": ["市教育局负责"]}, "负责"),
        ({"pattern": "负责", "example": "市教育局负责", "patern": "x"}, "patern"),
        ({"pattern": "{nothing}负责", "example": "市教育局负责"}, "nothing"),
        ({"pattern": 3, "example": "市教育局负责"}, "pattern"),
    ],
)
def test_a_faulty_entry_is_named_with_its_file_and_place(entry: dict[str, object], why: str) -> None:
    good = {"pattern": "牵头", "example": "市教育局牵头"}
    with pytest.raises(PlankbError) as error:
        loading.read("roles", {"verb": [good, {"name": "answer", **entry}]}, parts={})
    assert error.value.code == "E170"
    for said in ("roles.toml", "[[verb]] 2", "answer", why):
        assert said in error.value.text("zh")


def test_examples_tell_what_a_rule_misses_and_what_it_wrongly_finds() -> None:
    rule = Rule(words=("牵头", "负责"), examples=("市教育局牵头", "市财政局配合"))
    assert "市财政局配合" in str(rule.fault())
    rule = Rule(pattern="调查|变更", examples=("工商变更",), counter_examples=("国土变更调查",))
    assert "国土变更调查" in str(rule.fault())
    assert "pattern" in str(Rule(pattern="(牵头", examples=("牵头",)).fault())


def test_the_longest_word_is_found_first() -> None:
    rule = Rule(words=("负责", "负责落实"), examples=("负责",))
    match = rule.search("由市教育局负责落实")
    assert match
    assert match[0] == "负责落实"


def test_parts_stand_for_what_is_said_once() -> None:
    data = {"parts": {"body": {"pattern": "市[^，]+局", "example": "市教育局"}}}
    read = loading.read("x", {**data, "verb": [{"pattern": "{body}牵头", "example": "市教育局牵头"}]}, parts={})
    (rule,) = read["verb"]
    assert isinstance(rule, Rule)
    assert rule.fullmatch("市教育局牵头")


def test_a_shared_part_is_known_to_every_file() -> None:
    five = rules.one("parts", "five_year")
    assert five.fullmatch("“十四五”")


@pytest.mark.parametrize(
    ("pattern", "taken", "left"),
    [
        ("(?P<word>pue)值?", ("PUE", "pue值", "Pue"), ("pu", "P U E")),
        (r"\d+ ?kwh[\u4e00-\u9fff]?", ("3 kWh", "3KWH时"), ("kwh", "3 kw")),
        ("[a-z]年", ("x年",), ("X年",)),
        ("μg", ("μg", "µG"), ("mg",)),
    ],
)
def test_letters_of_either_case(pattern: str, taken: tuple[str, ...], left: tuple[str, ...]) -> None:
    compiled = rules.caseless(pattern)

    assert all(compiled.fullmatch(text) for text in taken)
    assert not any(compiled.fullmatch(text) for text in left)
