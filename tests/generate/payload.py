"""What goes into datagrams and connections: messages that dissectors recognise.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

import wire

DNS_A, DNS_AAAA, DNS_PTR = 1, 28, 12


def dns_name(name):
    """`name`: text, or labels as bytes for names that no resolver would accept."""
    labels = name.encode().split(b".") if isinstance(name, str) else name
    return b"".join(bytes([len(label)]) + label for label in labels if label) + b"\0"


def dns(ident, name, address=None, kind=DNS_A, failure=0):
    """(question, answer): no address means an answer without records."""
    question = dns_name(name) + struct.pack("!HH", kind, 1)
    records = b""
    if address is not None:
        records = struct.pack("!HHHIH", 0xC00C, kind, 1, 300, len(address)) + address
    return (struct.pack("!6H", ident, 0x0100, 1, 0, 0, 0) + question,
            struct.pack("!6H", ident, 0x8180 | failure, 1, 1 if records else 0, 0, 0) + question +
            records)


def mdns(name):
    return struct.pack("!6H", 0, 0, 1, 0, 0, 0) + dns_name(name) + struct.pack("!HH", DNS_PTR, 1)


def ntp(server, seconds):
    stamp = struct.pack("!II", (seconds + 2208988800) & 0xFFFFFFFF, 0)
    if not server:
        return struct.pack("!BBbb", 0x23, 0, 6, -20) + bytes(36) + stamp
    return struct.pack("!BBbb", 0x24, 2, 6, -20) + struct.pack("!II", 0x100, 0x200) + \
        b"\xc0\x00\x02\x7b" + stamp * 4


def dhcp(kind, transaction, mac, server, offered=None, asked=None, name=None, router=None):
    """`kind`: 1 discover, 2 offer, 3 request, 5 acknowledge. `router` and the DNS server are the
    network's .1 and the server itself unless one is given."""
    reply = kind in (2, 5)
    message = struct.pack("!BBBBIHH", 2 if reply else 1, 1, 6, 0, transaction, 0, 0x8000)
    message += bytes(4) + (offered if reply else bytes(4)) + (server if reply else bytes(4)) + bytes(4)
    message += mac + bytes(10) + bytes(192) + b"\x63\x82\x53\x63" + bytes([53, 1, kind])
    if reply:
        message += b"\x36\x04" + server + b"\x33\x04" + struct.pack("!I", 28800)
        message += b"\x01\x04\xff\xff\xff\x00" + b"\x03\x04" + (router or server[:3] + b"\x01")
        message += b"\x06\x04" + (router or server)
    else:
        message += b"\x3d\x07\x01" + mac
        if asked:
            message += b"\x32\x04" + asked + b"\x36\x04" + server
        if name:
            message += bytes([12, len(name)]) + name
        message += b"\x37\x03\x01\x03\x06"
    return message + b"\xff" + bytes(max(0, 299 - len(message)))


def _tls_record(kind, body):
    return struct.pack("!BHH", kind, 0x0303, len(body)) + body


def _extension(kind, body):
    return struct.pack("!HH", kind, len(body)) + body


def _handshake(kind, body):
    return _tls_record(22, struct.pack("!B", kind) + struct.pack("!I", len(body))[1:] + body)


def tls_client_hello(random, name):
    """`name`: bytes of the server name."""
    entry = struct.pack("!BH", 0, len(name)) + name
    extensions = _extension(0, struct.pack("!H", len(entry)) + entry)
    extensions += _extension(43, b"\x04\x03\x04\x03\x03")
    extensions += _extension(10, b"\x00\x04\x00\x1d\x00\x17")
    extensions += _extension(13, b"\x00\x04\x04\x03\x08\x04")
    extensions += _extension(51, b"\x00\x24\x00\x1d\x00\x20" + random.randbytes(32))
    body = b"\x03\x03" + random.randbytes(32) + b"\x20" + random.randbytes(32)
    body += b"\x00\x06\x13\x01\x13\x02\x13\x03" + b"\x01\x00"
    return _handshake(1, body + struct.pack("!H", len(extensions)) + extensions)


def tls_server_hello(random):
    extensions = _extension(43, b"\x03\x04")
    extensions += _extension(51, b"\x00\x1d\x00\x20" + random.randbytes(32))
    body = b"\x03\x03" + random.randbytes(32) + b"\x20" + random.randbytes(32) + b"\x13\x01\x00"
    return _handshake(2, body + struct.pack("!H", len(extensions)) + extensions) + \
        _tls_record(20, b"\x01") + tls_data(random, 1200)


