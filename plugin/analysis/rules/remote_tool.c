/* remote_tool.c - programs that let somebody outside control a host, or reach it through a tunnel
 *
 * Support people use them, and so do intruders, since nothing about them is malware. So they are told, and blame
 * nobody.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/remote_tools.h"

/* One program of one host of the network. */
typedef struct {
  guint32 host;
  const HgRemoteTool *tool;
  const char *name; /* of a server; NULL: its port or protocol tells the tool; borrowed */
  GArray *services; /* guint32 */
  guint32 last_frame;
} Use;

typedef struct {
  const HgRuleRun *run;
  GHashTable *names; /* host -> HgName whose domain is a tool's, borrowed */
  GPtrArray *uses;   /* Use, owned, in order of first sight */
  GHashTable *found; /* host << 32 | number of the tool (guint64, owned) -> Use, borrowed */
} Uses;

static void use_free(gpointer data) {
  Use *use = data;
  g_array_unref(use->services);
  g_free(use);
}

static Use *intern_use(Uses *uses, guint32 host, const HgRemoteTool *tool) {
  const guint64 key = (guint64)host << 32 | hg_remote_tool_number(tool);
  Use *use = g_hash_table_lookup(uses->found, &key);
  if (use)
    return use;
  use = g_new0(Use, 1);
  use->host = host;
  use->tool = tool;
  use->services = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_ptr_array_add(uses->uses, use);
  g_hash_table_insert(uses->found, g_memdup2(&key, sizeof key), use);
  return use;
}

/* Which servers have a name of such a program. */
static void gather_names(Uses *uses) {
  const HgTally *tally = hg_rule_run_tally(uses->run);
  const HgNamesAndLogins *names = hg_tally_names_and_logins(tally);
  for (guint32 i = 0; i < hg_names_and_logins_name_count(names); i++) {
    const HgName *name = hg_names_and_logins_name(names, i);
    const HgHost *host =
        hg_remote_tool_by_name(name->name) ? hg_tally_find_host(tally, &name->address) : NULL;
    if (host)
      g_hash_table_insert(uses->names, GUINT_TO_POINTER(host->number), (gpointer)name);
  }
}

/* The host of the network that talks to one outside; HG_NO_HOST: both are on the same side. */
static guint32 inside_of(const HgRuleRun *run, const HgService *service) {
  const gboolean client = hg_rule_run_scope(run, service->client) == HG_SCOPE_EXTERNAL;
  const gboolean server = hg_rule_run_scope(run, service->server) == HG_SCOPE_EXTERNAL;
  const guint32 inside = client ? service->server : service->client;
  return client != server && hg_rule_run_is_unicast(run, inside) ? inside : HG_NO_HOST;
}

#define DNS 53 /* whose names' addresses are asked for there uses nothing yet */

static void add_service(Uses *uses, guint32 number) {
  const HgRuleRun *run = uses->run;
  const HgService *service = hg_service_table_get(hg_rule_run_services(run), number);
  const HgName *name = g_hash_table_lookup(uses->names, GUINT_TO_POINTER(service->server));
  const guint32 inside = inside_of(run, service);
  if (inside == HG_NO_HOST || service->port == DNS ||
      (service->established == 0 && service->midstream == 0))
    return;
  const HgRemoteTool *tool = name && inside == service->client
                                 ? hg_remote_tool_by_name(name->name)
                                 : hg_remote_tool_by_service(hg_rule_run_tally(run), service);
  if (!tool)
    return;
  Use *use = intern_use(uses, inside, tool);
  use->name = use->name ? use->name : name ? name->name : NULL;
  use->last_frame = MAX(use->last_frame, service->last_frame);
  g_array_append_val(use->services, number);
}

static char *filter_of(const HgTally *tally, guint32 host, const HgFinding *finding) {
  return hg_filter_and(hg_filter_host(tally, host, HG_FILTER_EITHER),
                       hg_filter_hosts(tally, finding->peers, HG_FILTER_EITHER));
}

static void report(HgRuleRun *run, const Use *use) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  HgFinding *finding = hg_rule_run_report(run, use->host);
  guint controlled = 0;
  for (guint i = 0; i < use->services->len; i++) {
    const HgService *service =
        hg_service_table_get(services, g_array_index(use->services, guint32, i));
    controlled += service->server == use->host;
    hg_finding_add_peer(finding, service->server == use->host ? service->client : service->server);
    hg_finding_add_frame(finding, service->first_frame);
  }
  finding->last_frame = MAX(finding->last_frame, use->last_frame);
  finding->strength = 1;
  finding->observed = use->services->len;
  finding->threshold = 1;
  finding->protocol = g_strdup(use->tool->name);
  finding->domain = g_strdup(use->name);
  hg_finding_take_filter(finding, filter_of(tally, use->host, finding));
  char *peers = hg_wording_hosts(tally, finding->peers, finding->peers->len);
  const HgService *first = hg_service_table_get(services, g_array_index(use->services, guint32, 0));
  if (use->name)
    hg_finding_set_evidence(finding, "%s uses %s: it talks to %s at %s",
                            hg_tally_host(tally, use->host)->text, use->tool->name, use->name,
                            peers);
  else
    hg_finding_set_evidence(finding, "%s %s %s on port %u: %s",
                            hg_tally_host(tally, use->host)->text,
                            controlled > 0 ? "is reached from outside over" : "uses",
                            use->tool->name, first->port, peers);
  g_free(peers);
}

static void assess(HgRuleRun *run) {
  Uses uses = {run, g_hash_table_new(NULL, NULL), g_ptr_array_new_with_free_func(use_free),
               g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL)};
  gather_names(&uses);
  for (guint32 i = 0; i < hg_service_table_count(hg_rule_run_services(run)); i++)
    add_service(&uses, i);
  for (guint i = 0; i < uses.uses->len; i++)
    report(run, uses.uses->pdata[i]);
  g_hash_table_destroy(uses.found);
  g_hash_table_destroy(uses.names);
  g_ptr_array_unref(uses.uses);
}

static const char *const attack[] = {"T1219", NULL};

const HgRule hg_rule_remote_tool = {
    .id = "remote-tool",
    .title = "Remote control program",
    .kind = HG_FINDING_EXPOSURE,
    .weight = 0,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what =
        "programs that let somebody outside control a host or reach it by a tunnel (AnyDesk, TeamViewer, ngrok, VNC "
        "and RDP across the border, ...)",
    .source = "names of servers, ports and protocols that their makers document",
    .false_positive_if = "the people who look after the host use it",
    .needs_home = TRUE,
    .assess = assess};
