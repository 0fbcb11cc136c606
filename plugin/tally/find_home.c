/* find_home.c - finds out which networks are one's own, and gives hosts their scope
 *
 * Whoever speaks ARP or neighbour discovery is on the captured link. But a router can answer for
 * addresses that it only forwards to (proxy ARP, RFC 1027; ND proxies, RFC 4389), and such an
 * address can be anybody's. So an answer alone proves nothing where the MAC answers for several
 * addresses, or sends packets of others; a question does, since a proxy asks as itself.
 *
 * A question also tells a part of the asker's netmask: it takes the address that it asks for, as its
 * own, to be on the link. IPv6 subnets have 64 bits (RFC 4291).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "find_home.h"

#include "tally_private.h"

#include <string.h>

/* A netmask that a neighbour was seen to use is believed from this length on: one link has no more
 * than 65,536 addresses. */
#define LINK_BITS 16
/* An answer from a router is believed for addresses of the asker's own /24. */
#define NEAR_BITS 24
/* Prefixes and masks that are told outright. */
#define TOLD_BITS 8

typedef struct {
  guint8 mac[6];
  HgNetwork place; /* the address; IPv6: its /64 */
} Claim;

/* What one MAC claims of one family of addresses. */
typedef struct {
  guint8 mac[6];
  guint8 kind;
  gboolean several;  /* it claims more than one place */
  gboolean forwards; /* it sends from places that it does not claim */
} Speaker;

/* An address that is on the captured link. Begins with the place: see the hash table. */
typedef struct {
  HgNetwork place;
  HgNetwork address;
  guint32 frame;
} Neighbour;

typedef struct {
  const HgTally *tally;
  GArray *home;           /* HgHomeNetwork */
  GHashTable *claims;     /* Claim */
  GHashTable *speakers;   /* Speaker, by MAC and kind */
  GHashTable *neighbours; /* Neighbour, by place */
} Search;

static guint hash_bytes(gconstpointer data, guint length) {
  const HgAddress all = {.kind = HG_ADDRESS_OTHER, .length = (guint8)length, .data = data};
  return hg_address_hash(&all);
}

static guint claim_hash(gconstpointer key) {
  return hash_bytes(key, sizeof(Claim));
}

static gboolean claim_equal(gconstpointer a, gconstpointer b) {
  return memcmp(a, b, sizeof(Claim)) == 0;
}

/* MAC and kind */
#define SPEAKER_KEY 7

static guint speaker_hash(gconstpointer key) {
  return hash_bytes(key, SPEAKER_KEY);
}

static gboolean speaker_equal(gconstpointer a, gconstpointer b) {
  return memcmp(a, b, SPEAKER_KEY) == 0;
}

static guint place_hash(gconstpointer key) {
  return hash_bytes(key, sizeof(HgNetwork));
}

static gboolean place_equal(gconstpointer a, gconstpointer b) {
  return hg_network_compare(a, b) == 0;
}

/* --- who is on the link --- */

static gboolean may_be_home(const HgAddress *address) {
  const HgScope scope = hg_address_scope(address);
  return hg_address_is_ip(address) && (scope == HG_SCOPE_INTERNAL || scope == HG_SCOPE_EXTERNAL);
}

static HgNetwork place_of(const HgAddress *address) {
  return hg_network_of(address, address->kind == HG_ADDRESS_IPV4 ? 32 : 64);
}

static HgNetwork whole(const HgAddress *address) {
  return hg_network_of(address, hg_network_address_bits(address->kind));
}

static Claim claim_of(const HgBinding *binding) {
  Claim claim = {.place = place_of(&binding->address)};
  memcpy(claim.mac, binding->mac, 6);
  return claim;
}

static Speaker *speaker_of(const Search *search, const guint8 *mac, HgAddressKind kind) {
  Speaker key = {.kind = (guint8)kind};
  memcpy(key.mac, mac, 6);
  return g_hash_table_lookup(search->speakers, &key);
}

static void add_claim(Search *search, const HgBinding *binding) {
  const Claim claim = claim_of(binding);
  if (g_hash_table_contains(search->claims, &claim))
    return;
  g_hash_table_add(search->claims, g_memdup2(&claim, sizeof claim));
  Speaker *speaker = speaker_of(search, binding->mac, binding->address.kind);
  if (speaker) {
    speaker->several = TRUE;
    return;
  }
  speaker = g_new0(Speaker, 1);
  speaker->kind = (guint8)binding->address.kind;
  memcpy(speaker->mac, binding->mac, 6);
  g_hash_table_add(search->speakers, speaker);
}

