"""The one-time link to a form at HQ: its secret, and what a record may say of it."""

import hashlib

SECRET_BYTES = 16
"""128 bits: nobody guesses one of them in ten minutes, nor in a lifetime."""

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u, which are read as something else (Crockford)."""

SECRET_LETTERS = 26
"""128 bits in letters of five."""


def secret_from(chance: bytes) -> str:
    """The secret as it stands in the link.

    Args:
        chance: 16 bytes that nobody else knows.
    """
    if len(chance) != SECRET_BYTES:
        raise ValueError(f"a secret takes {SECRET_BYTES} random bytes, not {len(chance)}")
    number = int.from_bytes(chance, "big")
    places = range(SECRET_LETTERS - 1, -1, -1)
    return "".join(_LETTERS[number >> 5 * place & 31] for place in places)


def fingerprint(secret: str) -> str:
    """What a record says of the secret: whoever reads it cannot open the form.

    A plain hash is enough: there are too many secrets to try them.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def link(form_url: str, secret: str) -> str:
    """Where the form opens."""
    return f"{form_url.rstrip('/')}/{secret}"
