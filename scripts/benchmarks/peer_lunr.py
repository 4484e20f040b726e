"""Material's own search index of the first N entries, by Material's own code; run by a Python that has it and jieba.

`python peer_lunr.py ENTRIES N SITE`: writes SITE/search/search_index.json and the scripts of its search; prints
one line of JSON: seconds of indexing alone, wall and cpu, and the worker's address. Knows nothing of this project.
"""

import json
import re
import shutil
import sys
import time
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

# By name: they belong to the Python that runs this, not to the project.
jieba = import_module("jieba")
material = import_module("material")
plugin = import_module("material.plugins.search.plugin")

ZH = {
    "lang": ["en"],  # the theme's zh.html names none
    "separator": r"[\s\u200b\u3000\-、。，．？！；]+",
    "pipeline": ["stemmer"],
    "fields": {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}},
}
"""What the plugin settles on for a site in Chinese."""

file, count, site = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
with file.open(encoding="utf-8") as lines:
    archive = [json.loads(line) for line in islice(lines, count)]
jieba.initialize()
wall, cpu = time.perf_counter(), time.process_time()
index = plugin.SearchIndex(**ZH)
for one in archive:
    report = one["report"]
    content = re.sub(r'<a class="headerlink".*?</a>', "", one["html"])
    content = f"<h1 id='top'>{report['title']}</h1>\n{content}"
    page = SimpleNamespace(content=content, toc=[], url=f"{report['id']}/", meta={}, title=report["title"])
    index.add_entry_from_context(page)
text = index.generate_search_index(None)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
(site / "search").mkdir(parents=True, exist_ok=True)
(site / "search" / "search_index.json").write_text(text, encoding="utf-8")
scripts = Path(str(material.__file__)).parent / "templates" / "assets" / "javascripts"
for folder in ("workers", "lunr"):
    shutil.copytree(scripts / folder, site / folder, dirs_exist_ok=True)
(worker,) = (site / "workers").glob("*.js")
print(json.dumps({"wall": wall, "cpu": cpu, "worker": f"workers/{worker.name}"}))
