"""What uses plain HTTP as attackers do, and is none: updates, package managers, makers' programs, crawlers, people
who write about attacks.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import activities
import payload
from attacks.web import AGENTS, COMMANDS, LOOKUPS, SQL, fetch, request, send
from lan import Connection

BROWSER = AGENTS[1]
NAMES = (b"alpha", b"brook", b"cliff", b"dune", b"elm", b"fern", b"glen", b"hill", b"isle", b"jade", b"knoll", b"lake")
APT = b"Debian APT-HTTP/1.3 (2.6.1)"


def update_day(scene):
    """All desks fetch programs from a maker's delivery network by name, some without an ending, and parts of the
    system from caches that are called by their addresses (Delivery Optimization)."""
    servers = [scene.outside("download.software-vendor.com") for _ in range(3)]
    caches = [scene.outside() for _ in range(2)]
    for host in scene.desks:
        time, server = scene.at(60 + scene.random.random() * 300), scene.random.choice(servers)
        time = activities.lookup(scene.lan, time, host, scene.resolver, server)
        for target, kind in ((b"/pkg/setup.exe", b"application/x-msdownload"),
                             (b"/pkg/core.dll", b"application/octet-stream"),
                             (b"/release2/AJ3k_9/update", b"application/octet-stream"),
                             (b"/pkg/patch.msi", b"application/octet-stream"), (b"/pkg/engine.dll", b"text/html")):
            time = fetch(scene, time, host, server, target, server.name.encode(), kind,
                         body=payload.program_for_windows(scene.random, 4000))
        cache = scene.random.choice(caches)
        connection = Connection(scene.lan, time, host, cache, 80)
        connection.client(payload.http_request(
            b"GET", b"/filestreamingservice/files/3f2a/pieceshash?cacheHostOrigin=dl.delivery.mp.microsoft.com",
            cache.text.encode(), b"Microsoft-Delivery-Optimization/10.1"))
        send(scene, connection, b"application/octet-stream", payload.program_for_windows(scene.random, 4000)).close()


def package_manager(scene):
    """apt: indices of which some are not there (at most 26 within a minute were counted), packages behind them; and
    tools of which one is a program without an ending."""
    mirror = scene.outside("deb.mirror.example.org")
    for host in scene.random.sample(scene.desks, 4):
        time = activities.lookup(scene.lan, scene.at(60 + scene.random.random() * 200), host, scene.resolver, mirror)
        connection = Connection(scene.lan, time, host, mirror, 80)
        names = [f"/debian/dists/stable/{part}/{name}".encode() for part in ("main", "contrib", "non-free")
                 for name in ("i18n/Translation-en", "i18n/Translation-de", "dep11/icons-48x48.tar", "Contents-amd64",
                              "by-hash/x", "dep11/Components", "cnf/Commands", "source/Sources")]
        missing = scene.random.sample(names, scene.random.randint(12, 24))
        for name in [b"/debian/dists/stable/InRelease", *names, *(b"/debian/pool/p%d.deb" % n for n in range(25))]:
            connection.client(payload.http_request(b"GET", name, mirror.name.encode(), APT))
            connection.server(payload.http_answer(404 if name in missing else 200, b"application/octet-stream",
                                                  scene.random.randbytes(300)))
        connection.close()


def private_index(scene):
    """pip and Gradle ask the office's own repository first, which has hardly anything of what they need."""
    host, server = scene.desk(), scene.inside("packages.office.example")
    for agent, names in ((b"pip/22.3.1 {}", [b"/simple/%s-%s/" % (word, other) for word in NAMES for other in NAMES]),
                         (b"Gradle/7.4 (Linux;5.15.0;amd64)", [b"/maven2/org/%s/%s/1.2/%s-1.2.pom" % (
                             word, other, other) for word in NAMES for other in NAMES])):
        connection = Connection(scene.lan, scene.at(60 + scene.random.random() * 100), host, server, 8081)
        for name in scene.random.sample(names, 90):
            connection.client(payload.http_request(b"GET", name, b"packages.office.example:8081", agent))
            status = 404 if scene.random.random() < 0.95 else 200
            connection.server(payload.http_answer(status, b"text/html", b"x" * 90))
        connection.close()


