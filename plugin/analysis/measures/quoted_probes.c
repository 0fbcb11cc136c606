/* quoted_probes.c - probes of which only the ICMP errors were captured that refuse them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "quoted_probes.h"

static gboolean has_connection(const HgRuleRun *run, const HgQuotedProbe *probe) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint32 from = 0;
  const guint32 count =
      hg_service_table_of_pair(services, probe->client, probe->contact.server, &from);
  for (guint32 i = from; i < from + count; i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->transport == probe->contact.transport && service->port == probe->contact.port)
      return TRUE;
  }
  return FALSE;
}

/* Of IP protocols the conversation tells whether packets were captured; of the rest there would be a
 * connection, so none was, and all that is left is that no packet of the client was. */
static gboolean may_have_sent(const HgTally *tally, const HgConversation *conversation, int side,
                              const HgQuotedProbe *probe) {
  return hg_tally_host(tally, probe->client)->sent.packets == 0 ||
         (probe->contact.transport == HG_TRANSPORT_NONE && conversation->traffic[side].packets > 0);
}

/* FALSE when the hosts are not known, or nothing came back from whom the packet was for: then a router
 * said so, of all of a network maybe. */
static gboolean as_probe(const HgRuleRun *run, const HgPendingIcmpError *error,
                         HgQuotedProbe *probe) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgHost *client = hg_tally_find_host(tally, &error->source);
  const HgHost *server = hg_tally_find_host(tally, &error->destination);
  int side = 0;
  const HgConversation *conversation =
      client && server && client != server
          ? hg_tally_find_conversation(tally, client->number, server->number, &side)
          : NULL;
  if (!conversation || conversation->traffic[1 - side].packets == 0 ||
      !hg_host_is_unicast(client) || !hg_host_is_unicast(server))
    return FALSE;
  *probe = (HgQuotedProbe){client->number,
                           {.server = server->number,
                            .transport = error->transport,
                            .port = error->destination_port,
                            .client_port = error->source_port,
                            .failed = TRUE,
                            .refused = TRUE,
                            .time_ns = error->time_ns,
                            .frame = error->frame}};
  return may_have_sent(tally, conversation, side, probe) && !has_connection(run, probe);
}

/* Pings have no port. */
static gboolean is_of_port(const HgPendingIcmpError *error) {
  return error->transport < HG_TRANSPORT_ICMP && error->destination_port > 0;
}

#define COMPARE(x, y) ((x) < (y) ? -1 : (x) > (y))

static gint compare(gconstpointer a, gconstpointer b) {
  const HgQuotedProbe *x = a, *y = b;
  if (x->client != y->client)
    return COMPARE(x->client, y->client);
  if (x->contact.server != y->contact.server)
    return COMPARE(x->contact.server, y->contact.server);
  if (x->contact.transport != y->contact.transport)
    return COMPARE(x->contact.transport, y->contact.transport);
  if (x->contact.port != y->contact.port)
    return COMPARE(x->contact.port, y->contact.port);
  return hg_first_contact_compare(&x->contact, &y->contact);
}

static gboolean same_port(const HgQuotedProbe *a, const HgQuotedProbe *b) {
  return a->client == b->client && a->contact.server == b->contact.server &&
         a->contact.transport == b->contact.transport && a->contact.port == b->contact.port;
}

GArray *hg_quoted_probes(const HgRuleRun *run) {
  const GArray *errors = hg_tally_pending_icmp_errors(hg_rule_run_tally(run));
  GArray *all = g_array_new(FALSE, FALSE, sizeof(HgQuotedProbe));
  GArray *each = g_array_new(FALSE, FALSE, sizeof(HgQuotedProbe));
  for (guint i = 0; i < errors->len; i++) {
    const HgPendingIcmpError *error = &g_array_index(errors, HgPendingIcmpError, i);
    HgQuotedProbe probe;
    if (is_of_port(error) && as_probe(run, error, &probe))
      g_array_append_val(all, probe);
  }
  g_array_sort(all, compare);
  for (guint i = 0; i < all->len; i++) {
    const HgQuotedProbe *probe = &g_array_index(all, HgQuotedProbe, i);
    if (i == 0 || !same_port(probe, probe - 1))
      g_array_append_vals(each, probe, 1);
  }
  g_array_unref(all);
  return each;
}
