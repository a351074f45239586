"""Bytes that reach new branches of the program, for a bounded time: atheris, which watches what each input runs.

    python benchmarks/fuzz_guided.py [TARGET…] [--seconds 120]

Each target runs in a process of its own. Anything raised besides a PlankbError, and a PlankbError that says the program
failed, is a fault; its input is kept in out/fuzz/ and becomes a case of the tests once it is mended. Without atheris
(it is no part of the environment: `make fuzz` puts it into build/atheris) it says so and ends with 0.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
KEPT = HERE / "out" / "fuzz"
FAULTS = ("E108", "E129")
SEEDS = (
    "到2025年，建成公园10个（市园林局牵头）。", "一、重点任务\n1.修步道。\n", "谁牵头公园？", "甲\t乙\n丙\t3\n",
    "一百二十万千瓦",
)  # fmt: skip
WATCHED = [
    "plankb.readers", "plankb.document", "plankb.numbers", "plankb.times", "plankb.quantities", "plankb.headings",
    "plankb.search", "plankb.exports.provenance", "plankb.readers.pdf",
]  # fmt: skip


def read_as(ending: str) -> Callable[[bytes], object]:
    """A file of these bytes, read to clean text with its outline."""

    def read(data: bytes) -> object:
        from plankb import document, readers

        made = readers.to_document(data, Path(f"草案{ending}"))
        clean = document.clean(made)
        return document.outline(clean)

    return read


def words(data: bytes) -> object:
    """Times, quantities, numerals and a search."""
    from plankb import numbers, quantities, times
    from plankb.search import syntax

    text = data.decode("utf-8", "replace")
    return [*times.find(text)], [*quantities.find(text)], numbers.parse(text), syntax.parse(text)


def made_file(data: bytes) -> object:
    """The facts inside a Word file or workbook."""
    from plankb.exports import provenance

    try:
        return provenance.embedded(data)
    except ValueError:  # says what it is no archive of
        return None


TARGETS: dict[str, Callable[[bytes], object]] = {
    "text": read_as(".txt"), "html": read_as(".html"), "docx": read_as(".docx"), "ofd": read_as(".ofd"),
    "pdf": read_as(".pdf"), "words": words, "made": made_file,
}  # fmt: skip


def main() -> int:
    """Runs each target for its share of the time; 1 where one found a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []])
    parser.add_argument("--seconds", type=int, default=120)
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not there: inputs that follow the branches of the program were not tried")
        return 0
    names = given.targets or list(TARGETS)
    KEPT.mkdir(parents=True, exist_ok=True)
    failed = [name for name in names if _guided(name, max(1, given.seconds // len(names)))]
    print(f"faults: {', '.join(failed) or 'none'}")
    return int(bool(failed))


def _guided(name: str, seconds: int) -> bool:
    """Whether a target found a fault."""
    seeds = HERE / "out" / "seeds" / name
    seeds.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(_seeds(name)):
        (seeds / f"seed-{number}").write_bytes(data)
    options = [f"-max_total_time={seconds}", "-rss_limit_mb=4096", "-timeout=20", f"-artifact_prefix={KEPT}/{name}-"]
    done = subprocess.run(
        [sys.executable, __file__, "--inside", name, str(seeds), *options, "-print_final_stats=1"],
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    lines = done.stderr.splitlines()
    tried = next((line.split()[-1] for line in lines if "number_of_executed_units" in line), "?")
    print(f"{name}: {tried} inputs, {'a fault' if done.returncode else 'no fault'}")
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).splitlines()[-25:]))
    return bool(done.returncode)


def _seeds(name: str) -> Iterator[bytes]:
    """Inputs to begin with: what a target reads, made well."""
    yield from (text.encode() for text in SEEDS)
    if name in ("docx", "made"):
        import docx

        made, stream = docx.Document(), io.BytesIO()
        made.add_paragraph(SEEDS[0])
        made.add_table(2, 2)
        made.save(stream)
        yield stream.getvalue()
    if name == "pdf":
        from reportlab.pdfgen.canvas import Canvas

        stream = io.BytesIO()
        canvas = Canvas(stream, pageCompression=0)
        canvas.drawString(50, 700, "2025 park 10")
        canvas.grid([50, 150, 250], [100, 200, 300])
        canvas.save()
        yield stream.getvalue()


def inside(name: str, options: list[str]) -> None:
    """What the process of a target does: never returns."""
    import atheris

    with atheris.instrument_imports(include=WATCHED):
        from plankb import document, numbers, quantities, times  # noqa: F401
        from plankb.exports import provenance  # noqa: F401
        from plankb.readers import docx, html, ofd, pdf, plain  # noqa: F401
        from plankb.search import syntax  # noqa: F401
    from plankb.errors import PlankbError

    def tried(data: bytes) -> None:
        try:
            TARGETS[name](data)
        except PlankbError as error:
            if error.code in FAULTS:
                raise

    atheris.Setup([__file__, *options], tried)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], sys.argv[3:])
    sys.exit(main())
