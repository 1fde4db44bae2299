"""The operators between two operands, and how tightly they bind."""

import re

_LEVELS: tuple[tuple[int, dict[str, str]], ...] = (
    (
        7,
        {
            "*=": "contains",
            "contains": "contains",
            "contain": "contains",
            "notcontains": "notcontains",
            "notcontain": "notcontains",
            "anyof": "anyof",
            "allof": "allof",
            "noneof": "noneof",
        },
    ),
    (6, {"^": "power", "power": "power"}),
    (5, {"*": "mul", "/": "div", "%": "mod"}),
    (4, {"+": "plus", "-": "minus"}),
    (
        3,
        {
            "<=": "lessorequal",
            "lessorequal": "lessorequal",
            ">=": "greaterorequal",
            "greaterorequal": "greaterorequal",
            "==": "equal",
            "equal": "equal",
            "=": "equal",
            "!=": "notequal",
            "notequal": "notequal",
            "<": "less",
            "less": "less",
            ">": "greater",
            "greater": "greater",
        },
    ),
    (2, {"&&": "and", "and": "and"}),
    (1, {"||": "or", "or": "or"}),
)
"""Operators by how tightly they bind, the tightest first; all of them group to the left."""

OPERATORS = tuple(
    (re.compile("|".join(map(re.escape, names)), re.IGNORECASE | re.ASCII), level, names)
    for level, names in _LEVELS
)
"""Each level's pattern, its strength and what its signs and words mean; the tightest first."""

TIGHTEST = OPERATORS[0][1]
