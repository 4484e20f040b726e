"""Loads and validates `rules/`: everything this archive knows as data.

Rules are data with examples and counter-examples; the code that uses them knows
forms, not wordings. A faulty rule file stops the program with its name and the
faulty entry. Each table is read once per process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from zhenggai.frontmatter import load_yaml
from zhenggai.model import Slug, Status, UnitKind, ZhenggaiError

RULES = Path(__file__).parent / "rules"

T = TypeVar("T", bound=BaseModel)


class RuleError(ZhenggaiError):
    """A rule file that cannot be used."""


class Rule(BaseModel):
    """Base of all rule tables: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Top(Rule):
    """One of the four official 聚焦 under which inspections report."""

    slug: Slug
    name: str
    seen_as: tuple[str, ...]
    cues: tuple[str, ...] = ()
    """Regular expressions for headings that announce it."""
    default: Slug | None = None
    """The leaf of a problem under it whose own words say nothing."""
    default_cues: tuple[str, ...] = ()
    """Words that a heading must also have for `default`."""


class Category(Rule):
    """问题类别: what a problem is about."""

    slug: Slug
    top: Slug | None = None
    name: str
    scope: str = ""
    settling: tuple[str, ...] = ()
    """Words that settle what a problem is about, whatever it happened in."""
    decisive: tuple[str, ...] = ()
    """Words that name what the category is about."""
    keywords: tuple[str, ...] = ()
    """Words that usually mean it."""
    places: tuple[str, ...] = ()
    """Where it happened, and the business of units."""
    hints: tuple[str, ...] = ()
    """Words that speak for it when nothing else does."""
    own: dict[UnitKind, tuple[str, ...]] = {}
    """Words that are the business of one kind of unit only."""
    phrases: tuple[str, ...] = ()
    """`甲|乙 > 丙|丁`: a word of the second group close behind one of the first, in one clause; ` = 9`: its points."""
    together: tuple[str, ...] = ()
    """`甲|乙 + 丙|丁`: one word of each group in the same text; ` = 9`: its points."""
    only_for: tuple[UnitKind, ...] = ()
    """Kinds of unit that it is for; empty: all."""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    """Near misses that must not get it."""
    remedy: bool = False
    """Accounts of any problem speak of it (学习, 制度, 培训 …), so an account is no evidence for it."""


class Weights(Rule):
    """What each kind of word counts; the head of rules/taxonomy.yaml explains them."""

    settling: float
    phrases: float
    together: float
    decisive: float
    keywords: float
    places: float
    hints: float
    more: float
    most: float
    later: float
    covered: float
    sub: float
    above: float
    account: float
    top: float
    floor: float


class Taxonomy(Rule):
    """rules/taxonomy.yaml: the vocabulary. Slugs are addresses and never change; names may be edited."""

    weights: Weights
    neutral: tuple[str, ...]
    """Words that mean nothing here but hide shorter ones inside them."""
    tops: tuple[Top, ...]
    leaves: tuple[Category, ...]
    fallback: Category

    @property
    def categories(self) -> tuple[Category, ...]:
        """All categories in their official order, 其他 last."""
        return (*self.leaves, self.fallback)


