#!/usr/bin/python3
"""Forty minutes of an office of 23 hosts, four of which do what an analyst should see.

    office.py CAPTURE [TRUTH]      writes a pcapng and a JSON file that says who is what

Ordinary: DHCP, ARP, DNS, NTP, web, mail, file shares, printing. To be found: a scanner, a beacon,
a login in the clear, and a host that passes something on. Seeded: the same bytes every time.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import sys

import payload
import wire
from activities import arrive, browse, copy_file, print_page, read_pages, send_mail, tls
from lan import SECOND, Connection, Host, Lan, refused, unanswered

START = 1767607200 * SECOND  # a Monday, 10:00 UTC
LENGTH = 40 * 60
LOGIN_PASSWORD = b"not-a-real-password"

GATEWAY = Host("gateway", "10.20.0.1", "02:00:0a:14:00:01")
RESOLVER = Host("resolver", "10.20.0.2", "02:00:0a:14:00:02")  # DNS, DHCP and NTP
FILES = Host("files", "10.20.0.3", "02:00:0a:14:00:03")
MAIL = Host("mail", "10.20.0.4", "02:00:0a:14:00:04")
INTRANET = Host("intranet", "10.20.0.5", "02:00:0a:14:00:05")
PRINTER = Host("printer", "10.20.0.9", "02:00:0a:14:00:09")
DESKS = [Host(f"desk{n}", f"10.20.0.{n}", f"02:00:0a:14:00:{n:02x}") for n in range(21, 35)]
LAB = [Host(f"lab{n}", f"10.20.0.{n}", f"02:00:0a:14:00:{n:02x}") for n in (61, 62)]
DESK = {host.text: host for host in DESKS}

CLERK = DESK["10.20.0.24"]      # logs in by FTP
BEACON = DESK["10.20.0.27"]     # calls home, then passes something on
MIDDLE = DESK["10.20.0.28"]     # takes it, and passes it on to the first lab machine
SCANNER = DESK["10.20.0.31"]
REACHED, TOO_EARLY = LAB        # the second lab machine was spoken to before BEACON came
VISITOR = Host("visitor", "10.20.0.40", "02:00:0a:14:00:28")  # and this one had left by then
HOME = Host("home", "198.51.100.77")
PARTNER_MAIL = Host("mx.partner.example", "192.0.2.25")
SITES = [Host(f"www.{name}.example", f"203.0.113.{n}") for n, name in enumerate(
    ("news", "search", "maps", "bank", "travel", "weather", "video", "shop"), 101)]
# Where nobody lives: the gateway takes the packets, nothing comes back.
EMPTY_NET = [Host(f"nobody{n}", f"10.20.8.{n}") for n in range(1, 61)]


def at(minute, second=0.0):
    return START + int((minute * 60 + second) * SECOND)


def morning(lan):
    """Everybody arrives, BEACON last."""
    for number, host in enumerate([VISITOR] + [host for host in DESKS if host is not BEACON]):
        arrive(lan, at(0, 1 + number * 3 + lan.random.random()), host, GATEWAY, RESOLVER)
    for host in LAB:
        lan.resolve(at(0, 50), host, MIDDLE)
    browse(lan, at(0, 20), VISITOR, RESOLVER, SITES[0])
    arrive(lan, at(2, 30), BEACON, GATEWAY, RESOLVER)


def work(lan):
    """What desks do all day, at times that follow no clock."""
    for host in DESKS:
        minute = (3 if host is BEACON else 1) + lan.random.random()
        while minute < LENGTH / 60 - 2:
            kind = lan.random.random()
            time = at(minute)
            if kind < 0.55:
                browse(lan, time, host, RESOLVER, lan.random.choice(SITES))
            elif kind < 0.75:
                read_pages(lan, time, host, RESOLVER, INTRANET, "intranet.office.example")
            elif kind < 0.85:
                send_mail(lan, time, host, MAIL, payload.page(lan.random, 900))
            elif kind < 0.95:
                copy_file(lan, time, host, FILES, "minutes.txt", lan.random.randint(2000, 9000))
            else:
                print_page(lan, time, host, PRINTER)
            minute += lan.random.expovariate(1 / 2.5)
    for minute in (7, 19, 33):
        send_mail(lan, at(minute, 12), MAIL, PARTNER_MAIL, payload.page(lan.random, 900))
    lan.ping(at(11), GATEWAY, FILES)


def log_in(lan):
    """FTP, where user name and password cross the network in the clear."""
    control = Connection(lan, at(9, 30), CLERK, FILES, 21)
    control.server(b"220 files.office.example FTP\r\n")
    control.client(b"USER backup\r\n").server(b"331 Password required for backup\r\n")
    control.client(b"PASS " + LOGIN_PASSWORD + b"\r\n").server(b"230 User backup logged in\r\n")
    control.client(b"TYPE I\r\n").server(b"200 Type set to I\r\n")
    control.client(b"PASV\r\n").server(b"227 Entering Passive Mode (10,20,0,3,195,80)\r\n")
    data = Connection(lan, control.time, CLERK, FILES, 195 * 256 + 80)
    control.time = data.time
    control.client(b"RETR backup.tar\r\n").server(b"150 Opening data connection\r\n")
    data.wait(0.05).server(lan.random.randbytes(30000)).close()
    control.time = data.time
    control.server(b"226 Transfer complete\r\n").client(b"QUIT\r\n").server(b"221 Goodbye\r\n")
    control.close()


def call_home(lan):
    """A small TLS exchange every minute, give or take a second."""
    for call in range(34):
        time = at(3 + call) + lan.between(-1, 1)
        connection = tls(lan, time, BEACON, HOME, name="cdn.home.example")
        connection.client(payload.tls_data(lan.random, 180)).server(payload.tls_data(lan.random, 90))
        connection.close()


def scan(lan):
    """First who answers on port 445 in an empty network, then every port of the file server."""
    for number, nobody in enumerate(EMPTY_NET):
        unanswered(lan, at(14, number * 0.4), SCANNER, nobody, 445)
    for number in range(60):
        refused(lan, at(15, number * 0.2), SCANNER, FILES, 1000 + number * 7)
    return {"networks": "10.20.8.0/24", "targets": len(EMPTY_NET), "target_port": 445,
            "scanned_host": FILES.text, "scanned_ports": 60}


def pass_on(lan):
    """Too early to matter: MIDDLE to TOO_EARLY. Then BEACON to MIDDLE to REACHED."""
    early = copy_file(lan, at(1, 30), MIDDLE, TOO_EARLY, "results.csv", 5000)
    first = copy_file(lan, at(20), BEACON, MIDDLE, "update.bin", 40000)
    second = copy_file(lan, at(30), MIDDLE, REACHED, "update.bin", 40000)
    return early, first, second


def frame_at(frames, time):
    """The number of the frame sent at `time`."""
    numbers = [number for number, (sent, _) in enumerate(frames, 1) if sent == time]
    assert len(numbers) == 1, "two frames share a time that the truth speaks of"
    return numbers[0]


def seconds(time):
    return f"{time // SECOND}.{time % SECOND:09d}"


def main(capture, truth=None):
    lan = Lan(GATEWAY, seed=2026)
    morning(lan)
    work(lan)
    log_in(lan)
    call_home(lan)
    scanned = scan(lan)
    early, first, second = pass_on(lan)
    frames = lan.in_order()
    wire.write_pcapng(capture, frames)
    if truth is None:
        return
    # Credentials are seen when the password arrives.
    login = next(number for number, (_, frame) in enumerate(frames, 1) if LOGIN_PASSWORD in frame)
    facts = {
        "packets": len(frames),
        "suspects": {SCANNER.text: ["port-scan", "address-scan"], BEACON.text: ["beacon"]},
        "roles": {GATEWAY.text: ["gateway"],
                  ":".join(f"{byte:02x}" for byte in GATEWAY.mac): ["gateway"],
                  FILES.text: ["file-server"], MAIL.text: ["mail-server"],
                  RESOLVER.text: ["dhcp-server", "ntp-server", "resolver"],
                  INTRANET.text: ["web-server"],
                  PARTNER_MAIL.text: ["mail-server"],
                  **{site.text: ["web-server"] for site in [HOME, *SITES]}},
        "scan": scanned,
        "beacon": {"client": BEACON.text, "server": HOME.text, "port": 443, "connections": 34,
                   "interval": 60},
        "login": {"client": CLERK.text, "server": FILES.text, "user": "backup", "frame": login,
                  "password": LOGIN_PASSWORD.decode()},
        "pass_on": {
            "from": BEACON.text, "at": seconds(first.start),
            "chain": [
                {"host": MIDDLE.text, "via": BEACON.text, "hops": 1, "payload": True,
                 "time": seconds(first.start), "frame": frame_at(frames, first.start)},
                {"host": REACHED.text, "via": MIDDLE.text, "hops": 2, "payload": True,
                 "time": seconds(second.start), "frame": frame_at(frames, second.start)}],
            "not_reached": [TOO_EARLY.text, VISITOR.text],
            "too_early": {"time": seconds(early.start), "frame": frame_at(frames, early.start)}},
    }
    with open(truth, "w", encoding="utf-8") as file:
        json.dump(facts, file, indent=2, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
