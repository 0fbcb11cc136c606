"""Secrets in mail and news: POP3, IMAP, SMTP, NNTP, ACAP.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64

from planted import C, S, case


def plain(secret):
    return base64.b64encode(b"\0bob\0" + secret)


def bearer(secret):
    return base64.b64encode(b"user=bob\1auth=Bearer " + secret + b"\1\1")


def digest(secret):
    return base64.b64encode(b"bob " + secret)


# Mechanism and message of clients that are right, and of some that are not: where a parser may take the secret
# for the user.
SASL = {
    "SCRAM, nonce": (b"SCRAM-SHA-1", lambda s: b"n,,n=bob,r=" + s),
    "OAUTHBEARER": (b"OAUTHBEARER", lambda s: b"n,a=bob,\1host=h\1auth=Bearer " + s + b"\1\1"),
    "XOAUTH2, token alone": (b"XOAUTH2", lambda s: s),
    "XOAUTH2, token first": (b"XOAUTH2", lambda s: b"auth=Bearer " + s + b"\1user=bob\1\1"),
    "PLAIN, user and password": (b"PLAIN", lambda s: b"bob\0" + s),
    "PLAIN, password alone": (b"PLAIN", lambda s: s),
    "PLAIN, no user": (b"PLAIN", lambda s: b"\0\0" + s),
    "PLAIN, on behalf of others": (b"PLAIN", lambda s: b"al\0bob\0" + s),
    "PLAIN, blanks for NUL": (b"PLAIN", lambda s: b"bob " + s),
    "PLAIN, colon for NUL": (b"PLAIN", lambda s: b"bob:" + s),
    "CRAM-MD5, digest alone": (b"CRAM-MD5", lambda s: s),
    "DIGEST-MD5": (b"DIGEST-MD5", lambda s: b'username="bob",realm="r",response=' + s),
    "NTLM": (b"NTLM", lambda s: b"NTLMSSP\0\3\0\0\0" + s), "GSSAPI": (b"GSSAPI", lambda s: b"\x60\x20" + s),
    "GS2": (b"GS2-KRB5", lambda s: b"n,," + s), "X-GUESS": (b"X-TOKEN", lambda s: s),
}


def sasl_logins(talk, command, challenge):
    """Each with its response at once and in the next line."""
    for place, (mechanism, message) in SASL.items():
        line = with_line(b"", lambda s, message=message: base64.b64encode(message(s)))
        talk(f"{place}, initial response", lambda s, mechanism=mechanism, line=line: (
            command + mechanism + b" " + line(s)))
        talk(f"{place}, next line", C(command + mechanism + b"\r\n"), S(challenge), C(line))


def start_of(encoded, size):
    return lambda s: encoded(s)[:size]


def rest_of(encoded, size):
    return lambda s: encoded(s)[size:] + b"\r\n"


def with_line(before, encoded, after=b"\r\n"):
    return lambda s: before + encoded(s) + after


@case("pop")
def pop(p):
    def talk(place, *turns, **more):
        p.tcp("pop", 110, place, *turns, **more)
    ready, go_on, ok = S(b"+OK ready\r\n"), S(b"+ \r\n"), S(b"+OK\r\n")
    talk("password", ready, C(b"USER bob\r\n"), ok, C(b"PASS {S}\r\n"))
    talk("password in the first packet", b"PASS {S}\r\n")
    talk("lower case", b"pass {S}\r\n")
    talk("tab", b"PASS\t{S}\r\n")
    talk("two blanks", b"PASS  {S}\r\n")
    talk("words", b"PASS correct horse {S}\r\n")
    talk("line of two words", b"bob {S}\r\n", begun=True)
    talk("line of one word", b"{S}\r\n", begun=True)
    talk("rest of a line", b"SS {S}\r\n", begun=True)
    talk("two segments", C(b"PASS {S1}", b"{S2}\r\n"))
    talk("second segment", C(b"PASS ", b"{S}\r\n"))
    talk("command in two segments", C(b"PAS", b"S {S}\r\n"))
    talk("pipelined", b"USER bob\r\nPASS {S}\r\nSTAT\r\n")
    talk("sent twice", C(b"PASS {S}\r\n", again=True))
    talk("base64", b"PASS {B}\r\n")
    talk("percent", b"PASS {P}\r\n")
    talk("APOP", b"APOP bob {S}{H}\r\n")
    talk("APOP, two blanks", b"APOP  bob  {S}\r\n")
    talk("APOP, challenge", S(b"+OK ready <{S}@host>\r\n"))
    talk("AUTH PLAIN, initial response", with_line(b"AUTH PLAIN ", plain))
    talk("AUTH PLAIN", C(b"AUTH PLAIN\r\n"), go_on, C(with_line(b"", plain)))
    talk("AUTH PLAIN, begun before the capture", with_line(b"", plain), begun=True)
    talk("AUTH PLAIN, two segments", C(b"AUTH PLAIN\r\n"), go_on, C(start_of(plain, 12), rest_of(plain, 12)))
    talk("AUTH PLAIN, lower case", with_line(b"auth plain ", plain))
    talk("AUTH PLAIN, two blanks", with_line(b"AUTH  PLAIN  ", plain))
    talk("AUTH PLAIN, no mechanism", with_line(b"AUTH ", plain))
    talk("AUTH LOGIN", C(b"AUTH LOGIN\r\n"), S(b"+ VXNlcm5hbWU6\r\n"), C(b"Ym9i\r\n"),
         S(b"+ UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n"))
    talk("AUTH LOGIN, password alone", b"{B}\r\n", begun=True)
    talk("AUTH LOGIN, password first", C(b"AUTH LOGIN\r\n"), S(b"+ UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n"))
    talk("AUTH LOGIN, pipelined", b"AUTH LOGIN\r\nYm9i\r\n{B}\r\n")
    talk("AUTH LOGIN, user was lost", C(b"AUTH LOGIN\r\n"), S(b"+ VXNlcm5hbWU6\r\n"), C(
        b"Ym9i\r\n", lost=True), S(b"+ UGFzc3dvcmQ6\r\n", lost=True), C(b"{B}\r\n"))
    talk("AUTH CRAM-MD5", C(b"AUTH CRAM-MD5\r\n"), S(b"+ PDEyM0BoPg==\r\n"), C(with_line(b"", digest)))
    talk("AUTH XOAUTH2, initial response", with_line(b"AUTH XOAUTH2 ", bearer))
    talk("AUTH XOAUTH2", C(b"AUTH XOAUTH2\r\n"), go_on, C(with_line(b"", bearer)))
    sasl_logins(talk, b"AUTH ", b"+ \r\n")
    talk("answer", C(b"PASS x\r\n"), S(b"-ERR password {S} is wrong\r\n"))
    talk("server's first packet", S(b"-ERR password {S} is wrong\r\n"))
    talk("challenge", C(b"AUTH X\r\n"), S(b"+ {B}\r\n"))
    talk("XTND", b"XTND PASSWORD {S}\r\n")
    talk("user and password", b"USER bob:{S}\r\n")
    talk("mail with a password", C(b"RETR 1\r\n"), S(b"+OK\r\nSubject: your password is {S}\r\n\r\nhi\r\n.\r\n"))
    talk("rest of a mail", S(b"Your password is {S}.\r\n"), begun=True)


@case("imap")
def imap(p):
    def talk(place, *turns, **more):
        p.tcp("imap", 143, place, *turns, **more)
    ready, go_on = S(b"* OK ready\r\n"), S(b"+ go on\r\n")
    talk("LOGIN", ready, C(b"a1 LOGIN bob {S}\r\n"), S(b"a1 OK\r\n"))
    talk("LOGIN in the first packet", b"a1 LOGIN bob {S}\r\n")
    talk("quoted", b'a1 LOGIN "bob" "{S}"\r\n')
    talk("quoted user of two words", b'a1 LOGIN "bob x" "{S}"\r\n')
    talk("quoted password with blanks", b'a1 LOGIN bob "correct horse {S}"\r\n')
    talk("lower case", b"a1 login bob {S}\r\n")
    talk("two blanks", b"a1  LOGIN  bob  {S}\r\n")
    talk("tab", b"a1\tLOGIN\tbob\t{S}\r\n")
    talk("long tag", b"aaaaaaaaaaaaaaaaaaaaaaaa.1 LOGIN bob {S}\r\n")
    talk("literal", C(b"a1 LOGIN {3}\r\n"), go_on, C(b"bob {16}\r\n"), go_on, C(b"{S}\r\n"))
    talk("literal of the password", C(b"a1 LOGIN bob {16}\r\n"), go_on, C(b"{S}\r\n"))
    talk("literal that does not wait", b"a1 LOGIN {3+}\r\nbob {16+}\r\n{S}\r\n")
    talk("literal that does not wait, segments", C(b"a1 LOGIN {3+}\r\n", b"bob {16+}\r\n", b"{S}\r\n"))
    talk("literal that does not wait, password's", b"a1 LOGIN bob {16+}\r\n{S}\r\n")
    talk("literal alone, begun before the capture", b"{S}\r\n", begun=True)
    talk("literals, begun before the capture", b"bob {S}\r\n", begun=True)
    talk("quoted rest", b'"bob" "{S}"\r\n', begun=True)
    talk("rest of a line", b"OGIN bob {S}\r\n", begun=True)
    talk("two segments", C(b"a1 LOGIN bob {S1}", b"{S2}\r\n"))
    talk("second segment", C(b"a1 LOGIN bob ", b"{S}\r\n"))
    talk("user and password in the second segment", C(b"a1 LOGIN ", b"bob {S}\r\n"))
    talk("pipelined", b"a1 CAPABILITY\r\na2 LOGIN bob {S}\r\na3 SELECT INBOX\r\n")
    talk("sent twice", C(b"a1 LOGIN bob {S}\r\n", again=True))
    talk("AUTHENTICATE PLAIN, initial response", with_line(b"a1 AUTHENTICATE PLAIN ", plain))
    talk("AUTHENTICATE PLAIN", C(b"a1 AUTHENTICATE PLAIN\r\n"), go_on, C(with_line(b"", plain)))
    talk("AUTHENTICATE PLAIN, begun before the capture", with_line(b"", plain), begun=True)
    talk("AUTHENTICATE PLAIN, two segments", C(b"a1 AUTHENTICATE PLAIN\r\n"), go_on,
         C(start_of(plain, 12), rest_of(plain, 12)))
    talk("AUTHENTICATE LOGIN", C(b"a1 AUTHENTICATE LOGIN\r\n"), S(b"+ VXNlcm5hbWU6\r\n"), C(b"Ym9i\r\n"),
         S(b"+ UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n"))
    talk("AUTHENTICATE LOGIN, password alone", b"{B}\r\n", begun=True)
    talk("AUTHENTICATE LOGIN, password first", C(b"a1 AUTHENTICATE LOGIN\r\n"), S(b"+ UGFzc3dvcmQ6\r\n"),
         C(b"{B}\r\n"))
    talk("AUTHENTICATE LOGIN, user was lost", C(b"a1 AUTHENTICATE LOGIN\r\n"), S(b"+ VXNlcm5hbWU6\r\n"), C(
        b"Ym9i\r\n", lost=True), S(b"+ UGFzc3dvcmQ6\r\n", lost=True), C(b"{B}\r\n"))
    talk("AUTHENTICATE CRAM-MD5", C(b"a1 AUTHENTICATE CRAM-MD5\r\n"), S(b"+ PDEyM0BoPg==\r\n"),
         C(with_line(b"", digest)))
    talk("AUTHENTICATE XOAUTH2", with_line(b"a1 AUTHENTICATE XOAUTH2 ", bearer))
    talk("AUTHENTICATE OAUTHBEARER", C(b"a1 AUTHENTICATE OAUTHBEARER\r\n"), go_on, C(with_line(b"", bearer)))
    sasl_logins(talk, b"a1 AUTHENTICATE ", b"+ \r\n")
    talk("answer", C(b"a1 LOGIN bob x\r\n"), S(b"a1 NO password {S} is wrong\r\n"))
    talk("server's first packet", S(b"a1 NO password {S} is wrong\r\n"))
    talk("URL", b"a1 URLFETCH imap://bob;AUTH=PLAIN:{S}@h/\r\n")
    talk("URLAUTH", b'a1 URLFETCH "imap://bob@h/INBOX/;uid=20;urlauth=anonymous:internal:{S}"\r\n')
    talk("ID", b'a1 ID ("name" "x" "password" "{S}")\r\n')
    talk("search", b'a1 SEARCH TEXT "{S}"\r\n')
    talk("SETPASS", b"a1 SETPASS bob {S}\r\n")
    talk("mail", S(b"* 1 FETCH (BODY[] {36}\r\nYour password is {S}.\r\n)\r\n"))


@case("smtp")
def smtp(p):
    def talk(place, *turns, port=25, **more):
        p.tcp("smtp", port, place, *turns, **more)
    hello = S(b"220 ready\r\n"), C(b"EHLO c\r\n"), S(b"250 AUTH PLAIN LOGIN\r\n")
    go_on = S(b"334 \r\n")
    talk("AUTH PLAIN, initial response", *hello, C(with_line(b"AUTH PLAIN ", plain)))
    talk("AUTH PLAIN in the first packet", with_line(b"AUTH PLAIN ", plain))
    talk("AUTH PLAIN", *hello, C(b"AUTH PLAIN\r\n"), go_on, C(with_line(b"", plain)))
    talk("AUTH PLAIN at submission", *hello, C(b"AUTH PLAIN\r\n"), go_on, C(with_line(b"", plain)), port=587)
    talk("AUTH PLAIN, begun before the capture", with_line(b"", plain), begun=True)
    talk("AUTH PLAIN, two segments", C(b"AUTH PLAIN\r\n"), go_on, C(start_of(plain, 12), rest_of(plain, 12)))
    talk("AUTH PLAIN, lower case", with_line(b"auth plain ", plain))
    talk("AUTH PLAIN, two blanks", with_line(b"AUTH  PLAIN  ", plain))
    talk("AUTH PLAIN, tab", with_line(b"AUTH\tPLAIN\t", plain))
    talk("AUTH=PLAIN", with_line(b"AUTH=PLAIN ", plain))
    talk("AUTH PLAIN, not encoded", b"AUTH PLAIN bob {S}\r\n")
    talk("AUTH PLAIN, pipelined", with_line(b"EHLO c\r\nAUTH PLAIN ", plain, b"\r\nMAIL FROM:<a@b>\r\n"))
    talk("AUTH LOGIN", *hello, C(b"AUTH LOGIN\r\n"), S(b"334 VXNlcm5hbWU6\r\n"), C(b"Ym9i\r\n"),
         S(b"334 UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n"), S(b"235 in\r\n"))
    talk("AUTH LOGIN with a user", C(b"AUTH LOGIN Ym9i\r\n"), S(b"334 UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n"))
    talk("AUTH LOGIN, pipelined", b"AUTH LOGIN\r\nYm9i\r\n{B}\r\n")
    talk("AUTH LOGIN, password alone", b"{B}\r\n", begun=True)
    talk("AUTH LOGIN, sent twice", C(b"AUTH LOGIN\r\n"), S(b"334 VXNlcm5hbWU6\r\n"), C(
        b"Ym9i\r\n", again=True), S(b"334 UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n", again=True))
    talk("AUTH LOGIN, password first", C(b"AUTH LOGIN\r\n"), S(b"334 UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n"))
    talk("AUTH LOGIN, user was lost", C(b"AUTH LOGIN\r\n"), S(b"334 VXNlcm5hbWU6\r\n"), C(
        b"Ym9i\r\n", lost=True), S(b"334 UGFzc3dvcmQ6\r\n", lost=True), C(b"{B}\r\n"), S(b"235 in\r\n"))
    talk("AUTH LOGIN, its user was before the capture", S(b"334 UGFzc3dvcmQ6\r\n"), C(b"{B}\r\n"), begun=True)
    talk("AUTH CRAM-MD5", *hello, C(b"AUTH CRAM-MD5\r\n"), S(b"334 PDEyM0BoPg==\r\n"), C(with_line(b"", digest)))
    talk("AUTH XOAUTH2, initial response", with_line(b"AUTH XOAUTH2 ", bearer))
    talk("AUTH XOAUTH2", C(b"AUTH XOAUTH2\r\n"), go_on, C(with_line(b"", bearer)))
    talk("AUTH NTLM", C(b"AUTH NTLM\r\n"), S(b"334 \r\n"), C(b"{B}{B}\r\n"))
    sasl_logins(talk, b"AUTH ", b"334 \r\n")
    talk("challenge", C(b"AUTH X\r\n"), S(b"334 {B}\r\n"))
    talk("server's first packet", S(b"334 {B}\r\n"))
    talk("answer", C(with_line(b"AUTH PLAIN ", lambda s: b"x")), S(b"535 password {S} is wrong\r\n"))
    talk("answer first", S(b"535 password {S} is wrong\r\n"))
    talk("unknown command", b"PASSWORD {S}\r\n")
    talk("sender with a token", b"MAIL FROM:<bounce+{S}@example.com>\r\n")
    talk("parameter of a sender", b"MAIL FROM:<bob@example.com> AUTH={S}\r\n")
    talk("mail", C(b"DATA\r\n"), S(b"354 go\r\n"), C(b"Subject: your password is {S}\r\n\r\nhi\r\n.\r\n"))
    talk("rest of a mail", b"Your password is {S}.\r\n", begun=True)
    talk("XCLIENT", b"XCLIENT LOGIN=bob PASSWORD={S}\r\n")
    p.tcp("imf", 25, "header of a mail", C(b"EHLO c\r\n"), S(b"250 hi\r\n"), C(b"MAIL FROM:<a@b>\r\n"), S(
        b"250 ok\r\n"), C(b"RCPT TO:<b@b>\r\n"), S(b"250 ok\r\n"), C(b"DATA\r\n"), S(b"354 go\r\n"),
        C(b"From: a@b\r\nSubject: password {S}\r\n\r\nhi\r\n.\r\n"), S(b"250 ok\r\n"))


@case("smtp")
def nntp(p):
    def talk(place, *turns, **more):
        p.tcp("nntp", 119, place, *turns, **more)
    talk("AUTHINFO", S(b"200 ready\r\n"), C(b"AUTHINFO USER bob\r\n"), S(b"381 more\r\n"),
         C(b"AUTHINFO PASS {S}\r\n"))
    talk("first packet", b"AUTHINFO PASS {S}\r\n")
    talk("lower case", b"authinfo pass {S}\r\n")
    talk("tab", b"AUTHINFO\tPASS\t{S}\r\n")
    talk("two blanks", b"AUTHINFO  PASS  {S}\r\n")
    talk("pipelined", b"AUTHINFO USER bob\r\nAUTHINFO PASS {S}\r\n")
    talk("SIMPLE", C(b"AUTHINFO SIMPLE\r\n"), S(b"350 go on\r\n"), C(b"bob {S}\r\n"))
    talk("SIMPLE, begun before the capture", b"bob {S}\r\n", begun=True)
    talk("SASL", with_line(b"AUTHINFO SASL PLAIN ", plain))
    talk("SASL, next line", C(b"AUTHINFO SASL PLAIN\r\n"), S(b"383 =\r\n"), C(with_line(b"", plain)))
    talk("GENERIC", b"AUTHINFO GENERIC bob {S}\r\n")
    talk("two segments", C(b"AUTHINFO PASS {S1}", b"{S2}\r\n"))
    talk("second segment", C(b"AUTHINFO PASS ", b"{S}\r\n"))
    talk("XSECRET", b"XSECRET bob {S}\r\n")
    talk("answer", S(b"481 password {S} is wrong\r\n"))


@case("smtp")
def acap(p):
    p.tcp("acap", 674, "AUTHENTICATE", S(b'* ACAP (IMPLEMENTATION "x")\r\n'), C(with_line(
        b'a1 AUTHENTICATE "PLAIN" ', plain)))
    p.tcp("acap", 674, "first packet", with_line(b'a1 AUTHENTICATE "PLAIN" ', plain))
    p.tcp("acap", 674, "literal", C(b'a1 AUTHENTICATE "PLAIN" {16+}\r\n{S}\r\n'))
    p.tcp("acap", 674, "answer", S(b'a1 NO "password {S} is wrong"\r\n'))


@case("smtp")
def sieve(p):
    """Wireshark has no dissector for ManageSieve."""
    p.tcp("tcp", 4190, "AUTHENTICATE", S(b'"SASL" "PLAIN"\r\nOK\r\n'), C(with_line(
        b'AUTHENTICATE "PLAIN" "', plain, b'"\r\n')))
