"""Every failure the kiosk knows by name.

KioskError
├── ConfigError            the configuration cannot be used; lists every mistake at once
├── ReaderError            a card reader failed
│   ├── ReaderGone         the device vanished or never answered: reopen it
│   └── ReadError          one read failed; the reader itself is well
│       └── CollisionError more than one card lies in the field
├── StoreError             something on disk
│   ├── StoreFailed        the disk refused a write or a read: stop promising anything
│   ├── CorruptStore       a file is damaged; it was set aside, never deleted
│   ├── DirectoryMissing   no directory of members has arrived yet
│   ├── ContentRefused     a document from HQ is wrong; names file, line and reason
│   └── PinyinUnusable     the index for typing Chinese is missing, damaged or too old: make it anew
└── SyncError              one exchange with HQ failed
    ├── HqUnreachable      no usable answer: try again later
    ├── GivenUp            this process is ending: nothing is known of HQ
    ├── HqRefused          HQ answered and will not take this: keep it, tell the technician
    └── CursorGone         HQ no longer knows our place in the changes: take a snapshot
"""


class KioskError(Exception):
    """Root of every failure the kiosk raises on purpose."""


class ConfigError(KioskError):
    """Raised when the configuration cannot be used; the message lists every mistake."""


class ReaderError(KioskError):
    """Raised when a card reader fails."""


class ReaderGone(ReaderError):
    """Raised when the device vanished, never answered, or must be reopened."""


class ReadError(ReaderError):
    """Raised when one read failed while the reader itself is well."""


class CollisionError(ReadError):
    """Raised when more than one card lies in the field (ISO/IEC 14443-3 anticollision)."""


class StoreError(KioskError):
    """Raised when something on disk is not as it should be."""


class StoreFailed(StoreError):
    """Raised when the disk refused a write or a read; nothing may be promised any more."""


class CorruptStore(StoreError):
    """Raised when a file is damaged; the damaged file was set aside under another name."""


class DirectoryMissing(StoreError):
    """Raised when a member is looked up before any directory has arrived from HQ."""


class ContentRefused(StoreError):
    """Raised when a document from HQ is wrong; the message names file, line and reason."""


class PinyinUnusable(StoreError):
    """Raised when the index for typing Chinese cannot be used or made; the message says why."""


class SyncError(KioskError):
    """Raised when one exchange with HQ failed."""


class HqUnreachable(SyncError):
    """Raised when HQ gave no usable answer; the exchange is tried again later.

    Attributes:
        retry_after_s: HQ's own wish in seconds, when it sent one (RFC 9110 section 10.2.3).
        status: the HTTP status code when HQ did answer; None when nothing usable came.
    """

    def __init__(
        self, reason: str, retry_after_s: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s
        self.status = status


class GivenUp(SyncError):
    """Raised when an answer was awaited no longer because this process is ending."""


class HqRefused(SyncError):
    """Raised when HQ answered and will not take this request; the data stays here.

    Attributes:
        status: the HTTP status code of the refusal.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status


class CursorGone(SyncError):
    """Raised when HQ no longer knows our place in the changes (HTTP 410): take a snapshot."""
