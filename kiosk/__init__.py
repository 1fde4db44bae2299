"""The store kiosk: a member taps a card and sees what is theirs today."""

__version__ = "0.1.0"
