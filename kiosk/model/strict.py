"""How the vocabulary's models behave: unchangeable, exact, and made ready when first needed."""

from pydantic import ConfigDict

STRICT = ConfigDict(frozen=True, extra="forbid", defer_build=True)
"""No model is made ready before it checks something: many only stand inside others, and a kiosk
never makes some. It saves 2 MB when all is loaded, and half a megabyte on a member's page."""

TOLERANT = ConfigDict(frozen=True, extra="ignore", defer_build=True)
"""The same for HQ's answers and its rows of members: a newer HQ may say more than this kiosk knows,
and until the whole fleet is renewed, no member must be refused for that."""
