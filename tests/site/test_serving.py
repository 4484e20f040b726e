"""The site behind a real nginx with our settings; the workflow for GitHub Pages; the bundle; the filing number."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.site import test_changes
from tests.site.building import ARCHIVE, ROOT, build_site
from tests.site.dom import load, parse

from zhenggai.checks import site as links
from zhenggai.site import policy

CONF = ROOT / "scripts" / "deploy" / "nginx.conf"
site = test_changes.site
"""The fixture: a built site with a notice that was renamed and one that was withdrawn."""


@dataclass
class Answer:
    """What a server sent."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """An nginx of our own on loopback."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        told = {key.lower(): value for key, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The settings as they are published, with the two places filled in that a reader fills in."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        if os.environ.get("CI"):
            pytest.fail("no nginx: apt-get install nginx-light")
        pytest.skip("no nginx here")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = CONF.read_text(encoding="utf-8")
    conf, listens = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", conf)
    conf, roots = re.subn(r"root /srv/zhenggai/site;", f'root "{site}";', conf)
    assert (listens, roots) == (1, 1)
    (folder / "zhenggai.conf").write_text(conf, encoding="utf-8")
    temp = " ".join(
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = next(
        p for p in (Path("/etc/nginx/mime.types"), Path("/usr/local/etc/nginx/mime.types")) if p.exists()
    )
    (folder / "main.conf").write_text(
        f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/pid; error_log {folder}/log;\n"
        f"events {{ }}\nhttp {{ include {types}; default_type application/octet-stream; access_log off; {temp}\n"
        f"include {folder}/zhenggai.conf; }}\n",
        encoding="utf-8",
    )
    with subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(folder / "main.conf")], stderr=subprocess.PIPE
    ) as own:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert own.poll() is None, own.stderr.read().decode() if own.stderr else ""
                time.sleep(0.05)
            yield Server(port)
        finally:
            own.terminate()


def test_a_page_and_its_headers(server: Server, site: Path) -> None:
    answer = server.get("/")
    assert answer.status == 200
    assert answer.body == (site / "index.html").read_bytes()
    told = answer.headers
    assert told["content-type"] == "text/html; charset=utf-8"
    assert told["cache-control"] == "public, max-age=300"
    assert told["x-content-type-options"] == "nosniff"
    assert told["x-frame-options"] == "DENY"
    assert told["referrer-policy"] == "same-origin"
    assert told["content-security-policy"] == policy.HEADER, "one policy for pages and servers"
    assert told["server"] == "nginx", "no version"


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/assets/archive.css", "text/css; charset=utf-8", "public, max-age=3600"),
        ("/assets/archive.js", "application/javascript; charset=utf-8", "public, max-age=3600"),
        ("/data/reports.json", "application/json; charset=utf-8", "public, max-age=300"),
        ("/data/issues.csv", "text/csv; charset=utf-8", "public, max-age=300"),
        ("/data/archive.sqlite", "application/vnd.sqlite3", "public, max-age=300"),
        ("/feed.xml", "application/atom+xml; charset=utf-8", "public, max-age=300"),
        ("/feed.json", "application/feed+json; charset=utf-8", "public, max-age=300"),
        ("/sitemap.xml", "text/xml; charset=utf-8", "public, max-age=300"),
    ],
)
def test_kinds_and_caching(server: Server, path: str, kind: str, cache: str) -> None:
    answer = server.get(path)
    assert (answer.status, answer.headers["content-type"], answer.headers["cache-control"]) == (
        200,
        kind,
        cache,
    )
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_search_index_is_kept_for_good(server: Server, site: Path) -> None:
    """Its addresses are made of its contents."""
    found = [p for p in (site / "search" / "index").rglob("*") if p.is_file()]
    assert found
    for path in found:
        answer = server.get(f"/{path.relative_to(site).as_posix()}")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/", "/assets/archive.css", "/data/reports.json", "/data/categories.csv", "/feed.xml"]
)
def test_gzip(server: Server, path: str) -> None:
    plain, packed = server.get(path), server.get(path, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)


def test_what_a_reader_has_is_not_sent_again(server: Server) -> None:
    tag = server.get("/").headers["etag"]
    assert server.get("/", If_None_Match=tag).status == 304


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/reports/2023/nothing/", "/assets/", "/data/reports/", "/.zhenggai-site"]
)
def test_nothing_there_and_no_listing(server: Server, site: Path, path: str) -> None:
    (site / ".zhenggai-site").write_text("archive\n", encoding="utf-8")
    answer = server.get(path)
    assert answer.status in (403, 404)
    assert parse(answer.body.decode()).one("h1").text == "没有这个页面"
    assert answer.headers["content-security-policy"] == policy.HEADER
    assert "max-age" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/../nginx.conf", "/%2e%2e/%2e%2e/etc/passwd", "/assets../index.html"])
def test_nothing_outside_is_handed_out(server: Server, path: str) -> None:
    assert server.get(path).status in (400, 404)


def test_nobody_writes(server: Server) -> None:
    assert {server.get("/", method=method).status for method in ("POST", "PUT", "DELETE")} <= {403, 405}


def test_an_address_without_its_slash(server: Server) -> None:
    answer = server.get("/changes")
    assert answer.status == 301
    assert answer.headers["location"] == "/changes/"


@pytest.mark.parametrize(
    "old", ["reports/2022/lanxi-old/", "units/lanxi-old/", "reports/2023/gone-2023/", "units/gone-unit/"]
)
def test_old_addresses_answer(server: Server, site: Path, old: str) -> None:
    answer = server.get(f"/{old}")
    assert answer.status == 200
    assert answer.body == (site / old / "index.html").read_bytes()


# ---------- elsewhere ----------


def test_the_bundle_serves_from_any_folder(built: Path, tmp_path: Path) -> None:
    """Behind any web server, below any path: no link of a site without an address begins at the root."""
    for page in built.rglob("index.html"):
        for element in parse(page.read_text("utf-8")):
            for name in ("href", "src", "action"):
                assert not element.attrs.get(name, "").startswith("/"), (page, element.attrs[name])


def test_the_pages_workflow(tmp_path: Path) -> None:
    flow: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8"))
    (job,) = flow["jobs"].values()
    steps = job["steps"]
    uses = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    assert [u for u in uses if "pages" in u] == [
        "actions/configure-pages", "actions/upload-pages-artifact", "actions/deploy-pages",
    ]  # fmt: skip
    assert all(re.fullmatch(r"[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    assert flow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    (build,) = (step for step in steps if "run" in step)
    (upload,) = (step["with"]["path"] for step in steps if "upload" in step.get("uses", ""))
    program, script, *options = build["run"].split()
    assert (program, upload) == ("python3", f"{options[options.index('--out') + 1]}/site")
    told = subprocess.run(
        [sys.executable, ROOT / script, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert [o for o in options if o.startswith("--") and o not in told] == []


@pytest.mark.parametrize("number", ["京ICP备12345678号-1", "<b>粤ICP备1号</b>"])
def test_the_filing_number_is_linked_and_asks_for_nothing(tmp_path: Path, number: str) -> None:
    done = build_site(ARCHIVE, tmp_path / "site", ICP=number)
    footer = load(done, "units/").one("footer.zg-footer")
    assert footer.link(number) == "https://beian.miit.gov.cn/"
    assert [str(finding) for finding in links.check(done)] == [], "a link is no request"


def test_without_a_filing_number_there_is_none(built: Path) -> None:
    assert "beian" not in (built / "index.html").read_text("utf-8")
