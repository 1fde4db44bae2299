"""The input method of the keyboard: opens its index once somebody writes, and answers pages."""

import logging
from pathlib import Path

from kiosk.exceptions import PinyinUnusable
from kiosk.pinyin.candidates import Pages
from kiosk.pinyin.engine import Pinyin, Purpose
from kiosk.pinyin.index import Index
from kiosk.session.states import Entry, Writing

log = logging.getLogger(__name__)

Question = tuple[Purpose, bool, str, str]
"""What candidates depend on: the field's purpose, one by one or not, the letters, the text."""


class InputMethod:
    """Candidates for what is being typed. Used by the UI thread alone.

    Attributes:
        usable: whether Chinese can be typed; taken for granted until it was tried.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet: many kiosks are never written on between two starts.

        Args:
            path: of the index that `make pinyin` makes.
        """
        self.usable = True
        self._path = path
        self._index: Index | None = None
        self._answered: tuple[Question, Pages] | None = None

    def open(self) -> None:
        """Open the index, unless that was tried before; one that cannot be used is told once."""
        if self._index is not None or not self.usable:
            return
        try:
            self._index = Index.open(self._path)
        except PinyinUnusable as problem:
            self.usable = False
            log.error("Chinese cannot be typed here: %s", problem)

    def pages(self, page: Writing) -> Pages:
        """What the letters of the page may mean; nothing where no letters wait."""
        if not page.letters:
            self._answered = None  # nothing of what was typed is kept here
            return ()
        purpose = Purpose.NAME if page.purpose is Entry.NAME else Purpose.TEXT
        question = (purpose, page.one_by_one, page.letters, page.text)
        if self._answered is None or self._answered[0] != question:
            self._answered = question, self._asked(*question)
        return self._answered[1]

    def forget(self) -> None:
        """Nobody writes any more: nothing of what was typed stays."""
        self._answered = None

    def close(self) -> None:
        """Give the index back."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _asked(self, purpose: Purpose, single: bool, letters: str, taken: str) -> Pages:
        self.open()
        if self._index is None:
            return ()
        method = Pinyin(self._index, purpose)
        return (method.characters if single else method.candidates)(letters, taken)
