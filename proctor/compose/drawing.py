"""The pictures of one composed session, frame by frame."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from proctor.compose.camera import DARK, DIMMED, Camera, make_camera
from proctor.compose.chance import Chance
from proctor.compose.covers import COVERS
from proctor.compose.people import Person, make_person
from proctor.compose.plan import LIGHTS_DIMMED, PASSES_BY, Happening, Script
from proctor.compose.rooms import Room, make_room
from proctor.compose.things import ALLOWED, BOOKS, COMPUTERS, PHONES, badge
from proctor.frames import Image, as_image
from proctor.props import Cutout, Drawing, chair, shade
from proctor.reports import Code
from proctor.scenes import HEIGHT, WIDTH, paste, place

MAKERS = {**PHONES, **BOOKS, **COMPUTERS}
BARE = {"half hidden by a hand": "back on desk"}
MOVES = 1.5  # seconds that leaving the seat and coming back take
SIZES: Mapping[Code, tuple[float, float]] = {
    Code.PHONE: (0.22, 0.36),
    Code.BOOK_NOTES: (0.40, 0.65),
    Code.LAPTOP_TABLET: (0.42, 0.70),
}


@dataclass(frozen=True, slots=True)
class Lying:
    """A thing at its place: middle in pixels, and how far a hand moves it."""

    cutout: Cutout
    x: int
    y: int
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything of a session that is drawn once."""

    script: Script
    room: Room
    person: Person
    camera: Camera
    always: tuple[Lying, ...]
    seat: Cutout
    worn: Cutout | None
    things: Mapping[Happening, Lying]
    visitors: Mapping[Happening, Person]
    covers: Mapping[Happening, Image]


@dataclass(frozen=True, slots=True)
class Made:
    """A thing for an event, in degrees and scale; `bare` is it without the hand that hides it."""

    drawing: Drawing
    bare: Drawing
    degrees: float
    scale: float


def make_thing(script: Script, number: int, attempt: int) -> Made:
    """The thing of an event, at another attempt in another colour and turn."""
    one = script.happenings[number]
    coloured = "hand" not in one.variant
    both = [
        tinted(
            MAKERS[variant](Chance(*script.seed, 2, number, 0)),
            Chance(*script.seed, 2, number, 3, attempt),
            coloured,
        )
        for variant in (one.variant, BARE.get(one.variant, one.variant))
    ]
    chance = Chance(*script.seed, 2, number, 4, attempt)
    low, high = SIZES[one.code or Code.PHONE]
    return Made(both[0], both[1], chance.between(-35, 35), chance.between(low, high))


def tinted(drawing: Drawing, chance: Chance, coloured: bool) -> Drawing:
    """The drawing in another brightness, and in another colour where no skin is part of it."""
    spread = 0.25 if coloured else 0.0
    gains = np.array([chance.between(1 - spread, 1 + spread + 1e-9) for _ in range(3)])
    gains *= chance.between(0.8, 1.3)
    drawing.image[:] = np.clip(drawing.image * gains, 0, 255).astype(np.uint8)
    return drawing


def make_stage(script: Script, things: Mapping[Happening, Cutout]) -> Stage:
    """Draw everything that does not change; `things` are those of the events, turned and in their size."""
    chance = Chance(*script.seed, 1)
    room = make_room(chance)
    numbered = list(enumerate(script.happenings))
    return Stage(
        script,
        room,
        make_person(chance),
        make_camera(script.seed),
        tuple(lay_allowed(name, slot, room, chance) for slot, name in enumerate(script.allowed)),
        make_seat(script, chance),
        badge(chance).turned(0, chance.between(0.32, 0.42)) if script.badge else None,
        {one: lay(script, number, room, things[one]) for number, one in numbered if one in things},
        {one: make_visitor(script, number) for number, one in numbered if is_visit(one)},
        {
            one: COVERS[one.variant](Chance(*script.seed, 3, number))
            for number, one in numbered
            if one.code is Code.CAMERA_BLOCKED
        },
    )


def is_visit(one: Happening) -> bool:
    return one.code is Code.EXTRA_PERSON or one.variant == PASSES_BY


def lay_allowed(name: str, slot: int, room: Room, chance: Chance) -> Lying:
    """An allowed thing at its own part of the desk."""
    drawing = ALLOWED[name](chance)
    scale = chance.between(0.25, 0.42)
    x = 70 + slot * 80 + chance.whole(-15, 16)
    return Lying(drawing.turned(chance.between(-40, 40), scale), x, room.desk_top + chance.whole(35, 60))


