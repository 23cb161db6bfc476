"""Rules are written in simplified characters and understand traditional ones; the text stays as it is printed."""

import re
from functools import cache
from importlib.resources import files

_HAN = re.compile("[㐀-鿿]")


@cache
def _traditional() -> dict[str, str]:
    """For each simplified character the traditional ones that are written for it (OpenCC's table)."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    variants: dict[str, str] = {}
    for row in table.splitlines():
        traditional, _, simplified = row.partition("\t")
        for char in simplified.split(" "):
            if char and char != traditional:
                variants[char] = variants.get(char, "") + traditional
    return variants


def either_form(pattern: str) -> str:
    """A regular expression that matches what the given one does, in either form of its characters.

    A character outside of a class becomes a class; inside of one its forms are added. Ranges (一-龥) stay.
    """
    forms = _traditional()
    written: list[str] = []
    inside, at = False, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            written.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "[" and not inside:
            inside = True
        elif char == "]" and inside:
            inside = False
        in_range = inside and (pattern[at + 1 : at + 2] == "-" or pattern[at - 1] == "-")
        if _HAN.match(char) and char in forms and not in_range:
            char = char + forms[char] if inside else f"[{char}{forms[char]}]"
        written.append(char)
        at += 1
    return "".join(written)
