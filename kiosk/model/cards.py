"""From a card's UID to the key of its directory row; says which UIDs identify nobody."""

import hashlib
from typing import NewType

CardKey = NewType("CardKey", bytes)
"""16 bytes that stand for a card in the directory and in records; never the UID itself."""

KEY_BYTES = 16
"""Length of a CardKey: 128 bits, so that a million cards never collide by chance."""

RANDOM_UID_PREFIX = 0x08
"""First byte of a 4-byte UID drawn anew at each activation (ISO/IEC 14443-3, 6.5.4)."""

IDENTIFYING_UID_BYTES = frozenset({7, 10})
"""UID sizes fixed by the chip's maker (ISO/IEC 14443-3 cascade levels 2 and 3).

Four-byte UIDs are either random or come from an exhausted, re-used range (NXP AN10927).
"""


APPLICANT = "applicant-"
"""Begins the name of somebody who is known by an unknown card alone."""


def applicant_id(key: CardKey) -> str:
    """Under what this kiosk remembers an application made with an unknown card.

    It is an Identifier like a member's id, and no member's: HQ gives no such ids.
    """
    return APPLICANT + key.hex()


def is_random(uid: bytes) -> bool:
    """Whether the chip draws this UID anew each time, as phones and many bank cards do."""
    return len(uid) == 4 and uid[0] == RANDOM_UID_PREFIX


def identifies(uid: bytes) -> bool:
    """Whether this UID can stand for one membership card."""
    return len(uid) in IDENTIFYING_UID_BYTES


def card_key(uid: bytes, fleet_salt: bytes) -> CardKey:
    """The directory key of the card with this UID.

    Args:
        uid: 7 or 10 bytes as the chip sends them (NFCID1).
        fleet_salt: 16 to 64 bytes that HQ gives to every kiosk of the fleet.
    """
    digest = hashlib.blake2b(uid, digest_size=KEY_BYTES, key=fleet_salt, person=b"kiosk card key")
    return CardKey(digest.digest())
