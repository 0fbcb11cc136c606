"""DCE/RPC through a named pipe or over TCP: service control as PsExec and its like speak it, WMI, and
what computers of a domain ask each other all day.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct
import uuid

import smb

REQUEST, RESPONSE, BIND, BIND_ACK = 0, 2, 11, 12


def interface(text, version):
    return uuid.UUID(text).bytes_le + struct.pack("<I", version)


SVCCTL = interface("367abb81-9844-35f1-ad32-98f038001003", 2)
LSARPC = interface("12345778-1234-abcd-ef00-0123456789ab", 0)
SAMR = interface("12345778-1234-abcd-ef00-0123456789ac", 1)
SPOOLSS = interface("12345678-1234-abcd-ef00-0123456789ab", 1)
WINREG = interface("338cd001-2244-31f1-aaaa-900038001003", 1)
TASKS = interface("86d35949-83c9-4044-b424-db363231fd0c", 1)
WBEM_SERVICES = interface("9556dc99-828c-11cf-a37e-00aa003240c7", 0)
NDR = interface("8a885d04-1ceb-11c9-9fe8-08002b104860", 2)
OPEN_MANAGER, CREATE_SERVICE, START_SERVICE, QUERY_STATUS = 15, 12, 19, 6
CREATE_SERVICE_WOW64 = 45
EXEC_QUERY, EXEC_METHOD = 20, 24
HANDLE = struct.pack("<I", 0) + uuid.UUID(int=0x77).bytes_le
DONE = struct.pack("<I", 0)


def message(kind, call, body):
    return struct.pack("<BBBBIHHI", 5, 0, kind, 3, 0x10, 16 + len(body), 0, call) + body


def sealed(kind, call, head, body):
    """A message whose body is encrypted: behind it NTLM's signature, at the level that encrypts packets."""
    ntlm, privacy, pad = 10, 6, -len(body) % 16
    signature = struct.pack("<III", 1, 0x5EA1ED, call) + struct.pack("<I", call)
    data = head + body + bytes(pad) + struct.pack("<BBBBI", ntlm, privacy, pad, 0, 0) + signature
    return struct.pack("<BBBBIHHI", 5, 0, kind, 3, 0x10, 16 + len(data), len(signature), call) + data


def string(text):
    """A conformant and varying string of UTF-16, padded."""
    data = (text + "\0").encode("utf-16-le")
    count = len(text) + 1
    return struct.pack("<III", count, 0, count) + data + bytes(-len(data) % 4)


class Calls:
    """`transact`: takes a question and its answer and sends them. Binds to the interface."""

    def __init__(self, transact, bound, address):
        self.transact, self.call = transact, 1
        transact(
            message(BIND, 1, struct.pack("<HHIBxxxHBx", 4280, 4280, 0, 1, 0, 1) + bound + NDR),
            message(BIND_ACK, 1, struct.pack("<HHIH", 4280, 4280, 0x1234, len(address)) + address +
                    bytes(-(10 + len(address)) % 4) + struct.pack("<BxxxHH", 1, 0, 0) + NDR))

    def ask_sealed(self, operation, arguments, answer):
        """With both encrypted: whoever hears it sees the operation, and bytes that mean nothing to him."""
        self.call += 1
        self.transact(
            sealed(REQUEST, self.call, struct.pack("<IHH", len(arguments), 0, operation), arguments),
            sealed(RESPONSE, self.call, struct.pack("<IHBx", len(answer), 0, 0), answer))

    def ask(self, operation, arguments=HANDLE, answer=HANDLE + DONE):
        self.call += 1
        self.transact(
            message(REQUEST, self.call, struct.pack("<IHH", len(arguments), 0, operation) + arguments),
            message(RESPONSE, self.call, struct.pack("<IHBx", len(answer), 0, 0) + answer))


class Pipe(Calls):
    """Through a pipe of a logged-in smb.Session."""

    def __init__(self, session, server, name, bound):
        self.session, self.server = session, server
        session.connect(f"\\\\{server}\\IPC$", smb.PIPE)
        session.open(name)
        super().__init__(session.transact, bound, f"\\PIPE\\{name}\0".encode())

    def close(self):
        self.session.close()


class Port(Calls):
    """Over a lan.Connection of its own."""

    def __init__(self, connection, bound):
        super().__init__(lambda question, answer: connection.client(question).server(answer), bound,
                         b"49155\0")


class ServiceControl(Pipe):
    def __init__(self, session, server):
        super().__init__(session, server, "svcctl", SVCCTL)

    def open(self):
        pointer, none = struct.pack("<I", 0x20000), bytes(4)
        self.ask(OPEN_MANAGER, pointer + string(self.server) + none + struct.pack("<I", 0xF003F))

    def look(self):
        """How a service is."""
        self.open()
        self.ask(QUERY_STATUS, HANDLE, struct.pack("<7I", 0x10, 4, 1, 0, 0, 0, 0) + DONE)
        self.close()

    def run(self, name, program):
        """Makes a service of a program and starts it."""
        pointer, none = struct.pack("<I", 0x20000), bytes(4)
        self.open()
        self.ask(CREATE_SERVICE, HANDLE + string(name) + pointer + string(name) +
                 struct.pack("<IIII", 0xF01FF, 0x10, 3, 0) + string(program) + none * 7,
                 none + HANDLE + DONE)
        self.ask(START_SERVICE, HANDLE + none * 2, DONE)
        self.close()
