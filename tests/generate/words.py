"""Names as people make them up.

SPDX-License-Identifier: GPL-2.0-or-later
"""
BEGIN = ("b", "br", "c", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "w")
MIDDLE = ("a", "e", "i", "o", "u", "ea", "ai", "oo")
END = ("n", "r", "s", "t", "l", "m", "d", "ck", "nd", "ll", "st", "ng")


def pronounceable(random, syllables=2):
    return "".join(random.choice(BEGIN) + random.choice(MIDDLE) for _ in range(syllables)) + \
        random.choice(END)
