/* observation.c - what hosts did according to the dissectors, for the rules
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "observation.h"

#include <string.h>

#define COMPARE(x, y) ((x) < (y) ? -1 : (x) > (y))

const HgObservationInfo hg_observations[HG_OBSERVED_COUNT] = {
    [HG_OBSERVED_ADDRESS_IN_REQUEST] =
        {"address-in-request", HG_REPEATS_SECOND, "\thost",
         "what a host says first in a TCP connection holds an IP address; subject: its receiver's port and the "
         "port that follows the address, 0 where there is none, and behind a tab the address; size: segment"},
    [HG_OBSERVED_ADDRESS_POST] = {"address-post", HG_REPEATS_FRAME, NULL,
                                  "a client sends a POST (HTTP) to a server that it calls by its "
                                  "address; subject: what it looks like, and a digest of the URI"},
    [HG_OBSERVED_ARP_QUESTION] = {"arp-question", HG_REPEATS_ONCE, "host",
                                  "a MAC asks for an IP address; subject: the one that it asks as, "
                                  "empty in a probe"},
    [HG_OBSERVED_ARP_REPLY] = {"arp-reply", HG_REPEATS_ONCE, "host",
                               "a MAC claims an IP address in a reply; subject: the address that "
                               "is told"},
    [HG_OBSERVED_CERTIFICATE] =
        {"certificate", HG_REPEATS_ONCE, "\thost",
         "a TLS server shows a client its certificate; subject: the server's port, what is odd "
         "about it, the days that it is valid, and behind a tab whom it names"},
    [HG_OBSERVED_DHCP_LEASE] =
        {"dhcp-lease", HG_REPEATS_ONCE, NULL,
         "a DHCP server leases an address; subject: the prefix length of its "
         "subnet mask"},
    [HG_OBSERVED_DHCP_SERVER] = {"dhcp-server", HG_REPEATS_ONCE, "host",
                                 "a DHCP server gives a client (a MAC) an address; subject: "
                                 "network, router and DNS servers that come with it"},
    [HG_OBSERVED_DNS_QUERY] = {"dns-query", HG_REPEATS_ONCE, "name",
                               "a client asks a resolver; subject: type and name; size: message"},
    [HG_OBSERVED_DNS_ANSWER] = {"dns-answer", HG_REPEATS_ONCE, "name",
                                "a resolver answers a client; subject: code, type and name; size: "
                                "message"},
    [HG_OBSERVED_DNS_DATA] =
        {"dns-data", HG_REPEATS_SECOND, "\tname",
         "a resolver answers a client with data that is no address; subject: type and digest of the data, and "
         "behind a tab the name; size: message"},
    [HG_OBSERVED_ECHO] = {"echo", HG_REPEATS_ONCE, NULL,
                          "an ICMP echo; subject: request or reply, and a digest of its data; "
                          "size: data"},
    [HG_OBSERVED_ECHO_DATA] =
        {"echo-data", HG_REPEATS_SECOND, NULL,
         "a host sends an ICMP echo request to another, or gets a reply from it, with data that no program for pings "
         "sends; subject: a digest of the data; size: data"},
    [HG_OBSERVED_DOWNLOAD] = {"download", HG_REPEATS_FRAME, NULL,
                              "a client gets an executable from a server (HTTP); subject: format, "
                              "what type and name say that it is, how the server was called"},
    [HG_OBSERVED_INJECTION] = {"injection", HG_REPEATS_SECOND, NULL,
                               "a client sends a server what is meant to be executed there; "
                               "subject: kind of injection, and where it stands"},
    [HG_OBSERVED_LOGIN_FAILURE] = {"login-failure", HG_REPEATS_FRAME, "\tuser",
                                   "a server turns a client's login down; subject: protocol, what "
                                   "is known of the refusal, and behind a tab the user name"},
    [HG_OBSERVED_ND_ADVERTISEMENT] = {"nd-advertisement", HG_REPEATS_ONCE, "host",
                                      "a MAC claims an IPv6 address in a neighbour advertisement; "
                                      "subject: the address that is told, empty where it is all"},
    [HG_OBSERVED_ND_SOLICITATION] =
        {"nd-solicitation", HG_REPEATS_ONCE, "host",
         "a MAC asks for an IPv6 address; subject: the one that it asks "
         "as, empty where it looks for duplicates"},
    [HG_OBSERVED_NO_ROUTE] = {"no-route", HG_REPEATS_ONCE, NULL,
                              "a host on the way says that it has no route to an address, or may "
                              "not forward to it"},
    [HG_OBSERVED_PROXY_REQUEST] = {"proxy-request", HG_REPEATS_SECOND, "host",
                                   "a client asks a proxy for another server; subject: that "
                                   "server's name or address; size: message"},
    [HG_OBSERVED_REMOTE_CONTROL] = {"remote-control", HG_REPEATS_FRAME, NULL,
                                    "a client administers a server; subject: by what"},
    [HG_OBSERVED_REPEATED_CLAIM] = {"repeated-claim", HG_REPEATS_ONCE, NULL,
                                    "a MAC repeats at once, as its own, an ARP message or one of "
                                    "neighbour discovery in which another claims an address; "
                                    "subject: question or reply"},
    [HG_OBSERVED_ROUTER_PREFIX] = {"router-prefix", HG_REPEATS_ONCE, NULL,
                                   "a router advertises a prefix as on the link; subject: its "
                                   "length"},
    [HG_OBSERVED_SCANNER] = {"scanner", HG_REPEATS_ONCE, NULL,
                             "a client says that it is a scanner (HTTP); subject: which one"},
    [HG_OBSERVED_SERVER_NAME] = {"server-name", HG_REPEATS_SECOND, "host",
                                 "a client calls a server by a name (TLS, HTTP); subject: the "
                                 "name; size: message"},
    [HG_OBSERVED_TUNNEL] = {"tunnel", HG_REPEATS_ONCE, NULL,
                            "the outer source of a packet within a packet, and its outer "
                            "destination; both are hosts of the tally; subject: protocol of the "
                            "tunnel; size: frame"},
    [HG_OBSERVED_WEB_ANSWER] =
        {"web-answer", HG_REPEATS_ONCE, NULL,
         "a server answers a client's requests (HTTP); subject: found, or missing "
         "with a digest of the path that is not there"},
};

HgObservationKind hg_observation_kind(const char *word) {
  HgObservationKind kind = 0;
  while (kind < HG_OBSERVED_COUNT && strcmp(hg_observations[kind].word, word) != 0)
    kind++;
  return kind;
}

struct HgObservationTable {
  GPtrArray *all;                     /* HgObservation, owned */
  GHashTable *same;                   /* HgObservation, equal when hg_observation_compare says so */
  GArray *of_kind[HG_OBSERVED_COUNT]; /* guint32, in order of first sight */
};

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

