"""The record of safety, `safety.json`: a part for each measure; the parts that were not run stay as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

RECORD = Path(__file__).with_name("safety.json")


def keep(part: str, found: Mapping[str, object]) -> None:
    """Puts what was found into a part of the record, by name; what stands there under other names stays."""
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    record[part] = dict(sorted({**record.get(part, {}), **found}.items()))
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
