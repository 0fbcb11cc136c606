#!/usr/bin/python3
"""Logins that somebody types at a Telnet prompt, each kind of server and client with its own habits, and what
looks like a login: each scene is one connection, with the user name that may be told of it, or none.

    typed.py CAPTURE TRUTH     TRUTH: json, {"scenes": {NAME: {"client", "users"}}, "secrets": [...]}

The truth of a scene stands beside it. Whatever is typed that is no user name holds `SECRET`, so that one
search finds it wherever it gets out.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import sys

import wire
from lan import SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.41.0.1", "02:00:0a:29:00:01")
SERVER = Host("server", "10.41.0.2", "02:00:0a:29:00:02")
SECRET = "Xq7secret"
WILL_ECHO, WONT_ECHO, DO_ECHO, DONT_ECHO = (b"\xff" + bytes([verb, 1]) for verb in (251, 252, 253, 254))
WILL_GO_AHEAD, DO_GO_AHEAD, DO_LINE_MODE = b"\xff\xfb\x03", b"\xff\xfd\x03", b"\xff\xfd\x22"
LINE_MODE_EDIT = b"\xff\xfa\x22\x01\x03\xff\xf0"
SCENES = {}


def scene(user, port=23):
    """What the scene's login is called in a report; None: nothing is known of it."""
    def keep(talk):
        SCENES[talk.__name__] = (user, port, talk)
        return talk
    return keep


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def keys(talk, text, echo=True, end="\r\0", shown=None):
    """Typed key by key; the server sends each back, or something else, or nothing."""
    for key in text:
        talk.client(key.encode())
        if echo or shown:
            talk.server((shown or key).encode())
    talk.client(end.encode())
    talk.server(b"\r\n")


def negotiate(talk, *, server=WILL_ECHO + WILL_GO_AHEAD, client=DO_ECHO + DO_GO_AHEAD):
    talk.server(server)
    talk.client(client)


def asked(talk, prompt):
    talk.server(as_bytes(prompt))


# --- servers ---

@scene("walter")
def linux_telnetd(talk):
    """login(1) behind in.telnetd: every key is sent back, the password's are not."""
    talk.server(b"\xff\xfd\x18\xff\xfd\x20")
    talk.client(b"\xff\xfc\x18\xff\xfc\x20")
    negotiate(talk)
    talk.server(b"\r\nDebian GNU/Linux 12\r\n")
    asked(talk, "myhost login: ")
    keys(talk, "walter")
    asked(talk, "Password: ")
    keys(talk, SECRET, echo=False)
    talk.server(b"Last login: Mon Jan  5 10:00:00 on pts/0\r\n$ ")
    keys(talk, "passwd")
    asked(talk, "New password for user: ")
    keys(talk, SECRET + "new", echo=False)


@scene("cisco")
def cisco_ios(talk):
    negotiate(talk)
    asked(talk, "\r\n\r\nUser Access Verification\r\n\r\nUsername: ")
    keys(talk, "cisco", end="\r\n")
    asked(talk, "Password: ")
    keys(talk, SECRET, echo=False, end="\r\n")
    asked(talk, "\r\nrouter>")
    keys(talk, "enable", end="\r\n")
    asked(talk, "Password: ")
    keys(talk, SECRET + "enable", echo=False, end="\r\n")


@scene("Administrator")
def windows_telnet(talk):
    """It shows a star for each key of a password."""
    negotiate(talk)
    asked(talk, "Welcome to Microsoft Telnet Service \r\n\n\rlogin: ")
    keys(talk, "Administrator", end="\r\n")
    asked(talk, "password: ")
    keys(talk, SECRET, shown="*", end="\r\n")
    talk.server(b"\r\nThe handle is invalid.\r\n\r\nLogin Failed\r\n\r\nlogin: ")
    keys(talk, SECRET + "typed-too-early", echo=False, end="\r\n")


