"""How a build tells whoever waits for it where it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger("archive")


@contextmanager
def step(what: str) -> Iterator[None]:
    """Says how long a step of the build took."""
    log.info("%s……", what)
    started = time.monotonic()
    yield
    log.info("%s：%.2f 秒", what, time.monotonic() - started)


def progress(what: str) -> Callable[[int, int], None]:
    """Says every second how far a step is, and how much it was in the end."""
    said = time.monotonic()

    def told(done: int, every: int) -> None:
        nonlocal said
        if time.monotonic() - said > 1 or done == every:
            said = time.monotonic()
            log.info("%s %d/%d", what, done, every)

    return told
