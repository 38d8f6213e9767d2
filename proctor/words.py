"""Where each number of a slot stands in the file of `slots`."""

from enum import IntEnum

RUNS_KEPT = 16


class Word(IntEnum):
    """Words of eight bytes from a slot's start; the server writes those before TAKEN, the workers the others."""

    FRAME_LOCK = 0
    OWNER = 1  # source + 1
    SEQ = 2
    CAPTURED = 3
    RECEIVED_AT = 4
    FRAME_LENGTH = 5
    FRAME_CRC = 6
    VERSION = 7  # frames received
    TAKEN = 16  # frames taken << 32 | version of the last one, so that both change at once
    ANALYSED = 17
    ANALYSED_AT = 18
    THUMB_LOCK = 19
    THUMB_LENGTH = 20
    THUMB_CRC = 21
    THUMB_CAPTURED = 22
    REFUSED = 23
    LATE = 24
    TIMED_OUT = 25
    HOLDER = 26  # the worker that looks after the source
    TAKEN_AT = 27
    RUN = 28  # runs begun; the last RUNS_KEPT of them follow at RUNS, two words each
    COUNTERS_END = 29
    RUNS = 32
    END = 32 + 2 * RUNS_KEPT
