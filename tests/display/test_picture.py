"""Pictures keep what they show, and are small."""

import struct
import zlib

import numpy as np
import pytest

from bench.display.picture import Pixels, encode, trim

GREYS = np.arange(0, 256, 17)  # the sixteen levels of a channel


def decode(png: bytes) -> Pixels:
    """Read a PNG as its standard says, as far as `encode` uses it: a palette, 4 or 8 bits a pixel, no filter."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    parts, rest = {}, png[8:]
    while rest:
        size, name = struct.unpack(">I4s", rest[:8])
        data, (checksum,) = rest[8 : 8 + size], struct.unpack(">I", rest[8 + size : 12 + size])
        assert checksum == zlib.crc32(name + data)
        parts[name], rest = data, rest[12 + size :]
    assert list(parts) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    width, height, depth, kind = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert kind == 3
    palette = np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not lines[:, 0].any()
    bits = np.unpackbits(lines[:, 1:], axis=1)[:, : width * depth].reshape(height, width, depth)
    index = bits @ (1 << np.arange(depth)[::-1])
    return np.asarray(palette[index], np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 2), (7, 9)])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_picture_of_sixteen_levels_is_encoded_without_loss(size: tuple[int, int], channels: int) -> None:
    levels = np.random.default_rng(0).choice(GREYS, (*size, channels))
    pixels = np.broadcast_to(levels, (*size, 3)).astype(np.uint8)
    assert np.array_equal(decode(encode(pixels)), pixels)


def test_no_channel_moves_by_more_than_half_a_level() -> None:
    pixels = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(1, 256, 3)
    assert np.abs(decode(encode(pixels)).astype(int) - pixels).max() == 8


def test_more_colours_than_a_palette_has_are_refused() -> None:
    colours = np.stack(np.meshgrid(GREYS, GREYS, GREYS[:2]), axis=-1).reshape(1, -1, 3).astype(np.uint8)
    with pytest.raises(ValueError, match="512 colours: a palette has 256"):
        encode(colours)


def test_trimming_leaves_the_ink_and_a_margin() -> None:
    pixels = np.full((20, 30, 3), 255, np.uint8)
    pixels[7:9, 11:16] = 0
    trimmed = trim(pixels, 3)
    assert trimmed.shape == (2 + 6, 5 + 6, 3)
    assert (trimmed[3:5, 3:8] == 0).all()
    assert (trimmed == 0).sum() == (pixels == 0).sum()


def test_a_blank_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="the picture is blank"):
        trim(np.full((4, 4, 3), 255, np.uint8), 1)
