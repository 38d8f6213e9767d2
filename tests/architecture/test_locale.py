"""Whatever a person reads is said in both languages, once, and nothing is said that nobody asks for."""

import re
from collections import defaultdict

from tests.architecture.locales import LANGUAGES, all_keys, asked, books, heads, named, speaking_files

CODES = re.compile(r"\b(?:ApiError|NotAllowed)\(\s*[\"'](\w+)[\"']")


def test_there_are_words() -> None:
    assert {book.language for book in books()} == set(LANGUAGES)


def test_both_languages_have_the_same_keys() -> None:
    keys: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(
        lambda: {name: set() for name in LANGUAGES}
    )
    for book in books():
        keys[book.application, book.domain][book.language] = book.all_keys()
    chinese, english = LANGUAGES
    differences = {place: both[chinese] ^ both[english] for place, both in keys.items()}
    assert {place: sorted(keys) for place, keys in differences.items() if keys} == {}


def test_every_key_is_said() -> None:
    silent = [
        f"{book.path}: {message.id}"
        for book in books()
        for message in book.messages()
        if message.fuzzy
        or not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    assert silent == []


def test_a_key_says_one_thing() -> None:
    said: dict[tuple[str, str, str], set[object]] = defaultdict(set)
    for book in books():
        for key, text in book.texts().items():
            said[book.domain, book.language, key].add(text)
    assert {place: texts for place, texts in said.items() if len(texts) > 1} == {}


def test_every_key_that_is_asked_for_is_said() -> None:
    keys = all_keys()
    unsaid = {
        f"{path}: {key}"
        for path, key in asked()
        if not (any(known.startswith(key) for known in keys) if key.endswith(".") else key in keys)
    }
    assert sorted(unsaid) == []


def test_every_code_of_a_refusal_is_said() -> None:
    codes = {(path, code) for path, text in speaking_files() for code in CODES.findall(text)}
    keys = all_keys()
    assert sorted(f"{path}: error.{code}" for path, code in codes if f"error.{code}" not in keys) == []


def test_nothing_is_said_that_nobody_asks_for() -> None:
    asked_for, computed = named(), heads()
    unused = {key for key in all_keys() if key not in asked_for and not key.startswith(computed)}
    assert sorted(unused) == []
