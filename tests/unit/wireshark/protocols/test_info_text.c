/* test_info_text.c - what is kept of Info texts by each kind of policy
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/info_text.h"

static const char *const commands[] = {"USER", "PASS", "LOGIN", "+OK", NULL};
static const char *const words[] = {"bindResponse", "success", "Key", "Exchange", "Client", NULL};

static void check(HgInfoKeep keep, const char *const *list, const char *info,
                  const char *expected) {
  const HgInfoPolicy policy = {"X", keep, list};
  GString *buffer = g_string_new("before");
  g_assert_cmpstr(hg_info_text(&policy, info, buffer), ==, expected);
  g_string_free(buffer, TRUE);
}

static void test_none(void) {
  GString *buffer = g_string_new(NULL);
  g_assert_null(hg_info_text(NULL, "text", buffer));
  g_string_free(buffer, TRUE);
  check(HG_INFO_WHOLE, NULL, NULL, NULL);
  check(HG_INFO_NOTHING, NULL, "text", NULL);
  check(HG_INFO_WHOLE, NULL, "text", "text");
}

static void test_ports(void) {
  check(HG_INFO_PORTS, NULL, "50000 \xe2\x86\x92 80 [SYN] Seq=0",
        "50000 \xe2\x86\x92 80 [SYN] Seq=0");
  check(HG_INFO_PORTS, NULL, "[TCP Retransmission] 5 \xe2\x86\x92 https(443) [ACK] Seq=1",
        "[TCP Retransmission] 5 \xe2\x86\x92 https(443) [ACK] Seq=1");
  check(HG_INFO_PORTS, NULL, "2152 \xe2\x86\x92 2152 Len=902", "2152 \xe2\x86\x92 2152 Len=902");
  check(HG_INFO_PORTS, NULL, "5 > 6 Len=1", "5 > 6 Len=1");
  check(HG_INFO_PORTS, NULL, "5 > 6 secret", NULL);
  check(HG_INFO_PORTS, NULL, "user x pass y", NULL);
  check(HG_INFO_PORTS, NULL, "[secret", NULL);
  check(HG_INFO_PORTS, NULL, "GET /a?b=c HTTP/1.1  [TCP segment of a reassembled PDU]",
        "GET /a?... HTTP/1.1");
}

static void test_label(void) {
  check(HG_INFO_LABEL, NULL, "Tree Connect Request Tree: \\\\h\\IPC$", "Tree Connect Request");
  check(HG_INFO_LABEL, NULL, "Session request, to A<20>", "Session request");
  check(HG_INFO_LABEL, NULL, "Authenticate-Request (Peer-ID='u', Password='p')",
        "Authenticate-Request");
  check(HG_INFO_LABEL, NULL, "searchRequest(4) \"x\"", "searchRequest");
  check(HG_INFO_LABEL, NULL, "User: x", NULL);
  check(HG_INFO_LABEL, NULL, "pw=x", NULL);
  check(HG_INFO_LABEL, NULL, "", NULL);
  check(HG_INFO_LABEL, NULL, "[TCP Previous segment not captured] NBSS Continuation Message",
        "NBSS Continuation Message");
  check(HG_INFO_LABEL, words, "bindResponse(3) success ", "bindResponse(3) success");
  check(HG_INFO_LABEL, words, "bindResponse(3) secret", "bindResponse(3)");
  check(HG_INFO_LABEL, words, "Client: Key Exchange Init", "Client: Key Exchange");
  check(HG_INFO_LABEL, words, "secret success", NULL);
  check(HG_INFO_STATUS, NULL, "Session Setup Response, NTLMSSP_CHALLENGE, Error: STATUS_PENDING, x",
        "Session Setup Response, NTLMSSP_CHALLENGE, Error: STATUS_PENDING");
  check(HG_INFO_STATUS, NULL, "Create Request, Path: \\x, Error: STATUS_SECRET", "Create Request");
  check(HG_INFO_STATUS, NULL, "Session Setup Request, NTLMSSP_AUTH, User: a\\b",
        "Session Setup Request, NTLMSSP_AUTH");
}

static void test_command(void) {
  check(HG_INFO_COMMAND, commands, "Request: PASS secret", "Request: PASS ...");
  check(HG_INFO_COMMAND, commands, "Request: pass\tsecret", "Request: pass ...");
  check(HG_INFO_COMMAND, commands, "Request:  PASS  secret", "Request: PASS ...");
  check(HG_INFO_COMMAND, commands, "C: USER", "C: USER");
  check(HG_INFO_COMMAND, commands, "C: c2VjcmV0", "C: ...");
  check(HG_INFO_COMMAND, commands, "Request: a1 LOGIN user pw", "Request: LOGIN ...");
  check(HG_INFO_COMMAND, commands, "Request: a1 secret LOGIN", "Request: ...");
  check(HG_INFO_COMMAND, commands, "Request (PASS)", "Request PASS ...");
  check(HG_INFO_COMMAND, commands, "Response: 331 Password for secret", "Response: 331 ...");
  check(HG_INFO_COMMAND, commands, "S: 250-secret | x", "S: 250 ...");
  check(HG_INFO_COMMAND, commands, "S: +OK secret", "S: +OK ...");
  check(HG_INFO_COMMAND, commands, "secret", "...");
  check(HG_INFO_COMMAND, commands, "", "...");
}

static void test_request(void) {
  check(HG_INFO_REQUEST, NULL, "GET /a HTTP/1.1 ", "GET /a HTTP/1.1");
  check(HG_INFO_REQUEST, NULL, "POST /a?b=c HTTP/1.1  (text/plain)", "POST /a?... HTTP/1.1");
  check(HG_INFO_REQUEST, NULL, "GET /a secret HTTP/1.1", "GET /a ...");
  check(HG_INFO_REQUEST, NULL, "GET", "GET");
  check(HG_INFO_REQUEST, NULL, "SECRET /a HTTP/1.1", NULL);
  check(HG_INFO_REQUEST, NULL, "HTTP/1.1 200 secret", "HTTP/1.1 200");
  check(HG_INFO_REQUEST, NULL, "HTTP/1.1 secret", NULL);
  check(HG_INFO_REQUEST, NULL, "Status: 401 Unauthorized |", "Status: 401");
  check(HG_INFO_REQUEST, NULL, "Request: INVITE sip:u:pw@h.example | ",
        "Request: INVITE sip:...@h.example ...");
  check(HG_INFO_REQUEST, NULL, "Reply: RTSP/1.0 200 OK", "Reply: RTSP/1.0 200");
  check(HG_INFO_REQUEST, NULL, "Continuation or non-HTTP traffic", "Continuation");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/info-text/none", test_none);
  g_test_add_func("/info-text/ports", test_ports);
  g_test_add_func("/info-text/label", test_label);
  g_test_add_func("/info-text/command", test_command);
  g_test_add_func("/info-text/request", test_request);
  return g_test_run();
}
