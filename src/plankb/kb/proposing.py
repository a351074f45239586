"""Corrections as rules of the user's own: a proposal that he looks over, for himself or for another office.

Two kinds of correction say something of the language: a bureau that the register does not know, and an indicator that
somebody calls by another name. A name that was only read too short or too long says nothing of that kind and is left
out, as is what does not hold when it is tried.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from plankb import register
from plankb.corrections import ROLES_FIELD
from plankb.errors import PlankbError
from plankb.files import make_folder, write_aside
from plankb.kb import user_rules
from plankb.model import Correction
from plankb.rules import user

_SHORTEST = 3
_HEAD = "# plankb measure --propose：由更正得出，请核对后放入规则文件夹 · made of corrections; look it over\n"


@dataclass(frozen=True, slots=True)
class Proposed:
    """The files that were written, how many rules they hold, and how many candidates did not hold when tried."""

    files: tuple[Path, ...]
    rules: int
    refused: int


def write(said: Iterable[Correction], folder: Path) -> Proposed:
    """Writes the rules that corrections come to into a folder. Raises E653 where one of its files is there, E654 where
    there is nothing to propose, E205."""
    found = {name: list(dict.fromkeys(entries)) for name, entries in _candidates(said).items()}
    held = {name: [entry for entry in entries if _holds(name, entry)] for name, entries in found.items()}
    files = {folder / name: entries for name, entries in held.items() if entries}
    if not files:
        raise PlankbError("E654")
    for path in files:
        if path.exists():
            raise PlankbError("E653", path=path)
    make_folder(folder)
    for path, entries in files.items():
        write_aside(path, (_HEAD + "\n".join(("", *entries))).encode())
    kept = sum(map(len, files.values()))
    return Proposed(tuple(files), kept, sum(map(len, found.values())) - kept)


def _candidates(said: Iterable[Correction]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"bureaus.toml": [], "indicators.toml": []}
    for one in said:
        if one.action != "correct":
            continue
        if one.field == ROLES_FIELD and one.subject and one.after and "?" in (one.bureau or ""):
            found["bureaus.toml"].append(_bureau(one.subject))
        if one.field == "indicator" and one.before and one.after and _renames(one.before[0], one.after[0]):
            found["indicators.toml"].append(_indicator(one.before[0], one.after[0]))
    return found


def _renames(before: str, after: str) -> bool:
    """Whether two names are two names of one thing, and not one name cut short."""
    return min(len(before), len(after)) >= _SHORTEST and before not in after and after not in before


def _bureau(name: str) -> str:
    bare = register.without_prefix(name)
    return f"[[bureau]]\nname = {_quoted(bare)}\nexamples = [{_quoted(name)}]\n"


def _indicator(before: str, after: str) -> str:
    return f"[[indicator]]\nname = {_quoted(after)}\nwords = [{_quoted(before)}]\nexamples = [{_quoted(before)}]\n"


def _quoted(text: str) -> str:
    """A text as TOML takes it; JSON's strings are strings of TOML."""
    return json.dumps(text, ensure_ascii=False)


def _holds(name: str, entry: str) -> bool:
    """Whether a rule can be used and agrees with its example, tried by itself."""
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(entry, encoding="utf-8")
        with _rules_of(folder):
            try:
                return not user_rules.check()
            except PlankbError:
                return False


@contextmanager
def _rules_of(folder: str) -> Iterator[None]:
    """The rules of a folder in force, and then those from before."""
    before = os.environ.get(user.VARIABLE)
    os.environ[user.VARIABLE] = folder
    user.refresh()
    try:
        yield
    finally:
        if before is None:
            del os.environ[user.VARIABLE]
        else:
            os.environ[user.VARIABLE] = before
        user.refresh()
