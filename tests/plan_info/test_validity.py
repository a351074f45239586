"""What a plan says of its own time in force."""

from __future__ import annotations

import pytest

from plankb.model import Plan
from plankb.plan_info.validity import Validity, validity
from tests.text import read_plan


@pytest.mark.parametrize(
    ("text", "issued", "said"),
    [
        ("本方案自2024年5月1日起施行，有效期3年。", None, Validity("2024-05-01", "2027-04-30")),
        ("本办法自印发之日起施行，有效期五年。", "2023-06-15", Validity("2023-06-15", "2028-06-14")),
        ("本办法自发布之日起实施，有效期至2027年12月31日。", "2023-06", Validity(None, "2027-12-31")),
        ("本办法自2024年2月29日起执行，试行期两年。", None, Validity("2024-02-29", "2026-02-28")),
        ("有效期2年。", None, Validity()),
        (
            "原《某市养老服务管理办法》（某府办发〔2019〕3号）同时废止。",
            None,
            Validity(repeals=("某市养老服务管理办法",)),
        ),
        (
            "《某市节水办法》、《某市用水定额规定》同时废止。",
            None,
            Validity(repeals=("某市节水办法", "某市用水定额规定")),
        ),
        ("到2025年，证书有效期延长一倍，自2021年起改造管网。", "2023-06-15", Validity()),
        ("自2024年2月31日起施行。", None, Validity()),
    ],
)
def test_validity_is_read_from_the_words(text: str, issued: str | None, said: Validity) -> None:
    assert validity(text, issued) == said


def test_a_plan_knows_its_time_in_force() -> None:
    text = "某市养老办法\n一、总则\n（一）目的。保障老年人。\n二、附则\n本办法自2024年5月1日起施行，有效期3年。\n"
    assert read_plan(text, Plan(id="p", title="")).plan.in_force == ("2024-05-01", "2027-04-30")
    assert (
        read_plan(text.replace("自2024年5月1日起施行，有效期3年", "印发执行"), Plan(id="p", title="")).plan.in_force
        is None
    )
