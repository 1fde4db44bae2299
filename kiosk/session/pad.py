"""Where the digits lie on the PIN pad."""

from kiosk.session.world import PinPad, World


def pad(world: World) -> tuple[int, ...]:
    """The digits as they lie on the keys; shuffled, each order is as likely as any other."""
    digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
    if world.pin_pad is PinPad.PLAIN:
        return tuple(digits)
    chance = int.from_bytes(world.chance[10:], "big")
    for last in range(9, 0, -1):
        chance, other = divmod(chance, last + 1)
        digits[last], digits[other] = digits[other], digits[last]
    return tuple(digits)
