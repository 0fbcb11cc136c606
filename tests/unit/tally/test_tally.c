/* test_tally.c - what is counted, and what caps and choices leave out
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"

#include <string.h>

static const HgHost *host(const HgTally *tally, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  return hg_tally_find_host(tally, &address);
}

static HgTally *read_with(const HgTallyOptions *options, const char *script) {
  return hg_script_tally_with(script, options);
}

static void test_counts(void) {
  HgTally *tally = hg_script_tally("5 10.0.0.1 10.0.0.2 DNS udp=4000:53 len=70\n"
                                   "6 10.0.0.2 10.0.0.1 DNS udp=53:4000 len=170\n"
                                   "7 10.0.0.1 10.0.0.3 TCP tcp=1:2:S len=60\n"
                                   "8 10.0.0.1 224.0.0.251 MDNS udp=5353:5353 len=90\n"
                                   "9 - 10.0.0.2 XYZ len=10\n"
                                   "10 - - ABC len=11\n");
  const HgHost *a = host(tally, "10.0.0.1");
  g_assert_cmpuint(a->sent.packets, ==, 3);
  g_assert_cmpuint(a->sent.bytes, ==, 220);
  g_assert_cmpuint(a->received.packets, ==, 1);
  g_assert_cmpuint(a->received.bytes, ==, 170);
  g_assert_cmpuint(a->peers, ==, 3);
  g_assert_cmpuint(a->peers_out, ==, 3);
  g_assert_cmpuint(a->peers_in, ==, 1);
  const HgTraffic both = hg_host_traffic(a);
  g_assert_cmpuint(both.first_frame, ==, 1);
  g_assert_cmpuint(both.last_frame, ==, 4);
  const HgHost *b = host(tally, "10.0.0.2");
  g_assert_cmpuint(b->received.packets, ==, 2);
  g_assert_cmpuint(b->peers, ==, 1);

  g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, 6);
  g_assert_cmpuint(hg_tally_traffic(tally)->bytes, ==, 411);
  guint64 packets = 0;
  for (guint i = 0; i < hg_tally_protocol_count(tally); i++)
    packets += hg_tally_protocol(tally, (guint16)i)->traffic.packets;
  g_assert_cmpuint(packets, ==, 6);
  g_assert_cmpuint(hg_contact_log_count(hg_tally_contacts(tally)), ==, 3); /* unicast pairs only */
  g_assert_null(host(tally, "10.9.9.9"));
  hg_tally_free(tally);
  hg_tally_free(NULL);
}

static void test_conversation_directions(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:A info=first len=54\n"
                                   "2 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA info=GET len=154\n"
                                   "3 10.0.0.1 10.0.0.2 TCP tcp=4000:80:A info=later len=55\n");
  int side;
  const HgConversation *c = hg_tally_find_conversation(tally, host(tally, "10.0.0.1")->number,
                                                       host(tally, "10.0.0.2")->number, &side);
  g_assert_cmpint(side, ==, HG_SIDE_B);
  g_assert_cmpuint(c->traffic[HG_SIDE_A].bytes, ==, 54);
  g_assert_cmpuint(c->traffic[HG_SIDE_B].bytes, ==, 209);
  for (guint32 i = c->first_protocol; i != HG_NO_LINK;) {
    const HgConversationProtocol *p = hg_tally_conversation_protocol(tally, i);
    const gboolean http = strcmp(hg_tally_protocol(tally, p->protocol)->name, "HTTP") == 0;
    g_assert_cmpuint(p->traffic[HG_SIDE_B].packets, ==, 1);
    g_assert_cmpstr(p->info[HG_SIDE_A], ==, http ? NULL : "first");
    g_assert_cmpstr(p->info[HG_SIDE_B], ==, http ? "GET" : "later");
    i = p->next;
  }
  hg_tally_free(tally);
}

