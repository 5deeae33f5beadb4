"""Heads of requests that never end, sent to a real server over a socket."""

from __future__ import annotations

import socket
import threading
import time

import pytest
import uvicorn

from claimwright.cli import wire


async def _hello(scope, receive, send):
    assert scope["type"] == "http"
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(wire, "SLOWEST", 1.0)
    config = uvicorn.Config(_hello, port=0, lifespan="off", log_level="critical", **wire.settings())
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(30)


@pytest.fixture
def line(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(20)
        yield connection


def ends(connection):
    """Whether the server ends the connection, and what it said before."""
    said = b""
    try:
        while piece := connection.recv(65536):
            said += piece
    except ConnectionError:
        pass
    return said


def taken(connection, piece, most, every=0.0):
    """How often a piece was sent before the server ended the connection."""
    for count in range(most):
        try:
            connection.sendall(piece)
        except OSError:
            return count
        time.sleep(every)
    return most


def test_a_head_without_end_is_refused_and_not_kept(line):
    line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
    assert taken(line, b"a" * 60_000, 3000) < 400  # what lies in the buffers of both sides


@pytest.mark.parametrize("begin", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_head_that_stops_coming_is_given_up(line, begin):
    line.sendall(begin)
    since = time.monotonic()
    ends(line)
    assert time.monotonic() - since < 15


def test_who_sends_a_letter_at_a_time_is_given_up_too(line):
    line.sendall(b"GET / HTTP/1.1\r\n")
    assert taken(line, b"x", 150, every=0.1) < 150


def test_ordinary_requests_go_on_over_one_connection(line):
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"c" * 30_000 + b"\r\nContent-Length: 3000000\r\n\r\n"
    for _ in range(3):
        line.sendall(head + b"x" * 3_000_000)
        said = b""
        while not said.endswith(b"hello"):
            said += line.recv(65536)
        time.sleep(0.7)  # longer than a head may take, all three together
    line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 5)
    said = b""
    while said.count(b"hello") < 5:
        said += line.recv(65536)
