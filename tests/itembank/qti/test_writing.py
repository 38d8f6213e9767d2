"""What is written in 3.0 or 2.2 reads as the same model; nothing is lost without a word."""

import pytest
from lxml import etree

from itembank.qti.assessments import read_stimulus, read_test
from itembank.qti.checks import item_faults
from itembank.qti.elements import is_html
from itembank.qti.faults import BadQti
from itembank.qti.model import Item, Node
from itembank.qti.names import camel, canonical
from itembank.qti.package_writing import write_package
from itembank.qti.packages import Package, read_package
from itembank.qti.registry import HTML, QTI_NAMES
from itembank.qti.writing import left_out, write_item, write_stimulus, write_test
from tests.itembank.qti.samples import (
    CHOICE2,
    CORRECT2,
    NS3,
    OUTCOME2,
    RESPONSE2,
    TEST3,
    item2,
    item3,
    read,
    rules2,
)

BOTH = pytest.mark.parametrize("version", ["2.2", "3.0"])
ENTRY = '<mapEntry mapKey="A" mappedValue="1"/>'
TWICE = f'<mapping defaultValue="0">{ENTRY * 2}</mapping>'
RICH = item3(
    '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"><qti-mapping '
    'default-value="0" upper-bound="2"><qti-map-entry map-key=" a " mapped-value="1.5"/></qti-mapping>'
    "</qti-response-declaration>"
    '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float" normal-maximum="2" '
    'external-scored="human"/>',
    body='<div class="x" data-k="1"><figure><img src="a.png" alt=" 图 "/></figure><p>a <b>b</b> <i>c</i>\n'
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p></div><qti-rubric-block view="scorer">'
    "<qti-content-body><p>评分</p></qti-content-body></qti-rubric-block>",
    after="<qti-response-processing><qti-set-outcome-value identifier='SCORE'><qti-sum>"
    "<qti-map-response identifier='RESPONSE'/>"
    "<qti-base-value base-type='float'>.03</qti-base-value></qti-sum></qti-set-outcome-value></qti-response-processing>"
    '<qti-modal-feedback outcome-identifier="SCORE" identifier="f" show-hide="show">'
    "<qti-content-body>好</qti-content-body></qti-modal-feedback>",
)  # fmt: skip


@BOTH
@pytest.mark.parametrize("data", [item2(), RICH, rules2("<exitResponse/>")])
def test_an_item_reads_as_it_was_written(data: bytes, version: str) -> None:
    item = read(data)
    again = read(write_item(item, version))
    assert again == item
    assert again.version == version


@BOTH
def test_a_test_and_a_stimulus_read_as_they_were_written(version: str) -> None:
    test = read_test(TEST3, name="t.xml")
    assert read_test(write_test(test, version), name="t.xml") == test
    body = "<qti-stimulus-body><p>x</p></qti-stimulus-body>"
    data = f'<qti-assessment-stimulus xmlns="{NS3}" identifier="s" title="t">{body}</qti-assessment-stimulus>'
    stimulus = read_stimulus(data.encode(), name="s.xml")
    assert read_stimulus(write_stimulus(stimulus, version), name="s.xml") == stimulus


@pytest.mark.parametrize(
    ("version", "order"),
    [
        (
            "3.0",
            "qti-response-declaration qti-outcome-declaration qti-item-body qti-response-processing qti-modal-feedback",
        ),
        ("2.2", "responseDeclaration outcomeDeclaration itemBody responseProcessing modalFeedback"),
    ],
)
def test_children_stand_in_the_order_of_the_schema(version: str, order: str) -> None:
    root = etree.fromstring(write_item(read(RICH), version))
    assert " ".join(etree.QName(child).localname for child in root) == order


def test_feedback_of_3_0_has_its_layer_and_html5_of_2_2_its_namespace() -> None:
    assert b"<qti-content-body>\xe5\xa5\xbd</qti-content-body></qti-modal-feedback>" in write_item(read(RICH))
    two = etree.fromstring(write_item(read(RICH), "2.2"))
    assert two.find(".//{http://www.imsglobal.org/xsd/imsqtiv2p2_html5_v1p0}figure") is not None
    assert two.find(".//{*}rubricBlock/{*}p") is not None


def test_pictures_are_img_in_the_model_and_object_in_2_2() -> None:
    picture = '<img src="uk.png" alt="地图" width="206" height="280"/>'
    start = '<qti-select-point-interaction response-identifier="R" max-choices="1">'
    body = f"{start}{picture}</qti-select-point-interaction>"
    item = read(item3(body=body))
    two = write_item(item, "2.2")
    assert '<object data="uk.png" type="image/png" width="206" height="280">地图</object>'.encode() in two
    assert read(two) == item


