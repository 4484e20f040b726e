"""Each rule of rules/privacy.yaml finds its examples and spares its counter-examples."""

from __future__ import annotations

import unicodedata

import pytest

from zhenggai.checks import privacy
from zhenggai.checks.privacy_rules import PrivacyRule, privacy_rules

RULES = privacy_rules().rules


def filled(rule: PrivacyRule, example: str) -> str:
    """`{digits}` replaced by a number that passes the proof; none is written down anywhere."""
    first = {"identity": "11000019900307001", "card": "622200000000000123"}.get(rule.proof or "", "")
    proof = {"identity": privacy.identity_check, "card": privacy.card_check}.get(rule.proof or "")
    return example.replace("{digits}", first + proof(first)) if proof else example


def codes(text: str) -> set[str]:
    return {found.rule.code for found in privacy.find(unicodedata.normalize("NFKC", text))}


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in RULES for e in r.examples])
def test_examples_are_found_and_never_shown_whole(rule: PrivacyRule, example: str) -> None:
    text = unicodedata.normalize("NFKC", filled(rule, example))
    found = [one for one in privacy.find(text) if one.rule is rule]
    assert found
    for one in found:
        said = privacy.hint(rule, one.words)
        assert one.words not in said
        assert len(set(one.words) - set(said)) > 0 or len(one.words) > 4


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in RULES for e in r.counter_examples])
def test_counter_examples_are_spared(rule: PrivacyRule, example: str) -> None:
    assert rule.code not in codes(filled(rule, example))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_both(rule: PrivacyRule) -> None:
    assert rule.examples
    assert rule.counter_examples