static void check_forwarding(Search *search, const HgBinding *binding) {
  Speaker *speaker = speaker_of(search, binding->mac, binding->address.kind);
  if (!speaker || speaker->forwards)
    return;
  const Claim claim = claim_of(binding);
  speaker->forwards = !g_hash_table_contains(search->claims, &claim);
}

static void list_speakers(Search *search) {
  const HgBindingTable *bindings = search->tally->bindings;
  for (int link = 0; link < 2; link++)
    for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
      const HgBinding *binding = hg_binding_table_get(bindings, i);
      if (!may_be_home(&binding->address) || link != (binding->source == HG_BINDING_LINK))
        continue;
      if (link)
        check_forwarding(search, binding);
      else
        add_claim(search, binding);
    }
}

/* The earliest packet counts, and of one packet the smaller address. */
static void add_neighbour(GHashTable *neighbours, const HgAddress *address, guint32 frame) {
  const Neighbour fresh = {place_of(address), whole(address), frame};
  Neighbour *known = g_hash_table_lookup(neighbours, &fresh.place);
  if (!known)
    g_hash_table_add(neighbours, g_memdup2(&fresh, sizeof fresh));
  else if (frame < known->frame ||
           (frame == known->frame && hg_network_compare(&fresh.address, &known->address) < 0))
    *known = fresh;
}

static gboolean is_neighbour(const Search *search, const HgAddress *address) {
  const HgNetwork place = place_of(address);
  return g_hash_table_contains(search->neighbours, &place);
}

/* --- what was observed --- */

/* The address in the subject: who asks, or who is told. */
static gboolean read_subject(const HgObservation *o, HgAddress *address, HgAddressBuffer *buffer) {
  return hg_address_parse(o->subject, address, buffer) && address->kind == o->peer.kind &&
         may_be_home(address);
}

static void each(Search *search, HgObservationKind kind,
                 void (*take)(Search *, const HgObservation *, gpointer), gpointer data) {
  const HgObservationTable *observations = search->tally->observations;
  const GArray *numbers = hg_observation_table_seen(observations, kind);
  for (guint i = 0; i < numbers->len; i++)
    take(search, hg_observation_table_get(observations, g_array_index(numbers, guint32, i)), data);
}

static void take_asker(Search *search, const HgObservation *question, gpointer data) {
  HgAddressBuffer buffer;
  HgAddress asker;
  (void)data;
  if (read_subject(question, &asker, &buffer))
    add_neighbour(search->neighbours, &asker, question->traffic.first_frame);
}

/* Who answers for itself alone, or announces itself (RFC 5227). */
static void take_speaker(Search *search, const HgObservation *reply, gpointer data) {
  HgAddressBuffer buffer;
  HgAddress told;
  (void)data;
  if (!may_be_home(&reply->peer))
    return;
  const Speaker *speaker = speaker_of(search, reply->actor.data, reply->peer.kind);
  const gboolean alone = speaker && !speaker->several && !speaker->forwards;
  const gboolean announced =
      read_subject(reply, &told, &buffer) && hg_address_equal(&told, &reply->peer);
  if (alone || announced)
    add_neighbour(search->neighbours, &reply->peer, reply->traffic.first_frame);
}

/* Who is close to a neighbour that it answers. */
static void take_near(Search *search, const HgObservation *reply, gpointer data) {
  GHashTable *near = data;
  HgAddressBuffer buffer;
  HgAddress told;
  if (reply->peer.kind == HG_ADDRESS_IPV4 && may_be_home(&reply->peer) &&
      read_subject(reply, &told, &buffer) && is_neighbour(search, &told) &&
      hg_network_common_bits(&told, &reply->peer) >= NEAR_BITS)
    add_neighbour(near, &reply->peer, reply->traffic.first_frame);
}

