/* arp_spoof.c - a MAC claims addresses of other hosts (ARP spoofing, ARP cache poisoning)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/arp_conflicts.h"

/* Strengths by indicator; with the rule's weight, a suspect begins at 0.56. Two MACs behind one
 * address happen by mistake (two hosts configured alike), and a takeover happens by design (a
 * standby router), which counts for nothing here. Only a spoofer sends unsolicited replies, or
 * sends a request for an address that it claims itself. */
#define TWO_OWNERS 0.3
#define TWO_OWNERS_ONE_WITH_MORE 0.5
#define UNSOLICITED_ALONE 0.4
#define UNSOLICITED_AND_MORE 0.7
#define TELLING 0.85
#define SEVERAL 1.0

typedef struct {
  HgRuleRun *run;
  const HgArpOwners *owners;
  guint32 unsolicited; /* parameter */
} Assessment;

static const HgArpOwner *owner(const Assessment *assessment, guint i) {
  return &g_array_index(assessment->owners->owners, HgArpOwner, i);
}

static double strength_of(const Assessment *assessment, const HgArpConflict *conflict) {
  const gboolean more = owner(assessment, conflict->claimer)->claimed > 1;
  const gboolean poisons = conflict->unsolicited >= assessment->unsolicited;
  const gboolean asks = conflict->own_request > 0;
  const gboolean later =
      conflict->holder != G_MAXUINT && hg_traffic_is_before(&conflict->held, conflict->claims);
  if (conflict->holder != G_MAXUINT && (poisons || asks))
    return TELLING;
  if (conflict->displaced != G_MAXUINT && (conflict->unsolicited > 0 || asks))
    return TELLING;
  if (poisons)
    return more ? UNSOLICITED_AND_MORE : UNSOLICITED_ALONE;
  if (later)
    return more ? TWO_OWNERS_ONE_WITH_MORE : TWO_OWNERS;
  return 0;
}

static char *mac_text(const Assessment *assessment, guint i) {
  const HgAddress mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = owner(assessment, i)->mac};
  return hg_address_to_text(&mac);
}

/* The indicators for one address, as clauses. */
static void describe(const Assessment *assessment, const HgArpConflict *conflict, GString *text) {
  char *address = hg_address_to_text(conflict->address);
  g_string_append_printf(text,
                         "%sclaims %s in %" G_GUINT64_FORMAT " ARP message%s from frame %u on",
                         text->len ? "; " : "", address, conflict->claims->packets,
                         conflict->claims->packets == 1 ? "" : "s", conflict->claims->first_frame);
  g_free(address);
  if (conflict->holder != G_MAXUINT) {
    char *holder = mac_text(assessment, conflict->holder);
    g_string_append_printf(text, ", which %s holds (frames %u to %u)", holder,
                           conflict->held.first_frame, conflict->held.last_frame);
    g_free(holder);
  }
  if (conflict->unsolicited > 0)
    g_string_append_printf(text, ", tells %s so unasked %u time%s", conflict->told,
                           conflict->unsolicited, conflict->unsolicited == 1 ? "" : "s");
  if (conflict->own_request > 0)
    g_string_append_printf(text, ", asks for that address itself in frame %u",
                           conflict->own_request);
  if (conflict->displaced != G_MAXUINT) {
    char *displaced = mac_text(assessment, conflict->displaced);
    g_string_append_printf(text,
                           ", since frame %u passes on packets of %u address%s that came from %s",
                           conflict->takeover_frame, conflict->taken_over,
                           conflict->taken_over == 1 ? "" : "es", displaced);
    g_free(displaced);
  }
}

static void add_peer(HgFinding *finding, const HgTally *tally, const HgAddress *address) {
  const HgHost *host = hg_tally_find_host(tally, address);
  if (host && host->number != finding->host)
    hg_finding_add_peer(finding, host->number);
}

/* Who was told of the address: a machine of its segment, or one that is the same in all. */
static void add_told(HgFinding *finding, const HgTally *tally, const HgArpConflict *conflict) {
  HgAddress address;
  HgAddressBuffer buffer;
  if (!conflict->told || !hg_address_parse(conflict->told, &address, &buffer))
    return;
  add_peer(finding, tally, &address);
  address.segment = conflict->address->segment;
  add_peer(finding, tally, &address);
}

