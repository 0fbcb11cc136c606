/* test_answers.c - who was answered, when, and where answers could have been seen
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/scopes.h"
#include "analysis/measures/answers.h"
#include "script.h"

typedef struct {
  HgTally *tally;
  HgServiceTable *services;
  guint8 *scopes;
  HgAnswers *answers;
} Asked;

static Asked ask(const char *script) {
  Asked asked = {.tally = hg_script_tally(script)};
  asked.services = hg_service_table_new(asked.tally);
  asked.scopes = hg_scopes_new(asked.tally);
  asked.answers = hg_answers_new(asked.tally, asked.services, asked.scopes);
  return asked;
}

static void asked_clear(Asked *asked) {
  hg_answers_free(asked->answers);
  g_free(asked->scopes);
  hg_service_table_free(asked->services);
  hg_tally_free(asked->tally);
}

static guint32 number_of(const Asked *asked, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  return hg_tally_find_host(asked->tally, &address)->number;
}

/* --- outages --- */

static guint32 sequence;

/* A connection of `client` (10.0.0.x) to `server` (198.51.100.x); in vain: SYNs after 0, 1 and 3 s. */
static void go(GString *script, double time, guint client, guint server, gboolean answered) {
  const guint port = 20000 + ++sequence % 40000;
  static const guint again[] = {0, 1, 3};
  for (guint i = 0; i < (answered ? 1 : G_N_ELEMENTS(again)); i++)
    g_string_append_printf(script, "%.3f 10.0.0.%u 198.51.100.%u TCP tcp=%u:443:S seq=%u\n",
                           time + again[i], client, server, port, sequence);
  if (answered)
    g_string_append_printf(script, "%.3f 198.51.100.%u 10.0.0.%u TCP tcp=443:%u:SA\n", time + 0.1,
                           server, client, port);
}

/* Before and after 100 to 300 s, `known` servers (from 1 on) answer each of `clients`; meanwhile nobody
 * does. Once in the middle, 10.0.0.50 gets a packet of a connection that was there before, if `heard`. */
static GString *outage(guint clients, guint known, guint tried, gboolean heard) {
  GString *script = g_string_new(NULL);
  for (guint time = 10; time < 400; time += 10)
    for (guint client = 1; client <= clients; client++) {
      const gboolean out = time >= 100 && time < 300;
      go(script, time + client, client, out ? 1 + (time / 10 + client) % tried : 1 + client % known,
         !out);
      if (heard && time == 200 && client == 1)
        g_string_append(script, "202.5 198.51.100.99 10.0.0.50 TLS tcp=443:4000:A payload=9\n");
    }
  return script;
}

/* The same, all of it so many seconds earlier. Takes the script; (transfer full). */
static GString *earlier(GString *script, guint seconds) {
  g_auto(GStrv) lines = g_strsplit(script->str, "\n", -1);
  g_string_truncate(script, 0);
  for (guint i = 0; lines[i] && *lines[i]; i++) {
    char *rest;
    const double time = g_ascii_strtod(lines[i], &rest);
    g_string_append_printf(script, "%.3f%s\n", time - seconds, rest);
  }
  return script;
}

/* Outages of a kind; the first one's times. Takes the script. */
static guint outages(GString *script, HgOutageKind kind, gint64 *from, gint64 *to) {
  Asked asked = ask(script->str);
  const GArray *all = hg_answers_outages(asked.answers);
  guint count = 0;
  for (guint i = all->len; i > 0; i--) {
    const HgOutage *one = &g_array_index(all, HgOutage, i - 1);
    if (one->kind != kind)
      continue;
    count++;
    *from = one->from_ns / 1000000000;
    *to = one->to_ns / 1000000000;
  }
  asked_clear(&asked);
  g_string_free(script, TRUE);
  return count;
}