static void find_neighbours(Search *search) {
  GHashTable *near = g_hash_table_new_full(place_hash, place_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer one;
  each(search, HG_OBSERVED_ARP_QUESTION, take_asker, NULL);
  each(search, HG_OBSERVED_ND_SOLICITATION, take_asker, NULL);
  each(search, HG_OBSERVED_ARP_REPLY, take_speaker, NULL);
  each(search, HG_OBSERVED_ND_ADVERTISEMENT, take_speaker, NULL);
  each(search, HG_OBSERVED_ARP_REPLY, take_near, near);
  g_hash_table_iter_init(&iter, near);
  while (g_hash_table_iter_next(&iter, &one, NULL)) {
    const Neighbour *neighbour = one;
    const HgAddress address = hg_network_address(&neighbour->address);
    add_neighbour(search->neighbours, &address, neighbour->frame);
  }
  g_hash_table_destroy(near);
}

/* --- networks --- */

static void add_home(Search *search, HgNetwork network, HgHomeSource source, HgNetwork teller,
                     guint32 frame) {
  const HgHomeNetwork home = {
      .network = network, .teller = teller, .source = source, .frame = frame};
  g_array_append_val(search->home, home);
}

static void add_neighbours(Search *search) {
  GHashTableIter iter;
  gpointer one;
  g_hash_table_iter_init(&iter, search->neighbours);
  while (g_hash_table_iter_next(&iter, &one, NULL)) {
    const Neighbour *neighbour = one;
    add_home(search, neighbour->place,
             neighbour->place.kind == HG_ADDRESS_IPV4 ? HG_HOME_ARP : HG_HOME_ND,
             neighbour->address, neighbour->frame);
  }
}

/* The part of the asker's network that a question shows: from one neighbour to another. */
static void take_netmask(Search *search, const HgObservation *question, gpointer data) {
  HgAddressBuffer buffer;
  HgAddress asker;
  (void)data;
  if (!may_be_home(&question->peer) || !read_subject(question, &asker, &buffer) ||
      !is_neighbour(search, &question->peer))
    return;
  const guint bits = hg_network_common_bits(&asker, &question->peer);
  if (bits >= LINK_BITS && bits < 32)
    add_home(search, hg_network_of(&asker, bits), HG_HOME_ARP, whole(&asker),
             question->traffic.first_frame);
}

/* Leases and router advertisements: the subject is the length of the prefix. */
static void take_told(Search *search, const HgObservation *o, gpointer data) {
  const HgHomeSource source = GPOINTER_TO_INT(data);
  guint64 bits;
  if (may_be_home(&o->peer) &&
      g_ascii_string_to_unsigned(o->subject, 10, TOLD_BITS, o->peer.length * 8u, &bits, NULL))
    add_home(search, hg_network_of(&o->peer, (guint)bits), source,
             hg_network_address_bits(o->actor.kind) > 0 ? whole(&o->actor) : (HgNetwork){0},
             o->traffic.first_frame);
}

static void infer(const HgTally *tally, GArray *home) {
  Search search = {.tally = tally,
                   .home = home,
                   .claims = g_hash_table_new_full(claim_hash, claim_equal, g_free, NULL),
                   .speakers = g_hash_table_new_full(speaker_hash, speaker_equal, g_free, NULL),
                   .neighbours = g_hash_table_new_full(place_hash, place_equal, g_free, NULL)};
  list_speakers(&search);
  find_neighbours(&search);
  add_neighbours(&search);
  each(&search, HG_OBSERVED_ARP_QUESTION, take_netmask, NULL);
  each(&search, HG_OBSERVED_DHCP_LEASE, take_told, GINT_TO_POINTER(HG_HOME_LEASE));
  each(&search, HG_OBSERVED_ROUTER_PREFIX, take_told, GINT_TO_POINTER(HG_HOME_ROUTER));
  g_hash_table_destroy(search.claims);
  g_hash_table_destroy(search.speakers);
  g_hash_table_destroy(search.neighbours);
}

static void add_all(GArray *home, const GArray *networks, HgHomeSource source) {
  for (guint i = 0; i < networks->len; i++) {
    const HgHomeNetwork one = {.network = g_array_index(networks, HgNetwork, i), .source = source};
    g_array_append_val(home, one);
  }
}

static void give_scopes(HgTally *tally) {
  for (guint32 i = 0; i < hg_host_table_count(tally->hosts); i++) {
    HgHost *host = hg_host_table_get(tally->hosts, i);
    host->scope = hg_tally_scope(tally, &host->address);
    HgHomeNetwork *home = host->scope == HG_SCOPE_INTERNAL
                              ? hg_home_networks_find(tally->home, &host->address)
                              : NULL;
    if (home)
      home->hosts++;
  }
}

void hg_tally_find_home(HgTally *tally) {
  GArray *home = tally->home;
  g_array_set_size(home, 0);
  if (tally->options.home) {
    add_all(home, tally->options.home, HG_HOME_GIVEN);
  } else {
    GArray *ranges = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
    hg_home_networks_add_private(ranges);
    add_all(home, ranges, HG_HOME_PRIVATE);
    g_array_unref(ranges);
    infer(tally, home);
  }
  hg_home_networks_settle(home);
  give_scopes(tally);
}

void hg_tally_set_home(HgTally *tally, GArray *networks) {
  GArray *before = tally->options.home;
  tally->options.home = networks ? g_array_ref(networks) : NULL;
  g_clear_pointer(&before, g_array_unref);
  hg_tally_find_home(tally);
}
