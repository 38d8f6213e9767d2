"""The addresses of invigilation."""

from django.urls import path

from examserver.invigilation.views import (
    camera,
    conduct,
    coverage,
    evidence,
    pages,
    permits,
    sessions,
    signals,
    sittings,
)
from examserver.kernel.words import catalog

_BOARD = "api/board/<int:session>"
_SITTING = "api/sittings/<int:sitting>"

urlpatterns = [
    path("board/", pages.board_sessions, name="board_sessions"),
    path("board/text.js", catalog("examserver.invigilation"), name="board_catalog"),
    path("board/<int:session>/", pages.board, name="board"),
    path(f"{_BOARD}/snapshot", sessions.snapshot, name="board_snapshot"),
    path(f"{_BOARD}/precision", sessions.precision, name="board_precision"),
    path(f"{_BOARD}/coverage", coverage.coverage, name="board_coverage"),
    path(f"{_BOARD}/arrive", sessions.arrive, name="session_arrive"),
    path(f"{_BOARD}/arm", sessions.arm, name="session_arm"),
    path(f"{_BOARD}/disarm", sessions.disarm, name="session_disarm"),
    path(f"{_BOARD}/start", sessions.start, name="session_start"),
    path(f"{_BOARD}/close", sessions.close, name="session_close"),
    path(f"{_BOARD}/pause", sessions.pause, name="session_pause"),
    path(f"{_BOARD}/resume", sessions.resume, name="session_resume"),
    path(f"{_BOARD}/message", sessions.message, name="session_message"),
    path(f"{_SITTING}/admit", sittings.admit, name="sitting_admit"),
    path(f"{_SITTING}/absent", sittings.absent, name="sitting_absent"),
    path(f"{_SITTING}/waive_camera", sittings.waive_camera, name="sitting_waive_camera"),
    path(f"{_SITTING}/extra_time", sittings.extra_time, name="sitting_extra_time"),
    path(f"{_SITTING}/pause", sittings.pause, name="sitting_pause"),
    path(f"{_SITTING}/resume", sittings.resume, name="sitting_resume"),
    path(f"{_SITTING}/message", sittings.message, name="sitting_message"),
    path(f"{_SITTING}/remind", sittings.remind, name="sitting_remind"),
    path(f"{_SITTING}/leave", permits.leave, name="sitting_leave"),
    path("api/leaves/<int:leave>/returned", permits.returned, name="leave_returned"),
    path("api/leaves/<int:leave>/revoke", permits.revoke, name="leave_revoke"),
    path(f"{_SITTING}/device", permits.device, name="sitting_device"),
    path("api/devices/<int:rule>/revoke", permits.revoke_device, name="device_revoke"),
    path(f"{_SITTING}/terminate", sittings.terminate, name="sitting_terminate"),
    path(f"{_SITTING}/case", sittings.report_case, name="sitting_case"),
    path(f"{_SITTING}/viewed", sittings.viewed, name="sitting_viewed"),
    path(f"{_SITTING}/evidence/<int:still>/", evidence.evidence_still, name="evidence_still"),
    path(f"{_SITTING}/evidence/<int:clip>/clip", evidence.evidence_clip, name="evidence_clip"),
    path(f"{_SITTING}/hold", evidence.hold, name="sitting_hold"),
    path(f"{_SITTING}/lift_hold", evidence.lift, name="sitting_lift_hold"),
    path("api/incidents/<int:incident>/acknowledge", conduct.acknowledge, name="incident_acknowledge"),
    path("api/incidents/<int:incident>/export", evidence.incident_export, name="incident_export"),
    path("api/incidents/<int:incident>/dismiss", conduct.dismiss, name="incident_dismiss"),
    path("api/reminders/<int:reminder>/complied", conduct.complied, name="reminder_complied"),
    path("api/reminders/<int:reminder>/not_complied", conduct.not_complied, name="reminder_not_complied"),
    path("api/cases/<int:case>/confirm", conduct.confirm, name="case_confirm"),
    path("api/cases/<int:case>/withdraw", conduct.withdraw, name="case_withdraw"),
    path("api/exam/frames", camera.frame, name="exam_frames"),
    path("api/exam/camera", camera.check, name="exam_camera"),
    path("api/exam/signals", signals.tell, name="exam_signals"),
]
