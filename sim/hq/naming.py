"""How somebody is greeted whose name is all that HQ knows: 李会员, Member L."""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import kiosk.pinyin
from sim.hq.demo import names


def greeting(full_name: str) -> dict[str, str]:
    """What stands in the member's row, masked, in both languages.

    Args:
        full_name: as it was told; 欧阳娜娜 is greeted by both characters of the surname. A name
            that begins with no letter is not used.
    """
    name = "".join(sign for sign in full_name if unicodedata.category(sign)[0] in "LZ").strip()
    if not name:
        return {"called_zh": "会员", "called_en": "Member"}
    if name.isascii():
        initial = name.split()[-1][0].upper()
        return {"called_zh": f"{initial}会员", "called_en": f"Member {initial}."}
    surname = name[:2] if name[:2] in _double_surnames() and len(name) > 2 else name[:1]
    latin = _latin().get(surname)
    return {
        "called_zh": f"{surname}会员",
        "called_en": f"Member {latin[0]}." if latin else "Member",
    }


@cache
def _double_surnames() -> frozenset[str]:
    text = (Path(kiosk.pinyin.__file__).parent / "names.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["surnames"]["double"])


@cache
def _latin() -> dict[str, str]:
    """Latin spellings of the frequent surnames; a rare one is greeted without an initial."""
    return {one.han: one.latin for one in names().surnames}
