"""The addresses of the bank."""

from django.urls import path

from itembank.views import assembling, editor, imports, items, lists, papers, reviews

urlpatterns = [
    path("bank/", lists.bank, name="bank"),
    path("bank/new/", editor.bank_new, name="bank_new"),
    path("bank/review/", reviews.bank_queue, name="bank_queue"),
    path("bank/import/", imports.bank_import, name="bank_import"),
    path("bank/import/template/", imports.bank_template, name="bank_template"),
    path("bank/import/<int:number>/", imports.bank_import_file, name="bank_import_file"),
    path("bank/papers/", papers.bank_papers, name="bank_papers"),
    path("bank/papers/assemble/", assembling.bank_assemble, name="bank_assemble"),
    path("bank/papers/<str:code>/", papers.bank_paper, name="bank_paper"),
    path("bank/items/<str:code>/", items.bank_item, name="bank_item"),
    path("bank/items/<str:code>/edit/", editor.bank_edit, name="bank_edit"),
    path("bank/items/<str:code>/compare/", items.bank_compare, name="bank_compare"),
    path("bank/items/<str:code>/act/", items.bank_act, name="bank_act"),
    path("bank/items/<str:code>/enemies/", items.bank_enemies, name="bank_enemies"),
    path("bank/items/<str:code>/decide/", reviews.bank_decide, name="bank_decide"),
    path("bank/preview/", items.bank_preview, name="bank_preview"),
    path("bank/media/<str:sha256>/", items.bank_media, name="bank_media"),
    path("api/bank/draft/", editor.api_bank_draft, name="api_bank_draft"),
]
