"""From bytes to characters, losing none, and saying so where a choice was made.

In this order:

1. A byte order mark tells UTF-8, UTF-16 or UTF-32.
2. Bytes with zero bytes are UTF-16 without a mark where the zeros stand in every other place, else no text at all.
3. Bytes that are UTF-8 are UTF-8.
4. Where somebody named the encoding (a web page, its server), it is that.
5. Bytes that have no UTF-8 beyond ASCII, and are defined in Windows-1252, are Windows-1252.
6. UTF-8 with other bytes between is taken apart: what is UTF-8 stays, each other byte is Windows-1252.

From 2 on, all but UTF-8 is told in a remark. Windows-1252 accepts nearly everything: it is refused where more than a
quarter of the letters would be beyond ASCII, as no language written in it has them (Cyrillic or Greek in an encoding
of their own, say).
"""

from __future__ import annotations

import codecs
import re

from stpgraph.documents.outcomes import Refusal

__all__ = ["decode"]

#: Byte order marks, the longer before those they begin with, and what they tell.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Encodings of text that a page or server may name; Python has others, which are no encodings of text.
_NAMED = re.compile(
    r"(?:iso-?8859-\d+|(?:windows-?|cp)125\d|shift_jis|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5|koi8-[ru])\Z"
)

#: What the web means by these names.
_MEANT = {"iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}

#: Control characters that texts have: tab, line ends, page breaks, backspace and escape.
_CONTROLS = re.compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f\x7f]")

#: A character beyond ASCII in UTF-8.
_BEYOND = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)

_SAVE = "save it as UTF-8 and try again"


def decode(data: bytes, *, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    r"""Decode a text, and say what had to be chosen.

    Args:
        data: its bytes.
        charset: the encoding that the page or its server names.

    Returns:
        The text, its byte order mark and line ends still as they were, and the remarks.

    Raises:
        Refusal: when the bytes are no text, or none in an encoding that can be told.

    Example:
        >>> decode(b"caf\xe9 bar")
        ('café bar', ('Its bytes are no UTF-8; they were read as Windows-1252.',))
    """
    mark = next((name for start, name in _MARKS if data.startswith(start)), None)
    if mark == "utf-8":
        return _decode_bytes(data[3:], charset=None)
    if mark:
        return _decode_as(data[4 if "32" in mark else 2 :], mark), (f"It was read as {mark.upper()}.",)
    return _decode_bytes(data, charset=charset)


def _decode_bytes(data: bytes, *, charset: str | None) -> tuple[str, tuple[str, ...]]:
    if b"\0" in data:
        found = _without_mark(data)
        return _decode_as(data, found), (f"It has no byte order mark; it was read as {found.upper()}.",)
    if len(_CONTROLS.findall(data[:100_000])) * 50 > len(data[:100_000]):
        raise Refusal("binary", "it holds control characters, and no text", mend="give the text it was made from")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass  # the other encodings are for what is not UTF-8
    named = _MEANT.get((charset or "").strip().lower(), (charset or "").strip().lower())
    if named != "cp1252" and _NAMED.match(named) and (text := _decode_named(data, named)) is not None:
        return text, (f"It was read as {named.upper()}, as it says.",)
    return _decode_mixed(data)


def _decode_named(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None  # the name is wrong, as it often is; the bytes decide


def _decode_as(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as fault:
        raise Refusal(
            "bad-encoding", f"its byte {fault.start} is not {name.upper()}, which it begins as", mend=_SAVE
        ) from fault
    if "\0" in text:
        raise Refusal("binary", "it holds zero characters, and no text", mend="give the text it was made from")
    return text


def _without_mark(data: bytes) -> str:
    """Tell UTF-16 by its zero bytes: nearly all on one side, and as many as a text in Latin letters has."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) // 2
    if len(data) % 2 == 0 and max(even, odd) * 10 >= half * 7 and min(even, odd) * 50 <= half:
        return "utf-16-be" if even > odd else "utf-16-le"
    raise Refusal("binary", "it holds zero bytes, and no text", mend="give the text it was made from")


def _decode_mixed(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read what is UTF-8 as UTF-8 and every other byte as Windows-1252."""
    parts: list[str] = []
    first, others, end = -1, 0, 0
    for found in re.finditer(rb"[\x80-\xff]+", data):
        parts.append(data[end : found.start()].decode("ascii"))
        end = found.end()
        text, foreign = _decode_run(found.group(), at=found.start())
        if foreign and first < 0:
            first = found.start()
        others += foreign
        parts.append(text)
    parts.append(data[end:].decode("ascii"))
    text = "".join(parts)
    letters = sum(map(str.isalpha, text[:100_000]))
    if sum(sign.isalpha() and not sign.isascii() for sign in text[:100_000]) * 4 > letters:
        raise Refusal(
            "bad-encoding", f"its byte {first} is not UTF-8, and read as Windows-1252 it is no text", mend=_SAVE
        )
    if _BEYOND.search(data):
        count = f"{others} of its bytes are" if others > 1 else "one of its bytes is"
        return text, (f"It is UTF-8, but {count} not, the first at byte {first}: read as Windows-1252.",)
    return text, ("Its bytes are no UTF-8; they were read as Windows-1252.",)


def _decode_run(run: bytes, *, at: int) -> tuple[str, int]:
    """Decode bytes beyond ASCII; return the text, and how many of them were no UTF-8."""
    parts: list[str] = []
    place = foreign = 0
    while place < len(run):
        if found := _BEYOND.match(run, place):
            parts.append(found.group().decode("utf-8"))
            place = found.end()
            continue
        try:
            parts.append(run[place : place + 1].decode("cp1252"))
        except UnicodeDecodeError as fault:
            raise Refusal(
                "bad-encoding", f"its byte {at + place} is neither UTF-8 nor Windows-1252", mend=_SAVE
            ) from fault
        place += 1
        foreign += 1
    return "".join(parts), foreign
