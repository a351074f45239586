"""The protocol: the tools and resources of one knowledge base, over stdin and stdout, until the other side hangs up."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp_types import ToolAnnotations
from pydantic import ValidationError

from plankb.errors import Language, PlankbError, cause
from plankb.kb import KnowledgeBase
from plankb.kb.guard import guarded
from plankb.mcp.shaping import Shaped, safe_text
from plankb.mcp.tools import Tools
from plankb.version import __version__
from plankb.words import say

P = ParamSpec("P")
T = TypeVar("T")
READING = ("ask", "search", "tasks", "targets", "compare", "conflicts", "coverage", "check", "source")
"""The tools that change nothing."""
WRITING = ("correct", "take_back")
"""The tools that are there with `write` alone."""
_LONGEST = 600
"""Characters of a message."""
_NAMED = 100
"""Characters of a name that a message repeats."""
_MOST_ASKED = 2_000
"""Characters of what a tool is asked with, the text of a draft aside: more is no question, name or search."""


def server(kb: KnowledgeBase, *, lang: Language, files: Path | None = None, write: bool = False) -> MCPServer:
    """The server of a knowledge base. `files` is the folder below which `check` may read drafts, None for none."""
    made = MCPServer("plankb", instructions=say("mcp.instructions", lang), version=__version__, log_level="CRITICAL")
    tools = Tools(kb, lang=lang, files=files)
    guard = partial(_guarded, lang=lang, folder=kb.folder, lock=threading.Lock())
    names = (*READING, *(WRITING if write else ()))
    for name in names:
        changes = name in WRITING
        made.add_tool(
            guard(_signed(tools) if name == "correct" else getattr(tools, name), ToolError),
            name=name,
            title=say(f"mcp.{name}.title", lang),
            description=f"{say(f'mcp.{name}.about', lang)} {say('mcp.untrusted', lang)}",
            annotations=ToolAnnotations(read_only_hint=not changes, destructive_hint=False, open_world_hint=False),
        )
    made.call_tool = _plainly(made.call_tool, names, lang)
    for uri, name, mime in (
        ("plankb://plans", "plans", "application/json"),
        ("plankb://plans/{plan}", "plan", "application/json"),
        ("plankb://plans/{plan}/outline", "outline", "text/plain"),
    ):
        about = f"{say(f'mcp.{name}.about', lang)} {say('mcp.untrusted', lang)}"
        title = say(f"mcp.{name}.title", lang)
        register = made.resource(uri, name=name, title=title, description=about, mime_type=mime)
        register(guard(getattr(tools, name), ResourceError))
    return made


def run(kb: KnowledgeBase, *, lang: Language, files: Path | None = None, write: bool = False) -> None:
    """Serves until stdin ends."""
    server(kb, lang=lang, files=files, write=write).run("stdio")


def _plainly(call: Callable[..., Awaitable[T]], names: Sequence[str], lang: Language) -> Callable[..., Awaitable[T]]:
    """The SDK's way to call a tool, with its own refusals in one line: it would repeat what it was sent, whole and as
    it is. Raises ToolError for a tool that is not there (E646), and for arguments that it does not take (E647)."""

    async def plainly(name: str, arguments: Mapping[str, object], *more: object) -> T:
        if name not in names:
            raise refusal("E646", name=name[:_NAMED], known=" ".join(names))
        try:
            return await call(name, arguments, *more)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            wrong = dict.fromkeys(str(one["loc"][0])[:_NAMED] for one in error.__cause__.errors() if one["loc"])
            raise refusal("E647", tool=name, names=", ".join(wrong)) from None

    def refusal(code: str, **details: str) -> ToolError:
        return ToolError(_told(PlankbError(code, **details).text(lang)))

    return plainly


def _signed(tools: Tools) -> Callable[..., Shaped]:
    """`correct` without the argument that says who: that is the user of this computer, not the model's to choose."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""

    def correct(
        fact: str, action: str, field: str | None = None, after: list[str] | None = None, subject: str | None = None
    ) -> Shaped:
        if action not in ("accept", "correct", "reject"):
            raise PlankbError("E123", name="action", expected="accept|correct|reject")
        return tools.correct(fact, action, field, after, subject, who=user)  # type: ignore[arg-type]

    return correct


def _guarded(
    function: Callable[P, T], error: type[Exception], *, lang: Language, folder: Path, lock: threading.Lock
) -> Callable[P, T]:
    """A tool that runs alone and tells what it cannot do in one line, a fault of the program too."""

    @wraps(function)
    def alone(*args: P.args, **named: P.kwargs) -> T:
        try:
            _require_short(named)
            with lock, guarded(folder):
                return function(*args, **named)
        except PlankbError as fault:
            raise error(_told(fault.text(lang))) from fault
        except OSError as fault:
            raise error(_told(PlankbError("E128", why=cause(fault)).text(lang))) from fault

    return alone


def _require_short(named: Mapping[str, object]) -> None:
    """Raises E645 for arguments that would be looked for without end."""
    for name, value in named.items():
        words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        if name != "text" and sum(len(str(word)) + 1 for word in words) > _MOST_ASKED:
            raise PlankbError("E645", name=name, most=_MOST_ASKED)


def _told(text: str) -> str:
    """A message for a model, in one line: what it repeats of the arguments is neither obeyed nor without end."""
    line = " ".join(text.split())
    return safe_text(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…")
