"""The body of a question: what is touched to answer it, for every kind of question there is.

Whoever shows questions puts this below (or beside) the title; see kiosk.session.answering for
what the keys do: `answer`, `wheel`, `write-answer`, `sheet`.
"""

from kiosk.screens.asked import Room, note, run_of, said, text_mm, title_words
from kiosk.screens.choice_list import Offered, Ticks, choices, pictures
from kiosk.screens.faces import moods
from kiosk.screens.furniture import card, chevron
from kiosk.screens.scales import is_scale, scale
from kiosk.screens.view import GAP_MM, Sight
from kiosk.screens.wheels import told as told_day
from kiosk.screens.wheels import wheels
from kiosk.screens.yes_no import yes_or_no
from kiosk.session.answering import is_answered, standing
from kiosk.session.states import Asking
from kiosk.session.stops import Text, all_stops, stops, texts_beside
from kiosk.survey.expressions.compare import FIGURE, same
from kiosk.survey.expressions.values import UNDEFINED, Value, from_json
from kiosk.survey.parts import Words
from kiosk.survey.questions import (
    BooleanQuestion,
    ChoosingQuestion,
    CommentQuestion,
    ExpressionQuestion,
    HtmlElement,
    PictureQuestion,
    RatingQuestion,
    TextQuestion,
)
from kiosk.survey.run import Run
from kiosk.survey.scope import choice_words, choices_of, has_several
from kiosk.ui.nodes import Align, Box, Button, Column, Icon, Insets, Justify, Look, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Shadow, Style

NOTE_MM, _BIG_NOTE_MM = 18.5, 32.0
"""Height that the line below the answer takes, where there is one: of two lines in large type."""

FIELD_MM, WORDS_MM = 30.0, 40.0
"""Least height of the way to the keyboard: of one line, and of several."""

_MOST_FIELD_MM, _MOST_WORDS_MM, _FIELD_SHARE = 46.0, 96.0, 0.45
"""It takes so much of the room there is, and no more than this."""

_QUIET_LINES = 3
_TAKE_AWAY_MM = 46.0


def body(sight: Sight, asking: Asking, room: Room) -> Node:
    """Texts of the page that belong to the question, its answers, and what is wrong with one."""
    below = note(sight, asking)
    lines = texts(sight, asking)
    noted = (_BIG_NOTE_MM if sight.session.big_text else NOTE_MM) + GAP_MM
    left = room.height - (noted if below is not None else 0)
    left -= sum(quiet_mm(sight, words, room.width) for words in lines)
    quiet = tuple(_quiet(words) for words in lines)
    parts = (*quiet, *_answers(sight, asking, Room(room.width, left)))
    return Column(items=(*parts, below) if below is not None else parts, gap=GAP_MM * 1.6)


def texts(sight: Sight, asking: Asking) -> tuple[str, ...]:
    """Words and figures of the author's; those of the page before its first question."""
    run = run_of(sight, asking)
    lines: list[str] = []
    if stops(run, run.layout.page_of[asking.question])[:1] == (asking.question,):
        lines += _of_page(sight, asking)
    for one in texts_beside(run, asking.question):
        lines += told(sight, asking, one)
    return tuple(filter(None, lines))


def _of_page(sight: Sight, asking: Asking) -> list[str]:
    run, survey = asking.run, asking.document.survey
    page = run.layout.pages[run.layout.page_of[asking.question]]
    words = [page.title, page.description]
    if all_stops(run)[:1] == (asking.question,) and not asking.alone:
        words.insert(0, survey.description)
    shown = [said(sight, asking, one) for one in words]
    return [one for one in shown if one != title_words(sight, asking)]


def told(sight: Sight, asking: Asking, element: Text) -> list[str]:
    """What an author's text says; a figure beside its name."""
    lines = [said(sight, asking, element.title), said(sight, asking, element.description)]
    if isinstance(element, HtmlElement):
        lines.append(said(sight, asking, element.html))
    if isinstance(element, ExpressionQuestion):
        run = run_of(sight, asking)
        figure = run.scope().words(element.name, run.shown.get(element.name, UNDEFINED))
        lines = [f"{lines[0]} {figure}".strip(), lines[1]] if figure else []
    return lines


def _quiet(words: str) -> Node:
    return text(words, Style.BODY, Colour.INK_2, max_lines=_QUIET_LINES, shrink_to=0.7)


def quiet_mm(sight: Sight, words: str, width: float) -> float:
    """About how high such a text is, with the gap below it."""
    return text_mm(sight, words, Style.BODY, width, _QUIET_LINES) + GAP_MM * 1.6


def _answers(sight: Sight, asking: Asking, room: Room) -> tuple[Node, ...]:
    run = run_of(sight, asking)
    element = run.layout.elements[asking.question]
    if run.is_locked(asking.question):  # a page of which nothing can be answered now
        return ()
    match element:
        case RatingQuestion() if is_scale(element, run.language):
            ends = _both(sight, asking, element.min_rate_description, element.max_rate_description)
            chosen = _places(asking, run)
            there = chosen[0] if chosen else None
            return (scale(sight, element, ends, there, room),)
        case BooleanQuestion():
            labels = _yes_no(sight, asking, element)
            return (yes_or_no(labels, _holds(asking, element), room.height),)
        case PictureQuestion():
            shown = _offered(asking, run)
            ticks = _ticks(asking, run)
            named = element.show_label
            return (pictures(sight, shown, ticks, asking.sheet, room, named=named),)
        case ChoosingQuestion() | RatingQuestion():
            return (choices(sight, _offered(asking, run), _ticks(asking, run), asking.sheet, room),)
        case TextQuestion() | CommentQuestion():
            return _entry(sight, asking, element, room.height)
        case _:
            return _page_of_words(sight, asking)


