"""The PIN: dots that fill, a pad of large keys, and what it is for."""

from kiosk.screens.furniture import back_button, bottom_bar, card, done_button, page
from kiosk.screens.redeeming import price_line, reward_row
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import PinEntry
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

KEY_GAP_MM = 5
"""Paper between two keys; 2 mm at least (design language, measures)."""

KEY_MM = 40
"""Height of a key standing; lying they share the room there is."""

PAD_MM = 190
"""Width of the pad: the fingers stay under the hand that shields them."""

DOT_MM, DOT_GAP_MM = 13, 10


def pin_entry(sight: Sight, on_page: PinEntry) -> Scene:
    """The whole page."""
    bottom = bottom_bar(back_button(sight), Gap(grow=1), done_button(sight))
    if sight.view.portrait:
        pad = Row(items=(_pad(sight, on_page, KEY_MM),), justify=Justify.CENTRE)
        middle = (
            _title(sight, Align.CENTRE),
            _what_for(sight, on_page),
            Gap(grow=1),
            Column(items=(_dots(sight, on_page), _below_dots(sight, on_page)), gap=GAP_MM * 3),
            Gap(grow=1),
            pad,
        )
        return page(sight, "pin-entry", middle, bottom)
    left = Column(
        items=(
            _title(sight, Align.START),
            _what_for(sight, on_page),
            _below_dots(sight, on_page),
        ),
        gap=GAP_MM * 3,
        grow=1,
    )
    right = Column(
        items=(_dots(sight, on_page), _pad(sight, on_page, None)), gap=GAP_MM * 2, width=PAD_MM
    )
    both = Row(items=(left, right), gap=GAP_MM * 5, align=Align.STRETCH, grow=1)
    return page(sight, "pin-entry", (both,), bottom)


def _title(sight: Sight, align: Align) -> Node:
    words = sight.words
    title = words.say("pin.title", n=_digits(sight))
    return Column(
        items=(
            text(title, Style.HERO, align=align, shrink_to=0.5),
            text(words.say("pin.line"), Style.BODY, Colour.INK_2, align=align, max_lines=2),
        ),
        gap=2.5,
    )


def _digits(sight: Sight) -> int:
    return sight.content.programme.redeeming.pin.digits


def _what_for(sight: Sight, on_page: PinEntry) -> Node:
    reward = sight.content.reward(on_page.reward_id)
    line = price_line(sight, reward) if reward is not None else ""
    return card(reward_row(sight, reward, line, edge=24), padding=Insets(4, 4, 7, 4))


# -- dots ----------------------------------------------------------------------------------


def _dots(sight: Sight, on_page: PinEntry) -> Node:
    """How many digits are there; never which."""
    filled = len(on_page.entered)
    dots = tuple(_dot(filled=at < filled) for at in range(_digits(sight)))
    return Row(items=dots, gap=DOT_GAP_MM, justify=Justify.CENTRE, height=DOT_MM)


def _dot(*, filled: bool) -> Node:
    return Box(
        child=Gap(),
        fill=Fill.PINE if filled else Fill.LINEN,
        edge=None if filled else Colour.EDGE_PINE,
        radius=DOT_MM / 2,
        width=DOT_MM,
        height=DOT_MM,
    )


def _below_dots(sight: Sight, on_page: PinEntry) -> Node:
    """What was wrong, if something was; and the hand against onlookers."""
    shield = _line(sight, "eye-off", sight.words.say("pin.shield"), Colour.INK_2)
    if on_page.tries_left is None:
        return shield
    wrong = sight.words.count("pin.wrong", on_page.tries_left)
    return Column(items=(_wrong(wrong), shield), gap=GAP_MM * 1.5)


def _wrong(words: str) -> Node:
    inside = Row(
        items=(
            Icon(name="care", size=9, colour=Colour.CARE_INK),
            text(words, Style.STRONG, Colour.CARE_INK, max_lines=2, shrink_to=0.8),
        ),
        gap=4,
        justify=Justify.CENTRE,
    )
    return Box(child=inside, fill=Fill.CARE_SOFT, radius=7, padding=Insets.xy(6, 4))


def _line(sight: Sight, icon: str, words: str, colour: Colour) -> Node:
    portrait = sight.view.portrait
    return Row(
        items=(Icon(name=icon, size=8.5, colour=colour), text(words, Style.BODY, colour)),
        gap=3.5,
        justify=Justify.CENTRE if portrait else Justify.START,
    )


# -- keys ----------------------------------------------------------------------------------


def _pad(sight: Sight, on_page: PinEntry, key_mm: float | None) -> Node:
    """Three rows of three, then the last digit between the way to the counter and erasing."""
    words, pad = sight.words, on_page.pad
    rows = [tuple(_digit(digit) for digit in pad[at : at + 3]) for at in (0, 3, 6)]
    forgot = _word_key("forgot", "help", words.say("pin.forgot"))
    erase = _word_key("erase", "backspace", words.say("pin.erase"))
    rows.append((forgot, _digit(pad[9]), erase))
    return Column(
        items=tuple(_row(row, key_mm) for row in rows),
        gap=KEY_GAP_MM,
        width=PAD_MM,
        grow=0 if key_mm else 1,
    )


def _row(keys: tuple[Button, ...], height: float | None) -> Node:
    grow = 0 if height else 1
    return Row(items=keys, gap=KEY_GAP_MM, align=Align.STRETCH, height=height, grow=grow)


def _digit(digit: int) -> Button:
    figure = text(str(digit), Style.HEADLINE, Colour.PINE, align=Align.CENTRE)
    return Button(key="digit", value=str(digit), says=str(digit), child=figure, width=_KEY_WIDTH_MM)


def _word_key(key: str, icon: str, words: str) -> Button:
    inside = Column(
        items=(
            Row(items=(Icon(name=icon, size=9, colour=Colour.INK_2),), justify=Justify.CENTRE),
            text(words, Style.CAPTION_STRONG, align=Align.CENTRE, shrink_to=0.8),
        ),
        gap=1,
    )
    return Button(
        key=key,
        says=words,
        look=Look.QUIET,
        child=inside,
        width=_KEY_WIDTH_MM,
        padding=Insets.xy(2, 1),
    )


_KEY_WIDTH_MM = (PAD_MM - 2 * KEY_GAP_MM) / 3
