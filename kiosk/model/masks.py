"""What may be shown of somebody: enough to recognise oneself, too little to be recognised by."""

_STARS = 4
"""Of a phone number's eleven digits, those in the middle."""


def masked_name(name: str) -> str:
    """李娜 as 李*; how long a name is, it does not tell either."""
    return f"{name[:1]}*" if name else ""


def masked_phone(phone: str) -> str:
    """13812345678 as 138****5678; one that is too short for that is not shown at all."""
    if len(phone) < 3 + _STARS + 4:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * _STARS}{phone[-4:]}"


def masked_email(address: str) -> str:
    """lina@qq.com as l*@qq.com; where there is no server, only the first letter is shown."""
    name, sign, server = address.partition("@")
    return f"{masked_name(name)}{sign}{server}" if name and server else masked_name(address)
