"""Secrets in calls and pictures: SIP, SDP, RTSP, MGCP, Megaco, IAX, STUN, MSRP, Skinny, ...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

from planted import C, S, case, filled

HEAD = b"Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:bob@h>;tag=1\r\nTo: <sip:al@h>\r\nCall-ID: 1@h\r\n"


def sip(line, *fields, body=b"", kind=b"application/sdp", number=1, head=HEAD):
    def make(secret):
        content = filled(body, secret)
        method = b"REGISTER" if line.startswith(b"SIP/") else line.split(b" ")[0]
        return filled(line + b"\r\n" + head + b"CSeq: %d %s\r\n" % (number, method) + b"".join(
            field + b"\r\n" for field in fields) + (b"Content-Type: " + kind + b"\r\n" if body else b""), secret) + \
            b"Content-Length: %d\r\n\r\n" % len(content) + content
    return make


@case("sip")
def sip_messages(p):
    def talk(place, *turns, port=5060, layer="sip"):
        p.udp(layer, port, place, *turns, sport=5060)
    talk("user info", sip(b"REGISTER sip:bob:{S}@h SIP/2.0"))
    talk("user info, percent", sip(b"REGISTER sip:bob:{P}@h SIP/2.0"))
    talk("user info, INVITE", sip(b"INVITE sip:bob:{S}@h SIP/2.0"))
    talk("user info, sips", sip(b"REGISTER sips:bob:{S}@h SIP/2.0"))
    talk("user info, upper case", sip(b"REGISTER SIP:bob:{S}@h SIP/2.0"))
    talk("user info, token as a user", sip(b"INVITE sip:{S}@h SIP/2.0"))
    talk("URI parameter", sip(b"REGISTER sip:h;token={S} SIP/2.0"))
    talk("URI parameter without a key", sip(b"REGISTER sip:h;{S} SIP/2.0"))
    talk("URI header", sip(b"INVITE sip:bob@h?Authorization={S} SIP/2.0"))
    talk("tel", sip(b"INVITE tel:+1;password={S} SIP/2.0"))
    talk("dialled PIN", sip(b"INVITE sip:123,,{S}@h SIP/2.0"))
    talk("From", sip(b"REGISTER sip:h SIP/2.0", head=HEAD.replace(b"sip:bob@h", b"sip:bob:{S}@h")))
    talk("To", sip(b"REGISTER sip:h SIP/2.0", head=HEAD.replace(b"sip:al@h", b"sip:al:{S}@h")))
    talk("Contact", sip(b"REGISTER sip:h SIP/2.0", b"Contact: <sip:bob:{S}@h>;token={S}"))
    talk("Call-ID", sip(b"REGISTER sip:h SIP/2.0", head=HEAD.replace(b"1@h", b"{S}@h")))
    talk("tag", sip(b"REGISTER sip:h SIP/2.0", head=HEAD.replace(b"tag=1", b"tag={S}")))
    talk("branch", sip(b"REGISTER sip:h SIP/2.0", head=HEAD.replace(b"bK1", b"bK{S}")))
    talk("Authorization", sip(b"REGISTER sip:h SIP/2.0", b'Authorization: Digest username="bob",realm="r",nonce="n",'
                              b'uri="sip:h",response="{S}"'))
    talk("Authorization: Basic", sip(b"REGISTER sip:h SIP/2.0", b"Authorization: Basic {B}"))
    talk("Proxy-Authorization", sip(b"INVITE sip:al@h SIP/2.0", b'Proxy-Authorization: Digest username="bob",'
                                    b'response="{S}"'))
    talk("Subject", sip(b"INVITE sip:al@h SIP/2.0", b"Subject: PIN {S}"))
    talk("Refer-To", sip(b"REFER sip:al@h SIP/2.0", b"Refer-To: <sip:x:{S}@h?Replaces={S}>"))
    talk("challenge", C(sip(b"REGISTER sip:h SIP/2.0")), S(sip(b"SIP/2.0 401 Unauthorized", b"WWW-Authenticate: Digest "
                                                               b'realm="r",nonce="{S}"')))
    talk("reason", C(sip(b"REGISTER sip:h SIP/2.0")), S(sip(b"SIP/2.0 403 password {S} is wrong")))
    talk("reason in the first packet", S(sip(b"SIP/2.0 403 password {S} is wrong")))
    talk("MESSAGE", sip(b"MESSAGE sip:al@h SIP/2.0", body=b"the password is {S}", kind=b"text/plain"))
    talk("INFO, tones", sip(b"INFO sip:al@h SIP/2.0", body=b"Signal={S}\r\nDuration=100\r\n",
                            kind=b"application/dtmf-relay"))
    sdp = b"v=0\r\no=bob 1 1 IN IP4 10.0.0.1\r\ns=%s\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n%sm=audio 4000 RTP/AVP 0\r\n%s"
    talk("SDP: key", sip(b"INVITE sip:al@h SIP/2.0", body=sdp % (b"-", b"k=clear:{S}\r\n", b"")))
    talk("SDP: key, base64", sip(b"INVITE sip:al@h SIP/2.0", body=sdp % (b"-", b"k=base64:{B}\r\n", b"")))
    talk("SDP: crypto", sip(b"INVITE sip:al@h SIP/2.0", body=sdp % (
        b"-", b"", b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{S}\r\n")))
    talk("SDP: ICE", sip(b"INVITE sip:al@h SIP/2.0", body=sdp % (b"-", b"a=ice-ufrag:x\r\na=ice-pwd:{S}\r\n", b"")))
    talk("SDP: name of the session", sip(b"INVITE sip:al@h SIP/2.0", body=sdp % (b"PIN {S}", b"", b"")))
    talk("two requests", C(sip(b"OPTIONS sip:h SIP/2.0")), C(sip(b"REGISTER sip:bob:{S}@h SIP/2.0", number=2)))
    p.tcp("sip", 5060, "TCP", sip(b"REGISTER sip:bob:{S}@h SIP/2.0"))
    p.tcp("sip", 5060, "TCP, second segment", C(b"REGISTER sip:bob:", sip(b"{S}@h SIP/2.0")))
    p.udp("sap", 9875, "announcement", lambda s: b"\x20\0\0\1\x0a\0\0\1application/sdp\0" + filled(
        sdp % (b"PIN {S}", b"k=clear:{S}\r\n", b""), s), group="224.2.127.254")
    p.tcp("mrcpv2", 6075, "MRCP", b"MRCP/2.0 90 SET-PARAMS 1\r\nChannel-Identifier: {S}@x\r\n"
          b"Vendor-Specific-Parameters: pin={S}\r\n\r\n")
    p.tcp("msrp", 2855, "MSRP", b"MSRP a1 SEND\r\nTo-Path: msrp://h:2855/{S};tcp\r\nFrom-Path: msrp://bob:{S}@h:1/b;tcp"
          b"\r\nMessage-ID: 1\r\nContent-Type: text/plain\r\n\r\npassword {S}\r\n-------a1$\r\n")


@case("rtsp")
def rtsp(p):
    def talk(place, *turns, **more):
        p.tcp("rtsp", 554, place, *turns, **more)
    end = b" RTSP/1.0\r\nCSeq: 1\r\n"
    talk("user info", b"DESCRIBE rtsp://bob:{S}@h/a" + end + b"\r\n")
    talk("user info, OPTIONS", b"OPTIONS rtsp://bob:{S}@h/a" + end + b"\r\n")
    talk("user info, percent", b"DESCRIBE rtsp://bob:{P}@h/a" + end + b"\r\n")
    talk("user info, token alone", b"DESCRIBE rtsp://{S}@h/a" + end + b"\r\n")
    talk("user info, upper case", b"DESCRIBE RTSP://bob:{S}@h/a" + end + b"\r\n")
    talk("query", b"DESCRIBE rtsp://h/a?token={S}" + end + b"\r\n")
    talk("query, camera", b"DESCRIBE rtsp://h/user=admin&password={S}&channel=1&stream=0.sdp?" + end + b"\r\n")
    talk("path with a user", b"DESCRIBE rtsp://h/user=admin_password={S}_channel=1" + end + b"\r\n")
    talk("path token", b"SETUP rtsp://h/live/{S}/trackID=1" + end + b"\r\n")
    talk("relative", b"DESCRIBE /a?token={S}" + end + b"\r\n")
    talk("Authorization: Basic", b"DESCRIBE rtsp://h/a" + end + b"Authorization: Basic {B}\r\n\r\n")
    talk("Authorization: Digest", b"DESCRIBE rtsp://h/a" + end + b"Authorization: Digest response=\"{S}\"\r\n\r\n")
    talk("Session", b"PLAY rtsp://h/a" + end + b"Session: {S}\r\n\r\n")
    talk("answer", C(b"DESCRIBE rtsp://h/a" + end + b"\r\n"), S(
        b"RTSP/1.0 401 token {S} is wrong\r\nCSeq: 1\r\nWWW-Authenticate: Digest nonce=\"{S}\"\r\n\r\n"))
    talk("session of the answer", C(b"SETUP rtsp://h/a" + end + b"\r\n"), S(
        b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nSession: {S}\r\n\r\n"))
    talk("location", C(b"DESCRIBE rtsp://h/a" + end + b"\r\n"), S(
        b"RTSP/1.0 302 Found\r\nCSeq: 1\r\nLocation: rtsp://bob:{S}@h/\r\n\r\n"))
    talk("parameter", b"SET_PARAMETER rtsp://h/a" + end + b"Content-Type: text/parameters\r\nContent-Length: 26\r\n\r\n"
         b"password: {S}")
    talk("lower case", b"describe rtsp://bob:{S}@h/a" + end + b"\r\n")
    talk("second segment", C(b"DESCRIBE rtsp://bob:", b"{S}@h/a" + end + b"\r\n"))
    talk("second request", C(b"OPTIONS *" + end + b"\r\n"), C(b"DESCRIBE rtsp://bob:{S}@h/a" + end + b"\r\n"))
    talk("begun before the capture", b"DESCRIBE rtsp://bob:{S}@h/a" + end + b"\r\n", begun=True)
    talk("rest of a line", b"{S}@h/a" + end + b"\r\n", begun=True)


@case("voice")
def gateways(p):
    p.udp("mgcp", 2427, "key", b"CRCX 1 aaln/1@h MGCP 1.0\r\nC: 1\r\nL: k:clear:{S}\r\n\r\n")
    p.udp("mgcp", 2427, "dialled", b"NTFY 1 aaln/1@h MGCP 1.0\r\nX: 1\r\nO: {S}\r\n\r\n")
    p.udp("mgcp", 2427, "digit map", b"RQNT 1 aaln/1@h MGCP 1.0\r\nX: {S}\r\nR: D/[0-9](D)\r\n\r\n")
    p.udp("mgcp", 2427, "answer", C(b"AUEP 1 aaln/1@h MGCP 1.0\r\n\r\n"), S(b"200 1 password {S}\r\n\r\n"))
    p.udp("mgcp", 2427, "answer first", S(b"500 1 password {S}\r\n\r\n"))
    p.udp("megaco", 2944, "error", b'!/1 [10.0.0.1]:2944 P=1{ER=401{"password {S} is wrong"}}')
    p.udp("megaco", 2944, "authentication", b"AU=0x1:0x2:0x{H} !/1 [10.0.0.1]:2944 T=1{C=1{A=x}}")


def iax(*elements, subclass=13, frame_type=6):
    return b"\x80\1\0\0" + struct.pack("!IBBBB", 1, 0, 0, frame_type, subclass) + b"".join(
        bytes([kind, len(value)]) + value for kind, value in elements)


@case("voice")
def calls(p):
    p.udp("iax2", 4569, "digest", lambda s: iax((6, b"bob"), (16, s)))
    p.udp("iax2", 4569, "password", lambda s: iax((6, b"bob"), (7, s)))
    p.udp("iax2", 4569, "challenge", lambda s: iax((6, b"bob"), (15, s), subclass=14))
    p.udp("iax2", 4569, "called number", lambda s: iax((1, s), (6, b"bob"), subclass=1))
    p.udp("iax2", 4569, "cause", lambda s: iax((22, b"password " + s), subclass=6))
    p.udp("iax2", 4569, "text", lambda s: iax(subclass=0, frame_type=7) + b"password " + s)

    def stun(kind, *attributes):
        body = b"".join(struct.pack("!HH", number, len(value)) + value + bytes(-len(value) % 4)
                        for number, value in attributes)
        return struct.pack("!HHI", kind, len(body), 0x2112A442) + b"t" * 12 + body
    p.udp("stun", 3478, "password", lambda s: stun(2, (7, s)))
    p.udp("stun", 3478, "nonce", lambda s: stun(0x113, (9, b"\0\0\4\1no"), (0x15, s)))
    p.udp("stun", 3478, "reason", lambda s: stun(0x111, (9, b"\0\0\4\1token " + s)))
    p.udp("stun", 3478, "token", lambda s: stun(3, (0x801b, s)))
    p.tcp("skinny", 2000, "device", lambda s: struct.pack("<III", 4 + 36, 0, 1) + s + bytes(20))
    p.tcp("skinny", 2000, "text shown", S(lambda s: struct.pack("<III", 4 + 32, 0, 0x99) + s + bytes(16)))
