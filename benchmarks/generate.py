"""Plans made up for benchmarks: `generate.py COUNT FOLDER [--seed N]`.

The same seed gives the same plans, and the first hundred of a thousand are the hundred. A plan has about 4,000
characters: chapters, tasks with responsibility notes, targets, a table of targets, cited documents.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PLACES, FIELDS, BUREAUS, VERBS, OBJECTS, ENDINGS = (
    _WORDS[name].split() for name in ("places", "fields", "bureaus", "verbs", "objects", "endings")
)
INDICATORS = (
    ("覆盖率", "%", 40, 99),
    ("利用率", "%", 30, 98),
    ("占比", "%", 10, 90),
    ("达标率", "%", 70, 100),
    ("总里程", "公里", 100, 9000),
    ("总面积", "万亩", 5, 900),
    ("数量", "个", 20, 2000),
    ("装机容量", "万千瓦", 10, 4000),
    ("总规模", "亿元", 5, 3000),
    ("床位数", "张", 500, 30000),
    ("处理能力", "万吨/日", 2, 300),
)
NUMERALS = "一二三四五六七八九十"


def plan(number: int, seed: int = 1) -> tuple[str, str]:
    """The name and the text of one plan."""
    chance = random.Random(f"{seed}/{number}")
    place, field = PLACES[number % len(PLACES)], FIELDS[number // len(PLACES) % len(FIELDS)]
    title = f"{place}“十四五”{field}{chance.choice(('规划', '实施方案', '行动计划'))}（{number}）"
    parts = [title, "", *_goals(chance), ""]
    for chapter in range(2, 2 + chance.randint(4, 6)):
        parts += [*_chapter(chance, chapter, place), ""]
    return f"{number:05d}-{place}{field}", "\n".join(parts)


def _goals(chance: random.Random) -> Iterator[str]:
    yield "一、总体目标"
    yield ""
    yield f"坚持以人民为中心，统筹发展和安全，{_aim(chance)}，{_aim(chance)}。{_target(chance)}{_target(chance)}"
    yield ""
    yield "表1 主要指标"
    yield "序号\t指标\t单位\t2020年\t2025年\t属性"
    for row in range(1, chance.randint(6, 12)):
        name, unit, low, high = chance.choice(INDICATORS)
        first = chance.randint(low, high)
        nature = chance.choice(("约束性", "预期性"))
        goal = min(high, first + chance.randint(1, 9))
        yield "\t".join(map(str, (row, chance.choice(OBJECTS) + name, unit, first, goal, nature)))


def _chapter(chance: random.Random, number: int, place: str) -> Iterator[str]:
    yield f"{NUMERALS[number - 1]}、{chance.choice(VERBS)}{chance.choice(OBJECTS)}{chance.choice(ENDINGS)}"
    yield ""
    rank = place[-1]
    for task in range(1, chance.randint(4, 7)):
        body = "".join(f"{_aim(chance)}，{_aim(chance)}。" for _ in range(chance.randint(2, 4)))
        cited = f"落实《{place}{chance.choice(OBJECTS)}条例》。" if chance.random() < 0.2 else ""
        head = f"（{NUMERALS[task - 1]}）{chance.choice(VERBS)}{chance.choice(OBJECTS)}{chance.choice(ENDINGS)}。"
        yield f"{head}{body}{cited}{_target(chance)}{_note(chance, rank)}"
        yield ""


def _aim(chance: random.Random) -> str:
    return f"{chance.choice(VERBS)}{chance.choice(OBJECTS)}{chance.choice(ENDINGS)}"


def _target(chance: random.Random) -> str:
    name, unit, low, high = chance.choice(INDICATORS)
    said = chance.choice(("达到", "提高到", "不低于", "力争达到"))
    year = chance.choice((2025, 2025, 2025, 2027, 2030, 2035))
    return f"到{year}年，{chance.choice(OBJECTS)}{name}{said}{chance.randint(low, high)}{unit}。"


def _note(chance: random.Random, rank: str) -> str:
    first, *others = (
        f"{rank}{name}{'厅' if rank == '省' else '局'}" for name in chance.sample(BUREAUS, chance.randint(2, 5))
    )
    if chance.random() < 0.6:
        return f"（{first}牵头，{'、'.join(others)}配合）"
    return f"（{'、'.join((first, *others))}按职责分工负责）"


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Writes the first `count` plans of a seed as text files; those that are there stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name, text = plan(number, seed)
        path = folder / f"{name}.txt"
        if not path.exists():
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, given.count, given.seed)
