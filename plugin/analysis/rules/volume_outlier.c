/* volume_outlier.c - a host sends far more than comparable hosts, or to far more peers
 *
 * B. Iglewicz, D. Hoaglin, "How to Detect and Handle Outliers", 1993: modified z-score 0.6745 (x -
 * median) / MAD, an outlier above 3.5.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter.h"
#include "analysis/contract/rule_run.h"
#include "analysis/roles/role_load.h"

enum { PACKETS, BYTES, PEERS, MEASURES };
static const char *const measure_units[MEASURES] = {"packets", "bytes", "peers"};

typedef struct {
  const HgRoleLoad *loads; /* by host */
  HgAddressKind kind;
  GArray *hosts;            /* guint32: hosts that can be compared with each other */
  guint8 *is_member;        /* by host */
  GArray *values[MEASURES]; /* double, as hosts */
  double median[MEASURES];
  double scale[MEASURES]; /* of the modified z-score; 0: all are equal */
} Cohort;

/* The part that the host's roles do not explain; of packets that were captured twice, each once. */
static double measure(const Cohort *cohort, const HgHost *host, guint which) {
  const HgRoleLoad *load = &cohort->loads[host->number];
  return which == PACKETS ? (double)(host->sent.packets - host->sent_copies.packets - load->packets)
         : which == BYTES ? (double)(host->sent.bytes - host->sent_copies.bytes - load->bytes)
                          : host->peers_out - load->peers;
}

/* Whether it is an internal host with this kind of address that sent packets, not only copies of those of
 * others, as an address translator does. The MAC of a machine that has an IP address is not counted again. */
static gboolean is_member(const HgRuleRun *run, HgAddressKind kind, guint32 number) {
  const HgHost *host = hg_tally_host(hg_rule_run_tally(run), number);
  return host->address.kind == kind && hg_rule_run_scope(run, number) == HG_SCOPE_INTERNAL &&
         host->sent.packets > host->sent_copies.packets &&
         hg_rule_run_device(run, number) == number;
}

static void cohort_fill(Cohort *cohort, const HgRuleRun *run, HgAddressKind kind,
                        const HgRoleLoad *loads) {
  const HgTally *tally = hg_rule_run_tally(run);
  cohort->loads = loads;
  cohort->kind = kind;
  cohort->hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  cohort->is_member = g_new0(guint8, (gsize)hg_tally_host_count(tally) + 1);
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++) {
    cohort->is_member[i] = is_member(run, kind, i);
    if (cohort->is_member[i])
      g_array_append_val(cohort->hosts, i);
  }
  for (guint m = 0; m < MEASURES; m++) {
    cohort->values[m] = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < cohort->hosts->len; i++) {
      const double value =
          measure(cohort, hg_tally_host(tally, g_array_index(cohort->hosts, guint32, i)), m);
      g_array_append_val(cohort->values[m], value);
    }
    if (cohort->hosts->len == 0)
      continue;
    hg_statistics_sort(cohort->values[m]);
    cohort->median[m] = hg_statistics_median(cohort->values[m]);
    cohort->scale[m] = hg_statistics_outlier_scale(cohort->values[m], cohort->median[m]);
  }
}

static void cohort_clear(Cohort *cohort) {
  g_array_free(cohort->hosts, TRUE);
  g_free(cohort->is_member);
  for (guint m = 0; m < MEASURES; m++)
    g_array_free(cohort->values[m], TRUE);
}

static double z_score(const Cohort *cohort, const HgHost *host, guint m) {
  return cohort->scale[m] > 0 ? (measure(cohort, host, m) - cohort->median[m]) / cohort->scale[m]
                              : 0;
}

/* How many hosts of the cohort are clients of each host. (transfer full) */
static guint32 *count_clients(const HgRuleRun *run, const Cohort *cohort) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint32 *clients = g_new0(guint32, hg_tally_host_count(hg_rule_run_tally(run)));
  const HgService *counted = NULL; /* services of one client and server are adjacent */
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    if (s->attempts == 0 ||
        (counted && counted->client == s->client && counted->server == s->server))
      continue;
    counted = s;
    clients[s->server] += cohort->is_member[s->client];
  }
  return clients;
}

/* Appends the part that was left out, so that the sum equals what the filter selects. */
static void append_load(const HgRuleRun *run, const Cohort *cohort, const HgHost *host,
                        GString *text) {
  const HgRoleLoad *load = &cohort->loads[host->number];
  if (load->packets == 0)
    return;
  char **names = hg_roles_names(hg_rule_run_roles(run), host->number);
  char *roles = g_strjoinv(", ", names);
  g_string_append_printf(text,
                         "; besides these, %" G_GUINT64_FORMAT " packets (%" G_GUINT64_FORMAT
                         " bytes) to %u peers are what its roles explain (%s)",
                         load->packets, load->bytes, load->peers, roles);
  g_free(roles);
  g_strfreev(names);
}

