/* test_html.c - the page is whole and inert, and its contacts trace like the full log
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/formats/all_formats.h"
#include "export/html/contacts.h"
#include "script.h"

#include <string.h>

/* --- contacts --- */

typedef struct {
  gboolean reached, payload;
  guint32 hops, frame, via;
} Outcome;

/* By host: the first one of its machine, 10.0.0.N and fd00::N; of a MAC the host itself. (transfer full) */
static guint32 *units_of(const HgTally *tally) {
  const guint32 hosts = hg_tally_host_count(tally);
  guint32 *units = g_new(guint32, hosts);
  for (guint32 i = 0; i < hosts; i++) {
    const HgAddress *one = &hg_tally_host(tally, i)->address;
    units[i] = i;
    for (guint32 k = 0; k < i && one->kind != HG_ADDRESS_MAC && units[i] == i; k++) {
      const HgAddress *other = &hg_tally_host(tally, k)->address;
      if (other->kind != HG_ADDRESS_MAC &&
          other->data[other->length - 1] == one->data[one->length - 1])
        units[i] = k;
    }
  }
  return units;
}

/* A walk of our own over chosen contacts: forward from `at_ns`, or backward from it. By unit. */
static Outcome *walk(const HgTally *tally, const guint32 *units, const GArray *places,
                     guint32 start, gboolean forward, gint64 at_ns) {
  const HgContactLog *log = hg_tally_contacts(tally);
  Outcome *all = g_new0(Outcome, hg_tally_host_count(tally));
  start = units[start];
  all[start].reached = all[start].payload = TRUE;
  for (guint n = 0; n < places->len; n++) {
    const guint i = forward ? n : places->len - 1 - n;
    const HgContact *contact = hg_contact_log_get(log, g_array_index(places, guint64, i));
    guint32 from, to;
    if (forward ? contact->time_ns < at_ns : contact->time_ns > at_ns)
      continue;
    hg_tally_contact_ends(tally, contact, forward ? &from : &to, forward ? &to : &from);
    from = units[from];
    to = units[to];
    if (!all[from].reached)
      continue;
    if (!all[to].reached)
      all[to] = (Outcome){TRUE, FALSE, all[from].hops + 1, contact->frame, from};
    if (contact->payload && all[from].payload)
      all[to].payload = TRUE;
  }
  return all;
}

static void append_address(GString *script, guint machine, gint form) {
  static const char *const prefixes[] = {"10.0.0.", "fd00::", "02:00:00:00:00:0"};
  g_string_append_printf(script, "%s%u ", prefixes[form], machine);
}

/* Random exchanges of seven machines; runs of one pair are long, so that there are bursts. `several`: each
 * has three addresses. */
static HgTally *random_tally(GRand *chance, guint packets, gboolean several) {
  GString *script = g_string_new("999 10.0.0.1 10.0.0.2 A udp=1:2\n");
  guint a = 1, b = 2;
  gboolean macs = FALSE;
  for (guint n = 1; several && n < 8; n++)
    g_string_append_printf(script,
                           "arp 02:00:00:00:00:0%u 10.0.0.%u 10.0.0.1 reply\n"
                           "nd 02:00:00:00:00:0%u fd00::%u fd00::1 reply\n",
                           n, n, n, n);
  for (guint i = 0; i < packets; i++) {
    if (g_rand_int_range(chance, 0, 6) == 0) {
      a = (guint)g_rand_int_range(chance, 1, 8);
      b = (guint)g_rand_int_range(chance, 1, 8);
      macs = several && g_rand_int_range(chance, 0, 3) == 0;
    }
    const gboolean turned = g_rand_boolean(chance);
    g_string_append_printf(script, "%u.5 ", 1000 + i);
    append_address(script, turned ? b : a, macs ? 2 : several && g_rand_boolean(chance));
    append_address(script, turned ? a : b, macs ? 2 : several && g_rand_boolean(chance));
    g_string_append_printf(script, "%s udp=1:2 payload=%d\n", g_rand_boolean(chance) ? "A" : "B",
                           g_rand_int_range(chance, 0, 3) ? 0 : 9);
  }
  HgTally *tally = hg_script_tally(script->str);
  g_string_free(script, TRUE);
  return tally;
}