@scene("root")
def busybox(talk):
    """It asks the client to echo, which no client does."""
    negotiate(talk, server=DO_ECHO + b"\xff\xfd\x1f" + WILL_ECHO + WILL_GO_AHEAD,
              client=b"\xff\xfc\x01\xff\xfc\x1f" + DO_ECHO + DO_GO_AHEAD)
    asked(talk, "\r\n(none) login: ")
    keys(talk, "root", end="\r\n")
    asked(talk, "Password: ")
    keys(talk, SECRET, echo=False, end="\r\n")


@scene("olaf")
def line_mode(talk):
    """RFC 1184: the client edits and shows the line, and the server takes over for the password."""
    negotiate(talk, server=DO_LINE_MODE + WILL_ECHO, client=b"\xff\xfb\x22" + DO_ECHO)
    negotiate(talk, server=LINE_MODE_EDIT + WONT_ECHO, client=DONT_ECHO)
    asked(talk, "login: ")
    talk.client(b"olaf\r\n")
    negotiate(talk, server=WILL_ECHO, client=DO_ECHO)
    asked(talk, "Password:")
    talk.client(as_bytes(SECRET) + b"\r\n")
    talk.server(b"\r\n")
    negotiate(talk, server=WONT_ECHO, client=DONT_ECHO)
    asked(talk, "$ ")


@scene("nora")
def netcat(talk):
    """Nothing is negotiated; whole lines, their end perhaps by itself."""
    asked(talk, "login: ")
    talk.client(b"nora")
    talk.client(b"\n")
    asked(talk, "Password: ")
    talk.client(as_bytes(SECRET) + b"\n")


@scene("ivan")
def russian(talk):
    negotiate(talk)
    asked(talk, "имя пользователя: ")
    keys(talk, "ivan")
    asked(talk, "Пароль для login: ")
    keys(talk, SECRET)


@scene("pasted")
def echo_of_a_whole_line(talk):
    """A program types: the echo comes after the line's end, with the next prompt."""
    negotiate(talk)
    asked(talk, "Please enter your user name: ")
    talk.client(b"pasted\r\n")
    talk.server(b"pasted\r\nPassword: ")
    talk.client(as_bytes(SECRET) + b"\r\n")
    talk.server(b"\r\n")


@scene("roof")
def erased(talk):
    negotiate(talk)
    asked(talk, "login: ")
    for key, shown in ((b"r", b"r"), (b"ox", b"ox"), (b"\x7f", b"\b \b"), (b"of", b"of")):
        talk.client(key)
        talk.server(shown)
    talk.client(b"\r\0")
    talk.server(b"\r\n")
    asked(talk, "Password: ")
    keys(talk, SECRET, echo=False)


@scene("kim")
def line_erased(talk):
    """Somebody typed the password first, saw it, and erased the line."""
    negotiate(talk)
    asked(talk, "login: ")
    for key in SECRET:
        talk.client(key.encode())
        talk.server(key.encode())
    talk.client(b"\x15")
    talk.server(b"\b \b" * len(SECRET))
    keys(talk, "kim")


@scene("ada")
def options_between_bytes(talk):
    """Commands stand in prompt and line, split over segments."""
    talk.server(WILL_ECHO[:1])
    talk.server(WILL_ECHO[1:2])
    talk.server(WILL_ECHO[2:] + b"lo" + WILL_GO_AHEAD + b"gin: ")
    for key in ("a", "d"):
        talk.client(key.encode())
        talk.server(key.encode())
    talk.client(b"\xff")
    talk.client(b"\xf1a")
    talk.server(b"a")
    talk.client(b"\r\0")
    talk.server(b"\r\n")
    asked(talk, "Password: ")
    keys(talk, SECRET, echo=False)


# --- no user names ---

@scene(None)
def password_for_user(talk):
    asked(talk, "Enter password for user: ")
    talk.client(as_bytes(SECRET) + b"\r\n")


@scene(None)
def password_in_the_line_before(talk):
    asked(talk, "Your password, please.\r\nuser: ")
    talk.client(as_bytes(SECRET) + b"\r\n")


@scene(None)
def password_split_over_segments(talk):
    negotiate(talk)
    talk.server(b"Pass\x1b[1mword for us")
    talk.server(b"er: ")
    keys(talk, SECRET)