def load(name: str, model: type[T]) -> T:
    """Read `rules/<name>` as `model`; RuleError names the file and the faulty entry."""
    path = RULES / name
    try:
        data: Any = load_yaml(path.read_text(encoding="utf-8"))
        return model.model_validate(data)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(
            f"规则文件写错了：{error}", path=f"rules/{name}", line=mark.line + 1 if mark else None
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RuleError(
            f"{'.'.join(map(str, first['loc']))}：{first['msg']}",
            path=f"rules/{name}",
            remedy="照同一文件里其他条目的样子改正",
        ) from error


@cache
def taxonomy() -> Taxonomy:
    """The category vocabulary."""
    return load("taxonomy.yaml", Taxonomy)


@cache
def category_by_slug() -> dict[str, Category]:
    """Categories by slug."""
    return {category.slug: category for category in taxonomy().categories}


class Division(Rule):
    """行政区划: one row of rules/divisions.csv."""

    code: str
    """Six digits of GB/T 2260; the parents' codes are its first two and four."""
    name: str
    former: bool
    """Gone since 2013; notices of its time still name it."""
    province: str
    city: str | None
    """None for provinces, and for counties directly under a province or municipality."""

    @property
    def slot(self) -> int:
        """0 province, 1 city, 2 county."""
        return 0 if self.code.endswith("0000") else 1 if self.code.endswith("00") else 2

    @property
    def prefix(self) -> str:
        """What the codes of everything inside begin with."""
        return self.code[: 2 * (self.slot + 1)]


@cache
def divisions() -> tuple[Division, ...]:
    """The division table, in the order of codes."""
    path = RULES / "divisions.csv"
    rows: list[tuple[str, str, bool]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(("#", "code,")):
            continue
        code, _, rest = line.partition(",")
        name, _, former = rest.partition(",")
        if len(code) != 6 or not code.isdigit() or not name or former not in {"", "1"}:
            raise RuleError(
                f"不是“代码,名称,former”：{line}",
                path="rules/divisions.csv",
                line=number,
                remedy="用 scripts/make_divisions.py 重新生成",
            )
        rows.append((code, name, bool(former)))
    names = {code: name for code, name, former in sorted(rows, key=lambda row: not row[2])}
    return tuple(
        Division.model_construct(
            code=code,
            name=name,
            former=former,
            province=names[code[:2] + "0000"],
            city=names.get(code[:4] + "00") if code[2:4] != "00" and code[4:] != "00" else None,
        )
        for code, name, former in rows
    )


class SectionRule(Rule):
    """A kind of section, known by its heading."""

    kind: str
    why: str
    status: str | None = None
    needs: tuple[str, ...] = ()
    """A heading without any of these words cannot match: a quick look before the patterns."""
    patterns: tuple[str, ...]
    not_patterns: tuple[str, ...] = ()
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class FrameRule(Rule):
    """A frame round a problem; `{q}` is the quoted problem, `{p}` a plain one, `{tail}` what may follow."""

    id: str
    ahead: str = ""
    """What a heading may say before the frame begins: the measure (算清旧账本，着力解决…的问题)."""
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


LabelRole = Literal["problem", "measure", "status", "other"]


class LabelRule(Rule):
    """Words that open a labelled line or part of a line."""

    role: LabelRole
    words: tuple[str, ...]


class Wordings(Rule):
    """Regular expressions with what they must match and must not."""

    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class ProblemWords(Rule):
    """Words that make a heading a problem, anywhere or at the end of a clause."""

    clause_end: Wordings
    anywhere: Wordings


class StructureRules(Rule):
    """rules/structure.yaml: how notices are laid out."""

    sections: tuple[SectionRule, ...]
    frames: tuple[FrameRule, ...]
    frame_tail: str
    labels: tuple[LabelRule, ...]
    problem_words: ProblemWords
    body_cues: tuple[str, ...]
    measure_starts: Wordings


@cache
def structure_rules() -> StructureRules:
    """Section kinds, frames, labels and problem words."""
    return load("structure.yaml", StructureRules)


class KindRule(Rule):
    """One kind of rules/unit_kinds.yaml."""

    kind: UnitKind
    names: tuple[str, ...]
    """Regexes on the normalised name of a unit."""
    cues: dict[str, int]
    """Words of the notice and what each occurrence counts, for units whose name is masked."""
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class UnitKinds(Rule):
    """rules/unit_kinds.yaml: how units of each kind are named."""

    cue_floor: int
    kinds: tuple[KindRule, ...]
    same: dict[str, str]
    """Short form → full form of the end of a unit's name."""


@cache
def unit_kinds() -> UnitKinds:
    """Kinds in the order in which they are tried."""
    return load("unit_kinds.yaml", UnitKinds)


class StatusRule(Rule):
    """Words that state one status; the head of rules/status.yaml explains the kinds."""

    status: Status
    needs: tuple[str, ...]
    values: tuple[str, ...]
    patterns: tuple[str, ...]
    partial: tuple[str, ...] = ()
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class StatusRules(Rule):
    """rules/status.yaml."""

    words: dict[str, str]
    """Name → regular expression, put in where a pattern says `{name}`."""
    unless_before: tuple[str, ...]
    unless_within: tuple[str, ...]
    unless_after: tuple[str, ...]
    statuses: tuple[StatusRule, ...]


@cache
def status_rules() -> StatusRules:
    """Wordings of 整改状态."""
    return load("status.yaml", StatusRules)


class ActionRule(Rule):
    """What is done with a document, and the verbs that say so."""

    action: str
    words: tuple[str, ...]


class FigureRule(Rule):
    """A printed figure of accountability; group 1 of a pattern is the figure."""

    field: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class FactRules(Rule):
    """rules/facts.yaml."""

    document_actions: tuple[ActionRule, ...]
    accountability: tuple[FigureRule, ...]


@cache
def fact_rules() -> FactRules:
    """Verbs for documents, patterns for figures."""
    return load("facts.yaml", FactRules)


class BoilerplateRule(Rule):
    """One kind of text that is no part of a notice; see the head of rules/boilerplate.yaml."""

    id: Slug
    why: str
    scope: Literal["line", "inline", "block"]
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    near_contacts: bool = True
    in_brackets: bool = True


class MarkerRules(Rule):
    """Vendor markers between brackets or signs of any style."""

    contents: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    words: tuple[str, ...]
    latin: str


class TeaserRules(Rule):
    """What payment walls and previews speak of: kind of word → patterns, and what they must hold."""

    kinds: dict[str, tuple[str, ...]]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class MetaLabel(Rule):
    """A label of the line under a title: 发布时间, 来源, 浏览 …"""

    label: str
    names: tuple[str, ...]
    keep: bool
    alone: bool


class Signal(Rule):
    """Words that together give an advert away."""

    id: Slug
    weight: float
    words: tuple[str, ...]


class SignalPattern(Rule):
    """A form that weighs like a signal: in lines with one of `words`; without any, with letters or digits."""

    id: Slug
    weight: float
    words: tuple[str, ...] = ()
    pattern: str


class NoticeSignals(Rule):
    """Words that speak against an advert."""

    weight: float
    most: int
    words: tuple[str, ...]


class NoticeLines(Rule):
    """What a short line of the notice itself looks like."""

    words: tuple[str, ...]
    pattern: str


class Boilerplate(Rule):
    """rules/boilerplate.yaml."""

    rules: tuple[BoilerplateRule, ...]
    markers: MarkerRules
    teasers: TeaserRules
    meta: tuple[MetaLabel, ...]
    meta_examples: tuple[str, ...]
    meta_counter_examples: tuple[str, ...]
    nav_words: tuple[str, ...]
    nav_ends: tuple[str, ...]
    edge_words: tuple[str, ...]
    edge_keep: tuple[str, ...]
    frame_words: tuple[str, ...]
    guard_words: tuple[str, ...]
    glue_words: tuple[str, ...]
    signals: tuple[Signal, ...]
    signal_patterns: tuple[SignalPattern, ...]
    tells: tuple[Signal, ...]
    tell_patterns: tuple[SignalPattern, ...]
    notice_signals: NoticeSignals
    notice_lines: NoticeLines


@cache
def boilerplate() -> Boilerplate:
    """Vendor text, web residue and page furniture."""
    return load("boilerplate.yaml", Boilerplate)


class ContactLabel(Rule):
    """Words that stand before one kind of contact value."""

    field: Literal["phone", "fax", "any", "email", "address", "postcode", "hours", "end", "other"]
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class ContactRules(Rule):
    """rules/contacts.yaml."""

    openings: tuple[str, ...]
    headings: tuple[str, ...]
    heading_examples: tuple[str, ...]
    heading_counter_examples: tuple[str, ...]
    labels: tuple[ContactLabel, ...]
    verbs: tuple[str, ...]
    invitations: tuple[str, ...]
    work: tuple[str, ...]
    strangers: tuple[str, ...]


@cache
def contact_rules() -> ContactRules:
    """Labels of contact lines, and the words that invite readers to ring."""
    return load("contacts.yaml", ContactRules)


class DataWords(Rule):
    """rules/data.yaml: every name in the exported data as `(short name, meaning)`."""

    terms: tuple[str, ...]
    """On what terms the data may be used, a paragraph each."""
    tables: dict[str, tuple[str, str]]
    columns: dict[str, tuple[str, str]]
    """Of the tables alone."""
    models: dict[str, dict[str, tuple[str, str]]]
    """Of the front matter: type → field."""


@cache
def data_words() -> DataWords:
    """What exported tables and fields are called and mean."""
    return load("data.yaml", DataWords)
