"""Answering a survey on the glass: a touch answers, goes on, goes back; one question at a time.

Pure: what a page of questions is made of, whoever shows it. `kiosk.session.surveys` leads through
a whole survey, the profile puts single questions.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from kiosk.model.text import Language
from kiosk.session import wheels
from kiosk.session.states.asking import Asking
from kiosk.session.states.wheels import A_DAY, A_MONTH, Wheel, Wheels
from kiosk.session.stops import asked, is_one_touch, stops
from kiosk.session.world import World
from kiosk.survey import steps
from kiosk.survey.document import Document
from kiosk.survey.expressions.compare import FIGURE, same
from kiosk.survey.expressions.moments import moment_of
from kiosk.survey.expressions.values import UNDEFINED, Value, from_json, to_json
from kiosk.survey.outcome import Outcome, outcome_of
from kiosk.survey.parts import Limit
from kiosk.survey.questions import BooleanQuestion, CheckboxQuestion, TextQuestion
from kiosk.survey.run import Run
from kiosk.survey.scope import choices_of, has_several
from kiosk.survey.validate import Fault, Flaw, faults_of

YES, NO = "yes", "no"
"""How the two answers of a boolean question are told by a touch."""

YEARS_BACK, YEARS_AHEAD = 100, 10
"""How far a date's wheels go where its author gives no limits: a life, and a plan."""


def begin(
    document: Document,
    language: Language,
    world: World,
    only: str = "",
    known: Mapping[str, object] = MappingProxyType({}),
) -> Asking | None:
    """Put the first question; None when there is nothing to ask.

    Args:
        document: the survey.
        language: of the screen.
        only: the one question to ask; "" for the whole survey.
        known: answers that are there already, as JSON has them; conditions see them.
    """
    run = steps.begin(document.survey, language, world.local_now)
    for name, value in known.items():
        run = steps.answer(run, name, value, world.local_now)
    if only:
        there = only in run.layout.questions and run.is_visible(only) and not run.is_locked(only)
        run = replace(run, page=run.layout.page_of[only] if there else "")
    if not run.page:
        return None
    first = Asking(document, run, "", world.uptime_s, alone=bool(only))
    return _put(first, only or stops(run, run.page)[0], world)


def in_language(asking: Asking, language: Language) -> Asking:
    """The same question in the language the screen has now."""
    return replace(asking, run=replace(asking.run, language=language))


# -- answers -------------------------------------------------------------------------------


def choose(asking: Asking, value: str, world: World) -> Asking:
    """A touch on a choice, told by its place; on `yes` or `no`; of several it is put on or off.

    What was answered before the question was put again is not shown, so the first touch on one
    of several choices begins anew.
    """
    chosen = _chosen(asking, value)
    return asking if chosen is UNDEFINED else _answered(asking, to_json(chosen), world)


def write_text(asking: Asking, text: str, world: World) -> Asking:
    """What was written: words, digits, an ISO date; nothing takes the answer away."""
    return _answered(asking, text or None, world)


def turn(asking: Asking, value: str, world: World) -> Asking:
    """A touch on a wheel of a date; the answer is there when every wheel was touched."""
    turned = wheels.turned(asking.wheels, value) if asking.wheels is not None else None
    if turned is None:
        return asking
    asking = replace(asking, wheels=turned, faults=())
    day = wheels.chosen(turned)
    if day is None:
        return asking
    told = day.isoformat() if Wheel.DAY in turned.wheels else day.isoformat()[: len("2026-11")]
    return _answered(asking, told, world)


def clear(asking: Asking, world: World) -> Asking:
    """Take the answer away."""
    cleared = _answered(asking, None, world)
    return replace(cleared, wheels=_wheels(cleared.run, cleared.question, world))


def touch(asking: Asking, value: str, world: World) -> Asking:
    """A touch on a choice, and on to the next question where one touch is a whole answer."""
    chosen = choose(asking, value, world)
    moved = chosen.question != asking.question
    if chosen is asking or moved or not is_one_touch(chosen.run, chosen.question):
        return chosen
    return forward(chosen, world)


def _chosen(asking: Asking, value: str) -> Value:
    """The answer with this touch; undefined when the touch means nothing."""
    question = asked(asking.run, asking.question)
    if isinstance(question, BooleanQuestion):
        answers = {YES: question.value_true, NO: question.value_false}
        return from_json(answers[value]) if value in answers else UNDEFINED
    choices = choices_of(question)
    if not (value.isascii() and value.isdecimal()) or int(value) >= len(choices):
        return UNDEFINED
    one = from_json(choices[int(value)].value)
    return _switched(standing(asking), one) if has_several(question) else one


def _switched(before: Value, one: Value) -> Value:
    there = before if isinstance(before, tuple) else ()
    kept = tuple(other for other in there if not same(other, one, FIGURE))
    return kept if len(kept) < len(there) else (*there, one)


def _answered(asking: Asking, value: object, world: World) -> Asking:
    question = asked(asking.run, asking.question)
    most = question.max_selected_choices if isinstance(question, CheckboxQuestion) else 0
    if most and isinstance(value, list) and len(value) > most:
        return replace(asking, faults=(Fault(asking.question, Flaw.TOO_LARGE),))
    run = steps.answer(asking.run, asking.question, value, world.local_now)
    return _settled(replace(asking, run=run, faults=(), touched=True), world)


