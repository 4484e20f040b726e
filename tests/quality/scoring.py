"""How well the converter reads the labelled set: shares right, per kind of fact.

python tests/quality/scoring.py [-v]
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import markdown
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src")]  # when run by itself

from zhenggai.ingest.classify import classify
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.decode import decode
from zhenggai.ingest.text import RefusedError

LABELS = ROOT / "tests/quality/labels"
HEADINGS = ROOT / "tests/quality/headings.yaml"
SOURCES = (ROOT / "tests/quality/notices", ROOT / "samples/incoming")

FACTS = (
    "title", "unit", "unit_kind", "level", "province", "city", "county", "inspecting_body", "inspection_start",
    "inspection_end", "feedback_date", "published", "signed_by", "signed_date", "problem_count", "completed_count",
    "completion_rate", "masked",
)  # fmt: skip
STATUS = {
    "已完成": "completed", "基本完成": "mostly-completed", "正在整改": "in-progress", "长期坚持": "long-term",
}  # fmt: skip
CONTACTS = {
    "phones": ("phones", "phone"), "emails": ("emails", "email"), "place": ("address", "postal_address", "po_box"),
    "postcode": ("postcode",), "fax": ("fax",),
}  # fmt: skip
_SPACE = re.compile(r"[\s\u200b-\u200f\u2028\u2029\u2060\ufeff]+")
_PUNCTUATION = re.compile(r"[“”‘’\"'「」『』。.；;：:，,、]")


def fold(text: object) -> str:
    """NFKC without white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", str(text)))


def loose(text: object) -> str:
    """Also without punctuation, for names and wordings."""
    return _PUNCTUATION.sub("", fold(text))


