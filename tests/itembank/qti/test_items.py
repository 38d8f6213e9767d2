"""Items of three versions become one model; what is not known is refused by name and line."""

import pytest

from itembank.qti.faults import BadQti, QtiFault
from itembank.qti.items import read_item
from itembank.qti.model import Node
from tests.itembank.qti.samples import NS2, NS3, OUTCOME2, RESPONSE2, item2, item3, read, rules2


def faults(data: bytes) -> list[QtiFault]:
    with pytest.raises(BadQti) as caught:
        read(data)
    return list(caught.value.faults)


def codes(data: bytes) -> list[tuple[str, str]]:
    return [(fault.code, fault.field) for fault in faults(data)]


def test_an_item_of_2_2_is_read_under_the_names_of_3_0() -> None:
    item = read(item2())
    interaction = item.body.elements[0]
    assert (item.identifier, item.version, interaction.name) == ("live-1", "2.2", "choice-interaction")
    assert interaction.attributes == {
        "response-identifier": "RESPONSE",
        "shuffle": "true",
        "max-choices": "1",
    }
    assert item.response_processing == Node("response-processing", {"template": "match_correct"})
    declared = item.declaration("RESPONSE")
    assert declared
    assert declared.correct
    assert declared.correct.values[0].text == "A"


@pytest.mark.parametrize(
    ("namespace", "version"),
    [
        (NS2, "2.2"),
        ("http://www.imsglobal.org/xsd/imsqti_v2p1", "2.1"),
        ("http://www.imsglobal.org/xsd/imsqti_v2p0", "2.1"),
    ],
)
def test_every_namespace_says_its_version(namespace: str, version: str) -> None:
    assert read(item2(namespace=namespace)).version == version


@pytest.mark.parametrize("namespace", ["", "http://www.imsglobal.org/xsd/ims_qtiasiv1p2", "urn:x"])
def test_other_namespaces_are_refused(namespace: str) -> None:
    assert codes(item2(namespace=namespace)) == [("not_qti", "assessmentItem")]


def test_the_same_item_is_equal_in_2_2_and_3_0() -> None:
    two = rules2(
        '<responseCondition><responseIf><isNull><variable identifier="RESPONSE"/></isNull>'
        "<exitResponse/></responseIf></responseCondition>"
    )
    three = f"""<qti-assessment-item xmlns="{NS3}" identifier="r" title="r" adaptive="0" time-dependent="false">
    <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
    <qti-correct-response><qti-value> A
    </qti-value></qti-correct-response></qti-response-declaration>
    <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/><qti-response-processing>
    <qti-response-condition><qti-response-if><qti-is-null><qti-variable identifier="RESPONSE"/></qti-is-null>
    <qti-exit-response/></qti-response-if></qti-response-condition></qti-response-processing></qti-assessment-item>"""
    assert read(two) == read(three.encode())


def test_identifiers_over_two_lines_are_one_pair() -> None:
    key = "<correctResponse><value>C09\n\t\tC10</value></correctResponse>"
    item = read(item2(RESPONSE2.replace('identifier">', 'pair">').format(key)))
    assert item.declarations[0].correct
    assert item.declarations[0].correct.values[0].text == "C09 C10"


def test_strings_keep_their_inner_spaces_but_not_line_breaks() -> None:
    key = "<correctResponse><value>New  York\n\tCity </value></correctResponse>"
    item = read(item2(RESPONSE2.replace('identifier">', 'string">').format(key)))
    assert item.declarations[0].correct
    assert item.declarations[0].correct.values[0].text == "New  York City"


def test_mappings_are_numbers_with_bounds_and_case_counts_unless_said() -> None:
    table = (
        '<mapping defaultValue="-.5" lowerBound="0" upperBound="1e1"><mapEntry mapKey="York" mappedValue=".03"/>'
        '<mapEntry mapKey="york" mappedValue="1" caseSensitive="false"/></mapping>'
    )
    mapping = read(item2(RESPONSE2.replace('identifier">', 'string">').format(table))).declarations[0].mapping
    assert mapping
    assert (mapping.default, mapping.lower_bound, mapping.upper_bound) == (-0.5, 0.0, 10.0)
    assert [(one.value, one.case_sensitive) for one in mapping.entries] == [(0.03, True), (1.0, False)]


