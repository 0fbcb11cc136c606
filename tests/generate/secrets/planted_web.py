"""Secrets in the web: addresses, header fields, bodies, proxies, WebSocket, HTTP/2, ICAP, CoAP, Gopher, ...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
import struct
import zlib

from planted import C, S, case, filled

KEYS = (
    "pass", "pwd", "password", "passwd", "pswd", "passphrase", "userpassword", "user[password]", "new-password",
    "token", "auth_token", "api_key", "apikey", "api-key", "x-api-key", "access_token", "refresh_token", "id_token",
    "accessToken", "sid", "session", "sessionid", "session_id", "jsessionid", "PHPSESSID", "ASPSESSIONID", "pin",
    "otp", "totp", "mfa", "code", "sig", "signature", "X-Amz-Signature", "X-Amz-Credential",
    "X-Amz-Security-Token", "X-Goog-Signature", "AWSAccessKeyId", "Signature", "se", "key", "subscription-key",
    "secret", "client_secret", "secretKey", "auth", "authorization", "authkey", "hash", "hmac", "nonce", "ticket",
    "SAMLResponse", "SAMLRequest", "RelayState", "assertion", "state", "csrf", "_token", "credential", "credentials",
    "login", "cred", "p", "pw", "h", "k", "invite", "reset", "confirm", "unlock",
    "mot_de_passe", "motdepasse", "mdp", "kennwort", "passwort", "losenord", "clave", "senha", "haslo", "wachtwoord",
    "heslo", "sifre", "parola", "salasana", "jelszo", "adgangskode", "passord", "contrasena",
    "contrase%C3%B1a", "has%C5%82o", "%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C", "%E5%AF%86%E7%A0%81",
    "%E3%83%91%E3%82%B9%E3%83%AF%E3%83%BC%E3%83%89", "l%C3%B6senord", "%C5%9Fifre",
    "p%61ssword", "%70%61%73%73", "%2570assword", "pass%2577ord", "p%41SSWORD", "PASSWORD", "PaSsWoRd",
    "user%5Bpassword%5D", "pass+word", "pass%20word", "pass%00word", "q", "data", "id", "u", "x")


def get(target, *fields):
    return b"GET " + target + b" HTTP/1.1\r\nHost: example.com\r\n" + b"".join(
        field + b"\r\n" for field in fields) + b"\r\n"


def post(kind, body, target=b"/login", method=b"POST"):
    """Marks are replaced before the length is counted."""
    def make(secret):
        filled_body = body(secret) if callable(body) else filled(body, secret)
        return method + b" " + filled(target, secret) + b" HTTP/1.1\r\nHost: example.com\r\nContent-Type: " + kind + \
            b"\r\nContent-Length: %d\r\n\r\n" % len(filled_body) + filled_body
    return make


def answer(body, kind=b"text/html", status=b"200 OK", *fields):
    def make(secret):
        text = body(secret) if callable(body) else filled(body, secret)
        head = b"".join(filled(field, secret) + b"\r\n" for field in fields)
        return b"HTTP/1.1 " + filled(status, secret) + b"\r\nContent-Type: " + kind + b"\r\n" + head + \
            b"Content-Length: %d\r\n\r\n" % len(text) + text
    return make


OK = S(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def http_places(p, layer="http", port=80):
    def talk(place, *turns, **more):
        p.tcp(layer, port, place, *turns, **more)
    return talk


@case("http-keys")
def http_keys(p):
    talk = http_places(p)
    for key in KEYS:
        talk(f"key {key}", get(b"/login?a=1&" + key.encode() + b"={S}&b=2"))


@case("http-targets")
def http_queries(p):
    talk, data = http_places(p), http_places(p, "tcp")  # what Wireshark does not take for HTTP
    talk("first key", get(b"/?password={S}"), OK)
    talk("value with a semicolon", get(b"/?password=a;{S}"))
    talk("value with a blank", get(b"/?password=a {S}"))
    talk("value with blanks", get(b"/?password=correct horse battery {S} x"))
    talk("value with a plus", get(b"/?password=a+{S}"))
    talk("value with a quote", get(b"/?password=\"a\" {S}"))
    talk("value with a hash", get(b"/?password=a#{S}"))
    talk("value with a question mark", get(b"/?password=a?{S}"))
    talk("value with an equals sign", get(b"/?password=a={S}"))
    talk("value with an encoded ampersand", get(b"/?password=a%26{S}"))
    talk("pairs with semicolons", get(b"/?a=1;password={S};b=2"))
    talk("percent", get(b"/?password={P}"))
    talk("percent twice", get(b"/?password={PP}"))
    talk("base64", get(b"/?auth={B}"))
    talk("hexadecimal", get(b"/?auth={H}"))
    talk("blanks around", get(b"/? password = {S}"))
    talk("tab", get(b"/?password\t=\t{S}"))
    talk("no key", get(b"/?{S}"))
    talk("no key, several", get(b"/?a&{S}&b"))
    talk("secret as a key", get(b"/?{S}=1"))
    talk("colon", get(b"/?password:{S}"))
    talk("encoded equals sign", get(b"/?password%3D{S}"))
    talk("encoded question mark", get(b"/login%3Fpassword={S}"))
    talk("encoded twice", get(b"/login%253Fpassword%253D{S}"))
    talk("JSON", get(b'/?q={"user":"bob","password":"{S}"}'))
    talk("JSON, encoded", get(b"/?q=%7B%22user%22%3A%22bob%22%2C%22password%22%3A%22{S}%22%7D"))
    talk("JSON, escaped", get(b'/?q={"user":"bob","p\\u0061ssword":"{S}"}'))
    talk("JSON, number of another key", get(b'/?q={"pin":1,"x":["{S}"]}'))
    talk("JSON with blanks", get(b'/?q={"password" : "{S}"}'))
    talk("XML", get(b"/?q=<password>{S}</password>"))
    talk("URL within", get(b"/?next=http://h/?token={S}"))
    talk("URL within, encoded", get(b"/?next=http%3A%2F%2Fh%2F%3Ftoken%3D{S}"))
    talk("URL with a login within", get(b"/?url=http://bob:{S}@h/"))
    talk("URL with a login within, encoded", get(b"/?url=http%3A%2F%2Fbob%3A{S}%40h%2F"))
    talk("URL with a login within, no scheme", get(b"/?url=//bob:{S}@h/"))
    talk("array", get(b"/?password[]={S}"))
    talk("nested", get(b"/?a[b][password]={S}"))
    talk("two question marks", get(b"/??password={S}"))
    talk("POST with a query", post(b"text/plain", b"x", b"/?token={S}"))
    talk("PUT", b"PUT /?token={S} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
    talk("HEAD", b"HEAD /?token={S} HTTP/1.1\r\nHost: h\r\n\r\n")
    talk("OPTIONS", b"OPTIONS /?token={S} HTTP/1.1\r\nHost: h\r\n\r\n")
    talk("unknown method", b"PROPFIND /?token={S} HTTP/1.1\r\nHost: h\r\n\r\n")
    data("lower case", b"get /?token={S} http/1.1\r\nhost: h\r\n\r\n")
    data("HTTP/0.9", b"GET /?token={S}\r\n")
    talk("HTTP/1.0", b"GET /?token={S} HTTP/1.0\r\n\r\n")
    talk("two blanks", b"GET  /?token={S}  HTTP/1.1\r\nHost: h\r\n\r\n")
    data("tab before", b"GET\t/?token={S}\tHTTP/1.1\r\nHost: h\r\n\r\n")
    talk("pipelined", get(b"/a") + get(b"/?token={S}"))
    talk("second request", C(get(b"/a")), OK, C(get(b"/?token={S}")))
    talk("line in two segments", C(b"GET /?token={S1}", b"{S2} HTTP/1.1\r\nHost: h\r\n\r\n"))
    talk("second segment", C(b"GET /?token=", b"{S} HTTP/1.1\r\nHost: h\r\n\r\n"))
    talk("long line", b"GET /?a=" + b"x" * 3000 + b"&token={S} HTTP/1.1\r\nHost: h\r\n\r\n")
    talk("sent twice", C(get(b"/?token={S}"), again=True))
    talk("begun before the capture", get(b"/?token={S}"), begun=True)
    data("header without an end", b"GET /?token={S} HTTP/1.1\r\nHost: h\r\n")
    http_places(p, port=8080)("another port", get(b"/?token={S}"))


@case("http-targets")
def http_targets(p):
    talk = http_places(p)
    talk("fragment", get(b"/#access_token={S}"))
    talk("fragment without a key", get(b"/#{S}"))
    talk("matrix parameter", get(b"/a;jsessionid={S}"))
    talk("matrix parameter, upper case", get(b"/a;JSESSIONID={S}?b=1"))
    talk("matrix parameter in the middle", get(b"/a;token={S}/b"))
    talk("matrix parameter without a key", get(b"/a;{S}"))
    talk("matrix parameter, encoded", get(b"/a%3Bjsessionid%3D{S}"))
    talk("user info", get(b"http://bob:{S}@host/"))
    talk("user info, percent", get(b"http://bob:{P}@host/"))
    talk("user info, at sign in it", get(b"http://bob:x@{S}@host/"))
    talk("user info, slash in it", get(b"http://bob:x/{S}@host/"))
    talk("user info, hash in it", get(b"http://bob:x#{S}@host/"))
    talk("user info, no user", get(b"http://:{S}@host/"))
    talk("user info, token alone", get(b"https://{S}@host/"))
    talk("user info, encoded colon", get(b"http://bob%3A{S}@host/"))
    talk("user info, no scheme", get(b"//bob:{S}@host/"))
    talk("user info in a path", get(b"/proxy/http://bob:{S}@host/"))
    talk("user info in a path, one slash", get(b"/proxy/http:/bob:{S}@host/"))
    talk("user info, ftp", get(b"ftp://bob:{S}@host/file"))
    talk("absolute form with a query", get(b"http://host/a?token={S}"))
    talk("absolute form with a fragment", get(b"http://host/a#{S}"))
    talk("absolute form with a semicolon", get(b"http://host;{S}/a"))
    talk("absolute form with a backslash", get(b"http://host\\{S}"))
    talk("Host with a query", b"GET / HTTP/1.1\r\nHost: host?token={S}\r\n\r\n")
    talk("Host with a semicolon", b"GET / HTTP/1.1\r\nHost: host;{S}\r\n\r\n")
    talk("CONNECT", b"CONNECT bob:{S}@host:443 HTTP/1.1\r\nHost: host:443\r\n\r\n")
    talk("CONNECT, token alone", b"CONNECT {S}@host:443 HTTP/1.1\r\nHost: host:443\r\n\r\n")
    http_places(p, port=3128)("CONNECT at a proxy", b"CONNECT bob:{S}@host:443 HTTP/1.1\r\n\r\n")
    talk("path: reset", get(b"/reset/{S}{S}"))
    talk("path: reset, short", get(b"/reset/{S}"))
    talk("path: bot", get(b"/bot123456:{S}/sendMessage?text=x"))
    talk("path: hook", get(b"/services/T00000000/B00000000/{S}"))
    talk("path: hook, other", get(b"/api/webhooks/1234567890/{S}-{H}"))
    talk("path: session", get(b"/(S({S}))/default.aspx"))
    talk("path: hexadecimal", get(b"/unsubscribe/{H}"))
    talk("path: base64", get(b"/verify/{B}"))
    talk("path: percent", get(b"/verify/{P}"))
    talk("path: web token", get(b"/t/eyJhbGciOiJIUzI1NiJ9.{B}.{S}"))
    talk("path: key in a pair", get(b"/token={S}/a"))
    talk("path: after a key", get(b"/login/password/{S}"))
    talk("path: file of a token", get(b"/download/{S}.pdf"))
    talk("path: user and password", get(b"/cgi/user/bob/pass/{S}/go"))
    talk("path: with a comma", get(b"/a,token={S},b"))
    talk("path: with a colon", get(b"/token:{S}"))
    talk("path: with a blank", get(b"/token {S}"))
    talk("path: with an at sign", get(b"/bob:{S}@host"))
    talk("path: parent", get(b"/../?token={S}/.."))
    talk("star", b"OPTIONS * HTTP/1.1\r\nHost: bob:{S}@host\r\n\r\n")
    talk("no slash", get(b"login?token={S}"))
    talk("not HTTP's scheme", get(b"rtsp://bob:{S}@h/"))
    talk("bytes that are no text", get(b"/\xff\xfe?token=\xff{S}"))
    talk("backslash", get(b"\\login?token={S}"))


@case("http-fields")
def http_fields(p):
    talk = http_places(p)
    basic = lambda s: base64.b64encode(b"bob:" + s)
    for name in (b"Authorization", b"Proxy-Authorization", b"authorization", b"X-Authorization"):
        title = name.decode()
        talk(f"{title}: Basic", lambda s, name=name: get(b"/", name + b": Basic " + basic(s)))
        talk(f"{title}: Bearer", get(b"/", name + b": Bearer {S}"))
    talk("Basic, lower case", lambda s: get(b"/", b"Authorization: basic " + basic(s)))
    talk("Basic, two blanks", lambda s: get(b"/", b"Authorization:  Basic  " + basic(s)))
    talk("Basic, tab", lambda s: get(b"/", b"Authorization:\tBasic\t" + basic(s)))
    talk("Basic, no colon", lambda s: get(b"/", b"Authorization: Basic " + base64.b64encode(s)))
    talk("Basic, no user", lambda s: get(b"/", b"Authorization: Basic " + base64.b64encode(b":" + s)))
    talk("Basic, not encoded", get(b"/", b"Authorization: Basic bob:{S}"))
    talk("Basic, two segments", lambda s: get(b"/")[:-2] + b"Authorization: Basic ", lambda s: basic(s) + b"\r\n\r\n")
    talk("Basic, line is folded", lambda s: get(b"/", b"Authorization: Basic\r\n " + basic(s)))
    talk("Basic, pipelined", lambda s: get(b"/") + get(b"/", b"Authorization: Basic " + basic(s)))
    talk("Basic, refused", C(lambda s: get(b"/", b"Authorization: Basic " + basic(s))), S(
        b"HTTP/1.1 401 no\r\nWWW-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n"))
    talk("Digest", get(b"/", b'Authorization: Digest username="bob", realm="r", nonce="n", uri="/", response="{S}"'))
    talk("Digest, target", get(b"/?token={S}", b'Authorization: Digest username="bob", uri="/?token={S}"'))
    talk("NTLM", get(b"/", b"Authorization: NTLM {B}"))
    talk("Negotiate", get(b"/", b"Authorization: Negotiate {B}"))
    talk("AWS", get(b"/", b"Authorization: AWS4-HMAC-SHA256 Credential=x, Signature={S}"))
    talk("Token", get(b"/", b"Authorization: Token token={S}"))
    talk("no scheme", get(b"/", b"Authorization: {S}"))
    for name in ("Cookie: sid={S}", "Cookie: a=b; PHPSESSID={S}; c=d", "X-Api-Key: {S}", "X-Auth-Token: {S}",
                 "X-CSRF-Token: {S}", "X-Forwarded-For: bob:{S}", "User-Agent: password {S}", "From: bob:{S}@h",
                 "Referer: http://h/?token={S}", "Referer: http://bob:{S}@h/", "Origin: http://bob:{S}@h",
                 "Host: bob:{S}@h", "Cookie2: {S}", "X-Access: {B}", "Via: {S}", "If-None-Match: \"{S}\"",
                 "X-Amz-Security-Token: {S}", "Destination: http://h/{S}", "Sec-WebSocket-Protocol: token, {S}",
                 "Upgrade: {S}", "Accept: {S}"):
        talk(f"request's {name.split(':')[0]}", get(b"/", name.encode()))
    for name in ("Set-Cookie: sid={S}; Path=/", "Location: /?token={S}", "Location: http://bob:{S}@h/",
                 "Location: /cb#access_token={S}", "WWW-Authenticate: Basic realm=\"password {S}\"",
                 "Authentication-Info: nextnonce={S}", "X-Password: {S}", "Server: {S}", "Refresh: 0; url=/?token={S}",
                 "ETag: \"{S}\"", "Link: </?token={S}>; rel=next", "Content-Disposition: attachment; filename={S}.key"):
        talk(f"answer's {name.split(':')[0]} {name.split('{')[0][-12:]}", C(get(b"/")), S(answer(
            b"x", b"text/html", b"302 Found", name.encode())))
    talk("reason", C(get(b"/")), S(answer(b"x", b"text/html", b"403 password {S} is wrong")))
    talk("reason in the first packet", S(answer(b"x", b"text/html", b"401 password {S} is wrong")), begun=True)
    talk("type", C(get(b"/")), S(answer(b"x", b"x/{S}")))


@case("http-bodies")
def http_bodies(p):
    talk, data = http_places(p), http_places(p, "tcp")  # what Wireshark does not take for HTTP
    form = b"application/x-www-form-urlencoded"
    for place, body in {
            "form": b"user=bob&password={S}", "form, password first": b"password={S}&user=bob",
            "form, percent": b"user=bob&password={P}", "form, percent twice": b"user=bob&password={PP}",
            "form, token": b"token={S}", "form, encoded key": b"user=bob&p%61ssword={S}",
            "form, key encoded twice": b"user=bob&%2570assword={S}", "form, other word": b"user=bob&kennwort={S}",
            "form, Russian": b"user=bob&%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C={S}", "form, pin": b"user=bob&pin={S}",
            "form, client secret": b"grant_type=client_credentials&client_id=x&client_secret={S}",
            "form, grant": b"grant_type=password&username=bob&password={S}",
            "form, code": b"grant_type=authorization_code&code={S}",
            "form, base64": b"user=bob&auth={B}", "form, blanks": b"user=bob&password=a {S}",
            "form, semicolons": b"user=bob;password={S}", "form, no key": b"{S}",
            "form, user twice": b"user=bob&user=&password={S}",
            "form, user without a value": b"user&password={S}",
            "form, user is empty": b"user=&password={S}", "form, user at the end": b"password={S}&user",
            "form, user without a value at the end": b"password={S}&user=",
            "form, odd": b"&&user=&=&password={S}"}.items():
        talk(place, post(form, body), OK)
    talk("form, first packet is the body", C(post(form, b"user=bob&password={S}")), begun=True)
    talk("form in the second segment", C(
        b"POST /login HTTP/1.1\r\nHost: h\r\nContent-Type: " + form + b"\r\nContent-Length: 34\r\n\r\n",
        b"user=bob&password={S}"), OK)
    talk("form in three segments", C(
        b"POST /login HTTP/1.1\r\nHost: h\r\nContent-Type: " + form + b"\r\nContent-Length: 34\r\n\r\n",
        b"user=bob&password={S1}", b"{S2}"), OK)
    data("rest of a form", b"user=bob&password={S}", begun=True)
    talk("form, chunked", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: " + form + b"\r\nTransfer-Encoding: chunked"
         b"\r\n\r\n22\r\nuser=bob&password={S}\r\n0\r\n\r\n")
    talk("form, compressed", lambda s: (lambda b: b"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: " + form +
         b"\r\nContent-Encoding: deflate\r\nContent-Length: %d\r\n\r\n" % len(b) + b)(
             zlib.compress(b"user=bob&password=" + s, 0)))
    talk("form, sent twice", C(post(form, b"user=bob&password={S}"), again=True))
    talk("parts", post(b"multipart/form-data; boundary=xx", b"--xx\r\nContent-Disposition: form-data; "
                       b"name=\"password\"\r\n\r\n{S}\r\n--xx--\r\n"))
    talk("parts, file", post(b"multipart/form-data; boundary=xx", b"--xx\r\nContent-Disposition: form-data; "
                             b"name=\"f\"; filename=\"{S}.key\"\r\n\r\nx\r\n--xx--\r\n"))
    talk("JSON", post(b"application/json", b'{"user":"bob","password":"{S}"}'))
    talk("JSON, nested", post(b"application/json", b'{"auth":{"identity":{"password":{"user":{"password":"{S}"}}}}}'))
    talk("JSON, base64", post(b"application/json", b'{"token":"{B}"}'))
    talk("JSON, refresh", post(b"application/json", b'{"refresh_token":"{S}"}'))
    talk("JSON of the server", C(get(b"/")), S(answer(b'{"access_token":"{S}"}', b"application/json")))
    talk("JSON-RPC", post(b"application/json", b'{"jsonrpc":"2.0","method":"login","params":["bob","{S}"],"id":1}'))
    talk("GraphQL", post(b"application/json", b'{"query":"mutation { login(user: \\"bob\\", password: \\"{S}\\") }"}'))
    talk("SOAP", post(b"text/xml", b'<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/'
                      b'envelope/"><s:Body><Login><user>bob</user><password>{S}</password></Login></s:Body>'
                      b"</s:Envelope>"))
    talk("SOAP, action", lambda s: filled(
        b"POST / HTTP/1.1\r\nHost: h\r\nSOAPAction: \"login?token={S}\"\r\nContent-Length: 0\r\n\r\n", s))
    talk("XML-RPC", post(b"text/xml", b"<?xml version=\"1.0\"?><methodCall><methodName>login</methodName><params>"
                         b"<param><value><string>{S}</string></value></param></params></methodCall>"))
    talk("XML, attribute", post(b"text/xml", b'<?xml version="1.0"?><login user="bob" password="{S}"/>'))
    talk("text", post(b"text/plain", b"password={S}"))
    talk("page", C(get(b"/")), S(answer(b"<html><title>Your password is {S}</title></html>")))
    talk("page in the first packet", S(answer(b"<html><title>Your password is {S}</title></html>")), begun=True)
    data("rest of a page", S(b"<html><title>Your password is {S}</title></html>"), begun=True)
    talk("events", C(get(b"/")), S(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 30\r\n\r\n"
                                 b"data: token={S}\n\n"))
    talk("CouchDB", post(b"application/json", b'{"name":"bob","password":"{S}"}', b"/_session"))
    talk("CouchDB, admin", post(b"application/json", b'"{S}"', b"/_config/admins/bob", b"PUT"))
    talk("Elasticsearch", post(b"application/json", b'{"password":"{S}"}', b"/_security/user/bob/_password"))
    http_places(p, port=9200)("Elasticsearch's port", post(b"application/json", b'{"password":"{S}"}',
                                                           b"/_security/user/bob?token={S}"))
    talk("InfluxDB", post(b"text/plain", b"q=CREATE USER bob WITH PASSWORD '{S}'", b"/query?u=bob&p={S}"))
    talk("Vault", get(b"/v1/secret/data/x", b"X-Vault-Token: {S}"))
    talk("etcd", post(b"application/json", b'{"name":"bob","password":"{S}"}', b"/v3/auth/authenticate"))


@case("http-others")
def websocket(p):
    upgrade = b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", \
        b"Sec-WebSocket-Version: 13"
    agreed = S(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")

    def text(payload, mask=bytes(4)):
        return lambda s: (lambda b: bytes([0x81, 0x80 | len(b)]) + mask + b)(filled(payload, s))
    p.tcp("http", 80, "WebSocket with a token", get(b"/ws?token={S}", *upgrade), agreed)
    p.tcp("http", 80, "WebSocket with a protocol", get(b"/ws", *upgrade, b"Sec-WebSocket-Protocol: {S}"), agreed)
    p.tcp("websocket", 80, "text", C(get(b"/ws", *upgrade)), agreed, C(text(b'{"token":"{S}"}')))
    p.tcp("websocket", 80, "text of the server", C(get(b"/ws", *upgrade)), agreed, S(
        lambda s: (lambda b: bytes([0x81, len(b)]) + b)(b'{"token":"' + s + b'"}')))
    p.tcp("websocket", 80, "reason to close", C(get(b"/ws", *upgrade)), agreed, S(
        lambda s: (lambda b: bytes([0x88, len(b)]) + b)(b"\x03\xf3token " + s)))


@case("http-others")
def http2(p):
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    def frame(kind, flags, stream, body):
        return struct.pack("!I", len(body))[1:] + struct.pack("!BBI", kind, flags, stream) + body

    def literal(name, value):
        return b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value

    def request(path, *fields, method=b"GET"):
        return frame(1, 4, 1, literal(b":method", method) + literal(b":scheme", b"http") + literal(
            b":path", path) + literal(b":authority", b"h") + b"".join(literal(*field) for field in fields))
    start = preface + frame(4, 0, 0, b"")
    p.tcp("http2", 80, "path", lambda s: start + request(b"/?token=" + s))
    p.tcp("http2", 80, "path in the second packet", C(start), C(lambda s: request(b"/?token=" + s)))
    p.tcp("http2", 80, "token in a path", C(start), C(lambda s: request(b"/reset/" + s)))
    p.tcp("http2", 80, "authorization", lambda s: start + request(b"/", (b"authorization", b"Bearer " + s)))
    p.tcp("http2", 80, "cookie", lambda s: start + request(b"/", (b"cookie", b"sid=" + s)))
    p.tcp("http2", 80, "data", lambda s: start + request(b"/", method=b"POST") + frame(
        0, 1, 1, b"user=bob&password=" + s))
    p.tcp("http2", 80, "location", C(lambda s: start + request(b"/")), S(lambda s: frame(4, 0, 0, b"") + frame(
        1, 4, 1, literal(b":status", b"302") + literal(b"location", b"/?token=" + s))))
    p.tcp("http2", 80, "debug data", C(start), S(lambda s: frame(7, 0, 0, struct.pack("!II", 1, 1) + b"token " + s)))
    p.tcp("http", 80, "upgrade to HTTP/2", C(get(
        b"/?token={S}", b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c",
        b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")), S(
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + frame(4, 0, 0, b"")))


@case("http-others")
def around_http(p):
    p.tcp("icap", 1344, "target", b"REQMOD icap://bob:{S}@h/s?token={S} ICAP/1.0\r\nHost: h\r\n\r\n")
    p.tcp("icap", 1344, "query", b"OPTIONS icap://h/s?token={S} ICAP/1.0\r\nHost: h\r\n\r\n")
    p.tcp("icap", 1344, "field", b"OPTIONS icap://h/s ICAP/1.0\r\nHost: h\r\nX-Client-Username: bob:{S}\r\n\r\n")
    p.tcp("icap", 1344, "within", b"REQMOD icap://h/s ICAP/1.0\r\nHost: h\r\nEncapsulated: req-hdr=0, null-body=58"
          b"\r\n\r\nGET http://h/?token={S} HTTP/1.1\r\nHost: h.example\r\n\r\n")
    p.tcp("icap", 1344, "answer", S(b"ICAP/1.0 403 token {S} is wrong\r\n\r\n"))
    p.tcp("gopher", 70, "selector", b"/login?password={S}\r\n")
    p.tcp("gopher", 70, "search", b"/search\tbob {S}\r\n")
    p.tcp("gopher", 70, "token", b"{S}\r\n")
    p.tcp("gopher", 70, "menu", C(b"\r\n"), S(b"0password {S}\t/x\th\t70\r\n.\r\n"))
    p.tcp("http", 80, "SSDP by TCP", b"NOTIFY /?token={S} HTTP/1.1\r\nHOST: h\r\nNT: upnp:event\r\n"
          b"SID: uuid:{S}\r\n\r\n")
    p.udp("ssdp", 1900, "SSDP", b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\n"
          b"ST: uuid:{S}\r\n\r\n", group="239.255.255.250")
    p.udp("ssdp", 1900, "SSDP, location", b"NOTIFY * HTTP/1.1\r\nLOCATION: http://bob:{S}@h/?token={S}\r\n\r\n",
          group="239.255.255.250")
    p.tcp("ipp", 631, "IPP, printer", lambda s: post(b"application/ipp", b"\1\1\0\x0b\0\0\0\1\1\x47\0\x12"
          b"attributes-charset\0\5utf-8\x45\0\x0bprinter-uri" + struct.pack("!H", len(s) + 20) +
          b"ipp://bob:" + s + b"@h/printers" [:9] + b"x" + b"\3", b"/printers/x?token={S}")(s))
    p.tcp("http", 80, "DAV", b"PROPFIND /{S}/ HTTP/1.1\r\nHost: h\r\nDepth: 0\r\nLock-Token: <{S}>\r\n\r\n")


@case("http-others")
def ajp(p):
    def text(value):
        return struct.pack("!H", len(value)) + value + b"\0"

    def request(path, *attributes):
        body = b"\2\2" + text(b"HTTP/1.1") + text(path) + text(b"10.0.0.1") + text(b"h") + text(b"h") + \
            struct.pack("!HBH", 80, 0, 0) + b"".join(
                bytes([kind]) + text(value) for kind, value in attributes) + b"\xff"
        return b"\x12\x34" + struct.pack("!H", len(body)) + body
    p.decode_as += ["tcp.port==8009,ajp13"]  # no default in 4.6
    p.tcp("ajp13", 8009, "path", lambda s: request(b"/a;jsessionid=" + s))
    p.tcp("ajp13", 8009, "query", lambda s: request(b"/a", (5, b"token=" + s)))
    p.tcp("ajp13", 8009, "secret", lambda s: request(b"/a", (12, s)))
    p.tcp("ajp13", 8009, "user", lambda s: request(b"/a", (3, b"bob:" + s)))


def coap_message(options, payload=b"", code=1):
    message, last = struct.pack("!BBH", 0x40, code, 7), 0
    for number, value in options:
        delta, last = number - last, number
        size = len(value)
        message += bytes([delta << 4 | min(size, 13)]) + (bytes([size - 13]) if size >= 13 else b"") + value
    return message + (b"\xff" + payload if payload else b"")


@case("http-others")
def coap(p):
    p.udp("coap", 5683, "query", lambda s: coap_message([(11, b"login"), (15 - 0, b"token=" + s)]))
    p.udp("coap", 5683, "query without a key", lambda s: coap_message([(11, b"login"), (15, s)]))
    p.udp("coap", 5683, "path", lambda s: coap_message([(11, b"reset"), (11, s)]))
    p.udp("coap", 5683, "host", lambda s: coap_message([(3, b"bob:" + s + b"@h"), (11, b"a")]))
    p.udp("coap", 5683, "payload", lambda s: coap_message([(11, b"a")], b'{"password":"' + s + b'"}', 2))
    p.udp("coap", 5683, "answer", C(lambda s: coap_message([(11, b"a")])), S(lambda s: coap_message(
        [], b"token " + s, 0x45)))
    p.udp("coap", 5683, "location", C(lambda s: coap_message([(11, b"a")], code=2)), S(lambda s: coap_message(
        [(8, b"x"), (8, s)], code=0x41)))
    p.tcp("coap", 5683, "TCP", lambda s: (lambda o: bytes([0xd0, len(o) - 13, 1]) + o)(
        b"\xb5login" + bytes([0x4d, len(s) + 6 - 13]) + b"token=" + s))


@case("http-others")
def wap(p):
    p.udp("wsp", 9200, "URL", lambda s: (lambda u: b"\1\x40" + bytes([len(u)]) + u)(b"http://h/?token=" + s))
    p.udp("wsp", 9200, "user info", lambda s: (lambda u: b"\1\x40" + bytes([len(u)]) + u)(b"http://bob:" + s + b"@h/"))
    p.udp("wsp", 9200, "POST", lambda s: (lambda u: b"\1\x60" + bytes([len(u), 1]) + u + b"\x83password=" + s)(
        b"http://h/"))
    p.udp("wtp", 9201, "URL", lambda s: (lambda u: b"\x0a\0\1\2\x40" + bytes([len(u)]) + u)(b"http://h/?token=" + s))


@case("http-others")
def fast_cgi_and_thrift(p):
    def text(value):
        return struct.pack("!I", len(value)) + value

    def call(name, *values):
        return struct.pack("!HBB", 0x8001, 0, 1) + text(name) + struct.pack("!I", 1) + b"".join(
            b"\x0b" + struct.pack("!H", n + 1) + text(value) for n, value in enumerate(values)) + b"\0"
    p.decode_as += ["tcp.port==9090,thrift"]
    p.tcp("thrift", 9090, "arguments", lambda s: call(b"login", b"bob", s))
    p.tcp("thrift", 9090, "method", lambda s: call(b"login_" + s, b"bob"))
