"""Messages whose words in the Info column tell that they are worth a second look, and that no other
generator here sends: SMTP 534, shares, files and the backdoor's question over SMBv1, a changed context of
DCE/RPC, a ClientHello in two segments.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import random
import struct

import dcerpc
import payload
import smb1
import wire
from lan import SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.44.0.1", "02:00:0a:2c:00:01")
SERVER = Host("server", "10.44.0.2", "02:00:0a:2c:00:02")
CLIENT = Host("client", "10.44.0.66", "02:00:0a:2c:00:42")
TRANSACTION2 = 0x32
TRANS2_SESSION_SETUP = 0x0E


def smtp(connection):
    for server, line in ((1, b"220 ready"), (0, b"EHLO c"), (1, b"250 AUTH CRAM-MD5"),
                         (0, b"AUTH CRAM-MD5"), (1, b"534 5.7.9 too weak")):
        connection.send(server, line + b"\r\n")


def create(name):
    """NT_CREATE_ANDX (MS-CIFS 2.2.4.64.1), a new file."""
    text = name.encode() + b"\0"
    words = smb1.ANDX_NONE + struct.pack("<BHIIIQIIIIIB", 0, len(name), 0, 0, 0x2019F, 0, 0, 7, 2, 0, 2, 0)
    return smb1.message(smb1.NT_CREATE, words, text)


def trans2_session_setup():
    """TRANSACTION2 (MS-CIFS 2.2.4.46.1) with the subcommand that nobody implements."""
    words = struct.pack("<HHHHBBHIHHHHHBBH", 12, 0, 1, 0, 0, 0, 0, 0, 0, 12, 66, 0, 78, 1, 0,
                        TRANS2_SESSION_SETUP)
    return smb1.message(TRANSACTION2, words, bytes(3 + 12))


def shares(connection):
    smb1.log_in(connection, share="C$")
    connection.client(create("\\PSEXESVC.exe"))
    connection.client(trans2_session_setup())


def contexts(connection):
    """A bind, then another interface over the same connection (C706, 12.6.4.1)."""
    for kind in (11, 14):
        connection.client(dcerpc.message(kind, 1, struct.pack(
            "<HHIBxxxHBx", 4280, 4280, 0, 1, kind, 1) + dcerpc.SVCCTL + dcerpc.NDR))


def hello(connection):
    record = payload.tls_client_hello(random.Random(7), b"two.segments.example")
    connection.client(record[:60])
    connection.client(record[60:])


TALKS = {25: smtp, 445: shares, 49153: contexts, 443: hello}


def write(capture):
    lan = Lan(GATEWAY, seed=44)
    for turn, (port, talk) in enumerate(TALKS.items()):
        connection = Connection(lan, START + turn * SECOND, CLIENT, SERVER, port)
        talk(connection)
        connection.close()
    lan.packet(START, SERVER, CLIENT, wire.SCTP, wire.sctp(3868, 50000, 7, wire.SCTP_ABORT))
    wire.write_pcapng(capture, lan.in_order())
