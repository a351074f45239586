"""The same screens in a browser: the real server, the real program, a headless Chromium."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError
from aiohttp.http_exceptions import BadStatusLine

from plankb.errors import PlankbError
from plankb.tui.serve import MOST_SESSIONS, _is_own_fault, serve

pytestmark = pytest.mark.slow

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TOKEN = "a-token-of-the-tests"
_PATIENCE = 90
"""Seconds after which a server or a browser that does not answer counts as wrong."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(port: int, host: str, path: str = f"/?token={TOKEN}", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", path, headers={"Host": host, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@pytest.fixture
def server(kb_folder: Path, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The number of the process and the port of a running `plankb serve`."""
    port = _free_port()
    command = [sys.executable, "-m", "plankb", "--kb", str(kb_folder), "serve", "--port", str(port)]
    home = {**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "PLANKB_TOKEN": TOKEN}
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=home)
    end = time.monotonic() + _PATIENCE
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert server.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
    yield server.pid, port
    server.terminate()
    server.wait(_PATIENCE)


@pytest.fixture
def port(server: tuple[int, int]) -> int:
    """Its port."""
    return server[1]


def test_only_pages_of_its_own_are_answered(port: int) -> None:
    own = f"127.0.0.1:{port}"
    status, page = _get(port, own)
    assert status == 200
    assert "https://" not in page
    assert _get(port, own, Origin=f"http://{own}")[0] == 200
    for origin in (
        "http://evil.example",
        "null",
        f"https://{own}",
        f"http://{own}/x",
        f"file://{own}",
        f"http://{own}, x",
    ):
        assert _get(port, own, Origin=origin)[0] == 403
    assert _get(port, "evil.example")[0] == 403
    assert _get(port, f"localhost:{port}")[0] == 200
    assert _get(port, "[")[0] == 400
    for host in (f"x@{own}", f"{own}; script-src *", f"{own}, evil.example", f"127.0.0.1:{port} evil.example", ""):
        assert _get(port, host)[0] == 400
    assert _get(port, own, Origin="http://[")[0] == 400


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/ws", "/static/js/textual.js", "/download/x"])
def test_nothing_is_answered_without_the_token(port: int, path: str) -> None:
    own = f"127.0.0.1:{port}"
    assert _get(port, own, path, Origin=f"http://{own}")[0] == 403
    cookie = f"plankb-{port}={TOKEN}"
    assert _get(port, own, path, Origin=f"http://{own}", Cookie=cookie)[0] in (200, 400, 403, 404)
    assert _get(port, own, "/static/js/textual.js", Cookie=cookie)[0] == 200


def test_the_page_forbids_frames_and_foreign_scripts(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", f"/?token={TOKEN}", headers={"Host": f"127.0.0.1:{port}"})
    headers = connection.getresponse().headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert "HttpOnly" in headers["Set-Cookie"]


async def test_a_closed_tab_ends_its_program(port: int) -> None:
    async with _tab(port) as socket_:
        assert _programs(port)
        await socket_.close()
    await _all_ended(port)


async def test_a_program_that_was_killed_closes_its_tab(port: int) -> None:
    async with _tab(port) as socket_:
        (program,) = _numbers(port)
        os.kill(program, signal.SIGKILL)
        await asyncio.wait_for(_read(socket_), _PATIENCE)


async def test_a_tab_that_is_closed_over_a_program_that_takes_nothing_ends_it(port: int) -> None:
    async with _tab(port) as socket_:
        (program,) = _numbers(port)
        os.kill(program, signal.SIGSTOP)
        for _ in range(3):
            await socket_.send_str(json.dumps(["stdin", "x" * 150_000]))
        await socket_.close()
    await _all_ended(port)


async def test_what_waits_for_a_program_is_bounded(port: int) -> None:
    async with _tab(port) as socket_:
        (program,) = _numbers(port)
        os.kill(program, signal.SIGSTOP)
        with suppress(ConnectionError):
            for _ in range(200):
                await socket_.send_str(json.dumps(["stdin", "x" * 150_000]))
        await asyncio.wait_for(_read(socket_), _PATIENCE)


async def test_tabs_and_messages_are_limited(port: int) -> None:
    own = f"http://127.0.0.1:{port}"
    async with ClientSession() as session, asyncio.TaskGroup() as readers:
        sockets = [
            await session.ws_connect(f"{own}/ws?token={TOKEN}", origin=own) for _ in range(MOST_SESSIONS)
        ]  # fmt: skip
        reading = [readers.create_task(_read(socket_)) for socket_ in sockets]
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{own}/ws?token={TOKEN}", origin=own)
        assert refused.value.status == 503
        await sockets[0].send_str("x" * 1_100_000)
        assert await asyncio.wait_for(reading[0], _PATIENCE) == 1009  # too big
        for socket_ in sockets[1:]:
            await socket_.close()
    await _all_ended(port)


@asynccontextmanager
async def _tab(port: int) -> AsyncIterator[ClientWebSocketResponse]:
    """The socket of a tab whose program has begun to draw."""
    own = f"http://127.0.0.1:{port}"
    async with ClientSession() as session:
        socket_ = await session.ws_connect(f"{own}/ws?token={TOKEN}", origin=own)
        await socket_.receive(timeout=_PATIENCE)
        yield socket_


async def _all_ended(port: int) -> None:
    """Waits until the server has no program any more."""
    end = time.monotonic() + _PATIENCE
    while _programs(port):
        assert time.monotonic() < end
        await asyncio.sleep(0.1)


async def _read(socket_: ClientWebSocketResponse) -> int | None:
    """Reads what comes until the socket is closed; why it was."""
    while not socket_.closed:
        await socket_.receive()
    return socket_.close_code


async def test_a_server_that_was_killed_ends_its_programs(server: tuple[int, int]) -> None:
    number, port = server
    async with _tab(port):
        assert _programs(port)
        os.kill(number, signal.SIGKILL)
    await _all_ended(port)


def test_no_address_is_not_every_address(kb_folder: Path) -> None:
    for host in ("", " "):
        with pytest.raises(PlankbError, match="E603"):
            serve(kb_folder, host=host)


def test_what_is_no_request_is_refused_and_not_written_down() -> None:
    """A foreign program could fill the terminal of the person who serves, or show words of its own there."""
    record = logging.LogRecord("aiohttp.server", logging.ERROR, "", 0, "Error handling request", None, None)
    for error, shown in (
        (BadStatusLine("x"), False),
        (ConnectionResetError("x"), False),
        (ValueError("x"), True),
    ):
        record.exc_info = (type(error), error, None)
        assert _is_own_fault(record) is shown


async def test_a_message_that_no_page_sends_closes_the_socket(port: int) -> None:
    own = f"http://127.0.0.1:{port}"
    async with ClientSession() as session:
        for text in ("[" * 2000, "{}", '["stdin", 5]', '["resize", {"width": "x"}]', '["resize"]'):
            socket_ = await session.ws_connect(f"{own}/ws?token={TOKEN}&width=99999999999&height=-3", origin=own)
            await socket_.send_str(text)
            async with asyncio.timeout(_PATIENCE):
                while not socket_.closed:
                    await socket_.receive()


def _programs(port: int) -> list[str]:
    """The command lines of the programs that the server of a port began."""
    return list(_numbers(port).values())


def _numbers(port: int) -> dict[int, str]:
    """The same by number of the process."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/environ"):
        try:
            command = status.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if TOKEN.encode() in status.read_bytes() and f" {port}" not in command and "tui" in command:
                found[int(status.parent.name)] = command
        except OSError:
            continue
    return found


def test_a_port_in_use_is_one_error(kb_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PlankbError) as error:
            serve(kb_folder, port=taken.getsockname()[1])
    assert error.value.code == "E603"


class Browser:
    """A page of a headless Chromium, driven through its debugging protocol."""

    def __init__(self, socket_: ClientWebSocketResponse) -> None:
        self._socket = socket_
        self._count = 0
        self.seen = ""

    async def do(self, method: str, **params: object) -> None:
        self._count += 1
        await self._socket.send_json({"id": self._count, "method": method, "params": params})

    async def type(self, text: str) -> None:
        await self.do("Input.insertText", text=text)

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def press_enter(self) -> None:
        for kind in ("keyDown", "keyUp"):
            await self.do("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r")

    async def press_control(self, letter: str) -> None:
        code = {"code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        for kind in ("rawKeyDown", "keyUp"):
            await self.do("Input.dispatchKeyEvent", type=kind, key=letter, modifiers=2, **code)

    async def wait_for_load(self) -> None:
        """Waits until the page says that it is loaded."""
        async with asyncio.timeout(_PATIENCE):
            while (await self._socket.receive_json()).get("method") != "Page.loadEventFired":
                pass

    async def wait_for(self, words: str) -> None:
        """Waits until the program has drawn some words on the page's terminal."""
        async with asyncio.timeout(_PATIENCE):
            while words not in self.seen:
                event = await self._socket.receive_json()
                if event.get("method") == "Network.webSocketFrameReceived":
                    frame = event["params"]["response"]
                    data = base64.b64decode(frame["payloadData"]) if frame["opcode"] == 2 else b""
                    self.seen += data.decode(errors="replace")


@pytest.fixture
def devtools(tmp_path: Path) -> Iterator[int]:
    """The debugging port of a running Chromium."""
    if _CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    profile = tmp_path / "profile"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    browser = subprocess.Popen(
        [_CHROMIUM, *options, "about:blank"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    end = time.monotonic() + _PATIENCE
    said = profile / "DevToolsActivePort"
    while not said.is_file() or not said.read_text().strip():
        assert time.monotonic() < end
        time.sleep(0.05)
    yield int(said.read_text().splitlines()[0])
    browser.terminate()
    browser.wait(_PATIENCE)


async def test_a_question_typed_at_once_in_a_browser_is_answered_and_the_answer_downloaded(
    port: int, devtools: int, tmp_path: Path
) -> None:
    async with ClientSession() as session:
        async with session.put(f"http://127.0.0.1:{devtools}/json/new?about:blank") as answer:
            page = await answer.json()
        async with session.get(f"http://127.0.0.1:{devtools}/json/version") as answer:
            whole = (await answer.json())["webSocketDebuggerUrl"]
        async with session.ws_connect(whole, max_msg_size=0) as socket_:
            kept = {"behavior": "allow", "downloadPath": str(tmp_path)}
            await socket_.send_json({"id": 1, "method": "Browser.setDownloadBehavior", "params": kept})
            await socket_.receive_json()
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as tab:
                browser = Browser(tab)
                await browser.do("Network.enable")
                await browser.do("Page.enable")
                await browser.do("Page.navigate", url=f"http://localhost:{port}/?token={TOKEN}")
                await browser.wait_for_load()
                await browser.type("市生态环境局牵头哪些任务？")
                await browser.press_enter()
                await browser.wait_for("淘汰老旧车辆")
                await browser.press_control("e")
                await browser.wait_for("导出（")
                await browser.press_enter()
                async with asyncio.timeout(_PATIENCE):
                    while not list(tmp_path.glob("plankb-问答.xlsx")):
                        await asyncio.sleep(0.1)
