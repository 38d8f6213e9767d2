"""Declarations and processing of small items, as QTI 3 writes them."""

SCORE = '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>'


def response(name: str, cardinality: str, base_type: str, *parts: str) -> str:
    """A response declaration; `parts` are what stands in it."""
    inside = "".join(parts)
    return (
        f'<qti-response-declaration identifier="{name}" cardinality="{cardinality}" base-type="{base_type}">'
        f"{inside}</qti-response-declaration>"
    )


def correct(*texts: str) -> str:
    """A correct response."""
    return f"<qti-correct-response>{values(*texts)}</qti-correct-response>"


def values(*texts: str) -> str:
    """Declared values."""
    return "".join(f"<qti-value>{text}</qti-value>" for text in texts)


def outcome(name: str, cardinality: str, base_type: str, inside: str = "") -> str:
    """An outcome declaration."""
    return (
        f'<qti-outcome-declaration identifier="{name}" cardinality="{cardinality}" base-type="{base_type}">'
        f"{inside}</qti-outcome-declaration>"
    )


def rules(*inside: str) -> str:
    """Response processing of these rules."""
    return f"<qti-response-processing>{''.join(inside)}</qti-response-processing>"


def setting(name: str, expression: str) -> str:
    """A rule that sets an outcome."""
    return f'<qti-set-outcome-value identifier="{name}">{expression}</qti-set-outcome-value>'


def template(name: str) -> str:
    """Response processing by a standard template."""
    address = f"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{name}.xml"
    return f'<qti-response-processing template="{address}"/>'
