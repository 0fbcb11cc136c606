"""Characters that nobody can see, and how every export shows them.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import re

# Those of which issues and attacks speak; the program knows more of them (plugin/export/text/hidden.c).
HIDDEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
                    "\U000e0000-\U000e0fff]")


def shown(text):
    """With the escapes of Wireshark."""
    return HIDDEN.sub(lambda found: ("\\u%04X" if ord(found[0]) <= 0xffff else "\\U%08X") % ord(found[0]), text)
