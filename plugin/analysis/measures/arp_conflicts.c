/* arp_conflicts.c - addresses that a MAC claims although another MAC has or had them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "arp_conflicts.h"

#include <string.h>

/* Replies for each request from which on they count as unsolicited. A host that asks once a minute
 * is answered once a minute; poisoning tools repeat their replies every second or so, asked or not
 * (arpspoof 2 s, ettercap 10 s, bettercap 1 s). */
#define ANSWERS_A_REQUEST 3

/* Packets from a remote address come from another MAC than before. */
typedef struct {
  guint to, from;
  HgTraffic before; /* the packets that `from` sends */
  HgTraffic after;  /* the packets that `to` sends */
} Takeover;

typedef struct {
  const HgTally *tally;
  const HgArpOwners *owners;
  const HgObservationTable *observations;
  GArray *takeovers;                    /* Takeover, by to, then time */
  GArray *replies, *requests, *repeats; /* guint32: observations, by actor, then peer */
  GHashTable *asked;                    /* "ADDRESS ASKER" -> HgTraffic of the requests, owned */
  GArray *conflicts;
} Search;

static const HgArpOwner *owner(const HgArpOwners *owners, guint i) {
  return &g_array_index(owners->owners, HgArpOwner, i);
}

static const HgArpBinding *binding_at(const HgArpOwners *owners, guint i) {
  return &g_array_index(owners->bindings, HgArpBinding, i);
}

static HgAddress mac_of(const Search *search, const HgArpBinding *binding) {
  return (HgAddress){
      .kind = HG_ADDRESS_MAC, .length = 6, .data = owner(search->owners, binding->owner)->mac};
}

/* --- takeovers --- */

static gint compare_takeovers(gconstpointer a, gconstpointer b) {
  const Takeover *x = a, *y = b;
  if (x->to != y->to)
    return x->to < y->to ? -1 : 1;
  if (hg_traffic_is_before(&x->after, &y->after))
    return -1;
  if (hg_traffic_is_before(&y->after, &x->after))
    return 1;
  return x->from < y->from ? -1 : x->from > y->from;
}

/* For one address that no MAC claims: which MAC sent its packets first, and which one after that.
 */
static void find_takeover(Search *search, guint from, guint end) {
  const HgArpBinding *first = NULL;
  for (guint i = from; i < end; i++)
    if (!first || hg_traffic_is_before(&binding_at(search->owners, i)->link, &first->link))
      first = binding_at(search->owners, i);
  for (guint i = from; i < end; i++) {
    const HgArpBinding *next = binding_at(search->owners, i);
    const Takeover takeover = {next->owner, first->owner, first->link, next->link};
    if (next != first)
      g_array_append_val(search->takeovers, takeover);
  }
}

static void find_takeovers(Search *search) {
  for (guint from = 0, end; from < search->owners->bindings->len; from = end) {
    gboolean claimed;
    end = hg_arp_owners_run(search->owners, from, &claimed);
    if (!claimed && end - from > 1)
      find_takeover(search, from, end);
  }
  g_array_sort(search->takeovers, compare_takeovers);
}

static guint first_takeover(const GArray *takeovers, guint to) {
  guint low = 0, high = takeovers->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index(takeovers, Takeover, middle).to < to)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A takeover counts only if the other MAC forwarded the packets before the claim: a router that
 * takes them back after a spoofer diverted them is none. */
static void add_takeover(const Search *search, HgArpConflict *conflict) {
  const GArray *all = search->takeovers;
  for (guint i = first_takeover(all, conflict->claimer); i < all->len; i++) {
    const Takeover *one = &g_array_index(all, Takeover, i);
    if (one->to != conflict->claimer)
      return;
    if (!hg_traffic_is_before(&one->before, conflict->claims) ||
        hg_traffic_is_before(&one->after, conflict->claims) ||
        hg_arp_owner_is_shared(owner(search->owners, one->from)->mac))
      continue;
    if (conflict->displaced == G_MAXUINT) {
      conflict->displaced = one->from;
      conflict->takeover_frame = one->after.first_frame;
    }
    conflict->taken_over += conflict->displaced == one->from;
  }
}

/* --- requests and unsolicited replies --- */

static char *request_key(const HgAddress *address, const char *asker) {
  char *text = hg_address_to_text(address);
  char *key = g_strdup_printf("%u %s %s", address->segment, text, asker);
  g_free(text);
  return key;
}

