#!/usr/bin/env python3
"""Renders every icon from the two drawings in this folder.

Needs rsvg-convert (Debian: librsvg2-bin). Up to 48 pixels icon-small.svg is used, whose strands are thicker; above
that icon.svg. The .ico and .icns containers hold the PNG files as they are. Same drawings, same bytes.
"""

import struct
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
SIZES = {
    "16x16.png": 16,
    "32x32.png": 32,
    "48x48.png": 48,
    "64x64.png": 64,
    "128x128.png": 128,
    "128x128@2x.png": 256,
    "256x256.png": 256,
    "512x512.png": 512,
    "1024x1024.png": 1024,
    "icon.png": 512,
}
ICO = [16, 32, 48, 64, 256]
ICNS = {"icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024}


def render(edge: int) -> bytes:
    drawing = HERE / ("icon-small.svg" if edge <= 48 else "icon.svg")
    command = ["rsvg-convert", "--width", str(edge), "--height", str(edge), "--format", "png", str(drawing)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def ico(images: dict[int, bytes]) -> bytes:
    head = struct.pack("<HHH", 0, 1, len(ICO))
    offset = len(head) + 16 * len(ICO)
    body = b""
    for edge in ICO:
        data = images[edge]
        head += struct.pack("<BBBBHHII", edge % 256, edge % 256, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + body


def icns(images: dict[int, bytes]) -> bytes:
    body = b"".join(name.encode() + struct.pack(">I", len(images[edge]) + 8) + images[edge] for name, edge in ICNS.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main() -> None:
    images = {edge: render(edge) for edge in {*SIZES.values(), *ICO, *ICNS.values()}}
    for name, edge in SIZES.items():
        (HERE / name).write_bytes(images[edge])
    (HERE / "icon.ico").write_bytes(ico(images))
    (HERE / "icon.icns").write_bytes(icns(images))


if __name__ == "__main__":
    main()
