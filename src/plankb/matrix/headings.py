"""What columns and sheets of the matrix are called, in both languages: the writers write it, the review reads it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plankb.errors import Language

Pair = tuple[str, str]
"""Chinese and English."""

COLUMNS: Mapping[str, Pair] = MappingProxyType(
    {
        "number": ("序号", "No."),
        "plan": ("规划", "Plan"),
        "section": ("章节", "Section"),
        "title": ("重点任务", "Task"),
        "measures": ("主要措施", "Measures"),
        "targets": ("目标", "Targets"),
        "role": ("角色", "Role"),
        "lead": ("牵头单位", "Lead"),
        "others": ("责任单位", "Responsible"),
        "support": ("配合单位", "Support"),
        "joint": ("共同负责单位", "Joint"),
        "collective": ("其他责任主体", "Other bodies"),
        "by": ("完成时限", "Deadline"),
        "source": ("来源", "Source"),
        "quote": ("原文", "Quotation"),
        "gap": ("缺项", "Gaps"),
        "why": ("说明", "Why"),
        "row": ("矩阵序号", "Row"),
        "review": ("审核记录", "Reviewed"),
        "opinion": ("审核意见", "Your review"),
        "id": ("任务编号", "Task id"),
        "total": ("合计", "Total"),
        "bureau": ("单位", "Bureau"),
        "jurisdiction": ("行政区划", "Jurisdiction"),
        "issuer": ("发布机关", "Issuer"),
        "period": ("规划期", "Period"),
        "date": ("印发日期", "Date"),
        "file": ("文件", "File"),
        "sha256": ("文件校验值（SHA-256）", "SHA-256 of the file"),
        "read_at": ("读取时间", "Read at"),
        "tasks": ("任务数", "Tasks"),
        "who": ("更正人", "Who"),
        "when": ("时间", "When"),
        "what": ("更正内容", "Correction"),
    }
)

SHEETS: Mapping[str, Pair] = MappingProxyType(
    {
        "grid": ("责任矩阵", "Matrix"),
        "breakdown": ("任务分解表", "Task breakdown"),
        "bureaus": ("单位任务汇总", "Bureaus"),
        "holes": ("缺项清单", "Gaps"),
        "sources": ("规划与版本", "Plans and versions"),
        "reviewed": ("更正记录", "Corrections"),
    }
)

GAPS: Mapping[str, Pair] = MappingProxyType(
    {
        "no_bureau": ("无责任单位", "no bureau"),
        "no_lead": ("无牵头单位", "no lead"),
        "no_deadline": ("无完成时限", "no deadline"),
        "doubt": ("存疑", "doubtful"),
        "suspect": ("更正存疑", "suspect correction"),
    }
)

CORRECTED = ("（更正为：{}）", " (corrected: {})")
"""After the words of a target that a person corrected: what it says now."""

ACCEPT, STRIKE = ("确认", "accept"), ("删除", "delete")
"""What may stand in the column for one's own review."""

UNKNOWN_JURISDICTION = ("未定", "unknown")


def said(pair: Pair, lang: Language) -> str:
    """The half of a pair that is in a language."""
    return pair[0] if lang == "zh" else pair[1]


def heading(key: str, lang: Language) -> str:
    """The heading of a column."""
    return said(COLUMNS[key], lang)


def heading_key(text: str) -> str | None:
    """The key of a heading in either language; None for one that is not ours."""
    wanted = text.strip()
    return next((key for key, words in COLUMNS.items() if wanted in words), None)
