"""Secrets in databases and caches: MySQL, PostgreSQL, SQL Server, MongoDB, Redis, memcached, Oracle, DB2, ...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

from planted import C, S, case, filled

SQL = ("SET PASSWORD FOR bob = '{S}'", "SET PASSWORD = PASSWORD('{S}')", "CREATE USER bob IDENTIFIED BY '{S}'",
       "GRANT ALL ON *.* TO bob IDENTIFIED BY '{S}'", "ALTER USER bob IDENTIFIED BY \"{S}\"",
       "ALTER USER bob WITH PASSWORD '{S}'", "CREATE LOGIN bob WITH PASSWORD = '{S}'",
       "ALTER LOGIN sa WITH PASSWORD = '{S}' OLD_PASSWORD = '{S}'", "ALTER ROLE bob PASSWORD '{S}'",
       "CHANGE MASTER TO MASTER_PASSWORD='{S}'", "UPDATE users SET hash = '{S}' WHERE name = 'bob'",
       "SELECT * FROM users WHERE name='bob' AND password='{S}'", "INSERT INTO tokens VALUES (1, '{S}')",
       "SELECT pgp_sym_decrypt(x, '{S}')", "EXEC sp_password 'old', '{S}', 'bob'", "set  password  for bob = '{S}'",
       "SELECT 1 -- {S}", "SELECT dblink('host=h password={S}')", "SELECT X'{H}'")


@case("databases")
def redis(p):
    def command(*words):
        return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)

    def talk(place, *words, **more):
        p.tcp("resp", 6379, place, lambda s: command(*(filled(word, s) for word in words)), **more)
    talk("AUTH", b"AUTH", b"{S}")
    talk("AUTH, user", b"AUTH", b"bob", b"{S}")
    talk("AUTH, lower case", b"auth", b"{S}")
    talk("HELLO", b"HELLO", b"3", b"AUTH", b"bob", b"{S}")
    talk("CONFIG SET requirepass", b"CONFIG", b"SET", b"requirepass", b"{S}")
    talk("CONFIG SET masterauth", b"config", b"set", b"masterauth", b"{S}")
    talk("ACL SETUSER", b"ACL", b"SETUSER", b"bob", b"on", b">{S}", b"~*", b"+@all")
    talk("ACL SETUSER, hash", b"ACL", b"SETUSER", b"bob", b"#{H}")
    talk("MIGRATE", b"MIGRATE", b"h", b"6379", b"", b"0", b"5000", b"AUTH", b"{S}", b"KEYS", b"a")
    talk("MIGRATE AUTH2", b"MIGRATE", b"h", b"6379", b"", b"0", b"5000", b"AUTH2", b"bob", b"{S}", b"KEYS", b"a")
    talk("SET", b"SET", b"session", b"{S}")
    talk("GET", b"GET", b"session:{S}")
    talk("SENTINEL SET", b"SENTINEL", b"SET", b"m", b"auth-pass", b"{S}")
    talk("EVAL", b"EVAL", b"return redis.call('auth','{S}')", b"0")
    talk("begun before the capture", b"AUTH", b"{S}", begun=True)
    p.tcp("resp", 6379, "inline", b"AUTH {S}\r\n")
    p.tcp("resp", 6379, "inline, two blanks", b"AUTH  {S}\r\n")
    p.tcp("resp", 6379, "pipelined", lambda s: command(b"PING") + command(b"AUTH", s))
    p.tcp("resp", 6379, "in pieces", C(b"*2\r\n$4\r\nAUTH\r\n$16\r\n", b"{S}\r\n"))
    p.tcp("resp", 6379, "halves", C(b"*2\r\n$4\r\nAUTH\r\n$16\r\n{S1}", b"{S2}\r\n"))
    p.tcp("resp", 6379, "second packet", C(b"*1\r\n$4\r\nPING\r\n"), C(lambda s: command(b"AUTH", s)))
    p.tcp("resp", 6379, "sent twice", C(lambda s: command(b"AUTH", s), again=True))
    p.tcp("resp", 6379, "error", C(b"*1\r\n$4\r\nPING\r\n"), S(b"-ERR unknown command 'AUHT', with args '{S}'\r\n"))
    p.tcp("resp", 6379, "answer", C(lambda s: command(b"GET", b"a")), S(b"$16\r\n{S}\r\n"))
    p.tcp("resp", 6379, "answer of CONFIG GET", S(b"*2\r\n$11\r\nrequirepass\r\n$16\r\n{S}\r\n"))


@case("databases")
def memcached(p):
    p.tcp("memcache", 11211, "set", b"set session:{S} 0 0 1\r\n1\r\n")
    p.tcp("memcache", 11211, "value", b"set auth 0 0 16\r\n{S}\r\n")
    p.tcp("memcache", 11211, "get", b"get session:{S}\r\n")
    p.tcp("memcache", 11211, "answer", C(b"get a\r\n"), S(b"VALUE session:{S} 0 1\r\n1\r\nEND\r\n"))
    p.tcp("memcache", 11211, "error", S(b"CLIENT_ERROR bad token {S}\r\n"))

    def binary(opcode, key, value):
        return struct.pack("!BBHBBHIIQ", 0x80, opcode, len(key), 0, 0, 0, len(key) + len(value), 0, 0) + key + value
    p.tcp("memcache", 11211, "SASL", lambda s: binary(0x21, b"PLAIN", b"\0bob\0" + s))
    p.tcp("memcache", 11211, "get, binary", lambda s: binary(0, b"session:" + s, b""))
    p.udp("memcache", 11211, "datagram", b"\0\1\0\0\0\1\0\0get session:{S}\r\n")


@case("sql")
def mysql(p):
    def packet(number, body):
        return struct.pack("<I", len(body))[:3] + bytes([number]) + body
    hello = S(packet(0, b"\x0a8.0.30\0" + struct.pack("<I", 7) + b"saltsalt\0" + struct.pack(
        "<HBHHB", 0xF7FF, 33, 2, 0x0008, 21) + bytes(10) + b"saltsaltsalt\0mysql_native_password\0"))
    login = packet(1, struct.pack("<IIB", 0x000AA205, 1 << 24, 33) + bytes(23) + b"bob\0" + bytes([20]) + b"h" * 20 +
                   b"mysql_native_password\0")
    ok = S(packet(2, b"\0\0\0\2\0\0\0"))
    p.preferences += ["mysql.show_sql_query:TRUE"]
    p.tcp("mysql", 3306, "answer to the challenge", hello, C(lambda s: login.replace(b"h" * 20, s + b"hhhh")))
    p.tcp("mysql", 3306, "cleartext plugin", hello, C(login), S(packet(2, b"\xfemysql_clear_password\0")), C(
        lambda s: packet(3, s + b"\0")))
    p.tcp("mysql", 3306, "connection attribute", hello, C(lambda s: packet(1, struct.pack(
        "<IIB", 0x001AA205, 1 << 24, 33) + bytes(23) + b"bob\0" + bytes([20]) + b"h" * 20 + b"mysql_native_password\0" +
        bytes([6 + len(s)]) + b"\4pass" + bytes([len(s)]) + s)))
    for text in SQL:
        p.tcp("mysql", 3306, text, lambda s: packet(0, b"\3" + filled(text.encode(), s)), begun=True)
    p.tcp("mysql", 3306, "query after a login", hello, C(login), ok, C(lambda s: packet(
        0, b"\3SET PASSWORD = '" + s + b"'")))
    p.tcp("mysql", 3306, "prepared", hello, C(login), ok, C(lambda s: packet(
        0, b"\x16SET PASSWORD = '" + s + b"'")))
    p.tcp("mysql", 3306, "database", hello, C(login), ok, C(lambda s: packet(0, b"\2" + s)))
    p.tcp("mysql", 3306, "change of user", hello, C(login), ok, C(lambda s: packet(0, b"\x11bob\0" + bytes(
        [16]) + s + b"db\0")))
    p.tcp("mysql", 3306, "error", hello, C(login), S(lambda s: packet(2, b"\xff" + struct.pack("<H", 1064) + (
        b"#42000syntax error near '" + s + b"'"))))


@case("sql")
def postgresql(p):
    def message(kind, body):
        return kind + struct.pack("!I", len(body) + 4) + body
    start = C(message(b"", struct.pack("!I", 196608) + b"user\0bob\0\0"))
    p.tcp("pgsql", 5432, "password", start, S(message(b"R", struct.pack("!I", 3))), C(
        lambda s: message(b"p", s + b"\0")))
    p.tcp("pgsql", 5432, "password, begun before the capture", lambda s: message(b"p", s + b"\0"), begun=True)
    p.tcp("pgsql", 5432, "MD5", start, S(message(b"R", struct.pack("!I", 5) + b"salt")), C(
        lambda s: message(b"p", b"md5" + s + s + b"\0")))
    p.tcp("pgsql", 5432, "SASL", start, S(message(b"R", struct.pack("!I", 10) + b"SCRAM-SHA-256\0\0")), C(
        lambda s: message(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", len(s) + 10) + b"n,,n=bob,r" + s)))
    p.tcp("pgsql", 5432, "option at the start", C(lambda s: message(
        b"", struct.pack("!I", 196608) + b"user\0bob\0options\0-c password=" + s + b"\0\0")))
    for text in SQL:
        p.tcp("pgsql", 5432, text, lambda s: message(b"Q", filled(text.encode(), s) + b"\0"), begun=True)
    p.tcp("pgsql", 5432, "query after a login", start, S(message(b"R", bytes(4)) + message(b"Z", b"I")), C(
        lambda s: message(b"Q", b"ALTER ROLE bob PASSWORD '" + s + b"'\0")))
    p.tcp("pgsql", 5432, "prepared", start, C(lambda s: message(
        b"P", b"a\0ALTER ROLE bob PASSWORD '" + s + b"'\0\0\0")))
    p.tcp("pgsql", 5432, "error", start, S(lambda s: message(
        b"E", b"SERROR\0C42601\0Msyntax error at '" + s + b"'\0\0")))
    p.tcp("pgsql", 5432, "notice", start, S(lambda s: message(b"A", bytes(4) + b"x\0token " + s + b"\0")))


@case("sql")
def sql_server(p):
    def packet(kind, body):
        return struct.pack("!BBHHBB", kind, 1, 8 + len(body), 0, 1, 0) + body

    def login(secret, user="bob", application="x"):
        texts = ["h", user, secret, application, "s", "", "", "", ""]
        offsets, data, at = b"", b"", 94
        for place, text in enumerate(texts):
            raw = text.encode("utf-16-le")
            if place == 2:
                raw = bytes((byte << 4 & 0xF0 | byte >> 4) ^ 0xA5 for byte in raw)
            offsets += struct.pack("<HH", at + len(data), len(text))
            data += raw
        offsets += bytes(6) + b"".join(struct.pack("<HH", at + len(data), 0) for _ in range(3)) + bytes(4)
        fixed = struct.pack("<IIIIIIBBBBiI", 0, 0x74000004, 4096, 7, 1, 0, 0xE0, 3, 0, 0, 0, 0x409)
        body = fixed + offsets + data
        return packet(0x10, struct.pack("<I", len(body)) + body[4:])

    def batch(text):
        return packet(1, struct.pack("<IIHQI", 22, 18, 2, 0, 1) + text.encode("utf-16-le"))
    p.tcp("tds", 1433, "login", lambda s: login(s.decode()))
    p.tcp("tds", 1433, "connection string as a program", lambda s: login("x", application="pwd=" + s.decode()))
    for text in SQL:
        p.tcp("tds", 1433, text, lambda s: batch(filled(text.encode(), s).decode()), begun=True)
    p.tcp("tds", 1433, "batch after a login", C(lambda s: login("x")), C(lambda s: batch(
        f"ALTER LOGIN sa WITH PASSWORD = '{s.decode()}'")))
    p.tcp("tds", 1433, "error", C(lambda s: batch("x")), S(lambda s: packet(4, (lambda b: b"\xaa" + struct.pack(
        "<H", len(b)) + b)(struct.pack("<IBBH", 207, 1, 14, len(s) + 6) + ("token " + s.decode()).encode(
            "utf-16-le") + b"\0\0" + struct.pack("<I", 1)))))


@case("databases")
def mongodb(p):
    def text(value):
        return struct.pack("<I", len(value) + 1) + value + b"\0"

    def document(*elements):
        body = b"".join(kind + name + b"\0" + value for kind, name, value in elements)
        return struct.pack("<I", len(body) + 5) + body + b"\0"

    def query(*elements, collection=b"admin.$cmd"):
        body = struct.pack("<I", 0) + collection + b"\0" + struct.pack("<ii", 0, -1) + document(*elements)
        return struct.pack("<IIII", 16 + len(body), 1, 0, 2004) + body

    def message(*elements):
        body = struct.pack("<IB", 0, 0) + document(*elements)
        return struct.pack("<IIII", 16 + len(body), 1, 0, 2013) + body
    p.decode_as += ["tcp.port==27017,mongo"]
    p.tcp("mongo", 27017, "saslStart", lambda s: query(
        (b"\x10", b"saslStart", struct.pack("<I", 1)), (b"\2", b"mechanism", text(b"PLAIN")), (
            b"\5", b"payload", struct.pack("<IB", len(s) + 5, 0) + b"\0bob\0" + s)))
    p.tcp("mongo", 27017, "saslStart, message", lambda s: message(
        (b"\x10", b"saslStart", struct.pack("<I", 1)), (b"\2", b"mechanism", text(b"PLAIN")), (
            b"\5", b"payload", struct.pack("<IB", len(s) + 5, 0) + b"\0bob\0" + s)))
    p.tcp("mongo", 27017, "createUser", lambda s: message(
        (b"\2", b"createUser", text(b"bob")), (b"\2", b"pwd", text(s))))
    p.tcp("mongo", 27017, "authenticate", lambda s: query(
        (b"\x10", b"authenticate", struct.pack("<I", 1)), (b"\2", b"user", text(b"bob")), (b"\2", b"key", text(s))))
    p.tcp("mongo", 27017, "collection", lambda s: query((b"\x10", b"a", bytes(4)), collection=b"db.token" + s))


@case("databases")
def oracle_and_db2(p):
    def tns(kind, body):
        return struct.pack("!HHBBH", 8 + len(body), 0, kind, 0, 0) + body

    def connect(data):
        head = struct.pack("!HHHHHHHHHHIBB", 314, 300, 0, 8192, 32767, 0x7F08, 0, 1, len(data), 58, 0, 0, 0)
        head += bytes(58 - 8 - len(head))
        return tns(1, head + data)
    p.tcp("tns", 1521, "connect data", lambda s: connect(
        b"(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=x)(CID=(PROGRAM=sqlplus bob/" + s + b")(USER=bob))))"))
    p.tcp("tns", 1521, "listener's password", lambda s: connect(
        b"(CONNECT_DATA=(COMMAND=stop)(ARGUMENTS=64)(PASSWORD=" + s + b"))"))
    p.tcp("tns", 1521, "refusal", C(lambda s: connect(b"(CONNECT_DATA=(SID=x))")), S(lambda s: tns(
        4, b"\1\0" + struct.pack("!H", len(s) + 6) + b"token " + s)))
    p.tcp("tns", 1521, "SQL", C(lambda s: connect(b"(CONNECT_DATA=(SID=x))")), C(lambda s: tns(
        6, b"\0\0\3\x5e" + b"ALTER USER bob IDENTIFIED BY " + s)))

    def drda(code, *parameters):
        body = b"".join(struct.pack("!HH", 4 + len(value), number) + value for number, value in parameters)
        return struct.pack("!HBBHHH", 10 + len(body), 0xD0, 1, 1, 4 + len(body), code) + body
    p.tcp("drda", 50000, "password", lambda s: drda(0x106E, (0x11A2, b"\0\3"), (0x11A0, "bob".encode(
        "cp037")), (0x11A1, s.decode().encode("cp037"))) * 1)
    p.tcp("drda", 50000, "password, ASCII", lambda s: drda(0x106E, (0x11A2, b"\0\3"), (0x11A0, b"bob"), (0x11A1, s)))
    p.tcp("drda", 50000, "SQL", lambda s: drda(0x2414, (0x2414, b"ALTER USER bob IDENTIFIED BY " + s)))


@case("databases")
def other_databases(p):
    def frame(opcode, body, version=4):
        return struct.pack("!BBHBI", version, 0, 1, opcode, len(body)) + body

    def long(value):
        return struct.pack("!I", len(value)) + value
    p.tcp("cql", 9042, "AUTH_RESPONSE", lambda s: frame(0x0F, long(b"\0bob\0" + s)))
    p.tcp("cql", 9042, "query", lambda s: frame(7, long(b"CREATE ROLE bob WITH PASSWORD = '" + s + b"'") + b"\0\1\0"))
    p.tcp("cql", 9042, "prepare", lambda s: frame(9, long(b"SELECT * FROM t WHERE token = '" + s + b"'")))
    p.tcp("cql", 9042, "error", C(lambda s: frame(5, b"")), S(lambda s: frame(0, struct.pack(
        "!IH", 0x100, len(s) + 9) + b"password " + s, 0x84)))

    def couch(opcode, key, value):
        return struct.pack("!BBHBBHIIQ", 0x80, opcode, len(key), 0, 0, 0, len(key) + len(value), 0, 0) + key + value
    p.tcp("couchbase", 11210, "SASL", lambda s: couch(0x21, b"PLAIN", b"\0bob\0" + s))
    p.tcp("couchbase", 11210, "key", lambda s: couch(0, b"session:" + s, b""))
