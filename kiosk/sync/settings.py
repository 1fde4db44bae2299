"""What kiosk-sync must be told; filled in from the configuration by the composition root."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """Everything kiosk-sync is told from outside.

    Attributes:
        kiosk: this kiosk's name at HQ.
        store: the name of the store it stands in.
        url: HQ's address before `/v1`.
        token: this kiosk's bearer token; not shown when the settings are printed.
        ca_file: PEM file of the authorities to trust; None for the usual public ones.
        data_dir: the folder shared with the screen process.
        pictures: names of the pictures that come with the product, so that content may
            use them without bringing them along.
        icons: names of the icons that come with the product.
        changes_every_s: seconds between two questions for changes of the directory.
        content_every_s: seconds between two questions for content.
    """

    kiosk: str
    store: str
    url: str
    token: str = field(repr=False)
    ca_file: Path | None
    data_dir: Path
    pictures: frozenset[str]
    icons: frozenset[str]
    changes_every_s: float
    content_every_s: float