/* What tells the same thing at another time from this one. */
static gint64 occasion_of(const HgObservation *o) {
  const gint64 ns = o->traffic.first_ns;
  switch (hg_observations[o->kind].repeats) {
  case HG_REPEATS_SECOND:
    return ns == HG_TIME_NONE ? ns : ns / SECOND_NS - (ns % SECOND_NS < 0);
  case HG_REPEATS_FRAME:
    return o->traffic.first_frame;
  case HG_REPEATS_ONCE:
    break;
  }
  return 0;
}

static guint hash(gconstpointer key) {
  const HgObservation *o = key;
  return ((hg_address_hash(&o->actor) * 31u + hg_address_hash(&o->peer)) * 31u +
          g_str_hash(o->subject)) *
             31u +
         o->kind + (guint)occasion_of(o);
}

gint hg_observation_compare(const HgObservation *a, const HgObservation *b) {
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  gint order = hg_address_compare(&a->actor, &b->actor);
  if (order == 0)
    order = hg_address_compare(&a->peer, &b->peer);
  if (order == 0)
    order = strcmp(a->subject, b->subject);
  if (order == 0)
    order = COMPARE(occasion_of(a), occasion_of(b));
  return order;
}

static gboolean equal(gconstpointer a, gconstpointer b) {
  return hg_observation_compare(a, b) == 0;
}

static HgAddress copy_address(const HgAddress *address) {
  HgAddress copy = *address;
  copy.data = g_memdup2(address->data, address->length);
  return copy;
}

static void observation_free(gpointer data) {
  HgObservation *observation = data;
  g_free((gpointer)observation->actor.data);
  g_free((gpointer)observation->peer.data);
  g_free(observation->subject);
  g_free(observation);
}

HgObservationTable *hg_observation_table_new(void) {
  HgObservationTable *table = g_new0(HgObservationTable, 1);
  table->all = g_ptr_array_new_with_free_func(observation_free);
  table->same = g_hash_table_new(hash, equal);
  for (guint kind = 0; kind < HG_OBSERVED_COUNT; kind++)
    table->of_kind[kind] = g_array_new(FALSE, FALSE, sizeof(guint32));
  return table;
}

void hg_observation_table_free(HgObservationTable *table) {
  if (!table)
    return;
  g_hash_table_destroy(table->same);
  for (guint kind = 0; kind < HG_OBSERVED_COUNT; kind++)
    g_array_unref(table->of_kind[kind]);
  g_ptr_array_free(table->all, TRUE);
  g_free(table);
}

