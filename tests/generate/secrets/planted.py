"""Captures with a secret of its own in every place: what a case is made of.

A case is a capture, made by functions that take a Planting and hold conversations; each stands between two
hosts of its own, so that its packets are the first of their protocol and direction. Texts are bytes in which
marks stand for the conversation's secret: {S} as it is, {S1} and {S2} its halves, {P} percent-encoded, {PP}
twice, {B} base64, {H} hexadecimal, {W} UTF-16LE.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
import dataclasses
import string

import wire
from lan import MS, SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.0.0.1", "02:00:0a:00:00:01")
# Every secret begins and ends alike, so that searching for it, whole or in part, is quick.
HEAD, TAIL = "Zq7w", "v8xK"
RANDOM = 8  # characters between them
CASES = {}


def case(family):
    """The function's conversations are of this case; several functions may share one."""
    def add(function):
        CASES.setdefault(family, []).append(function)
        return function
    return add


def percent(text):
    return b"".join(b"%%%02X" % byte for byte in text)


def filled(text, secret):
    """`text` with its marks replaced."""
    half = len(secret) // 2
    for mark, value in (
            (b"{S}", secret), (b"{S1}", secret[:half]), (b"{S2}", secret[half:]), (b"{P}", percent(secret)),
            (b"{PP}", percent(percent(secret))), (b"{B}", base64.b64encode(secret)),
            (b"{H}", secret.hex().encode()), (b"{W}", secret.decode().encode("utf-16-le"))):
        text = text.replace(mark, value)
    return text


@dataclasses.dataclass
class Secret:
    """`layer`: by Wireshark's filter name, the protocol that must be seen there."""

    text: str
    place: str
    layer: str
    hosts: tuple  # texts of addresses


class Turn:
    """What one side says: segments, one after the other."""

    def __init__(self, side, *segments, again=False, lost=False):
        self.side, self.segments, self.again, self.lost = side, segments, again, lost


def C(*segments, **more):
    """The client's; `again`: each segment is sent twice; `lost`: the capture has none of it."""
    return Turn(0, *segments, **more)


def S(*segments, **more):
    """The server's."""
    return Turn(1, *segments, **more)


class Begun(Connection):
    """A connection that began before the capture did."""

    def _send(self, side, flags, payload=b"", options=b""):
        if not flags & wire.SYN and (payload or self.lan.spoken):
            super()._send(side, flags, payload, options)


class TaggedLan(Lan):
    """Knows which conversation each frame is of."""

    def __init__(self, gateway, seed):
        super().__init__(gateway, seed)
        self.tags = []
        self.tag = -1
        self.spoken = True

    def raw(self, time, frame):
        super().raw(time, frame)
        self.tags.append(self.tag)


class Planting:
    def __init__(self, name):
        self.name = name
        self.lan = TaggedLan(GATEWAY, f"secrets {name}")
        self.secrets = []
        self.decode_as = []  # values of tshark's -d, where no port is known for a protocol
        self.preferences = []  # values of tshark's -o, where users may let Info say more
        self.time = START

    # --- pieces ---

    def secret(self, layer, place):
        """A new secret between two new hosts; all frames from now on are of its conversation."""
        number = len(self.secrets) + 1
        pool = string.ascii_letters + string.digits
        text = HEAD + "".join(self.lan.random.choice(pool) for _ in range(RANDOM)) + TAIL
        self.lan.tag = number - 1
        self.time += SECOND
        high, low = divmod(number, 200)
        self.client = Host("client", f"10.1.{high}.{low + 1}", f"02:00:0a:01:{high:02x}:{low + 1:02x}")
        self.server = Host("server", f"10.2.{high}.{low + 1}", f"02:00:0a:02:{high:02x}:{low + 1:02x}")
        self.secrets.append(Secret(text, place, layer, (self.client.text, self.server.text)))
        return text.encode()

    def step(self):
        self.time += MS
        return self.time

    # --- conversations ---

    def tcp(self, layer, port, place, *turns, begun=False, sport=None):
        """Turns, or bytes that the client sends; a function makes its bytes of the secret."""
        secret = self.secret(layer, place)
        self.lan.spoken = not begun
        kind = Begun if begun else Connection
        connection = kind(self.lan, self.time, self.client, self.server, port, sport)
        self.lan.spoken = True
        for turn in turns:
            if not isinstance(turn, Turn):
                turn = C(turn)
            for segment in turn.segments:
                data = segment(secret) if callable(segment) else filled(segment, secret)
                before = connection.sequence[turn.side]
                if turn.lost:
                    connection.sequence[turn.side] += len(data)
                    continue
                connection.send(turn.side, data)
                if turn.again:
                    connection.sequence[turn.side] = before
                    connection.send(turn.side, data)
        self.time = connection.close()

    def udp(self, layer, port, place, *turns, sport=None, group=None):
        """Datagrams; `group`: the client sends to this multicast address."""
        secret = self.secret(layer, place)
        server = Host("group", group) if group else self.server
        source = sport or self.client.port()
        for turn in turns:
            if not isinstance(turn, Turn):
                turn = C(turn)
            for segment in turn.segments:
                data = segment(secret) if callable(segment) else filled(segment, secret)
                ends = (self.client, server, source, port) if turn.side == 0 else \
                    (server, self.client, port, source)
                self.lan.datagram(self.step(), *ends, data)

    def ip(self, layer, protocol, place, data, group=None):
        """One IP packet of another protocol than TCP or UDP."""
        secret = self.secret(layer, place)
        target = Host("group", group) if group else self.server
        data = data(secret) if callable(data) else filled(data, secret)
        self.lan.packet(self.step(), self.client, target, protocol, data)

    def frame(self, layer, place, data, kind=None, target=None):
        """An Ethernet frame from the client; without `kind` its length stands there (802.3)."""
        secret = self.secret(layer, place)
        data = data(secret) if callable(data) else filled(data, secret)
        self.lan.raw(self.step(), wire.ethernet(self.client.mac, target or self.server.mac,
                                                len(data) if kind is None else kind, data))
        self.secrets[-1].hosts = (":".join(f"{byte:02x}" for byte in self.client.mac),
                                  ":".join(f"{byte:02x}" for byte in target or self.server.mac))

    # --- what comes of it ---

    def in_order(self):
        """(time, frame, number of the secret) of each frame."""
        ordered = sorted(zip(self.lan.frames, self.lan.tags), key=lambda one: one[0][:2])
        return [(time, frame, tag) for (time, _, frame), tag in ordered]

    def write(self, path):
        wire.write_pcapng(path, [(time, frame) for time, frame, _ in self.in_order()])


def planted(name):
    planting = Planting(name)
    for function in CASES[name]:
        function(planting)
    return planting
