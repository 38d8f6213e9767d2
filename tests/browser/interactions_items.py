"""One item of each kind of interaction, as QTI 3 with pictures drawn here, and its right answer: the tests' table."""

import struct
from dataclasses import dataclass
from typing import Any

from itembank.interactions.aliases import aliased_item
from itembank.interactions.from_qti import addresses, content_of
from itembank.interactions.media import MediaFile, media_file
from itembank.qti.items import read_item

SECRET = "SECRET-OF-THE-KEY"
# Authors name things so that the name says which is right; no candidate may see it.
TELLING = "TELLING-"
VARIABLE, ALIAS = "RESPONSE", "r1"
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}">{2}</svg>'
DESK = '<rect width="400" height="200" fill="#eee"/><rect x="20" y="20" width="100" height="60" fill="#9bc"/>'
REST = '<circle cx="220" cy="60" r="40" fill="#cb9"/><polygon points="300,120 380,120 340,190" fill="#9c9"/>'
DRAWINGS = {
    "room.svg": SVG.format(400, 200, DESK + REST).encode(),
    "lamp.svg": SVG.format(20, 20, '<circle cx="10" cy="10" r="9"/>').encode(),
}
RATE = 8000
# A second of silence: RIFF, the format (PCM, one channel, 8 bits), the samples.
HEAD = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE, 1, 8) + b"data" + struct.pack("<I", RATE)
SOUND = b"RIFF" + struct.pack("<I", len(HEAD) + RATE) + HEAD + b"\x80" * RATE
FILES = {**DRAWINGS, "pause.wav": SOUND}
LAMP = '<img src="lamp.svg" alt="灯" width="20" height="20"/>'
ROOM = '<img src="room.svg" alt="直播间" width="400" height="200"/>'
SPOTS = (
    ("A", "rect", "20,20,120,80", "桌子"),
    ("B", "circle", "220,60,40", "灯"),
    ("C", "poly", "300,120,380,120,340,190", "门"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An item: its code, its body, its variable, the right answer, which is the one given too; areas for points.

    Identifiers stand here without the word with which the item's own begin.
    """

    code: str
    body: str
    correct: tuple[str, ...]
    cardinality: str = "single"
    base_type: str = "identifier"
    areas: str = ""
    person: bool = False

    @property
    def own(self) -> list[str]:
        """The right answer as the item names things."""
        if self.base_type not in ("identifier", "pair", "directedPair"):
            return list(self.correct)
        return [" ".join(TELLING + name for name in one.split(" ")) for one in self.correct]

    @property
    def sent(self) -> list[str]:
        """The right answer as a candidate's page names things."""
        aliases = aliased_item(content(self)).aliases
        assert aliases is not None
        found: list[str] = aliases.shown({VARIABLE: self.own})[ALIAS]
        return found

    @property
    def xml(self) -> bytes:
        values = "".join(f"<qti-value>{one}</qti-value>" for one in self.own)
        extra = self.areas
        if self.code == "text":
            extra = f'<qti-mapping default-value="0"><qti-map-entry map-key="{self.correct[0]}" mapped-value="1"/>'
            extra += f'<qti-map-entry map-key="{SECRET}" mapped-value="0.5"/></qti-mapping>'
        template = (
            "map_response_point" if self.areas else "map_response" if self.code == "text" else "match_correct"
        )
        kinds = f'cardinality="{self.cardinality}" base-type="{self.base_type}"'
        key = "" if self.areas or self.person else f"<qti-correct-response>{values}</qti-correct-response>"
        processing = (
            "" if self.person else f'<qti-response-processing template="{TEMPLATES}/{template}.xml"/>'
        )
        return f"""<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="{self.code}"
 title="{self.code}" adaptive="false" time-dependent="false">
 <qti-response-declaration identifier="RESPONSE" {kinds}>{key}{extra}
 </qti-response-declaration>
 <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
 <qti-item-body><p>题目 {self.code}</p>{self.body}
  <qti-rubric-block view="scorer" use="scoring"><qti-content-body><p>{SECRET}</p></qti-content-body></qti-rubric-block>
 </qti-item-body>{processing}
 <qti-modal-feedback outcome-identifier="SCORE" identifier="x" show-hide="show"><qti-content-body><p>{SECRET}</p>
 </qti-content-body></qti-modal-feedback></qti-assessment-item>""".encode()


def interaction(name: str, inner: str = "", **attributes: Any) -> str:
    """A QTI 3 interaction of the variable RESPONSE."""
    given = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<qti-{name}-interaction response-identifier="RESPONSE"{given}>{inner}</qti-{name}-interaction>'


def choices(name: str, **attributes: Any) -> str:
    """Three things A, B and C of this element."""
    given = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return "".join(f'<qti-{name} identifier="{TELLING}{one}"{given}>选项 {one}</qti-{name}>' for one in "ABC")


def spots(name: str, **attributes: Any) -> str:
    """The three places of the drawing."""
    given = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return "".join(
        f'<qti-{name} identifier="{TELLING}{code}" shape="{shape}" coords="{coords}" hotspot-label="{label}"{given}/>'
        for code, shape, coords, label in SPOTS
    )


def area(x: int, y: int) -> str:
    """A circle of 6 pixels that is worth a point."""
    entry = f'<qti-area-map-entry shape="circle" coords="{x},{y},6" mapped-value="1"/>'
    return f'<qti-area-mapping default-value="0">{entry}</qti-area-mapping>'


SETS = "<qti-simple-match-set>{}</qti-simple-match-set><qti-simple-match-set>{}</qti-simple-match-set>"


def one_set(letter: str, count: int) -> str:
    """The things of one side of a match."""
    numbered = (f"{letter}{n}" for n in range(1, count + 1))
    name = "qti-simple-associable-choice"
    return "".join(f'<{name} identifier="{TELLING}{one}" match-max="1">{one}</{name}>' for one in numbered)


MATCHED = SETS.format(one_set("L", 2), one_set("R", 3))
GAPS = f'<p>先<qti-gap identifier="{TELLING}G1"/>后<qti-gap identifier="{TELLING}G2"/>。</p>'
HOT = (
    f'<p>找出<qti-hottext identifier="{TELLING}A">错误</qti-hottext>'
    f'的<qti-hottext identifier="{TELLING}B">词语</qti-hottext>。</p>'
)
SIMPLE = choices("simple-choice")

ONCE = choices("gap-text", match_max=1)
ENDS = spots("associable-hotspot", match_max=1)
PLACES = spots("hotspot-choice")
PEERS = choices("simple-associable-choice", match_max=1)
HEARD = '<audio><source src="pause.wav" type="audio/wav"/></audio>'
PLACED = interaction("position-object", LAMP, max_choices=1)
STAGE = f"<qti-position-object-stage>{ROOM}{PLACED}</qti-position-object-stage>"
PAIRS, DIRECTED = ("multiple", "pair"), ("multiple", "directedPair")

ROWS = (
    Row("single", interaction("choice", SIMPLE, max_choices=1), ("B",)),
    Row("multiple", interaction("choice", SIMPLE, max_choices=0), ("A", "C"), "multiple"),
    Row("inline", f"<p>选{interaction('inline-choice', choices('inline-choice'))}。</p>", ("B",)),
    Row("text", f"<p>填{interaction('text-entry', expected_length=10)}。</p>", ("直播",), base_type="string"),
    Row("number", f"<p>得{interaction('text-entry', expected_length=6)}</p>", ("9.8",), base_type="float"),
    Row(
        "essay", interaction("extended-text", expected_lines=4), ("一段话",), base_type="string", person=True
    ),
    Row("order", interaction("order", SIMPLE), ("B", "C", "A"), "ordered"),
    Row("match", interaction("match", MATCHED, max_associations=0), ("L1 R2", "L2 R1"), *DIRECTED),
    Row("associate", interaction("associate", PEERS, max_associations=1), ("A C",), *PAIRS),
    Row("gaps", interaction("gap-match", ONCE + GAPS), ("B G1", "A G2"), *DIRECTED),
    Row("hot", interaction("hottext", HOT, max_choices=1), ("B",)),
    Row("spot", interaction("hotspot", ROOM + PLACES, max_choices=0), ("A", "C"), "multiple"),
    Row(
        "point",
        interaction("select-point", ROOM, max_choices=1),
        ("180 90",),
        base_type="point",
        areas=area(180, 90),
    ),
    Row("spots", interaction("graphic-order", ROOM + PLACES), ("C", "A", "B"), "ordered"),
    Row("lines", interaction("graphic-associate", ROOM + ENDS, max_associations=1), ("A B",), *PAIRS),
    Row("places", interaction("graphic-gap-match", ROOM + ONCE + ENDS), ("A B", "C C"), *DIRECTED),
    Row("object", STAGE, ("220 110",), "multiple", "point", area(220, 110)),
    Row("slider", interaction("slider", lower_bound=0, upper_bound=10, step=1), ("3",), base_type="integer"),
    Row("sound", interaction("media", HEARD, autostart="false", max_plays=1), ("1",), base_type="integer"),
    Row("upload", interaction("upload"), (), base_type="file", person=True),
)


def files() -> dict[str, MediaFile]:
    """The drawings and the sound by their addresses."""
    return {name: media_file(data) for name, data in FILES.items()}


def content(row: Row) -> dict[str, Any]:
    """What candidates get of a row's item."""
    item = read_item(row.xml, name=row.code)
    known = files()
    return content_of(item, {one: known[one] for one in addresses(item)}, name=row.code).plain()


def grading(row: Row) -> dict[str, Any]:
    """What the row's answer is scored by."""
    from scoring.processing import dump_key

    if row.person:
        return {"by": "person"}
    return dump_key(read_item(row.xml, name=row.code))
