/* test_server_ports.c - which server ports edges and pairs use
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/server_ports.h"

#include "../support.h"
#include "export/report/schema.h"
#include "tally/merge/fold.h"

static const char script[] =
    "1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1 len=60\n"
    "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA seq=7 ack=2 len=62\n"
    "3 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA payload=9 len=70\n"
    "4 10.0.0.1 10.0.0.2 TCP tcp=4001:80:S seq=1 len=60\n"
    "5 10.0.0.2 10.0.0.1 TCP tcp=5000:80:S seq=1 len=60\n"       /* the same port the other way */
    "6 10.0.0.1 10.0.0.2 SSH tcp=22:40000:PA payload=5 len=90\n" /* mid-stream: by the port */
    "7 10.0.0.1 10.0.0.2 DNS udp=6000:53 len=80\n"
    "8 10.0.0.1 10.0.0.2 ICMP echo=request:7 len=98\n"
    "9 10.0.0.1 10.0.0.2 OSPF len=78\n"
    "10 10.0.0.3 10.0.0.3 TCP tcp=9000:443:S seq=1 len=60\n" /* a host that talks to itself */
    "11 10.0.0.3 10.0.0.3 TCP tcp=443:9000:SA seq=5 ack=2 len=62\n"
    "12 10.0.0.3 - STP len=40\n";

/* "80/tcp:3/190 ..."; takes the shares. (transfer full) */
static char *describe(GArray *shares) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < shares->len; i++) {
    const HgPortShare *share = &g_array_index(shares, HgPortShare, i);
    g_string_append(out, i ? " " : "");
    hg_server_ports_append(out, share->transport, share->port);
    g_string_append_printf(out, ":%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, share->packets,
                           share->bytes);
  }
  g_array_unref(shares);
  return g_string_free(out, FALSE);
}

#define assert_ports(shares, expected)                                                             \
  do {                                                                                             \
    g_autofree char *got = describe(shares);                                                       \
    g_assert_cmpstr(got, ==, expected);                                                            \
  } while (0)

/* Each direction has its own packets of the port, whichever side the server is; echo and what has no
 * ports is left out. */
static void test_edges(void) {
  Subject subject;
  subject_init(&subject, script, NULL);
  const HgReport *report = subject.report;
  g_assert_cmpuint(hg_report_edge_count(report), ==, 3);
  assert_ports(hg_server_ports_of_edge(report, hg_report_edge(report, 0)),
               "80/tcp:3/190 22/tcp:1/90 53/udp:1/80");
  assert_ports(hg_server_ports_of_edge(report, hg_report_edge(report, 1)), "80/tcp:2/122");
  assert_ports(hg_server_ports_of_edge(report, hg_report_edge(report, 2)), "443/tcp:2/122");
  subject_clear(&subject);
}

static void test_pairs(void) {
  Subject subject;
  subject_init(&subject, script, NULL);
  const char *const expected[] = {"80/tcp:5/312 22/tcp:1/90 53/udp:1/80", "443/tcp:2/122", ""};
  g_assert_cmpuint(hg_tally_conversation_count(subject.tally), ==, G_N_ELEMENTS(expected));
  for (guint32 i = 0; i < G_N_ELEMENTS(expected); i++)
    assert_ports(hg_server_ports_of_pair(subject.report, hg_tally_conversation(subject.tally, i)),
                 expected[i]);
  subject_clear(&subject);
}

/* A text names five of them, and says how many there are besides; json has all. */
static void test_many(void) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint port = 1; port <= 8; port++)
    for (guint i = 0; i < port; i++)
      g_string_append_printf(text, "%u 10.0.0.1 10.0.0.2 X udp=%u:%u\n", port, 5000 + i, port);
  Subject subject;
  subject_init(&subject, text->str, NULL);
  const HgEdge *edge = hg_report_edge(subject.report, 0);
  const HgAttribute *attribute = hg_edge_attributes(subject.report);
  while (attribute->type != HG_TYPE_PORTS)
    attribute++;
  HgValue value = attribute->get(subject.report, edge);
  g_assert_cmpuint(value.ports->len, ==, 8);
  g_string_truncate(text, 0);
  hg_value_to_text(subject.report, attribute, &value, text);
  g_assert_cmpstr(text->str, ==, "8/udp:8; 7/udp:7; 6/udp:6; 5/udp:5; 4/udp:4; +3");
  hg_value_clear(attribute, &value);
  subject_clear(&subject);
}

static HgAddress to_subnet(const HgAddress *address, gconstpointer data) {
  const HgAddress *subnets = data;
  return address->length == 4 ? subnets[address->data[2]] : *address;
}

/* Two clients of one subnet with the same ports, folded onto it: the packets of both add up. */
static void test_folded(void) {
  static const char clients[] = "1 10.0.1.1 10.0.2.9 TCP tcp=4000:443:S seq=1 len=60\n"
                                "2 10.0.2.9 10.0.1.1 TCP tcp=443:4000:SA seq=7 ack=2 len=62\n"
                                "3 10.0.1.2 10.0.2.9 TCP tcp=4000:443:S seq=1 len=60\n"
                                "4 10.0.1.2 10.0.2.8 TCP tcp=4001:3389:S seq=1 len=60\n"
                                "5 10.0.1.1 10.0.1.2 TCP tcp=4002:22:S seq=1 len=60\n"; /* inside */
  HgAddressBuffer room[3];
  HgAddress subnets[3];
  const char *const names[] = {"10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    g_assert_true(hg_address_parse(names[i], &subnets[i], &room[i]));
  const HgFold fold = {.becomes = to_subnet, .data = subnets};
  HgTally *tally = hg_script_tally(clients);
  Subject subject;
  subject_init_tally(&subject, hg_tally_fold(tally, &fold), NULL);
  const HgReport *report = subject.report;
  g_assert_cmpuint(hg_report_edge_count(report), ==, 3);
  assert_ports(hg_server_ports_of_edge(report, hg_report_edge(report, 0)), "22/tcp:1/60");
  assert_ports(hg_server_ports_of_edge(report, hg_report_edge(report, 1)),
               "443/tcp:2/120 3389/tcp:1/60");
  assert_ports(hg_server_ports_of_edge(report, hg_report_edge(report, 2)), "443/tcp:1/62");
  subject_clear(&subject);
  hg_tally_free(tally);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/server-ports/edges", test_edges);
  g_test_add_func("/server-ports/pairs", test_pairs);
  g_test_add_func("/server-ports/many", test_many);
  g_test_add_func("/server-ports/folded", test_folded);
  return g_test_run();
}