@pytest.mark.parametrize(
    ("said", "in_2_2", "in_3_0"),
    [("", True, False), ('case-sensitive="true"', True, True), ('case-sensitive="false"', False, False)],
)
def test_case_of_strings_counts_in_2_x_and_not_in_3_0_unless_said(
    said: str, in_2_2: bool, in_3_0: bool
) -> None:
    three = (
        '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"><qti-mapping '
        f'default-value="0"><qti-map-entry map-key="A" mapped-value="1" {said}/></qti-mapping>'
        "</qti-response-declaration>"
    )
    two = three.replace("qti-mapping", "mapping").replace("qti-map-entry", "mapEntry")
    for old, new in (
        ("qti-response-declaration", "responseDeclaration"), ("base-type", "baseType"), ("map-key", "mapKey"),
        ("default-value", "defaultValue"), ("mapped-value", "mappedValue"), ("case-sensitive", "caseSensitive"),
    ):  # fmt: skip
        two = two.replace(old, new)
    for data, counts in ((item2(two), in_2_2), (item3(three), in_3_0)):
        mapping = read(data).declarations[0].mapping
        assert mapping
        assert mapping.entries[0].case_sensitive is counts


def test_case_always_counts_where_values_are_no_strings() -> None:
    table = '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="1" caseSensitive="false"/></mapping>'
    mapping = read(item2(RESPONSE2.format(table))).declarations[0].mapping
    assert mapping
    assert mapping.entries[0].case_sensitive


@pytest.mark.parametrize("number", ["", "x", "1_0", "nan", "inf", "1e999", "１２", "0x1"])
def test_what_is_no_number_is_refused(number: str) -> None:
    table = f'<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="{number}"/></mapping>'
    assert codes(item2(RESPONSE2.format(table))) == [("bad_number", "mapped-value")]


@pytest.mark.parametrize(
    ("shape", "coords", "good"),
    [
        ("circle", "1,2,3", True), ("circle", "1,2", False), ("rect", "0,0 9,9", True), ("rect", "0,0,9", False),
        ("poly", "0,0,1,1,2,0", True), ("poly", "0,0,1,1", False), ("poly", "0,0,1,1,2,0,5", False),
        ("ellipse", "1,2,3,4", True), ("default", "", True), ("star", "1,2,3", False), ("rect", "0,0,50%,9", False),
    ],
)  # fmt: skip
def test_areas_have_the_coordinates_of_their_shape(shape: str, coords: str, good: bool) -> None:
    entry = f'<areaMapEntry shape="{shape}" coords="{coords}" mappedValue="1"/>'
    table = f'<areaMapping defaultValue="0">{entry}</areaMapping>'
    data = item2(RESPONSE2.replace('identifier">', 'point">').format(table))
    assert ([] if good else [("bad_shape", "area-map-entry")]) == ([] if good and read(data) else codes(data))


def test_tables_of_outcomes_are_read() -> None:
    tables = OUTCOME2.replace("/>", ">{}</outcomeDeclaration>")
    match = '<matchTable defaultValue="0"><matchTableEntry sourceValue="3" targetValue="1.5"/></matchTable>'
    step = '<interpolationTableEntry sourceValue="2.5" includeBoundary="false" targetValue="1"/>'
    steps = f"<interpolationTable>{step}</interpolationTable>"
    table = read(item2(tables.format(match))).declarations[0].match_table
    assert table
    assert (table.entries[0].source, table.entries[0].target, table.default) == (3, "1.5", "0")
    other = read(item2(tables.format(steps))).declarations[0].interpolation_table
    assert other
    assert (other.entries[0].source, other.entries[0].include_boundary, other.default) == (
        2.5,
        False,
        None,
    )


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ("<customOperator class='x'/>", ("refused_element", "customOperator")),
        (
            "<setOutcomeValue identifier='SCORE'><frobnicate/></setOutcomeValue>",
            ("unknown_element", "frobnicate"),
        ),
        ("<setOutcomeValue identifier='SCORE'/>", ("wrong_count", "set-outcome-value")),
        ("<setOutcomeValue><null/></setOutcomeValue>", ("missing_attribute", "set-outcome-value")),
        (
            "<setOutcomeValue identifier='SCORE' way='x'><null/></setOutcomeValue>",
            ("unknown_attribute", "set-outcome-value"),
        ),
        (
            "<setOutcomeValue identifier='SCORE'><exitResponse/></setOutcomeValue>",
            ("misplaced", "exit-response"),
        ),
        ("<null/>", ("misplaced", "null")),
        ("<exitResponse>now</exitResponse>", ("stray_text", "exit-response")),
        ("<p/>", ("unknown_rule", "p")),
        ("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='f'/>", ("refused_element", "include")),
    ],
)
def test_rules_that_are_not_known_are_refused_by_name(rules: str, found: tuple[str, str]) -> None:
    assert found in codes(rules2(rules))


