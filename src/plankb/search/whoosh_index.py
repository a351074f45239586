"""Writing an index folder of Whoosh.

The text of a passage is indexed once. What it shares with others (headings, title, bureaus) is a *label*, a document of
its own with a key; a passage holds the keys of its labels.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

from whoosh import fields
from whoosh.analysis import Token, Tokenizer
from whoosh.filedb.filestore import FileStorage

from plankb.search import signing
from plankb.search.model import PlanDocuments
from plankb.search.tokens import fold, tokens

Untyped: TypeAlias = Any
"""An object of Whoosh, which has no types."""
_FORMAT = "2"
"""Changes with what is indexed; an index of another format is made anew."""
_FORMAT_FILE = "format"
_MEMORY_MB = 256


class _PairTokenizer(Tokenizer):  # type: ignore[misc]
    """`plankb.search.tokens` for Whoosh."""

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Untyped) -> Iterator[Token]:
        """Whoosh takes the same token object each time, changed."""
        out = Token(positions, chars=False, boost=1.0, stopped=False)
        for token in tokens(fold(value)):
            out.text, out.pos = token.text, start_pos + token.position
            yield out


@cache
def schema() -> Untyped:
    """The fields: `body` with positions, so that a word is found as printed; `label` likewise; the rest says which."""
    words = _PairTokenizer()
    return fields.Schema(
        plan=fields.ID(stored=True, sortable=True),
        body=fields.TEXT(analyzer=words, phrase=True, stored=True),
        keys=fields.KEYWORD,
        by=fields.KEYWORD,
        kind=fields.KEYWORD,
        kinds=fields.ID(sortable=True),
        path=fields.STORED,
        start=fields.STORED,
        label=fields.TEXT(analyzer=words, phrase=True),
        of=fields.ID,
        key=fields.STORED,
    )


def write(
    folder: Path,
    plans: Iterable[PlanDocuments],
    *,
    base: Mapping[str, bytes] | None = None,
    drop: Iterable[str] = (),
) -> None:
    """Makes a signed index in a new folder, or, from the files of another (`usable`), one without the plans `drop`.

    `plans` must be new or in `drop`. All is on the disk when this ends. Raises OSError.
    """
    folder.mkdir(parents=True)
    (folder / _FORMAT_FILE).write_text(_FORMAT)
    for name, data in (base or {}).items():
        (folder / name).write_bytes(data)
    storage = FileStorage(str(folder))
    index = storage.open_index() if base is not None else storage.create_index(schema())
    writer = index.writer(limitmb=_MEMORY_MB)
    for plan in drop:
        writer.delete_by_term("plan", plan)
    for one in plans:
        _add(writer, one)
    writer.commit()
    index.close()
    signing.sign(folder)
    _sync(folder)


def usable(folder: Path) -> Mapping[str, bytes] | None:
    """The files of an index folder; None where it is not there, of another format, or not signed by this user."""
    files = signing.verified(folder)
    if files is None or files.get(_FORMAT_FILE) != _FORMAT.encode():
        return None
    return files if any(name.endswith(".toc") for name in files) else None


def _add(writer: Untyped, one: PlanDocuments) -> None:
    labels = _Labels(writer, one)
    root = labels.key("title", one.title)
    for document in one.passages:
        kinds = " ".join(document.kinds)
        path = [document.section[: depth + 1] for depth in range(len(document.section))]
        keys = [root, *(labels.key("section", part[-1], part) for part in path)]
        keys += [labels.key("bureau", "\n".join(one.names.get(each, ())), each) for each in document.bureaus]
        writer.add_document(
            plan=one.plan, body=document.text, keys=" ".join(keys), by=" ".join(document.years), kind=kinds,
            kinds=kinds, path=document.section, start=document.span[0],
        )  # fmt: skip


class _Labels:
    """The labels of a plan, each written when it is first needed."""

    def __init__(self, writer: Untyped, one: PlanDocuments) -> None:
        self._writer, self._plan = writer, one.plan
        self._keys: dict[tuple[str, object], str] = {}
        self._stem = blake2b(one.plan.encode(), digest_size=6).hexdigest()

    def key(self, of: str, text: str, identity: object = None) -> str:
        """The key of a label: the same for the same `identity`."""
        known = (of, identity if identity is not None else text)
        if known not in self._keys:
            key = self._keys[known] = f"{self._stem}.{len(self._keys)}"
            self._writer.add_document(plan=self._plan, label=text, of=of, key=key)
        return self._keys[known]


def _sync(folder: Path) -> None:
    """Waits until every file of a folder is on the disk, and the folder itself where the system can do that."""
    for path in folder.iterdir():
        _sync_one(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    with suppress(OSError):  # Windows, and some file systems of a network, sync no folders
        _sync_one(folder, os.O_RDONLY)


def _sync_one(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
