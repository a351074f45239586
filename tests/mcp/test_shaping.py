"""What a model gets is bounded, harmless, and says what was left out."""

from __future__ import annotations

from plankb.mcp.shaping import LONGEST, MANY, MOST, Shape
from plankb.model import Bureau, Finding, Passage, Target, Words

PASSAGE = Passage(plan="p", section=("一、目标",), text="到2025年", span=(3, 8))


def target(**fields: object) -> Target:
    said: dict[str, object] = {
        "id": "p:target-1", "plan": "p", "section": ("一、目标",), "quote": "到2025年", "span": (3, 8),
        "indicator": "森林覆盖率", "indicator_id": "森林覆盖率",
    }  # fmt: skip
    return Target.model_validate(said | fields)


def test_a_long_quotation_is_its_beginning_and_says_so() -> None:
    quote = "逐字" * LONGEST
    shaped = Shape({"p": "规划"}).record(target(quote=quote))
    assert quote.startswith(shaped["quote"])
    assert len(shaped["quote"]) == LONGEST
    assert shaped["cut"] == ["quote"]
    assert "cut" not in Shape({}, longest=len(quote)).record(target(quote=quote))


def test_a_long_list_is_cut_and_says_so() -> None:
    bureau = Bureau(id="1", name="市水务局", lead=tuple(f"task-{n}" for n in range(MANY + 5)))
    shaped = Shape({}).record(bureau)
    assert (len(shaped["lead"]), shaped["cut"]) == (MANY, ["lead"])


def test_characters_that_something_would_obey_are_marked() -> None:
    hostile = "到\x1b[2J2025\u202e年\x00\u200b\ud800"
    shaped = Shape({"p": "题\x07目"}).record(target(quote=hostile))
    assert shaped["quote"] == "到\ufffd[2J2025\ufffd年\ufffd\ufffd\ufffd"
    assert shaped["plan_title"] == "题\ufffd目"


def test_a_page_says_how_many_there_are_and_where_the_next_begins() -> None:
    records = [PASSAGE] * (MOST + 7)
    first = Shape({}).page(records, limit=1000, offset=0)
    assert (first["count"], len(first["facts"]), first["next"]) == (MOST + 7, MOST, MOST)
    last = Shape({}).page(records, limit=1000, offset=first["next"])
    assert (len(last["facts"]), last["next"]) == (7, None)
    assert Shape({}).page(records, limit=0, offset=-3)["offset"] == 0
    assert Shape({}).page([], limit=5, offset=0) == {"count": 0, "offset": 0, "next": None, "facts": []}


def test_what_has_no_id_gets_one_of_its_place() -> None:
    assert Shape({}).record(PASSAGE)["id"] == "p@3-8"
    why = Words(zh="重复", en="repeated")
    finding = Finding(rule="repeat", severity="info", message=why, span=(0, 2), quote="到到", line=4)
    shaped = Shape({}, "en").record(finding)
    assert (shaped["id"], shaped["message"]) == ("repeat@4", "repeated")