def tls12_server_hello(random, certificates):
    """Up to TLS 1.2 certificates are sent in clear. All in one record, as OpenSSL does, or in three."""
    hello = b"\x03\x03" + random.randbytes(32) + b"\x20" + random.randbytes(32) + b"\xc0\x2f\0"
    listed = b"".join(struct.pack("!I", len(one))[1:] + one for one in certificates)
    exchange = b"\x03\0\x17\x41" + random.randbytes(65) + b"\4\1" + struct.pack("!H", 256) + \
        random.randbytes(256)
    messages = ((2, hello), (11, struct.pack("!I", len(listed))[1:] + listed), (12, exchange), (14, b""))
    if random.random() < 0.5:
        return b"".join(_handshake(kind, body) for kind, body in messages)
    return _tls_record(22, b"".join(bytes([kind]) + struct.pack("!I", len(body))[1:] + body
                                    for kind, body in messages))


def tls12_client_finish(random):
    return _handshake(16, b"\x41" + random.randbytes(65)) + _tls_record(20, b"\1") + \
        _tls_record(22, random.randbytes(40))


def tls12_client_hello(random, name=None):
    """Without TLS 1.3; `name`: bytes, or none, as for a server that is called by its address."""
    extensions = b""
    if name:
        entry = struct.pack("!BH", 0, len(name)) + name
        extensions += _extension(0, struct.pack("!H", len(entry)) + entry)
    extensions += _extension(10, b"\0\4\0\x17\0\x18") + _extension(11, b"\1\0")
    body = b"\x03\x03" + random.randbytes(32) + b"\0" + b"\0\4\xc0\x2f\xc0\x30" + b"\1\0"
    return _handshake(1, body + struct.pack("!H", len(extensions)) + extensions)


def tls_data(random, size):
    records = []
    while size > 0:
        records.append(_tls_record(23, random.randbytes(min(size, 16000) + 17)))
        size -= 16000
    return b"".join(records)


def http_get(host, path=b"/", extra=b""):
    return b"GET " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\nUser-Agent: Mozilla/5.0\r\n" \
        b"Accept: */*\r\n" + extra + b"\r\n"


def http_ok(body, kind=b"text/html"):
    return b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: " + kind + \
        b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def page(random, size):
    """Text of about `size` bytes."""
    words = (b"quarter", b"report", b"meeting", b"budget", b"invoice", b"plan", b"team", b"draft")
    text = b"<html><body><p>"
    while len(text) < size:
        text += random.choice(words) + b" "
    return text + b"</p></body></html>"


def unreachable(original):
    """ICMP port unreachable that quotes an IPv4 packet."""
    return wire.icmp(3, 3, bytes(4), original[:28])


def http_request(method, target, host, agent=b"Mozilla/5.0 (Windows NT 10.0; Win64; x64)", extra=(), body=b""):
    """`host` None: no Host field; `extra`: further header fields, as lines without their ends."""
    lines = [method + b" " + target + b" HTTP/1.1"]
    lines += [b"Host: " + host] if host is not None else []
    lines += [b"User-Agent: " + agent, b"Accept: */*", *extra]
    lines += [b"Content-Length: %d" % len(body)] if body or method == b"POST" else []
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


REASONS = {200: b"OK", 302: b"Found", 404: b"Not Found", 403: b"Forbidden"}


def http_head(status, kind, length, extra=()):
    """An answer without its body; `kind` None: no Content-Type; `length` None: in chunks."""
    lines = [b"HTTP/1.1 %d %s" % (status, REASONS[status]), b"Server: nginx"]
    lines += [b"Content-Type: " + kind] if kind is not None else []
    lines += [b"Transfer-Encoding: chunked" if length is None else b"Content-Length: %d" % length, *extra]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def http_answer(status, kind=b"text/html", body=b"", extra=()):
    return http_head(status, kind, len(body), extra) + body


def chunked(body, size=4000):
    """RFC 9112, 7.1."""
    pieces = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n" % len(piece) + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"


def program_for_windows(random, size, header=0xf8):
    """What a linker writes: DOS header and stub, PE header at `header`, then anything."""
    stub = b"\x0e\x1f\xba\x0e\x00\xb4\t\xcd!\xb8\x01L\xcd!This program cannot be run in DOS mode.\r\r\n$"
    dos = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8" + bytes(7) + b"@" + bytes(35) + struct.pack("<I", header)
    return (dos + stub).ljust(header, b"\0") + b"PE\0\0\x4c\x01\x05\0" + random.randbytes(size)


def program_for_unix(random, size, machine=0x3e, little=True, bits=64):
    order = "<" if little else ">"
    return b"\x7fELF" + bytes([2 if bits == 64 else 1, 1 if little else 2, 1, 0]) + bytes(8) + \
        struct.pack(order + "HHI", 2, machine, 1) + random.randbytes(size)
