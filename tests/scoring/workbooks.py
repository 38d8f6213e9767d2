"""A small Office Open XML workbook, written part by part, so that tests know every byte that matters."""

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = {
    "xl/workbook.xml": (
        f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="复盘" sheetId="1" r:id="rId1"/><sheet name="明细" sheetId="2" r:id="rId2"/>'
        "</sheets></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
    ),
    "xl/sharedStrings.xml": (
        f"<sst {MAIN}><si><t>转粉率</t></si>"
        "<si><r><t>成交</t></r><r><t>金额</t></r><rPh><t>x</t></rPh></si></sst>"
    ),
    "xl/styles.xml": (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="yyyy-mm-dd"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    ),
    "xl/worksheets/sheet1.xml": (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c>'
        '<c r="B1"><f>SUM(明细!A1:A9)</f><v>23323.100000000002</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>0.0271428</v></c>'
        '<c r="D3" s="2"><v>46109</v></c></row></sheetData></worksheet>'
    ),
    "xl/worksheets/sheet2.xml": (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>内联</t></is></c>'
        '<c r="B1" t="b"><v>1</v></c></row></sheetData></worksheet>'
    ),
}


def workbook() -> bytes:
    """Two sheets: text in pieces, a sum with its formula, a percentage, a date, an inline text, a truth."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def bomb(megabytes: int) -> bytes:
    """A workbook whose first part unpacks to that many megabytes of nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * megabytes * 1024 * 1024)
    return buffer.getvalue()