static void test_subnet_broadcast(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.255 NBNS udp=137:137 dmac=ff:ff:ff:ff:ff:ff\n"
                                   "2 10.0.0.1 10.0.0.7 NBNS udp=137:137 dmac=ff:ff:ff:ff:ff:ff\n"
                                   "3 10.0.0.7 10.0.0.1 NBNS udp=137:137 dmac=00:00:00:00:00:01\n");
  g_assert_cmpint(hg_host_scope(host(tally, "10.0.0.255")), ==, HG_SCOPE_BROADCAST);
  g_assert_cmpint(hg_host_scope(host(tally, "10.0.0.7")), ==, HG_SCOPE_INTERNAL); /* it answered */
  g_assert_cmpint(hg_host_scope(host(tally, "10.0.0.1")), ==, HG_SCOPE_INTERNAL);
  hg_tally_free(tally);
}

static void test_bindings(void) {
  HgTally *tally =
      hg_script_tally("1 10.0.0.1 10.0.0.2 TCP smac=02:00:00:00:00:01\n"
                      "2 10.0.0.1 10.0.0.2 TCP smac=02:00:00:00:00:02\n"
                      "3 10.0.0.1 10.0.0.2 TCP smac=02:00:00:00:00:01\n"
                      "4 02:00:00:00:00:09 ff:ff:ff:ff:ff:ff ARP smac=02:00:00:00:00:09\n"
                      "arp 02:00:00:00:00:09 10.0.0.1 10.0.0.2 reply\n"
                      "5 02:00:00:00:00:09 ff:ff:ff:ff:ff:ff ARP\n"
                      "arp 02:00:00:00:00:09 0.0.0.0 10.0.0.77\n"); /* a probe claims nothing */
  char **macs = hg_binding_table_macs(hg_tally_bindings(tally), &host(tally, "10.0.0.1")->address);
  char *all = g_strjoinv(" ", macs);
  g_assert_cmpstr(all, ==, "02:00:00:00:00:01 02:00:00:00:00:02 02:00:00:00:00:09");
  g_assert_cmpuint(hg_binding_table_count(hg_tally_bindings(tally)), ==, 3);
  g_assert_cmpuint(hg_binding_table_get(hg_tally_bindings(tally), 0)->traffic.packets, ==, 2);
  g_free(all);
  g_strfreev(macs);
  hg_tally_free(tally);
}

static void test_names_and_logins(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.2 FTP tcp=4000:21:PA payload=9\n"
                                   "login 10.0.0.1 10.0.0.2 FTP bob\n"
                                   "2 10.0.0.1 10.0.0.2 FTP tcp=4000:21:PA payload=9\n"
                                   "login 10.0.0.1 10.0.0.2 FTP bob\n"
                                   "login 10.0.0.1 10.0.0.2 FTP eve\n"
                                   "login - 10.0.0.2 PAP nobody\n" /* no address in this layer */
                                   "name - nobody.example dns\n"
                                   "name 10.0.0.2 files.example dns\n"
                                   "name 10.0.0.2 a.example tls\n"
                                   "name 10.0.0.2 files.example http\n");
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(tally);
  g_assert_cmpuint(hg_names_and_logins_login_count(names_and_logins), ==, 2);
  const HgLogin *bob = hg_names_and_logins_login(names_and_logins, 0);
  g_assert_cmpstr(bob->user, ==, "bob");
  g_assert_cmpuint(bob->traffic.packets, ==, 2);
  g_assert_cmpuint(bob->traffic.first_frame, ==, 1);
  g_assert_cmpuint(bob->traffic.last_frame, ==, 2);
  g_assert_cmpuint(hg_names_and_logins_name_count(names_and_logins), ==, 2);
  char **names = hg_names_and_logins_names(names_and_logins, &host(tally, "10.0.0.2")->address);
  char *all = g_strjoinv(" ", names);
  g_assert_cmpstr(all, ==, "a.example files.example");
  g_assert_cmpuint(hg_names_and_logins_name(names_and_logins, 0)->sources, ==,
                   1u << HG_NAME_DNS | 1u << HG_NAME_HTTP);
  g_free(all);
  g_strfreev(names);
  hg_tally_free(tally);
}