@scene(None)
def password_answered_by_return(talk):
    asked(talk, "Password for ")
    talk.client(b"\r\n")
    asked(talk, "user: ")
    talk.client(as_bytes(SECRET) + b"\r\n")


@scene(None)
def other_languages(talk):
    for prompt in ("Mot de passe de l'utilisateur : ", "Contraseña de usuario: ", "CONTRASEN\u0303A DE USUARIO: ",
                   "Hasło dla login: ", "ユーザー名のパスワード\r\nlogin: ", "用户密码\r\n用户名：", "ｐａｓｓｗｏｒｄ user: ",
                   "Lykilorð fyrir user: ", "Gib' Dein Losungswort ein\r\nBenutzer: ", "PIN\r\nlogin: "):
        asked(talk, prompt)
        talk.client(as_bytes(SECRET) + b"\r\n")


@scene(None)
def other_character_sets(talk):
    for prompt in ("Пароль login: ".encode("koi8-r"), "密码 login: ".encode("gbk"),
                   "パスワード user: ".encode("shift-jis"), "Contraseña user: ".encode("latin-1")):
        asked(talk, prompt)
        keys(talk, SECRET)


@scene(None)
def no_echo(talk):
    """Asks for a name, and does not let it be seen."""
    negotiate(talk)
    asked(talk, "login: ")
    keys(talk, SECRET, echo=False)


@scene(None)
def whole_line_without_echo(talk):
    negotiate(talk)
    asked(talk, "login: ")
    talk.client(as_bytes(SECRET) + b"\r\n")
    talk.server(b"\r\nPassword: ")


@scene(None)
def keys_without_echo(talk):
    """Nothing was negotiated; a client that shows what is typed would send it in one piece."""
    asked(talk, "login: ")
    keys(talk, SECRET, echo=False)


@scene(None)
def stars(talk):
    negotiate(talk)
    asked(talk, "user: ")
    keys(talk, SECRET, shown="*")


@scene("early")
def sent_at_once(talk):
    """Name and password in one segment: the first line answers the first prompt."""
    asked(talk, "login: ")
    talk.client(b"early\r\n" + as_bytes(SECRET) + b"\r\n")
    asked(talk, "Password: ")
    asked(talk, "\r\nLogin incorrect\r\nlogin: ")


@scene(None)
def sent_before_the_prompt(talk):
    """A program that does not read what it is asked."""
    talk.client(b"program\r\n")
    asked(talk, "login: ")
    talk.client(as_bytes(SECRET) + b"\r\n")
    asked(talk, "Password: ")


@scene("first")
def sent_ahead(talk):
    """Of three lines at the first prompt the third answers the prompt after the password's."""
    asked(talk, "login: ")
    talk.client(b"first\r\n")
    talk.client(as_bytes(SECRET) + b"\r\n")
    talk.client(b"second\r\n")
    asked(talk, "Password: ")
    asked(talk, "\r\nLogin incorrect\r\nlogin: ")
    talk.client(as_bytes(SECRET) + b"second\r\n")
    asked(talk, "Password: ")


@scene(None)
def line_begun_before(talk):
    negotiate(talk)
    asked(talk, "$ ")
    for key in SECRET[:4]:
        talk.client(key.encode())
    asked(talk, "\r\nlogin: ")
    talk.client(as_bytes(SECRET[4:]) + b"\r\n")
    talk.server(as_bytes(SECRET[4:]) + b"\r\n")


@scene(None)
def two_words(talk):
    asked(talk, "login: ")
    talk.client(b"name " + as_bytes(SECRET) + b"\r\n")


@scene(None)
def commands(talk):
    """A prompt of a device whose mode is called so."""
    negotiate(talk)
    asked(talk, "user>")
    keys(talk, SECRET)
    asked(talk, "Last login: ")
    keys(talk, SECRET)


@scene(None)
def interrupted(talk):
    negotiate(talk)
    asked(talk, "login: ")
    for key in SECRET:
        talk.client(key.encode())
        talk.server(key.encode())
    talk.client(b"\xff\xf4")
    asked(talk, "\r\n$ ")
    talk.client(b"\r\0")