# -- what stands there ---------------------------------------------------------------------


def standing(asking: Asking) -> Value:
    """The answer as far as it may be shown: only what was touched since the question was put."""
    return asking.run.shown.get(asking.question, UNDEFINED) if asking.touched else UNDEFINED


def is_answered(asking: Asking) -> bool:
    """Whether there is an answer, shown or not."""
    return asking.question in asking.run.shown


def answer_of(asking: Asking) -> object:
    """The answer to this question as JSON has it; None for none, or one out of its limits."""
    return to_json(asking.run.data.get(asking.question, UNDEFINED))


def covered(asking: Asking) -> Asking:
    """The question without its answer in sight, for whoever comes to it next."""
    return replace(asking, touched=False, wheels=_untouched(asking.wheels))


def _untouched(turned: Wheels | None) -> Wheels | None:
    """The same wheels, where they say nothing."""
    return turned and wheels.begin(turned.first, turned.last, wheels=turned.wheels)


# -- on and back ---------------------------------------------------------------------------


def is_over(asking: Asking) -> bool:
    """Whether everything was gone through; nothing can be answered any more."""
    return asking.run.completed


def forward(asking: Asking, world: World) -> Asking:
    """On to the next question; what holds the person back is in `faults`."""
    asking = counted(asking, world)
    run, now = asking.run, world.local_now
    if asked(run, asking.question) is not None:
        faults = faults_of(run, asking.question, moment_of(now))
        if faults:
            return replace(asking, faults=faults[:1])
    later = _after(stops(run, run.page), asking.question)
    if later and not asking.alone:
        return _put(asking, later, world)
    return replace(asking, run=steps.finish(run, now)) if asking.alone else _onward(asking, world)


def _onward(asking: Asking, world: World) -> Asking:
    """Leave the page; a question on it that was spoilt by a later answer is put again."""
    onward = steps.go_on(asking.run, world.local_now)
    if onward.faults:
        return replace(_put(asking, onward.faults[0].question, world), faults=onward.faults[:1])
    asking = replace(asking, run=onward.run)
    return asking if onward.run.completed else _put(asking, _first(onward.run), world)


def backward(asking: Asking, world: World) -> Asking | None:
    """To the question before; None at the first one."""
    there = stops(asking.run, asking.run.page)
    before = _after(there[::-1], asking.question)
    if before and not asking.alone:
        return _put(counted(asking, world), before, world)
    run = steps.go_back(asking.run)
    if asking.alone or run is asking.run:
        return None
    return _put(replace(counted(asking, world), run=run), stops(run, run.page)[-1], world)


def outcome(asking: Asking, world: World) -> Outcome | None:
    """What goes to HQ as it stands; None when nothing was answered or nothing is wanted."""
    seconds = counted(asking, world).seconds
    return outcome_of(asking.document, asking.run, world.local_now, seconds)


def counted(asking: Asking, world: World) -> Asking:
    """With the time that this question has taken so far."""
    if asking.run.completed:
        return asking
    spent = asking.seconds.get(asking.question, 0.0) + max(0.0, world.uptime_s - asking.since_s)
    seconds = MappingProxyType({**asking.seconds, asking.question: spent})
    return replace(asking, seconds=seconds, since_s=world.uptime_s)


def _settled(asking: Asking, world: World) -> Asking:
    """Where an answer has led: the same question, or another one when this one is gone."""
    run = asking.run
    if run.completed or asking.alone or not run.page:
        return asking
    there = stops(run, run.page)
    if asking.question in there:
        return asking
    order = list(run.layout.elements)
    later = [one for one in there if order.index(one) > order.index(asking.question)]
    return _put(counted(asking, world), (later or there)[0], world)


def _put(asking: Asking, question: str, world: World) -> Asking:
    """This question, with no answer in sight."""
    return replace(
        asking,
        question=question,
        since_s=world.uptime_s,
        faults=(),
        touched=False,
        sheet=0,
        wheels=_wheels(asking.run, question, world),
    )


def _first(run: Run) -> str:
    return stops(run, run.page)[0]


def _after(names: tuple[str, ...], one: str) -> str:
    """The name behind this one; "" for none."""
    return next(iter(names[names.index(one) + 1 :]), "") if one in names else ""


# -- dates ---------------------------------------------------------------------------------


def _wheels(run: Run, name: str, world: World) -> Wheels | None:
    """Untouched wheels for a question for a date or a month; None for any other."""
    question = asked(run, name)
    if not isinstance(question, TextQuestion) or question.input_type not in ("date", "month"):
        return None
    today = world.local_now.date()
    first = _day(question.min, date(today.year - YEARS_BACK, 1, 1))
    last = _day(question.max, date(today.year + YEARS_AHEAD, 12, 31))
    parts = A_DAY if question.input_type == "date" else A_MONTH
    return wheels.begin(first, max(first, last), min(max(today, first), last), wheels=parts)


def _day(limit: Limit | None, otherwise: date) -> date:
    """A limit as a day; one that is none leaves the wheels as wide as they are."""
    if not isinstance(limit, str):
        return otherwise
    try:
        return date.fromisoformat(limit if limit.count("-") == 2 else f"{limit}-01")
    except ValueError:
        return otherwise
