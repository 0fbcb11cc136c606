"""The forms that a secret may have where it gets out, and the search for them.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64

from planted import HEAD, RANDOM, TAIL

PART = 3  # random characters that, beside an end, tell which secret a piece is of


def base64_core(text, lead):
    """What base64 makes of `text` after `lead` bytes, whatever stands around it."""
    encoded = base64.b64encode(bytes(lead) + text).decode()
    end = (lead + len(text)) * 8 // 6  # characters that follow from these bytes alone
    return encoded[-(-lead * 8 // 6):end]


def forms(secret):
    """{name: what to look for}; text, in Latin letters."""
    text = secret.encode()
    found = {"plain": secret,
             "percent": "".join(f"%{byte:02X}" for byte in text),
             "percent, lower": "".join(f"%{byte:02x}" for byte in text),
             "percent twice": "".join(f"%25{byte:02X}" for byte in text),
             "hex": text.hex(), "HEX": text.hex().upper(),
             "hex of the beginning": text[:6].hex(":"),
             "hex with colons": text.hex(":"), "hex with blanks": text.hex(" "),
             "utf-16-le": "\0".join(secret), "utf-16 as dots": ".".join(secret),
             "utf-16 as escapes": "\\u0000".join(secret), "spelled": " ".join(secret)}
    for lead in range(3):
        found[f"base64 at {lead}"] = base64_core(text, lead)
    return found


def folded_forms(secret):
    """Looked for in what was put into lower case."""
    return {"folded": secret.lower(),
            "first part": secret[:len(HEAD) + PART].lower(), "last part": secret[-len(TAIL) - PART:].lower()}


def marks():
    """What no form of any secret is without."""
    ends = [HEAD, TAIL]
    exact = {form for end in ends for name, form in forms(end).items() if not name.startswith("base64")}
    # An end alone may leave one sure character of base64 less on either side.
    exact |= {base64_core(HEAD.encode(), lead) for lead in range(3)}
    return sorted(form for form in exact if form), [HEAD.lower(), TAIL.lower()]


EXACT, FOLDED = marks()


def search(content, secrets):
    """[(secret, form)] found in `content`, bytes; for each secret the first form that is there."""
    text = content.decode("latin-1")
    folded = text.lower()
    if not any(mark in text for mark in EXACT) and not any(mark in folded for mark in FOLDED):
        return []
    found = []
    for secret in secrets:
        seen = [name for name, form in forms(secret).items() if form in text]
        seen += [name for name, form in folded_forms(secret).items() if form in folded]
        if seen:
            found.append((secret, seen[0]))
    return found


assert RANDOM > 2 * PART  # halves of a secret are longer than the parts
