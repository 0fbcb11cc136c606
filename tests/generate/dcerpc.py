"""DCE/RPC to a remote service control manager through a named pipe, as PsExec and its like speak it.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct
import uuid

import smb

REQUEST, RESPONSE, BIND, BIND_ACK = 0, 2, 11, 12
SVCCTL = uuid.UUID("367abb81-9844-35f1-ad32-98f038001003").bytes_le + struct.pack("<I", 2)
NDR = uuid.UUID("8a885d04-1ceb-11c9-9fe8-08002b104860").bytes_le + struct.pack("<I", 2)
OPEN_MANAGER, CREATE_SERVICE, START_SERVICE = 15, 12, 19
HANDLE = struct.pack("<I", 0) + uuid.UUID(int=0x77).bytes_le
DONE = struct.pack("<I", 0)


def message(kind, call, body):
    return struct.pack("<BBBBIHHI", 5, 0, kind, 3, 0x10, 16 + len(body), 0, call) + body


def string(text):
    """A conformant and varying string of UTF-16, padded."""
    data = (text + "\0").encode("utf-16-le")
    count = len(text) + 1
    return struct.pack("<III", count, 0, count) + data + bytes(-len(data) % 4)


class ServiceControl:
    def __init__(self, session, server):
        """`session`: a logged-in smb.Session; opens the pipe and binds."""
        self.session, self.server, self.call = session, server, 1
        session.connect(f"\\\\{server}\\IPC$", smb.PIPE)
        session.open("svcctl")
        address = b"\\PIPE\\svcctl\0"
        session.transact(
            message(BIND, 1, struct.pack("<HHIBxxxHBx", 4280, 4280, 0, 1, 0, 1) + SVCCTL + NDR),
            message(BIND_ACK, 1, struct.pack("<HHIH", 4280, 4280, 0x1234, len(address)) + address +
                    bytes(-(10 + len(address)) % 4) + struct.pack("<BxxxHH", 1, 0, 0) + NDR))

    def ask(self, operation, arguments, answer):
        self.call += 1
        self.session.transact(
            message(REQUEST, self.call, struct.pack("<IHH", len(arguments), 0, operation) + arguments),
            message(RESPONSE, self.call, struct.pack("<IHBx", len(answer), 0, 0) + answer))

    def run(self, name, program):
        """Makes a service of a program and starts it."""
        pointer, none = struct.pack("<I", 0x20000), bytes(4)
        self.ask(OPEN_MANAGER, pointer + string(self.server) + none + struct.pack("<I", 0xF003F),
                 HANDLE + DONE)
        self.ask(CREATE_SERVICE, HANDLE + string(name) + pointer + string(name) +
                 struct.pack("<IIII", 0xF01FF, 0x10, 3, 0) + string(program) + none * 7,
                 none + HANDLE + DONE)
        self.ask(START_SERVICE, HANDLE + none * 2, DONE)
        self.session.close()
