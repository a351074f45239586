"""Reading one file, here or elsewhere: a job goes out as bytes, and what was read comes back as bytes."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plankb.errors import PlankbError
from plankb.kb import files, guard, program
from plankb.kb.files import PlanFile
from plankb.readers import manifest
from plankb.rules import user
from plankb.search import lexicon
from plankb.store import Packed, pack, wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to read as the plan of an id, with or without the rows of full text.

    `data` is the file's content where it is read on another machine; None where the file itself is at hand.
    """

    plan: str
    file: PlanFile
    fulltext: bool
    data: bytes | None = None

    def dump(self) -> bytes:
        """The job as bytes."""
        entry = self.file.entry.model_dump(mode="json") if self.file.entry else None
        data = None if self.data is None else b64encode(self.data).decode("ascii")
        file = (str(self.file.path), self.file.named, self.file.sha256, entry)
        return json.dumps([self.plan, file, self.fulltext, data]).encode()

    @classmethod
    def load(cls, said: bytes) -> Job:
        """The job again."""
        plan, (path, named, sha256, entry), fulltext, data = json.loads(said)
        known = manifest.Entry.model_validate(entry) if entry else None
        file = PlanFile(Path(path), named, sha256, known)
        return cls(plan=plan, file=file, fulltext=fulltext, data=None if data is None else b64decode(data))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job: a packed plan, or the error; `remarks` are the reader's."""

    packed: Packed | None = None
    error: PlankbError | None = None
    remarks: tuple[PlankbError, ...] = ()


def perform(job: Job) -> Outcome:
    """Reads the file of a job."""
    try:
        reading = files.read(job.file, job.plan, data=job.data)
        packed = pack(
            reading.plan, reading.clean, facts=reading.facts, bureaus=reading.bureaus,
            words=lexicon.count(reading.words), fulltext=job.fulltext,
        )  # fmt: skip
    except PlankbError as error:
        return Outcome(error=error)
    except Exception as error:  # one plan that the program fails on must not cost the others
        return Outcome(error=PlankbError("E108", path=job.file.path, where=guard.place(error)))
    return Outcome(packed=packed, remarks=reading.remarks)


def perform_bytes(said: bytes) -> bytes:
    """The same of a job as bytes, with what program read it in front."""
    outcome = perform(Job.load(said))
    head = {
        "reader": reader(),
        "error": outcome.error and _told(outcome.error),
        "remarks": [_told(remark) for remark in outcome.remarks],
    }
    packed = wire.dump(outcome.packed) if outcome.packed else b""
    first = json.dumps(head, ensure_ascii=False).encode()
    return len(first).to_bytes(4, "big") + first + packed


def outcome_of(said: bytes) -> Outcome:
    """What `perform_bytes` gave. Raises E113 where another version of the program read the file."""
    size = int.from_bytes(said[:4], "big")
    head = json.loads(said[4 : 4 + size])
    if head["reader"] != reader():
        raise PlankbError("E113", there=head["reader"], here=reader())
    packed = said[4 + size :]
    return Outcome(
        packed=wire.load(packed) if packed else None,
        error=_error(*head["error"]) if head["error"] else None,
        remarks=tuple(_error(*remark) for remark in head["remarks"]),
    )


def reader() -> str:
    """The program and the user's rules that decide how a file is read."""
    return f"{program.digest()} {user.digest()}"


def _told(error: PlankbError) -> list[object]:
    return [error.code, {name: _plain(value) for name, value in error.details.items()}]


def _plain(value: object) -> object:
    """A detail of a message as JSON carries it: numbers as numbers, another error as one, all else as text."""
    if isinstance(value, PlankbError):
        return _told(value)
    return value if isinstance(value, int | float | str | None) else str(value)


def _error(code: str, details: Mapping[str, object]) -> PlankbError:
    """The error again; a detail that is a list was an error itself."""
    read = {name: _error(*value) if isinstance(value, list) else value for name, value in details.items()}
    return PlankbError(code, **read)
