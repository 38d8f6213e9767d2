"""The canonical form and its hash."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.freezing import NotCanonical, canonical, digest

leaves = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner))


@given(st.dictionaries(st.text("abcdef", min_size=1), values))
def test_the_order_in_which_keys_were_put_in_does_not_matter(value: dict[str, Any]) -> None:
    backwards = dict(reversed(value.items()))
    assert digest(backwards) == digest(value)


@given(values, values)
def test_only_equal_values_share_a_canonical_form(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == (repr_of(one) == repr_of(other))


def repr_of(value: Any) -> str:
    """A form of `value` in which True is not 1 and the order of keys does not count."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{repr_of(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(repr_of, value)) + "]"
    return repr(value)


def test_the_form_is_plain_json_in_utf8() -> None:
    assert canonical({"b": [1, None], "a": "题"}) == '{"a":"题","b":[1,null]}'.encode()
    assert digest({}) == hashlib.sha256(b"{}").hexdigest()


@pytest.mark.parametrize("value", [0.5, (1,), {1: "a"}, {"a": [0.5]}, b"x", {"a": {None: 1}}])
def test_what_a_database_might_return_otherwise_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        digest(value)
