/* download.c - executables over HTTP that hide what they are, or come from a server without a name
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/download.h"
#include "analysis/basics/distinct_hosts.h"
#include "analysis/basics/observed_pair.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

typedef struct {
  HgObservedPair pair;
  HgDownload what;
} Download;

/* What is wrong with a download, strongest first. */
enum { LIES, ADDRESS, NAMELESS, SIGNS };
typedef struct {
  double strength;
  const char *words; /* before the servers */
} Sign;
/* Counted: in captures of malware 14 %, 4 % and 33 %, in harmless ones 0 of 115. Updaters behind delivery
 * networks have no executable's name either, so that is as weak as odd-port. */
static const Sign signs[SIGNS] = {
    [LIES] = {0.75, "claimed to be"},
    [ADDRESS] = {0.65, "came from a server that was called by its address"},
    [NAMELESS] = {0.28, "had no executable's name"},
};
#define FURTHER_SIGN 0.1 /* added for each further sign */

static gboolean has_sign(const HgRuleRun *run, const Download *download, guint sign) {
  const gboolean external = hg_rule_run_scope(run, download->pair.server) == HG_SCOPE_EXTERNAL;
  switch (sign) {
  case LIES:
    return hg_download_lies(&download->what);
  case ADDRESS:
    return external && download->what.host == HG_CALLED_ADDRESS;
  default:
    return external && hg_download_is_nameless(&download->what) &&
           !hg_download_lies(&download->what);
  }
}

static guint32 frame_of(const Download *download) {
  return download->pair.observation->traffic.first_frame;
}

static gint compare_downloads(gconstpointer a, gconstpointer b) {
  const Download *x = a, *y = b;
  if (x->pair.client != y->pair.client)
    return x->pair.client < y->pair.client ? -1 : 1;
  return frame_of(x) < frame_of(y) ? -1 : 1;
}

/* Those of internal hosts, by client. (transfer full) */
static GArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *numbers =
      hg_observation_table_seen(hg_tally_observations(tally), HG_OBSERVED_DOWNLOAD);
  GArray *downloads = g_array_new(FALSE, FALSE, sizeof(Download));
  for (guint i = 0; i < numbers->len; i++) {
    Download one;
    if (hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &one.pair) &&
        hg_download_parse(one.pair.observation->subject, &one.what) &&
        hg_rule_run_scope(run, one.pair.client) == HG_SCOPE_INTERNAL &&
        hg_rule_run_is_unicast(run, one.pair.server))
      g_array_append_val(downloads, one);
  }
  g_array_sort(downloads, compare_downloads);
  return downloads;
}

/* --- one client --- */

/* Downloads of one client: `count` of them from `first` on. */
typedef struct {
  const Download *first;
  guint count;
} Client;

/* What it says that it is, where it lies. */
static const char *claim_of(const HgDownload *what) {
  const char *by_name = what->name != HG_CLAIM_EXECUTABLE ? hg_claim_text(what->name) : NULL;
  return by_name != NULL ? by_name : hg_claim_text(what->type);
}

/* "2 claimed to be an image: 192.0.2.1"; answers how many there are. */
static guint describe_sign(const HgRuleRun *run, const Client *client, guint sign, GString *text) {
  HgDistinctHosts servers;
  const char *claim = NULL;
  guint count = 0;
  hg_distinct_hosts_init(&servers);
  for (guint i = 0; i < client->count; i++) {
    const Download *one = &client->first[i];
    if (!has_sign(run, one, sign))
      continue;
    count++;
    hg_distinct_hosts_add(&servers, one->pair.server);
    claim = claim != NULL ? claim : claim_of(&one->what);
  }
  if (count > 0) {
    g_autofree char *names =
        hg_wording_hosts(hg_rule_run_tally(run), servers.hosts, servers.hosts->len);
    g_string_append_printf(text, "; %u %s%s%s: %s", count, signs[sign].words,
                           sign == LIES ? " " : "", sign == LIES ? claim : "", names);
  }
  hg_distinct_hosts_clear(&servers);
  return count;
}

static double strength_of(const guint counts[SIGNS]) {
  double strength = 0;
  for (guint sign = 0; sign < SIGNS; sign++)
    if (counts[sign] > 0)
      strength = strength > 0 ? strength + FURTHER_SIGN : signs[sign].strength;
  return strength;
}

static gboolean has_any_sign(const HgRuleRun *run, const Download *download) {
  for (guint sign = 0; sign < SIGNS; sign++)
    if (has_sign(run, download, sign))
      return TRUE;
  return FALSE;
}

static guint count_signed(const HgRuleRun *run, const Client *client) {
  guint count = 0;
  for (guint i = 0; i < client->count; i++)
    count += has_any_sign(run, &client->first[i]);
  return count;
}

static void add_downloads(const HgRuleRun *run, const Client *client, HgFinding *finding) {
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < client->count; i++) {
    const Download *one = &client->first[i];
    const guint32 frame = frame_of(one);
    if (!has_any_sign(run, one))
      continue;
    hg_finding_add_peer(finding, one->pair.server);
    hg_finding_add_frame(finding, frame);
    g_array_append_val(frames, frame);
  }
  hg_finding_take_filter(finding,
                         hg_filter_few_frames(frames, hg_filter_host(hg_rule_run_tally(run),
                                                                     client->first->pair.client,
                                                                     HG_FILTER_DESTINATION)));
  g_array_unref(frames);
}

static void assess_client(HgRuleRun *run, const Client *client) {
  const HgTally *tally = hg_rule_run_tally(run);
  GString *text = g_string_new(NULL);
  guint counts[SIGNS];
  for (guint sign = 0; sign < SIGNS; sign++)
    counts[sign] = describe_sign(run, client, sign, text);
  if (count_signed(run, client) >= hg_rule_run_parameter(run, "downloads")) {
    HgFinding *finding = hg_rule_run_report(run, client->first->pair.client);
    finding->observed = count_signed(run, client);
    finding->threshold = hg_rule_run_parameter(run, "downloads");
    finding->strength = strength_of(counts);
    add_downloads(run, client, finding);
    hg_finding_set_evidence(finding, "%s got executables over HTTP%s",
                            hg_tally_host(tally, client->first->pair.client)->text, text->str);
  }
  g_string_free(text, TRUE);
}

static void assess(HgRuleRun *run) {
  GArray *downloads = gather(run);
  for (guint i = 0; i < downloads->len;) {
    Client client = {&g_array_index(downloads, Download, i), 0};
    for (; i < downloads->len &&
           g_array_index(downloads, Download, i).pair.client == client.first->pair.client;
         i++)
      client.count++;
    assess_client(run, &client);
  }
  g_array_unref(downloads);
}

static const char *const attack[] = {"T1105", "T1036.008", NULL};
static const HgParameter parameters[] = {
    {"downloads", 1, 1, 1000000, "executables", "executables with one of these signs"}, {0}};

const HgRule hg_rule_download = {
    .id = "download",
    .title = "Disguised executable",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what =
        "an executable (PE, ELF) over HTTP whose type or name says that it is something else, or from an external "
        "server that was called by its address; weak: from an external server, without an executable's name",
    .source =
        "counted over 477 captures of malware (14 %, 4 % and 33 % of them) and 115 harmless ones with HTTP answers "
        "(none); formats: Microsoft, PE Format; System V ABI; Zeek's file analysis looks for the same",
    .false_positive_if =
        "the server is that of an updater or of a device which the user knows; Windows Delivery "
        "Optimization is left out",
    .needs_evidence = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
