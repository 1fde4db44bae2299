"""What HQ answers when it will not do what was asked."""


class Refusal(Exception):
    """Raised when a request as a whole is refused.

    Attributes:
        status: the HTTP status code (RFC 9110, 15.5).
        reason: one sentence for the technician; repeats nothing that was sent.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason
