"""Lines through measured points as an SVG that follows the reader's light or dark scheme."""

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 340, 240, 56, 16, 34, 40
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .title { font-weight: 600 }
  .axis, .grid { stroke: #ccc; stroke-width: 1 }
  .fit { stroke: #888; stroke-width: 1.5; stroke-dasharray: 4 3 }
  .point { fill: #2563eb }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd } .axis, .grid { stroke: #444 } .fit { stroke: #999 } .point { fill: #7aa7ff }
  }
"""


def fit(xs, ys):
    """Least squares: (intercept, slope, R²)."""
    n = len(xs)
    x, y = sum(xs) / n, sum(ys) / n
    sxx = sum((it - x) ** 2 for it in xs)
    sxy = sum((a - x) * (b - y) for a, b in zip(xs, ys))
    slope = sxy / sxx
    rest = sum((b - y - slope * (a - x)) ** 2 for a, b in zip(xs, ys))
    total = sum((it - y) ** 2 for it in ys)
    return y - slope * x, slope, 1 - rest / total if total else 1.0


def ticks(most):
    """Round numbers from zero to at least `most`, at most seven of them."""
    steps = (digit * 10.0**power for power in range(-3, 7) for digit in (1, 2, 5))
    step = next(step for step in steps if most / step <= 6)
    return [step * i for i in range(int(-(-most // step)) + 1)]


def panel(title, xs, ys, at):
    intercept, slope, _ = fit(xs, ys)
    across, up = ticks(max(xs)), ticks(max(ys))
    px = lambda x: at + LEFT + (WIDTH - LEFT - RIGHT) * x / across[-1]
    py = lambda y: HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / up[-1]
    parts = [f'<text class="title" x="{at + LEFT}" y="18">{title}</text>']
    for y in up:
        parts.append(f'<line class="grid" x1="{px(0)}" x2="{px(across[-1]):.1f}" y1="{py(y):.1f}" y2="{py(y):.1f}"/>')
        parts.append(f'<text x="{px(0) - 6}" y="{py(y) + 4:.1f}" text-anchor="end">{y:g}</text>')
    for x in across:
        parts.append(f'<text x="{px(x):.1f}" y="{HEIGHT - 20}" text-anchor="middle">{x:g}</text>')
    parts.append(f'<text x="{px(across[-1] / 2):.1f}" y="{HEIGHT - 4}" text-anchor="middle">GB of CSV</text>')
    ends = [(0, intercept), (max(xs), intercept + slope * max(xs))]
    line = " ".join(f"{px(x):.1f},{py(max(0, y)):.1f}" for x, y in ends)
    parts.append(f'<polyline class="fit" fill="none" points="{line}"/>')
    parts += [f'<circle class="point" r="4" cx="{px(x):.1f}" cy="{py(y):.1f}"/>' for x, y in zip(xs, ys)]
    return parts


def svg(panels, description):
    """Panels (title, xs, ys) side by side."""
    parts = [part for i, it in enumerate(panels) for part in panel(*it, i * WIDTH)]
    size = f'viewBox="0 0 {WIDTH * len(panels)} {HEIGHT}" width="{WIDTH * len(panels)}" height="{HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{description}">'
    return "\n".join([head, f"<style>{STYLE}</style>", *parts, "</svg>"]) + "\n"
