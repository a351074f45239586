"""The pages of `docs/` that are made of the program. `make docs` writes them anew.

    python scripts/docs.py

`pages()` gives them as text; a test compares that with what stands in `docs/`.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Literal, get_args, get_origin
from unittest.mock import patch

import plankb
from plankb import model
from plankb.checks.check import all_rules
from plankb.cli.frame import commands, run
from plankb.exports import formats as written_formats
from plankb.model import Fact, Record
from plankb.readers import formats as read_formats
from plankb.words import word

DOCS = Path(__file__).resolve().parents[1] / "docs"


def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    return {
        "records.md": records(),
        "rules.md": rules(),
        "commands.md": command_line(),
        "python-names.md": library(),
        "formats.md": formats(),
        "screens.schema.json": screens(),
    }


def screens() -> str:
    """The schema of the user's keys and colours; the names that a key can be given to among it."""
    from plankb.tui.settings import ScreensFile, names

    schema = ScreensFile.model_json_schema()
    schema["properties"]["keys"]["propertyNames"] = {"enum": sorted(names())}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def rules() -> str:
    """The rules of `plankb check`, from their registry."""
    head = """# Rules of `plankb check` · 检查规则

Made of the program by `make docs`; a test keeps it true.
Turn a rule off with `--no-rule NAME`, run one alone with `--rule NAME`, or put it into `plankb.toml` beside the draft:

```toml
[check]
off = ["vague-target"]
[check.severity]
repeated-text = "info"
```

| rule | severity | finds | 检查内容 | example |
|---|---|---|---|---|
"""
    return head + "".join(
        f"| `{rule.name}` | {rule.severity} | {rule.finds.en} | {rule.finds.zh} | {rule.example} |\n"
        for rule in sorted(all_rules().values(), key=lambda rule: rule.name)
    )


def records() -> str:
    """The records: what each holds, field by field."""
    found = [value for value in vars(model).values() if inspect.isclass(value) and issubclass(value, Record)]
    head = """# Records · 记录

Made of `src/plankb/model.py` by `make docs`; a test keeps it true.

`plankb extract FILE --format jsonl` and `plankb list … --format jsonl` print these, one JSON object a line, in UTF-8.
Fields are only added, never renamed or removed. A field that is not known is null or empty. For every fact,
`clean[start:end] == quote` holds for its `span` in the clean text of its plan.
"""
    return head + "".join(_record(cls) for cls in found if cls is not Record) + _codes()


def _record(cls: type[Record]) -> str:
    above = " (a fact: see Fact for its other fields)" if issubclass(cls, Fact) and cls is not Fact else ""
    inherited = set(Fact.model_fields) if above else set()
    said = _annotations(cls)
    rows = [
        f"| `{name}` | {_type(said.get(name, ''))} | {'' if info.is_required() else 'optional'} |"
        for name, info in cls.model_fields.items()
        if name not in inherited
    ]
    table = "\n".join(["| field | type | |", "|---|---|---|", *rows])
    return f"\n## {cls.__name__}{above}\n\n{inspect.cleandoc(cls.__doc__ or '')}\n\n{table}\n"


def _annotations(cls: type[Record]) -> dict[str, str]:
    """The types of a class's own fields as they are written, with the names that the code gives them."""
    (written,) = ast.parse(inspect.getsource(cls)).body
    assert isinstance(written, ast.ClassDef)
    fields = [line for line in written.body if isinstance(line, ast.AnnAssign)]
    return {ast.unparse(field.target): ast.unparse(field.annotation) for field in fields}


def _codes() -> str:
    """The codes that fields of a named type take."""
    named = {name: get_args(value) for name, value in vars(model).items() if get_origin(value) is Literal}
    rows = [f"| `{name}` | {', '.join(f'`{code}`' for code in codes)} |" for name, codes in named.items()]
    return "\n## Codes\n\n" + "\n".join(["| type | codes |", "|---|---|", *rows]) + "\n"


def _type(annotation: str) -> str:
    """A type as a table of Markdown can hold it."""
    return "`" + annotation.replace("|", "\\|") + "`" if annotation else ""


def library() -> str:
    """The public names of the package, with what they take, give and raise."""
    head = """# Names of the library · 程序库的名称

Made of the docstrings by `make docs`; a test keeps it true. The guide is [python.md](python.md), the records are in
[records.md](records.md), the codes of errors in `src/plankb/words/errors.toml`.
"""
    return head + "".join(_name(name) for name in plankb.__all__ if not name.startswith("__"))


