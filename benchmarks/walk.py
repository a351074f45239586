"""walk.py [SENTENCE]: how many modules, calls and changes of module the reading of one sentence's targets takes.

Counted in a second reading, when all patterns are compiled: the modules of `extractors`, and all of the program (with
those of words and numbers that they ask: `rules`, `quantities`, `numbers`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from types import FrameType

from plankb.document import Sentence
from plankb.extractors import read_plan
from plankb.extractors.targets.reader import TargetReader
from plankb.model import Plan, Target
from plankb.readers.plain import to_document

_SENTENCE = "到2025年，全市森林覆盖率达到64%，新建充电桩5000个。"


def entered(text: str) -> list[str]:
    """The module of each call that the targets of a text's sentences take, in order."""
    calls: list[str] = []
    read = TargetReader.read

    def note(frame: FrameType, event: str, _: object) -> None:
        module = str(frame.f_globals.get("__name__", ""))
        if event == "call" and module.startswith("plankb."):
            calls.append(module)

    def watched(reader: TargetReader, sentence: Sentence) -> Iterator[Target]:
        sys.setprofile(note)
        try:
            return iter(list(read(reader, sentence)))
        finally:
            sys.setprofile(None)

    document, plan = to_document(text), Plan(id="p", title="某市工作方案")
    read_plan(document, plan)
    TargetReader.read = watched  # type: ignore[method-assign]
    try:
        read_plan(document, plan)
    finally:
        TargetReader.read = read  # type: ignore[method-assign]
    return calls


if __name__ == "__main__":
    found = entered(f"某市工作方案\n\n一、目标\n{sys.argv[1] if len(sys.argv) > 1 else _SENTENCE}\n")
    modules = sorted(set(found))
    own = [module for module in modules if ".extractors." in module]
    changes = sum(one != other for one, other in pairwise(found))
    print(f"{len(own)} modules of extractors, {len(modules)} in all, {len(found)} calls, {changes} changes of module")
    print(*modules, sep="\n")