/* All but time and frame of what the start itself passed on must be the same. */
static void compare(const HgTally *tally, const GArray *kept, const HgTrace *trace,
                    const guint32 *units) {
  const gboolean forward = trace->direction == HG_TRACE_FORWARD;
  Outcome *got = walk(tally, units, kept, trace->host, forward, trace->at_ns);
  guint reached = 0;
  for (guint32 host = 0; host < hg_tally_host_count(tally); host++)
    reached += got[host].reached;
  g_assert_cmpuint(reached, ==, trace->reached->len + 1);
  for (guint i = 0; i < trace->reached->len; i++) {
    const HgReached *expected = &g_array_index(trace->reached, HgReached, i);
    const Outcome *conn_state = &got[units[expected->host]];
    g_assert_true(conn_state->reached);
    g_assert_cmpint(conn_state->payload, ==, expected->payload);
    g_assert_cmpuint(conn_state->hops, ==, expected->hops);
    g_assert_cmpuint(conn_state->via, ==, units[expected->via]);
    if (units[expected->via] != units[trace->host])
      g_assert_cmpuint(conn_state->frame, ==, expected->frame);
  }
  g_free(got);
}

static void test_bursts_trace_the_same(gconstpointer several) {
  guint64 left = 0, carried = 0;
  for (guint32 seed = 1; seed <= 60; seed++) {
    GRand *chance = g_rand_new_with_seed(seed);
    HgTally *tally = random_tally(chance, 120, several != NULL);
    guint32 *units = units_of(tally);
    HgDevices *devices = hg_devices_new(tally);
    HgHtmlContacts contacts;
    hg_html_contacts_init(&contacts, tally, devices, 0, G_MAXUINT32);
    g_assert_true(contacts.merged);
    g_assert_false(contacts.cut);
    left += contacts.kept->len;
    carried += contacts.carrying;
    for (guint32 host = 0; host < hg_tally_host_count(tally); host++)
      for (guint second = 995; second < 1125; second += 13)
        for (int direction = 0; direction < 2; direction++) {
          HgTrace *trace = hg_trace_new(tally, devices, host, (HgTraceDirection)direction,
                                        second * G_GINT64_CONSTANT(1000000000));
          compare(tally, contacts.kept, trace, units);
          hg_trace_free(trace);
        }
    hg_html_contacts_clear(&contacts);
    hg_devices_free(devices);
    g_free(units);
    hg_tally_free(tally);
    g_rand_free(chance);
  }
  g_assert_cmpuint(left, <, carried * 9 / 10); /* else nothing was tried */
}

static void test_few_contacts_all_stay(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.2 A\n1 10.0.0.1 10.0.0.2 A\n"
                                   "2 10.0.0.1 224.0.0.1 A\n3 10.0.0.1 10.0.0.1 A\n"
                                   "4 10.0.0.1 10.0.0.2 A\n");
  HgDevices *devices = hg_devices_new(tally);
  HgHtmlContacts contacts;
  hg_html_contacts_init(&contacts, tally, devices, 3, 3);
  g_assert_cmpuint(contacts.carrying, ==, 3); /* not to a group, not to itself */
  g_assert_cmpuint(contacts.kept->len, ==, 3);
  g_assert_false(contacts.merged || contacts.cut);
  hg_html_contacts_clear(&contacts);
  hg_html_contacts_init(&contacts, tally, devices, 2, 1);
  g_assert_true(contacts.merged && contacts.cut);
  g_assert_cmpuint(contacts.kept->len, ==, 1);
  hg_html_contacts_clear(&contacts);
  hg_devices_free(devices);
  hg_tally_free(tally);
}

/* --- the page --- */

