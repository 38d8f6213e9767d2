"""Seals ID numbers: encrypted for the database, and searchable only by exact match through a keyed digest. Pure.

AES-256-GCM and HMAC-SHA-256, each under a key of its own, derived from the venue's. A sealed number is bound to its
digest, so that it cannot be put into another person's row.
"""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12


class BadNumberSeal(ValueError):
    """What is sealed was changed, or belongs to another person."""

    code = "bad_number_seal"


class PersonKeyLost(RuntimeError):
    """The venue's key is not the one that the number was sealed with."""

    code = "person_key_lost"

    def __init__(self, wanted: str, had: str) -> None:
        super().__init__(
            f"ID numbers are sealed with the key {wanted}, this server has {had}: bring back the file person_key"
            " or EXAMSERVER_PERSON_KEY of the server that stored them"
        )


def digest_of(number: str, key: str) -> str:
    """What a normalised number is looked up by: 64 hexadecimal digits, the same for the same number and key."""
    return hmac.new(_derived(key, b"examserver id digest 1"), number.encode(), hashlib.sha256).hexdigest()


def seal_number(number: str, key: str) -> str:
    """The number as a database keeps it, another text each time: the key's name, a point, base64."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    about = digest_of(number, key).encode()
    sealed = nonce + _cipher(key).encrypt(nonce, number.encode(), about)
    return f"{key_name(key)}.{base64.b64encode(sealed).decode()}"


def open_number(sealed: str, digest: str, key: str) -> str:
    """The number that was sealed beside `digest`; PersonKeyLost, BadNumberSeal."""
    name, _, text = sealed.partition(".")
    if name != key_name(key):
        raise PersonKeyLost(name, key_name(key))
    try:
        data = base64.b64decode(text, validate=True)
        return _cipher(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], digest.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise BadNumberSeal("the seal of an ID number is broken") from error


@lru_cache(maxsize=8)
def key_name(key: str) -> str:
    """A short name of the venue's key that gives nothing of it away."""
    return hashlib.sha256(b"examserver person key id\0" + key.encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def _cipher(key: str) -> AESGCM:
    return AESGCM(_derived(key, b"examserver id number 1"))


@lru_cache(maxsize=16)
def _derived(key: str, about: bytes) -> bytes:
    return HKDF(SHA256(), length=KEY_BYTES, salt=None, info=about).derive(key.encode())
