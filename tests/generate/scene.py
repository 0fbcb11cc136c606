"""An office of about twenty hosts in which one thing more goes on; who is to blame for it is noted.

Addresses, rates, sizes and what the capture lost vary with the seed; the same seed gives the same
bytes. A kind is a function that takes a Scene, adds packets and says what is true of them.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import dataclasses
import random

import activities
import payload
import wire
from lan import SECOND, Host, Lan, insist

MONDAY = 1767571200 * SECOND
# First octets of networks that are handed out to providers; which one is not important.
PROVIDERS = (13, 20, 23, 34, 44, 45, 52, 62, 77, 81, 93, 104, 108, 128, 142, 151, 162, 185, 193, 213)
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor", "island", "jasper",
         "kestrel", "lumen", "meadow", "north", "orchid", "pepper", "quartz", "river", "summit", "tulip")
ACTIVITIES = 45  # beside what the kind adds; some thousand packets


@dataclasses.dataclass
class Truth:
    """Hosts by the text of their addresses."""

    # [hosts, rules]: one of the hosts (an IP address, and the MAC beside it) for one of the rules.
    suspects: list = dataclasses.field(default_factory=list)
    also_ok: list = dataclasses.field(default_factory=list)  # may be suspects without being wronged
    victims: list = dataclasses.field(default_factory=list)  # must not be; [host, rules that name it]
    weak: bool = False  # a finding is enough: its rule alone makes nobody a suspect


class Scene:
    """`public`: the office's networks are not private ones, as at universities and providers."""

    def __init__(self, kind, seed, public=False):
        self.random = random.Random(f"{kind} {seed}")
        self.start = MONDAY + self.random.randrange(5 * 24 * 3600) * SECOND
        self.length = 600  # seconds
        self.truth = Truth()
        self.outages = []  # (from, to, of the way out, or of the other internal network)
        self.lost = []  # functions of a frame
        self.taken = set()
        self.members = []
        self.public = public
        self.network = self._network()
        last = self.random.choice((1, 1, 254))
        self.gateway = self._member("gateway", last)
        self.lan = Lan(self.gateway, seed)
        self.lan.random = self.random
        self.resolver, self.files, self.mail, self.intranet, self.printer = (
            self.member(name) for name in ("dc", "files", "mail", "intranet", "printer"))
        self.desks = [self.member(f"desk{n}") for n in range(self.random.randint(13, 16))]
        self.sites = [self.outside(self.site_name()) for _ in range(10)]
        self.free = self.desks[:]
        self.random.shuffle(self.free)
        self.routed = self._network()

    # --- hosts ---

    def _network(self):
        """Three octets of a network of the office."""
        if self.public:
            return ".".join(str(self.random.randrange(1, 224) if octet else self.random.choice(PROVIDERS))
                            for octet in range(3))
        return self.random.choice((
            f"10.{self.random.randrange(256)}.{self.random.randrange(256)}",
            f"172.{self.random.randrange(16, 32)}.{self.random.randrange(256)}",
            f"192.168.{self.random.randrange(256)}"))

    def _member(self, name, last):
        self.taken.add(last)
        mac = ":".join(f"{byte:02x}" for byte in b"\x02" + self.random.randbytes(5))
        host = Host(name, f"{self.network}.{last}", mac)
        host.next_port = self.random.randrange(49152, 65000)
        self.members.append(host)
        return host

    def member(self, name):
        """A host of the office; it has an address that nobody else has."""
        return self._member(name, self.random.choice(
            [last for last in range(2, 254) if last not in self.taken]))

    def desk(self):
        """A desk that no other call of this gave."""
        return self.free.pop()

    def absent(self, count):
        """Addresses of the office that nobody has."""
        return [f"{self.network}.{last}" for last in self.random.sample(
            [last for last in range(2, 254) if last not in self.taken], count)]

    def inside(self, name="server", last=None):
        """A host of another internal network, behind the gateway."""
        return Host(name, f"{self.routed}.{last or self.random.randrange(2, 254)}")

    def neighbours(self, count):
        """Different hosts of the other internal network."""
        return [self.inside(f"node{last}", last)
                for last in self.random.sample(range(2, 254), count)]

    def outside(self, name=None):
        """A host of the Internet, each time another one."""
        octets = [self.random.choice(PROVIDERS)] + [self.random.randrange(1, 255) for _ in range(3)]
        text = ".".join(map(str, octets))
        return Host(name or text, text)

    def site_name(self):
        return f"www.{self.word()}-{self.word()}.{self.random.choice(('com', 'net', 'org', 'io'))}"

    def word(self):
        return self.random.choice(WORDS)

    # --- time ---

    def at(self, seconds):
        """The time so many seconds after the capture began, which is that long at least."""
        self.length = max(self.length, seconds)
        return self.start + int(seconds * SECOND)

    def since(self, time):
        return (time - self.start) / SECOND

    def times(self, count, gap, jitter=0.3, begin=None):
        """`count` moments, `gap` seconds apart, each gap that share more or less."""
        seconds = self.random.uniform(20, 60) if begin is None else begin
        for _ in range(count):
            yield self.at(seconds)
            seconds += gap * (1 + self.random.uniform(-jitter, jitter))

    def out(self, begin, end, external=True):
        """From the outside, or from the other internal network, nothing comes meanwhile."""
        self.outages.append((begin, end, external))

    def is_out(self, time, external=None):
        return any(begin <= time < end and external in (None, of) for begin, end, of in self.outages)

    def lose(self, is_lost):
        """The capture does not hold frames for which `is_lost` is true."""
        self.lost.append(is_lost)

    # --- truth ---

    def hear_one_way(self):
        """The capture holds nothing that the gateway sends, and nothing that is sent to suspects alone."""
        named = {text for hosts, _ in self.truth.suspects for text in hosts}
        macs = {host.mac for host in self.members if host.text in named or mac_text(host) in named}
        self.lose(lambda frame: frame[6:12] == self.gateway.mac or frame[:6] in macs - {wire.BROADCAST_MAC})

    def suspect(self, hosts, *rules, weak=False):
        """A host that the report must name, or a tuple of which it must name one, for any of these
        rules."""
        hosts = hosts if isinstance(hosts, tuple) else (hosts,)
        self.truth.suspects.append([texts(hosts), list(rules)])
        self.truth.weak |= weak

    def excuse(self, *hosts):
        self.truth.also_ok += texts(hosts)

    def victim(self, host, *rules):
        self.truth.victims.append([host.text, list(rules)])

    # --- what else goes on ---

    def office(self):
        """Everybody arrives, then works at times that follow no clock."""
        lan = self.lan
        for number, host in enumerate(self.desks):
            activities.arrive(lan, self.at(1 + number + self.random.random()), host, self.gateway,
                              self.resolver)
        for _ in range(ACTIVITIES):
            self.activity(self.at(self.random.uniform(25, self.length - 5)),
                          self.random.choice(self.desks))

    def activity(self, time, host):
        lan, kind = self.lan, self.random.random()
        if kind < 0.55 and self.is_out(time, external=True):
            insist(lan, time, host, self.random.choice(self.sites), 443)
        elif kind < 0.55:
            activities.browse(lan, time, host, self.resolver, self.random.choice(self.sites), 6000)
        elif kind < 0.7:
            activities.read_pages(lan, time, host, self.resolver, self.intranet, "intranet.local")
        elif kind < 0.8:
            activities.send_mail(lan, time, host, self.mail, payload.page(self.random, 900))
        elif kind < 0.95:
            activities.copy_file(lan, time, host, self.files, "minutes.txt",
                                 self.random.randint(2000, 9000))
        else:
            activities.print_page(lan, time, host, self.printer)

    def frames(self):
        """(time, bytes) in order, less what the capture lost."""
        loss = self.random.choice((0, 0, 0.001, 0.005, 0.01, 0.02))
        return [entry for entry in self.lan.in_order() if self.random.random() >= loss
                and not any(is_lost(entry[1]) for is_lost in self.lost)]


def texts(hosts):
    return [host.text if isinstance(host, Host) else host for host in hosts]


def mac_text(host):
    return ":".join(f"{byte:02x}" for byte in host.mac)


def make(kinds, kind, seed, path, public=False, one_way=False):
    """Writes the capture of a kind (a function of `kinds`) and answers its Truth."""
    scene = Scene(kind, seed, public)
    kinds[kind](scene)
    scene.office()
    if one_way:
        scene.hear_one_way()
    writer = wire.PcapWriter(path)
    for time, frame in scene.frames():
        writer.add(time, frame)
    writer.close()
    return scene.truth