static char *page_of(const char *script, const char *capture) {
  HgTally *tally = hg_script_tally(script);
  HgAnalysisOptions *options = hg_analysis_options_new();
  HgAnalysis *analysis = hg_analysis_new(tally, options);
  const HgReportOptions shown = {.capture = capture};
  HgReport *report = hg_report_new(analysis, &shown);
  char *page = hg_format_to_string(hg_format_find("html"), report);
  hg_report_free(report);
  hg_analysis_free(analysis);
  hg_analysis_options_free(options);
  hg_tally_free(tally);
  return page;
}

static guint count(const char *text, const char *part) {
  guint n = 0;
  for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
    n++;
  return n;
}

/* Each script or style that runs is named by its hash: cut it out and hash it again. */
static void assert_hashed(const char *page, const char *open, const char *close, guint expected) {
  guint found = 0;
  for (const char *at = page; (at = strstr(at, open)); found++) {
    at += strlen(open);
    const char *end = strstr(at, close);
    g_assert_nonnull(end);
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_update(checksum, (const guchar *)at, end - at);
    g_checksum_get_digest(checksum, digest, &length);
    char *base64 = g_base64_encode(digest, length);
    char *source = g_strdup_printf("'sha256-%s'", base64);
    g_assert_nonnull(strstr(page, source));
    g_free(source);
    g_free(base64);
    g_checksum_free(checksum);
  }
  g_assert_cmpuint(found, ==, expected);
}

static void test_page_is_whole(void) {
  char *page = page_of("1 10.0.0.1 10.0.0.2 DNS udp=1:53\n", "/home/someone/lan.pcap");
  g_assert_true(g_str_has_prefix(page, "<!DOCTYPE html>"));
  g_assert_true(g_str_has_suffix(page, "</html>\n"));
  g_assert_nonnull(strstr(page, "default-src 'none'"));
  g_assert_nonnull(strstr(page, "<title>lan.pcap - hostgraph</title>"));
  g_assert_null(strstr(page, "/home/someone")); /* a page is shown to others */
  g_assert_null(strstr(page, "{{"));
  g_assert_null(strstr(page, "unsafe-"));
  assert_hashed(page, "<script>", "</script>", 2);
  assert_hashed(page, "<style>", "</style>", 1);
  g_free(page);
}

static void test_text_cannot_leave_its_place(void) {
  static const char evil[] = "</script><script>alert(1)</script><!--{{record}}";
  char *script = g_strdup_printf("1 \"%s\" 10.0.0.2 \"%s\" info=\"%s\"\n"
                                 "name 10.0.0.2 \"%s\" dns\n",
                                 evil, evil, evil, evil);
  char *plain = page_of("1 10.0.0.1 10.0.0.2 DNS udp=1:53\n", "x");
  char *page = page_of(script, evil);
  g_assert_cmpuint(count(page, "</script"), ==, count(plain, "</script"));
  g_assert_cmpuint(count(page, "<script"), ==, count(plain, "<script"));
  g_assert_cmpuint(count(page, "<!--"), ==, count(plain, "<!--"));
  g_free(page);
  g_free(plain);
  g_free(script);
}

static void test_same_bytes_every_time(void) {
  static const char script[] = "1 10.0.0.1 10.0.0.2 DNS udp=1:53\n2 10.0.0.2 10.0.0.3 A\n";
  char *first = page_of(script, "x"), *second = page_of(script, "x");
  g_assert_cmpstr(first, ==, second);
  g_free(first);
  g_free(second);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_data_func("/html/contacts/bursts", NULL, test_bursts_trace_the_same);
  g_test_add_data_func("/html/contacts/bursts-of-machines", "", test_bursts_trace_the_same);
  g_test_add_func("/html/contacts/few", test_few_contacts_all_stay);
  g_test_add_func("/html/page/whole", test_page_is_whole);
  g_test_add_func("/html/page/inert", test_text_cannot_leave_its_place);
  g_test_add_func("/html/page/deterministic", test_same_bytes_every_time);
  return g_test_run();
}
