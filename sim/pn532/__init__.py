"""A virtual PN532: the reader chip behind a pseudo-terminal, with cards to lay on it."""

from sim.pn532.cards import BANK_UID, BankCard, Card, Ntag213, Ntag215, Phone
from sim.pn532.faults import Fault
from sim.pn532.reader import HOST_BAUD, VirtualReader

__all__ = [
    "BANK_UID",
    "HOST_BAUD",
    "BankCard",
    "Card",
    "Fault",
    "Ntag213",
    "Ntag215",
    "Phone",
    "VirtualReader",
]
