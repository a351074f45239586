"""The version, in its one home: the package and what it writes name it."""

__version__ = "0.2.0"
