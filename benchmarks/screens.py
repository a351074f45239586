"""How quick the screens are over the facts of 1,000 made-up plans.

`python benchmarks/screens.py [PLANS]` writes a knowledge base into a temporary folder and prints, in
seconds of processor time: opening, the table of all targets, filtering it as one types, a page down, completion.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from tests.text import clean
from textual.pilot import Pilot

from conflicts import plans, targets, tasks
from plankb.kb.draft import STORE
from plankb.model import Bureau, Task
from plankb.store import Source, StoreWriter
from plankb.tui.app import PlankbApp
from plankb.tui.widgets.grid import Grid

_PAGES = 200


def write(folder: Path, count: int) -> None:
    """A knowledge base of `count` plans."""
    rng = random.Random(1)
    writer = StoreWriter(folder / STORE)
    for plan in plans(count, rng):
        facts = (*targets(plan, rng), *(work := tasks(plan, rng)))
        source = Source(path=plan.id, sha256=plan.id, stamp="", read_at="")
        writer.put(plan, source, clean(plan.title), facts=facts, bureaus=_bureaus(work))
    writer.commit()


def _bureaus(work: list[Task]) -> list[Bureau]:
    names = {id_: name for task in work for name, id_ in task.bureaus.items()}
    led = {id_: tuple(task.id for task in work if id_ in task.bureaus.values()) for id_ in names}
    return [Bureau(id=id_, name=name, names=(name,), lead=led[id_]) for id_, name in names.items()]


async def settled(pilot: Pilot[Any]) -> None:
    """Waits until nothing is fetched."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await asyncio.sleep(0.01)
    await pilot.pause()


async def timed(name: str, work: Awaitable[Any]) -> None:
    """Prints how much processor time some work takes."""
    start = time.process_time()
    await work
    print(f"{name:40} {time.process_time() - start:7.3f} s")


async def run(folder: Path) -> None:
    """Opens the screens and uses them."""
    app = PlankbApp(folder)
    start = time.process_time()
    async with app.run_test(size=(120, 40)) as pilot:
        print(f"{'shown':40} {time.process_time() - start:7.3f} s")
        await timed("names for completion", settled(pilot))

        async def targets_tab() -> None:
            await app.screen.run_action("tab('targets')")
            await settled(pilot)

        await timed("table of targets", targets_tab())
        grid = app.screen.query_one("#targets-rows", Grid)
        print(f"{'rows':40} {len(grid.shown_indices):7}")

        async def page() -> None:
            for _ in range(_PAGES):
                grid.action_page(1)
                for y in range(grid.size.height):
                    grid.render_line(y)

        await timed(f"{_PAGES} pages down, drawn", page())

        async def typed() -> None:
            grid.filter("光伏 2030")
            await settled(pilot)

        await timed("filter, first time", typed())
        await timed("filter again", typed())

        async def ordered() -> None:
            grid.filter("")
            grid.sort_by(1)
            await settled(pilot)

        await timed("sorted by value", ordered())


def main() -> None:
    """Writes and runs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, count)
        print(f"{count} plans, {(folder / STORE).stat().st_size / 1e6:.0f} MB")
        asyncio.run(run(folder))


if __name__ == "__main__":
    main()
