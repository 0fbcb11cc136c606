"""Kerberos messages (RFC 4120) of logins: AS-REQ and KRB-ERROR.

SPDX-License-Identifier: GPL-2.0-or-later
"""
UNKNOWN, REVOKED, PREAUTH_FAILED, PREAUTH_REQUIRED = 6, 18, 24, 25
AS_REQ, KRB_ERROR = 10, 30


def tlv(tag, *parts):
    """ASN.1 in DER."""
    body = b"".join(parts)
    if len(body) < 128:
        size = bytes([len(body)])
    else:
        octets = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
        size = bytes([0x80 | len(octets)]) + octets
    return bytes([tag]) + size + body


def number(value):
    return tlv(2, bytes([value]))


def name(kind, *parts):
    return tlv(0x30, tlv(0xa0, number(kind)), tlv(0xa1, tlv(0x30, *[tlv(0x1b, part) for part in parts])))


def as_req(user=None, proof=None):
    """`proof`: encrypted with the password, in a request that pre-authenticates."""
    body = [tlv(0xa0, b"\3\5\0\x40\0\0\0")]
    if user is not None:
        body.append(tlv(0xa1, name(1, user)))
    body += [tlv(0xa2, tlv(0x1b, b"REALM")), tlv(0xa3, name(2, b"krbtgt", b"REALM")),
             tlv(0xa5, tlv(0x18, b"20370913024805Z")), tlv(0xa7, number(7)),
             tlv(0xa8, tlv(0x30, number(18)))]
    data = []
    if proof is not None:
        stamp = tlv(0x30, tlv(0xa0, number(18)), tlv(0xa2, tlv(4, proof)))
        data = [tlv(0xa3, tlv(0x30, tlv(0x30, tlv(0xa1, number(2)), tlv(0xa2, tlv(4, stamp)))))]
    return tlv(0x6a, tlv(0x30, tlv(0xa1, number(5)), tlv(0xa2, number(AS_REQ)), *data,
                         tlv(0xa4, tlv(0x30, *body))))


def error(code, text=None):
    more = [] if text is None else [tlv(0xab, tlv(0x1b, text))]
    return tlv(0x7e, tlv(0x30, tlv(0xa0, number(5)), tlv(0xa1, number(KRB_ERROR)),
                         tlv(0xa4, tlv(0x18, b"20260105100000Z")), tlv(0xa5, number(1)),
                         tlv(0xa6, number(code)), tlv(0xa9, tlv(0x1b, b"REALM")),
                         tlv(0xaa, name(2, b"krbtgt", b"REALM")), *more))


def refuse(lan, time, client, controller, user, code):
    """One login over UDP; answers when it is over. With a name that is known, the client has to prove
    its password."""
    if code != UNKNOWN:
        time = lan.ask(time, client, controller, 88, as_req(user), error(PREAUTH_REQUIRED))
    return lan.ask(time, client, controller, 88, as_req(user, lan.random.randbytes(56)), error(code))