gboolean hg_observation_table_add(HgObservationTable *table, const HgObservation *observation,
                                  guint32 max) {
  HgObservation *known = g_hash_table_lookup(table->same, observation);
  if (known) {
    hg_traffic_merge(&known->traffic, &observation->traffic);
    return TRUE;
  }
  if (table->all->len >= max)
    return FALSE;
  known = g_memdup2(observation, sizeof *observation);
  known->actor = copy_address(&observation->actor);
  known->peer = copy_address(&observation->peer);
  known->subject = g_strdup(observation->subject);
  const guint32 number = table->all->len;
  g_array_append_val(table->of_kind[known->kind], number);
  g_ptr_array_add(table->all, known);
  g_hash_table_add(table->same, known);
  return TRUE;
}

/* A time tells some kinds apart, so what gets one may be the same as what is there. */
void hg_observation_table_date(HgObservationTable *table, gint64 ns) {
  HgObservationTable *const dated = hg_observation_table_new();
  gboolean any = FALSE;
  for (guint i = 0; i < table->all->len && !any; i++)
    any = hg_observation_table_get(table, i)->traffic.first_ns == HG_TIME_NONE;
  for (guint i = 0; i < table->all->len && any; i++) {
    HgObservation one = *hg_observation_table_get(table, i);
    hg_traffic_date(&one.traffic, ns);
    hg_observation_table_add(dated, &one, G_MAXUINT32);
  }
  if (any) {
    const HgObservationTable undated = *table;
    *table = *dated;
    *dated = undated;
  }
  hg_observation_table_free(dated);
}

guint32 hg_observation_table_count(const HgObservationTable *table) {
  return table->all->len;
}

const HgObservation *hg_observation_table_get(const HgObservationTable *table, guint32 number) {
  g_return_val_if_fail(number < table->all->len, NULL);
  return g_ptr_array_index(table->all, number);
}

const GArray *hg_observation_table_seen(const HgObservationTable *table, HgObservationKind kind) {
  return table->of_kind[kind];
}

/* An observation with the keys that mostly decide its order: the observations themselves are
 * scattered over memory. */
typedef struct {
  guint64 actor, peer; /* hg_address_head */
  gint64 first_ns;
  guint32 first_frame, number;
  gboolean whole; /* the heads hold both addresses in full */
} Numbered;

static gint compare_addresses(const HgObservationTable *table, const Numbered *p,
                              const Numbered *q) {
  if (p->actor != q->actor || (p->whole && q->whole))
    return p->actor != q->actor ? COMPARE(p->actor, q->actor) : COMPARE(p->peer, q->peer);
  const HgObservation *x = g_ptr_array_index(table->all, p->number);
  const HgObservation *y = g_ptr_array_index(table->all, q->number);
  const gint order = hg_address_compare(&x->actor, &y->actor);
  return order ? order : hg_address_compare(&x->peer, &y->peer);
}

static gint compare_by_time(gconstpointer a, gconstpointer b, gpointer data) {
  const HgObservationTable *table = data;
  const Numbered *p = a, *q = b;
  gint order = compare_addresses(table, p, q);
  if (order == 0)
    order = COMPARE(p->first_ns, q->first_ns);
  if (order == 0)
    order = COMPARE(p->first_frame, q->first_frame);
  if (order)
    return order;
  const HgObservation *x = g_ptr_array_index(table->all, p->number);
  const HgObservation *y = g_ptr_array_index(table->all, q->number);
  return strcmp(x->subject, y->subject);
}

GArray *hg_observation_table_of_kind(const HgObservationTable *table, HgObservationKind kind) {
  const GArray *unsorted = table->of_kind[kind];
  GArray *numbers = g_array_sized_new(FALSE, FALSE, sizeof(guint32), unsorted->len);
  GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(Numbered), unsorted->len);
  for (guint i = 0; i < unsorted->len; i++) {
    const guint32 number = g_array_index(unsorted, guint32, i);
    const HgObservation *one = g_ptr_array_index(table->all, number);
    const Numbered entry = {hg_address_head(&one->actor),
                            hg_address_head(&one->peer),
                            one->traffic.first_ns,
                            one->traffic.first_frame,
                            number,
                            MAX(one->actor.length, one->peer.length) <= HG_ADDRESS_HEAD_BYTES};
    g_array_append_val(sorted, entry);
  }
  g_array_sort_with_data(sorted, compare_by_time, (gpointer)table);
  for (guint i = 0; i < sorted->len; i++)
    g_array_append_val(numbers, g_array_index(sorted, Numbered, i).number);
  g_array_unref(sorted);
  return numbers;
}
