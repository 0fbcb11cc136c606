/* deny_list.c - who talks to hosts, or asks for domains, that nobody should talk to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/dns_name.h"
#include "analysis/filter_private.h"
#include "analysis/rule.h"
#include "analysis/suppress.h"
#include "analysis/wording.h"

#include <string.h>

/* What one host did with one entry of the list. */
typedef struct {
  guint32 host; /* the accountable one */
  guint32 peer; /* the listed host, or the resolver asked; the host itself: it is listed */
  const HgListEntry *entry;
  const char *name; /* asked for; NULL: packets were exchanged */
  gboolean answered;
  guint32 first_frame, last_frame;
} Contact;

typedef struct {
  HgRuleRun *run;
  const HgWatchList *list;
  const HgListEntry **listed; /* by host: the entry that lists it, or NULL */
  GArray *contacts;           /* Contact */
} Assessment;

/* --- listed hosts --- */

/* By address or MAC. By name only when all names that are known of it are listed: one address may
 * serve many sites, and packets do not tell which one was meant. */
static const HgListEntry *entry_of(const Assessment *assessment, guint32 host) {
  const HgTally *tally = hg_rule_run_tally(assessment->run);
  const HgListEntry *entry = hg_suppress_find_host(assessment->list, tally, host, NULL);
  if (!entry || entry->kind != HG_ADDRESS_OTHER)
    return entry;
  char **names =
      hg_knowledge_names(hg_tally_knowledge(tally), &hg_tally_host(tally, host)->address);
  for (guint i = 0; names[i] && entry; i++)
    entry = hg_watch_list_name(assessment->list, names[i], NULL);
  g_strfreev(names);
  return entry;
}

static void find_listed(Assessment *assessment) {
  const guint32 count = hg_tally_host_count(hg_rule_run_tally(assessment->run));
  assessment->listed = g_new0(const HgListEntry *, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++)
    if (hg_rule_run_is_unicast(assessment->run, i))
      assessment->listed[i] = entry_of(assessment, i);
}

static void add_contact(Assessment *assessment, Contact contact) {
  if (hg_rule_run_is_unicast(assessment->run, contact.host))
    g_array_append_val(assessment->contacts, contact);
}

/* Who began is accountable. Where nobody is known to have, both spoke, or only the one that did. */
static void look_at_service(Assessment *assessment, const HgService *s) {
  const HgListEntry *client = assessment->listed[s->client],
                    *server = assessment->listed[s->server];
  const gboolean begun = s->attempts > 0, both = s->packets[0] > 0 && s->packets[1] > 0;
  if (client && s->packets[0] > 0)
    add_contact(assessment,
                (Contact){s->client, s->server, client, NULL, both, s->first_frame, s->last_frame});
  if (server && s->packets[1] > 0)
    add_contact(assessment,
                (Contact){s->server, s->client, server, NULL, both, s->first_frame, s->last_frame});
  if (server && !client && s->packets[0] > 0 && (begun || both))
    add_contact(assessment,
                (Contact){s->client, s->server, server, NULL, both, s->first_frame, s->last_frame});
  if (client && !server && !begun && both)
    add_contact(assessment,
                (Contact){s->server, s->client, client, NULL, both, s->first_frame, s->last_frame});
}

/* --- listed domains --- */

/* Resolvers ask for others; theirs is the sign only where nobody was seen to ask them. */
static gboolean asks_for_others(const Assessment *assessment, guint32 host) {
  return hg_rule_run_has_role(assessment->run, host, HG_ROLE_RESOLVER);
}

static void look_at_query(Assessment *assessment, const HgObservation *o, gboolean resolvers) {
  const HgTally *tally = hg_rule_run_tally(assessment->run);
  HgDnsSubject subject;
  const HgHost *actor = hg_tally_find_host(tally, &o->actor),
               *peer = hg_tally_find_host(tally, &o->peer);
  if (!actor || !hg_dns_subject(o, &subject) ||
      asks_for_others(assessment, actor->number) != resolvers)
    return;
  const HgListEntry *entry = hg_watch_list_name(assessment->list, subject.name, NULL);
  if (entry)
    add_contact(assessment,
                (Contact){actor->number, peer ? peer->number : HG_NO_HOST, entry, subject.name,
                          TRUE, o->traffic.first_frame, o->traffic.last_frame});
}

static void look_at_queries(Assessment *assessment) {
  const HgObservationTable *table = hg_tally_observations(hg_rule_run_tally(assessment->run));
  if (!hg_watch_list_has_domains(assessment->list))
    return;
  GArray *queries = hg_observation_table_of_kind(table, HG_OBSERVED_DNS_QUERY);
  for (int resolvers = FALSE; resolvers <= TRUE; resolvers++) {
    const guint before = assessment->contacts->len;
    for (guint i = 0; i < queries->len; i++)
      look_at_query(assessment, hg_observation_table_get(table, g_array_index(queries, guint32, i)),
                    resolvers);
    if (assessment->contacts->len > before)
      break;
  }
  g_array_unref(queries);
}

/* --- the report --- */

static gint compare_contacts(gconstpointer a, gconstpointer b) {
  const Contact *x = a, *y = b;
  if (x->host != y->host)
    return x->host < y->host ? -1 : 1;
  if (x->first_frame != y->first_frame)
    return x->first_frame < y->first_frame ? -1 : 1;
  if (x->peer != y->peer)
    return x->peer < y->peer ? -1 : 1;
  return x->name && y->name ? strcmp(x->name, y->name) : (x->name != NULL) - (y->name != NULL);
}

