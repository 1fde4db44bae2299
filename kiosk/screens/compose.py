"""From a session to the scene that shows it: one match, one screen a page.

The screens of a journey are loaded when somebody first opens it, in 7 ms at most. The attract
screen and the member's page need none of them, neither at the start nor in memory (1.3 MB).
"""

from kiosk.screens.attract import attract
from kiosk.screens.hand_over import hand_over
from kiosk.screens.home import home
from kiosk.screens.notice import notice
from kiosk.screens.out_of_service import out_of_service
from kiosk.screens.still_there import still_there
from kiosk.screens.view import Sight
from kiosk.session.states import (
    Applied,
    Attract,
    Cases,
    Complaint,
    ContactPage,
    Detail,
    Events,
    GivenBack,
    HandedOver,
    History,
    Home,
    Joined,
    Joining,
    Ladder,
    MyData,
    Notice,
    OutOfService,
    PinEntry,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Refused,
    Reserved,
    Rules,
    StillThere,
    Survey,
    SurveyThanks,
    Thanks,
    TierPage,
    TooYoung,
    VoucherCode,
    Vouchers,
    Waiting,
    Writing,
)
from kiosk.ui.nodes import Scene


def scene(sight: Sight) -> Scene:
    """The whole picture of this session in this view."""
    match sight.session.page:
        case Attract() | Notice() | StillThere() | OutOfService() as on_page:
            return _of_nobody(sight, on_page)
        case Home():
            return home(sight)
        case Ladder() | Detail() as on_page:
            return _rewards(sight, on_page)
        case Survey() | SurveyThanks() as on_page:
            return _surveying(sight, on_page)
        case ProfileQuestion() | ProfileAnswered() | Recheck() | Profile() as on_page:
            return _of_profile(sight, on_page)
        case HandedOver() as on_page:
            return hand_over(sight, on_page)
        case Joining() | Joined() | Applied() | TooYoung() as on_page:
            return _joining(sight, on_page)
        case Vouchers() | History() | TierPage() | Rules() | Events() as on_page:
            return _looking_around(sight, on_page)
        case Complaint() | Writing() | Thanks() | Cases() | ContactPage() | MyData() as on_page:
            return _caring(sight, on_page)
        case _:
            return _redeeming(sight, sight.session.page)


def _of_nobody(sight: Sight, on_page: Attract | Notice | StillThere | OutOfService) -> Scene:
    match on_page:
        case Attract():
            return attract(sight, on_page)
        case Notice():
            return notice(sight, on_page)
        case StillThere():
            return still_there(sight)
        case OutOfService():
            return out_of_service(sight)


def _rewards(sight: Sight, on_page: Ladder | Detail) -> Scene:
    from kiosk.screens.detail import detail
    from kiosk.screens.ladder import ladder

    return ladder(sight, on_page) if isinstance(on_page, Ladder) else detail(sight, on_page)


def _surveying(sight: Sight, on_page: Survey | SurveyThanks) -> Scene:
    from kiosk.screens.survey import survey
    from kiosk.screens.survey_thanks import survey_thanks

    match on_page:
        case Survey():
            return survey(sight, on_page)
        case SurveyThanks():
            return survey_thanks(sight, on_page)


def _of_profile(
    sight: Sight, on_page: ProfileQuestion | ProfileAnswered | Recheck | Profile
) -> Scene:
    from kiosk.screens.profile_answered import profile_answered
    from kiosk.screens.profile_page import profile_page
    from kiosk.screens.profile_question import profile_question
    from kiosk.screens.recheck import recheck

    match on_page:
        case ProfileQuestion():
            return profile_question(sight, on_page)
        case ProfileAnswered():
            return profile_answered(sight, on_page)
        case Recheck():
            return recheck(sight, on_page)
        case Profile():
            return profile_page(sight, on_page)


def _looking_around(sight: Sight, on_page: Vouchers | History | TierPage | Rules | Events) -> Scene:
    from kiosk.screens.events_page import events_page
    from kiosk.screens.history import history
    from kiosk.screens.rules import rules
    from kiosk.screens.tier_page import tier_page
    from kiosk.screens.vouchers import vouchers

    match on_page:
        case Vouchers():
            return vouchers(sight, on_page)
        case History():
            return history(sight, on_page)
        case TierPage():
            return tier_page(sight, on_page)
        case Rules():
            return rules(sight, on_page)
        case Events():
            return events_page(sight, on_page)


def _caring(
    sight: Sight, on_page: Complaint | Writing | Thanks | Cases | ContactPage | MyData
) -> Scene:
    from kiosk.screens.case_steps import case_steps
    from kiosk.screens.complaint import complaint
    from kiosk.screens.contact import contact_page
    from kiosk.screens.my_data import my_data
    from kiosk.screens.thanks import thanks
    from kiosk.screens.writing import writing

    match on_page:
        case Complaint():
            return complaint(sight, on_page)
        case Writing():
            return writing(sight, on_page)
        case Thanks():
            return thanks(sight, on_page)
        case Cases():
            return case_steps(sight, on_page)
        case ContactPage():
            return contact_page(sight, on_page)
        case MyData():
            return my_data(sight, on_page)


def _joining(sight: Sight, on_page: Joining | Joined | Applied | TooYoung) -> Scene:
    from kiosk.screens.applied import applied
    from kiosk.screens.joined import joined, too_young
    from kiosk.screens.joining import joining

    match on_page:
        case Joining():
            return joining(sight, on_page)
        case Joined():
            return joined(sight, on_page)
        case Applied():
            return applied(sight, on_page)
        case TooYoung():
            return too_young(sight)


def _redeeming(
    sight: Sight, on_page: PinEntry | Waiting | VoucherCode | Reserved | Refused | GivenBack
) -> Scene:
    from kiosk.screens.given_back import given_back
    from kiosk.screens.pin_entry import pin_entry
    from kiosk.screens.refused import refused
    from kiosk.screens.reserved import reserved
    from kiosk.screens.voucher_code import voucher_code
    from kiosk.screens.waiting import waiting

    match on_page:
        case PinEntry():
            return pin_entry(sight, on_page)
        case Waiting():
            return waiting(sight, on_page)
        case VoucherCode():
            return voucher_code(sight, on_page)
        case Reserved():
            return reserved(sight, on_page)
        case Refused():
            return refused(sight, on_page)
        case GivenBack():
            return given_back(sight, on_page)
