/* test_remote_tool.c - programs for remote control are told, across the border of the network only
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

/* A connection to this port, of this protocol. */
static char *connection(const char *client, const char *server, guint port, const char *protocol,
                        const char *name) {
  char *named = *name ? g_strdup_printf("name %s %s dns\n", server, name) : g_strdup("");
  char *script = g_strdup_printf("10 %s %s TCP tcp=2000:%u:S seq=1\n10.1 %s %s TCP tcp=%u:2000:SA\n"
                                 "10.2 %s %s %s tcp=2000:%u:PA payload=90\n%s",
                                 client, server, port, server, client, port, client, server,
                                 protocol, port, named);
  g_free(named);
  return script;
}

/* The evidence of the only finding, which is about `host`; "": there is none. (transfer full) */
static char *told_of(const char *host, const char *client, const char *server, guint port,
                     const char *protocol, const char *name) {
  char *script = connection(client, server, port, protocol, name);
  Analysed a = analyse(script, "remote-tool", NULL);
  const HgFinding *finding = finding_of(&a, host);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, finding ? 1 : 0);
  if (finding)
    g_assert_cmpint(finding->kind, ==, HG_FINDING_EXPOSURE);
  char *evidence = g_strdup(finding ? finding->evidence : "");
  analysed_clear(&a);
  g_free(script);
  return evidence;
}

static void check(const char *client, const char *server, guint port, const char *protocol,
                  const char *name, const char *expected) {
  const char *host = g_str_has_prefix(client, "10.") ? client : server;
  char *told = told_of(host, client, server, port, protocol, name);
  g_assert_cmpstr(told, ==, expected);
  g_free(told);
}

#define INSIDE "10.0.0.5"
#define OUTSIDE "203.0.113.9"

static void test_names(void) {
  check(INSIDE, OUTSIDE, 443, "TLSv1.3", "relay-1.net.anydesk.com",
        "10.0.0.5 uses AnyDesk: it talks to relay-1.net.anydesk.com at 203.0.113.9");
  check(INSIDE, OUTSIDE, 80, "HTTP", "TeamViewer.com",
        "10.0.0.5 uses TeamViewer: it talks to TeamViewer.com at 203.0.113.9");
  check(INSIDE, OUTSIDE, 443, "TLSv1.3", "notanydesk.com", "");
  check(INSIDE, OUTSIDE, 443, "TLSv1.3", "anydesk.com.example", "");
}

static void test_ports(void) {
  check(INSIDE, OUTSIDE, 5938, "TCP", "", "10.0.0.5 uses TeamViewer on port 5938: 203.0.113.9");
  check(INSIDE, OUTSIDE, 5938, "HTTP", "", "");
  check(OUTSIDE, INSIDE, 3389, "TPKT", "",
        "10.0.0.5 is reached from outside over RDP on port 3389: 203.0.113.9");
  check(OUTSIDE, INSIDE, 5999, "VNC", "",
        "10.0.0.5 is reached from outside over VNC on port 5999: 203.0.113.9");
}

/* Within the network administrators do so all day. */
static void test_inside(void) {
  check(INSIDE, "10.0.0.9", 3389, "RDP", "", "");
  check(INSIDE, "10.0.0.9", 5900, "VNC", "", "");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/remote-tool/names", test_names);
  g_test_add_func("/remote-tool/ports", test_ports);
  g_test_add_func("/remote-tool/inside", test_inside);
  return g_test_run();
}
