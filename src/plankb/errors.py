"""Every message that reaches the user, once, under a code that can be searched for.

A `PlankbError` is a fault in the user's input, never in the program: the command line prints its one line
and exits with code 2, the terminal UI shows it as a notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Language = Literal["zh", "en"]

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # input files
        "E101": ("找不到文件或文件夹：{path}", "no such file or folder: {path}"),
        "E102": (
            "文件夹中没有可读的规划文件（支持 {kinds}）：{path}",
            "no plan that can be read ({kinds}) in folder: {path}",
        ),
        "E103": ("文件是空的：{path}", "the file is empty: {path}"),
        "E104": (
            "不是文本文件，无法读取：{path}（请另存为 {kinds}）",
            "not a text file: {path} (save it as one of {kinds})",
        ),
        "E105": ("没有权限读取：{path}", "no permission to read: {path}"),
        "E106": ("清单文件写法有误：{path}（{why}）", "the manifest cannot be read: {path} ({why})"),
        # the knowledge base
        "E201": (
            "还没有知识库：{path}。请先运行 plankb build 文件或文件夹",
            "no knowledge base at {path}; make one with: plankb build PATH",
        ),
        "E202": (
            "知识库由更新版本的 plankb 建立（版本 {found}，本程序支持到 {known}）：{path}。请升级 plankb",
            "the knowledge base at {path} was made by a newer plankb (schema {found}, known {known}); upgrade plankb",
        ),
        "E203": (
            "知识库已损坏：{path}。原文件未改动，请移走后重新运行 plankb build",
            "the knowledge base is damaged: {path}; it was left as it is, move it away and run plankb build again",
        ),
        "E204": ("知识库中没有这个规划：{plan}。现有：{known}", "no such plan: {plan}; there are: {known}"),
        "E205": ("无法写入：{path}（{why}）", "cannot write {path} ({why})"),
        # exports, graph, review
        "E501": (
            "文件正被其他程序打开（{why}）：{path}。请先关闭，或换一个文件名",
            "the file is open in another program ({why}): {path}; close it or choose another name",
        ),
        "E502": (
            "文件是只读的：{path}。请取消只读，或换一个文件名",
            "the file is read-only: {path}; make it writable or choose another name",
        ),
        "E503": (
            "不知道这种输出格式：{path}。可用的扩展名：{known}",
            "no such output format: {path}; extensions that are known: {known}",
        ),
        "E504": (
            "没有符合条件的任务：{why}。请放宽筛选条件",
            "no task passes the filter: {why}; filter by less",
        ),
        "E505": ("年份应是四位数字：{year}", "a year has four digits: {year}"),
        "E510": (
            "不是 plankb matrix 生成的工作簿，无法读取更正：{path}",
            "not a workbook made by plankb matrix, so there are no corrections to read: {path}",
        ),
        "E511": ("没有这条更正：{id}", "no such correction: {id}"),
        "E512": (
            "无法把“{field}”改为“{after}”：{fact}",
            "cannot change {field} to {after}: {fact}",
        ),
        "E513": ("没有这条事实：{fact}", "no such fact: {fact}"),
    }
)


def message(code: str, lang: Language = "zh", **details: object) -> str:
    """The text of a message; `details` fill its fields."""
    zh, en = MESSAGES[code]
    return (zh if lang == "zh" else en).format(**details)


class PlankbError(Exception):
    """The user's input cannot be used; `code` names the message, `details` fill it."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code}: {message(code, 'en', **details)}")

    def text(self, lang: Language = "zh") -> str:
        """The one line that the user sees."""
        return message(self.code, lang, **self.details)
