"""`dataclass(frozen=True, slots=True)` whose methods are written when an instance is first made.

`dataclasses` writes and compiles six methods a class while its module loads, 1 ms on average; a question loads 90 such
classes and uses a third of them. Here a class has its slots at once; the methods, made by `dataclasses` itself, follow
with the first use of any. All other kinds of data classes are made at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    import inspect
    import threading

    _LOCK = threading.RLock()
    _METHODS = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__")
    _TOLD = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")

    def dataclass(cls=None, **options: object):
        """As `dataclasses.dataclass`."""
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        rest = {name: value for name, value in options.items() if name not in ("frozen", "slots", "kw_only")}
        if rest or not (options.get("frozen") and options.get("slots")):
            return dataclasses.dataclass(cls, **options)
        return _late(cls, kw_only=bool(options.get("kw_only")))

    def _late(written: type, *, kw_only: bool) -> type:
        """The class with its slots; `written`, as it stands in its module, is what `dataclasses` is given later."""
        own = inspect.get_annotations(written)
        above = {name for base in written.__mro__[1:] for name in getattr(base, "__slots__", ())}
        slots = tuple(name for name, kind in own.items() if name not in above and not _of_class(kind))
        content = {name: value for name, value in written.__dict__.items() if name not in (*slots, *_NOT_TAKEN)}
        if content.get("__hash__") is None:  # Python's own mark of a class that says when two are equal
            content.pop("__hash__", None)
        made = type(written)(written.__name__, written.__bases__, {**content, "__slots__": slots})
        made.__qualname__ = written.__qualname__

        def complete() -> None:
            with _LOCK:
                full = written.__dict__
                if "__dataclass_fields__" not in full:
                    dataclasses.dataclass(written, frozen=True, kw_only=kw_only)
            for name in (*_METHODS, *_TOLD):
                if name in full and name not in content:
                    type.__setattr__(made, name, full[name])

        for name in _METHODS:
            if name not in content:
                type.__setattr__(made, name, _first(name, made, complete))
        for name in _TOLD:
            type.__setattr__(made, name, _Told(name, made, complete))
        made.__getstate__, made.__setstate__ = _state, _set_state
        return made

    _NOT_TAKEN = ("__dict__", "__weakref__")

    def _of_class(kind: object) -> bool:
        return str(kind).removeprefix("typing.").startswith("ClassVar")

    def _first(name: str, made: type, complete):
        def method(self, *args: object, **named: object):
            complete()
            return getattr(made, name)(self, *args, **named)

        return method

    class _Told:
        """What `dataclasses` asks of a class: fields, options, arguments of patterns."""

        def __init__(self, name: str, made: type, complete) -> None:
            self._asked = name, made, complete

        def __get__(self, instance: object, owner: type):
            name, made, complete = self._asked
            complete()
            return getattr(made, name)

    def _names(instance: object) -> list[str]:
        return [one.name for one in dataclasses.fields(instance)]

    def _state(self) -> list[object]:
        return [getattr(self, name) for name in _names(self)]

    def _set_state(self, state: list[object]) -> None:
        for name, value in zip(_names(self), state, strict=True):
            object.__setattr__(self, name, value)
