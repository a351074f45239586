"""Prints a digest of every file that a knowledge base can be made into: `python -m tests.exports.rendered KB DRAFT`.

The clock of the zip files is set on by as many seconds as PLANKB_LATER says.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from plankb.exports.formats import FORMATS, BureauTasks, ConflictList, render
from plankb.exports.tables import sources
from plankb.kb import KnowledgeBase
from plankb.matrix import of_bureau


def files(kb: KnowledgeBase, draft: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file."""
    matrix = kb.matrix()
    column = matrix.columns[0]
    checked = kb.check(draft)
    covered = kb.coverage(kb.store.plans()[0].id)
    made: dict[str, object] = {
        "matrix": matrix,
        "bureau": BureauTasks(of_bureau(matrix, column.bureau.id), column.bureau.id),
        "graph": kb.graph(),
        "conflicts": ConflictList(kb.conflicts(), {plan.id: plan.title for plan in kb.store.plans()}),
        "table": sources(matrix, "zh"),
    }
    for what, thing in made.items():
        for ending in FORMATS[what]:  # type: ignore[index]
            yield f"{what}{ending}", render(what, thing, ending)  # type: ignore[arg-type]
    for ending in FORMATS["findings"]:
        yield f"findings{ending}", kb.render_findings(checked, ending)
    for ending in FORMATS["sides"]:
        yield f"sides{ending}", kb.render_coverage(covered, ending)


def main() -> None:
    """Prints name and digest, a file a line."""
    later, real = float(os.environ.get("PLANKB_LATER", "0")), time.time
    time.time = lambda: real() + later
    for name, data in files(KnowledgeBase(Path(sys.argv[1])), Path(sys.argv[2])):
        sys.stdout.write(f"{name} {hashlib.sha256(data).hexdigest()}\n")


if __name__ == "__main__":
    main()
