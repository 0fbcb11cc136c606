"""SMB2 requests and responses: sessions that copy files to a share, speak through a named pipe, or are
turned away.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

import ntlm

CREATE_NEW_OR_OVER, OPEN_OLD = 5, 1
NEGOTIATE, SESSION_SETUP, TREE_CONNECT, CREATE, CLOSE, WRITE, IOCTL = 0, 1, 3, 5, 6, 9, 11
DISK, PIPE = 1, 2
LOGON_FAILURE, MORE_PROCESSING_REQUIRED = 0xC000006D, 0xC0000016
PIPE_TRANSCEIVE = 0x0011C017
FILE_ID = struct.pack("<QQ", 0x11, 0x22)
TIMES = struct.pack("<4Q", *[133000000000000000] * 4)


class Session:
    """Numbers the messages of one connection (a lan.Connection), and its trees."""

    def __init__(self, connection):
        self.connection = connection
        self.identity = connection.sequence[1]
        self.number = self.tree = 0

    def _message(self, command, body, reply, status=0):
        asks_for_tree = command == TREE_CONNECT and not reply
        tree = 0 if command < TREE_CONNECT or asks_for_tree else self.tree
        header = b"\xfeSMB" + struct.pack("<HHIHHIIQIIQ16x", 64, 1, status, command, 1, int(reply), 0,
                                          self.number, 0xFEFF, tree, self.identity)
        return struct.pack("!I", len(header + body)) + header + body

    def call(self, command, request, response, status=0):
        self.connection.client(self._message(command, request, False))
        self.connection.server(self._message(command, response, True, status))
        self.number += 1

    def log_in(self, failed=False, user=None):
        """`user`: by NTLM, else without security blobs."""
        guid = b"\x42" * 16
        self.call(NEGOTIATE, struct.pack("<HHHHI16sQHH", 36, 2, 1, 0, 0, guid, 0, 0x0202, 0x0210),
                  struct.pack("<HHHH16sIIIIQQHHI", 65, 1, 0x0210, 0, guid, 0, 65536, 65536, 65536,
                              133000000000000000, 0, 128, 0, 0))
        proof = b""
        if user is not None:
            random = self.connection.lan.random
            blob, proof = ntlm.challenge(random), ntlm.authenticate(random, user)
            self.call(SESSION_SETUP, self._setup(ntlm.negotiate()),
                      struct.pack("<HHHH", 9, 0, 72, len(blob)) + blob, MORE_PROCESSING_REQUIRED)
        answer = struct.pack("<HBBIB", 9, 0, 0, 0, 0) if failed else struct.pack("<HHHH", 9, 0, 72, 0)
        self.call(SESSION_SETUP, self._setup(proof), answer, LOGON_FAILURE if failed else 0)

    @staticmethod
    def _setup(blob):
        return struct.pack("<HBBIIHHQ", 25, 0, 1, 0, 0, 88, len(blob), 0) + blob

    def connect(self, share, kind=DISK):
        path = share.encode("utf-16-le")
        self.tree += 1
        self.call(TREE_CONNECT, struct.pack("<HHHH", 9, 0, 72, len(path)) + path,
                  struct.pack("<HBBIII", 16, kind, 0, 0, 0, 0x1F01FF))

    def open(self, name, disposition=CREATE_NEW_OR_OVER):
        file = name.encode("utf-16-le")
        self.call(CREATE, struct.pack("<HBBIQQIIIIIHHII", 57, 0, 0, 2, 0, 0, 0x12019F, 0x80, 7, disposition,
                                      0x40, 120, len(file), 0, 0) + file,
                  struct.pack("<HBBI", 89, 0, 0, 2) + TIMES + struct.pack("<QQII", 0, 0, 0x80, 0) +
                  FILE_ID + struct.pack("<II", 0, 0))

    def write(self, data):
        for offset in range(0, len(data), 4096):
            piece = data[offset:offset + 4096]
            self.call(WRITE, struct.pack("<HHIQ", 49, 112, len(piece), offset) + FILE_ID +
                      struct.pack("<IIHHI", 0, 0, 0, 0, 0) + piece,
                      struct.pack("<HHIIHH", 17, 0, len(piece), 0, 0, 0))

    def close(self):
        self.call(CLOSE, struct.pack("<HHI", 24, 0, 0) + FILE_ID,
                  struct.pack("<HHI", 60, 0, 0) + bytes(52))

    def transact(self, question, answer):
        """A message through an open pipe, and what comes back."""
        head = struct.pack("<HHI", 57, 0, PIPE_TRANSCEIVE) + FILE_ID
        self.call(IOCTL, head + struct.pack("<IIIIIIII", 120, len(question), 0, 0, 0, 1024, 1, 0) +
                  question,
                  struct.pack("<HHI", 49, 0, PIPE_TRANSCEIVE) + FILE_ID +
                  struct.pack("<IIIIII", 112, 0, 112, len(answer), 0, 0) + answer)

    def copy_to(self, share, name, data):
        """Writes `data` to `name` on `share`."""
        self.log_in()
        self.connect(share)
        self.open(name)
        self.write(data)
        self.close()
