"""Which rules run and which findings are accepted: a TOML file of settings, and one that stays beside the draft.

Settings: `[check]` with `off = ["no-deadline"]`, and `[check.severity]` with `repeated-text = "info"`.
Accepted findings stand in `DRAFT.accepted.toml`, one `[[accepted]]` each with `rule`, `quote` and `reason`; a finding
is the same one as long as its rule and its words are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from plankb import toml_files
from plankb.errors import PlankbError
from plankb.files import write_aside
from plankb.model import Finding, Severity

CONFIG = "plankb.toml"
"""The settings beside a draft, read when the user names no other file."""


@dataclass(frozen=True)
class Settings:
    """`off`: rules that do not run. `severity`: the severity of a rule's findings where it is not the rule's own."""

    off: frozenset[str] = frozenset()
    severity: dict[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the drafter has looked at and lets stand."""

    rule: str
    quote: str
    reason: str


def settings(path: Path, known: Collection[str]) -> Settings:
    """The settings of a file. Raises E402 where it cannot be read, E401 for a rule that does not exist."""
    section = _table(_load(path).get("check", {}), path)
    off = section.get("off", [])
    severities = _table(section.get("severity", {}), path)
    if not isinstance(off, list) or not all(isinstance(name, str) for name in off):
        raise PlankbError("E402", path=path, why="check.off")
    if wrong := next((value for value in severities.values() if value not in get_args(Severity)), None):
        raise PlankbError("E402", path=path, why=f"check.severity: {wrong}")
    require_known([*off, *severities], known)
    return Settings(frozenset(off), cast("dict[str, Severity]", severities))


def require_known(names: Sequence[str], known: Collection[str]) -> None:
    """Raises E401 for the first name that is no rule."""
    if wrong := next((name for name in names if name not in known), None):
        raise PlankbError("E401", rule=wrong, known="、".join(known))


def accepted_file(draft: Path) -> Path:
    """The file beside a draft that holds its accepted findings."""
    return draft.with_name(draft.name + ".accepted.toml")


def accepted(path: Path) -> tuple[Accepted, ...]:
    """What the file beside a draft accepts; () where there is none. Raises E403 where it cannot be used."""
    if not path.exists():
        return ()
    entries = _load(path, "E403").get("accepted", [])
    if not isinstance(entries, list):
        raise PlankbError("E403", path=path, why="accepted")
    return tuple(_entry(entry, path) for entry in entries)


def _entry(entry: object, path: Path) -> Accepted:
    table = _table(entry, path, "E403")
    values = [table.get(name) for name in ("rule", "quote", "reason")]
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise PlankbError("E403", path=path, why="rule, quote, reason")
    return Accepted(*cast("list[str]", values))


def accept(path: Path, finding: Finding, reason: str) -> None:
    """Adds a finding to the file beside the draft. Raises E404 without a reason, E403 and E205 as for the file."""
    if not reason.strip():
        raise PlankbError("E404")
    entry = Accepted(finding.rule, finding.quote, reason.strip())
    kept = [old for old in accepted(path) if (old.rule, old.quote) != (entry.rule, entry.quote)]
    _write(path, (*kept, entry))


def take_back(path: Path) -> Accepted | None:
    """Takes the entry that was accepted last out of the file, and gives it; None where there is none. Raises E403."""
    entries = accepted(path)
    if not entries:
        return None
    _write(path, entries[:-1])
    return entries[-1]


def _write(path: Path, entries: Iterable[Accepted]) -> None:
    write_aside(path, "\n".join(map(_toml, entries)).encode())


def _toml(entry: Accepted) -> str:
    lines = (f"{name} = {_quoted(getattr(entry, name))}" for name in ("rule", "quote", "reason"))
    return "[[accepted]]\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string."""
    marks = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(marks.get(c, c if c.isprintable() else f"\\u{ord(c):04x}") for c in text) + '"'


def is_accepted(finding: Finding, entries: Collection[Accepted]) -> bool:
    """Whether a finding is among the accepted ones."""
    return any((entry.rule, entry.quote) == (finding.rule, finding.quote) for entry in entries)


def _load(path: Path, code: str = "E402") -> dict[str, object]:
    try:
        return toml_files.read(path)
    except PlankbError as error:
        if error.code in toml_files.REASONS:
            raise PlankbError(code, path=path, why=error) from error
        raise


def _table(value: object, path: Path, code: str = "E402") -> dict[str, object]:
    if not isinstance(value, dict):
        raise PlankbError(code, path=path, why="[check]")
    return value
