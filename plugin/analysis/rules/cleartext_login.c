/* cleartext_login.c - user names sent in the clear; the password was sent in the same way
 *
 * A finding is one user of one client at one server, or, where there are many of these at one server, all of them:
 * the server is one thing to mend.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/distinct_hosts.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/cleartext.h"
#include "analysis/measures/login_names.h"

#include <string.h>

/* The display filter that selects logins within a protocol. */
static const char *login_packets(const char *protocol) {
  return g_str_equal(protocol, "FTP") ? "ftp.request.command == \"PASS\"" : NULL;
}

/* On a port of another protocol packets show no more than TCP. */
static gboolean is_shown(const HgTally *tally, const HgHost *client, const HgHost *server,
                         const HgCleartext *protocol) {
  const HgConversation *c =
      server ? hg_tally_find_conversation(tally, client->number, server->number, NULL) : NULL;
  guint32 i = c ? c->first_protocol : HG_NO_LINK;
  while (i != HG_NO_LINK) {
    const HgConversationProtocol *cp = hg_tally_conversation_protocol(tally, i);
    if (hg_cleartext_find(hg_tally_protocol(tally, cp->protocol)->name) == protocol)
      return TRUE;
    i = cp->next;
  }
  return c == NULL;
}

/* Selects the packets of logins; NULL: no field does. (transfer full) */
static char *filter_of_packets(const HgTally *tally, const HgHost *client, const HgHost *server,
                               const char *name) {
  const HgCleartext *protocol = hg_cleartext_find(name);
  if (protocol && !is_shown(tally, client, server, protocol))
    return g_strdup("tcp.len > 0");
  const char *packets = login_packets(name);
  return g_strdup(packets ? packets : protocol ? protocol->filter : NULL);
}

/* For a login that was seen more than once, its first and its last frame are known. */
static char *filter_of(const HgTally *tally, const HgHost *client, const HgHost *server,
                       const HgLogin *login) {
  if (login->traffic.packets <= 2) {
    GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_array_append_val(frames, login->traffic.first_frame);
    g_array_append_val(frames, login->traffic.last_frame);
    char *filter = hg_filter_frames(frames);
    g_array_free(frames, TRUE);
    return filter;
  }
  char *range = g_strdup_printf("frame.number >= %u && frame.number <= %u",
                                login->traffic.first_frame, login->traffic.last_frame);
  char *packets = filter_of_packets(tally, client, server, login->protocol);
  char *hosts = server ? hg_filter_pair(tally, client->number, server->number)
                       : hg_filter_host(tally, client->number, HG_FILTER_EITHER);
  return hg_filter_and(hg_filter_and(packets, hosts), range);
}

static void report(HgRuleRun *run, const HgHost *client, const HgHost *server,
                   const HgLogin *login) {
  HgFinding *finding = hg_rule_run_report(run, client->number);
  finding->strength = 1;
  finding->protocol = g_strdup(login->protocol);
  finding->observed = (double)login->traffic.packets;
  finding->threshold = 1;
  if (server)
    hg_finding_add_peer(finding, server->number);
  hg_finding_add_frame(finding, login->traffic.first_frame);
  hg_finding_add_frame(finding, login->traffic.last_frame);
  hg_finding_take_filter(finding, filter_of(hg_rule_run_tally(run), client, server, login));

  char *address = hg_address_to_text(&login->server);
  char *user = *login->user ? g_strdup_printf("as user \"%s\"", login->user)
                            : g_strdup("with a user name that is not known");
  char *often = login->traffic.packets == 1
                    ? g_strdup_printf("in frame %u", login->traffic.first_frame)
                    : g_strdup_printf("%" G_GUINT64_FORMAT " times, first in frame %u",
                                      login->traffic.packets, login->traffic.first_frame);
  hg_finding_set_evidence(finding, "%s logged in to %s over unencrypted %s %s, %s", client->text,
                          address, login->protocol, user, often);
  g_free(address);
  g_free(user);
  g_free(often);
}

/* --- many at one server --- */

/* A login between hosts of the tally. */
typedef struct {
  const HgLogin *login;
  const HgHost *client, *server; /* NULL: the server is no host */
} Entry;

static gint compare_entries(gconstpointer a, gconstpointer b) {
  const Entry *x = a, *y = b;
  const guint32 one = x->server ? x->server->number : HG_NO_HOST;
  const guint32 two = y->server ? y->server->number : HG_NO_HOST;
  if (one != two)
    return one < two ? -1 : 1;
  const int protocols = strcmp(x->login->protocol, y->login->protocol);
  if (protocols)
    return protocols;
  const guint32 first = x->login->traffic.first_frame, other = y->login->traffic.first_frame;
  return first != other ? (first < other ? -1 : 1) : strcmp(x->login->user, y->login->user);
}

static gboolean belong_together(const Entry *a, const Entry *b) {
  return a->server == b->server && g_str_equal(a->login->protocol, b->login->protocol);
}

