"""A contradiction between values that are right by themselves, and which of them to look at."""


class Misplaced(ValueError):
    """Raised by a model's own checks; pydantic alone would tell of the model as a whole.

    Attributes:
        place: way from the model to the value, `("tiers", 1, "condition")`.
    """

    def __init__(self, place: tuple[str | int, ...], reason: str) -> None:
        super().__init__(reason)
        self.place = place
