"""The icons: their sizes, and white on nothing for the outline, as Teams wants them."""

import re
import struct
import zlib

from tests.appPackage.test_manifest import MANIFEST
from tools import package

COLOR = (package.SOURCE / MANIFEST["icons"]["color"]).read_bytes()
OUTLINE = (package.SOURCE / MANIFEST["icons"]["outline"]).read_bytes()

CHANNELS = {2: 3, 6: 4}
"""By a PNG's colour type: RGB and RGBA."""


def pixels(data: bytes) -> list[tuple[int, ...]]:
    """Give the pixels of a PNG of 8 bits a channel, not interlaced, row by row."""
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    assert (depth, interlaced) == (8, 0)
    size = CHANNELS[kind]
    raw = zlib.decompress(b"".join(chunks(data)))
    stride = width * size
    before, found = bytearray(stride), bytearray()
    for start in range(0, height * (stride + 1), stride + 1):
        before = unfiltered(raw[start], raw[start + 1 : start + 1 + stride], before, size)
        found += before
    return [tuple(found[n : n + size]) for n in range(0, len(found), size)]


def chunks(data: bytes) -> list[bytes]:
    """Give the compressed parts of a PNG."""
    found, at = [], 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if name == b"IDAT":
            found.append(data[at + 8 : at + 8 + length])
        at += length + 12
    return found


def unfiltered(kind: int, line: bytes, above: bytearray, size: int) -> bytearray:
    """Undo one row's filter: https://www.w3.org/TR/png-3/#9Filters."""
    row = bytearray(line)
    for n in range(len(row)):
        left, corner = (row[n - size], above[n - size]) if n >= size else (0, 0)
        guess = (0, left, above[n], (left + above[n]) // 2, paeth(left, above[n], corner))[kind]
        row[n] = (row[n] + guess) % 256
    return row


def paeth(left: int, above: int, corner: int) -> int:
    """Give the neighbour that is nearest to left + above - corner."""
    wanted = left + above - corner
    return min((left, above, corner), key=lambda value: abs(value - wanted))


def test_the_color_icon_is_192_pixels_square() -> None:
    assert package.png_size(COLOR) == (192, 192)


def test_the_outline_icon_is_32_pixels_square() -> None:
    assert package.png_size(OUTLINE) == (32, 32)


def test_the_color_icon_fills_its_square_with_the_accent_color() -> None:
    shown = pixels(COLOR)
    accent = tuple(bytes.fromhex(MANIFEST["accentColor"].removeprefix("#")))
    corners = {shown[0][:3], shown[191][:3], shown[-192][:3], shown[-1][:3]}
    assert corners == {accent}
    assert all(pixel[3:] in {(), (255,)} for pixel in shown)


def test_the_mark_stays_in_the_middle_that_teams_never_cuts() -> None:
    shown = pixels(COLOR)
    marked = [divmod(n, 192) for n, pixel in enumerate(shown) if pixel != shown[0]]
    assert {36 <= row < 156 and 36 <= column < 156 for row, column in marked} == {True}


def test_the_outline_is_white_on_nothing() -> None:
    shown = pixels(OUTLINE)
    drawn = [pixel for pixel in shown if pixel[3]]
    assert {pixel[:3] for pixel in drawn} == {(255, 255, 255)}
    assert 0.1 < len(drawn) / len(shown) < 0.5


def test_every_icon_has_its_drawing_in_the_same_size() -> None:
    for icon, side in package.ICON_SIDES.items():
        drawing = (package.SOURCE / "icons" / f"{icon}.svg").read_text("utf-8")
        assert re.search(rf'width="{side}" height="{side}"', drawing)