# --- what the capture holds of it: frames are left out, or come twice ---

def without(frames, wanted):
    return [frame for frame in frames if not wanted(frame)]


def payload(frame):
    at = 34 + (frame[46] >> 4) * 4
    length = int.from_bytes(frame[16:18], "big") + 14
    return frame[at:length]


def is_syn(frame):
    return frame[47] & wire.SYN


def from_server(frame):
    return frame[34:36] == (23).to_bytes(2, "big")


@scene(None)
def only_the_client(talk):
    netcat(talk)
    talk.lan.keep(lambda frames: without(frames, from_server))


@scene(None)
def only_the_server(talk):
    linux_telnetd(talk)
    talk.lan.keep(lambda frames: without(frames, lambda frame: not from_server(frame)))


@scene(None)
def begin_not_captured(talk):
    """Whether the server echoes was agreed on before."""
    asked(talk, "login: ")
    talk.client(as_bytes(SECRET) + b"\r\n")
    talk.lan.keep(lambda frames: without(frames, is_syn))


@scene("seen")
def begin_not_captured_but_echo(talk):
    asked(talk, "Debian GNU/Linux 12\r\nmyhost login: ")
    keys(talk, "seen")
    asked(talk, "Password: ")
    keys(talk, SECRET, echo=False)
    talk.lan.keep(lambda frames: without(frames, is_syn))


@scene(None)
def prompt_begun_before(talk):
    negotiate(talk)
    asked(talk, "Zutrittswort f\u00fcr ")
    asked(talk, "login: ")
    keys(talk, SECRET)
    talk.lan.keep(lambda frames: without(
        frames, lambda frame: is_syn(frame) or b"\xff" in payload(frame) or b"wort" in payload(frame)))


@scene(None)
def answer_lost(talk):
    """The name was not captured, nor the prompt after it."""
    asked(talk, "login: ")
    talk.client(b"lost\r\n")
    asked(talk, "Password: ")
    talk.client(as_bytes(SECRET) + b"\r\n")
    talk.lan.keep(lambda frames: without(
        frames, lambda frame: payload(frame) in (b"lost\r\n", b"Password: ")))


@scene(None)
def prompt_lost(talk):
    negotiate(talk)
    asked(talk, "login: ")
    talk.client(b"x")
    asked(talk, "Password: ")
    talk.client(as_bytes(SECRET) + b"\r\n")
    talk.lan.keep(lambda frames: without(frames, lambda frame: payload(frame) == b"x"))


@scene("twice")
def sent_again(talk):
    """Every segment twice, as retransmissions and captures on two interfaces have them."""
    negotiate(talk)
    asked(talk, "login: ")
    keys(talk, "twice")
    asked(talk, "Password: ")
    keys(talk, SECRET, echo=False)
    talk.lan.keep(lambda frames: [frame for frame in frames for _ in range(2)])


class Record(Lan):
    """One scene's frames, of which not all need be captured."""

    def keep(self, choose):
        times = [time for time, _ in self.in_order()]
        frames = choose([frame for _, frame in self.in_order()])
        self.frames = [(times[0] + number * SECOND // 100, number, frame)
                       for number, frame in enumerate(frames)]


def write(capture, truth):
    frames, scenes = [], {}
    for number, (name, (user, port, talk)) in enumerate(SCENES.items()):
        client = Host(name, f"10.41.1.{number + 1}", f"02:00:0a:29:01:{number + 1:02x}")
        lan = Record(GATEWAY, seed=number)
        connection = Connection(lan, START + number * 60 * SECOND, client, SERVER, port)
        talk(connection)
        frames += lan.in_order()
        scenes[name] = {"client": client.text, "users": [user] if user else []}
    wire.write_pcapng(capture, frames)
    with open(truth, "w", encoding="utf-8") as file:
        json.dump({"scenes": scenes, "secrets": [SECRET, SECRET[4:]]}, file)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} CAPTURE TRUTH")
    write(*sys.argv[1:])
