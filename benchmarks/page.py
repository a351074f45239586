"""A page that plots what `bench.py` measured: seconds against plans, both logarithmic, a line a stage. No script."""

from __future__ import annotations

import math
from html import escape
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 880, 520, 60, 40, 20, 230
COLOURS = ("#1b6ca8", "#c0392b", "#27864c", "#8e44ad", "#b7791f", "#16808a", "#7f3f3f", "#4a5568", "#d05c8b", "#5b7a1e")


def render(result: dict[str, Any]) -> str:
    """The page."""
    machine = result["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    rows = "".join(
        f"<tr><td>{escape(str(one['stage']))}</td><td>{one.get('plans', '')}</td><td>{escape(_figures(one))}</td></tr>"
        for one in result["figures"]
    )
    grown = "".join(f"<tr><td>{escape(name)}</td><td>{power}</td></tr>" for name, power in result["exponents"].items())
    return f"""<!doctype html><meta charset="utf-8"><title>plankb: benchmarks</title>
<style>body{{font:15px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}}
td,th{{padding:.1em .8em;border-bottom:1px solid #ddd;text-align:left}}text{{font-size:12px}}</style>
<h1>plankb: benchmarks</h1>
<p>{escape(result["made"])} · {escape(machine["processor"])}, {machine["cores"]} cores, {machine["memory_mb"]} MB ·
{escape(machine["system"])} · Python {machine["python"]}, SQLite {machine["sqlite"]}, {escape(versions)}</p>
<h2>CPU seconds against plans</h2>{_plot(_lines(result["figures"]))}
<h2>Exponents of growth</h2><p>1 is in step with the plans, 0 does not grow, 2 would be with their square.</p>
<table>{grown}</table><h2>All figures</h2><table><tr><th>stage<th>plans<th>figures</tr>{rows}</table>"""


def _figures(one: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in one.items() if name not in ("stage", "plans"))


def _lines(figures: list[dict[str, Any]]) -> dict[str, list[tuple[float, float]]]:
    """Stage to points (plans, seconds)."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for one in figures:
        if one.get("cpu"):
            name = " ".join(filter(None, (one["stage"], one.get("engine"))))
            lines.setdefault(name, []).append((one["plans"], one["cpu"]))
    return {name: points for name, points in lines.items() if len(points) > 1}


def _plot(lines: dict[str, list[tuple[float, float]]]) -> str:
    if not lines:
        return "<p>One size alone gives no line.</p>"
    every = [point for points in lines.values() for point in points]
    x_low, x_high = (math.log10(pick(x for x, _ in every)) for pick in (min, max))
    y_low, y_high = math.floor(math.log10(min(y for _, y in every))), math.ceil(math.log10(max(y for _, y in every)))

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (math.log10(x) - x_low) / max(x_high - x_low, 1e-9) * (WIDTH - LEFT - RIGHT)
        up = HEIGHT - BOTTOM - (math.log10(y) - y_low) / max(y_high - y_low, 1) * (HEIGHT - BOTTOM - TOP)
        return round(across, 1), round(up, 1)

    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="CPU seconds against plans">']
    for power in range(y_low, y_high + 1):
        _, y = place(10**x_low, 10**power)
        parts.append(
            f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ddd"/><text x="4" y="{y + 4}">{10**power:g} s</text>'
        )
    for x in sorted({x for x, _ in every}):
        across, _ = place(x, 10**y_low)
        parts.append(f'<text x="{across - 10}" y="{HEIGHT - 15}">{x:g}</text>')
    ends = []
    for number, (name, points) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{x},{y}" for x, y in (place(*point) for point in sorted(points)))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        ends.append((place(*max(points))[1], name, colour))
    last = 0.0
    for y, name, colour in sorted(ends):
        last = max(y, last + 14)
        parts.append(f'<text x="{WIDTH - RIGHT + 6}" y="{last + 4}" fill="{colour}">{escape(name)}</text>')
    return "".join([*parts, "</svg>"])
