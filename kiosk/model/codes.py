"""The nine digits a kiosk gives out while HQ is away: five drawn, four that prove its fleet."""

import hashlib

DRAWN = 100_000
"""Five digits tell apart the codes of one store that wait for the counter at the same time."""

PROOF = 10_000
"""Four digits: a guessed code passes once in ten thousand tries at the counter."""


def offline_code(chance: bytes, store_id: str, fleet_salt: bytes) -> str:
    """The code of a reward that a kiosk of this store gives out by itself.

    Args:
        chance: random bytes, 8 at least; drawn anew for each code.
        store_id: where it can be collected.
        fleet_salt: what only the fleet's kiosks and HQ know.
    """
    drawn = f"{int.from_bytes(chance[:8], 'big') % DRAWN:05}"
    return drawn + _proof(drawn, store_id, fleet_salt)


def is_offline_code(code: str, store_id: str, fleet_salt: bytes) -> bool:
    """Whether a kiosk of this store can have given out these nine digits."""
    return (
        len(code) == 9 and code.isdecimal() and code[5:] == _proof(code[:5], store_id, fleet_salt)
    )


def _proof(drawn: str, store_id: str, fleet_salt: bytes) -> str:
    told = f"{store_id} {drawn}".encode()
    digest = hashlib.blake2b(told, digest_size=8, key=fleet_salt, person=b"kiosk off code").digest()
    return f"{int.from_bytes(digest, 'big') % PROOF:04}"
