from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import desks
import handing
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from claimwright.desk import visits
from claimwright.desk.desk import Desk, Limits
from claimwright.desk.rights import Right
from claimwright.desk.tables import Batch, BatchState, Role, Trail
from claimwright.desk.working import Worker
from claimwright.web import app


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request, tmp_path, clock) -> Iterator[Desk]:
    """Batches stand on both databases."""
    address = request.getfixturevalue("server") if request.param == "postgresql" else ""
    made = desks.desk(tmp_path / "desk", address, clock)
    yield made
    if address:
        desks.emptied(made.database)
    made.database.close()


def words(page: str) -> str:
    """What a person reads on a page, in one line."""
    return " ".join(unescape(re.sub(r"<(style|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)).split())


def forms(client: TestClient, *files: tuple[str, str, bytes], **told: str):
    """Send the form as a browser without scripts does: its word in the first field."""
    parts = [("csrf", (None, client.headers["X-CSRF"])), *((name, (None, value)) for name, value in told.items())]
    return client.post("/batches", files=[*parts, *((kind, (name, data)) for kind, name, data in files)])


def as_browsers_write(*parts: tuple[str, str | None, bytes]) -> bytes:
    """A form's parts, in the order of the page: name, name of the file, bytes."""
    told = b""
    for name, file, data in parts:
        of_file = "" if file is None else f'; filename="{file}"\r\nContent-Type: application/octet-stream'
        head = f'------WebKitFormBoundaryO5quBRiT4G7Vm3R7\r\nContent-Disposition: form-data; name="{name}"{of_file}'
        told += head.encode() + b"\r\n\r\n" + data + b"\r\n"
    return told + b"------WebKitFormBoundaryO5quBRiT4G7Vm3R7--\r\n"


def batch_of(answer) -> str:
    assert answer.status_code == 303, words(answer.text)
    return answer.headers["location"].removeprefix("/batches/")


def test_a_week_from_the_form_to_the_summary_without_a_script(desk, signed):
    client = signed(Role.BILLER)
    assert "Nothing was handed in yet" in words(client.get("/").text)
    form = words(client.get("/batches/new").text)
    assert "Hand in files" in form
    assert "Treatment notes" in form
    word = client.headers.pop("X-CSRF")
    history = (handing.SIDES / "history.csv").read_bytes()
    body = as_browsers_write(
        ("csrf", None, word.encode()),
        ("claims", "clinic-week.837", handing.WEEK.read_bytes()),
        ("notes", "", b""),  # a field in which nothing was chosen
        ("history", "history.csv", history),
        ("name", None, b"Week 11"),
        ("as_of", None, b"2026-03-20"),
    )
    kind = {"Content-Type": "multipart/form-data; boundary=----WebKitFormBoundaryO5quBRiT4G7Vm3R7"}
    identity = batch_of(client.post("/batches", content=body, headers=kind))
    waiting = client.get(f"/batches/{identity}").text
    assert "It is next." in words(waiting)
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert handing.checked(desk) == identity
    batch = handing.batch(desk, identity)
    page = client.get(f"/batches/{identity}").text
    told = words(page)
    for said in ("Week 11", "as of 2026-03-20", "To fix", "Clean as coded", "not fully checked", "was not seen"):
        assert said in told
    for part in ("Findings", "Payers", "Dollars at stake", "What could not be checked", "CLM-NCCI", "medicare"):
        assert part in told
    assert f"{batch.to_fix} lines of {batch.to_fix} are still to be worked" in told
    assert "Expected payment at risk" in told
    assert page.count('<svg class="chart"') == 3
    assert " style=" not in page
    assert "<script>" not in page
    assert f"{batch.lines:,}" in words(client.get("/batches").text)
    home = words(client.get("/").text)
    assert f"Lines to fix {batch.to_fix} found in 1 batch" in home


def test_answers_are_downloaded_in_every_format_and_the_trail_knows(desk, signed):
    client = signed(Role.VIEWER)
    identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    assert client.get(f"/batches/{identity}/results.csv").status_code == 409
    handing.checked(desk)
    starts = {"json": b"{", "ndjson": b"{", "csv": b"\xef\xbb\xbf", "html": b"<!doctype html>"}
    for kind, start in starts.items():
        answer = client.get(f"/batches/{identity}/results.{kind}")
        assert answer.content.startswith(start), kind
        assert "attachment" in answer.headers["content-disposition"]
        assert "a.csv" not in answer.headers["content-disposition"]
        assert b"COV-NCD270.6" in answer.content or b"NCD-270.6" in answer.content
    lines = client.get(f"/batches/{identity}/results.ndjson").content.splitlines()
    assert [list(json.loads(line))[:1] for line in lines]
    assert client.get(f"/batches/{identity}/results.exe").status_code == 404
    with desk.database.reading() as session:
        wanted = sa.select(Trail.detail).where(Trail.action == "answers downloaded", Trail.batch_id == identity)
        assert [one["format"] for one in session.scalars(wanted)] == [*starts, "ndjson"]


def test_what_is_not_taken_is_told_on_the_form_and_to_scripts(desk, signed):
    client = signed(Role.BILLER)
    answer = forms(client, ("notes", "n.txt", b"note"))
    assert answer.status_code == 422
    assert "No file of claims came. Give at least one 837" in words(answer.text)
    trick = io.BytesIO()
    with zipfile.ZipFile(trick, "w") as archive:
        archive.writestr("../../week.837", b"ISA*")
    scripted = {"Accept": "application/json"}
    answer = client.post("/batches", files={"claims": ("w.zip", trick.getvalue())}, headers=scripted)
    assert answer.status_code == 422
    assert answer.json()["what"] == "the archive is refused: a name in it leads out of its folder"
    for body, kind in ((b"x", "text/plain"), (b"--b\r\nbroken", "multipart/form-data; boundary=b"), (b"", "")):
        headers = {"Content-Type": kind} if kind else {}
        assert client.post("/batches", content=body, headers=headers).status_code == 422, kind
    assert forms(client, ("claims", "a.837", b"ISA*"), as_of="soon").status_code == 422
    assert forms(client, ("claims", "a.837", b"ISA*"), as_of="0001-01-01").status_code == 422
    assert forms(client, ("claims", "a.837", b"ISA*"), name="x" * 5000).status_code == 422
    assert forms(client, ("claims", "a.837", b"ISA*"), unknown="1").status_code == 422
    assert forms(client, ("secrets", "a.837", b"ISA*")).status_code == 422
    with desk.database.reading() as session:
        assert session.scalars(sa.select(Batch)).all() == []
    assert list(desk.files.iterdir()) == []


def test_no_more_is_taken_than_may_be(desk):
    small = replace(desk, limits=Limits(upload=50_000, files=3))
    desks.somebody(desk, "Bea", Role.BILLER)
    with TestClient(app.made(small), base_url="http://localhost", follow_redirects=False) as client:
        client.post("/sign-in", data={"name": "Bea", "password": desks.PASSWORD})
        client.headers["X-CSRF"] = client.get("/").text.partition('data-csrf="')[2].partition('"')[0]
        answer = forms(client, ("claims", "big.837", b"x" * 50_001))
        assert answer.status_code == 413
        assert "in several batches" in words(answer.text)
        length = {"Content-Length": str(20_000_000_000), "Content-Type": "multipart/form-data; boundary=b"}
        assert client.post("/batches", content=b"--b--\r\n", headers=length).status_code == 413
        assert forms(client, *[("notes", f"{n}.txt", b"x") for n in range(4)]).status_code == 413
    assert list(small.files.iterdir()) == []


def test_nothing_of_a_form_that_is_not_ours_is_kept(desk, signed):
    client = signed(Role.BILLER)
    word = client.headers.pop("X-CSRF")
    file = ("claims", ("a.837", b"ISA*"))
    assert client.post("/batches", files=[("csrf", (None, "guessed")), file]).status_code == 403
    assert client.post("/batches", files=[file]).status_code == 403
    assert client.post("/batches", files=[file, ("csrf", (None, word))]).status_code == 403, "the word comes first"
    assert not desk.files.exists() or list(desk.files.iterdir()) == []
    assert client.post("/batches", files=[("csrf", (None, word)), file]).status_code == 303


def test_what_a_role_may_not_do_is_not_shown_and_not_done(desk, signed):
    identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    for role in (Role.VIEWER, Role.AUDITOR):
        client = signed(role)
        assert "Hand in files" not in words(client.get("/batches").text)
        page = client.get(f"/batches/{identity}").text
        assert "/cancel" not in page
        assert "/delete" not in page
        assert client.get("/batches/new").status_code == 403
        assert forms(client, ("claims", "a.837", b"ISA*")).status_code == 403
        for act in ("cancel", "again", "delete"):
            assert client.post(f"/batches/{identity}/{act}").status_code == 403
    assert handing.batch(desk, identity).state == BatchState.QUEUED


def test_nobody_sees_a_batch_without_signing_in(desk, visitor):
    identity = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    for path in ("", "/progress", "/results.json", "/delete"):
        assert visitor.get(f"/batches/{identity}{path}").status_code == 303, path
    assert visitor.post("/batches", files={"claims": ("a.837", b"ISA*")}).status_code == 303


def test_a_batch_is_cancelled_checked_after_all_and_deleted(desk, signed, clock):
    client = signed(Role.BILLER)
    first = handing.handed(desk, ("claims", "a.csv", handing.one_claim())).id
    clock.passes(seconds=1)
    identity = batch_of(forms(client, ("claims", "b.csv", handing.one_claim("B1"))))
    assert "1 batch before it." in words(client.get(f"/batches/{identity}").text)
    assert client.get(f"/batches/{identity}/progress").json() == {
        "state": "queued",
        "doing": "",
        "done": 0,
        "total": 0,
        "ahead": 1,
    }
    assert client.post(f"/batches/{identity}/cancel").status_code == 303
    assert "It was cancelled" in words(client.get(f"/batches/{identity}").text)
    assert client.post(f"/batches/{identity}/cancel").status_code == 409
    assert client.post(f"/batches/{identity}/again").status_code == 303
    assert [handing.checked(desk), handing.checked(desk)] == [first, identity]
    assert "To fix 1" in words(client.get(f"/batches/{identity}").text)
    assert client.post(f"/batches/{identity}/again").status_code == 409
    question = words(client.get(f"/batches/{identity}/delete").text)
    assert "Delete this batch?" in question
    assert "1 file, 1 line" in question
    assert client.post(f"/batches/{identity}/delete").headers["location"] == "/batches"
    assert client.get(f"/batches/{identity}").status_code == 404
    assert client.get(f"/batches/{first}").status_code == 200


def test_scripts_in_names_are_only_shown(desk, signed):
    client = signed(Role.BILLER)
    evil = '<script>alert(1)</script>"><img src=x>'
    identity = batch_of(forms(client, ("claims", f"{evil}.csv", handing.one_claim()), name=evil))
    pages = [f"/batches/{identity}", f"/batches/{identity}/delete", "/batches", "/"]
    waiting = [client.get(page).text for page in pages]
    handing.checked(desk)
    for page in [*waiting, *(client.get(page).text for page in pages)]:
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_long_list_goes_on_page_by_page(desk, signed, clock):
    client = signed(Role.VIEWER)
    for n in range(45):
        handing.handed(desk, ("claims", f"file-{n}.csv", b"x"))
        clock.passes(seconds=n % 3)  # several at one moment
    first = client.get("/batches").text
    older = unescape(re.search(r'href="(/batches\?after=[^"]+)" rel="next"', first)[1])
    second = client.get(older).text
    shown = re.findall(r"file-\d+\.csv", first), re.findall(r"file-\d+\.csv", second)
    assert [len(one) for one in shown] == [40, 5]
    assert len({*shown[0], *shown[1]}) == 45
    assert client.get("/batches?after=nonsense").status_code == 404


def test_what_watches_the_server_is_told_without_claim_data(desk, visitor, clock):
    handing.week(desk)
    clock.passes(minutes=3)
    assert visitor.get("/health").json() == {"up": True}
    assert visitor.get("/ready").json() == {"ready": True, "trouble": []}
    assert visitor.get("/metrics").status_code == 403
    admin = handing.actor(desk, "Ada", Role.ADMIN)
    for right, status in ((Right.READ, 403), (Right.ADMIN, 200)):
        with desk.database.writing() as session:
            _, secret = visits.token_made(session, desk.now(), admin, name="watch", scopes=[right], days=1)
        answer = visitor.get("/metrics", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == status
    assert 'claimwright_batches{state="queued"} 1' in answer.text
    assert "claimwright_queue_oldest_seconds 180" in answer.text
    assert "clinic-week" not in answer.text


def test_a_server_whose_worker_ended_is_not_ready(desk):
    worker = Worker(desk)
    with TestClient(app.made(desk, worker=worker), base_url="http://localhost") as client:
        assert client.get("/ready").status_code == 200
        worker.stop()
        answer = client.get("/ready")
        assert (answer.status_code, answer.json()["trouble"]) == (503, ["nothing checks batches"])
        assert client.get("/health").status_code == 200
