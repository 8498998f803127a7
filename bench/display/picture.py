"""Small PNG files: margins cut, sixteen levels a channel, a palette."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 3)


def trim(pixels: Pixels, margin: int) -> Pixels:
    """Cut what is of the first pixel's colour all round, but for a margin.

    Raises:
        ValueError: if there is only one colour.
    """
    ink = (pixels != pixels[0, 0]).any(axis=2)
    if not ink.any():
        raise ValueError("the picture is blank")
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    framed = np.empty((cut.shape[0] + 2 * margin, cut.shape[1] + 2 * margin, 3), np.uint8)
    framed[:] = pixels[0, 0]
    framed[margin : margin + cut.shape[0], margin : margin + cut.shape[1]] = cut
    return framed


def encode(pixels: Pixels) -> bytes:
    """A PNG with a palette. Black text on white has sixteen greys then, which the eye can't tell from 256.

    Raises:
        ValueError: if more than 256 colours are left.
    """
    height, width, _ = pixels.shape
    sixteen = ((pixels.astype(np.uint16) + 8) // 17 * 17).astype(np.uint8)
    palette, index = np.unique(sixteen.reshape(-1, 3), axis=0, return_inverse=True)
    if len(palette) > 256:
        raise ValueError(f"{len(palette)} colours: a palette has 256")
    depth = 4 if len(palette) <= 16 else 8
    lines: NDArray[np.uint8] = index.reshape(height, width).astype(np.uint8)
    if depth == 4:  # two pixels a byte
        even = np.pad(lines, ((0, 0), (0, width % 2)))
        lines = (even[:, 0::2] << 4 | even[:, 1::2]).astype(np.uint8)
    unfiltered = np.pad(lines, ((0, 0), (1, 0)))  # each line begins with its filter: 0, none
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(name, data)
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 3, 0, 0, 0)),
            (b"PLTE", palette.tobytes()),
            (b"IDAT", zlib.compress(unfiltered.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG: length, name, data, checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
