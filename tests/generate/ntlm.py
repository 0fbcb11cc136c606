"""NTLM messages (MS-NLMP 2.2.1) as a login sends them.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

UNICODE, NTLM = 1, 0x200
HEADER = 64


def authenticate(random, user, domain="OFFICE", workstation="PC"):
    """AUTHENTICATE_MESSAGE, with responses that prove nothing."""
    fields = [random.randbytes(24), random.randbytes(24), *[text.encode("utf-16-le") for text in
                                                           (domain, user, workstation)], b""]
    offsets, at = b"", HEADER
    for data in fields:
        offsets += struct.pack("<HHI", len(data), len(data), at)
        at += len(data)
    return b"NTLMSSP\0" + struct.pack("<I", 3) + offsets + struct.pack("<I", UNICODE | NTLM) + b"".join(fields)


def challenge(random):
    """CHALLENGE_MESSAGE, without a target."""
    return b"NTLMSSP\0" + struct.pack("<IHHII", 2, 0, 0, 48, UNICODE | NTLM) + random.randbytes(8) + \
        bytes(8) + struct.pack("<HHI", 0, 0, 48)


def negotiate():
    return b"NTLMSSP\0" + struct.pack("<I", 1) + struct.pack("<I", UNICODE | NTLM) + bytes(16)
