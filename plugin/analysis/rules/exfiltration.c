/* exfiltration.c - an internal host sends much data to external ones and gets little back
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/answers.h"
#include "analysis/measures/first_contact.h"

#define MIB 1048576.0

/* With too few hosts to call one an outlier, a finding has less than half the strength. */
#define UNCOMPARED 0.5

/* Transport payload that a client sent to one external server, and received from it, in bytes. */
typedef struct {
  guint32 server;
  guint64 out, in;
  guint32 first_frame, last_frame;
} Upload;

/* Sorts by bytes sent by one client, most first, then as seen. */
static gint compare_uploads(gconstpointer a, gconstpointer b) {
  const Upload *x = a, *y = b;
  if (x->out != y->out)
    return x->out > y->out ? -1 : 1;
  return x->server < y->server ? -1 : x->server > y->server;
}

/* Whether an internal host began it, to an external one, and the client's roles do not explain it.
 * Downloads from an internal server are another matter. */
static gboolean is_candidate(const HgRuleRun *run, const HgService *service) {
  return service->attempts > 0 && hg_rule_run_scope(run, service->client) == HG_SCOPE_INTERNAL &&
         hg_rule_run_scope(run, service->server) == HG_SCOPE_EXTERNAL &&
         hg_roles_asking(hg_rule_run_roles(run), service) == 0;
}

/* Whether it would show what the server sent; without that nobody knows which way most went. */
static gboolean is_seen_whole(const HgRuleRun *run, const HgService *service) {
  return service->payload[0] == 0 || service->packets[1] > 0 ||
         hg_answers_are_visible(hg_rule_run_answers(run), service->client, service->server);
}

/* Gathers the uploads of the client of service number `first`. Returns the number after its last
 * service. Adds the client to `one_sided` where it has uploads of which one direction was captured. */
static guint32 gather(const HgRuleRun *run, guint32 first, GArray *uploads, GArray *one_sided) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const guint32 client = hg_service_table_get(services, first)->client;
  g_array_set_size(uploads, 0);
  for (; first < hg_service_table_count(services); first++) {
    const HgService *s = hg_service_table_get(services, first);
    if (s->client != client)
      break;
    if (!is_candidate(run, s))
      continue;
    if (!is_seen_whole(run, s)) {
      if (one_sided->len == 0 || g_array_index(one_sided, guint32, one_sided->len - 1) != client)
        g_array_append_val(one_sided, client);
      continue;
    }
    Upload *last = uploads->len ? &g_array_index(uploads, Upload, uploads->len - 1) : NULL;
    if (!last || last->server != s->server) {
      const Upload upload = {s->server, 0, 0, s->first_frame, s->last_frame};
      g_array_append_val(uploads, upload);
      last = &g_array_index(uploads, Upload, uploads->len - 1);
    }
    last->out += s->payload[0];
    last->in += s->payload[1];
    last->first_frame = MIN(last->first_frame, s->first_frame);
    last->last_frame = MAX(last->last_frame, s->last_frame);
  }
  return first;
}

/* Keeps the one-sided uploads, at most as many as a filter can name. Returns the bytes that they
 * sent together. */
static guint64 keep_one_sided(GArray *uploads, double ratio) {
  guint64 total = 0;
  guint kept = 0;
  g_array_sort(uploads, compare_uploads);
  for (guint i = 0; i < uploads->len && kept < HG_FILTER_MAX_HOSTS; i++) {
    const Upload upload = g_array_index(uploads, Upload, i);
    if (upload.out == 0 || (double)upload.out < ratio * (double)upload.in)
      continue;
    g_array_index(uploads, Upload, kept++) = upload;
    total += upload.out;
  }
  g_array_set_size(uploads, kept);
  return total;
}

/* --- comparison with other hosts --- */

typedef struct {
  double hosts, median, scale; /* scale 0: the hosts cannot be compared, or are all equal */
} Cohort;

/* Bytes that internal hosts send to external ones, including hosts that send none. */
static Cohort compare_hosts(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  GArray *sent = g_array_new(FALSE, FALSE, sizeof(double));
  double *by_host = g_new0(double, (gsize)hg_tally_host_count(tally) + 1);
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (is_candidate(run, service))
      by_host[service->client] += (double)service->payload[0];
  }
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++) {
    const HgHost *host = hg_tally_host(tally, i);
    if (host->sent.packets > 0 && hg_rule_run_scope(run, i) == HG_SCOPE_INTERNAL)
      g_array_append_val(sent, by_host[i]);
  }
  Cohort cohort = {.hosts = sent->len};
  if (sent->len > 0) {
    hg_statistics_sort(sent);
    cohort.median = hg_statistics_median(sent);
    cohort.scale = hg_statistics_outlier_scale(sent, cohort.median);
  }
  g_array_unref(sent);
  g_free(by_host);
  return cohort;
}

