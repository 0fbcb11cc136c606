"""Secrets in chat and messages: IRC, XMPP, MSNP, YMSG, OSCAR, MQTT, AMQP, STOMP, ...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

from planted import C, S, case


@case("irc")
def irc(p):
    def talk(place, *turns, **more):
        p.tcp("irc", 6667, place, *turns, **more)
    talk("PASS", b"PASS {S}\r\n")
    talk("PASS with a colon", b"PASS :{S}\r\n")
    talk("PASS: ", b"PASS: {S}\r\n")
    talk("lower case", b"pass {S}\r\n")
    talk("tab", b"PASS\t{S}\r\n")
    talk("two blanks", b"PASS  {S}\r\n")
    talk("pipelined", b"NICK bob\r\nUSER bob 0 * :Bob\r\nPASS {S}\r\n")
    talk("pipelined, first", b"PASS {S}\r\nNICK bob\r\nUSER bob 0 * :Bob\r\n")
    talk("after a prefix", b":bob!b@h PASS {S}\r\n")
    talk("two segments", C(b"PASS {S1}", b"{S2}\r\n"))
    talk("second segment", C(b"PASS ", b"{S}\r\n"))
    talk("sent twice", C(b"PASS {S}\r\n", again=True))
    talk("begun before the capture", b"SS {S}\r\n", begun=True)
    talk("rest of a line", b"{S}\r\n", begun=True)
    talk("USER and password of a bouncer", b"PASS bob/net:{S}\r\n")
    talk("OPER", b"OPER bob {S}\r\n")
    talk("NICKSERV", b"NICKSERV IDENTIFY {S}\r\n")
    talk("NICKSERV with account", b"NICKSERV IDENTIFY bob {S}\r\n")
    talk("NS", b"NS IDENTIFY {S}\r\n")
    talk("IDENTIFY", b"IDENTIFY {S}\r\n")
    talk("PRIVMSG NickServ", b"PRIVMSG NickServ :identify {S}\r\n")
    talk("PRIVMSG NickServ@services", b"PRIVMSG NickServ@services.example :IDENTIFY bob {S}\r\n")
    talk("PRIVMSG Q", b"PRIVMSG Q@CServe.quakenet.org :AUTH bob {S}\r\n")
    talk("PRIVMSG X", b"PRIVMSG X@channels.undernet.org :login bob {S}\r\n")
    talk("NickServ REGISTER", b"PRIVMSG NickServ :REGISTER {S} bob@example.com\r\n")
    talk("NickServ GHOST", b"PRIVMSG NickServ :GHOST bob {S}\r\n")
    talk("NickServ SET PASSWORD", b"PRIVMSG NickServ :SET PASSWORD {S}\r\n")
    talk("key of a channel", b"JOIN #x {S}\r\n")
    talk("key set", b"MODE #x +k {S}\r\n")
    talk("AUTHENTICATE", C(b"AUTHENTICATE PLAIN\r\n"), S(b"AUTHENTICATE +\r\n"), C(b"AUTHENTICATE {B}\r\n"))
    talk("AUTHENTICATE first", b"AUTHENTICATE {B}\r\n")
    talk("message", b"PRIVMSG #x :my password is {S}\r\n")
    talk("topic", S(b":h 332 bob #x :password {S}\r\n"))
    talk("server's answer", S(b":h 464 bob :Password {S} incorrect\r\n"))
    talk("notice", S(b":NickServ!s@h NOTICE bob :your password is {S}\r\n"))
    talk("server link", b"PASS {S} TS 6 :0AB\r\n")
    talk("WEBIRC", b"WEBIRC {S} gateway host 10.0.0.1\r\n")
    talk("DIE", b"DIE {S}\r\n")
    talk("base64", b"PASS {B}\r\n")
    talk("percent", b"PASS {P}\r\n")


@case("chat")
def xmpp(p):
    hello = C(b"<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
              b"xmlns:stream='http://etherx.jabber.org/streams' to='h'>")
    p.tcp("xmpp", 5222, "iq auth password", hello, C(
        b"<iq type='set' id='a'><query xmlns='jabber:iq:auth'><username>bob</username>"
        b"<password>{S}</password></query></iq>"))
    p.tcp("xmpp", 5222, "iq auth digest", hello, C(
        b"<iq type='set' id='a'><query xmlns='jabber:iq:auth'><username>bob</username>"
        b"<digest>{S}</digest></query></iq>"))
    p.tcp("xmpp", 5222, "SASL PLAIN", hello, C(
        b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{B}</auth>"))
    p.tcp("xmpp", 5222, "SASL in the first packet",
          b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{B}</auth>", begun=True)
    p.tcp("xmpp", 5222, "response", hello, C(
        b"<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{B}</response>"))
    p.tcp("xmpp", 5222, "challenge", hello, S(
        b"<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{B}</challenge>"))
    p.tcp("xmpp", 5222, "message", hello, C(b"<message to='a@h'><body>password {S}</body></message>"))
    p.tcp("xmpp", 5222, "registration", hello, C(
        b"<iq type='set' id='a'><query xmlns='jabber:iq:register'><username>bob</username>"
        b"<password>{S}</password></query></iq>"))
    p.tcp("xmpp", 5222, "id", hello, C(b"<iq type='get' id='{S}'><ping xmlns='urn:xmpp:ping'/></iq>"))


@case("chat")
def messengers(p):
    p.tcp("msnms", 1863, "USR", b"USR 4 MD5 S {S}\r\n")
    p.tcp("msnms", 1863, "ticket", b"USR 8 TWN S t={S}&p={S}\r\n")
    p.tcp("msnms", 1863, "cookie", b"ANS 1 bob@h {S} 11752013\r\n")
    p.tcp("msnms", 1863, "cookie of the server", S(b"XFR 15 SB 10.0.0.1:1863 CKI {S}\r\n"))
    p.tcp("msnms", 1863, "message", b"MSG 4 N 40\r\nMIME-Version: 1.0\r\n\r\npassword {S}")

    def ymsg(service, *pairs):
        def make(secret):
            body = b"".join(key + b"\xc0\x80" + value.replace(b"{S}", secret) + b"\xc0\x80"
                            for key, value in pairs)
            return b"YMSG" + struct.pack("!HHHHII", 16, 0, len(body), service, 0, 0) + body
        return make
    p.tcp("ymsg", 5050, "login", ymsg(0x54, (b"0", b"bob"), (b"6", b"{S}"), (b"96", b"{S}")))
    p.tcp("ymsg", 5050, "cookie", S(ymsg(0x55, (b"59", b"Y\tv={S}"))))
    p.tcp("ymsg", 5050, "message", ymsg(0x06, (b"0", b"bob"), (b"14", b"password {S}")))

    def flap(channel, body):
        return b"\x2a" + struct.pack("!BHH", channel, 1, len(body)) + body

    def tlv(kind, value):
        return struct.pack("!HH", kind, len(value)) + value
    p.decode_as += ["tcp.port==5190,aim"]
    p.tcp("aim", 5190, "roasted password", lambda s: flap(1, struct.pack("!I", 1) + tlv(1, b"bob") + tlv(2, s)))
    p.tcp("aim", 5190, "cookie", lambda s: flap(1, struct.pack("!I", 1) + tlv(6, s)))
    p.tcp("aim", 5190, "digest", lambda s: flap(2, struct.pack("!HHHI", 0x17, 2, 0, 1) + tlv(1, b"bob") + tlv(
        0x25, s)))
    p.udp("icq", 4000, "login", lambda s: struct.pack("<HHHHI", 2, 1000, 1, 0, 12345) + struct.pack(
        "<IH", 1, len(s) + 1) + s + b"\0")
    p.udp("oicq", 8000, "login", lambda s: b"\2\x11\x13\0\x22\0\1" + struct.pack("!I", 12345) + s + b"\3")


@case("chat")
def queries_by_text(p):
    """Services whose port Wireshark knows nothing about: TeamSpeak, STOMP, ManageSieve, beanstalk, NATS, ..."""
    p.tcp("tcp", 10011, "TeamSpeak login", S(b"TS3\n\r"), C(b"login bob {S}\n\r"))
    p.tcp("tcp", 61613, "STOMP", b"CONNECT\nlogin:bob\npasscode:{S}\n\n\0")
    p.tcp("tcp", 4222, "NATS", b'CONNECT {"user":"bob","pass":"{S}"}\r\n')
    p.tcp("tcp", 10051, "Zabbix", b'ZBXD\1\x40\0\0\0\0\0\0\0{"request":"x","psk":"{S}"}')
    p.tcp("tcp", 6600, "MPD", b"password {S}\n")
    p.tcp("tcp", 9051, "Tor control", b'AUTHENTICATE "{S}"\r\n')
    p.tcp("tcp", 5038, "Asterisk", b"Action: Login\r\nUsername: bob\r\nSecret: {S}\r\n\r\n")
    p.tcp("tcp", 8021, "FreeSWITCH", b"auth {S}\n\n")
    p.tcp("tcp", 3493, "NUT", b"USERNAME bob\nPASSWORD {S}\n")
    p.tcp("tcp", 4712, "text", b"user bob pass {S}\r\n")
    p.tcp("tcp", 4712, "text of the server", S(b"password for bob is {S}\r\n"))
    p.tcp("tcp", 4712, "JSON", b'{"user":"bob","password":"{S}"}\n')
    p.tcp("tcp", 4712, "base64", b"token {B}\n")
    p.tcp("tcp", 4712, "UTF-16", b"{W}")
    p.udp("udp", 4713, "text", b"user bob pass {S}")
    p.udp("udp", 4713, "hexadecimal", b"key={H}")
    p.udp("udp", 4713, "answer", C(b"x"), S(b"user bob pass {S}"))


def mqtt_text(text):
    return struct.pack("!H", len(text)) + text


def mqtt(kind, body):
    return bytes([kind, len(body)]) + body


@case("queues")
def queue_mqtt(p):
    def connect(secret, flags=0xc2, version=4, will=b"", client=b"c"):
        return mqtt(0x10, mqtt_text(b"MQTT") + bytes([version, flags, 0, 60]) + mqtt_text(client) + will +
                    mqtt_text(b"bob") + mqtt_text(secret))
    p.tcp("mqtt", 1883, "password", connect)
    p.tcp("mqtt", 1883, "token as client", lambda s: connect(b"x", client=s))
    p.tcp("mqtt", 1883, "token as user", lambda s: mqtt(0x10, mqtt_text(b"MQTT") + bytes(
        [4, 0x82, 0, 60]) + mqtt_text(b"c") + mqtt_text(s)))
    p.tcp("mqtt", 1883, "will", lambda s: connect(b"x", 0xc6, will=mqtt_text(b"t") + mqtt_text(s)))
    p.tcp("mqtt", 1883, "topic", C(lambda s: connect(b"x")), S(b"\x20\2\0\0"), C(
        lambda s: mqtt(0x30, mqtt_text(b"v1/devices/" + s + b"/telemetry") + b"1")))
    p.tcp("mqtt", 1883, "topic in the first packet", lambda s: mqtt(0x30, mqtt_text(b"token/" + s) + b"1"),
          begun=True)
    p.tcp("mqtt", 1883, "subscription", lambda s: mqtt(0x82, b"\0\1" + mqtt_text(b"x/token=" + s) + b"\0"),
          begun=True)
    p.tcp("mqtt", 1883, "message", lambda s: mqtt(0x30, mqtt_text(b"t") + b'{"password":"' + s + b'"}'),
          begun=True)
    p.tcp("mqtt", 1883, "several messages", lambda s: mqtt(0x30, mqtt_text(b"a") + b"1") + mqtt(
        0x30, mqtt_text(b"token/" + s) + b"1"), begun=True)
    p.decode_as += ["udp.port==1884,mqttsn"]
    p.udp("mqttsn", 1884, "topic name", lambda s: bytes([6 + len(s), 0x0a, 0, 0, 0, 1]) + s)


@case("queues")
def queue_amqp(p):
    def frame(kind, body):
        return struct.pack("!BHI", kind, 0, len(body)) + body + b"\xce"

    def long(text):
        return struct.pack("!I", len(text)) + text

    def short(text):
        return bytes([len(text)]) + text
    hello = C(b"AMQP\0\0\x09\1")
    start = S(frame(1, struct.pack("!HHBB", 10, 10, 0, 9) + long(b"") + long(b"PLAIN") + long(b"en_US")))
    p.tcp("amqp", 5672, "PLAIN", hello, start, C(lambda s: frame(
        1, struct.pack("!HH", 10, 11) + long(b"") + short(b"PLAIN") + long(b"\0bob\0" + s) + short(b"en_US"))))
    p.tcp("amqp", 5672, "AMQPLAIN", hello, start, C(lambda s: frame(
        1, struct.pack("!HH", 10, 11) + long(b"") + short(b"AMQPLAIN") + long(
            short(b"PASSWORD") + b"S" + long(s)) + short(b"en_US"))))
    p.tcp("amqp", 5672, "routing key", hello, start, C(lambda s: frame(
        1, struct.pack("!HHH", 60, 40, 0) + short(b"x") + short(b"token." + s) + b"\0")))
    p.tcp("amqp", 5672, "exchange in the first packets", hello, C(lambda s: frame(
        1, struct.pack("!HHH", 40, 10, 0) + short(b"token-" + s) + short(b"direct") + b"\0" + long(b""))))
    p.tcp("amqp", 5672, "queue", hello, C(lambda s: frame(
        1, struct.pack("!HHH", 50, 10, 0) + short(b"token-" + s) + b"\0" + long(b""))))
    p.tcp("amqp", 5672, "reason to close", hello, S(lambda s: frame(
        1, struct.pack("!HHH", 10, 50, 403) + short(b"password " + s + b" is wrong") + struct.pack("!HH", 0, 0))))


@case("queues")
def queue_openwire(p):
    def text(value):
        return b"\1" + struct.pack("!H", len(value)) + value
    p.decode_as += ["tcp.port==61616,openwire"]
    p.tcp("openwire", 61616, "ConnectionInfo", lambda s: (lambda b: struct.pack("!I", len(b)) + b)(
        b"\3" + struct.pack("!IB", 1, 1) + b"\1\x78" + text(b"ID:1") + text(b"client") + text(s) + text(b"bob") +
        bytes(8)))


@case("queues")
def queue_kafka(p):
    def text(value):
        return struct.pack("!H", len(value)) + value

    def request(api, version, body):
        body = struct.pack("!HHI", api, version, 1) + text(b"client") + body
        return struct.pack("!I", len(body)) + body
    p.tcp("kafka", 9092, "SaslAuthenticate", lambda s: request(
        36, 0, struct.pack("!I", len(s) + 5) + b"\0bob\0" + s))
    p.tcp("kafka", 9092, "client", lambda s: (lambda b: struct.pack("!I", len(b)) + b)(
        struct.pack("!HHI", 18, 0, 1) + text(s)))
    p.tcp("kafka", 9092, "topic", lambda s: request(3, 0, struct.pack("!I", 1) + text(s)))


@case("queues")
def queue_gearman_and_hpfeeds(p):
    p.tcp("gearman", 4730, "unique id", lambda s: (lambda b: b"\0REQ" + struct.pack("!II", 7, len(b)) + b)(
        b"f\0" + s + b"\0password=" + s))
    p.decode_as += ["tcp.port==10000,hpfeeds"]
    p.tcp("hpfeeds", 10000, "auth", lambda s: (lambda b: struct.pack("!IB", len(b) + 5, 2) + b)(
        b"\3bob" + s + b"abcd"))
    p.tcp("hpfeeds", 10000, "channel", lambda s: (lambda b: struct.pack("!IB", len(b) + 5, 3) + b)(
        b"\3bob" + bytes([len(s)]) + s + b"data"))
