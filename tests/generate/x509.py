"""X.509 certificates (RFC 5280) as servers send them; nobody checks their signatures here.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import datetime

COMMON_NAME, ORGANIZATION, COUNTRY = b"\x55\x04\x03", b"\x55\x04\x0a", b"\x55\x04\x06"
RSA, SHA256_RSA = (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b")


def der(tag, *contents):
    body = b"".join(contents)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def sequence(*contents):
    return der(0x30, *contents)


def name(common, organization=None):
    """A distinguished name."""
    attributes = [(ORGANIZATION, organization)] if organization else []
    attributes += [(COMMON_NAME, common)] if common else []
    return sequence(*(der(0x31, sequence(der(6, oid), der(12, text.encode())))
                      for oid, text in attributes))


def moment(day):
    """RFC 5280, 4.1.2.5: two digits of the year up to 2049."""
    if day.year < 2050:
        return der(0x17, day.strftime("%y%m%d%H%M%SZ").encode())
    return der(0x18, day.strftime("%Y%m%d%H%M%SZ").encode())


def certificate(random, subject, issuer, days, begin=datetime.datetime(2025, 6, 1)):
    """`subject`, `issuer`: as name() gives them. About 800 bytes, as an RSA key of 2048 bits has it."""
    signed = sequence(
        der(0xA0, der(2, b"\x02")), der(2, b"\x4a" + random.randbytes(7)),
        sequence(der(6, SHA256_RSA), der(5)), issuer,
        sequence(moment(begin), moment(begin + datetime.timedelta(days))), subject,
        sequence(sequence(der(6, RSA), der(5)), der(3, b"\0", sequence(
            der(2, b"\0\xb1" + random.randbytes(255)), der(2, b"\1\0\1")))))
    return sequence(signed, sequence(der(6, SHA256_RSA), der(5)), der(3, b"\0", random.randbytes(256)))


def self_signed(random, common, days, organization=None):
    own = name(common, organization)
    return [certificate(random, own, own, days)]


def chain(random, common, days=90):
    """As a public authority's customer has it."""
    authority, root = name("R11", "Let's Encrypt"), name("ISRG Root X1", "Internet Security Research Group")
    return [certificate(random, name(common), authority, days), certificate(random, authority, root, 1095)]
