/* deny_list.c - a host talks to hosts, or asks for domains, on a deny list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/dns_name.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/lists/deny_contacts.h"

/* How many entries the evidence names. */
#define NAMED 5

static void append_contact(const HgTally *tally, const HgDenyContact *contact, GString *text) {
  const char *const peer =
      contact->peer == HG_NO_HOST ? "a resolver" : hg_tally_host(tally, contact->peer)->text;
  char *entry = hg_list_entry_text(contact->entry);
  g_string_append(text, text->len ? ", " : "");
  if (contact->how == HG_DENY_ASKED)
    g_string_append_printf(text, "asked for %.120s", contact->name);
  else if (contact->how == HG_DENY_NAMED)
    g_string_append_printf(text, "asked %s for %.120s", peer, contact->name);
  else
    g_string_append_printf(text, "%s %s", contact->answered ? "talked to" : "called", peer);
  g_string_append_printf(text, " (%s, line %u of %s)", entry, contact->entry->line,
                         contact->entry->file);
  g_free(entry);
}

/* --- the filter --- */

/* Names that end in one of these domains: "evil[.]example|bad[.]example". */
static void append_domain(GString *domains, const char *domain) {
  g_string_append(domains, domains->len ? "|" : "");
  for (const char *at = domain; *at; at++) {
    if (*at == '.')
      g_string_append(domains, "[.]");
    else
      g_string_append_c(domains, *at);
  }
}

/* Selects what the host asked resolvers for, or named to servers. (transfer full) */
static char *filter_names(const HgTally *tally, guint32 host, HgDenyHow how,
                          const GString *domains) {
  char *names =
      how == HG_DENY_ASKED
          ? g_strdup_printf("dns.qry.name matches \"(^|[.])(%s)$\" && !mdns && !llmnr && !icmp && "
                            "!icmpv6",
                            domains->str)
          : g_strdup_printf("(tls.handshake.extensions_server_name matches \"(^|[.])(%s)$\" || "
                            "http.host matches \"(^|[.])(%s)(:[0-9]+)?$\")",
                            domains->str, domains->str);
  return hg_filter_and(
      hg_filter_host(tally, host, how == HG_DENY_ASKED ? HG_FILTER_EITHER : HG_FILTER_SOURCE),
      names);
}

/* A filter for contacts of one host and one kind. */
static char *filter_kind(const HgTally *tally, const HgDenyContact *contacts, guint count) {
  GHashTable *seen = g_hash_table_new(NULL, NULL); /* entries asked for, or peers + 1 */
  GString *domains = g_string_new(NULL);
  char *filter = NULL;
  for (guint i = 0; i < count && g_hash_table_size(seen) < HG_FILTER_MAX_HOSTS; i++) {
    const HgDenyContact *c = &contacts[i];
    if (!g_hash_table_add(seen, c->name ? (gpointer)c->entry : GUINT_TO_POINTER(c->peer + 1)))
      continue;
    if (c->name)
      append_domain(domains, c->entry->domain);
    else
      filter = hg_filter_or(filter, hg_filter_pair(tally, contacts->host, c->peer));
  }
  if (domains->len > 0)
    filter = filter_names(tally, contacts->host, contacts->how, domains);
  g_string_free(domains, TRUE);
  g_hash_table_destroy(seen);
  return filter;
}

static char *filter_of(const HgTally *tally, const HgDenyContact *contacts, guint count) {
  char *filter = NULL;
  for (guint i = 0, end; i < count; i = end) {
    for (end = i; end < count && contacts[end].how == contacts[i].how;)
      end++;
    filter = hg_filter_or(filter, contacts[i].how == HG_DENY_IS
                                      ? hg_filter_host(tally, contacts->host, HG_FILTER_EITHER)
                                      : filter_kind(tally, contacts + i, end - i));
  }
  return filter;
}

/* --- the report --- */

