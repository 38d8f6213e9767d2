"""Prints admission tickets as PDF on A4, with the font in it, so that every name looks the same everywhere."""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from django.utils.translation import get_language, gettext
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Image, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from examserver.people.selectors import photo_path
from examserver.registration.notice import CLAUSES
from examserver.registration.selectors.tickets import OwnTicket

FONT = "NotoSansSC"
PHOTO = (30 * mm, 40 * mm)
QR = 28 * mm


@cache
def _font() -> TTFont:
    """The font that a package brings; only its file is used. FileNotFoundError without the package."""
    found = find_spec("zhplot")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package with the font is not installed: zhplot")
    font = TTFont(FONT, str(Path(found.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"))
    pdfmetrics.registerFont(font)
    return font


def shown(text: str) -> str:
    """The text as it is printed: a character that the font lacks is named by its code, and never left out."""
    glyphs = _font().face.charToGlyph
    return "".join(one if ord(one) in glyphs else f"[U+{ord(one):04X}]" for one in text)


def tickets_pdf(tickets: Sequence[OwnTicket]) -> bytes:
    """The tickets, each on a page of its own; those that are not open are none of them."""
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out, pagesize=A4, title=gettext("ticket.heading"), leftMargin=18 * mm, rightMargin=18 * mm
    )
    story: list[Flowable] = []
    for number, own in enumerate(one for one in tickets if one.newest):
        story += [PageBreak()] if number else []
        story += _ticket(own)
    page.build(story)
    return out.getvalue()


def _ticket(own: OwnTicket) -> Iterator[Flowable]:
    row = own.ticket
    yield _said(gettext("ticket.heading"), 20)
    yield _said(f"{row.number} · {gettext('ticket.version')} {row.version}", 10)
    yield Spacer(0, 6 * mm)
    facts = [
        (gettext("account.name"), row.candidate.name),
        (gettext("account.id_number"), row.candidate.masked_id),
        (gettext("catalogue.name"), f"{row.offering.name} · {row.offering.level}"),
    ]
    lines = [_said(f"{name}: {value}", 12) for name, value in facts]
    yield Table(
        [[_photo(own), lines, _qr(own)]],
        colWidths=[38 * mm, None, QR],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    yield Spacer(0, 6 * mm)
    yield _places(own)
    yield Spacer(0, 6 * mm)
    yield _said(gettext("apply.forbidden"), 14)
    for number, one in enumerate(CLAUSES.values(), 1):
        yield _said(f"{number}. {one.text(get_language() or '')}", 9)


def _said(text: str, size: int) -> Paragraph:
    style = ParagraphStyle(FONT, fontName=_font().fontName, fontSize=size, leading=size * 1.5, wordWrap="CJK")
    return Paragraph(escape(shown(text)), style)


def _photo(own: OwnTicket) -> Flowable:
    path = photo_path(own.ticket.candidate)
    return Image(str(path), *PHOTO, kind="proportional") if path else Spacer(*PHOTO)


def _qr(own: OwnTicket) -> Drawing:
    """The same code as on the page."""
    drawing = Drawing(QR, QR)
    code = f"{own.ticket.number}/{own.ticket.version}"
    drawing.add(QrCodeWidget(code, barLevel="M", barWidth=QR, barHeight=QR))
    return drawing


def _places(own: OwnTicket) -> Table:
    heads = [gettext(f"ticket.{name}") for name in ("subject", "start", "room", "seat")]
    places = own.newest.places if own.newest else ()
    rows = [
        [gettext(f"ticket.subject.{one['subject']}"), one["start"], one["room"], one["seat"]]
        for one in places
    ]
    cells = [[_said(str(text), 11) for text in row] for row in (heads, *rows)]
    return Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.grey)])
