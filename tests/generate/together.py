#!/usr/bin/python3
"""Several messages in one packet, messages that are sent again, and what looks like a message.

    together.py KIND CAPTURE TRUTH     KIND is one of those below; TRUTH: json

Truth: [who, to whom, what, how often] of the logins that fail ("FTP") and of the acts of remote control
("service-create"), no more and no less.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import struct
import sys
import uuid

import dcerpc
import logins
import smb
import smb1
import wire
from lan import MS, SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.41.0.1", "02:00:0a:29:00:01")
SERVER = Host("server", "10.41.0.2", "02:00:0a:29:00:02")
CLIENT = Host("client", "10.41.0.10", "02:00:0a:29:00:0a")
LOGIN_LEVEL1 = dcerpc.interface("f309ad18-d86a-11d0-a075-00c04fb68820", 0)
NDR64 = dcerpc.interface("71710533-beba-4937-8319-b5dbef9ccc36", 1)


class Batch:
    """Takes what is sent on a connection, to send it in one packet."""

    def __init__(self, connection):
        self.connection, self.data = connection, ([], [])
        self.sequence = connection.sequence

    def client(self, data):
        self.data[0].append(data)
        return self

    def server(self, data):
        self.data[1].append(data)
        return self

    def flush(self):
        for side in (0, 1):
            self.connection.send(side, b"".join(self.data[side]))
        self.data = ([], [])


def ftp_again(connection):
    """The refusal is lost on its way to the client, not to who captured; a reply of several lines."""
    logins.lines(connection, "220 ready", "USER bob", "331 which password?", "PASS x")
    before, time = list(connection.sequence), connection.time
    connection.server(b"530-sorry,\r\n530 wrong\r\n")
    after, connection.sequence = connection.sequence, before
    connection.time = time + 400 * MS
    connection.server(b"530-sorry,\r\n530 wrong\r\n")
    connection.sequence = after
    logins.lines(connection, "", "PASS y", "530 no")
    return [("FTP", 2)]


def imap_by_tags(connection):
    """Another request is sent ahead of the answer; both are answered in one packet."""
    connection.server(b"* OK ready\r\n").client(b'a1 LOGIN "bob" "x"\r\n').client(b"a2 SELECT Nowhere\r\n")
    connection.server(b"* CAPABILITY IMAP4rev1\r\na2 NO such folder\r\na1 NO sorry\r\n")
    connection.client(b'a3 LOGIN "bob" "y"\r\n').client(b"a4 SELECT Nowhere\r\n")
    connection.server(b"a3 OK welcome\r\na4 NO such folder\r\n")
    return [("IMAP", 1)]


def pop_steps(connection):
    """AUTH without a mechanism asks; with one it takes several lines."""
    logins.lines(connection, "+OK ready", "AUTH", "-ERR not so", "AUTH PLAIN", "+ ", "AGJvYgB4", "-ERR no",
                 "RETR 1", "-ERR log in first")
    return [("POP", 1)]


def smtp_lines(connection):
    """One answer of several lines is one; 535 may stand anywhere in a text."""
    logins.lines(connection, "220 ready", "EHLO c", "250 AUTH PLAIN", "AUTH PLAIN AGJvYgB4",
                 "535-5.7.8 sorry,\r\n535 5.7.8 wrong", "RCPT TO:<535@c>", "550 535 no such user")
    return [("SMTP", 1)]


def ldap_both(connection):
    """Two binds are answered in one packet; a result of that number is no bind's everywhere."""
    def answer(number, operation, result):
        return logins.tlv(0x30, bytes([2, 1, number]), logins.tlv(operation, bytes([10, 1, result]),
                                                                  logins.tlv(4), logins.tlv(4)))
    for number in (1, 2):
        connection.client(logins.tlv(0x30, bytes([2, 1, number]), logins.tlv(
            0x60, b"\2\1\3", logins.tlv(4, b"cn=bob"), logins.tlv(0x80, b"x"))))
    connection.server(answer(1, 0x61, 49) + answer(2, 0x61, 49))
    connection.server(answer(3, 0x67, 49) + answer(4, 0x61, 0))  # a ModifyResponse, and a welcome
    return [("LDAP", 2)]


def smb2_both(connection):
    """Two sessions are refused in one packet; a share and a program are asked for in another."""
    batch = Batch(connection)
    session = smb.Session(batch)
    for _ in range(2):
        session.log_in(failed=True)
    batch.flush()
    session.log_in()
    batch.flush()
    session.connect(f"\\\\{SERVER.text}\\C$")
    session.connect(f"\\\\{SERVER.text}\\docs")
    batch.flush()
    session.tree = 1
    session.open("a\\tool.exe")  # on C$
    session.tree = 2
    session.open("b\\tool.exe")  # on docs
    session.open("Session Setup Response, Error: STATUS_LOGON_FAILURE", smb.OPEN_OLD)
    batch.flush()
    return [("SMB", 2)], [("admin-share", 1), ("program", 1)]


