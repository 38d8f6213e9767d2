"""Who may reach the addresses and sockets of invigilation."""

from examserver.kernel.access import PUBLIC, Role

_ROOM = frozenset({Role.INVIGILATOR, Role.CHIEF_INVIGILATOR})
_CHIEF = frozenset({Role.CHIEF_INVIGILATOR})
# What one candidate may have is not for the room to decide.
_OFFICE = frozenset({Role.CHIEF_INVIGILATOR, Role.OFFICER})
# The officer signs cases and so must see what they rest on.
_CONDUCT = _ROOM | {Role.OFFICER}
_APPLICANT = frozenset({Role.APPLICANT})
_CANDIDATE = frozenset({Role.CANDIDATE})

ROWS: dict[str, frozenset[Role]] = {
    "board_sessions": _CONDUCT,
    "board": _CONDUCT,
    "board_catalog": PUBLIC,
    "board_snapshot": _CONDUCT,
    "board_coverage": _CONDUCT,
    "board_precision": _CONDUCT,
    "session_arrive": _ROOM,
    "session_arm": _ROOM,
    "session_disarm": _ROOM,
    "session_start": _ROOM,
    "session_close": _ROOM,
    "session_pause": _ROOM,
    "session_resume": _ROOM,
    "session_message": _ROOM,
    "sitting_admit": _ROOM,
    "sitting_face": _ROOM,
    "sitting_face_refused": _ROOM,
    "sitting_face_release": _ROOM,
    "sitting_face_report": _ROOM,
    "sitting_absent": _ROOM,
    "sitting_waive_camera": _ROOM,
    "sitting_extra_time": _ROOM,
    "sitting_pause": _ROOM,
    "sitting_resume": _ROOM,
    "sitting_message": _ROOM,
    "sitting_remind": _ROOM,
    "sitting_leave": _ROOM,
    "leave_returned": _ROOM,
    "leave_revoke": _ROOM,
    "sitting_device": _OFFICE,
    "device_revoke": _OFFICE,
    "sitting_terminate": _CHIEF,
    "sitting_case": _CONDUCT,
    "sitting_viewed": _ROOM,
    "evidence_still": _CONDUCT,
    "evidence_clip": _CONDUCT,
    "sitting_hold": frozenset({Role.OFFICER}),
    "sitting_lift_hold": frozenset({Role.OFFICER}),
    "incident_acknowledge": _ROOM,
    "incident_dismiss": _ROOM,
    "incident_export": _CHIEF | {Role.OFFICER},
    "reminder_complied": _ROOM,
    "reminder_not_complied": _ROOM,
    "case_confirm": _CONDUCT,
    "case_withdraw": _CONDUCT,
    "desk": _ROOM,
    "desk_act": _ROOM,
    "office_cases": frozenset({Role.OFFICER, Role.ADMIN, Role.SUPERVISOR}),
    "office_case": frozenset({Role.OFFICER, Role.ADMIN, Role.SUPERVISOR}),
    "office_case_act": frozenset({Role.OFFICER}),
    "my_decisions": _APPLICANT,
    "my_appeal": _APPLICANT,
    "exam_frames": _CANDIDATE,
    "exam_camera": _CANDIDATE,
    "exam_signals": _CANDIDATE,
    "ws_board": _CONDUCT,
    "ws_frames": _CANDIDATE,
}
