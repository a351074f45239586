"""The terminal that shows the UI, or the server: whether it can, and that the program does not outlive it."""

from __future__ import annotations

import codecs
import locale
import os
import select
import sys
import threading
import time

from plankb.errors import PlankbError

_HUNG_UP = 129
"""The exit code of a program that a hang-up ended, as shells tell it (128 + SIGHUP)."""
_EVERY = 2.0
"""Seconds between two looks at the server."""


def check() -> None:
    """Raises E601 where there is no terminal, E602 for one that is not UTF-8: Chinese would be lost on it."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return  # served to a browser
    if not (sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty()):
        raise PlankbError("E601")
    encoding = codecs.lookup(locale.getencoding()).name
    if encoding not in ("utf-8", "ascii"):  # the C locale says ASCII on terminals of any kind
        raise PlankbError("E602", encoding=encoding)


def end_with_it() -> None:
    """Ends this program when its terminal hangs up, also where no signal tells it.

    The signal goes to the foreground alone and may be ignored; the screens would then be drawn for nobody, for ever.
    Does nothing where a terminal cannot be polled (Windows).
    """
    if not hasattr(select, "poll") or not sys.__stdin__ or not sys.__stdin__.isatty():
        return
    terminal = sys.__stdin__.fileno()

    def watch() -> None:
        poll = select.poll()
        poll.register(terminal, 0)  # asked for nothing, it tells of a hang-up alone
        if any(event & select.POLLHUP for _, event in poll.poll()):
            os._exit(_HUNG_UP)

    threading.Thread(target=watch, name="plankb-terminal", daemon=True).start()


def end_with_the_server() -> None:
    """Ends this program when the server that began it is gone, however that ended. Does nothing elsewhere."""
    server = os.environ.get("PLANKB_SERVED_BY")
    if server is None or os.name != "posix":
        return

    def watch() -> None:
        while os.getppid() == int(server):
            time.sleep(_EVERY)
        os._exit(0)

    if server.isdecimal():
        threading.Thread(target=watch, name="plankb-server", daemon=True).start()