def test_a_fault_says_file_and_line() -> None:
    assert (
        faults(rules2("\n\n<setOutcomeValue identifier='S'><oops/></setOutcomeValue>"))[0].where
        == "item.xml:6"
    )


def test_all_faults_are_found_at_once() -> None:
    data = item2(RESPONSE2.format("") + RESPONSE2.format(""), body="<script/><p onclick='x()'/>")
    assert codes(data) == [
        ("unknown_element", "script"), ("active_content", "onclick"), ("duplicate_identifier", "RESPONSE"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response", "map_response"),
        ("https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response_point.xml", "map_response_point"),
        ("http://www.imsglobal.org/question/qti_v2p1/rptemplates/CC2_match_basic", "CC2_match_basic"),
        ("match_correct", "match_correct"),
    ],
)  # fmt: skip
def test_standard_templates_are_known_by_the_end_of_their_address(address: str, name: str) -> None:
    data = rules2("").replace(b"<responseProcessing>", f'<responseProcessing template="{address}">'.encode())
    processing = read(data).response_processing
    assert processing
    assert processing.attributes == {"template": name}


def test_own_rules_come_before_a_template_and_unknown_templates_are_refused() -> None:
    start = b'<responseProcessing template="urn:own">'
    own = read(rules2("<exitResponse/>").replace(b"<responseProcessing>", start)).response_processing
    assert own
    assert own.attributes == {}
    assert own.elements[0].name == "exit-response"
    assert codes(rules2("").replace(b"<responseProcessing>", start)) == [
        ("unknown_template", "response-processing")
    ]


def test_a_template_that_comes_with_the_file_is_taken_over() -> None:
    template = f'<responseProcessing xmlns="{NS2}"><exitResponse/></responseProcessing>'.encode()
    data = rules2("").replace(b"<responseProcessing>", b'<responseProcessing template="urn:own">')
    item = read_item(data, name="i.xml", templates={"urn:own": template}.get)
    assert item.response_processing
    assert item.response_processing.elements[0].name == "exit-response"


def test_comments_do_not_cut_text_and_the_layer_of_3_0_is_left_out() -> None:
    feedback = (
        '<qti-modal-feedback outcome-identifier="F" identifier="x" show-hide="show">\n <qti-content-body>做得'
        "<!-- c -->好</qti-content-body>\n</qti-modal-feedback>"
    )
    item = read(item3(body="<p>读<!-- c -->图</p>", after=feedback))
    assert item.body.elements[0].children == ("读图",)
    assert item.modal_feedback[0].children == ("做得好",)


def test_foreign_vocabularies_keep_their_names_and_case() -> None:
    body = (
        '<p><m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi mathvariant="bold">x</m:mi></m:math></p>'
        '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"/>'
    )
    paragraph, picture = read(item3(body=body)).body.elements
    assert [node.name for node in paragraph.walk()] == ["p", "mathml:math", "mathml:mi"]
    assert (picture.name, dict(picture.attributes)) == ("svg:svg", {"viewBox": "0 0 1 1"})


@pytest.mark.parametrize(
    "body",
    ["<iframe/>", "<form/>", "<qti-portable-custom-interaction/>", "<qti-value/>", "<o:p xmlns:o='urn:o'/>"],
)
def test_bodies_hold_no_scripts_forms_or_code(body: str) -> None:
    assert codes(item3(body=body))[0][0] in ("unknown_element", "refused_element", "misplaced")


def test_help_for_candidates_is_kept_whatever_it_is_called() -> None:
    card = '<qti-card support="spoken"><qti-novel-help/></qti-card>'
    catalog = f'<qti-catalog-info><qti-catalog id="c">{card}</qti-catalog></qti-catalog-info>'
    item = read(item3(after=catalog))
    assert item.catalogs
    assert [node.name for node in item.catalogs.walk()][-1] == "novel-help"


@pytest.mark.parametrize("value", ["yes", "", "2"])
def test_booleans_are_true_or_false(value: str) -> None:
    assert codes(item2(attributes='toolName="t" label="l"').replace(b'"TRUE"', f'"{value}"'.encode())) == [
        ("bad_boolean", "shuffle")
    ]
