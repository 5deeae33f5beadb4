"""Whatever is sent, the server answers as its schema says, and never breaks: requests made out of the schema itself."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import api_server
import httpx
import pytest

from claimwright.api import examples

ROOT = Path(__file__).parents[2]
SEED = 97026


@pytest.mark.parametrize("many", [50, pytest.param(500, marks=pytest.mark.nightly)])
def test_schemathesis_finds_nothing(tmp_path, many):
    with api_server.served(tmp_path) as server:
        config = tmp_path / "schemathesis.toml"
        config.write_text((ROOT / "schemathesis.toml").read_text("utf-8") + known(server))
        command = [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(config)),
            *("--no-color", "run", f"{server.api}/openapi.json", "-H", f"Authorization: Bearer {server.token}"),
            *("--seed", str(SEED), "--max-examples", str(many), "--generation-database", "none"),
            *("--request-timeout", "60"),  # a busy machine is no finding
        ]
        found = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr[-2_000:]
    assert "Tested: 20" in found.stdout, found.stdout[-3_000:]


def known(server):
    """A batch and a line that are there, so that more than their absence is looked at."""
    headers = {"Authorization": f"Bearer {server.token}"}
    with httpx.Client(base_url=server.api, headers=headers) as client:
        batch = client.post("/batches", files={"claims": ("one.837", examples.IN_837)}).json()["id"]
        while client.get(f"/batches/{batch}").json()["state"] != "done":
            time.sleep(0.1)
        line = client.get("/determinations", params={"batch": batch}).json()["determinations"][0]["id"]
    return f'\n[parameters]\n"query.batch" = "{batch}"\ndetermination = "{line}"\n'
