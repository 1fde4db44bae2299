"""The card of an applicant: how far the application is, and what is still to be bought."""

from kiosk.loyalty.joining import Way, way_to_join
from kiosk.model.asking import Applicant, ApplicationState, GroupCode
from kiosk.screens.around import BETWEEN_MM, day, offline
from kiosk.screens.furniture import page
from kiosk.screens.hotlines import hotlines
from kiosk.screens.joined import picture_panel, to_start
from kiosk.screens.redeeming import disc, done_mark, next_mark, said, step, steps
from kiosk.screens.two_ways import two_ways
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Applied
from kiosk.ui.nodes import Align, Column, Gap, Node, Row, Scene
from kiosk.ui.theme import Colour, Fill


def applied(sight: Sight, on_page: Applied) -> Scene:
    """The whole page; it names nobody."""
    applicant = on_page.applicant
    if applicant is not None and applicant.state is ApplicationState.REFUSED:
        return _refused(sight)
    way = way_to_join(sight.content.programme.joining, applicant)
    head = _head(sight, applicant, way)
    above = offline(sight, "applied.offline") if applicant is not None else ()
    return _laid_out(sight, (*above, head), _middle(sight, applicant), _road(sight, applicant))


def _middle(sight: Sight, applicant: Applicant | None) -> tuple[Node, ...]:
    """Both ways to membership, unless a group code stands for them; the picture where it fits."""
    if _by_group(applicant):
        return _panel(sight, "join")
    panel = _panel(sight, "join") if sight.view.portrait else ()
    return (two_ways(sight, sight.content.programme.joining, applicant), *panel)


def _by_group(applicant: Applicant | None) -> bool:
    return applicant is not None and applicant.group is GroupCode.VALID


def _laid_out(sight: Sight, head: tuple[Node, ...], middle: tuple[Node, ...], *then: Node) -> Scene:
    if sight.view.portrait:
        return page(sight, "applied", (*head, *middle, *then), to_start(sight))
    *above, title = head
    half = (sight.view.inner_mm - BETWEEN_MM) / 2
    left = Column(items=(title, *middle), gap=GAP_MM * 2, width=half)
    right = Column(items=then, gap=GAP_MM * 2, width=half)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, "applied", (*above, both), to_start(sight))


def _panel(sight: Sight, picture: str) -> tuple[Node, ...]:
    """Large letters need the room of the picture."""
    return (Gap(grow=1),) if sight.session.big_text else (picture_panel(picture),)


# -- what is said --------------------------------------------------------------------------


def _head(sight: Sight, applicant: Applicant | None, way: Way) -> Node:
    """What is missing, as the page's one sentence."""
    words = sight.words
    if applicant is None:
        return said(sight, words.say("applied.waiting"), words.say("applied.waiting_line"))
    if _by_group(applicant):
        return said(sight, words.say("applied.group_valid"), words.say("applied.group_valid_line"))
    if way.is_done:
        return said(sight, words.say("applied.enough"), words.say("applied.enough_line"))
    title, line = _missing(sight, way)
    if applicant.group is GroupCode.UNKNOWN:
        line = words.say("applied.group_unknown_line")
    return said(sight, title, line)


def _missing(sight: Sight, way: Way) -> tuple[str, str]:
    """The shorter way, and the other one where it is not longer in the same manner."""
    words, money = sight.words, sight.words.money
    if not way.has_two_ends:
        return words.say("applied.least", money=money(way.least)), words.say("applied.opens")
    title = words.say("applied.single", money=money(way.single))
    return title, words.say("applied.or_total", money=money(way.total))


def _road(sight: Sight, applicant: Applicant | None) -> Node:
    """Submitted, accepted, open: those that have been with a check."""
    words = sight.words
    accepted = applicant is not None and applicant.state is ApplicationState.ACCEPTED
    away = sight.world.hq_reachable is False
    sent = words.say("joined.sent_offline" if away else "applied.sent_here")
    if applicant is not None:
        today = sight.world.today or applicant.on
        sent = words.say("applied.sent_on", day=day(sight, applicant.on, today))
    return steps(
        sight,
        step(done_mark(), words.say("applied.sent"), sent),
        step(
            done_mark() if accepted else next_mark(2),
            words.say("applied.accepted"),
            words.say("applied.accepted_line" if accepted else "applied.accepting_line"),
            Colour.INK if accepted else Colour.INK_2,
        ),
        step(
            next_mark(3),
            words.say("applied.active"),
            words.say("applied.active_group" if _by_group(applicant) else "applied.active_line"),
            Colour.INK_2,
        ),
    )


def _refused(sight: Sight) -> Scene:
    """Nothing is said of why: that is between the person and the counter."""
    words = sight.words
    head = said(sight, words.say("applied.refused"), words.say("applied.refused_line"))
    bring = words.say("applied.refused_1")
    todo = steps(
        sight,
        step(disc("counter", Fill.PINE, Colour.WHITE), bring, words.say("applied.refused_1_line")),
    )
    panel, by_phone = (
        _panel(sight, "lost-card"),
        hotlines(sight, "applied.refused_ask", 2 if sight.view.portrait else 1),
    )
    return _laid_out(sight, (head,), panel, todo, by_phone)