def test_accessibility_extensions_of_2_x_are_kept_for_2_x() -> None:
    space = "http://www.imsglobal.org/xsd/apip/apipv1p0/imsapip_qtiv1p0"
    apip = f'<a:apipAccessibility xmlns:a="{space}"><a:x y="1"/></a:apipAccessibility>'
    item = read(item2().replace(b"</assessmentItem>", f"{apip}</assessmentItem>".encode()))
    assert read(write_item(item, "2.2")).extensions == item.extensions != ()
    assert [fault.code for fault in left_out(item, "3.0")] == ["left_out"]


def test_the_template_is_written_as_its_version_writes_it() -> None:
    assert b"spec/qti/v3p0/rptemplates/match_correct.xml" in write_item(read(item2()), "3.0")
    assert b"question/qti_v2p2/rptemplates/match_correct" in write_item(read(item2()), "2.2")


def test_what_2_2_cannot_say_is_refused_or_listed() -> None:
    context = '<qti-context-declaration identifier="QTI_CONTEXT" cardinality="record"/>'
    with pytest.raises(BadQti, match="not in version"):
        write_item(read(item3(context)), "2.2")
    item = read(item3(after='<qti-catalog-info><qti-catalog id="c"/></qti-catalog-info>'))
    assert [fault.field for fault in left_out(item, "2.2")] == ["catalog-info"]
    assert left_out(item, "3.0") == ()
    with pytest.raises(BadQti, match="unknown version"):
        write_item(item, "1.2")


def test_rubrics_of_a_test_or_its_parts_are_3_0_only() -> None:
    rubric = (
        b'<qti-rubric-block view="candidate"><qti-content-body><p>x</p></qti-content-body></qti-rubric-block>'
    )
    for place in (b"<qti-test-part", b'  <qti-assessment-section identifier="s1"'):
        test = read_test(TEST3.replace(place, rubric + place, 1), name="t.xml")
        assert read_test(write_test(test, "3.0"), name="t.xml") == test
        with pytest.raises(BadQti, match="rubric-block: not in version"):
            write_test(test, "2.2")


def test_control_characters_are_refused_not_written() -> None:
    with pytest.raises(BadQti, match="bad character"):
        write_item(Item("x", "t", Node("item-body", {}, (Node("p", {}, ("\x00",)),))))


def test_every_name_of_2_x_comes_back() -> None:
    assert {name for name in QTI_NAMES if canonical(camel(name)) != name} == set()
    assert {name for name in HTML if not is_html(name)} == set()


@BOTH
def test_a_package_reads_as_it_was_written_and_twice_the_same(version: str) -> None:
    item, test = (
        read(item2(body='<p><img src="../img/a.png" alt="a"/></p>' + CHOICE2)),
        read_test(TEST3, name="t"),
    )
    package = Package(
        "m", "题库", {"items/a.xml": item, "items/b.xml": item}, {"t.xml": test}, {}, {"img/a.png": b"p"}
    )
    data = write_package(package, version)
    again = read_package(data, name="p.zip")
    assert (again.items, again.tests, again.media, again.faults) == (
        package.items,
        package.tests,
        package.media,
        (),
    )
    assert again.title == "题库"
    assert write_package(package, version) == data


def test_a_path_outside_is_not_written() -> None:
    with pytest.raises(BadQti, match="unsafe path"):
        write_package(Package("m", "", {"../a.xml": read(item2())}, {}, {}, {}))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (item2(), []),
        (item2(RESPONSE2.format(CORRECT2.replace("A", "C")) + OUTCOME2), [("key_without_option", "C")]),
        (item2(OUTCOME2), [("undeclared_response", "RESPONSE")]),
        (item2().replace(b'"B"', b'"A"'), [("duplicate_identifier", "A")]),
        (item2().replace(b"maxChoices", b"maxChoice"), [("unknown_attribute", "choice-interaction")]),
        (item2(body=CHOICE2 * 2), [("response_used_twice", "RESPONSE")] * 2),
        (item2(RESPONSE2.replace("single", "ordered").format(CORRECT2)), [("wrong_response_type", "RESPONSE")]),
        (
            item2(RESPONSE2.format(TWICE)),
            [("duplicate_identifier", "A")],
        ),
    ],
)  # fmt: skip
def test_the_bank_asks_for_a_key_that_names_an_option(data: bytes, found: list[tuple[str, str]]) -> None:
    assert [(fault.code, fault.field) for fault in item_faults(read(data), name="i.xml")] == found
