"""Records in words for people, in both languages: kinds, roles, levels, and the value of a target."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plankb.errors import Language
from plankb.model import Number, Target

Pair = tuple[str, str]
"""Chinese and English."""

KINDS: Mapping[str, Pair] = MappingProxyType(
    {
        "plan": ("规划", "plans"),
        "task": ("任务", "tasks"),
        "target": ("目标", "targets"),
        "deadline": ("时限", "deadlines"),
        "project": ("项目", "projects"),
        "citation": ("引用文件", "citations"),
        "bureau": ("单位", "bureaus"),
        "doubt": ("存疑", "doubts"),
    }
)
ROLES: Mapping[str, Pair] = MappingProxyType(
    {"lead": ("牵头", "lead"), "support": ("配合", "support"), "joint": ("共同负责", "joint")}
)
LEVELS: Mapping[str, Pair] = MappingProxyType(
    {
        "national": ("国家", "national"),
        "ministry": ("部委", "ministry"),
        "province": ("省级", "province"),
        "city": ("市级", "city"),
        "county": ("县级", "county"),
        "township": ("乡镇", "township"),
    }
)
BOUNDS: Mapping[str, Pair] = MappingProxyType(
    {"by": ("之前", "by"), "from": ("起", "from"), "during": ("期间", "during"), "each": ("每年", "each year")}
)
_OPERATORS: Mapping[str, str] = MappingProxyType({">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "~": "约"})
_CHANGES: Mapping[str, Pair] = MappingProxyType({"increase": ("提高", "up "), "decrease": ("降低", "down ")})


def said(pair: Pair, lang: Language) -> str:
    """The half of a pair that is in a language."""
    return pair[0] if lang == "zh" else pair[1]


def number(value: Number) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def value_of(target: Target, lang: Language = "zh") -> str:
    """What a target commits to, in short: "≥80%", "降低18%", "3—5家", or its words where it gives no number."""
    if target.value is None:
        return target.qualitative or ""
    change = said(_CHANGES[target.change], lang) if target.change else ""
    figure = number(target.value)
    if target.value_max is not None:
        figure += f"—{number(target.value_max)}"
    return f"{change}{_OPERATORS.get(target.op or '', '')}{figure}{target.unit or ''}"
