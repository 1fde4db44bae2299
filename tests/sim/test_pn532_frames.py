"""The chip's frames: whole ones are read whatever way they arrive, broken ones are passed over."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.pn532.frames import (
    ACK,
    FROM_CHIP,
    FROM_HOST,
    NAK,
    SYNTAX_ERROR,
    Command,
    Decoder,
    Signal,
    information,
)

COMMANDS = st.builds(Command, st.integers(0, 255), st.binary(max_size=263))


def sent(command: Command) -> bytes:
    """The command as a host sends it."""
    return information(FROM_HOST, bytes([command.code]) + command.params)


def test_known_frames_are_those_of_the_manual() -> None:
    """A wrong byte in a length or a checksum, and no host understands the chip."""
    assert information(FROM_HOST, b"\x02").hex() == "0000ff02fed4022a00"
    assert information(FROM_CHIP, b"\x15").hex() == "0000ff02fed5151600"
    assert SYNTAX_ERROR == b"\x00\x00\xff\x01\xff\x7f\x81\x00"
    long = information(FROM_HOST, bytes(262))
    assert long[:8].hex() == "0000ffffff0107f8"
    assert len(long) == 3 + 5 + 263 + 2


@given(st.lists(COMMANDS, max_size=4), st.lists(st.integers(1, 9)))
def test_commands_are_read_in_whatever_pieces_they_come(
    commands: list[Command], sizes: list[int]
) -> None:
    """A pty delivers bytes in pieces; a lost piece would be a deaf chip."""
    stream = b"".join(bytes(10) + sent(command) for command in commands)
    decoder, frames = Decoder(), []
    for size in sizes:
        frames += decoder.feed(stream[:size])
        stream = stream[size:]
    frames += decoder.feed(stream)
    assert frames == commands


def test_ack_and_nak_are_told_apart_from_long_frames() -> None:
    """An extended frame begins like a NAK; mistaken, nfcpy's line test fails at opening."""
    decoder = Decoder()
    command = Command(0x00, bytes(262))
    assert decoder.feed(ACK + NAK + sent(command) + ACK) == [
        Signal.ACK,
        Signal.NAK,
        command,
        Signal.ACK,
    ]


@given(COMMANDS, st.randoms(use_true_random=False))
def test_one_changed_byte_is_no_command(command: Command, chance: random.Random) -> None:
    """A chip that obeys a garbled command does something nobody asked for."""
    frame = bytearray(sent(command))
    at = chance.randrange(3, len(frame) - 1)
    frame[at] ^= chance.randrange(1, 256)
    assert command not in Decoder().feed(bytes(frame))


@given(st.binary(max_size=200))
def test_noise_does_not_deafen_the_chip(noise: bytes) -> None:
    """After noise on the line a command would never get through again."""
    decoder = Decoder()
    decoder.feed(noise)
    decoder.feed(bytes(300))  # ends whatever frame the noise seemed to begin
    command = Command(0x02, b"")
    assert decoder.feed(ACK + sent(command))[-1] == command


@pytest.mark.parametrize("frame", ["0000ff02fed5022900", "0000ff01ffd42c00"])
def test_frames_that_are_no_commands_are_broken(frame: str) -> None:
    """A frame from another chip, or without a command code, is not to be obeyed."""
    assert Decoder().feed(bytes.fromhex(frame)) == [Signal.BROKEN]