static char *filter_of(const char *mac, const GString *addresses) {
  return g_strdup_printf("arp.src.hw_mac == %s && arp.src.proto_ipv4 in {%s}", mac, addresses->str);
}

/* Conflicts `from` up to `end` belong to one claimer. */
static void report(const Assessment *assessment, const GArray *conflicts, guint from, guint end,
                   double strength, guint counted) {
  const HgTally *tally = hg_rule_run_tally(assessment->run);
  const HgArpConflict *first = &g_array_index(conflicts, HgArpConflict, from);
  const HgArpOwner *who = owner(assessment, first->claimer);
  const guint32 host = hg_arp_owners_host(assessment->owners, tally, who->mac, FALSE);
  if (host == HG_NO_HOST) {
    hg_rule_run_not_assessed(assessment->run, "who claims others' addresses is no host of this "
                                              "layer");
    return;
  }
  HgFinding *finding = hg_rule_run_report(assessment->run, host);
  GString *text = g_string_new(NULL), *addresses = g_string_new(NULL);
  for (guint i = from; i < end; i++) {
    const HgArpConflict *conflict = &g_array_index(conflicts, HgArpConflict, i);
    if (strength_of(assessment, conflict) == 0)
      continue;
    char *address = hg_address_to_text(conflict->address);
    describe(assessment, conflict, text);
    g_string_append_printf(addresses, "%s%s", addresses->len ? ", " : "", address);
    g_free(address);
    hg_finding_add_frame(finding, conflict->claims->first_frame);
    hg_finding_add_frame(finding, conflict->claims->last_frame);
    add_peer(finding, tally, conflict->address);
    add_told(finding, tally, conflict);
    if (conflict->holder != G_MAXUINT) {
      const HgAddress mac = {
          .kind = HG_ADDRESS_MAC, .length = 6, .data = owner(assessment, conflict->holder)->mac};
      add_peer(finding, tally, &mac);
    }
  }
  char *mac = mac_text(assessment, first->claimer);
  finding->observed = counted;
  finding->threshold = 1;
  finding->strength = strength;
  hg_finding_take_filter(finding, filter_of(mac, addresses));
  hg_finding_set_evidence(finding, "%s %s", mac, text->str);
  g_free(mac);
  g_string_free(addresses, TRUE);
  g_string_free(text, TRUE);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgArpOwners *owners = hg_rule_run_owners(run);
  GArray *conflicts = hg_arp_conflicts_new(tally, owners);
  const Assessment assessment = {run, owners, (guint32)hg_rule_run_parameter(run, "unasked")};
  for (guint from = 0, end; from < conflicts->len; from = end) {
    double strongest = 0;
    guint counted = 0, telling = 0;
    for (end = from; end < conflicts->len; end++) {
      const HgArpConflict *conflict = &g_array_index(conflicts, HgArpConflict, end);
      if (conflict->claimer != g_array_index(conflicts, HgArpConflict, from).claimer)
        break;
      const double strength = strength_of(&assessment, conflict);
      strongest = MAX(strongest, strength);
      counted += strength > 0;
      telling += strength >= UNSOLICITED_AND_MORE;
    }
    if (strongest > 0)
      report(&assessment, conflicts, from, end, telling > 1 ? SEVERAL : strongest, counted);
  }
  g_array_unref(conflicts);
}

static const char *const attack[] = {"T1557.002", NULL};
static const HgParameter parameters[] = {
    {"unasked", 3, 1, 10000, "replies", "replies that nobody asked for are taken for poisoning"},
    {0}};

const HgRule hg_rule_arp_spoof = {
    .id = "arp-spoof",
    .title = "ARP spoofing",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "a MAC claims addresses that another one holds, tells hosts so unasked, or has packets "
            "of others go through it since",
    .source =
        "RFC 826 lets anybody claim; RFC 5227 says how honest hosts find out first. Poisoning "
        "tools repeat unasked replies every 1 to 10 s (arpspoof, ettercap, bettercap), to be "
        "heard over the real owner",
    .false_positive_if =
        "the address has moved to new hardware, routers or clustered servers share it, or "
        "two hosts are configured alike by mistake",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};