def _both(sight: Sight, asking: Asking, one: Words | None, other: Words | None) -> tuple[str, str]:
    return said(sight, asking, one), said(sight, asking, other)


# -- choices -------------------------------------------------------------------------------


def _offered(asking: Asking, run: Run) -> tuple[Offered, ...]:
    """What is offered now; each is told by its place among all."""
    question = run.layout.elements[asking.question]
    every = choices_of(question)
    smiles = isinstance(question, RatingQuestion) and question.rate_type == "smileys"
    faces: tuple[int | None, ...] = moods(len(every)) if smiles else (None,) * len(every)
    return tuple(
        Offered(str(at), choice_words(one, run.language), one.image_link or "", faces[at])
        for at, one in enumerate(every)
        if (asking.question, at) not in run.missing
    )


def _ticks(asking: Asking, run: Run) -> Ticks:
    several = has_several(run.layout.elements[asking.question])
    return Ticks(frozenset(map(str, _places(asking, run))), several)


def _places(asking: Asking, run: Run) -> tuple[int, ...]:
    """Places of the choices that hold and may be shown."""
    value = standing(asking)
    holding: tuple[Value, ...] = value if isinstance(value, tuple) else (value,)
    if value is UNDEFINED:
        return ()
    return tuple(
        at
        for at, one in enumerate(choices_of(run.layout.elements[asking.question]))
        if any(same(from_json(one.value), other, FIGURE) for other in holding)
    )


# -- yes or no -----------------------------------------------------------------------------


def _yes_no(sight: Sight, asking: Asking, question: BooleanQuestion) -> tuple[str, str]:
    yes, no = _both(sight, asking, question.label_true, question.label_false)
    return yes or sight.words.say("survey.yes"), no or sight.words.say("survey.no")


def _holds(asking: Asking, question: BooleanQuestion) -> bool | None:
    value = standing(asking)
    if value is UNDEFINED:
        return None
    return same(value, from_json(question.value_true), FIGURE)


# -- what is written -----------------------------------------------------------------------


def _entry(
    sight: Sight, asking: Asking, question: TextQuestion | CommentQuestion, room_mm: float
) -> tuple[Node, ...]:
    """Wheels for a day, a field that leads to the keyboard for everything else."""
    if asking.wheels is not None:
        return wheels(sight, asking.wheels), told_day(sight, asking.wheels)
    hint = said(sight, asking, question.placeholder)
    several = isinstance(question, CommentQuestion)
    least, most = (WORDS_MM, _MOST_WORDS_MM) if several else (FIELD_MM, _MOST_FIELD_MM)
    high = min(most, max(least, room_mm * _FIELD_SHARE))
    filled = is_answered(asking)
    field = _field(sight, hint, filled=filled, height=high)
    if not filled:
        return (field,)
    return (Row(items=(field, _take_away(sight, high)), gap=GAP_MM * 1.6, align=Align.STRETCH),)


def _field(sight: Sight, hint: str, *, filled: bool, height: float) -> Button:
    """The way to the keyboard; what stands there already is not shown to who stands behind."""
    words = sight.words
    says = words.say("survey.filled" if filled else "survey.write")
    lines: tuple[Node, ...] = (text(says, Style.HEADING, Colour.PINE, shrink_to=0.55),)
    if hint and not filled:
        lines += (text(hint, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.7),)
    icon = Icon(name="check-circle" if filled else "pencil", size=10, colour=Colour.PINE)
    inside = Row(items=(icon, Column(items=lines, gap=1, grow=1), chevron()), gap=6)
    field = Box(
        child=inside,
        fill=Fill.LINEN,
        edge=Colour.PINE,
        edge_mm=0.8,
        radius=7,
        shadow=Shadow.SOFT,
        padding=Insets.xy(8, 3),
        min_height=height,
        valign=Align.CENTRE,
    )
    return Button(key="write-answer", says=says, look=Look.BARE, radius=7, child=field, grow=1)


def _take_away(sight: Sight, height: float) -> Button:
    """Nobody has to leave a number behind that was written by mistake."""
    says = sight.words.say("survey.take_away")
    said = text(says, Style.STRONG, Colour.PINE, shrink_to=0.7)
    icon = Icon(name="cross", size=8, colour=Colour.PINE)
    inside = Row(items=(icon, said), gap=3, justify=Justify.CENTRE)
    return Button(
        key="take-away",
        says=says,
        look=Look.QUIET,
        child=inside,
        padding=Insets.xy(4, 2),
        width=_TAKE_AWAY_MM,
        min_height=height,
    )


def _page_of_words(sight: Sight, asking: Asking) -> tuple[Node, ...]:
    """A page that asks nothing: its words on a card."""
    element = asking.run.layout.elements[asking.question]
    if not isinstance(element, HtmlElement | ExpressionQuestion):
        return ()
    lines = [one for one in told(sight, asking, element) if one]
    shown = tuple(
        text(words, Style.BODY, max_lines=8, shrink_to=0.7)
        for words in lines
        if words != title_words(sight, asking)
    )
    return (card(Column(items=shown, gap=3), padding=Insets.xy(8, 7)),) if shown else ()