def _name(name: str) -> str:
    value = getattr(plankb, name)
    if not inspect.isclass(value):
        return f"\n## plankb.{name}{_signature(value)}\n\n{inspect.getdoc(value)}\n"
    members = "".join(_members(value))
    return f"\n## plankb.{name}\n\n{inspect.getdoc(value)}\n" + (f"\n{members}" if members else "")


def _members(cls: type) -> Iterator[str]:
    """The fields, properties and methods of a class, one a line; overloads count once.

    What it has of a class below that has no page of its own is among them.
    """
    below = cls.__mro__[1]
    if below is not object and not issubclass(below, Record | tuple):
        yield from _members(below)
    for name in inspect.get_annotations(cls):
        if not name.startswith("_"):
            yield f"- `{name}: {inspect.get_annotations(cls)[name]}`\n"
    for name, member in vars(cls).items():
        if name.startswith("_") or not (isinstance(member, property) or inspect.isfunction(member)):
            continue
        said = " ".join((inspect.getdoc(member) or "").split())
        signature = "" if isinstance(member, property) else _signature(member)
        yield f"- `{name}{signature}` — {said}\n"


def _signature(function: Callable[..., object]) -> str:
    taken = inspect.signature(function)
    kept = [parameter for name, parameter in taken.parameters.items() if name != "self"]
    said = str(taken.replace(parameters=kept)).replace("'", "")
    return re.sub(r"<function (\w+) at 0x\w+>", r"\1", said)


_WRITERS = (
    ("table", "ask -o", "answers"), ("matrix", "matrix -o", "the matrix"),
    ("graph", "graph -o", "the graph"), ("conflicts", "conflicts -o", "conflicts"),
    ("findings", "check -o", "findings in a draft"), ("sides", "coverage、diff -o", "two sides"),
    ("reading", "extract -o", "the facts of one file"), ("ledger", "ledger -o", "the ledger"),
)  # fmt: skip


def formats() -> str:
    """The formats of files that are read and written."""
    head = """# 文件格式 · File formats

Made of the program by `make docs`; a test keeps it true.

## 读 · Read

文件按内容认，不看后缀；`build` 会说出文件夹里哪些文件没有读、为什么。
A file is read as what it holds, whatever its ending.

| | | 后缀 endings |
|---|---|---|
"""
    read = "".join(
        f"| {word('format', one.name, 'zh')} | {word('format', one.name, 'en')} | {' '.join(one.endings)} |\n"
        for one in (*read_formats.FORMATS, read_formats.PICTURE)
    )
    middle = """
文本的编码自动识别（UTF-8、GB18030、UTF-16 等）。.doc .wps .rtf .odt 要有 LibreOffice；扫描件和图片要装 `plankb[ocr]`。
最大 300 MB、800 万字。Encodings are found out; files of at most 300 MB and 8 million characters are read.

## 写 · Write

后缀决定格式；文件写在旁边再换上，开着的、只读的不动，说一行话。
The ending decides; a file that is held open is left, and told.

| 命令 command | | 后缀 endings |
|---|---|---|
"""
    written = "".join(
        f"| `{command}` | {about} | {' '.join(written_formats.FORMATS[what])} |\n" for what, command, about in _WRITERS
    )
    return head + read + middle + written


def command_line() -> str:
    """The help page of the program and of every command, in both languages."""
    head = """# Commands · 命令

Made of the help pages by `make docs`; a test keeps it true. Data goes to stdout, progress and remarks to stderr. Exit
code 0: done; 1: findings (of `check`, `verify` and the like); 2: the user's input cannot be used (one line says why).
"""
    return head + "".join(_pages())


def _pages() -> Iterator[str]:
    for name in ("", *commands()):
        yield f"\n## plankb {name}".rstrip() + "\n"
        for lang in ("zh", "en"):
            yield f"\n```text\n{_help(name, lang)}\n```\n"


def _help(name: str, lang: str) -> str:
    out = StringIO()
    words = [*([name] if name else []), "--help", "--lang", lang]
    with patch.dict(os.environ, {"PLANKB_LANG": lang}), redirect_stdout(out):
        code = run(words)
    if code:
        raise RuntimeError(f"no help page: {words}")
    return out.getvalue().rstrip()


def main() -> None:
    """Writes every page."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