static void test_outage(void) {
  gint64 from = 0, to = 0;
  g_assert_cmpuint(outages(outage(3, 2, 9, FALSE), HG_OUTAGE_EXTERNAL, &from, &to), ==, 1);
  g_assert_cmpint(from, >=, 90);
  g_assert_cmpint(from, <=, 104);
  g_assert_cmpint(to, >=, 290);
  g_assert_cmpint(to, <=, 304);
  /* one client alone may be the cause, and servers that never answered show nothing */
  g_assert_cmpuint(outages(outage(1, 2, 9, FALSE), HG_OUTAGE_EXTERNAL, &from, &to), ==, 0);
  GString *never = g_string_new(NULL);
  for (guint time = 0; time < 200; time += 10)
    for (guint client = 1; client <= 3; client++)
      go(never, 100 + time + client, client, 100 + time / 10 + client, FALSE);
  go(never, 50, 1, 1, TRUE);
  g_assert_cmpuint(outages(never, HG_OUTAGE_EXTERNAL, &from, &to), ==, 0);
  /* it is two if something was heard in between */
  g_assert_cmpuint(outages(outage(3, 2, 9, TRUE), HG_OUTAGE_EXTERNAL, &from, &to), ==, 2);
  g_assert_cmpint(to, ==, 202);
  /* before 1970, too, where clocks of devices may stand */
  g_assert_cmpuint(outages(earlier(outage(3, 2, 9, TRUE), 1000), HG_OUTAGE_EXTERNAL, &from, &to),
                   ==, 2);
  g_assert_cmpint(to, ==, 202 - 1000 + 1); /* rounded towards 0 */
}

/* However long nothing else was tried. */
static void test_moment(void) {
  gint64 from = 0, to = 0;
  for (guint later = 0; later <= 40; later += 20) {
    GString *script = g_string_new(NULL);
    for (guint server = 1; server <= 2; server++)
      go(script, 10 + server, 9, server, TRUE);
    go(script, 500, 1, 1, FALSE);
    go(script, 500.5 + later, 2, 2, FALSE);
    g_assert_cmpuint(outages(script, HG_OUTAGE_EXTERNAL, &from, &to), ==, later == 40);
  }
}

/* Who is held against what: only what failed then, and only there. */
static void test_asked(void) {
  GString *script = outage(3, 2, 9, FALSE);
  g_string_append(script, "150 10.0.0.9 198.51.100.200 TCP tcp=4000:80:S seq=1\n"
                          "500 10.0.0.9 198.51.100.201 TCP tcp=4000:80:S seq=1\n"
                          "150 10.0.0.9 10.0.0.1 TCP tcp=4000:80:S seq=1\n");
  Asked asked = ask(script->str);
  guint32 first;
  const guint32 count =
      hg_service_table_of_client(asked.services, number_of(&asked, "10.0.0.9"), &first);
  g_assert_cmpuint(count, ==, 3);
  for (guint32 i = first; i < first + count; i++) {
    const HgService *service = hg_service_table_get(asked.services, i);
    g_assert_cmpint(hg_answers_were_out(asked.answers, service), ==,
                    service->server == number_of(&asked, "198.51.100.200"));
  }
  asked_clear(&asked);
  g_string_free(script, TRUE);
}

/* Nothing external in all of the capture: so it is for three clients that insist, and not for scanners. */
static void test_always(void) {
  gint64 from, to;
  for (guint clients = 2; clients <= 3; clients++) {
    GString *insisting = g_string_new(NULL), *scanning = g_string_new(NULL);
    for (guint i = 0; i < 20; i++)
      for (guint client = 1; client <= clients; client++) {
        go(insisting, 10 + i * 10, client, i * 3 + client, FALSE);
        g_string_append_printf(scanning, "%u 10.0.0.%u 198.51.100.%u TCP tcp=%u:443:S seq=%u\n",
                               10 + i, client, i * 3 + client, 5000 + i, i + 1);
      }
    g_assert_cmpuint(outages(insisting, HG_OUTAGE_EXTERNAL, &from, &to), ==, clients == 3);
    g_assert_cmpuint(outages(scanning, HG_OUTAGE_EXTERNAL, &from, &to), ==, 0);
  }
}

