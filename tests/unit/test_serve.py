"""The preview shows the right archive and follows its changes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

import serve
from zhenggai.model import ZhenggaiError

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., Path]


def test_preview_chooses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_report: Write) -> None:
    samples = (ROOT / "samples" / "reports", True)
    monkeypatch.setenv("REPORTS", str(tmp_path))
    assert serve.choose(None, demo=True) == samples
    assert serve.choose(None, demo=False) == samples, "an empty archive shows the samples"
    write_report(tmp_path)
    assert serve.choose(None, demo=False) == (tmp_path, False)
    assert serve.choose(ROOT / "samples" / "reports", demo=False) == samples
    with pytest.raises(ZhenggaiError, match="找不到"):
        serve.choose(tmp_path / "no", demo=False)


@pytest.mark.slow
def test_preview_follows_changes(tmp_path: Path, write_report: Write) -> None:
    """Live reload, which some Click versions switch off in silence."""
    path = write_report(tmp_path)
    port = serve.free_port(8100)
    command = [sys.executable, f"{ROOT}/scripts/serve.py", "--reports", str(tmp_path), f"--port={port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{port}/reports/2023/{path.stem}/"
            assert "已补登记录 12 份" in fetch(url, "已补登记录 12 份")
            path.write_text(path.read_text(encoding="utf-8").replace("12 份", "13 份"), encoding="utf-8")
            assert "已补登记录 13 份" in fetch(url, "已补登记录 13 份")
        finally:
            process.terminate()
    with pytest.raises(OSError, match="refused"):
        urlopen(url, timeout=5)  # nothing is left behind


def fetch(url: str, wanted: str) -> str:
    """The page at `url` once it holds `wanted`, or as it is after a minute."""
    text = ""
    for _ in range(120):
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310 (our own server)
                text = answer.read().decode()
        except OSError:
            text = ""
        if wanted in text:
            break
        time.sleep(0.5)
    return text
