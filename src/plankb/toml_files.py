"""TOML files that people write (manifests, settings, accepted findings, rules): read whatever editor saved them.

Notepad puts a mark before the text, older programs write GB 18030. A fault is told by its line.
"""

from __future__ import annotations

from pathlib import Path

from plankb.errors import PlankbError
from plankb.kept_patterns import compiled

MOST_BYTES = 1_000_000
_LINE = compiled(r"\(at line (\d+)")
_SHOWN = 30
"""Characters of a line that a message shows."""
REASONS = frozenset({"E182", "E183", "E184", "E185"})
"""Why a file is not read; its callers say of which file."""


def read(path: Path) -> dict[str, object]:
    """The content of a file.

    Raises E101 where there is none, E105 where it may not be read, and a reason: E182 for a file that is no plain one
    or larger than `MOST_BYTES`, E183 for text in no known encoding, E184 for a line that is no TOML, E185 for brackets
    in brackets without end.
    """
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > MOST_BYTES):
            raise PlankbError("E182", most=MOST_BYTES // 1_000_000)
        return parsed(path.read_bytes())
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except OSError as error:
        raise PlankbError("E101", path=path) from error


def parsed(data: bytes) -> dict[str, object]:
    """The content of a file's bytes. Raises E183 to E185."""
    import tomllib

    text = _decoded(data)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        lines = text.splitlines() or [""]
        number = int(found[1]) if found else len(lines)
        shown = "".join(char for char in lines[min(number, len(lines)) - 1] if char.isprintable()).strip()
        raise PlankbError("E184", line=number, text=shown[:_SHOWN]) from error
    except (RecursionError, ValueError) as error:  # ValueError: an integer of thousands of digits
        raise PlankbError("E185") from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlankbError("E183")
