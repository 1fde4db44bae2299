"""Pictures from HQ: only what a decoder may see."""

import struct

import pytest

from kiosk.store.pictures import MAX_EXTENT_PX, fault_of_picture
from tests.store.bundles import JPEG, PNG


def test_sound_pictures_pass() -> None:
    """A check that refuses good pictures leaves holes on the screen."""
    assert fault_of_picture(".png", PNG) == ""
    assert fault_of_picture(".jpg", JPEG) == ""


def _png(width: int, height: int) -> bytes:
    return PNG[:16] + struct.pack(">II", width, height) + PNG[24:]


@pytest.mark.parametrize(
    ("suffix", "content", "told"),
    [
        (".png", JPEG, "is not what its name says"),
        (".png", b"<svg/>", "is not what its name says"),
        (".png", b"", "is not what its name says"),
        (".png", PNG[:20], "is damaged"),
        (".jpg", JPEG[:12], "is damaged"),
        (".png", _png(MAX_EXTENT_PX + 1, 1), "is 4097 × 1 pixels"),
        (".png", _png(0, 5), "is 0 × 5 pixels"),
        (".jpg", JPEG.replace(struct.pack(">HH", 48, 64), b"\xff\xff\xff\xff"), "is 65535 × 65535"),
    ],
)
def test_what_a_decoder_must_not_see(suffix: str, content: bytes, told: str) -> None:
    """Decoders are where pictures turn into crashes, or into a stopped Pi."""
    assert fault_of_picture(suffix, content).startswith(told)
