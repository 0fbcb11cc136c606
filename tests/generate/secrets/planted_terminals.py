"""Secrets typed at terminals: Telnet, rlogin, rsh, rexec.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from planted import HEAD, RANDOM, TAIL, C, S, case

# Prompts for a password, of systems and in languages that are about.
PASSWORD = {
    "English": "Password: ", "lower case": "password:", "capitals": "PASSWORD: ", "without a colon": "Password",
    "question": "Password? ", "question mark": "Your password please?",
    "for whom": "Enter password for user: ", "of whom": "bob's Password: ", "for login": "Password for login: ",
    "after the user": "Password for user bob: ", "user password": "User password:",
    "login password": "Login password: ", "username and password": "Enter username/password: ",
    "password for username": "Password for username:", "enable": "\r\nrouter>enable\r\nPassword: ",
    "enable secret": "Enable secret: ", "PIN": "PIN: ", "enter PIN": "Enter PIN:", "passcode": "Enter PASSCODE: ",
    "passphrase": "Passphrase: ", "token": "Token: ", "token code": "Enter your token code: ",
    "one-time": "One-time password (OATH) for bob: ", "S/Key": "s/key 97 fw13894 Response: ",
    "verification code": "Verification code: ", "secret": "Secret: ", "access code": "Access code for login: ",
    "security code": "Security code of user: ", "key": "Enter key: ", "community": "SNMP community: ",
    "new password": "New password: ", "again": "Retype new password: ", "old": "(current) UNIX password: ",
    "login then password": "login: bob\r\nPassword: ",
    "German": "Kennwort: ", "German 2": "Passwort: ", "German user": "Kennwort f\u00fcr Benutzer login: ",
    "French": "Mot de passe : ", "French login": "Mot de passe de login:", "Spanish": "Contrase\u00f1a: ",
    "Spanish 2": "Clave: ", "Spanish user": "Clave de user:", "Portuguese": "Senha: ",
    "Portuguese 2": "Palavra-passe: ", "Italian": "Parola d'ordine: ", "Italian 2": "Codice di accesso: ",
    "Dutch": "Wachtwoord: ", "Dutch user": "Wachtwoord van user: ", "Polish": "Has\u0142o: ",
    "Polish user": "Has\u0142o user: ", "Russian": "\u041f\u0430\u0440\u043e\u043b\u044c: ",
    "Russian login": "\u041f\u0430\u0440\u043e\u043b\u044c \u0434\u043b\u044f login:", "Chinese": "\u5bc6\u7801\uff1a",
    "Chinese user": "\u5bc6\u7801 user:", "Japanese": "\u30d1\u30b9\u30ef\u30fc\u30c9: ",
    "Japanese login": "login \u30d1\u30b9\u30ef\u30fc\u30c9 user:", "Swedish": "L\u00f6senord: ",
    "Swedish login": "L\u00f6senord login:", "Turkish": "Parola: ", "Turkish 2": "\u015eifre user:",
    "Czech": "Heslo: ", "Czech login": "Heslo login:", "Korean": "\uc554\ud638: ",
    "Finnish": "Salasana user:", "Danish": "Adgangskode login:", "Norwegian": "Passord user:",
    "Hungarian": "Jelsz\u00f3 login:",
}
OTHER_BYTES = {"Russian, KOI8-R": "\u041f\u0430\u0440\u043e\u043b\u044c login: ".encode("koi8-r"),
               "Russian, CP1251": "\u041f\u0430\u0440\u043e\u043b\u044c user: ".encode("cp1251"),
               "Polish, Latin 2": "Has\u0142o user: ".encode("iso8859-2"),
               "Chinese, GBK": "\u5bc6\u7801 login:".encode("gbk"),
               "Japanese, Shift JIS": "\u30d1\u30b9\u30ef\u30fc\u30c9 user:".encode("shift-jis"),
               "Spanish, Latin 1": "Contrase\u00f1a user:".encode("latin-1")}
NO_ECHO = b"\xff\xfb\x01"  # the server will echo: what it does not, nobody sees


def typed(end=b"\r\0"):
    """The secret, a packet a character."""
    return C(*[lambda s, at=at: s[at:at + 1] for at in range(len(HEAD) + RANDOM + len(TAIL))], end)


@case("telnet-prompts")
def telnet_prompts(p):
    texts = {place: text.encode() for place, text in PASSWORD.items()} | OTHER_BYTES
    for place, text in texts.items():
        p.tcp("telnet", 23, f"prompt: {place}", S(text), C(b"{S}\r\n"))


@case("telnet-typed")
def telnet_typed(p):
    """Character by character, as terminals do, without an echo."""
    for place, text in list(PASSWORD.items())[::4]:
        p.tcp("telnet", 23, f"typed: {place}", S(text.encode()), typed())


@case("telnet")
def telnet(p):
    def talk(place, *turns, **more):
        p.tcp("telnet", 23, place, *turns, **more)
    login = [S(b"login: "), C(b"bob\r\n"), S(b"bob\r\n")]
    ask = S(b"Password: ")
    talk("after a user name", *login, ask, C(b"{S}\r\n"), S(b"\r\nwelcome\r\n$ "))
    talk("user name and password in one packet", S(b"login: "), C(b"bob\r\n{S}\r\n"), ask)
    talk("user name and password before any prompt", b"bob\r\n{S}\r\n", S(b"login: Password: "))
    talk("user name ends with the password's packet", S(b"login: "), C(b"bo", b"b\r\n{S}\r\n"))
    talk("user name with a NUL", S(b"login: "), C(b"bob\r\0{S}\r\0"))
    talk("half of the line", *login, ask, C(b"{S1}", b"{S2}\r\n"))
    talk("line in the first packet", b"{S}\r\n", begun=True)
    talk("begun before the capture", ask, C(b"{S}\r\n"), begun=True)
    talk("prompt was not captured, the next is for a user", b"{S}\r\n", S(b"\r\nLogin incorrect\r\nlogin: "),
         begun=True)
    talk("prompts in one packet", S(b"login: bob\r\nPassword: "), C(b"{S}\r\n"))
    talk("prompt in pieces", *login, S(b"Pass", b"word: "), C(b"{S}\r\n"))
    talk("prompt that ends like one for users", *login, S(b"Enter password for ", b"user: "), C(b"{S}\r\n"))
    talk("prompt with escapes", *login, S(b"\x1b[1mPassword\x1b[0m: "), C(b"{S}\r\n"))
    talk("prompt for a user, coloured around it", *login, S(b"\x1b[32mPass\x1b[0mword for \x1b[1muser:\x1b[0m"),
         C(b"{S}\r\n"))
    talk("prompt of letter by letter", *login, S(*(bytes([c]) for c in b"Password for user: ")), C(b"{S}\r\n"))
    talk("prompt over options", *login, S(b"Password\xff\xfb\x01 for user: "), C(b"{S}\r\n"))
    talk("long prompt", S(b"Password, of the person who has been named above as the one who wants to be let "
                          b"in here, that is of the user:"), C(b"{S}\r\n"))
    talk("very long prompt", S(b"Password" + b" " * 300 + b"user:"), C(b"{S}\r\n"))
    talk("warning before", S(b"Your password will not be shown.\r\nPassword\r\n>"), C(b"{S}\r\n"))
    talk("retransmitted", *login, ask, C(b"{S}\r\n", again=True))
    talk("typed ahead", C(b"{S}\r\n"), *login, ask)
    talk("no echo at a prompt for a user", S(NO_ECHO, b"user: "), typed(), S(b"\r\nPassword: "))
    talk("no echo at a prompt for a login", S(NO_ECHO), S(b"Login: "), C(b"{S}\r\n"), S(b"\r\nwrong\r\n"))
    talk("enable on a router", S(b"router>"), C(b"enable\r\n"), S(b"enable\r\nPassword: "), C(b"{S}\r\n"),
         S(b"\r\nrouter#"))
    talk("command with a password", S(b"router#"), C(b"username bob password {S}\r\n"))
    talk("secret of a router", S(b"router(config)#"), C(b"enable secret {S}\r\n"))
    talk("community of a router", C(b"snmp-server community {S} RW\r\n"))
    talk("key of a router", C(b"tacacs-server key {S}\r\n"))
    talk("command in the first packet", C(b"mysql -u bob -p{S}\r\n"))
    talk("URL typed", S(b"$ "), C(b"wget http://bob:{S}@h/\r\n"))
    talk("server shows a configuration", C(b"show run\r\n"), S(b"username bob password 0 {S}\r\n"))
    talk("server's first packet", S(b"Welcome. Log in as guest, password {S}\r\nlogin: "))
    talk("server echoes the password", *login, ask, C(b"{S}\r\n"), S(b"{S}\r\n"))
    talk("environment", S(b"\xff\xfd\x27"), C(b"\xff\xfa\x27\0\0USER\1bob\3PASSWORD\1{S}\xff\xf0"))
    talk("authentication option", C(b"\xff\xfa\x25\3bob\xff\xf0\xff\xfa\x25\0\5\0\0{S}\xff\xf0"))
    talk("terminal type", C(b"\xff\xfa\x18\0{S}\xff\xf0"))
    talk("display", C(b"\xff\xfa\x23\0host:0 {S}\xff\xf0"))
    talk("base64", *login, ask, C(b"{B}\r\n"))
    talk("two prompts", S(b"user: Password: user:"), C(b"{S}\r\n"))
    talk("user and password in one line", S(b"login: "), C(b"bob {S}\r\n"))
    talk("user name was lost", S(b"login: "), C(b"bob\r\n", lost=True), S(b"bob\r\nPassword: ", lost=True),
         C(b"{S}\r\n"), S(b"\r\nwelcome\r\n"))
    talk("end of the user name was lost", S(b"login: "), C(b"bo"), C(b"b\r\n", lost=True), S(
        b"\r\nPassword: ", lost=True), C(b"{S}\r\n"), S(b"\r\nwelcome\r\n"))
    talk("prompt for the password was lost", S(b"login: "), C(b"\r\n"), S(b"login: "), C(b"bob\r\n", lost=True), S(
        b"bob\r\nPassword: ", lost=True), C(b"{S}\r\n"), S(b"\r\n$ "))
    talk("user name was lost, password is typed", S(b"login: "), C(b"bob\r\n", lost=True), S(
        b"bob\r\nPassword: ", lost=True), typed(), S(b"\r\nwelcome\r\n"))
    talk("backspaces", S(b"login: "), C(b"bob\x7f\x7f\x7fbob\r\n"), ask, C(b"x\x7f{S}\r\n"))
    p.tcp("telnet", 23, "server on the client's side", C(b"Password for user: "), S(b"{S}\r\n"))


@case("terminals")
def terminals_of_mainframes(p):
    start = S(b"\xff\xfd\x18"), C(b"\xff\xfb\x18"), S(b"\xff\xfa\x18\x01\xff\xf0"), C(
        b"\xff\xfa\x18\0IBM-3278-2\xff\xf0"), S(b"\xff\xfd\x19\xff\xfb\x19\xff\xfd\0\xff\xfb\0"), C(
        b"\xff\xfb\x19\xff\xfd\x19\xff\xfb\0\xff\xfd\0")
    p.tcp("telnet", 23, "3270, EBCDIC", *start, C(lambda s: b"\x7d\x5b\x6b\x11\x5b\x6b" + s.decode().encode(
        "cp037") + b"\xff\xef"))
    p.tcp("telnet", 23, "3270, ASCII", *start, C(b"\x7d\x5b\x6b\x11\x5b\x6b{S}\xff\xef"))


@case("terminals")
def rlogin(p):
    hello = C(b"\0"), C(b"bob\0bob\0xterm/38400\0"), S(b"\0")
    p.tcp("rlogin", 513, "after the prompt", *hello, S(b"Password: "), C(b"{S}\r"))
    p.tcp("rlogin", 513, "data in the first packet", b"{S}\r", begun=True)
    p.tcp("rlogin", 513, "typed", *hello, S(b"Password: "), typed(b"\r"))
    p.tcp("rlogin", 513, "prompt and echo", *hello, S(b"Password: "), C(b"{S}\r"), S(b"{S}\r\n"))
    p.tcp("rlogin", 513, "server's text", *hello, S(b"Your new password is {S}\r\n"))
    p.tcp("rlogin", 513, "server's first text", S(b"Your new password is {S}\r\n"), begun=True)
    p.tcp("rlogin", 513, "as user name", C(b"\0{S}\0{S}\0xterm/38400\0"))
    p.tcp("rlogin", 513, "command", C(b"su -c 'mysql -p{S}'\r"), begun=True)


@case("terminals")
def rsh_and_rexec(p):
    p.tcp("rsh", 514, "command", C(b"0\0", b"bob\0bob\0mysql -pbob {S}\0"), sport=1021)
    p.tcp("rsh", 514, "command in one packet", b"0\0bob\0bob\0mysqldump --password={S}\0", sport=1021)
    p.tcp("rsh", 514, "user name", b"0\0bob\0{S}\0ls\0", sport=1021)
    p.tcp("rsh", 514, "answer", C(b"0\0bob\0bob\0ls\0"), S(b"\1password {S} is wrong\n"), sport=1021)
    p.tcp("exec", 512, "password", b"0\0bob\0{S}\0ls\0")
    p.tcp("exec", 512, "in pieces", C(b"0\0", b"bob\0", b"{S}\0", b"ls\0"))
    p.tcp("exec", 512, "command", C(b"0\0bob\0x\0mysql -p{S}\0"))
    p.tcp("exec", 512, "begun before the capture", b"{S}\0ls\0", begun=True)
    p.tcp("exec", 512, "answer", C(b"0\0bob\0x\0ls\0"), S(b"\1password {S} is wrong\n"))
