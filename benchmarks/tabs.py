"""How quick each tab is over a knowledge base of any size, and what the screens take of memory.

`python benchmarks/tabs.py FOLDER` opens the screens over the knowledge base in a folder (such as one built of
`generate.py 500`), waits for the first screen, then opens every tab, and prints seconds of processor time and MB.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from plankb.tui.app import PlankbApp
from plankb.tui.panes.base import TABS
from plankb.tui.widgets.home import Home


def memory() -> int:
    """Megabytes in use; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


async def settled(pilot: Pilot[Any]) -> None:
    """Waits until nothing is fetched."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await asyncio.sleep(0.01)
    await pilot.pause()


def said(name: str, start: float) -> None:
    """Prints a line."""
    print(f"{name:20} {time.process_time() - start:7.2f} s {memory():5} MB", flush=True)


async def run(folder: Path) -> None:
    """Opens everything once."""
    start = time.process_time()
    app = PlankbApp(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        while not any(home.option_count for home in app.screen.query(Home)):
            await asyncio.sleep(0.005)
        said("first screen", start)
        start = time.process_time()
        await settled(pilot)
        said("dues and conflicts", start)
        for tab in TABS[1:]:
            start = time.process_time()
            await app.screen.run_action(f"tab('{tab}')")
            await settled(pilot)
            said(tab, start)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