static void gather_requests(Search *search) {
  for (guint i = 0; i < search->requests->len; i++) {
    const HgObservation *request =
        hg_observation_table_get(search->observations, g_array_index(search->requests, guint32, i));
    char *key = request_key(&request->peer, request->subject);
    HgTraffic *known = g_hash_table_lookup(search->asked, key);
    if (known) {
      hg_traffic_merge(known, &request->traffic);
      g_free(key);
    } else {
      g_hash_table_insert(search->asked, key, g_memdup2(&request->traffic, sizeof(HgTraffic)));
    }
  }
}

/* The index at which messages of `actor` about `peer` begin in replies or requests. */
static guint find_said(const Search *search, const GArray *list, const HgAddress *actor,
                       const HgAddress *peer) {
  guint low = 0, high = list->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    const HgObservation *o =
        hg_observation_table_get(search->observations, g_array_index(list, guint32, middle));
    gint order = hg_address_compare(&o->actor, actor);
    if (order == 0)
      order = hg_address_compare(&o->peer, peer);
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The observation at `i` if it is still of these two; else NULL. */
static const HgObservation *said(const Search *search, const GArray *list, guint i,
                                 const HgAddress *actor, const HgAddress *peer) {
  if (i >= list->len)
    return NULL;
  const HgObservation *o =
      hg_observation_table_get(search->observations, g_array_index(list, guint32, i));
  return hg_address_equal(&o->actor, actor) && hg_address_equal(&o->peer, peer) ? o : NULL;
}

/* Counts unsolicited replies. Announcements (gratuitous ARP: to everybody or to itself) do not
 * count, nor replies to hosts whose packets were not captured. */
static guint32 count_unsolicited(const Search *search, const HgObservation *reply) {
  char *claimed = hg_address_to_text(&reply->peer);
  const gboolean announcement = *reply->subject == '\0' || g_str_equal(claimed, reply->subject);
  HgAddress told;
  HgAddressBuffer buffer;
  g_free(claimed);
  if (announcement || !hg_address_parse(reply->subject, &told, &buffer))
    return 0;
  told.segment = reply->peer.segment;
  if (!hg_arp_owners_knows(search->owners, &told))
    told.segment = 0; /* that address is one machine in all segments */
  if (!hg_arp_owners_knows(search->owners, &told))
    return 0;
  char *key = request_key(&reply->peer, reply->subject);
  const HgTraffic *asked = g_hash_table_lookup(search->asked, key);
  g_free(key);
  const guint64 answered =
      asked && asked->first_ns <= reply->traffic.last_ns ? asked->packets * ANSWERS_A_REQUEST : 0;
  return reply->traffic.packets > answered ? (guint32)(reply->traffic.packets - answered) : 0;
}

static void check_replies(const Search *search, HgArpConflict *conflict, const HgAddress *mac) {
  guint32 most = 0;
  const HgObservation *reply;
  for (guint i = find_said(search, search->replies, mac, conflict->address);
       (reply = said(search, search->replies, i, mac, conflict->address)); i++) {
    const guint32 unsolicited = count_unsolicited(search, reply);
    conflict->unsolicited += unsolicited;
    if (unsolicited > most) {
      most = unsolicited;
      conflict->told = reply->subject;
    }
  }
}

static void check_requests(const Search *search, HgArpConflict *conflict, const HgAddress *mac) {
  char *claimed = hg_address_to_text(conflict->address);
  const HgObservation *request;
  for (guint i = find_said(search, search->requests, mac, conflict->address);
       (request = said(search, search->requests, i, mac, conflict->address)); i++)
    if (*request->subject != '\0' && !g_str_equal(claimed, request->subject))
      conflict->own_request = request->traffic.first_frame;
  g_free(claimed);
}

/* --- the holder --- */

static HgTraffic all_of(const HgArpBinding *one) {
  HgTraffic all = one->arp;
  hg_traffic_merge(&all, &one->link);
  return all;
}

/* Without times by their order in the file. */
static gboolean overlap(const HgTraffic *a, const HgTraffic *b) {
  if (!hg_time_is_known(a->first_ns) || !hg_time_is_known(b->first_ns))
    return a->first_frame <= b->last_frame && b->first_frame <= a->last_frame;
  return a->first_ns <= b->last_ns && b->first_ns <= a->last_ns;
}

/* Some of the messages that a bridge repeats may not have been captured. */
#define BRIDGE_REPEATS 0.75

/* Whether the binding is that of a bridge, which puts its own MAC into its guests' messages: it mostly repeats those of
 * another. Questions are among them: a spoofer that is fast may answer as if it repeated the owner's reply. */
static gboolean is_bridge(const Search *search, const HgArpBinding *claim) {
  const HgAddress mac = mac_of(search, claim);
  const HgObservation *one;
  guint64 repeated = 0;
  gboolean asks = FALSE;
  for (guint i = find_said(search, search->repeats, &mac, claim->address);
       (one = said(search, search->repeats, i, &mac, claim->address)); i++) {
    repeated += one->traffic.packets;
    asks |= g_str_equal(one->subject, "question");
  }
  return asks && (double)repeated >= BRIDGE_REPEATS * (double)claim->arp.packets;
}

/* Finds the MAC that had the address while this one claimed it; most packets first. Packets that a
 * router forwards are no claim of its own. */
static void find_holder(const Search *search, HgArpConflict *conflict, guint from, guint end) {
  for (guint i = from; i < end; i++) {
    const HgArpBinding *other = binding_at(search->owners, i);
    const HgTraffic held = all_of(other);
    const HgArpOwner *who = owner(search->owners, other->owner);
    if (other->owner == conflict->claimer || !overlap(&held, conflict->claims) ||
        hg_arp_owner_is_shared(who->mac) || is_bridge(search, other) ||
        (other->arp.packets == 0 && hg_arp_owner_is_gateway(who)))
      continue;
    if (held.packets > conflict->held.packets) {
      conflict->holder = other->owner;
      conflict->held = held;
    }
  }
}

/* Whether it is a router that answers for hosts behind it (proxy ARP, RFC 1027), when asked. */
static gboolean is_proxy(const HgArpOwner *who, const HgArpConflict *conflict) {
  return hg_arp_owner_is_gateway(who) && conflict->unsolicited == 0 && conflict->own_request == 0;
}

static void check_address(Search *search, guint from, guint end, guint i) {
  const HgArpBinding *claim = binding_at(search->owners, i);
  const HgArpOwner *who = owner(search->owners, claim->owner);
  const HgAddress mac = mac_of(search, claim);
  HgArpConflict conflict = {.claimer = claim->owner,
                            .address = claim->address,
                            .claims = &claim->arp,
                            .holder = G_MAXUINT,
                            .displaced = G_MAXUINT};
  if (claim->arp.packets == 0 || hg_arp_owner_is_shared(who->mac))
    return;
  find_holder(search, &conflict, from, end);
  add_takeover(search, &conflict);
  check_replies(search, &conflict, &mac);
  check_requests(search, &conflict, &mac);
  if ((conflict.holder != G_MAXUINT || conflict.unsolicited > 0 || conflict.own_request > 0) &&
      !is_proxy(who, &conflict) && !is_bridge(search, claim))
    g_array_append_val(search->conflicts, conflict);
}

static gint compare_conflicts(gconstpointer a, gconstpointer b) {
  const HgArpConflict *x = a, *y = b;
  if (x->claimer != y->claimer)
    return x->claimer < y->claimer ? -1 : 1;
  return hg_address_compare(x->address, y->address);
}

GArray *hg_arp_conflicts_new(const HgTally *tally, const HgArpOwners *owners) {
  const HgObservationTable *observations = hg_tally_observations(tally);
  Search search = {
      .tally = tally,
      .owners = owners,
      .observations = observations,
      .takeovers = g_array_new(FALSE, FALSE, sizeof(Takeover)),
      .replies = hg_observation_table_of_kind(observations, HG_OBSERVED_ARP_REPLY),
      .requests = hg_observation_table_of_kind(observations, HG_OBSERVED_ARP_QUESTION),
      .repeats = hg_observation_table_of_kind(observations, HG_OBSERVED_REPEATED_CLAIM),
      .asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
      .conflicts = g_array_new(FALSE, FALSE, sizeof(HgArpConflict)),
  };
  find_takeovers(&search);
  gather_requests(&search);
  for (guint from = 0, end; from < owners->bindings->len; from = end) {
    gboolean claimed;
    end = hg_arp_owners_run(owners, from, &claimed);
    for (guint i = from; claimed && i < end; i++)
      check_address(&search, from, end, i);
  }
  g_array_sort(search.conflicts, compare_conflicts);
  g_hash_table_unref(search.asked);
  g_array_unref(search.repeats);
  g_array_unref(search.requests);
  g_array_unref(search.replies);
  g_array_unref(search.takeovers);
  return search.conflicts;
}