static void report(HgRuleRun *run, guint32 client, const GArray *uploads, guint64 out,
                   const Cohort *cohort, gboolean compared) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, client);
  GArray *servers = g_array_new(FALSE, FALSE, sizeof(guint32));
  guint64 in = 0;
  for (guint i = 0; i < uploads->len; i++) {
    const Upload *upload = &g_array_index(uploads, Upload, i);
    in += upload->in;
    g_array_append_val(servers, upload->server);
    hg_finding_add_peer(finding, upload->server);
    hg_finding_add_frame(finding, upload->first_frame);
    hg_finding_add_frame(finding, upload->last_frame);
  }
  finding->observed = (double)out / MIB;
  finding->threshold = hg_rule_run_parameter(run, "megabytes");
  finding->strength =
      hg_statistics_strength(finding->observed, finding->threshold) * (compared ? 1 : UNCOMPARED);
  hg_finding_take_filter(finding, hg_filter_and(hg_filter_host(tally, client, HG_FILTER_EITHER),
                                                hg_filter_hosts(tally, servers, HG_FILTER_EITHER)));
  char *names = hg_wording_hosts(tally, servers, servers->len);
  char *size = hg_wording_number(finding->observed, 1),
       *median = hg_wording_number(cohort->median / MIB, 1),
       *hosts = hg_wording_number(cohort->hosts, 0);
  char *others = compared
                     ? g_strdup_printf("the median of %s internal hosts is %s MiB", hosts, median)
                     : g_strdup_printf("%s internal hosts are too few to compare it with", hosts);
  hg_finding_set_evidence(
      finding, "%s sent %s MiB of data to %s, which sent %" G_GUINT64_FORMAT " bytes back; %s",
      hg_tally_host(tally, client)->text, size, names, in, others);
  g_free(others);
  g_free(hosts);
  g_free(median);
  g_free(size);
  g_free(names);
  g_array_unref(servers);
}

static void assess(HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const double bytes = hg_rule_run_parameter(run, "megabytes") * MIB,
               ratio = hg_rule_run_parameter(run, "ratio"), z = hg_rule_run_parameter(run, "z");
  const Cohort cohort = compare_hosts(run);
  const gboolean compared = cohort.hosts >= hg_rule_run_parameter(run, "hosts");
  GArray *uploads = g_array_new(FALSE, FALSE, sizeof(Upload));
  GArray *one_sided = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < hg_service_table_count(services);) {
    const guint32 client = hg_service_table_get(services, i)->client;
    i = gather(run, i, uploads, one_sided);
    const guint64 out = keep_one_sided(uploads, ratio);
    if ((double)out >= bytes && (!compared || ((double)out - cohort.median) > z * cohort.scale))
      report(run, client, uploads, out, &cohort, compared);
  }
  if (one_sided->len > 0) {
    char *names = hg_wording_hosts(hg_rule_run_tally(run), one_sided, one_sided->len);
    char *why = g_strdup_printf("only one direction of the traffic of %s was captured", names);
    hg_rule_run_not_assessed(run, why);
    g_free(why);
    g_free(names);
  }
  g_array_unref(one_sided);
  g_array_unref(uploads);
}

static const char *const attack[] = {"T1041", "T1048", NULL};
static const HgParameter parameters[] = {
    {"megabytes", 10, 0.001, 1e9, "MiB", "data sent to outside"},
    {"ratio", 10, 1, 1e9, "", "how many times what came back"},
    {"z", 3.5, 0, 1e6, "", "modified z-score above which a host is an outlier"},
    {"hosts", 10, 3, 1e6, "hosts", "fewer internal hosts cannot be compared: half the strength"},
    {0}};

const HgRule hg_rule_exfiltration = {
    .id = "exfiltration",
    .title = "Exfiltration",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what = "an internal host sends far more to external servers than they send back, and than "
            "other hosts do",
    .source = "TracePcap: from 10 MiB on; ten times what comes back is no download, whose "
              "acknowledgements carry no data; outliers: Iglewicz and Hoaglin 1993",
    .false_positive_if = "it is a backup, an upload or a video that the user knows of",
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
