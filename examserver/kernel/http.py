"""JSON over HTTP: a strict body in, a plain object or a named error out."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import IllegalMove

T = TypeVar("T")
View = Callable[..., Any]


class ApiError(Exception):
    """A request that is answered with an error; `code` is also the locale key `error.<code>`."""

    def __init__(self, code: str, status: int = 400, **where: object) -> None:
        super().__init__(code)
        self.code, self.status, self.where = code, status, where


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def body(request: HttpRequest, shape: type[T]) -> T:
    """The request's JSON as `shape`, a msgspec Struct; ApiError bad_json or bad_message with the field named."""
    try:
        return msgspec.json.decode(request.body or b"{}", type=shape)
    except msgspec.ValidationError as error:
        raise ApiError("bad_message", 400, detail=str(error)) from error
    except msgspec.DecodeError as error:
        raise ApiError("bad_json", 400) from error


def error(code: str, status: int, **where: object) -> JsonResponse:
    """The answer to a request that failed, in the language of the request."""
    return JsonResponse({"error": {"code": code, **where, "text": gettext(f"error.{code}")}}, status=status)


def _json(result: Any) -> HttpResponse:
    """A paper is 50 kB and a whole room asks for it in one second: msgspec writes it ten times as fast."""
    return HttpResponse(msgspec.json.encode(result), content_type="application/json")


def json_view(method: str) -> Callable[[View], View]:
    """A view of one method that returns a plain object; what the rules refuse becomes 409 with its code."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != method:
                return error("wrong_method", 405)
            try:
                result = view(request, *args, **kwargs)
            except ApiError as problem:
                return error(problem.code, problem.status, **problem.where)
            except NotAllowed as refusal:
                return error(refusal.code, 409)
            except IllegalMove as illegal:
                return error("illegal_move", 409, detail=str(illegal))
            return result if isinstance(result, HttpResponseBase) else _json(result)

        return answer

    return decorate
