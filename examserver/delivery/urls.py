"""The addresses of the exam."""

from django.urls import path

from examserver.delivery import api, planner, views
from examserver.delivery.words import interaction_words
from examserver.kernel.words import catalog

urlpatterns = [
    path("office/planning/", planner.planning, name="planning"),
    path("office/planning/<int:batch_id>/", planner.plan_day, name="plan_day"),
    path("seat/<str:name>/<str:key>/", views.bind_seat, name="seat_bind"),
    path("exam/", views.exam, name="exam"),
    path("exam/sign-in/", views.sign_in, name="exam_sign_in"),
    path("exam/confirm/", views.confirm, name="exam_confirm"),
    path("exam/rules/", views.accept_rules, name="exam_rules"),
    path("exam/text.js", catalog("examserver.delivery"), name="exam_catalog"),
    path("exam/interactions.js", interaction_words(), name="exam_interaction_words"),
    path("exam/photo/", views.photo, name="exam_photo"),
    path("exam/leave/", views.leave, name="exam_leave"),
    path("api/exam/state", api.state, name="exam_state"),
    path("api/exam/paper", api.paper, name="exam_paper"),
    path("api/exam/answers", api.submit_answers, name="exam_answers"),
    path("api/exam/hand-in", api.hand_in, name="exam_hand_in"),
    path("api/exam/notices/<int:notice>/read", api.notice_read, name="exam_notice_read"),
    path("api/exam/notices/<int:notice>/shown", api.notice_shown, name="exam_notice_shown"),
    path("api/exam/hand", api.hand, name="exam_hand"),
    path("api/exam/materials/<str:task>/<str:code>/", api.download_material, name="exam_material"),
    path("api/exam/media/<str:sha256>/", api.item_media, name="exam_item_media"),
    path("api/exam/uploads/", api.create_upload, name="exam_uploads"),
    path("api/exam/uploads/<int:file>/", api.upload, name="exam_upload"),
    path("api/exam/uploads/<int:file>/confirm/", api.confirm_upload, name="exam_upload_confirm"),
]
