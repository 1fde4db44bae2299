"""A PIN leaves the glass only sealed: HQ opens it, for its own record, and nobody else."""

import base64
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.app import sealing
from kiosk.exceptions import ContentRefused
from kiosk.model.rules import PinRule
from sim.hq.pins import FIRST_KEY, Keyring

RECORD = UUID(int=5)


def rule(x25519: str) -> PinRule:
    """Four digits, sealed to this key."""
    return PinRule(digits=4, tries=5, key_id=FIRST_KEY, x25519=x25519)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    """HQ's keys."""
    return Keyring(tmp_path / "keys.json")


def test_hq_opens_what_the_kiosk_seals(keyring: Keyring) -> None:
    """Every PIN would be wrong at HQ, and after five of them every member blocked."""
    sealing.prepare()
    sealed = sealing.seal("0427", rule(keyring.public(FIRST_KEY)), RECORD)
    assert keyring.open(sealed, RECORD) == "0427"


def test_a_sealed_pin_opens_no_other_record(keyring: Keyring) -> None:
    """Who copies it from a stolen queue could redeem with it again."""
    sealed = sealing.seal("0427", rule(keyring.public(FIRST_KEY)), RECORD)
    assert keyring.open(sealed, UUID(int=6)) is None


def test_the_same_pin_looks_different_each_time(keyring: Keyring) -> None:
    """Ten thousand sealings would tell every PIN of the queue."""
    first, second = (
        sealing.seal("0427", rule(keyring.public(FIRST_KEY)), RECORD) for _ in range(2)
    )
    assert first.sealed != second.sealed


def test_a_key_nobody_can_seal_to_is_hq_s_mistake() -> None:
    """The point of order one gives the same secret to everybody (RFC 7748, 6.1)."""
    with pytest.raises(ContentRefused, match="x25519"):
        sealing.seal("0427", rule(base64.b64encode(bytes(32)).decode()), RECORD)


def test_nothing_is_loaded_before_somebody_redeems() -> None:
    """Ten megabytes on every kiosk, also where nobody ever redeems."""
    code = "import sys, kiosk.app.compose; assert 'cryptography' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
