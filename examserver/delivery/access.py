"""Who may reach the addresses and the socket of the exam."""

from examserver.kernel.access import PUBLIC, Role

CANDIDATE = frozenset({Role.CANDIDATE})

ROWS: dict[str, frozenset[Role]] = {
    "planning": frozenset({Role.SCHEDULER}),
    "plan_day": frozenset({Role.SCHEDULER}),
    "seat_bind": PUBLIC,
    "exam": PUBLIC,
    "exam_sign_in": PUBLIC,
    "exam_catalog": PUBLIC,
    "exam_interaction_words": PUBLIC,
    "exam_confirm": CANDIDATE,
    "exam_rules": CANDIDATE,
    "exam_leave": CANDIDATE,
    "exam_photo": CANDIDATE,
    "exam_state": CANDIDATE,
    "exam_paper": CANDIDATE,
    "exam_answers": CANDIDATE,
    "exam_hand_in": CANDIDATE,
    "exam_notice_read": CANDIDATE,
    "exam_notice_shown": CANDIDATE,
    "exam_hand": CANDIDATE,
    "exam_material": CANDIDATE,
    "exam_item_media": CANDIDATE,
    "exam_uploads": CANDIDATE,
    "exam_upload": CANDIDATE,
    "exam_upload_confirm": CANDIDATE,
    "ws_exam": CANDIDATE,
}
