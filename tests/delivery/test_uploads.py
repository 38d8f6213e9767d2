"""Work files over a real server: in pieces, cut in the middle, of the wrong kind, of somebody else."""

import base64
import hashlib

import httpx
import msgspec
import pytest

from tests.delivery.client import Client
from tests.delivery.running import Desk
from tests.support.server import ServerProcess

DATA = b"0123456789" * 40


@pytest.fixture(scope="module")
def practical(module_server: ServerProcess) -> tuple[ServerProcess, list[Desk]]:
    """A running practical session."""
    printed = module_server.run_module("tests.delivery.running", "practical")
    module_server.start()
    return module_server, msgspec.json.decode(printed, type=list[Desk])


@pytest.fixture
def clients(practical: tuple[ServerProcess, list[Desk]]) -> list[Client]:
    """The browsers of both candidates."""
    server, desks = practical
    return [Client(server, desk.cookie) for desk in desks[:2]]


def create(
    client: Client, name: str = "plan.txt", size: int = len(DATA), part: str = "T1.D3"
) -> httpx.Response:
    """Announce a file."""
    pairs = ",".join(
        f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in (("deliverable", part), ("name", name))
    )
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": pairs}
    return client.send("POST", "/api/exam/uploads/", headers=headers)


def append(client: Client, path: str, offset: int, chunk: bytes) -> httpx.Response:
    """Send one piece."""
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.send("PATCH", path, headers=headers, content=chunk)


def confirm(client: Client, path: str, data: bytes = DATA) -> httpx.Response:
    """Say: this is my work."""
    return client.post(f"{path}confirm/", {"sha256": hashlib.sha256(data).hexdigest()})


def test_a_file_in_pieces_counts_once_it_is_confirmed(clients: list[Client]) -> None:
    path = create(clients[0]).headers["Location"]
    assert append(clients[0], path, 0, DATA[:150]).headers["Upload-Offset"] == "150"
    assert confirm(clients[0], path).json()["error"]["code"] == "incomplete"
    append(clients[0], path, 150, DATA[150:])
    done = confirm(clients[0], path).json()
    assert (done["state"], done["counts"], done["size"]) == ("CONFIRMED", True, len(DATA))


def test_a_cut_upload_goes_on_where_the_server_says(clients: list[Client]) -> None:
    path = create(clients[0]).headers["Location"]
    append(clients[0], path, 0, DATA[:100])
    wrong = append(clients[0], path, 300, DATA[300:])
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (409, "wrong_offset")
    assert clients[0].send("HEAD", path).headers["Upload-Offset"] == "100"
    append(clients[0], path, 100, DATA[100:])
    assert confirm(clients[0], path).status_code == 200


def test_the_last_confirmed_version_counts_and_earlier_ones_stay(clients: list[Client]) -> None:
    for data in (DATA, DATA[::-1]):
        path = create(clients[1]).headers["Location"]
        append(clients[1], path, 0, data)
        confirm(clients[1], path, data)
    open_path = create(clients[1]).headers["Location"]
    append(clients[1], open_path, 0, DATA)
    files = clients[1].http.get("/api/exam/paper").json()["files"]["T1.D3"]
    assert [one["counts"] for one in files] == [False, True, False]


def test_a_hash_that_differs_confirms_nothing(clients: list[Client]) -> None:
    path = create(clients[0]).headers["Location"]
    append(clients[0], path, 0, DATA)
    refused = confirm(clients[0], path, b"something else")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "hash_differs")


REFUSED = {
    ("virus.exe", 10, "T1.D3"): (415, "forbidden_type"),
    ("noending", 10, "T1.D3"): (415, "forbidden_type"),
    ("plan.txt", 1001, "T1.D3"): (413, "too_large"),
    ("plan.txt", 0, "T1.D3"): (413, "empty_file"),
    ("plan.txt", 10, "T1.D1"): (404, "unknown_deliverable"),
    ("plan.txt", 10, "T9.D9"): (404, "unknown_deliverable"),
}


@pytest.mark.parametrize("announced", REFUSED)
def test_what_may_not_come_is_refused_before_it_comes(
    clients: list[Client], announced: tuple[str, int, str]
) -> None:
    answer = create(clients[0], *announced)
    assert (answer.status_code, answer.json()["error"]["code"]) == REFUSED[announced]


def test_a_file_of_exactly_the_largest_size_may_come(clients: list[Client]) -> None:
    assert create(clients[0], "plan.txt", 1000).status_code == 201


def test_a_name_is_only_a_name(clients: list[Client]) -> None:
    create(clients[0], "../../etc/passwd.txt")
    create(clients[0], "C:\\work\\plan.txt")
    files = clients[0].http.get("/api/exam/paper").json()["files"]["T1.D3"]
    assert {"passwd.txt", "plan.txt"} <= {one["name"] for one in files}


def test_more_bytes_than_announced_are_refused(clients: list[Client]) -> None:
    path = create(clients[0], size=10).headers["Location"]
    assert append(clients[0], path, 0, DATA).status_code == 413


def test_anothers_file_is_not_there(clients: list[Client]) -> None:
    path = create(clients[0]).headers["Location"]
    assert clients[1].send("HEAD", path).status_code == 404
    assert append(clients[1], path, 0, DATA).status_code == 404
    assert confirm(clients[1], path).status_code == 404


@pytest.mark.parametrize(
    "headers", [{}, {"Upload-Length": "ten"}, {"Upload-Length": "5", "Upload-Metadata": "name !"}]
)
def test_headers_that_are_no_upload_are_named(clients: list[Client], headers: dict[str, str]) -> None:
    answer = clients[0].send("POST", "/api/exam/uploads/", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_message")


def test_a_material_is_handed_out_to_who_sits_its_paper(clients: list[Client]) -> None:
    answer = clients[0].http.get("/api/exam/materials/T1/M1/")
    assert (answer.text, answer.headers["content-disposition"]) == (
        "材料正文",
        'attachment; filename="brief.txt"',
    )
    assert clients[0].http.get("/api/exam/materials/T1/M9/").status_code == 404
