"""Writing an index folder: passages for Whoosh, and beside them the vocabulary that suggestions come from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.analysis import Token, Tokenizer
from whoosh.filedb.filestore import FileStorage

from plankb.model import Span
from plankb.search import lexicon
from plankb.search.tokens import fold, tokens

_FORMAT = "1"
"""Changes with what is indexed; an index of another format is made anew."""
_FORMAT_FILE = "format"
_MEMORY_MB = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A passage to index. `bureaus` are names of the bureaus that answer for it; `years` and `kinds` are its facts'."""

    plan: str
    title: str
    section: tuple[str, ...]
    text: str
    span: Span
    bureaus: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class _PairTokenizer(Tokenizer):  # type: ignore[misc]
    """`plankb.search.tokens` for Whoosh."""

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Any) -> Iterator[Token]:
        """Whoosh takes the same token object each time, changed."""
        out = Token(positions, chars=False, boost=1.0, stopped=False)
        for token in tokens(fold(value)):
            out.text, out.pos = token.text, start_pos + token.position
            yield out


@cache
def schema() -> Any:
    """The fields: `body` with positions, so that a word is found as printed; the rest says which passages."""
    words = _PairTokenizer()
    return fields.Schema(
        plan=fields.ID(stored=True, sortable=True),
        body=fields.TEXT(analyzer=words, phrase=True, stored=True),
        section=fields.TEXT(analyzer=words, phrase=True),
        title=fields.TEXT(analyzer=words, phrase=True),
        bureau=fields.TEXT(analyzer=words, phrase=True),
        by=fields.KEYWORD,
        kind=fields.KEYWORD,
        kinds=fields.ID(sortable=True),
        path=fields.STORED,
        start=fields.STORED,
    )


def write(folder: Path, documents: Iterable[Document], *, base: Path | None = None, drop: Iterable[str] = ()) -> None:
    """Makes an index in a new folder, or, from the index in `base`, one without the plans `drop`.

    `base` is not changed; the plans of `documents` must be new or in `drop`.
    """
    if base is not None:
        _copy(base, folder)
    else:
        folder.mkdir(parents=True)
        (folder / _FORMAT_FILE).write_text(_FORMAT)
    storage = FileStorage(str(folder))
    index = storage.open_index() if base is not None else storage.create_index(schema())
    words = lexicon.Vocabulary()
    writer = index.writer(limitmb=_MEMORY_MB)
    for plan in drop:
        writer.delete_by_term("plan", plan)
    for document in documents:
        words.add(document.text)
        kinds = " ".join(document.kinds)
        writer.add_document(
            plan=document.plan,
            body=document.text,
            section="\n".join(document.section),
            title=document.title,
            bureau="\n".join(document.bureaus),
            by=" ".join(document.years),
            kind=kinds,
            kinds=kinds,
            path=document.section,
            start=document.span[0],
        )
    writer.commit()
    index.close()
    lexicon.extend(folder, words)


def intact(folder: Path) -> bool:
    """Whether a folder holds an index of this program's format."""
    try:
        return (folder / _FORMAT_FILE).read_text() == _FORMAT and any(folder.glob("*.toc"))
    except OSError:
        return False


def _copy(base: Path, folder: Path) -> None:
    """Whoosh never changes a file that it has written, so the copy may share them with the original."""
    folder.mkdir(parents=True)
    for file in base.iterdir():
        if file.suffix == ".toc" or not file.name.startswith("MAIN_"):
            shutil.copyfile(file, folder / file.name)
            continue
        try:
            (folder / file.name).hardlink_to(file)
        except OSError:  # a file system without links
            shutil.copyfile(file, folder / file.name)