/* Writes the evidence of all contacts of one host. */
static void word_evidence(const HgTally *tally, HgFinding *finding, const HgDenyContact *contacts,
                          guint count) {
  const char *const host = hg_tally_host(tally, contacts->host)->text;
  GHashTable *entries = g_hash_table_new(NULL, NULL);
  GString *text = g_string_new(NULL);
  guint named = 0;
  if (contacts->how == HG_DENY_IS) {
    char *entry = hg_list_entry_text(contacts->entry);
    g_string_append_printf(text, "is on the deny list itself (%s, line %u of %s)", entry,
                           contacts->entry->line, contacts->entry->file);
    g_free(entry);
  }
  for (guint i = 0; i < count; i++)
    if (contacts[i].how != HG_DENY_IS && g_hash_table_add(entries, (gpointer)contacts[i].entry) &&
        named++ < NAMED)
      append_contact(tally, &contacts[i], text);
  if (named > NAMED)
    g_string_append_printf(text, ", and did so with %u other entries of the list", named - NAMED);
  hg_finding_set_evidence(finding, "%s %s", host, text->str);
  g_string_free(text, TRUE);
  g_hash_table_destroy(entries);
}

static guint count_entries(const HgDenyContact *contacts, guint count) {
  GHashTable *entries = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < count; i++)
    g_hash_table_add(entries, (gpointer)contacts[i].entry);
  const guint distinct = g_hash_table_size(entries);
  g_hash_table_destroy(entries);
  return distinct;
}

static void report(HgRuleRun *run, const HgDenyContact *contacts, guint count, guint entries) {
  HgFinding *finding = hg_rule_run_report(run, contacts->host);
  gboolean answered = FALSE;
  for (guint i = 0; i < count; i++) {
    answered |= contacts[i].answered;
    if (contacts[i].peer != HG_NO_HOST)
      hg_finding_add_peer(finding, contacts[i].peer);
    hg_finding_add_frame(finding, contacts[i].first_frame);
    hg_finding_add_frame(finding, contacts[i].last_frame);
  }
  finding->observed = entries;
  finding->threshold = hg_rule_run_parameter(run, "entries");
  finding->strength = answered ? 1 : hg_rule_run_parameter(run, "unanswered");
  hg_finding_take_filter(finding, filter_of(hg_rule_run_tally(run), contacts, count));
  word_evidence(hg_rule_run_tally(run), finding, contacts, count);
}

/* Why only the addresses of the list could be looked for; NULL: its domains were looked for, too.
 */
static const char *why_no_domains(const HgTally *tally, const HgAllowDenyList *list) {
  if (!hg_allow_deny_list_has_domains(list))
    return NULL;
  return hg_tally_options(tally)->evidence
             ? hg_dns_unassessable(tally, HG_OBSERVED_DNS_QUERY)
             : "domains on the list need evidence from the dissectors (evidence=no)";
}

/* Without a deny list there is nothing to assess and nothing to report as not assessed. */
static void assess(HgRuleRun *run) {
  const HgAllowDenyList *list = hg_rule_run_deny(run);
  const double least = hg_rule_run_parameter(run, "entries");
  const char *why = list ? why_no_domains(hg_rule_run_tally(run), list) : NULL;
  if (why)
    hg_rule_run_not_assessed(run, why);
  GArray *found = list ? hg_deny_contacts_new(run, list) : NULL;
  for (guint i = 0, end; found && i < found->len; i = end) {
    const HgDenyContact *contacts = &g_array_index(found, HgDenyContact, i);
    for (end = i; end < found->len; end++)
      if (g_array_index(found, HgDenyContact, end).host != contacts->host)
        break;
    const guint entries = count_entries(contacts, end - i);
    if (entries >= least)
      report(run, contacts, end - i, entries);
  }
  if (found)
    g_array_unref(found);
}

static const char *const attack[] = {"T1071", NULL};
static const HgParameter parameters[] = {
    {"entries", 1, 1, 1000000, "entries", "of the list, talked to or asked for"},
    {"unanswered", 0.6, 0, 1, "", "strength where no listed host answered"},
    {0}};

const HgRule hg_rule_deny_list = {
    .id = "deny-list",
    .title = "Deny list",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what =
        "a host begins to talk to a host on the deny list, asks for a domain on it, or is on it",
    .source = "the list that you give with deny=",
    .false_positive_if =
        "the entry is out of date, or the host has a reason to look at it: a scanner of "
        "mail, a sandbox, an analyst",
    .parameters = parameters,
    .assess = assess};
