"""The values of contact lines: what a telephone number, an address or office hours look like.

Patterns read text folded character by character (`fold_width`), so that the
same offsets give the value as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

MASK = r"[xX*×○●□■〇某]"
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
_WIDTH |= dict.fromkeys(map(ord, "—–－―‐‑‒−─"), ord("-")) | dict.fromkeys(map(ord, "∶︰﹕"), ord(":"))
_WIDTH |= {ord("〔"): ord("("), ord("〕"): ord(")"), 0xFE0F: 0x20}
_HALF = {chr(wide): chr(half) for wide, half in _WIDTH.items()}
_WIDE = re.compile(f"[{''.join(map(re.escape, _HALF))}]")

_AREA_NUMBER = re.compile(r"(?:\+?86[- ]?)?\(?0\d{2,3}\)?[-·. ]{0,5}\d{3,4}[- ]?\d{3,4}")
_EXT = (
    r"(?:\s{0,2}(?:-|转|接|分机号?|ext\.?|EXT\.?|\(分机号?|\(转)\s{0,2}:?\s{0,2}\d{1,5}\)?"
    r"(?:[、/](?:转|接|分机号?)?\d{1,5}(?![\d(]|\s?-\s?\d))*)?"
)
_PHONE = re.compile(
    r"(?=[\d+(])(?<![\dA-Za-z@.年月-])(?<!\d:)(?:"
    r"(?P<mobile>(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d))"
    r"|(?P<service>[48]00(?:[- ]?\d{3}[- ]?\d{4}|[- ]?\d{4}[- ]?\d{3}|\d[- ]\d{3}[- ]?\d{3})(?!\d))"
    r"|(?P<area>(?:\+?86[- ]?)?\(?0\d{2,3}\)?\s{0,2}(?:-{0,3}|[·.])\s{0,2}\d{3,4}[- ]?\d{3,4}(?!\d)"
    r"{EXT}"
    r"|\+86[- ]?\(?\d{2,3}\)?[- ]?\d{3,4}[- ]?\d{3,4}(?!\d){EXT}|\(?0\d{2,3}\)?-?12\d{3}(?!\d))"
    r"|(?P<local>\d{3,4}[- ]?\d{4}(?!\d){EXT})"
    r"|(?P<short>(?:1[0-2]\d{3}|9[56]\d{3,4})(?!\d))"
    r"|(?P<odd>\d{5,13}(?!\d))"
    r")(?!\s{0,2}(?:年|月|日|人|元|件|次|小时|号楼|%|:\d))".replace("{EXT}", _EXT)
)
_FIGURES = re.compile(r"\d\d\d")
"""No such number has less in a row."""
_MASKED_PHONE = re.compile(
    rf"(?<![\w@.])(?=[\d() -]{{0,14}}{MASK})"
    r"\(?[\dxX*×○●□■〇某]{1,13}\)?(?:[- ]{0,3}[\dxX*×○●□■〇某]{1,12}){0,3}"
)
_HOUR = re.compile(rf"(?:\d|{MASK}):$")
"""What stands ahead of the masked minutes of office hours: X:XX-XX:XX."""
_EMAIL = re.compile(
    r"[A-Za-z0-9*×][A-Za-z0-9._%+*×-]{0,60}[ ]?(?:[(\[](?:at|AT|@|#)[)\]]|@|#)[ ]?"
    r"[A-Za-z0-9*×-]{1,40}(?:[ ]?\.[ ]?[A-Za-z0-9*×-]{2,20}){0,3}[ ]?\.[ ]?(?:[A-Za-z]{2,10}|[*×]{1,9})"
)
_AT = re.compile(r"[@#]|[(\[](?:at|AT)[)\]]")
_BROKEN_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{2,40}@|@[A-Za-z0-9-]{1,40}\b")
_TORN = re.compile(r"(?=[^\n]*[A-Za-z._])[\w.-]+\n$", re.A)
"""The end of a line with the beginning of an e-mail address; a number there is one of its own."""
_POSTCODE = re.compile(rf"(?<!\d)(?:\d{{6}}(?!\d)|(?=\d{{0,5}}{MASK})(?:\d|{MASK}){{4,6}}(?![\w]))")
_CODE_BEHIND = re.compile(
    r"(?:\s{1,4}|,\s{0,2}|\s{0,2}\(\s{0,2}(?:(?:邮政编码|邮编):?\s{0,2})?)(\d{6})\s{0,2}\)?$"
)
_CLOCK = re.compile(r"\d{1,2}[:时点]\d{0,2}|工作日|上班时间|周[一二三四五六日至]|上午|下午|全天|24小时|法定")
_PO_BOX = re.compile(
    rf"(?:[A-Za-z]?\d{{1,6}}|{MASK}{{1,6}}|第?[一二三四五六七八九十百零〇]{{1,5}})\s?号?(?:邮政|专用|专门)*信箱"
    rf"|信箱\s?[A-Za-z]?(?:\d{{1,6}}|{MASK}{{1,6}})\s?号?"
)
_ONLY_MASKS = re.compile(rf"(?:{MASK}|[\s\d-])+")


def fold_width(text: str) -> str:
    """Full-width signs half-width, all dashes `-`; same length as `text`."""
    return _WIDE.sub(lambda sign: _HALF[sign[0]], text)  # translate() is three times slower


@dataclass(frozen=True, slots=True)
class Found:
    """A value in a text: its span, and what kind of number it is."""

    start: int
    end: int
    kind: str


def phones(folded: str) -> list[Found]:
    """Telephone numbers in a value that a telephone label opens, masked ones too."""
    found = [_unbracketed(folded, m) for m in _PHONE.finditer(folded)] if _FIGURES.search(folded) else []
    masked = [
        Found(m.start(), _trim(folded, m.start(), m.end()), "masked")
        for m in _MASKED_PHONE.finditer(folded)
        if not _HOUR.search(folded, max(0, m.start() - 3), m.start())
    ]
    if masked:  # 0571-8XXXXXXX: the part before the mask is no number of its own
        found = [f for f in found if not any(f.start < m.end and m.start < f.end for m in masked)]
    return sorted([*found, *masked], key=lambda f: f.start)


def _unbracketed(folded: str, match: re.Match[str]) -> Found:
    """A number without a bracket that opens ahead of it and does not close in it."""
    start, end = match.start(), _trim(folded, match.start(), match.end())
    alone = folded[start] == "(" and ")" not in folded[start:end]
    return Found(start + alone, end, str(match.lastgroup))


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " -(":
        end -= 1
    if text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    return end


_LIKE_DATE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_COUNTED = re.compile(r"[第号数计约共达款额码证No.№#=／/]\s?$")


def is_sure(folded: str, found: Found, *, listed: bool) -> bool:
    """Whether a number without a label of its own is a telephone number by its form.

    A number without area code only where contacts are listed, and alone between
    signs or behind the name of an office; never what may be a date or a code.
    """
    if folded[found.end : found.end + 1] in ("@", "#") or _COUNTED.search(folded, 0, found.start):
        return False
    if found.kind in ("mobile", "area", "service"):
        return True
    digits = folded[found.start : found.end]
    if found.kind != "local" or not listed or digits[0] not in "2345678" or _LIKE_DATE.fullmatch(digits):
        return False
    return re.match(r"[\s,;:。、/|()]|$", folded[found.end :]) is not None


def tel(printed: str, kind: str) -> str | None:
    """E.164, when the printed number can be dialled from anywhere."""
    if kind not in ("mobile", "area", "service"):
        return None
    folded = fold_width(printed)
    match = _AREA_NUMBER.match(folded) if kind == "area" else None
    digits = match[0] if match else folded
    try:
        parsed = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def emails(folded: str) -> list[Found]:
    """E-mail addresses; kind `odd` when written so that no program should use them, `broken` when cut by a line end."""
    out: list[Found] = []
    if not _AT.search(folded):
        return out
    for match in _EMAIL.finditer(folded):
        text = match[0]
        if _TORN.search(folded, max(0, match.start() - 16), match.start()):
            out.append(Found(match.start(), match.end(), "broken"))
            continue
        masked = re.search(r"[*×]", text) or re.fullmatch(r"[xX]+@.*", text)
        if "@" not in text or " " in text:
            out.append(Found(match.start(), match.end(), "odd"))
        else:
            out.append(Found(match.start(), match.end(), "masked" if masked else "plain"))
    return out


def broken_email(folded: str) -> bool:
    """Whether an e-mail address was torn apart by a line end or a copier."""
    return "@" in folded and bool(_BROKEN_EMAIL.search(_EMAIL.sub("", folded)))


def postcode(folded: str) -> Found | None:
    """The first postcode of a value that its label opens."""
    match = _POSTCODE.search(folded[:24])
    if not match:
        return None
    return Found(match.start(), match.end(), "masked" if re.search(MASK, match[0]) else "plain")


def postcode_behind(folded: str) -> re.Match[str] | None:
    """The postcode that closes an address without a label, …8号（999001）: group 1; the match is what to take off."""
    return _CODE_BEHIND.search(folded)


def is_blank(folded: str) -> bool:
    """Whether a value was taken out: nothing but punctuation, or （略）."""
    return not re.search(r"\w", re.sub(r"[(（]?(?:此处)?(?:从|省)?略[)）]?", "", folded))


def is_hours(folded: str) -> bool:
    """Whether a remark in brackets is about hours."""
    return bool(_CLOCK.search(folded))


def is_po_box(folded: str) -> bool:
    """信箱 with a number: a true P.O. box, not a street address under the label 邮政信箱."""
    return bool(_PO_BOX.search(folded))


def is_masked(folded: str) -> bool:
    """Whether masks stand in the value."""
    if re.search(r"[*×○●□■〇某]|[xX]{2,}|[xX][市县区路街号省镇乡村]", folded):
        return True
    return bool(_ONLY_MASKS.fullmatch(folded) and re.search(MASK, folded))