static void report(HgRuleRun *run, const Cohort *cohort, const HgHost *host, double strongest) {
  const double limit = hg_rule_run_parameter(run, "z");
  HgFinding *finding = hg_rule_run_report(run, host->number);
  finding->observed = strongest;
  finding->threshold = limit;
  finding->strength = hg_statistics_strength(strongest, limit);
  hg_finding_add_frame(finding, host->sent.first_frame);
  hg_finding_add_frame(finding, host->sent.last_frame);
  hg_finding_take_filter(finding,
                         hg_filter_host(hg_rule_run_tally(run), host->number, HG_FILTER_SOURCE));

  GString *text = g_string_new(NULL);
  for (guint m = 0; m < MEASURES; m++) {
    const double z = z_score(cohort, host, m);
    if (z <= limit)
      continue;
    char *value = hg_wording_number(measure(cohort, host, m), 0);
    char *median = hg_wording_number(cohort->median[m], 1), *score = hg_wording_number(z, 1);
    char *clause = g_strconcat(text->len ? ", " : "", value, " ", measure_units[m], " (median ",
                               median, ", modified z-score ", score, ")", NULL);
    g_string_append(text, clause);
    g_free(clause);
    g_free(value);
    g_free(median);
    g_free(score);
  }
  append_load(run, cohort, host, text);
  hg_finding_set_evidence(finding, "%s sent far more than the %u internal hosts like it: %s",
                          host->text, cohort->hosts->len, text->str);
  g_string_free(text, TRUE);
}

/* Whether the MAC only forwards: a router's own packets beside those it forwards are ARP and
 * neighbour discovery. */
static gboolean is_forwarding(const HgRuleRun *run, const HgHost *host) {
  return host->address.kind == HG_ADDRESS_MAC &&
         hg_rule_run_has_role(run, host->number, HG_ROLE_GATEWAY);
}

/* An unrecognised protocol may still be a service of the network: it is left out if at least half
 * of the compared hosts are its clients. */
static void assess_cohort(HgRuleRun *run, const Cohort *cohort) {
  const HgTally *tally = hg_rule_run_tally(run);
  const double limit = hg_rule_run_parameter(run, "z");
  guint32 *clients = count_clients(run, cohort);
  for (guint i = 0; i < cohort->hosts->len; i++) {
    const HgHost *host = hg_tally_host(tally, g_array_index(cohort->hosts, guint32, i));
    double strongest = 0;
    for (guint m = 0; m < MEASURES; m++)
      strongest = MAX(strongest, z_score(cohort, host, m));
    if (strongest > limit && clients[host->number] * 2 < cohort->hosts->len &&
        !is_forwarding(run, host))
      report(run, cohort, host, strongest);
  }
  g_free(clients);
}

static void assess(HgRuleRun *run) {
  gboolean assessed = FALSE;
  HgRoleLoad *loads =
      hg_role_loads_new(hg_rule_run_tally(run), hg_rule_run_services(run), hg_rule_run_roles(run));
  for (HgAddressKind kind = HG_ADDRESS_IPV4; kind <= HG_ADDRESS_OTHER; kind++) {
    Cohort cohort = {0};
    cohort_fill(&cohort, run, kind, loads);
    if (cohort.hosts->len >= hg_rule_run_parameter(run, "hosts")) {
      assessed = TRUE;
      assess_cohort(run, &cohort);
    }
    cohort_clear(&cohort);
  }
  g_free(loads);
  if (!assessed)
    hg_rule_run_not_assessed(run, "there are too few internal hosts to compare");
}

static const char *const attack[] = {NULL};
static const HgParameter parameters[] = {
    {"z", 3.5, 1, 1000000, "", "modified z-score above which a host is an outlier"},
    {"hosts", 10, 3, 1000000, "hosts", "fewer internal hosts cannot be compared"},
    {0}};

const HgRule hg_rule_volume_outlier = {
    .id = "volume-outlier",
    .title = "Volume outlier",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.3, /* weak indicator: below a suspect's score even at full strength */
    .attack = attack,
    .what = "far more packets, bytes or peers than other internal hosts have",
    .source = "Iglewicz and Hoaglin 1993: modified z-score above 3.5",
    .false_positive_if =
        "the host is a server, gateway or backup client, or somebody moved much data",
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