/* (transfer full, guint32) */
static GArray *clients_of(const Entry *entries, guint count) {
  HgDistinctHosts clients;
  hg_distinct_hosts_init(&clients);
  for (guint i = 0; i < count; i++)
    hg_distinct_hosts_add(&clients, entries[i].client->number);
  return hg_distinct_hosts_end(&clients);
}

static char *filter_of_many(const HgTally *tally, const Entry *first, const GArray *clients) {
  char *packets = filter_of_packets(tally, first->client, first->server, first->login->protocol);
  char *hosts = clients->len == 1
                    ? hg_filter_pair(tally, first->client->number, first->server->number)
                    : hg_filter_host(tally, first->server->number, HG_FILTER_EITHER);
  return hg_filter_and(packets, hosts);
}

static void word_many(HgRuleRun *run, HgFinding *finding, const Entry *entries, guint count,
                      const GArray *clients) {
  HgLoginNames *users = hg_login_names_new();
  guint64 times = 0;
  for (guint i = 0; i < count; i++) {
    const HgLogin *login = entries[i].login;
    hg_login_names_add(users, login->traffic.first_ns, *login->user ? login->user : NULL, 0, FALSE);
    times += login->traffic.packets;
  }
  g_autofree char *who = hg_wording_hosts(hg_rule_run_tally(run), clients, clients->len);
  g_autofree char *names = hg_login_names_text(users);
  finding->observed = (double)times;
  hg_finding_set_evidence(finding,
                          "%s logged in to %s over unencrypted %s as %u user%s, %" G_GUINT64_FORMAT
                          " times, first in frame %u: %s",
                          who, entries->server->text, entries->login->protocol,
                          hg_login_names_count(users), hg_login_names_count(users) == 1 ? "" : "s",
                          times, entries->login->traffic.first_frame, names);
  hg_login_names_free(users);
}

static void report_many(HgRuleRun *run, const Entry *entries, guint count) {
  GArray *clients = clients_of(entries, count);
  const gboolean one = clients->len == 1;
  HgFinding *finding =
      hg_rule_run_report(run, one ? entries->client->number : entries->server->number);
  finding->strength = 1;
  finding->protocol = g_strdup(entries->login->protocol);
  finding->threshold = 1;
  for (guint i = 0; i < clients->len && !one; i++)
    hg_finding_add_peer(finding, g_array_index(clients, guint32, i));
  if (one)
    hg_finding_add_peer(finding, entries->server->number);
  for (guint i = 0; i < count; i++) {
    hg_finding_add_frame(finding, entries[i].login->traffic.first_frame);
    hg_finding_add_frame(finding, entries[i].login->traffic.last_frame);
  }
  hg_finding_take_filter(finding, filter_of_many(hg_rule_run_tally(run), entries, clients));
  word_many(run, finding, entries, count, clients);
  g_array_unref(clients);
}

/* (transfer full) */
static GArray *gather(const HgTally *tally) {
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(tally);
  GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  for (guint32 i = 0; i < hg_names_and_logins_login_count(names_and_logins); i++) {
    const HgLogin *login = hg_names_and_logins_login(names_and_logins, i);
    const Entry entry = {login, hg_tally_find_host(tally, &login->client),
                         hg_tally_find_host(tally, &login->server)};
    if (entry.client && hg_host_is_unicast(entry.client))
      g_array_append_val(entries, entry);
  }
  g_array_sort(entries, compare_entries);
  return entries;
}

static void assess(HgRuleRun *run) {
  const double many = hg_rule_run_parameter(run, "logins");
  GArray *entries = gather(hg_rule_run_tally(run));
  for (guint from = 0, to; from < entries->len; from = to) {
    const Entry *first = &g_array_index(entries, Entry, from);
    for (to = from + 1; to < entries->len; to++)
      if (!belong_together(first, &g_array_index(entries, Entry, to)))
        break;
    if (first->server && hg_host_is_unicast(first->server) && to - from >= many)
      report_many(run, first, to - from);
    else
      for (const Entry *one = first; one < first + (to - from); one++)
        report(run, one->client, one->server, one->login);
  }
  g_array_unref(entries);
}

static const char *const attack[] = {"T1552", NULL};
static const HgParameter parameters[] = {
    {"logins", 10, 2, 1000000, "logins",
     "so many clients and users at one server over one protocol are one finding"},
    {0}};

const HgRule hg_rule_cleartext_login = {
    .id = "cleartext-login",
    .title = "Cleartext login",
    .kind = HG_FINDING_EXPOSURE,
    .weight = 0,
    .attack = attack,
    .what = "a user name that was sent without encryption, and so the password beside it",
    .source = "the logins that Wireshark's own dissectors find",
    .false_positive_if =
        "the path is trusted, a tunnel around it encrypts, or the account is public",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};
