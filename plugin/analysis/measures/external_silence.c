/* external_silence.c - times at which nothing external was heard
 *
 * Who fails at a service that never answers may be to blame. Not so where nothing external is heard for minutes
 * and several clients want something: then it is not known which services would have answered.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "outages_private.h"

/* As long as it takes that an outage is noticed: who browses, or is polled, hears something within a minute. */
#define SILENCE_NS (G_GINT64_CONSTANT(300) * 1000000000)

/* Clients that fail alone may be the cause themselves. */
#define CLIENTS 3

/* Systems repeat the SYN of a program that wants a connection (Linux after 1, 3 and 7 s, Windows after 3
 * and 9 s: RFC 6298); scanners that make their own packets send one or two. */
#define INSISTING_SYNS 3

typedef struct {
  gint64 first_ns, last_ns;
} Span;

/* Somebody wants an external connection, as programs do, and gets none. */
typedef struct {
  gint64 time_ns;
  guint32 client, service;
} Insisting;

static gint compare_spans(gconstpointer a, gconstpointer b) {
  const Span *x = a, *y = b;
  return x->first_ns < y->first_ns ? -1 : x->first_ns > y->first_ns;
}

static gint compare_insisting(gconstpointer a, gconstpointer b) {
  const Insisting *x = a, *y = b;
  return x->time_ns < y->time_ns ? -1 : x->time_ns > y->time_ns;
}

static gboolean comes_in(const HgOutageSearch *in, const HgService *service) {
  return in->scopes[service->client] == HG_SCOPE_EXTERNAL &&
         in->scopes[service->server] != HG_SCOPE_EXTERNAL;
}

/* `heard`: connections in which external hosts sent something. `tried`: all of what was sent to them. */
static void gather(const HgOutageSearch *in, GArray *heard, GArray *insisting, Span *tried) {
  const HgServiceTable *services = in->services;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    const gboolean out = hg_outage_leaves(in, service);
    if (!out && !comes_in(in, service))
      continue;
    for (guint32 k = 0; k < service->connections; k++) {
      const HgConnection *c = hg_service_table_connection(services, service->first_connection + k);
      const Span span = {c->first_ns, c->last_ns};
      const Insisting one = {c->first_ns, service->client, i};
      if (!hg_time_is_known(c->first_ns))
        continue;
      if (out ? hg_outage_is_answered(c) : c->packets[c->client] > 0)
        g_array_append_val(heard, span);
      else if (out && c->begun && (c->history[c->client] & HG_HISTORY_SYN) &&
               c->packets[c->client] >= INSISTING_SYNS && hg_outage_is_candidate(in, service))
        g_array_append_val(insisting, one);
      if (out) {
        tried->first_ns = MIN(tried->first_ns, c->first_ns);
        tried->last_ns = MAX(tried->last_ns, c->last_ns);
      }
    }
  }
  g_array_sort(heard, compare_spans);
  g_array_sort(insisting, compare_insisting);
}

/* Nothing was heard in this gap. Adds an outage where enough clients insisted meanwhile. `*at`: the first of
 * `insisting` that is not before the gap; moved behind it. */
static void assess_gap(GArray *outages, const Span *gap, const GArray *insisting, guint *at) {
  HgOutage outage = {.kind = HG_OUTAGE_EXTERNAL,
                     .from_ns = gap->first_ns,
                     .to_ns = gap->last_ns,
                     .shown_ns = {gap->first_ns, gap->last_ns}};
  GHashTable *clients = g_hash_table_new(NULL, NULL);
  for (; *at < insisting->len; (*at)++) {
    const Insisting *one = &g_array_index(insisting, Insisting, *at);
    if (one->time_ns > gap->last_ns)
      break;
    if (one->time_ns < gap->first_ns)
      continue;
    g_hash_table_add(clients, GUINT_TO_POINTER(one->client));
    outage.service = one->service;
  }
  outage.clients = g_hash_table_size(clients);
  g_hash_table_unref(clients);
  if (outage.clients >= CLIENTS)
    g_array_append_val(outages, outage);
}

void hg_external_silence_find(const HgOutageSearch *in, GArray *outages) {
  GArray *heard = g_array_new(FALSE, FALSE, sizeof(Span));
  GArray *insisting = g_array_new(FALSE, FALSE, sizeof(Insisting));
  Span tried = {G_MAXINT64, G_MININT64};
  guint at = 0;
  gather(in, heard, insisting, &tried);
  Span gap = {tried.first_ns, tried.last_ns};
  for (guint i = 0; i < heard->len; i++) {
    const Span *span = &g_array_index(heard, Span, i);
    gap.last_ns = span->first_ns;
    if (hg_time_span(gap.first_ns, gap.last_ns) >= SILENCE_NS)
      assess_gap(outages, &gap, insisting, &at);
    gap.first_ns = MAX(gap.first_ns, span->last_ns);
  }
  gap.last_ns = tried.last_ns;
  if (insisting->len > 0 &&
      (heard->len == 0 || hg_time_span(gap.first_ns, gap.last_ns) >= SILENCE_NS))
    assess_gap(outages, &gap, insisting, &at);
  g_array_unref(insisting);
  g_array_unref(heard);
}
