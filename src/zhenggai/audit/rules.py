"""rules/audit.yaml: what audit pages call things; the reason of every removal in one place."""

from __future__ import annotations

from functools import cache

from zhenggai.model import Slug
from zhenggai.rulebook import Rule, boilerplate, load


class Family(Rule):
    """Removals that are shown in one colour."""

    id: Slug
    name: str
    rules: tuple[Slug, ...] = ()
    """Rows of rules/boilerplate.yaml."""


class Form(Rule):
    """A removal known by its form, in code."""

    id: Slug
    family: Slug
    why: str


class FactRow(Rule):
    """One key of the front matter."""

    key: str
    label: str
    made: str
    """How a value comes about that is not printed as it stands."""


class LeakWords(Rule):
    """Words for telling names of places from other words."""

    no_places: tuple[str, ...]
    visits: tuple[str, ...]
    counted: tuple[str, ...]
    no_names: tuple[str, ...]


class AuditRules(Rule):
    """rules/audit.yaml."""

    families: tuple[Family, ...]
    forms: tuple[Form, ...]
    facts: tuple[FactRow, ...]
    leaks: LeakWords


class Reason(Rule):
    """Why a rule removes, and under which family it is shown."""

    id: str
    why: str
    family: Family


@cache
def audit_rules() -> AuditRules:
    """The tables of rules/audit.yaml."""
    return load("audit.yaml", AuditRules)


@cache
def _reasons() -> dict[str, Reason]:
    rules = audit_rules()
    families = {family.id: family for family in rules.families}
    listed = {rule: family for family in rules.families for rule in family.rules}
    rows = (
        Reason(id=r.id, why=r.why, family=listed.get(r.id, rules.families[0])) for r in boilerplate().rules
    )
    forms = (Reason(id=f.id, why=f.why, family=families[f.family]) for f in rules.forms)
    return {reason.id: reason for reason in (*rows, *forms)}


def reason_of(rule: str) -> Reason:
    """The reason of the rule that made a cut; a rule that no table knows says so."""
    known = _reasons().get(rule)
    return known or Reason(id=rule, why="规则表里没有说明", family=audit_rules().families[0])
