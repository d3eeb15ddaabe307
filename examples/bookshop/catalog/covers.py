"""Covers drawn for the demonstration's books: an SVG with the title on two colours."""

import textwrap
from hashlib import sha256
from html import escape

PALETTE = [
    ("#1f3a5f", "#f2c14e"),
    ("#5b2a3c", "#f4d9c6"),
    ("#24483e", "#e9c46a"),
    ("#3d2c5a", "#f6bd60"),
    ("#7a3b1d", "#f7ede2"),
    ("#17414f", "#ff9f6b"),
]


def draw(title, author):
    """The bytes of an SVG picture, 240 by 360, the same for the same title."""
    seed = sha256(title.encode()).digest()
    ground, ink = PALETTE[seed[0] % len(PALETTE)]
    lines = textwrap.wrap(title, 14)
    rows = "".join(f'<tspan x="24" dy="30">{escape(line)}</tspan>' for line in lines)
    shapes = "".join(
        f'<circle cx="{20 + seed[n] * 0.8:.0f}" cy="{190 + seed[n + 1] * 0.4:.0f}" r="{16 + seed[n + 2] % 50}" '
        f'fill="{ink}" opacity="0.{1 + seed[n] % 3}"/>'
        for n in range(1, 13, 3)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 360" font-family="Georgia, serif">'
        f'<rect width="240" height="360" fill="{ground}"/>{shapes}'
        f'<rect x="12" y="12" width="216" height="336" fill="none" stroke="{ink}" stroke-width="1.5"/>'
        f'<text x="24" y="34" fill="{ink}" font-size="25" font-weight="bold">{rows}</text>'
        f'<text x="24" y="330" fill="{ink}" font-size="15">{escape(author)}</text></svg>'
    ).encode()
