"""Who talks TLS to a server that made its certificate itself.

Subjects as malware of the years 2016 to 2024 has them: default values of OpenSSL's tools, letters at
random, made-up firms, names of the tool. Calls at no clock's times, so that nothing else is regular.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import activities
import payload
import x509
from lan import Host


def letters(scene, low, high):
    return "".join(scene.random.choices("abcdefghijklmnopqrstuvwxyz", k=scene.random.randint(low, high)))


def made_up(scene):
    """A chain of one that signs itself."""
    subject = scene.random.choice((("", "Internet Widgits Pty Ltd"), (letters(scene, 5, 12), None),
                                   (f"{letters(scene, 4, 8)}.{letters(scene, 3, 4)}", letters(scene, 6, 12)),
                                   ("localhost", None), ("example.com", "My Company Ltd")))
    return x509.self_signed(scene.random, subject[0], scene.random.choice((90, 365, 3650)), subject[1])


def calls(scene, infected, homes, certificates, port, name):
    for time in scene.times(scene.random.randint(1, 6), scene.random.uniform(30, 90), 0.9):
        connection = activities.tls12(scene.lan, time, infected, scene.random.choice(homes), certificates,
                                      port, name)
        for _ in range(scene.random.randint(1, 6)):
            connection.client(payload.tls_data(scene.random, scene.random.randint(60, 900)))
            connection.server(payload.tls_data(scene.random, scene.random.randint(60, 40000)))
            connection.wait(scene.random.uniform(0.1, 5))
        connection.close()


def self_signed(scene):
    """Bots: by address, or by a name that the certificate does not know."""
    infected = scene.desk()
    name = scene.random.choice((None, None, f"{scene.word()}.ddns.net"))
    homes = [scene.outside() for _ in range(scene.random.randint(1, 3))]
    calls(scene, infected, homes, made_up(scene), 443, name)
    scene.suspect(infected, "odd-certificate")


def self_signed_6(scene):
    desk, network = scene.desk(), scene.random.randrange(0x10000)
    mac = ":".join(f"{byte:02x}" for byte in desk.mac)
    infected = Host("desk", f"fd00:{network:x}::{scene.random.randrange(2, 250):x}", mac)
    calls(scene, infected, [Host("", f"2a01:{network:x}::443")], made_up(scene), 443, None)
    scene.suspect((infected, desk), "odd-certificate")


def self_signed_lost(scene):
    """Of the server's first flight the capture holds the first segment alone, so that no dissector can put
    the message together; of the client's packets it may hold nothing."""
    infected, home = scene.desk(), scene.outside()
    certificates = made_up(scene)
    certificates[0] += bytes(1200)  # more than one segment
    one_sided = scene.random.random() < 0.3
    for time in scene.times(2, 120, 0.9):
        activities.tls12(scene.lan, time, infected, home, certificates).close()
    hello = bytes(home.address) + bytes(infected.address)
    scene.lose(lambda frame: hello in frame and len(frame) > 400 and b"\x16\x03\x03" not in frame[54:57])
    if one_sided:
        scene.lose(lambda frame: bytes(infected.address) + bytes(home.address) in frame)
    scene.suspect(infected, "odd-certificate")


def other_issuer(scene):
    """Remote access tools: "NAME Server" signs for "NAME", for ten years, on a port of their own."""
    infected, home = scene.desk(), scene.outside()
    tool = letters(scene, 5, 9)
    certificates = [x509.certificate(scene.random, x509.name(tool), x509.name(f"{tool} Server"), 3935)]
    calls(scene, infected, [home], certificates, scene.random.choice((443, 4449, 7084, 8848, 6606)), None)
    scene.suspect(infected, "odd-certificate", weak=True)


KINDS = {"self-signed": self_signed, "self-signed-ipv6": self_signed_6, "self-signed-lost": self_signed_lost,
         "self-signed-rat": other_issuer}
