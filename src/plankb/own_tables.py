"""The TOML files of the program itself (rules, words), read quickly.

Parsing them takes a question a tenth of its time, so what they hold is kept as JSON where Python keeps the byte code of
modules, under the same conditions: made anew when the file's size or time is another, written only where byte code may
be, never needed. The TOML files stay the one place where anything is said.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import TypeVar, cast

T = TypeVar("T", bound=Mapping[str, object])


def table(package: str, name: str) -> dict[str, object]:
    """The content of `name`.toml in a package."""
    source = _source(package, name)
    if not source.is_file():  # a package inside an archive
        from importlib.resources import files

        return _parsed(files(package).joinpath(source.name).read_text(encoding="utf-8"))
    kept, mark = _place(source)
    if (found := _kept(kept, mark)) is None:
        found = _parsed(source.read_text(encoding="utf-8"))
        if not sys.dont_write_bytecode:
            _keep(kept, mark, found)
    return found


def derived(package: str, name: str, maker: str, make: Callable[[], T]) -> T:
    """What the module at `maker` makes of `name`.toml alone, as JSON can hold it: kept as long as neither changes."""
    sources = [_source(package, name), Path(maker)]
    if not all(map(Path.is_file, sources)):
        return make()
    (table_kept, table_mark), (_, mark) = map(_place, sources)
    kept = table_kept.with_name(f"{Path(maker).stem}.{table_kept.name}")
    if (found := _kept(kept, [*table_mark, *mark])) is not None:
        return cast("T", found)  # what an earlier process made
    made = make()
    if not sys.dont_write_bytecode:
        _keep(kept, [*table_mark, *mark], made)
    return made


def keep_all() -> None:
    """Keeps what all own files hold, for an installation whose users may not write where its byte code is."""
    from importlib.resources import files

    for package in ("plankb.rules", "plankb.words"):
        for source in files(package).iterdir():
            if isinstance(source, Path) and source.suffix == ".toml":
                _keep(*_place(source), _parsed(source.read_text(encoding="utf-8")))


def _source(package: str, name: str) -> Path:
    spec = find_spec(package)
    place = spec.submodule_search_locations if spec else None
    return Path(place[0] if place else "", f"{name}.toml")


def _parsed(text: str) -> dict[str, object]:
    import tomllib

    return tomllib.loads(text)


def _place(source: Path) -> tuple[Path, list[int]]:
    """Where what a file holds is kept, and the mark that it is of this very file: size and time."""
    status = source.stat()
    return Path(cache_from_source(source)).with_suffix(".json"), [status.st_size, status.st_mtime_ns]


def _kept(path: Path, mark: list[int]) -> dict[str, object] | None:
    """What is kept of the file of a size and time; None where nothing is, or of another one."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    match found:
        case [kept_mark, dict(content)] if kept_mark == mark:
            return content
    return None


def _keep(path: Path, mark: list[int], content: Mapping[str, object]) -> None:
    new = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        new.write_text(json.dumps([mark, content], ensure_ascii=False), encoding="utf-8")
        new.replace(path)


if __name__ == "__main__":
    keep_all()