@dataclass
class Score:
    """Right and all, per figure; `wrong` counts what was given where nothing is printed."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, ok: bool, miss: str, weight: int = 1) -> None:
        self.all[name] += weight
        if ok:
            self.right[name] += weight
        else:
            self.misses.append(f"{name}: {miss}")

    def figures(self) -> dict[str, float]:
        """Share right of each figure; `invented` is a count."""
        out = {name: self.right[name] / self.all[name] for name in self.all if name != "invented"}
        out["invented"] = self.all["invented"]
        facts = [name for name in FACTS if self.all[name]]
        out["facts"] = sum(self.right[n] for n in facts) / sum(self.all[n] for n in facts)
        precision, recall = out.pop("problems.precision"), out["problems.recall"]
        out["problems.precision"] = precision
        out["problems.f1"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return out


SETS = ("first", "second", "third")
"""The first set grew with the converter; the others were met when it was grown, the third last."""
_LATER = (("third", re.compile(r"[hi]\d{3}-")), ("second", re.compile(r"[c-g]\d\d-")))


def labelled(which: str | None = None) -> list[tuple[Path, dict[str, Any]]]:
    """Each labelled notice with its label: of one set, or of all."""
    cases = []
    for path in sorted(LABELS.glob("*.yaml")):
        own = next((name for name, stem in _LATER if stem.match(path.name)), "first")
        if which and which != own:
            continue
        label = yaml.safe_load(path.read_text(encoding="utf-8"))
        source = next(p for folder in SOURCES if (p := folder / label["source"]).is_file())
        cases.append((source, label))
    return cases


def measure(which: str) -> Score:
    """Convert and compare one set."""
    score = Score()
    for source, label in labelled(which):
        case = source.stem[:14]
        raw = source.read_bytes()
        try:
            conversion = convert(raw, source.name)
        except RefusedError as error:
            score.add("converted", False, f"{case} {error}")
            continue
        score.add("converted", True, "")
        _facts(score, case, label, conversion)
        _problems(score, case, label, conversion)
        _contacts(score, case, label, conversion)
        if label.get("boilerplate") is not None:
            _text(score, case, label, conversion, [line.raw for line in decode(raw, source.name).lines])
    if which == SETS[0]:
        _headings(score)
    return score


def headings() -> dict[str, dict[str, str]]:
    """Kind of unit → heading of a problem → the categories it may get, apart from any notice."""
    found: dict[str, dict[str, str]] = yaml.safe_load(HEADINGS.read_text(encoding="utf-8"))
    return found


def _headings(score: Score) -> None:
    for kind, of_kind in headings().items():
        for heading, allowed in of_kind.items():
            slug = classify(heading, unit_kind=kind).slug
            score.add(
                "headings.category", slug in allowed.split(), f"{kind} {heading}: {slug}, not {allowed}"
            )


def _given(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value)
    text = str(value)
    number = text.strip("%％")
    return f"{float(number):g}" if re.fullmatch(r"[\d.]+", number) else loose(text)


def _facts(score: Score, case: str, label: dict[str, Any], conversion: Conversion) -> None:
    got_all = conversion.report.model_dump(mode="json")
    region = label.get("region") or {}
    for name in FACTS:
        want = label.get(name, region.get(name))
        allowed = {_given(want), *(_given(v) for v in label.get(f"{name}_alt") or [])}
        if name == "unit" and label.get("unit_full"):
            allowed.add(_given(label["unit_full"]))
        got = _given(got_all[name])
        inferred = bool(label.get(f"{name}_inferred") or region.get(f"{name}_inferred"))
        unclear = any(label.get(f"{name}_text") or region.get(f"{name}_text") for _ in "1")
        if want is not None:
            if not (inferred and got is None):
                score.add(name, got in allowed, f"{case} {got!r} for {_given(want)!r}")
        elif (
            got is not None
            and name not in {"title", "masked"}
            and not inferred
            and got not in allowed - {None}
        ):
            if unclear and name in {"province", "city", "county"}:
                continue  # printed in an address only: either reading is honest
            score.add("invented", False, f"{case} {name}={got!r}")


def _problems(score: Score, case: str, label: dict[str, Any], conversion: Conversion) -> None:
    want: dict[str, dict[str, Any]] = {}
    for issue in label.get("issues") or []:
        key = loose(issue["heading"])
        statuses = [issue.get("status"), *(issue.get("status_alt") or [])]
        if key in want:
            want[key]["statuses"] += statuses
        else:
            want[key] = {**issue, "statuses": statuses}
    have = {loose(issue.heading): issue for issue in conversion.report.issues}
    for key, issue in have.items():
        score.add("problems.precision", key in want, f"{case} extra: {issue.heading[:40]}")
    for key, expected in want.items():
        got = have.get(key)
        score.add("problems.recall", got is not None, f"{case} missed: {expected['heading'][:40]}")
        if got is None:
            continue
        score.add(
            "problems.number",
            loose(got.number or "") == loose(expected.get("number") or ""),
            f"{case} {got.number!r} for {expected.get('number')!r}",
        )
        allowed = {expected["category"], *(expected.get("category_alt") or [])}
        score.add(
            "problems.category",
            got.category in allowed,
            f"{case} {got.heading[:30]}: {got.category}, not {sorted(allowed)}",
        )
        wanted = {STATUS.get(str(s), str(s or "unstated")) for s in expected["statuses"]}
        score.add(
            "problems.status",
            got.status in wanted,
            f"{case} {got.heading[:30]}: {got.status}, not {wanted}",
        )
        score.add(
            "problems.origin",
            got.origin == (expected.get("origin") or "feedback"),
            f"{case} {got.heading[:30]}: {got.origin}",
        )
        wanted_subs: set[str] = {loose(s["heading"]) for s in expected.get("sub_issues") or []}
        subs = {loose(s.heading) for s in got.sub_issues}
        score.add(
            "problems.subs",
            subs == wanted_subs,
            f"{case} {got.heading[:30]}: {len(subs)} of {len(wanted_subs)}",
        )


def _values(contacts: dict[str, Any] | None, names: tuple[str, ...]) -> set[str]:
    found: list[Any] = []
    for name in names:
        value = (contacts or {}).get(name)
        found += value if isinstance(value, list) else [value]
    return {fold(v["value"] if isinstance(v, dict) else v) for v in found if v}


def _contacts(score: Score, case: str, label: dict[str, Any], conversion: Conversion) -> None:
    contacts = conversion.report.contacts
    got_all = contacts.model_dump(mode="json") if contacts else None
    for kind, names in CONTACTS.items():
        want, got = _values(label.get("contacts"), names), _values(got_all, names)
        for value in sorted(want):
            score.add("contacts", value in got, f"{case} {kind} {value} not in {sorted(got)}")
        for value in sorted(got - want):
            score.add("contacts.right", False, f"{case} {kind} {value} is not one")
        for _ in got & want:
            score.add("contacts.right", True, "")


def shown(conversion: Conversion) -> str:
    """What a reader sees of a report, title first, folded."""
    rendered = markdown.markdown(conversion.body, extensions=["attr_list"])
    return fold(conversion.report.title + html.unescape(re.sub(r"<[^>]*>", "", rendered)))


def _text(score: Score, case: str, label: dict[str, Any], conversion: Conversion, lines: list[str]) -> None:
    seen = shown(conversion)
    gone = {b["line"] for b in label["boilerplate"] if b.get("whole_line", True)}
    inline = [
        *(label.get("inline_boilerplate") or []),
        *(b for b in label["boilerplate"] if b["line"] not in gone),
    ]
    for item in (*label["boilerplate"], *(label.get("inline_boilerplate") or [])):
        text = fold(item["text"])
        others = (fold(line) for no, line in enumerate(lines, 1) if no not in gone and no != item["line"])
        if text and not any(text in line for line in others):
            score.add(
                "boilerplate", text not in seen, f"{case}:{item['line']} still there: {item['text'][:40]}"
            )
    for item in (*(label.get("traps") or []), *(label.get("keep_though_odd") or [])):
        score.add("traps", fold(item["text"]) in seen, f"{case}:{item['line']} lost: {item['text'][:40]}")
    facts = {m["line"] for m in label.get("meta_lines") or []}
    if not label.get("title_text_in_line"):
        facts |= set(label.get("title_lines") or [])
    visible = {v["line"]: v["text"] for v in label.get("visible_lines") or []}
    at = 0
    for no, raw in enumerate(lines, 1):
        if no in gone or no in facts:
            continue
        line = raw
        for item in inline:
            if item["line"] == no:
                line = line.replace(item["text"], "")
        line = visible.get(no) or html.unescape(re.sub(r"<[A-Za-z/!][^<>]*>", "", line))
        for sentence in re.split(r"(?<=[。；：！？])", line):
            want = fold(sentence)
            if not want:
                continue
            score.add("conservation", want in seen, f"{case}:{no} {sentence.strip()[:40]}", len(want))
            if len(want) >= 12 and want in seen:
                found = seen.find(want, at)
                score.add("order", found >= 0, f"{case}:{no} out of order: {sentence.strip()[:40]}")
                at = max(at, found)


def main() -> int:
    """Print the figures; with -v each miss."""
    for which in SETS:
        score = measure(which)
        print(f"{which} set, {len(labelled(which))} notices")
        if "-v" in sys.argv:
            print("\n".join(score.misses))
        for name, value in score.figures().items():
            counts = f"{score.right[name]}/{score.all[name]}" if name in score.right else ""
            print(f"  {name:20} {value:8.4f}  {counts}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
