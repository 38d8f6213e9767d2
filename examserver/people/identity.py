"""The 18-character resident ID number: its check character, its mask, its last six. Pure."""

import unicodedata

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
TAIL = 6


def normalise(text: str) -> str:
    """Full-width digits made plain, blanks removed, x made X."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_id_number(text: str) -> bool:
    """Whether `text` is 17 digits and the right check character (GB 11643)."""
    body, check = text[:17], text[17:]
    if len(text) != 18 or not (body.isascii() and body.isdigit()):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return CHECK_CHARACTERS[total % 11] == check


def masked(id_number: str) -> str:
    """The number as a screen may show it: first three and last two characters."""
    return f"{id_number[:3]}{'*' * (len(id_number) - 5)}{id_number[-2:]}"


def tail_matches(id_number: str, typed: str) -> bool:
    """Whether `typed` is the number's last six characters."""
    return len(typed) == TAIL and id_number.endswith(normalise(typed))
