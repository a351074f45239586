"""`python -m plankb` is `plankb`."""

from __future__ import annotations

from plankb.cli import main

if __name__ == "__main__":
    main()
