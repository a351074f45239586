"""The terminal UI in a browser: textual-serve runs the program once a browser tab and carries its screen there.

The UI reads and writes files with the rights of the user who serves it. So it listens on this machine alone unless told
otherwise, answers only whoever has the token of the address that it printed, and only from pages that it served itself:
a foreign page in the same browser must not reach it. With a folder of files, the screens reach files below it alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import secrets
import shlex
import socket
import subprocess
import sys
from contextlib import suppress
from importlib.resources import as_file, files
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler, Middleware
from textual_serve.app_service import AppService
from textual_serve.server import Server

from plankb.errors import Language, PlankbError, cause, message
from plankb.tui.reach import VARIABLE

LOOPBACK = "127.0.0.1"
TOKEN = "PLANKB_TOKEN"  # noqa: S105 - the name of a variable
"""The environment variable that fixes the token; without it each start makes one of its own."""
MOST_SESSIONS = 8
_LONGEST_MESSAGE = 200_000
"""Bytes of what a tab sends at once; a text that is pasted comes as one message."""
_MOST_WAITING = 100
"""Messages that wait for a program that takes nothing (the pipe to it holds 60,000 bytes more)."""
_WIDTHS, _HEIGHTS = (20, 500), (5, 300)
_HOST = re.compile(r"[\w.-]+(?::\d{1,5})?|\[[0-9a-fA-F:.]+\](?::\d{1,5})?")
"""A name or address and a port: nothing that the page's policy, in which it stands, could take for more."""
_PATIENCE = 5
"""Seconds that a program may take to end by itself after its tab was closed."""


class Program(AppService):
    """A program of a tab: when it ends, however it ends, the tab is told."""

    async def run(self) -> None:
        """Carries what the program shows until it ends."""
        await super().run()
        await self.remote_close()


class PlankbServer(Server):
    """textual-serve with a page of its own, the checks of who asks, limits, and an end for every program it began."""

    def __init__(self, command: str, host: str, port: int, *, token: str, pages: Path) -> None:
        named = f"[{host}]" if ":" in host else host
        super().__init__(
            command, host, port, title="plankb", public_url=f"http://{named}:{port}", templates_path=pages
        )  # fmt: skip
        self._token = token
        self._sessions = 0

    def initialize_logging(self) -> None:
        """Faults alone: what is asked and answered is nobody's business."""
        logging.basicConfig(level=logging.WARNING, format="plankb: %(message)s")
        logging.getLogger("aiohttp.server").addFilter(_is_own_fault)
        logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of programs that ended before it looked

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(_guard(self.host, f"plankb-{self.port}", self._token))
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Says where it can be seen, to stderr as all remarks."""
        del app
        print(f"plankb: {self.public_url}/?token={self._token}  (Ctrl+C)", file=sys.stderr, flush=True)  # noqa: T201

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page, for the name under which it was asked for."""
        nonce = secrets.token_urlsafe(16)
        size = request.query.get("fontsize", "")
        context = {
            "font_size": int(size) if size.isdecimal() and len(size) < 3 else 16,
            "app_websocket_url": f"ws://{request.host}/ws",
            "config": {"static": {"url": "/static/"}},
            "application": {"name": self.title},
            "nonce": nonce,
        }
        response = aiohttp_jinja2.render_template("app_index.html", request, context)
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws://{request.host}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One tab: a program of its own, which ends with it."""
        if self._sessions >= MOST_SESSIONS:
            raise web.HTTPServiceUnavailable(text="too many tabs are open")
        socket_ = web.WebSocketResponse(heartbeat=15, max_msg_size=_LONGEST_MESSAGE)
        await socket_.prepare(request)

        async def close() -> None:
            await socket_.close()

        service = Program(
            self.command, write_bytes=socket_.send_bytes, write_str=socket_.send_str, close=close,
            download_manager=self.download_manager,
        )  # fmt: skip
        self._sessions += 1
        try:
            width, height = request.query.get("width"), request.query.get("height")
            await service.start(_within(width, _WIDTHS), _within(height, _HEIGHTS))
            await _carry(service, socket_)
        finally:
            self._sessions -= 1
            await _end(service)
            await socket_.close()
        return socket_


