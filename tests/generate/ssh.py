"""SSH connections: banners, key exchange, and what is said under encryption.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

from lan import Connection

KEXINIT, NEWKEYS, ECDH_INIT, ECDH_REPLY = 20, 21, 30, 31
LISTS = (b"curve25519-sha256,ecdh-sha2-nistp256,diffie-hellman-group14-sha256",
         b"ssh-ed25519,rsa-sha2-512,ecdsa-sha2-nistp256",
         b"chacha20-poly1305@openssh.com,aes128-ctr,aes256-ctr,aes256-gcm@openssh.com") + \
        (b"chacha20-poly1305@openssh.com,aes128-ctr,aes256-ctr,aes256-gcm@openssh.com",) + \
        (b"umac-64-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",) * 2 + (b"none,zlib",) * 2 + (b"",) * 2


def string(data):
    return struct.pack("!I", len(data)) + data


def packet(kind, body):
    padding = 4 + -(9 + 1 + len(body)) % 8
    return struct.pack("!IBB", 2 + len(body) + padding, padding, kind) + body + bytes(padding)


def exchange(random):
    return packet(KEXINIT, random.randbytes(16) + b"".join(map(string, LISTS)) + bytes(5))


def encrypted(random, size):
    return random.randbytes(size + -size % 16)


def connect(lan, time, client, server, port=22):
    """A connection up to the point from which all is encrypted."""
    connection = Connection(lan, time, client, server, port)
    connection.client(b"SSH-2.0-OpenSSH_9.2p1\r\n").server(b"SSH-2.0-OpenSSH_8.9p1 Ubuntu-3\r\n")
    connection.client(exchange(lan.random)).server(exchange(lan.random))
    connection.client(packet(ECDH_INIT, string(lan.random.randbytes(32))))
    key, signature = (string(string(b"ssh-ed25519") + string(lan.random.randbytes(size)))
                      for size in (32, 64))
    connection.server(packet(ECDH_REPLY, key + string(lan.random.randbytes(32)) + signature) +
                      packet(NEWKEYS, b""))
    return connection.client(packet(NEWKEYS, b""))


def fail(lan, time, client, server, tries=1, port=22):
    """Passwords that are wrong; then the client goes."""
    connection = connect(lan, time, client, server, port)
    say(connection, 44, 44)
    for _ in range(tries + 1):  # the first asks which ways there are
        say(connection, 148, 60)
        connection.wait(lan.random.uniform(0.5, 2))
    return connection.close()


def work(lan, time, client, server, commands, pause, port=22):
    """A session in which somebody types."""
    connection = connect(lan, time, client, server, port)
    say(connection, 44, 44)
    say(connection, 148, 60)
    say(connection, 148, 28)
    say(connection, 300, 700)
    for _ in range(commands):
        say(connection, 36, lan.random.randint(36, 3000))
        connection.wait(lan.random.uniform(0.2, 2) * pause)
    return connection.close()


def say(connection, question, answer):
    random = connection.lan.random
    connection.client(encrypted(random, question)).server(encrypted(random, answer))
