"""The rules page, docs/rules.md: made from the registry, so that it says what the program does.

`python -m plankb.checks.page > docs/rules.md`
"""

from __future__ import annotations

import sys

from plankb.checks.check import all_rules

_HEAD = """# Rules of `plankb check` · 检查规则

Made from the program by `python -m plankb.checks.page > docs/rules.md`; a test keeps it true.
Turn a rule off with `--no-rule NAME`, run one alone with `--rule NAME`, or put it into `plankb.toml` beside the draft:

```toml
[check]
off = ["vague-target"]
[check.severity]
repeated-text = "info"
```

| rule | severity | finds | 检查内容 | example |
|---|---|---|---|---|
"""


def rules_page() -> str:
    """The page as Markdown."""
    return _HEAD + "".join(
        f"| `{rule.name}` | {rule.severity} | {rule.finds.en} | {rule.finds.zh} | {rule.example} |\n"
        for rule in sorted(all_rules().values(), key=lambda rule: rule.name)
    )


if __name__ == "__main__":
    sys.stdout.write(rules_page())
