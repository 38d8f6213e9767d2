"""Expressions of rules, as QTI 3 writes them."""

NULL = "<qti-null/>"


def base(base_type: str, *texts: str) -> str:
    """Constants, one after the other."""
    return "".join(f'<qti-base-value base-type="{base_type}">{text}</qti-base-value>' for text in texts)


def numbers(*texts: str) -> str:
    """Constant numbers: integers where they look so."""
    return "".join(base("integer" if text.lstrip("-").isdigit() else "float", text) for text in texts)


def many(base_type: str, *texts: str) -> str:
    """A container without order."""
    return f"<qti-multiple>{base(base_type, *texts)}</qti-multiple>"


def row(base_type: str, *texts: str) -> str:
    """A container with order."""
    return f"<qti-ordered>{base(base_type, *texts)}</qti-ordered>"


def operator(element: str, inside: str, /, **attributes: str) -> str:
    """An expression `element` with `inside` and attributes, whose underscores become hyphens."""
    written = "".join(f' {key.replace("_", "-")}="{text}"' for key, text in attributes.items())
    return f"<qti-{element}{written}>{inside}</qti-{element}>"
