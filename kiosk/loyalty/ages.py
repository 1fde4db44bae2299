"""Whether somebody is old enough: the boundary is the birthday itself."""

from datetime import date

from kiosk.loyalty.dates import years_after


def is_of_age(birthday: date, today: date, years: int = 18) -> bool:
    """Whether this birthday has come round so often by this store-local day.

    Args:
        birthday: 29 February counts on 1 March of years that have none.
        years: the programme says how many (`Joining.minimum_age_years`); 18 is what the chain
            asks for.
    """
    return years_after(birthday, years) <= today
