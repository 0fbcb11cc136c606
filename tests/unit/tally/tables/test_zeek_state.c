/* test_zeek_state.c - each conn_state of Zeek's conn.log by a sequence of packets that Zeek's manual
 * describes ("connection attempt seen, no reply", ...), in order and shuffled
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "script.h"
#include "tally/tables/zeek_state.h"

/* What C, the client, and S, the server, send: letters as in Zeek's history, with D for data. */
static const struct {
  const char *packets, *state;
} cases[] = {
    {"C:S", "S0"},                                /* attempt seen, no reply */
    {"C:S C:S", "S0"},                            /* sent again */
    {"C:S S:A", "S0"},                            /* acknowledged before it is answered */
    {"C:S C:A C:D", "S0"},                        /* only the client's side captured */
    {"C:S S:SA", "S1"},                           /* established, not terminated */
    {"C:S S:SA C:A C:D S:D", "S1"},               /* */
    {"S:SA C:A S:D", "S1"},                       /* the SYN was not captured */
    {"C:S S:SA C:A C:D S:D C:FA S:FA C:A", "SF"}, /* normal establishment and termination */
    {"C:S S:SA C:A S:FA C:FA C:R", "SF"},         /* RST after both FINs */
    {"C:S S:SA C:A C:FA C:R S:FA", "SF"},         /* */
    {"C:D S:D C:FA S:FA", "SF"},                  /* a partial connection that was closed */
    {"C:S S:RA", "REJ"},                          /* attempt rejected */
    {"C:S C:S S:RA S:RA", "REJ"},                 /* */
    {"C:S S:SA C:R S:R", "REJ"},                  /* both, without a byte of data */
    {"C:S S:SA C:A C:FA", "S2"},                  /* close attempt by the originator */
    {"C:S S:SA C:A C:D C:FA S:A S:D", "S2"},      /* */
    {"C:S S:SA C:A S:D S:FA", "S3"},              /* close attempt by the responder */
    {"C:S S:SA C:A C:D C:RA", "RSTO"},            /* originator aborted */
    {"C:S S:SA C:R", "RSTO"},                     /* half-open scan of an open port */
    {"C:S S:SA C:A C:D C:FA C:RA", "RSTO"},       /* */
    {"C:S S:SA C:A C:D S:RA", "RSTR"},            /* responder sent a RST */
    {"C:S S:SA C:A C:D C:RA S:RA", "RSTR"},       /* */
    {"C:S C:R", "RSTOS0"},                        /* SYN, then RST; no SYN-ACK seen */
    {"S:SA S:R", "RSTRH"},                        /* SYN-ACK, then RST; no SYN seen */
    {"C:S C:FA", "SH"},                           /* SYN, then FIN; no SYN-ACK seen */
    {"S:SA S:FA", "SHR"},                         /* SYN-ACK, then FIN; no SYN seen */
    {"S:SA S:D S:FA", "SHR"},                     /* only the server's side captured */
    {"C:D S:D", "OTH"},                           /* midstream */
    {"C:A", "OTH"},                               /* */
    {"S:SA", "OTH"},                              /* an answer to a SYN that nobody saw */
    {"S:RA", "OTH"},                              /* no SYN, no SYN-ACK */
    {"C:S C:FA C:R", "OTH"},                      /* not SYN and RST alone */
    {"C:F S:RA", "RSTR"},                         /* FIN scan of a closed port */
    {"C: S:RA", "RSTRH"},                         /* NULL scan of one */
    {"C: C:", "OTH"},                             /* and of an open one */
    {"C:D C:RA", "OTH"},                          /* no SYN seen */
    {"C:S S:D", "OTH"},                           /* data, but neither SYN-ACK nor FIN */
};

static void append_packet(GString *script, guint time, const char *packet) {
  const gboolean client = packet[0] == 'C', data = packet[2] == 'D';
  const char *flags = data ? "PA" : packet + 2;
  const char *numbers = "";
  if (strcmp(packet, "C:S") == 0)
    numbers = " seq=1";
  else if (strcmp(packet, "S:SA") == 0)
    numbers = " seq=9 ack=2";
  else if (strcmp(packet, "S:RA") == 0)
    numbers = " seq=0 ack=2"; /* RFC 9293, section 3.10.7.1 */
  g_string_append_printf(script, "1.%03u 10.0.0.%s TCP tcp=%s:%s payload=%d%s\n", time,
                         client ? "1 10.0.0.2" : "2 10.0.0.1", client ? "4000:80" : "80:4000",
                         flags, data ? 10 : 0, numbers);
}

static void assert_state(char **packets, const char *expected) {
  g_autoptr(GString) script = g_string_new(NULL);
  for (guint i = 0; packets[i]; i++)
    append_packet(script, i, packets[i]);
  HgTally *tally = hg_script_tally(script->str);
  g_test_message("%s", script->str);
  g_assert_cmpuint(hg_tally_connection_count(tally), ==, 1);
  g_assert_cmpstr(hg_zeek_state(hg_tally_connection(tally, 0)), ==, expected);
  hg_tally_free(tally);
}

static void test_tcp(void) {
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(GStrv) packets = g_strsplit(cases[i].packets, " ", -1);
    assert_state(packets, cases[i].state);
  }
}

/* An answer that is stored before its question, as two taps store it. */
static void test_answer_first(void) {
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(GStrv) packets = g_strsplit(cases[i].packets, " ", -1);
    if (!g_str_has_prefix(cases[i].packets, "C:S S:SA") &&
        strcmp(cases[i].packets, "C:S S:RA") != 0)
      continue;
    char *question = packets[0];
    packets[0] = packets[1];
    packets[1] = question;
    assert_state(packets, cases[i].state);
  }
}

static void test_others(void) {
  static const struct {
    const char *script, *state;
  } exchanges[] = {
      {"1 10.0.0.1 10.0.0.2 DNS udp=5000:53\n", "S0"},
      {"1 10.0.0.1 10.0.0.2 DNS udp=5000:53\n2 10.0.0.2 10.0.0.1 DNS udp=53:5000\n", "SF"},
      {"1 10.0.0.2 10.0.0.1 DNS udp=53:5000\n", "SHR"}, /* only the answer */
      {"1 10.0.0.1 10.0.0.2 DNS udp=5000:53\nunreachable 10.0.0.1 10.0.0.2 udp 5000 53\n", "S0"},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\nunreachable 10.0.0.1 10.0.0.2 tcp 4000 80\n",
       "S0"},
      {"1 10.0.0.1 10.0.0.2 SCTP sctp=4000:80\n2 10.0.0.2 10.0.0.1 SCTP sctp=80:4000\n", "OTH"},
      {"1 10.0.0.1 10.0.0.2 ICMP echo=request:7\n2 10.0.0.2 10.0.0.1 ICMP echo=reply:7\n", "OTH"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(exchanges); i++) {
    HgTally *tally = hg_script_tally(exchanges[i].script);
    g_assert_cmpuint(hg_tally_connection_count(tally), ==, 1);
    g_assert_cmpstr(hg_zeek_state(hg_tally_connection(tally, 0)), ==, exchanges[i].state);
    hg_tally_free(tally);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/zeek-state/tcp", test_tcp);
  g_test_add_func("/zeek-state/answer-first", test_answer_first);
  g_test_add_func("/zeek-state/others", test_others);
  return g_test_run();
}
