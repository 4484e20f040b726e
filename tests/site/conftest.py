"""The fixture archive, read once and built once for all tests here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.building import ARCHIVE, build_site

from zhenggai.site import catalog
from zhenggai.site.catalog import Catalog


@pytest.fixture(scope="session")
def archive() -> Catalog:
    return catalog.read(ARCHIVE)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the fixture archive."""
    return build_site(ARCHIVE, tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="session")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, built for an address: with feeds, sitemap, canonical links."""
    site = tmp_path_factory.mktemp("addressed") / "site"
    return build_site(ARCHIVE, site, SITE_URL="https://zhenggai.example.cn/sub/")
