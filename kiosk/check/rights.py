"""Who the kiosk runs as, and whether that user may touch screen, panel and reader."""

import grp
import os
import pwd
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.check.finding import Finding, care, fine

NAME = "groups"
SERVICE_USER = "kiosk"

NEEDED: Mapping[str, str] = {
    "video": "the screen stays black",
    "render": "the screen is drawn slowly or not at all",
    "input": "touches do nothing, and nothing says so",
    "dialout": "the card reader cannot be opened",
}
"""Groups of Debian, and what happens without each."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user as the kernel sees one.

    Attributes:
        groups: numbers of all groups the user is in.
    """

    name: str
    uid: int
    groups: frozenset[int]

    def may_use(self, status: os.stat_result) -> bool:
        """Whether the mode of a file lets this user read and write it."""
        if self.uid == 0:
            return True
        if status.st_uid == self.uid:
            wanted = stat.S_IRUSR | stat.S_IWUSR
        elif status.st_gid in self.groups:
            wanted = stat.S_IRGRP | stat.S_IWGRP
        else:
            wanted = stat.S_IROTH | stat.S_IWOTH
        return status.st_mode & wanted == wanted


def kiosk_account() -> Account:
    """The user kiosk when root looks on an installed kiosk, else whoever is looking."""
    mine = os.geteuid()
    if mine == 0:
        try:
            return _account(pwd.getpwnam(SERVICE_USER))
        except KeyError:
            return Account("root", 0, frozenset(os.getgroups()))
    groups = frozenset({os.getegid(), *os.getgroups()})
    return Account(_name(mine), mine, groups)


def _account(entry: pwd.struct_passwd) -> Account:
    groups = os.getgrouplist(entry.pw_name, entry.pw_gid)
    return Account(entry.pw_name, entry.pw_uid, frozenset(groups))


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def group_numbers() -> dict[str, int]:
    """Number of each needed group that this machine has."""
    return {one.gr_name: one.gr_gid for one in grp.getgrall() if one.gr_name in NEEDED}


def judge(account: Account, numbers: Mapping[str, int]) -> Iterator[Finding]:
    """Which of the needed groups the account lacks, and what each costs."""
    if account.uid == 0:
        yield fine(NAME, "this is root, who may everything; there is no user kiosk here yet")
        return
    lacking = [name for name in NEEDED if numbers.get(name) not in account.groups]
    for name in lacking:
        known = name in numbers
        what = f"{account.name} is not in the group {name}" if known else f"no group {name}"
        do = "install systemd/kiosk.sysusers.conf, then run systemd-sysusers"
        yield care(NAME, what, NEEDED[name], do)
    if not lacking:
        yield fine(NAME, f"{account.name} is in {', '.join(NEEDED)}")
