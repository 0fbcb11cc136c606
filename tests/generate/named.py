#!/usr/bin/python3
"""User names that clients send in the clear, and passwords that stand where one could be taken for a user name.

    named.py CAPTURE TRUTH     TRUTH: json, {"scenes": {NAME: {"client", "users"}}, "secrets": [...]}

One connection each. `users`: those that may be told, "" for a login whose user name is not known. Every password
has `SECRET` in it, plain or in base64, where base64 shows it at any offset.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
import json
import sys

import wire
from lan import SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.42.0.1", "02:00:0a:2a:00:01")
SERVER = Host("server", "10.42.0.2", "02:00:0a:2a:00:02")
SECRET = "Xq7hidden"
ASKS_USER, ASKS_PASSWORD = (base64.b64encode(text).decode() for text in (b"Username:", b"Password:"))


def b64(text):
    return base64.b64encode(text.encode()).decode()


def pop(*lines):
    return 110, ("+OK ready", *lines)


def imap(*lines):
    return 143, ("* OK ready", *lines)


def smtp(*lines):
    return 25, ("220 ready", "EHLO c", "250-hello\r\n250 AUTH PLAIN LOGIN", *lines)


def ftp(*lines):
    return 21, ("220 ready", *lines)


def get(query):
    return 80, (None, f"GET /login?{query} HTTP/1.1\r\nHost: h\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")


def form(content):
    return 80, (None, "POST /login HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(content)}\r\n\r\n{content}", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")


def basic(credentials):
    return 80, (None, f"GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Basic {credentials}\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")


# name: (users, (port, lines in turns, the server first))
SCENES = {
    "pop": (["al"], pop("USER al", "+OK", f"PASS {SECRET}", "+OK")),
    "pop-two-words": ([""], pop(f"USER al {SECRET}", "+OK", "PASS x", "+OK")),
    "pop-tab": ([""], pop(f"USER al\t{SECRET}", "+OK", "PASS x", "+OK")),
    "pop-plain": (["al"], pop("AUTH PLAIN", "+ ", b64(f"\0al\0{SECRET}"), "+OK")),
    "pop-plain-initial": (["al"], pop("AUTH PLAIN " + b64(f"boss\0al\0{SECRET}"), "+OK")),
    "pop-plain-no-authority": ([], pop("AUTH PLAIN", "+ ", b64(f"al\0{SECRET}"), "+OK")),
    "pop-plain-shifted": ([], pop("AUTH PLAIN", "+ ", b64(f"al\0{SECRET}\0"), "+OK")),
    "pop-plain-four-parts": ([], pop("AUTH PLAIN", "+ ", b64(f"\0{SECRET}\0al\0x"), "+OK")),
    "pop-plain-no-base64": ([], pop("AUTH PLAIN", "+ ", b64(f"\0al\0{SECRET}") + "-", "+OK")),
    "pop-login": (["al"], pop("AUTH LOGIN", "+ " + ASKS_USER, b64("al"), "+ " + ASKS_PASSWORD, b64(SECRET),
                              "+OK")),
    "pop-login-password-first": ([], pop("AUTH LOGIN", "+ " + ASKS_PASSWORD, b64(SECRET), "+ " + ASKS_USER,
                                         b64("al"), "+OK")),
    "pop-login-unasked": ([], pop("AUTH LOGIN", "+ ", b64(SECRET), "+OK")),
    "pop-login-ahead": ([], pop("AUTH LOGIN\r\n" + b64("al"), "+ " + ASKS_PASSWORD, b64(SECRET), "+OK")),
    "pop-login-refused": ([], pop("AUTH LOGIN", "-ERR no", b64(SECRET), "-ERR what")),
    "imap": (["al"], imap(f"a LOGIN al {SECRET}", "a OK")),
    "imap-quoted": (["al"], imap(f'a LOGIN "al" "{SECRET}"', "a OK")),
    "imap-two-words": ([""], imap(f'a LOGIN "al {SECRET}" "x"', "a OK")),
    "imap-literal": (["al"], imap(f"a LOGIN al {{{len(SECRET)}}}", "+ go on", SECRET, "a OK")),
    "imap-literals": ([], imap("a LOGIN {2}", "+ go on", f"al {{{len(SECRET)}}}", "+ go on", SECRET, "a OK")),
    "imap-plain": (["al"], imap("a AUTHENTICATE PLAIN", "+ ", b64(f"\0al\0{SECRET}"), "a OK")),
    "imap-login": (["al"], imap("a AUTHENTICATE LOGIN", "+ " + ASKS_USER, b64("al"), "+ " + ASKS_PASSWORD,
                                b64(SECRET), "a OK")),
    "imap-login-ahead": ([], imap("a AUTHENTICATE LOGIN\r\n" + b64("al"), "+ " + ASKS_PASSWORD, b64(SECRET),
                                  "a OK")),
    "smtp-plain": (["al"], smtp("AUTH PLAIN " + b64(f"\0al\0{SECRET}"), "235 ok")),
    "smtp-plain-later": (["al"], smtp("auth plain", "334 ", b64(f"\0al\0{SECRET}"), "235 ok")),
    "smtp-login": (["al"], smtp("AUTH LOGIN", "334 " + ASKS_USER, b64("al"), "334 " + ASKS_PASSWORD, b64(SECRET),
                                "235 ok")),
    "smtp-login-initial": (["al"], smtp("AUTH LOGIN " + b64("al"), "334 " + ASKS_PASSWORD, b64(SECRET), "235 ok")),
    "smtp-login-password-first": ([], smtp("AUTH LOGIN", "334 " + ASKS_PASSWORD, b64(SECRET), "334 " + ASKS_USER,
                                           b64("al"), "235 ok")),
    "smtp-login-ahead": ([], smtp("AUTH LOGIN\r\n" + b64("al"), "334 " + ASKS_PASSWORD, b64(SECRET), "235 ok",
                                  "MAIL FROM:<a@c>", "250 ok")),
    "ftp": (["al"], ftp("USER al", "331 password", f"PASS {SECRET}", "230 ok")),
    "ftp-together": ([], ftp(f"USER al\r\nPASS {SECRET}", "331 password", "", "230 ok")),
    "query": (["al"], get(f"user=al&password={SECRET}")),
    "query-semicolon": (["al"], get(f"user=al;password={SECRET}")),
    "query-encoded-key": (["al"], get(f"us%65r=al&p%61ssword={SECRET}")),
    "query-encoded-separator": ([""], get(f"user=al%26password%3D{SECRET}&password=x")),
    "query-object": ([""], get(f"user=%7B%22a%22:%22{SECRET}%22%7D&password=x")),
    "query-percent": (["al"], get("user=al&password=100%")),
    "form": (["al"], form(f"email=al&password={SECRET}")),
    "form-semicolon": ([""], form(f"user=al;password={SECRET}&password=x")),
    "form-encoded-separator": ([""], form(f"user=al%26password%3D{SECRET}&password=x")),
    "form-without-password": ([], form(f"user={SECRET}")),
    "basic": (["al"], basic(b64(f"al:{SECRET}"))),
    "basic-without-colon": ([], basic(b64(SECRET))),
}


def forms_of(secret):
    """As it stands, and what of its base64 is the same whatever precedes and follows."""
    yield secret
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + secret.encode()).decode().rstrip("=")
        yield coded[(0, 2, 3)[before]:-1]


def write(capture, truth):
    frames, scenes = [], {}
    for number, (name, (users, (port, lines))) in enumerate(SCENES.items()):
        client = Host(name, f"10.42.1.{number + 1}", f"02:00:0a:2a:01:{number + 1:02x}")
        lan = Lan(GATEWAY, seed=number)
        connection = Connection(lan, START + number * 60 * SECOND, client, SERVER, port)
        for turn, line in enumerate(lines):
            if line is not None:
                connection.send(turn % 2 == 0, line.encode() + b"\r\n")
        connection.close()
        frames += lan.in_order()
        scenes[name] = {"client": client.text, "users": users}
    wire.write_pcapng(capture, frames)
    with open(truth, "w", encoding="utf-8") as file:
        json.dump({"scenes": scenes, "secrets": sorted(set(forms_of(SECRET)))}, file)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} CAPTURE TRUTH")
    write(*sys.argv[1:])
