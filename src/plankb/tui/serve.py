"""The terminal UI in a browser: textual-serve runs the program once a browser tab and carries its screen there.

The UI reads and writes files with the rights of the user who serves it. So it listens on this machine alone unless told
otherwise, and answers only pages that it served itself: a foreign page in the same browser must not reach it.
"""

from __future__ import annotations

import logging
import shlex
import socket
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

from plankb.errors import Language, PlankbError

LOOPBACK = "127.0.0.1"


class PlankbServer(Server):
    """textual-serve with a page of its own, one line said at the start, and the check of where requests come from."""

    def initialize_logging(self) -> None:
        """Faults alone: what is asked and answered is nobody's business."""
        logging.basicConfig(level=logging.WARNING, format="plankb: %(message)s")

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(_own_pages_only(self.host))
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Says where it can be seen, to stderr as all remarks."""
        del app
        print(f"plankb: {self.public_url}  (Ctrl+C)", file=sys.stderr, flush=True)  # noqa: T201


def serve(folder: Path, *, host: str = LOOPBACK, port: int = 8000, lang: Language | None = None) -> None:
    """Serves the UI over the knowledge base in `folder` until Ctrl+C; `lang` None is the language it was left in.

    Raises E603 where host and port are not free.
    """
    _check_free(host, port)
    words = [sys.executable, "-m", "plankb", "--kb", str(folder.resolve()), *(["--lang", lang] if lang else []), "tui"]
    command = subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
    with as_file(files("plankb.tui").joinpath("web")) as pages:
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        PlankbServer(command, host, port, title="plankb", public_url=url, templates_path=pages.resolve()).serve()


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise PlankbError("E603", host=host, port=port, why=getattr(error, "strerror", None) or error) from error


def _own_pages_only(host: str) -> Middleware:
    """A request must name this host (so no foreign name that resolves to it), and come from a page of this host."""
    known = {host, "localhost", LOOPBACK, "::1"} if host in (LOOPBACK, "localhost", "::1") else None

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        asked = urlsplit(f"//{request.host}").hostname
        origin = request.headers.get("Origin")
        if known is not None and asked not in known:
            raise web.HTTPForbidden(text="unknown host")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="foreign page")
        return await handler(request)

    return guard
