"""The JSON files that the program keeps for its user, apart from any knowledge base (settings, saved questions).

People open them, programs that synchronise folders damage them: what is read is bounded, and what is written is whole.
"""

from __future__ import annotations

import json
from pathlib import Path

from plankb.errors import PlankbError
from plankb.files import make_folder, write_aside

MOST_BYTES = 1_000_000
"""Of one file; the program writes some kilobytes."""


def read(path: Path) -> object:
    """What a file holds; None where there is none.

    Raises E609 for a file that is damaged, too large, no plain one, or may not be read.
    """
    try:
        if not path.exists():
            return None
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise PlankbError("E609", path=path)
        found: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise PlankbError("E609", path=path) from error
    return found


def write(path: Path, said: object) -> None:
    """Makes a file, and its folder, hold a value of JSON. Raises E205, E501, E502 where that cannot be."""
    make_folder(path.parent)
    # Half a pair, as the words of a command line may hold, is no character and cannot be kept.
    write_aside(path, json.dumps(said, ensure_ascii=False, indent=1).encode(errors="replace"))
