"""Writing on glass: keys, candidates, clearing, and handing the text to the page below."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.session import joining, surveys
from kiosk.session.addresses import with_server
from kiosk.session.entry import (
    LONGEST_LETTERS,
    SPLIT,
    begins_capital,
    drawn,
    has_spaces,
    is_capital,
    is_key,
    is_ready,
    is_word,
    mode_of,
    modes_of,
    room,
    tidy,
)
from kiosk.session.feedback import with_words
from kiosk.session.moves import prolonged, show
from kiosk.session.states import (
    Complaint,
    Entry,
    Joining,
    Mode,
    Page,
    ProfileQuestion,
    Session,
    Step,
    Survey,
    Writing,
)
from kiosk.session.world import World

Change = Callable[[Writing, str, World], Writing | None]
"""What a touch makes of the page; None when it means nothing there."""


def handler(change: Change) -> Callable[[Session, str, World], Step]:
    """The touch of a key: its page anew, or nothing but the proof that somebody is there."""

    def touched(session: Session, value: str, world: World) -> Step:
        page = session.page
        changed = change(page, value, world) if isinstance(page, Writing) else None
        if changed is None:
            return Step(prolonged(session, world))
        return Step(show(session, changed, world))

    return touched


def type_key(page: Writing, value: str, world: World) -> Writing | None:
    """One character: a letter of pinyin waits for its candidate, anything else is text.

    A mark leaves letters before it as they are; the screen sends a candidate with the mark
    behind it where there is one.
    """
    mode = mode_of(page, pinyin=world.pinyin)
    if mode is Mode.PINYIN and _is_letter(value):
        full = len(page.letters) >= LONGEST_LETTERS or not room(page)
        lost = value == SPLIT and (not page.letters or page.letters.endswith(SPLIT))
        return None if full or lost else _fresh(replace(page, letters=page.letters + value))
    if not is_key(page, mode, value):
        return None
    char = value.upper() if is_capital(page.purpose) else value
    return _with_text(_as_typed(page) or page, char)


def space(page: Writing, _value: str, _world: World) -> Writing | None:
    """A space; letters that no candidate was found for stand as they are."""
    if page.letters:
        return _as_typed(page)
    wanted = has_spaces(page.purpose) and page.text and not page.text.endswith(" ")
    return _with_text(page, " ") if wanted else None


def candidate(page: Writing, value: str, _world: World) -> Writing | None:
    """A candidate takes the place of the letters it covers, told as `2:李` or `4:李娜`."""
    covers, _, word = value.partition(":")
    known = covers.isascii() and covers.isdecimal() and len(covers) <= 2 and is_word(word)
    if not known or not 0 < int(covers) <= len(page.letters):
        return None
    left = page.letters[int(covers) :].lstrip(SPLIT)
    taken = _with_text(page, word)
    return replace(taken, letters=left) if taken is not None else None


def erase(page: Writing, _value: str, _world: World) -> Writing | None:
    """Take the last letter back, or the last character."""
    if page.letters:
        return _fresh(replace(page, letters=page.letters[:-1]))
    kept = page.text[:-1]
    while kept and drawn(kept) == drawn(page.text):
        kept = kept[:-1]
    return _fresh(replace(page, text=kept)) if page.text else None


def clear(page: Writing, _value: str, _world: World) -> Writing | None:
    """Take everything away, once for all that stands there."""
    if not page.text and not page.letters:
        return None
    return replace(_fresh(replace(page, text="", letters="")), cleared=(page.text, page.letters))


def undo(page: Writing, _value: str, _world: World) -> Writing | None:
    """Bring back what was cleared, as long as nothing new was written."""
    text, letters = page.cleared
    return _fresh(replace(page, text=text, letters=letters)) if any(page.cleared) else None


def choose_mode(page: Writing, value: str, world: World) -> Writing | None:
    """Other keys; letters of pinyin that were left stand as they are."""
    # the order depends on the language, what there is does not
    offered = modes_of(page.purpose, world.language, pinyin=world.pinyin)
    if value not in {mode.value for mode in offered}:
        return None
    return replace(_as_typed(page) or page, mode=Mode(value))


def shift(page: Writing, _value: str, world: World) -> Writing | None:
    """A capital next, or not after all."""
    letters = mode_of(page, pinyin=world.pinyin) is Mode.LETTERS
    either = letters and not is_capital(page.purpose)
    return replace(page, shift=not page.shift) if either else None


def end_address(page: Writing, value: str, _world: World) -> Writing | None:
    """One of the usual ends of an e-mail address, for what is still to be typed of it."""
    whole = with_server(page.text, value) if page.purpose is Entry.EMAIL else None
    if whole is None or drawn(whole) > page.limit:
        return None
    return _fresh(replace(page, text=whole))


def choose_candidates(page: Writing, value: str, _world: World) -> Writing | None:
    """Whole words, or one character at a time."""
    if value not in ("whole", "single"):
        return None
    return replace(page, one_by_one=value == "single", sheet=0)


def use(session: Session, value: str, world: World) -> Step:
    """Hand the text to the page below; the value is a candidate that covers the last letters."""
    page = session.page
    if not isinstance(page, Writing) or not session.trail:
        return Step(prolonged(session, world))
    whole = candidate(page, value, world) if value else _as_typed(page) or page
    below = session.trail[-1]
    if whole is None or whole.letters or not is_ready(page.purpose, tidy(whole.text)):
        return Step(prolonged(session, world))
    if isinstance(below, Joining):
        return Step(joining.written(session, tidy(whole.text), world))
    told = handed(below, tidy(whole.text), world)
    return Step(show(replace(session, trail=session.trail[:-1]), told, world))


def handed(below: Page, text: str, world: World) -> Page:
    """The page below with what was written for it: each journey's own function."""
    match below:
        case Complaint():
            return with_words(below, text)
        case Survey() | ProfileQuestion():
            return surveys.written(below, text, world)
        case _:
            return below


def stands_below(below: Page) -> str:
    """What was written before for that page."""
    if isinstance(below, Joining):
        return joining.stands(below)
    if isinstance(below, Survey | ProfileQuestion):
        return surveys.stands(below)
    return below.words if isinstance(below, Complaint) else ""


def _is_letter(value: str) -> bool:
    return len(value) == 1 and (value == SPLIT or "a" <= value <= "z")


def _with_text(page: Writing, more: str) -> Writing | None:
    """The text with something behind it; None when it does not fit."""
    if drawn(more) > room(page):
        return None
    return _fresh(replace(page, text=page.text + more))


def _as_typed(page: Writing) -> Writing | None:
    """The letters as text, as many as fit; None when there are none."""
    if not page.letters:
        return None
    text = page.text + page.letters[: room(page)]
    return _fresh(replace(page, text=text, letters=""))


def _fresh(page: Writing) -> Writing:
    """After a change: the first candidates, and nothing to bring back."""
    return replace(page, sheet=0, shift=begins_capital(page), cleared=("", ""))
