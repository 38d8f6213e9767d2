"""The addresses of grading; codes are random, so that no address tells of a candidate."""

from django.urls import path

from scoring.views import api, files, keys, pages, statistics

urlpatterns = [
    path("grading/", pages.grading_queue, name="grading_queue"),
    path("grading/take/", pages.grading_take, name="grading_take"),
    path("grading/lead/", pages.grading_lead, name="grading_lead"),
    path("grading/lead/<str:code>/take/", pages.grading_take_third, name="grading_take_third"),
    path("keys/", keys.key_papers, name="key_papers"),
    path("keys/<int:paper>/", keys.key_paper, name="key_paper"),
    path("keys/corrections/<int:correction>/", keys.key_decide, name="key_decide"),
    path("grading/<str:code>/", pages.grading_sheet, name="grading_sheet"),
    path("api/grading/<str:code>/marks/", api.api_grading_mark, name="api_grading_mark"),
    path("api/grading/<str:code>/note/", api.api_grading_note, name="api_grading_note"),
    path("api/grading/<str:code>/finish/", api.api_grading_finish, name="api_grading_finish"),
    path("api/grading/<str:code>/files/<int:number>/", files.api_grading_file, name="api_grading_file"),
    path(
        "api/grading/<str:code>/materials/<str:material>/",
        files.api_grading_material,
        name="api_grading_material",
    ),
    path("statistics/", statistics.statistics_list, name="statistics_list"),
    path("statistics/<str:day>/<int:paper>/", statistics.statistics_paper, name="statistics_paper"),
    path("statistics/<str:day>/<int:paper>/record/", statistics.statistics_record, name="statistics_record"),
]
