/* failed_callback.c - a host tries one external service again and again, without success, at
 * regular intervals
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/first_contact.h"

#include <math.h>

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

/* Connections within this time are one try: the system repeats a refused one at once (Windows:
 * twice, half a second apart), and programs try all addresses of a name in parallel. */
#define ONE_TRY_NS (3 * SECOND_NS)

/* Services that people configure by name or address, so that clients try a dead one for ever: mail,
 * printers, files, directories, names, remote desktops, push services of phones. */
static const guint16 configured[] = {22,   25,   53,   88,   110,  123,  135,  139,  143, 389,
                                     445,  465,  514,  515,  587,  631,  636,  853,  993, 995,
                                     1723, 3268, 3389, 5060, 5061, 5222, 5223, 5228, 9100};

static gboolean is_configured(guint16 port) {
  for (guint i = 0; i < G_N_ELEMENTS(configured); i++)
    if (configured[i] == port)
      return TRUE;
  return FALSE;
}

/* Captures lose packets: a refused connection whose SYN was lost looks like one that began before
 * the capture, but it carries no data. */
static gboolean had_success(const HgService *service) {
  return service->established > 0 || service->payload[0] + service->payload[1] > 0;
}

/* Internal services are left out: one that is gone was a regular server, while malware calls
 * external ones. */
static gboolean is_candidate(const HgRuleRun *run, const HgService *service, double tries) {
  return service->transport == HG_TRANSPORT_TCP && service->attempts >= tries &&
         !had_success(service) && hg_rule_run_scope(run, service->client) == HG_SCOPE_INTERNAL &&
         hg_rule_run_scope(run, service->server) == HG_SCOPE_EXTERNAL &&
         !is_configured(service->port);
}

/* Start times of the tries, but for those at which nobody was answered. (transfer full, gint64) */
static GArray *tries_of(const HgRuleRun *run, const HgService *service) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const HgAnswers *answers = hg_rule_run_answers(run);
  GArray *tries = g_array_new(FALSE, FALSE, sizeof(gint64));
  gint64 last = 0;
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c = hg_service_table_connection(services, service->first_connection + i);
    if (hg_answers_were_out_at(answers, service, c->first_ns))
      continue;
    if (tries->len == 0 || hg_time_distance(last, c->first_ns) > ONE_TRY_NS)
      g_array_append_val(tries, c->first_ns);
    last = c->first_ns;
  }
  return tries;
}

/* The jitter: the median deviation of the gaps from their median, as a share of it. Well-behaved
 * programs wait longer each time (back off), which gives a large share. */
static double irregularity(const GArray *tries, double *median) {
  GArray *gaps = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint i = 1; i < tries->len; i++) {
    const double gap =
        (double)hg_time_span(g_array_index(tries, gint64, i - 1), g_array_index(tries, gint64, i));
    g_array_append_val(gaps, gap);
  }
  hg_statistics_sort(gaps);
  *median = hg_statistics_median(gaps);
  const double deviation = hg_statistics_median_deviation(gaps, *median);
  g_array_unref(gaps);
  return *median > 0 ? deviation / *median : 1;
}

static gint64 span_of(const GArray *tries) {
  return hg_time_span(g_array_index(tries, gint64, 0),
                      g_array_index(tries, gint64, tries->len - 1));
}

static void report(HgRuleRun *run, const HgService *service, const GArray *tries, double median) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  HgFinding *finding = hg_rule_run_report(run, service->client);
  finding->observed = tries->len;
  finding->threshold = hg_rule_run_parameter(run, "tries");
  finding->strength = hg_statistics_strength(finding->observed, finding->threshold);
  hg_finding_add_peer(finding, service->server);
  for (guint32 i = 0; i < service->connections; i++)
    hg_finding_add_frame(
        finding, hg_service_table_connection(services, service->first_connection + i)->first_frame);
  finding->last_frame = MAX(finding->last_frame, service->last_frame);
  hg_finding_take_filter(finding, hg_filter_service(tally, service));
  char *span = hg_wording_span(span_of(tries));
  char *gap = hg_wording_span((gint64)median);
  hg_finding_set_evidence(
      finding,
      "%s tried %s tcp port %u in vain %u times over %s, every %s (median); %u connections were "
      "refused, %u not answered",
      hg_tally_host(tally, service->client)->text, hg_tally_host(tally, service->server)->text,
      service->port, tries->len, span, gap, service->refused, service->unanswered);
  g_free(gap);
  g_free(span);
}

static void assess_service(HgRuleRun *run, const HgService *service) {
  GArray *tries = tries_of(run, service);
  double median = 0;
  if (tries->len >= hg_rule_run_parameter(run, "tries") &&
      (double)span_of(tries) >= hg_rule_run_parameter(run, "min-span") * (double)SECOND_NS &&
      irregularity(tries, &median) <= hg_rule_run_parameter(run, "spread"))
    report(run, service, tries, median);
  g_array_unref(tries);
}

static void assess(HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const double tries = hg_rule_run_parameter(run, "tries");
  hg_first_contact_note_gaps(run, FALSE);
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (is_candidate(run, service, tries))
      assess_service(run, service);
  }
}

static const char *const attack[] = {"T1071", "T1008", NULL};
static const HgParameter parameters[] = {
    {"tries", 5, 3, 1000000, "tries", "connections that failed; those within 3 s count once"},
    {"min-span", 30, 0, 86400, "s", "fewer seconds are a program that repeats itself"},
    {"spread", 0.25, 0, 1, "",
     "how far gaps may be from their median, as a share of it (median of that)"},
    {0}};

const HgRule hg_rule_failed_callback = {
    .id = "failed-callback",
    .title = "Failed callback",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what = "one external server and port tried again and again without success, at near-regular "
            "times",
    .source = "malware whose server was taken down goes on calling at its pace; 5 tries over 30 s "
              "and a quarter of spread leave room for the usual jitter and none for backing off "
              "(RFC 8961 asks honest senders to)",
    .false_positive_if =
        "the server is one that somebody configured and that is down, or a firewall blocks "
        "a known program",
    .needs_times = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
