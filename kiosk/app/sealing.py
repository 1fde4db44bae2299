"""Seals a member's PIN to HQ's key before anything is written: HPKE (RFC 9180), base mode."""

import base64
from uuid import UUID

from kiosk.exceptions import ContentRefused
from kiosk.model.facts import SealedPin
from kiosk.model.rules import PinRule

PURPOSE = b"kiosk pin 1"
"""First part of HPKE's info; the record's id follows, so that a sealed PIN opens no other."""


def prepare() -> None:
    """Load what sealing needs: 10 MB and 50 ms that only kiosks where somebody redeems pay.

    Called while the member looks at the pad, so that nobody waits for it after the last digit.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    _encrypt("", X25519PrivateKey.generate().public_key().public_bytes_raw(), UUID(int=0))


def seal(pin: str, rule: PinRule, record_id: UUID) -> SealedPin:
    """The PIN as only HQ can read it.

    Args:
        pin: the digits as entered.
        rule: names HQ's key.
        record_id: of the redemption it belongs to.

    Raises:
        ContentRefused: HQ's key is one that nobody can seal to; the PIN is not written.
    """
    try:
        sealed = _encrypt(pin, base64.b64decode(rule.x25519), record_id)
    except ValueError as error:
        raise ContentRefused("programme.json: redeeming.pin.x25519: is no usable key") from error
    return SealedPin(key_id=rule.key_id, sealed=base64.b64encode(sealed).decode())


def _encrypt(pin: str, x25519: bytes, record_id: UUID) -> bytes:
    """The encapsulated key and the ciphertext."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    key = X25519PublicKey.from_public_bytes(x25519)
    return suite.encrypt(pin.encode("ascii"), key, info=PURPOSE + record_id.bytes)