static void test_only_wanted_protocols(void) {
  char *wanted[] = {(char *)"dns", NULL};
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.protocols = wanted;
  HgTally *tally = read_with(&options, "1 10.0.0.1 10.0.0.2 DNS udp=4000:53 len=70\n"
                                       "2 10.0.0.3 10.0.0.2 FTP tcp=1:21:PA payload=3 len=80\n"
                                       "login 10.0.0.3 10.0.0.2 FTP bob\n");
  g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, 1);
  g_assert_cmpuint(hg_tally_host_count(tally), ==, 2);
  g_assert_cmpuint(hg_names_and_logins_login_count(hg_tally_names_and_logins(tally)), ==, 0);
  hg_tally_free(tally);
}

/* Each cap at 1: something is left out, it is said, and totals stay right. */
static void test_caps(void) {
  static const char script[] = "1 10.0.0.1 10.0.0.2 DNS udp=1:53 smac=02:00:00:00:00:01 info=one\n"
                               "2 10.0.0.2 10.0.0.1 DNS udp=53:1 smac=02:00:00:00:00:02 info=two\n"
                               "3 10.0.0.1 10.0.0.3 TCP tcp=7:8:S smac=02:00:00:00:00:01 info=333\n"
                               "name 10.0.0.1 a\nname 10.0.0.2 b\n"
                               "observe echo 10.0.0.1 10.0.0.2 x\n"
                               "observe echo 10.0.0.1 10.0.0.2 x\n"
                               "observe echo 10.0.0.2 10.0.0.1 x\n";
  static const guint64 expected[HG_CAP_COUNT] = {
      [HG_CAP_HOSTS] = 3,    [HG_CAP_CONVERSATIONS] = 1, [HG_CAP_CONNECTIONS] = 1,
      [HG_CAP_CONTACTS] = 2, [HG_CAP_BINDINGS] = 1,      [HG_CAP_NAMES] = 1,
      [HG_CAP_INFO] = 3,     [HG_CAP_OBSERVATIONS] = 1,
  };
  for (int cap = 0; cap < HG_CAP_COUNT; cap++) {
    HgTallyOptions options;
    hg_tally_options_init(&options);
    options.caps[cap] = 1;
    HgTally *tally = read_with(&options, script);
    g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, 3);
    for (int other = 0; other < HG_CAP_COUNT; other++)
      g_assert_cmpuint(hg_tally_left_out(tally, other), ==, other == cap ? expected[cap] : 0);
    hg_tally_free(tally);
  }
}

/* Characters of two, three and four bytes, cut at each of these. */
static void test_info_is_cut_between_characters(void) {
  static const char *const characters[] = {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x90\x9f"};
  for (guint i = 0; i < G_N_ELEMENTS(characters) * 4; i++) {
    const char *character = characters[i / 4];
    GString *script = g_string_new("1 10.0.0.1 10.0.0.2 X info=\"");
    for (guint before = 0; before < i % 4; before++)
      g_string_append_c(script, 'x');
    for (int times = 0; times < 200; times++)
      g_string_append(script, character);
    g_string_append(script, "\"\n");
    HgTally *tally = hg_script_tally(script->str);
    const char *info = hg_tally_conversation_protocol(tally, 0)->info[0];
    g_assert_true(g_utf8_validate(info, -1, NULL));
    g_assert_cmpuint(strlen(info), <=, HG_INFO_MAX);
    g_assert_cmpuint(strlen(info) + strlen(character), >, HG_INFO_MAX);
    hg_tally_free(tally);
    g_string_free(script, TRUE);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tally/counts", test_counts);
  g_test_add_func("/tally/conversation-directions", test_conversation_directions);
  g_test_add_func("/tally/subnet-broadcast", test_subnet_broadcast);
  g_test_add_func("/tally/bindings", test_bindings);
  g_test_add_func("/tally/knowledge", test_names_and_logins);
  g_test_add_func("/tally/only-wanted-protocols", test_only_wanted_protocols);
  g_test_add_func("/tally/caps", test_caps);
  g_test_add_func("/tally/info-is-cut-between-characters", test_info_is_cut_between_characters);
  return g_test_run();
}
