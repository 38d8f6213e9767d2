"""The parts that other tests rest on are real: they store, they stream, they show a film as a camera."""

import io
from pathlib import Path

import psycopg
import pytest
import redis
from PIL import Image
from playwright.sync_api import Browser

from tests.support.browser import Browsers

CAMERA_COLOUR = """async () => {
    const stream = await navigator.mediaDevices.getUserMedia({video: true})
    const video = document.createElement("video")
    video.srcObject = stream
    await video.play()
    const canvas = new OffscreenCanvas(1, 1).getContext("2d")
    canvas.drawImage(video, 0, 0, 1, 1)
    return Array.from(canvas.getImageData(0, 0, 1, 1).data.slice(0, 3))
}"""


def test_each_test_has_a_postgres_database_of_its_own(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE TABLE mark (points integer)")
        connection.execute("INSERT INTO mark VALUES (60)")
        assert connection.execute("SELECT points FROM mark").fetchone() == (60,)


def test_redis_has_streams_and_starts_empty(redis_server: str) -> None:
    with redis.Redis.from_url(redis_server) as client:
        assert client.dbsize() == 0
        client.xadd("frames", {"seat": "7"}, maxlen=1)
        assert client.xlen("frames") == 1


def test_the_weights_are_there_and_right(models_dir: Path) -> None:
    assert sorted(path.suffix for path in models_dir.glob("*.onnx")) == [".onnx", ".onnx"]


@pytest.mark.browser
def test_chromium_shows_a_page(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<h1>考场</h1>")
    assert page.inner_text("h1") == "考场"


@pytest.mark.browser
def test_chromium_plays_a_film_as_its_camera(browsers: Browsers, tmp_path: Path) -> None:
    frame = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 30, 30)).save(frame, "JPEG")
    film = tmp_path / "red.mjpeg"
    film.write_bytes(frame.getvalue() * 10)
    page = browsers.with_camera(film).new_page()
    page.route("**/*", lambda route: route.fulfill(body="<p>camera</p>", content_type="text/html"))
    page.goto("http://localhost/")  # a secure origin, else there is no mediaDevices
    red, green, blue = page.evaluate(CAMERA_COLOUR)
    assert red > 150
    assert max(green, blue) < 100