def lay(script: Script, number: int, room: Room, cutout: Cutout) -> Lying:
    """An event's thing: on the right half of the desk, or in a hand before the chest."""
    chance = Chance(*script.seed, 2, number, 1)
    if script.happenings[number].variant == "in hand":
        return Lying(cutout, chance.whole(360, 480), room.desk_top - chance.whole(50, 130), 4.0)
    return Lying(cutout, chance.whole(370, 560), room.desk_top + chance.whole(20, 60))


def make_seat(script: Script, chance: Chance) -> Cutout:
    """The chair, with a coat over its back where the script says so."""
    drawing = chair()
    if script.coat:
        cloth = chance.colour(20, 130)
        drawing.polygon(((4, 30), (60, 6), (120, 6), (176, 30), (172, 170), (8, 170)), cloth)
        drawing.polygon(((84, 10), (96, 10), (100, 170), (80, 170)), shade(cloth, 0.6))
    return drawing.turned(0, chance.between(0.9, 1.2))


def make_visitor(script: Script, number: int) -> Person:
    """Somebody else, behind or beside the candidate."""
    chance = Chance(*script.seed, 2, number, 2)
    columns = {"behind": (210, 430), "beside left": (60, 150), "beside right": (490, 580)}
    column = chance.whole(*columns.get(script.happenings[number].variant, (80, 560)))
    return make_person(chance, scale=(0.5, 0.75), x=column)


def away(one: Happening, t: float) -> float:
    """How far the candidate is out of the picture, 0 to 1; wholly from the start to the end of the event."""
    if one.code is not Code.SEAT_EMPTY:
        return 0.0
    return max(0.0, min(1.0, 1 - (one.start - t) / MOVES, 1 + (one.end - t) / MOVES))


def draw(stage: Stage, t: float) -> Image:
    """The scene before the camera at a moment, without its noise."""
    going = stage.script.now(t)
    for one in going:
        if one in stage.covers:
            return stage.covers[one]
    canvas = stage.room.wall.copy()
    place(canvas, stage.seat, stage.person.x, stage.room.desk_top - 90)
    for one in going:
        if one in stage.visitors:
            put_visitor(canvas, stage.visitors[one], one, t)
    put_candidate(canvas, stage, t)
    canvas[stage.room.desk_top :] = stage.room.desk
    laid = [stage.things[one] for one in going if one in stage.things]
    for lying in (*stage.always, *laid):
        sway = lying.reach * float(np.sin(t * 1.7)), lying.reach * float(np.cos(t * 1.3))
        place(canvas, lying.cutout, round(lying.x + sway[0]), round(lying.y + sway[1]))
    return canvas


def put_visitor(canvas: Image, visitor: Person, one: Happening, t: float) -> None:
    """A second person; who only passes by crosses the whole picture."""
    cutout, left, top = visitor.placed(t)
    if one.variant == PASSES_BY:
        part = (t - one.start) / (one.end - one.start)
        left = round(-cutout.image.shape[1] + part * (WIDTH + cutout.image.shape[1]))
    paste(canvas, cutout, left, top - 40)


def put_candidate(canvas: Image, stage: Stage, t: float) -> None:
    """The candidate, as far as they are there."""
    cutout, left, top = stage.person.placed(t)
    for one in stage.script.happenings:
        part = away(one, t)
        left += round(part * {"leaves left": -WIDTH, "leaves right": WIDTH}.get(one.variant, 0))
        top += round(part * HEIGHT) if one.variant == "goes down" else 0
    paste(canvas, cutout, left, top)
    if stage.worn is not None:
        width = cutout.image.shape[1]
        place(canvas, stage.worn, left + round(width * 0.42), top + round(cutout.image.shape[0] * 0.62))


def light(script: Script, t: float) -> float:
    """How much light there is, 1 as usual."""
    for one in script.now(t):
        if one.code is Code.LOW_QUALITY:
            return DARK
        if one.variant == LIGHTS_DIMMED:
            return DIMMED
    return 1.0


def shoot(stage: Stage, number: int, t: float) -> Image:
    """The picture that the camera gives."""
    return as_image(stage.camera.shoot(draw(stage, t), number, t, light(stage.script, t)))
