"""The start page, the pages for what is missing or broken, and the health check."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

LANGUAGES = [("zh-hans", "重试"), ("en", "Try again")]


@pytest.mark.django_db
def test_healthz_asks_the_database() -> None:
    assert Client().get("/healthz").json() == {"ok": True}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/exam/", "/staff/sign-in/", "/results/"])
def test_public_pages_speak_both_languages(path: str) -> None:
    chinese = Client().get(path, headers={"Accept-Language": "zh-CN"}).content
    english = Client().get(path, headers={"Accept-Language": "en"}).content
    assert b'lang="zh-Hans"' in chinese
    assert b'lang="en"' in english
    assert chinese != english


@pytest.mark.django_db
def test_what_is_not_there_says_so_on_a_page_of_ours() -> None:
    answer = Client().get("/nothing/here/")
    assert answer.status_code == 404
    assert b"components.css" in answer.content


@pytest.mark.parametrize(("language", "word"), LANGUAGES)
def test_a_broken_page_is_calm_and_needs_nothing(language: str, word: str) -> None:
    with translation.override(language):
        assert word in render_to_string("500.html")
