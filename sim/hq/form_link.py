"""Tells kiosks where HQ's forms open: only HQ, once it runs, knows its own address."""

import json
from collections.abc import Mapping
from typing import Any

from kiosk.store.json_text import Parsed, parse

PATH = "/form"
"""Where HQ serves forms; the secret of a link stands behind it."""

_CARE = "care.json"


def with_form_url(files: Mapping[str, bytes], address: str) -> dict[str, bytes]:
    """Content's files with HQ's address in `care.json`.

    What is broken stays broken, and an address that stands there already stays too.

    Args:
        files: bytes by name.
        address: of HQ as a member's phone finds it, without a path; "" offers no forms.
    """
    care = _sound(files.get(_CARE, b""))
    asking = care.get("asking", {})
    if not address or not care or not isinstance(asking, dict) or asking.get("form_url"):
        return dict(files)
    care["asking"] = {**asking, "form_url": address.rstrip("/") + PATH}
    return {**files, _CARE: json.dumps(care, ensure_ascii=False, indent=2).encode() + b"\n"}


def _sound(content: bytes) -> dict[str, Any]:
    """The object in a JSON file; nothing of one that a kiosk could not read."""
    parsed = parse(_CARE, content)
    if not isinstance(parsed, Parsed) or parsed.repeated or not isinstance(parsed.value, dict):
        return {}
    return parsed.value
