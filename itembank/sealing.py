"""Seals a paper: its content and keys encrypted with a secret of its own, the secret with the venue's key. Pure.

AES-256-GCM; what is sealed is bound to the paper's code and to the part (content, keys, secret), so that nothing can
be put in another's place. The venue's key is kept outside the database and never used as it is, only derived from.
"""

import base64
import hashlib
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from itembank.freezing import canonical

MARK = "sealed"
VERSION = 1
NONCE_BYTES = 12
SECRET_BYTES = 32
Sealed = dict[str, Any]


class PaperSealed(Exception):
    """The paper has not been opened yet; it is opened by the start signal of a session that sits it."""

    code = "paper_sealed"


class BadSeal(ValueError):
    """What is sealed was changed, or belongs to another paper or secret."""

    code = "bad_seal"


class SealKeyLost(RuntimeError):
    """The venue's key is not the one that the paper was sealed with."""

    code = "seal_key_lost"

    def __init__(self, paper: str, wanted: str, had: str) -> None:
        super().__init__(
            f"paper {paper} is sealed with the venue key {wanted}, this server has {had}: bring back the file seal_key"
            " or EXAMSERVER_SEAL_KEY of the server that froze it"
        )


def new_secret() -> bytes:
    """A secret for one paper."""
    return secrets.token_bytes(SECRET_BYTES)


def is_sealed(body: Any) -> bool:
    """Whether `body` is an envelope of `seal`; content of papers frozen before sealing is not."""
    return isinstance(body, dict) and body.get(MARK) == VERSION


def seal(value: Any, secret: bytes, about: str) -> Sealed:
    """`value` as an envelope that a database stores; NotCanonical for what would not come back as it was."""
    canonical(value)
    return _envelope(json.dumps(value, ensure_ascii=False).encode(), secret, about)


def unseal(body: Sealed, secret: bytes, about: str) -> Any:
    """What was sealed; BadSeal."""
    return json.loads(_opened(body, secret, about))


def wrap(secret: bytes, venue_key: str, code: str) -> Sealed:
    """The paper's secret, sealed with the venue's key."""
    return {**_envelope(secret, _derived(venue_key), f"{code}/secret"), "key": key_id(venue_key)}


def unwrap(wrapped: Sealed, venue_key: str, code: str) -> bytes:
    """The paper's secret; SealKeyLost with another venue key, BadSeal when it was changed."""
    if wrapped.get("key") != key_id(venue_key):
        raise SealKeyLost(code, str(wrapped.get("key")), key_id(venue_key))
    return _opened(wrapped, _derived(venue_key), f"{code}/secret")


def key_id(venue_key: str) -> str:
    """A short name of the venue's key that gives nothing of it away."""
    return hashlib.sha256(b"examserver seal key id\0" + venue_key.encode()).hexdigest()[:12]


def _derived(venue_key: str) -> bytes:
    derivation = HKDF(SHA256(), length=SECRET_BYTES, salt=None, info=b"examserver paper seal 1")
    return derivation.derive(venue_key.encode())


def _envelope(data: bytes, secret: bytes, about: str) -> Sealed:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(secret).encrypt(nonce, data, about.encode())
    return {MARK: VERSION, "nonce": text(nonce), "data": text(sealed)}


def _opened(body: Sealed, secret: bytes, about: str) -> bytes:
    try:
        return AESGCM(secret).decrypt(raw(body["nonce"]), raw(body["data"]), about.encode())
    except (InvalidTag, KeyError, ValueError, TypeError) as error:
        raise BadSeal(f"{about}: the seal is broken") from error


def text(data: bytes) -> str:
    """Bytes as text for the database."""
    return base64.b64encode(data).decode()


def raw(written: str) -> bytes:
    """The bytes of `text`; ValueError."""
    return base64.b64decode(written, validate=True)