def smb1_chain(connection):
    """The session and the tree in one message (AndX): the path is behind both commands."""
    path = f"\\\\{SERVER.text}\\ADMIN$".encode() + b"\0?????\0"
    setup = struct.pack("<BBHHHHIHHII", smb1.TREE_CONNECT, 0, 32 + 1 + 26 + 2 + 1, 4356, 2, 1, 0, 1, 0, 0, 0xD4)
    tree = b"\4" + smb1.ANDX_NONE + struct.pack("<HHH", 0, 1, len(path) + 1) + b"\0" + path
    message = smb1.message(smb1.SESSION_SETUP, setup, b"\0")
    body = message[4:] + tree
    connection.client(struct.pack("!I", len(body)) + body)
    refusal = bytearray(smb1.message(smb1.SESSION_SETUP, b"", b"", True))
    refusal[4 + 5:4 + 9] = struct.pack("<I", smb.LOGON_FAILURE)
    refusal[4 + 10:4 + 12] = struct.pack("<H", 0x4000 | 0x0800)
    connection.server(bytes(refusal) * 2)
    return [("SMB", 2)], [("admin-share", 1)]


def smb1_create(connection):
    """A program is put on a share for administrators, and a pipe of PsExec opened."""
    def create(name, disposition):
        text = name.encode() + b"\0"
        connection.client(smb1.message(smb1.NT_CREATE, smb1.ANDX_NONE + struct.pack(
            "<BHIIIQIIIIIB", 0, len(text) - 1, 0, 0, 0x12019F, 0, 0x80, 7, disposition, 0x40, 2, 0), text))
        connection.server(smb1.message(smb1.NT_CREATE, smb1.ANDX_NONE + struct.pack(
            "<BHI32xIQQHHB", 0, 0x4001, 1, 0x80, 0, 0, 0, 0, 0), b"", True))
    smb1.log_in(connection, "ADMIN$")
    create("\\tool.exe", smb.CREATE_NEW_OR_OVER)
    create("\\other.exe", smb.OPEN_OLD)
    create("\\PSEXESVC", smb.OPEN_OLD)
    return [], [("admin-share", 1), ("program", 1), ("remote-shell", 1)]


def rpc_both(connection):
    """A question and an order in one packet. What is answered is the server's doing."""
    batch = Batch(connection)
    calls = dcerpc.Port(batch, dcerpc.SVCCTL)
    batch.flush()
    calls.ask(dcerpc.QUERY_STATUS)
    calls.ask(dcerpc.START_SERVICE, dcerpc.HANDLE + bytes(8), dcerpc.DONE)
    batch.flush()
    return [], [("service-start", 1)]


def bind(contexts, order="<", kind=dcerpc.BIND):
    """A message that binds [(context, abstract, transfer)]; `order` "<": little-endian."""
    def syntax(little):
        fields = uuid.UUID(bytes_le=little[:16])
        version, = struct.unpack("<I", little[16:])
        return (fields.bytes_le if order == "<" else fields.bytes) + struct.pack(order + "I", version)
    body = struct.pack(order + "HHIBxxx", 4280, 4280, 0, len(contexts))
    for context, abstract, transfer in contexts:
        body += struct.pack(order + "HBx", context, 1) + syntax(abstract) + syntax(transfer)
    return in_order(order, kind, 1, body)


def in_order(order, kind, call, body):
    drep = b"\x10\0\0\0" if order == "<" else bytes(4)
    return struct.pack("<BBBB", 5, 0, kind, 3) + drep + struct.pack(order + "HHI", 16 + len(body), 0, call) + body


def request(context, operation, order="<"):
    stub = bytes(64)
    return in_order(order, dcerpc.REQUEST, 2, struct.pack(order + "IHH", len(stub), context, operation) + stub)


def wmi_contexts(connection):
    """An interface may be bound twice, and others beside it; a number means what it was bound to last."""
    wbem = dcerpc.WBEM_SERVICES
    connection.client(bind([(0, LOGIN_LEVEL1, dcerpc.NDR), (1, wbem, dcerpc.NDR), (300, wbem, NDR64)]))
    connection.client(request(0, dcerpc.EXEC_METHOD))  # of another interface
    connection.client(request(1, dcerpc.EXEC_QUERY) + request(1, dcerpc.EXEC_METHOD))
    connection.client(request(300, dcerpc.EXEC_METHOD))
    connection.client(bind([(1, LOGIN_LEVEL1, dcerpc.NDR)], kind=14))
    connection.client(request(1, dcerpc.EXEC_METHOD))
    return [], [("wmi", 2)]


def wmi_big_endian(connection):
    connection.client(bind([(7, dcerpc.WBEM_SERVICES, dcerpc.NDR)], ">"))
    connection.client(request(7, dcerpc.EXEC_METHOD, ">"))
    return [], [("wmi", 1)]


# port, what is said
KINDS = {"ftp-again": (21, ftp_again), "imap-by-tags": (143, imap_by_tags), "pop-steps": (110, pop_steps),
         "smtp-lines": (25, smtp_lines), "ldap-both": (389, ldap_both), "smb2-both": (445, smb2_both),
         "smb1-chain": (445, smb1_chain), "smb1-create": (445, smb1_create),
         "rpc-both": (49155, rpc_both),
         "wmi-contexts": (49155, wmi_contexts), "wmi-big-endian": (49155, wmi_big_endian)}


def write(kind, capture, truth):
    port, talk = KINDS[kind]
    lan = Lan(GATEWAY, seed=41)
    connection = Connection(lan, START, CLIENT, SERVER, port)
    done = talk(connection)
    refused, acts = done if isinstance(done, tuple) else (done, [])
    connection.close()
    wire.write_pcapng(capture, lan.in_order())
    with open(truth, "w", encoding="utf-8") as file:
        json.dump(sorted([CLIENT.text, SERVER.text, what, times] for what, times in refused + acts), file)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        sys.exit(f"usage: {sys.argv[0]} KIND CAPTURE TRUTH; kinds: {' '.join(KINDS)}")
    write(*sys.argv[1:])
