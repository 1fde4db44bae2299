"""The tray: every card that can be laid, how it looks, and why it is interesting."""

from dataclasses import dataclass

from kiosk.model.cards import card_key
from sim.hq.demo import Fleet, TrayCard, fleet, tray_applicant, tray_cards
from sim.pn532 import BANK_UID, BankCard, Card, Ntag215, Phone

TIERS = frozenset({"standard", "silver", "gold"})
"""Tiers whose cards have a look of their own; any other looks plain."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class TrayEntry:
    """One card on the tray.

    Attributes:
        name: for addresses; ASCII.
        title: what is written on it.
        note: why one would lay it.
        look: standard, silver, gold, plain, blank, phone or bank.
        status: active, lost, blocked or replaced; empty where HQ knows no such card.
        card_key: as records carry it, hex; empty where a UID identifies nobody.
        card: what the reader meets.
    """

    name: str
    title: Words
    note: Words
    look: str
    status: str
    card_key: str
    card: Card


class Tray:
    """The demo's cards, a phone and a bank card, in the order they are shown."""

    def __init__(self) -> None:
        salt = _salt(fleet())
        cards = (_member_card(card, salt) for card in tray_cards())
        self.entries = (*cards, _applicant_card(salt), _phone(), _bank())
        self._by_name = {entry.name: entry for entry in self.entries}
        self._by_key = {entry.card_key: entry for entry in self.entries if entry.card_key}

    def named(self, name: str) -> TrayEntry | None:
        """The entry of this name, if there is one."""
        return self._by_name.get(name)

    def holder(self, card_key_hex: str) -> str:
        """The name on the card with this key; empty when it is not on the tray."""
        entry = self._by_key.get(card_key_hex)
        return entry.title.zh if entry else ""


def _salt(demo: Fleet) -> bytes:
    return bytes.fromhex(demo.fleet_salt)


def _member_card(demo: TrayCard, salt: bytes) -> TrayEntry:
    uid, member = bytes.fromhex(demo.uid), demo.member
    tier = member.tier if member and member.tier in TIERS else "plain"
    return TrayEntry(
        name=demo.uid,
        title=Words(demo.name, _latin(demo)),
        note=Words(demo.note_zh, demo.note_en),
        look=tier if member else "blank",
        status=member.card_status.value if member else "",
        card_key=card_key(uid, salt).hex(),
        card=Ntag215(uid),
    )


def _latin(demo: TrayCard) -> str:
    """The name on the card as the English page writes it."""
    return demo.name if demo.member else "Unknown"


def _applicant_card(salt: bytes) -> TrayEntry:
    one = tray_applicant()
    uid = bytes.fromhex(one.uid)
    note, key = Words(one.note_zh, one.note_en), card_key(uid, salt).hex()
    return TrayEntry(one.uid, Words(one.name, one.name), note, "blank", "", key, Ntag215(uid))


def _phone() -> TrayEntry:
    note = Words("每次感应号码都不同", "Draws a new number at each tap")
    return TrayEntry("phone", Words("手机", "Phone"), note, "phone", "", "", Phone())


def _bank() -> TrayEntry:
    note = Words("四字节卡号，不能识别会员", "A 4-byte number that names nobody")
    return TrayEntry("bank", Words("银行卡", "Bank card"), note, "bank", "", "", BankCard(BANK_UID))
