"""Facts made by hand, for tests of what is done with facts rather than how they are read."""

from __future__ import annotations

from typing import Any

from plankb.corrections import correction_id
from plankb.model import Bureau, Citation, Correction, Deadline, Doubt, Plan, Target, Task, Words


def plan(id_: str = "demo", **fields: Any) -> Plan:
    return Plan(**({"id": id_, "title": f"{id_}规划", "jurisdiction": "贵阳市", "level": "city"} | fields))


def task(id_: str, title: str = "推广新能源汽车", **fields: Any) -> Task:
    """A task whose bureaus' ids are their printed names with `b:` in front, unless given."""
    text = fields.pop("text", "到2025年完成。")
    note = "（市发展改革委牵头，市交委等按职责分工负责）"
    names = [name for role in ("lead", "support", "joint") for name in fields.get(role, ())]
    given: dict[str, Any] = {
        "id": id_,
        "plan": "demo",
        "section": ("二、重点任务", f"1.{title}"),
        "quote": f"1.{title}。{text}{note if names else ''}",
        "span": (0, 40),
        "title": title,
        "text": text,
        "bureaus": {name: f"b:{name}" for name in names},
    }
    return Task(**(given | fields))


def target(id_: str, **fields: Any) -> Target:
    given: dict[str, Any] = {
        "id": id_,
        "plan": "demo",
        "section": ("二、重点任务",),
        "quote": "到2025年，绿色出行比例达到75%",
        "span": (20, 37),
        "indicator": "绿色出行比例",
        "indicator_id": "绿色出行比例",
        "op": "=",
        "value": 75,
        "unit": "%",
        "by": "2025",
    }
    return Target(**(given | fields))


def deadline(id_: str, **fields: Any) -> Deadline:
    given: dict[str, Any] = {
        "id": id_,
        "plan": "demo",
        "section": (),
        "quote": "到2025年",
        "span": (8, 14),
        "by": "2025",
    }
    return Deadline(**(given | {"bound": "by", "end": "2025-12-31"} | fields))


def citation(id_: str, title: str, **fields: Any) -> Citation:
    given: dict[str, Any] = {"id": id_, "plan": "demo", "section": (), "quote": f"《{title}》", "span": (0, 4)}
    return Citation(**(given | {"title": title} | fields))


def doubt(id_: str, **fields: Any) -> Doubt:
    given: dict[str, Any] = {"id": id_, "plan": "demo", "section": (), "quote": "（市发改、委牵头）", "span": (10, 19)}
    message = Words(zh="单位名称读不准", en="a bureau name that is not sure")
    return Doubt(**(given | {"reason": "bureau", "message": message} | fields))


def bureau(name: str, jurisdiction: str | None = "贵阳市", **fields: Any) -> Bureau:
    return Bureau(**({"id": f"b:{name}", "name": name, "jurisdiction": jurisdiction, "names": (name,)} | fields))


def correction(fact: Task | Target, **fields: Any) -> Correction:
    """A correction of a fact as it is now."""
    given: dict[str, Any] = {
        "id": correction_id(fact.id, fields.get("field"), fields.get("subject")),
        "plan": fact.plan,
        "fact": fact.id,
        "section": fact.section,
        "title": fact.title if isinstance(fact, Task) else fact.indicator,
        "action": "correct",
        "source": fact.quote,
        "who": "张三",
        "when": "2026-01-02T03:04:05+08:00",
    }
    return Correction(**(given | fields))