static void append_contact(const HgTally *tally, const Contact *contact, GString *text) {
  char *entry = hg_list_entry_text(contact->entry);
  g_string_append(text, text->len ? ", " : "");
  if (contact->name)
    g_string_append_printf(text, "asked for %.120s", contact->name);
  else
    g_string_append_printf(text, "%s %s", contact->answered ? "talked to" : "called",
                           hg_tally_host(tally, contact->peer)->text);
  g_string_append_printf(text, " (%s, line %u of %s)", entry, contact->entry->line,
                         contact->entry->file);
  g_free(entry);
}

/* Names that end in one of these domains: "(^|[.])(example[.]com|example[.]org)$". */
static void append_domain(GString *domains, const char *domain) {
  g_string_append(domains, domains->len ? "|" : "");
  for (const char *at = domain; *at; at++) {
    if (*at == '.')
      g_string_append(domains, "[.]");
    else
      g_string_append_c(domains, *at);
  }
}

static char *filter_of(const HgTally *tally, const Contact *contacts, guint count) {
  char *filter = NULL;
  const HgAddress *host = &hg_tally_host(tally, contacts->host)->address;
  GHashTable *seen = g_hash_table_new(NULL, NULL); /* entries asked for, peers + 1 */
  GString *domains = g_string_new(NULL);
  for (guint i = 0; i < count && g_hash_table_size(seen) < HG_FILTER_MAX_HOSTS; i++) {
    const Contact *c = &contacts[i];
    if (!g_hash_table_add(seen, c->name ? (gpointer)c->entry : GUINT_TO_POINTER(c->peer + 1)))
      continue;
    if (c->name)
      append_domain(domains, c->entry->domain);
    else
      filter = hg_filter_or(filter, hg_filter_pair(host, &hg_tally_host(tally, c->peer)->address));
  }
  if (domains->len > 0)
    filter = hg_filter_or(
        filter, hg_filter_and(hg_filter_address(host, HG_FILTER_EITHER),
                              g_strdup_printf("dns.qry.name matches \"(^|[.])(%s)$\" && !mdns && "
                                              "!llmnr && !icmp && !icmpv6",
                                              domains->str)));
  g_string_free(domains, TRUE);
  g_hash_table_destroy(seen);
  return filter;
}

static void report(HgRuleRun *run, const Contact *contacts, guint count, gboolean is_listed) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, contacts->host);
  GHashTable *entries = g_hash_table_new(NULL, NULL);
  GString *text = g_string_new(NULL);
  gboolean answered = FALSE;
  guint shown = 0, others = 0;
  for (guint i = 0; i < count; i++) {
    const Contact *c = &contacts[i];
    answered |= c->answered;
    if (c->peer != HG_NO_HOST)
      hg_finding_add_peer(finding, c->peer);
    hg_finding_add_frame(finding, c->first_frame);
    hg_finding_add_frame(finding, c->last_frame);
    if (!g_hash_table_add(entries, (gpointer)c->entry))
      continue;
    if (!is_listed && shown++ < 5)
      append_contact(tally, c, text);
    else
      others++;
  }
  finding->measured = g_hash_table_size(entries);
  finding->threshold = hg_rule_run_parameter(run, "entries");
  finding->strength = answered ? 1 : hg_rule_run_parameter(run, "unanswered");
  hg_finding_take_filter(finding, filter_of(tally, contacts, count));
  if (is_listed) {
    char *entry = hg_list_entry_text(contacts->entry);
    hg_finding_set_evidence(finding, "%s is on the deny list itself (%s, line %u of %s)",
                            hg_tally_host(tally, contacts->host)->text, entry,
                            contacts->entry->line, contacts->entry->file);
    g_free(entry);
  } else if (others > 0) {
    hg_finding_set_evidence(finding, "%s %s, and did so with %u other entries of the list",
                            hg_tally_host(tally, contacts->host)->text, text->str, others);
  } else {
    hg_finding_set_evidence(finding, "%s %s", hg_tally_host(tally, contacts->host)->text,
                            text->str);
  }
  g_string_free(text, TRUE);
  g_hash_table_destroy(entries);
}

static void assess(HgRuleRun *run) {
  Assessment assessment = {.run = run,
                           .list = hg_rule_run_deny(run),
                           .contacts = g_array_new(FALSE, FALSE, sizeof(Contact))};
  const HgServiceTable *services = hg_rule_run_services(run);
  const double least = hg_rule_run_parameter(run, "entries");
  if (assessment.list) {
    find_listed(&assessment);
    for (guint32 i = 0; i < hg_service_table_count(services); i++)
      look_at_service(&assessment, hg_service_table_get(services, i));
    look_at_queries(&assessment);
    g_array_sort(assessment.contacts, compare_contacts);
  }
  for (guint i = 0, end; i < assessment.contacts->len; i = end) {
    const Contact *first = &g_array_index(assessment.contacts, Contact, i);
    GHashTable *entries = g_hash_table_new(NULL, NULL);
    for (end = i; end < assessment.contacts->len; end++) {
      const Contact *c = &g_array_index(assessment.contacts, Contact, end);
      if (c->host != first->host)
        break;
      g_hash_table_add(entries, (gpointer)c->entry);
    }
    if (g_hash_table_size(entries) >= least)
      report(run, first, end - i, assessment.listed[first->host] != NULL);
    g_hash_table_destroy(entries);
  }
  g_free(assessment.listed);
  g_array_unref(assessment.contacts);
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
    .what =
        "a host begins to talk to a host on the deny list, asks for a domain on it, or is on it",
    .source = "the list that you give with deny=",
    .clears_if = "the entry is out of date, or the host has a reason to look at it: a scanner of "
                 "mail, a sandbox, an analyst",
    .parameters = parameters,
    .assess = assess};