/* The same between two answers, one before and one after, if it lasts. */
static void test_silence(void) {
  gint64 from = 0, to = 0;
  for (guint minutes = 4; minutes <= 6; minutes++)
    for (guint clients = 2; clients <= 3; clients++) {
      GString *script = g_string_new(NULL);
      go(script, 99, 9, 250, TRUE);
      for (guint time = 10; time + 10 < minutes * 60; time += 10)
        for (guint client = 1; client <= clients; client++)
          go(script, 100 + time + client, client, 1 + time / 10 * 3 + client, FALSE);
      go(script, 100 + minutes * 60, 9, 250, TRUE);
      g_assert_cmpuint(outages(script, HG_OUTAGE_EXTERNAL, &from, &to), ==,
                       minutes >= 5 && clients == 3);
    }
  g_assert_cmpint(from, ==, 99);
  g_assert_cmpint(to, ==, 460);
}

/* --- where answers could have been seen --- */

#define FOREIGN                                                                                    \
  "1 203.0.113.1 10.9.0.1 UDP udp=4000:5000\n2 10.9.0.1 203.0.113.1 UDP udp=5000:4000\n"           \
  "1 203.0.113.1 203.0.113.9 UDP udp=4000:5000\n2 203.0.113.9 203.0.113.1 UDP udp=5000:4000\n"

static gboolean visible(const char *script, const char *client, const char *server) {
  Asked asked = ask(script);
  const gboolean is =
      hg_answers_are_visible(asked.answers, number_of(&asked, client), number_of(&asked, server));
  asked_clear(&asked);
  return is;
}

static void test_visible(void) {
  static const struct {
    const char *script;
    gboolean visible; /* what 198.51.100.7 sends to 10.0.0.1 */
  } cases[] = {
      {"1 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n", FALSE},
      /* what the client gets from elsewhere outside, or what its neighbour gets */
      {"1 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n2 10.0.0.1 203.0.113.1 UDP udp=4000:53\n"
       "3 203.0.113.1 10.0.0.1 UDP udp=53:4000\n",
       TRUE},
      {"1 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n2 10.0.0.2 203.0.113.1 UDP udp=4000:53\n"
       "3 203.0.113.1 10.0.0.2 UDP udp=53:4000\n",
       TRUE},
      /* the same way from outside to inside */
      {"1 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n2 203.0.113.1 10.0.0.2 UDP udp=4000:53\n"
       "3 10.0.0.2 203.0.113.1 UDP udp=53:4000\n",
       TRUE},
      /* several ask and nobody gets anything: what others elsewhere get says nothing */
      {FOREIGN "3 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n"
               "4 10.0.0.2 198.51.100.7 UDP udp=4000:5000\n",
       FALSE},
      /* TCP that goes on without a word of the other side */
      {FOREIGN "3 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n"
               "4 10.0.0.1 198.51.100.8 TCP tcp=4000:443:A payload=10\n",
       FALSE},
      {FOREIGN "3 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n"
               "4 10.0.0.2 198.51.100.8 TCP tcp=4000:443:A payload=10\n",
       FALSE},
      /* what a victim of forged addresses sends is no such TCP */
      {"3 10.0.0.1 198.51.100.7 UDP udp=4000:5000\n4 10.0.0.1 203.0.113.8 TCP tcp=80:4000:SA\n"
       "5 10.0.0.1 203.0.113.9 UDP udp=4000:53\n6 203.0.113.9 10.0.0.1 UDP udp=53:4000\n",
       TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_test_message("case %u", i);
    g_assert_cmpint(visible(cases[i].script, "10.0.0.1", "198.51.100.7"), ==, cases[i].visible);
  }
}

/* Of many sources only the target's own network tells whether it answers. */
static void test_visible_inside(void) {
  GString *script = g_string_new("1 10.0.0.80 10.0.0.81 UDP udp=4000:53\n"
                                 "2 10.0.0.81 10.0.0.80 UDP udp=53:4000\n");
  for (guint i = 1; i < 100; i++)
    g_string_append_printf(script, "3 10.1.0.%u 10.0.0.80 UDP udp=4000:7777\n", i);
  g_assert_true(visible(script->str, "10.1.0.1", "10.0.0.80"));
  g_string_free(script, TRUE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/answers/outage", test_outage);
  g_test_add_func("/answers/moment", test_moment);
  g_test_add_func("/answers/asked", test_asked);
  g_test_add_func("/answers/always", test_always);
  g_test_add_func("/answers/silence", test_silence);
  g_test_add_func("/answers/visible", test_visible);
  g_test_add_func("/answers/visible-inside", test_visible_inside);
  return g_test_run();
}
