"""The pictures that come with the product: where they lie, and which names content may use."""

from pathlib import Path

ART_DIR = Path(__file__).resolve().parents[1] / "images" / "art"
"""The folder of all our own pictures."""

REWARDS = "rewards"
"""The sub-folder of pictures that HQ's documents may name."""

ICONS = "icons"
"""The sub-folder of icons; HQ's documents may name them, and cannot bring their own."""


def built_in_pictures() -> frozenset[str]:
    """Names that HQ's documents may use without bringing the picture along."""
    return frozenset(path.stem for path in (ART_DIR / REWARDS).glob("*.svg"))


def built_in_icons() -> frozenset[str]:
    """Names of icons that HQ's documents may use."""
    return frozenset(path.stem for path in (ART_DIR / ICONS).glob("*.svg"))