def build_cache(scene):
    """Asks a store of builds for things by their digests; hardly any is there."""
    host, cache = scene.desk(), scene.inside("cache.office.example")
    connection = Connection(scene.lan, scene.at(70), host, cache, 8080)
    for number in range(200):
        name = scene.random.choice((b"/ac/%064x", b"/%032x.narinfo", b"/cas/%040x")) % scene.random.getrandbits(120)
        connection.client(payload.http_request(b"GET", name, b"cache.office.example:8080", b"bazel/7.0"))
        connection.server(payload.http_answer(404 if number % 10 else 200, b"text/plain", b"x" * 40))
    connection.close()


def map_tiles(scene):
    """A map by its tiles, none for the sea."""
    host, server = scene.desk(), scene.outside("tiles.maps.example.org")
    time = activities.lookup(scene.lan, scene.at(70), host, scene.resolver, server)
    connection = Connection(scene.lan, time, host, server, 80)
    for number in range(150):
        target = b"/14/%d/%d.png" % (8700 + number % 15, 5300 + number // 15)
        connection.client(payload.http_request(b"GET", target, server.name.encode(), BROWSER))
        connection.server(payload.http_answer(404 if number % 8 else 200, b"image/png", scene.random.randbytes(200)))
    connection.close()


def crawler(scene):
    """Follows all links of the intranet; one in six is dead."""
    host, server = scene.desk(), scene.intranet
    words = [f"/{scene.word()}/{scene.word()}-{scene.word()}{end}"
             for end in (".html", ".pdf", "/") for _ in range(250)]
    connection = Connection(scene.lan, scene.at(60), host, server, 80)
    for target in words:
        connection.client(payload.http_request(b"GET", target.encode(), b"intranet.local", b"LinkChecker/10.2"))
        connection.server(payload.http_answer(404 if scene.random.random() < 0.17 else 200, b"text/html", b"x" * 200))
    connection.close()


def post(scene, time, host, server, path, kind, body, agent=BROWSER, extra=(), port=80):
    connection = Connection(scene.lan, time, host, server, port)
    name = server.text.encode() + (b":%d" % port if port != 80 else b"")
    connection.client(payload.http_request(b"POST", path, name, agent, (b"Content-Type: " + kind, *extra), body))
    connection.server(payload.http_answer(200, kind, b"x" * 60))
    return connection.close()


def makers_posts(scene):
    """A program that most desks have reports to its maker's addresses."""
    server = scene.outside()
    for host in scene.desks[:scene.random.randint(9, 12)]:
        for time in scene.times(scene.random.randint(2, 5), 90, 0.9, scene.random.uniform(30, 90)):
            post(scene, time, host, server, b"/v2/usage", b"application/json", b'{"event":"start"}', b"Maker-Agent/4.1")


def protocols_by_address(scene):
    """A SIP gateway that is managed from outside (TR-069), one that is asked over XML-RPC, OCSP, and the router's
    UPnP."""
    gateway, auto, calls, ca = scene.desk(), scene.outside(), scene.outside(), scene.outside()
    soap = b'<?xml version="1.0"?><soap-env:Envelope/>'
    for time in scene.times(5, 60, 0.5):
        post(scene, time, gateway, auto, b"/acs", b"text/xml; charset=utf-8", soap, b"SIP-Gateway/2.3",
             (b"SOAPAction: \"cwmp:Inform\"",), 7547)
        post(scene, time + 10**9, gateway, calls, b"/RPC2", b"text/xml", soap, b"SIP-Gateway/2.3")
    for time in scene.times(4, 40, 0.5):
        post(scene, time, scene.desks[0], ca, b"/ocsp", b"application/ocsp-request", scene.random.randbytes(80))
        post(scene, time, scene.desks[1], scene.gateway, b"/ctl/IPConn", b"text/xml", soap, b"UPnP/1.1",
             (b'SOAPAction: "urn:schemas-upnp-org:service:WANIPConnection:1#GetExternalIPAddress"',), 5000)


def portal(scene):
    """A hotel's portal has no name: the page is read, the form is sent twice, since the password was mistyped."""
    host, server = scene.desk(), scene.outside()
    name = server.text.encode()
    connection = Connection(scene.lan, scene.at(65), host, server, 80)
    connection.client(payload.http_request(b"GET", b"/login", name, BROWSER))
    connection.server(payload.http_answer(200, b"text/html", payload.page(scene.random, 2000)))
    for _ in range(2):
        connection.wait(8).client(payload.http_request(
            b"POST", b"/login", name, BROWSER, (b"Referer: http://" + name + b"/login",
                                                b"Content-Type: application/x-www-form-urlencoded"), b"room=12&code=x"))
        connection.server(payload.http_answer(200, b"text/html", payload.page(scene.random, 1500)))
    connection.close()


def player(scene):
    """A program for videos asks a server that has no name for different things, each time another URI."""
    host, server = scene.desk(), scene.outside()
    for number, time in enumerate(scene.times(scene.random.randint(2, 6), 20, 0.9)):
        post(scene, time, host, server, b"/api/proxy?url=http%%3A%%2F%%2Fvideo.example%%2Fget%d" % number,
             b"application/x-www-form-urlencoded", b"vid=y0013&platform=10902", b"Mozilla/5.0", port=8080)


def telemetry_by_address(scene):
    """One host has a program whose maker's server has no name."""
    host, server = scene.desk(), scene.outside()
    for time in scene.times(scene.random.randint(3, 8), 70, 0.9):
        post(scene, time, host, server, b"/collect", b"application/json", b'{"ok":true}', b"Maker-Agent/4.1")


def forum(scene):
    """Somebody writes about attacks: SQL, commands and look-ups stand in what is posted, and some words of them in what
    is searched for."""
    for host in scene.random.sample(scene.desks, 3):
        for time in scene.times(6, 30, 0.8):
            text = scene.random.choice((*SQL, *COMMANDS, *LOOKUPS, b"SELECT name FROM users UNION SELECT password FROM x;"))
            request(scene, time, host, scene.intranet, b"/forum/post", BROWSER, method=b"POST",
                    extra=(b"Content-Type: application/x-www-form-urlencoded",), body=b"text=" + text * 3)
        for target in (b"/forum/search?q=union+select+or+join", b"/forum/search?q=it's+or+its", b"/docs/../style.css",
                       b"/forum/search?q=drop+table;+how+to", b"/wiki?fields=name;id|cat|echo"):
            request(scene, scene.at(80 + scene.random.random() * 400), host, scene.intranet, target, BROWSER)


def database_tool(scene):
    """Statements as a whole, in the address: an administrator's pages for a database."""
    host = scene.desk()
    for time in scene.times(20, 8, 0.8):
        statement = scene.random.choice((
            b"SELECT+*+FROM+orders+WHERE+id=7+OR+id=8", b"SELECT+a+FROM+x+UNION+SELECT+b+FROM+y",
            b"select+table_name+from+information_schema.tables", b"INSERT+INTO+t+VALUES+('a');+DELETE+FROM+u+WHERE+1=1"))
        request(scene, time, host, scene.intranet, b"/adminer.php?db=shop&sql=" + statement, BROWSER)


KINDS = {"update-day": update_day, "package-manager": package_manager, "private-index": private_index,
         "build-cache": build_cache, "map-tiles": map_tiles, "crawler": crawler, "makers-posts": makers_posts,
         "protocols-by-address": protocols_by_address, "portal": portal, "player": player,
         "telemetry-by-address": telemetry_by_address, "forum": forum, "database-tool": database_tool}
