"""Two bar charts as SVG, written by hand: no library is worth having for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from benchmarks.requests.promises import Row
from benchmarks.requests.results import Spread

WIDTH, LEFT, RIGHT, LINE, TOP = 900, 400, 20, 30, 40
BAR = 16
INK, GREY = "#1f2937", "#9ca3af"
OURS, OTHERS, MUST, AIM = "#93c5fd", "#cbd5e1", "#dc2626", "#16a34a"


def text(x: float, y: float, words: str, anchor: str = "start", color: str = INK) -> str:
    """Return words at a place."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}"'
    return f"<text {place}>{escape(words)}</text>"


def bar(x: float, y: float, width: float, color: str) -> str:
    """Return a bar."""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{BAR}"'
    return f'<rect {place} fill="{color}"/>'


def line(points: tuple[float, float, float, float], color: str, width: float = 1.5) -> str:
    """Return a line from one point to another."""
    ends = 'x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"'.format(*points)
    return f'<line {ends} stroke="{color}" stroke-width="{width}"/>'


def picture(title: str, height: float, parts: Sequence[str]) -> str:
    """Return a whole file."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
    )
    shown = text(10, 24, title)
    return "\n".join([head, shown, *parts, "</svg>\n"])


def spread_bar(y: float, measured: Spread, scale: float, color: str, shown: str) -> list[str]:
    """Return a bar as long as the median, with the slowest and the fastest round over it."""
    low, high = LEFT + measured.lowest * scale, LEFT + measured.highest * scale
    middle = y + BAR / 2
    ends = [line((x, middle - 4, x, middle + 4), INK) for x in (low, high)]
    return [
        bar(LEFT, y, measured.middle * scale, color),
        line((low, middle, high, middle), INK),
        *ends,
        text(LEFT + 6, y + 13, shown),
    ]


def rates(measured: Mapping[str, Spread]) -> str:
    """Return requests a second of each contestant."""
    longest = max(each.highest for each in measured.values())
    scale = (WIDTH - LEFT - RIGHT) / longest
    parts = []
    for row, (name, each) in enumerate(measured.items()):
        y = TOP + LINE * row
        color = OURS if name.startswith("ours") else OTHERS
        parts += [text(LEFT - 8, y + 13, name, "end")]
        parts += spread_bar(y, each, scale, color, f"{each.middle:,.0f}")
    height = TOP + LINE * len(measured) + 10
    return picture("Requests a second, with the slowest and the fastest round", height, parts)


def targets(judged: Sequence[Row]) -> str:
    """Return each ratio as a share of its aim, with the bound that must be reached."""
    longest = max([1.0, *(row.measured.highest / (row.aim or 1) for row in judged)])
    scale = (WIDTH - LEFT - RIGHT) / longest
    parts = []
    for number, row in enumerate(judged):
        y, aim = TOP + LINE * number, row.aim or 1
        shares = (row.measured.middle, row.measured.lowest, row.measured.highest)
        each = Spread(*(share / aim for share in shares))
        must = LEFT + (row.must or 0) / aim * scale
        parts += [text(LEFT - 8, y + 13, row.what.replace("`", ""), "end")]
        parts += spread_bar(y, each, scale, OURS, f"{row.measured.middle:.2f}")
        parts += [line((must, y - 4, must, y + BAR + 4), MUST, 2.5)]
    end = TOP + LINE * len(judged)
    parts += [line((LEFT + scale, TOP - 8, LEFT + scale, end), AIM, 2.5)]
    return picture("Beside the targets: red must be reached, green is the aim", end + 10, parts)
