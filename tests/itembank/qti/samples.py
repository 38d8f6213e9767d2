"""Own small QTI files, put together in 2.x and in 3.0."""

import io
import zipfile
from collections.abc import Mapping

from itembank.qti.items import read_item
from itembank.qti.model import Item

NS2 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
NS3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
RESPONSE2 = (
    '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">'
    "{}</responseDeclaration>"
)
OUTCOME2 = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
CHOICE2 = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="TRUE" maxChoices="1"><prompt>直播前先做什么?</prompt>'
    '<simpleChoice identifier="A">检查设备</simpleChoice><simpleChoice identifier="B">直接开播</simpleChoice>'
    "</choiceInteraction>"
)
MATCH2 = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"
PROCESSING2 = f'<responseProcessing template="{MATCH2}"/>'
CORRECT2 = "<correctResponse><value>A</value></correctResponse>"


def item2(parts: str = "", *, body: str = CHOICE2, namespace: str = NS2, attributes: str = "") -> bytes:
    """A 2.x item with those children before its body; without any, a choice with its key A."""
    before = parts or RESPONSE2.format(CORRECT2) + OUTCOME2
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="{namespace}" identifier="live-1" '
        f'title="直播" adaptive="false" timeDependent="false" {attributes}>\n{before}\n'
        f"<itemBody>{body}</itemBody>\n{'' if parts else PROCESSING2}</assessmentItem>"
    ).encode()


def item3(parts: str = "", *, body: str = "<p>读图</p>", after: str = "") -> bytes:
    """A 3.0 item with those children before and after its body."""
    return (
        f'<qti-assessment-item xmlns="{NS3}" identifier="live-3" title="直播" adaptive="false" '
        f'time-dependent="false">\n{parts}\n<qti-item-body>{body}</qti-item-body>\n{after}</qti-assessment-item>'
    ).encode()


def rules2(rules: str) -> bytes:
    """A 2.x item whose response processing holds those rules, at line 4."""
    head = RESPONSE2.format(CORRECT2) + OUTCOME2
    return (
        f'<assessmentItem xmlns="{NS2}" identifier="r" title="r" adaptive="false" timeDependent="false">\n'
        f"{head}\n<responseProcessing>\n{rules}</responseProcessing></assessmentItem>"
    ).encode()


def read(data: bytes) -> Item:
    """The item, read under the name item.xml."""
    return read_item(data, name="item.xml")


TEST3 = f"""<qti-assessment-test xmlns="{NS3}" identifier="exam" title="模拟卷">
<qti-outcome-declaration identifier="TOTAL" cardinality="single" base-type="float"/>
<qti-time-limits max-time="3600"/>
<qti-test-part identifier="p1" navigation-mode="nonlinear" submission-mode="simultaneous">
  <qti-item-session-control max-attempts="1" allow-skipping="true"/>
  <qti-assessment-section identifier="s1" title="单选" visible="true">
    <qti-selection select="1"/><qti-ordering shuffle="true"/>
    <qti-rubric-block view="candidate" use="instructions">
      <qti-content-body><p>每题一分</p></qti-content-body></qti-rubric-block>
    <qti-assessment-item-ref identifier="i1" href="items/a.xml" category="live basic">
      <qti-pre-condition><qti-gt><qti-variable identifier="TOTAL"/>
        <qti-base-value base-type="float">.5</qti-base-value></qti-gt></qti-pre-condition>
      <qti-branch-rule target="EXIT_SECTION"><qti-not>
        <qti-is-null><qti-variable identifier="i1.SCORE"/></qti-is-null></qti-not></qti-branch-rule>
      <qti-weight identifier="W" value="1.5"/>
      <qti-template-default template-identifier="T">
        <qti-base-value base-type="integer">2</qti-base-value></qti-template-default>
    </qti-assessment-item-ref>
    <qti-assessment-item-ref identifier="i2" href="items/b.xml"/>
  </qti-assessment-section>
</qti-test-part>
<qti-outcome-processing><qti-set-outcome-value identifier="TOTAL"><qti-sum>
<qti-test-variables variable-identifier="SCORE" weight-identifier="W"/>
</qti-sum></qti-set-outcome-value></qti-outcome-processing>
<qti-test-feedback identifier="good" outcome-identifier="TOTAL" show-hide="show" access="atEnd">
<qti-content-body><p>不错</p></qti-content-body></qti-test-feedback>
</qti-assessment-test>""".encode()

MANIFEST = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m">'
    "<organizations/><resources>{}</resources></manifest>"
)


def resource(identifier: str, kind: str, href: str, inside: str = "") -> str:
    """One resource of a manifest."""
    held = inside or f"<file href={href!r}/>"
    return f'<resource identifier="{identifier}" type="{kind}" href="{href}">{held}</resource>'


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """The files as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return buffer.getvalue()
