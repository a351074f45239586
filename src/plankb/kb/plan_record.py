"""What people say of a plan itself: its title, issuer, place, period and the like, instead of what was read.

Such a correction is kept with those of facts, under the id of its plan, and outlives every build: the plan is read with
it in mind, as with the manifest's word, since its place decides which bureaus are meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from pydantic import ValidationError

from plankb import rules
from plankb.corrections import correction_id
from plankb.errors import PlankbError
from plankb.model import Correction, Level, Plan
from plankb.readers import manifest
from plankb.register import places
from plankb.words import word

FIELDS = ("title", "issuer", "number", "jurisdiction", "level", "period", "date")
"""The fields of a plan that a person may correct; several issuers are parted by 、."""
_LONGEST = 300


def said(corrections: Iterable[Correction]) -> dict[str, dict[str, str]]:
    """What corrections say of plans themselves: field and value, by plan id."""
    found: dict[str, dict[str, str]] = {}
    for one in corrections:
        if one.fact == one.plan and one.field in FIELDS and one.after:
            found.setdefault(one.plan, {})[one.field] = one.after[0]
    return found


def corrections_of(plan: Plan, values: Mapping[str, str], *, who: str, when: str) -> list[Correction]:
    """The corrections that give fields of a plan these values. Raises E123 for a field or value that cannot be."""
    return [
        Correction(
            id=id_of(plan.id, field), plan=plan.id, fact=plan.id, section=(), title=plan.title, action="correct",
            field=field, before=(str(getattr(plan, field)),) if getattr(plan, field) else (),
            after=(_value(field, text),), source=plan.title, who=who, when=when,
        )
        for field, text in values.items()
    ]  # fmt: skip


def id_of(plan: str, field: str) -> str:
    """The id of the correction of a field. Raises E123 for a field that cannot be corrected."""
    if field not in FIELDS:
        raise PlankbError("E123", name="--set", expected="|".join(f"{name}=…" for name in FIELDS))
    return correction_id(plan, field, None)


def corrected(plan: Plan, values: Mapping[str, str]) -> Plan:
    """The record with these values; E123 where they make no record."""
    try:
        return Plan.model_validate(plan.model_dump() | dict(values))
    except ValidationError as error:
        raise PlankbError("E123", name="--set", expected="|".join(f"{name}=…" for name in FIELDS)) from error


def _value(field: str, text: str) -> str:
    """A value as records hold it. Raises E123."""
    text = " ".join(text.split())
    found = {"jurisdiction": _place, "level": _level, "period": _period, "date": _date}.get(field, _words)(text)
    if found is None:
        raise PlankbError("E123", name=f"--set {field}", expected=_EXPECTED.get(field, "1–300"))
    return found


_EXPECTED = {
    "jurisdiction": "GB/T 2260: 贵州省, 贵阳市, 上海市普陀区, 全国",
    "level": "|".join(get_args(Level)),
    "period": "2026-2030",
    "date": "2026-03-08",
}
"""What a field takes, for messages."""


def _words(text: str) -> str | None:
    return text if 0 < len(text) <= _LONGEST else None


def _place(text: str) -> str | None:
    if text in (places.COUNTRY.name, "全国", "国家"):
        return places.COUNTRY.name
    place = places.find(text) or places.unlisted(text)
    return places.label(place) if place is not None else None


def _level(text: str) -> str | None:
    levels = get_args(Level)
    return next((level for level in levels if text in (level, word("level", level), word("level", level, "en"))), None)


def _period(text: str) -> str | None:
    match = rules.one("days", "stated.period").fullmatch(text)
    if match is None or int(match["last"] or match["first"]) < int(match["first"]):
        return None
    return f"{match['first']}-{match['last'] or match['first']}"


def _date(text: str) -> str | None:
    match = rules.one("days", "stated.date").fullmatch(text)
    if match is None:
        return None
    found = "-".join([match[1], *(f"{int(part):02d}" for part in match.groups()[1:] if part)])
    return found if manifest.is_date(found) else None