def serve(
    folder: Path, *, host: str = LOOPBACK, port: int = 8000, lang: Language | None = None, reach: Path | None = None
) -> None:
    """Serves the UI over the knowledge base in `folder` until Ctrl+C; `lang` None is the language it was left in.

    With `reach`, the screens read and write files below that folder alone. Raises E603 where host and port are not
    free, E101 where `reach` is no folder.
    """
    _check_free(host, port)
    if reach is not None:
        if not reach.is_dir():
            raise PlankbError("E101", path=reach)
        os.environ[VARIABLE] = str(reach.resolve())
    words = [sys.executable, "-m", "plankb", "--kb", str(folder.resolve()), *(["--lang", lang] if lang else []), "tui"]
    command = subprocess.list2cmdline(words) if sys.platform == "win32" else f"exec {shlex.join(words)}"
    token = os.environ.get(TOKEN) or secrets.token_urlsafe(24)
    os.environ["PLANKB_SERVED_BY"] = str(os.getpid())
    with as_file(files("plankb.tui").joinpath("web")) as pages:
        PlankbServer(command, host, port, token=token, pages=pages.resolve()).serve()


def _check_free(host: str, port: int) -> None:
    if not host.strip():  # to the system that is every address of this machine
        raise PlankbError("E603", host=host, port=port, why=PlankbError("E216"))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (socket.gaierror, UnicodeError, ValueError, TypeError) as error:  # no name of any address
            raise PlankbError("E603", host=host, port=port, why=PlankbError("E216")) from error
        except OverflowError as error:
            raise PlankbError("E123", name="--port", expected="1–65535") from error
        except OSError as error:
            raise PlankbError("E603", host=host, port=port, why=cause(error)) from error


def _is_own_fault(record: logging.LogRecord) -> bool:
    """Whether a fault is this program's: what is no request at all is answered with 400 and not written down, nor is a
    tab that was gone before it was answered."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError | ConnectionError)


def _guard(host: str, cookie: str, token: str) -> Middleware:
    """A request must name this host (so no foreign name that resolves to it), come from a page of this host, and know
    the token; the first request brings it in the address, the others in a cookie that no page can read."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _HOST.fullmatch(request.host):
            raise web.HTTPBadRequest(text="malformed header")
        if not _is_own(_name(f"//{request.host}"), host):
            raise web.HTTPForbidden(text="unknown host")
        origin = request.headers.get("Origin")
        if origin is None and request.path == "/ws":
            raise web.HTTPForbidden(text="no origin")
        if origin is not None and (not _name(origin) or origin != f"http://{request.host}"):
            raise web.HTTPForbidden(text="foreign page")
        brought = request.query.get("token", "")
        if not _same(brought or request.cookies.get(cookie, ""), token):
            raise web.HTTPForbidden(text=f"{message('E605', 'zh')}\n{message('E605', 'en')}\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(
                {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
            )
            if brought:
                response.set_cookie(cookie, token, httponly=True, samesite="Strict")
        return response

    return guard


def _name(url: str) -> str:
    """The host's name in a URL. Raises 400 for what is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError as error:
        raise web.HTTPBadRequest(text="malformed header") from error


def _is_own(name: str, host: str) -> bool:
    """Whether a name in a request may be this server's: names that others can give to any address are not."""
    if name == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(name).is_loopback or host not in (LOOPBACK, "localhost", "::1")
    return name in (host, socket.gethostname(), socket.getfqdn())


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode(errors="replace"), token.encode())


def _within(given: str | None, bounds: tuple[int, int]) -> int:
    """A size as it was asked for, inside its bounds."""
    value = int(given) if given and given.isdecimal() and len(given) < 6 else 80
    return min(max(value, bounds[0]), bounds[1])


async def _carry(service: AppService, socket_: web.WebSocketResponse) -> None:
    """Does what the messages of a tab say, one after the other, until the tab is closed or sends what no page of ours
    does. A tab that is closed is seen also while its program takes nothing."""
    waiting: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)

    async def take_all() -> None:
        while await _take(service, socket_, await waiting.get()):
            pass
        await socket_.close()

    taking = asyncio.create_task(take_all())
    try:
        async for message in socket_:
            if message.type == WSMsgType.TEXT:
                waiting.put_nowait(message.data)
    except asyncio.QueueFull:
        pass
    finally:
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)


async def _take(service: AppService, socket_: web.WebSocketResponse, text: str) -> bool:
    """Does what a message of the page says; False for one that no page of ours sends."""
    try:
        kind, *rest = json.loads(text)
        match kind, rest:
            case "stdin", [str(data)]:
                await service.send_bytes(data.encode("utf-8", errors="replace"))
            case "resize", [{"width": int(width), "height": int(height)}]:
                await service.set_terminal_size(_within(str(width), _WIDTHS), _within(str(height), _HEIGHTS))
            case "ping", [data]:
                await socket_.send_json(["pong", data])
            case "blur" | "focus", _:
                await getattr(service, kind)()
            case _:
                return False
    except (ValueError, TypeError, RecursionError):
        return False
    return True


async def _end(service: AppService) -> None:
    """Asks a program to end; one that does not is killed."""
    process = service._process
    with suppress(Exception):
        await asyncio.wait_for(service.stop(), _PATIENCE)
    if process is not None and process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
