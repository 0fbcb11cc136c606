/* tell_apart.c - one address, several segments: whether it is one machine
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tell_apart.h"

#include "fold.h"
#include "tally/services/reassembled_connections.h"
#include "tally/tally_private.h"

#include <string.h>

/* By family, IPv4 and IPv6. A MAC that claims more addresses by ARP or neighbour discovery (link-local
 * ones aside) answers for others (RFC 1027, RFC 4389), or lies. Two: a second address of an interface is
 * common. Of IPv6 a machine has a stable and, for a day each, temporary addresses (RFC 8981). */
static const guint most_claimed[2] = {2, 3};

/* The same for addresses that it sends from: a MAC with more may route. */
static const guint most_sent[2] = {1, 3};

typedef struct {
  const HgBinding *binding;
  guint32 place;
  gboolean own; /* the MAC is the machine's, as far as the bindings tell */
} Bound;

/* An address in one segment. */
typedef struct {
  const HgAddress *address;
  guint32 parent;   /* of the same machine; itself: none, or the class's first */
  gboolean own;     /* it has a MAC of its own, */
  gboolean claimed; /* which says so by ARP or neighbour discovery */
} Place;

/* How many addresses a MAC stands for, by family, in whatever segments. */
typedef struct {
  guint claimed[2], all[2];
} Reach;

typedef struct {
  const HgTally *tally;
  GArray *places;      /* Place, sorted by address; those of one address are neighbours */
  GArray *bound;       /* Bound, sorted by place */
  GHashTable *macs;    /* MAC -> Reach */
  GHashTable *subnets; /* subnet in its segment -> its MAC, or SEVERAL_MACS */
  GArray *suspected;   /* guint32: first places of addresses that may be several machines */
  GHashTable *apart;   /* set of HgAddress, as of segment 0: those that are, owned */
  GHashTable *number;  /* HgAddress -> the segment that it is told apart by */
  HgSegmentTable *segments;
} Apart;

static guint64 mac_key(const guint8 mac[6]) {
  guint64 key = 0;
  for (guint i = 0; i < 6; i++)
    key = key << 8 | mac[i];
  return key;
}

static guint64 *mac_new(guint64 mac) {
  return g_memdup2(&mac, sizeof mac);
}

static gboolean is_same_address(const HgAddress *a, const HgAddress *b) {
  const HgAddress x = hg_address_without_segment(a), y = hg_address_without_segment(b);
  return hg_address_equal(&x, &y);
}

static Place *place_at(const Apart *apart, guint32 i) {
  return &g_array_index(apart->places, Place, i);
}

/* --- places --- */

static gint compare_places(gconstpointer a, gconstpointer b) {
  return hg_address_compare(((const Place *)a)->address, ((const Place *)b)->address);
}

/* Routers, loopback interfaces and groups have the same addresses everywhere. */
static gboolean can_differ(const HgAddress *address) {
  const HgScope scope = hg_address_is_ip(address) ? hg_address_scope(address) : HG_SCOPE_LOOPBACK;
  return hg_scope_is_unicast(scope) && scope != HG_SCOPE_LOOPBACK;
}

static gboolean is_segment_known(const Apart *apart, guint16 segment) {
  const HgSegment *one = hg_segment_table_get(apart->tally->segments, segment);
  return strcmp(one->name, hg_segment_unknown.name) != 0;
}

/* What was in an unknown segment can be any of the machines, so it proves nothing. */
static void add_place(Apart *apart, const HgAddress *address) {
  const Place one = {.address = address};
  if (can_differ(address) && is_segment_known(apart, address->segment))
    g_array_append_val(apart->places, one);
}

static void list_places(Apart *apart) {
  const HgBindingTable *bindings = apart->tally->bindings;
  GArray *all = apart->places;
  for (guint32 i = 0; i < hg_tally_host_count(apart->tally); i++)
    add_place(apart, &hg_tally_host(apart->tally, i)->address);
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++)
    add_place(apart, &hg_binding_table_get(bindings, i)->address);
  g_array_sort(all, compare_places);
  guint kept = 0;
  for (guint i = 0; i < all->len; i++) {
    const Place next = g_array_index(all, Place, i);
    if (kept == 0 || compare_places(&next, &g_array_index(all, Place, kept - 1)) != 0)
      g_array_index(all, Place, kept++) = next;
  }
  g_array_set_size(all, kept);
  for (guint32 i = 0; i < kept; i++)
    place_at(apart, i)->parent = i;
}

/* The end of the places of one address. */
static guint32 end_of_address(const Apart *apart, guint32 first) {
  guint32 end = first + 1;
  while (end < apart->places->len &&
         is_same_address(place_at(apart, first)->address, place_at(apart, end)->address))
    end++;
  return end;
}

/* FALSE: it can stand for one machine only. */
static gboolean find_place(const Apart *apart, const HgAddress *address, guint32 *place) {
  const Place key = {.address = address};
  guint at;
  if (!g_array_binary_search(apart->places, &key, compare_places, &at))
    return FALSE;
  *place = at;
  return TRUE;
}

static guint32 root_of(const Apart *apart, guint32 place) {
  while (place_at(apart, place)->parent != place)
    place = place_at(apart, place)->parent;
  return place;
}

static void unite(Apart *apart, guint32 a, guint32 b) {
  const guint32 x = root_of(apart, a), y = root_of(apart, b);
  place_at(apart, MAX(x, y))->parent = MIN(x, y);
}

/* --- MACs --- */

static gint compare_by_mac(gconstpointer a, gconstpointer b) {
  const HgBinding *x = *(const HgBinding *const *)a, *y = *(const HgBinding *const *)b;
  const int order = memcmp(x->mac, y->mac, sizeof x->mac);
  if (order)
    return order;
  const HgAddress left = hg_address_without_segment(&x->address);
  const HgAddress right = hg_address_without_segment(&y->address);
  return hg_address_compare(&left, &right);
}

static int family_of(const HgAddress *address) {
  return address->kind == HG_ADDRESS_IPV6;
}

static Reach *reach_of(Apart *apart, const guint8 mac[6]) {
  const guint64 key = mac_key(mac);
  Reach *reach = g_hash_table_lookup(apart->macs, &key);
  if (!reach) {
    reach = g_new0(Reach, 1);
    g_hash_table_insert(apart->macs, mac_new(key), reach);
  }
  return reach;
}

/* Counts the addresses of each MAC once, in however many segments and ways they were seen. */
static void count_reach(Apart *apart) {
  const HgBindingTable *bindings = apart->tally->bindings;
  const guint32 count = hg_binding_table_count(bindings);
  GPtrArray *all = g_ptr_array_sized_new(count);
  for (guint32 i = 0; i < count; i++)
    g_ptr_array_add(all, (gpointer)hg_binding_table_get(bindings, i));
  g_ptr_array_sort(all, compare_by_mac);
  for (guint from = 0, to; from < count; from = to) {
    const HgBinding *first = g_ptr_array_index(all, from);
    gboolean claimed = FALSE;
    for (to = from; to < count && compare_by_mac(&all->pdata[from], &all->pdata[to]) == 0; to++)
      claimed |= ((const HgBinding *)g_ptr_array_index(all, to))->source != HG_BINDING_LINK;
    Reach *reach = reach_of(apart, first->mac);
    const int family = family_of(&first->address);
    if (hg_address_scope(&first->address) == HG_SCOPE_LINK_LOCAL)
      continue;
    reach->claimed[family] += claimed;
    reach->all[family]++;
  }
  g_ptr_array_unref(all);
}

static gint compare_bound(gconstpointer a, gconstpointer b) {
  const Bound *x = a, *y = b;
  return x->place < y->place ? -1 : x->place > y->place;
}

static void bind_places(Apart *apart) {
  const HgBindingTable *bindings = apart->tally->bindings;
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    Bound one = {.binding = hg_binding_table_get(bindings, i)};
    if (find_place(apart, &one.binding->address, &one.place))
      g_array_append_val(apart->bound, one);
  }
  g_array_sort(apart->bound, compare_bound);
}

/* --- neighbours --- */

#define SEVERAL_MACS G_MAXUINT64

/* An address stands for its subnet of the usual size, in its segment. */
static HgAddress *subnet_new(const HgAddress *address) {
  const guint8 length = address->kind == HG_ADDRESS_IPV4 ? 3 : 8; /* /24, /64 */
  HgAddress *subnet = g_malloc(sizeof *subnet + length);
  guint8 *bytes = (guint8 *)(subnet + 1);
  memcpy(bytes, address->data, length);
  *subnet = (HgAddress){
      .kind = address->kind, .length = length, .segment = address->segment, .data = bytes};
  return subnet;
}

/* What is behind a router has one MAC; where a subnet has several, its machines are on the link. */
static void find_subnets(Apart *apart) {
  const HgBindingTable *bindings = apart->tally->bindings;
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, i);
    HgAddress *subnet = subnet_new(&binding->address);
    const guint64 mac = mac_key(binding->mac);
    const guint64 *before = g_hash_table_lookup(apart->subnets, subnet);
    const guint64 now = before && *before != mac ? SEVERAL_MACS : mac;
    g_hash_table_replace(apart->subnets, subnet, mac_new(now));
  }
}

static gboolean has_neighbour(const Apart *apart, const HgAddress *address) {
  HgAddress *subnet = subnet_new(address);
  const guint64 *macs = g_hash_table_lookup(apart->subnets, subnet);
  g_free(subnet);
  return macs && *macs == SEVERAL_MACS;
}

static gboolean is_own(const Apart *apart, const HgBinding *binding, const Reach *reach) {
  const int family = family_of(&binding->address);
  if (hg_segment_table_get(apart->tally->segments, binding->address.segment)->routed)
    return FALSE;
  switch (hg_address_scope(&binding->address)) {
  case HG_SCOPE_LINK_LOCAL:
    return TRUE;
  case HG_SCOPE_EXTERNAL:
    return reach->all[family] <= most_sent[family] && has_neighbour(apart, &binding->address);
  case HG_SCOPE_INTERNAL:
    return reach->all[family] <= most_sent[family];
  default:
    return FALSE;
  }
}

static void judge_bindings(Apart *apart) {
  for (guint i = 0; i < apart->bound->len; i++) {
    Bound *one = &g_array_index(apart->bound, Bound, i);
    const Reach *reach = reach_of(apart, one->binding->mac);
    Place *place = place_at(apart, one->place);
    const int family = family_of(&one->binding->address);
    const gboolean claims =
        one->binding->source != HG_BINDING_LINK && reach->claimed[family] <= most_claimed[family];
    one->own = claims || is_own(apart, one->binding, reach);
    place->claimed |= claims;
    place->own |= one->own;
  }
}

/* A router's MAC can pass several machines' packets on; the machine's own is in each of its segments. */
static void unite_by_mac(Apart *apart, guint32 first, guint32 end) {
  GHashTable *seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  const Bound key = {.place = first};
  guint at = 0, high = apart->bound->len;
  while (at < high) { /* to the first binding of these places */
    const guint middle = at + (high - at) / 2;
    if (compare_bound(&g_array_index(apart->bound, Bound, middle), &key) < 0)
      at = middle + 1;
    else
      high = middle;
  }
  for (; at < apart->bound->len && g_array_index(apart->bound, Bound, at).place < end; at++) {
    const Bound *one = &g_array_index(apart->bound, Bound, at);
    if (!one->own)
      continue;
    guint64 *mac = mac_new(mac_key(one->binding->mac));
    const gpointer before = g_hash_table_lookup(seen, mac);
    if (before)
      unite(apart, GPOINTER_TO_UINT(before) - 1, one->place);
    g_hash_table_replace(seen, mac, GUINT_TO_POINTER(one->place + 1));
  }
  g_hash_table_unref(seen);
}

/* --- classes --- */

/* TRUE when two or more classes of the address have a MAC of their own. */
static gboolean differs(const Apart *apart, guint32 first, guint32 end) {
  guint32 known = G_MAXUINT32;
  for (guint32 i = first; i < end; i++) {
    if (!place_at(apart, i)->own)
      continue;
    if (known != G_MAXUINT32 && root_of(apart, i) != known)
      return TRUE;
    known = root_of(apart, i);
  }
  return FALSE;
}

static void suspect(Apart *apart) {
  for (guint32 first = 0, end; first < apart->places->len; first = end) {
    end = end_of_address(apart, first);
    if (end - first < 2)
      continue;
    unite_by_mac(apart, first, end);
    if (differs(apart, first, end))
      g_array_append_val(apart->suspected, first);
  }
}

/* --- connections that are in two segments --- */

typedef struct {
  guint32 address[2]; /* first places of both ends */
  guint32 place[2];
  guint16 port[2];
  guint8 transport;
  guint32 sequence;
  gint64 first_ns;
} Passed;

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

static gint compare_ends(const Passed *a, const Passed *b) {
  for (int end = 0; end < 2; end++) {
    ORDER(a->address[end], b->address[end]);
    ORDER(a->port[end], b->port[end]);
  }
  ORDER(a->transport, b->transport);
  return 0;
}

static gint compare_passed(gconstpointer a, gconstpointer b) {
  const Passed *x = a, *y = b;
  const gint order = compare_ends(x, y);
  if (order)
    return order;
  ORDER(x->first_ns, y->first_ns);
  ORDER(x->place[0], y->place[0]);
  return 0;
}

/* The first place of each host's address; G_MAXUINT32: it is in one segment only. (transfer full) */
static guint32 *addresses_of_hosts(const Apart *apart, guint32 *places) {
  const guint32 count = hg_tally_host_count(apart->tally);
  guint32 *starts = g_new(guint32, (gsize)apart->places->len + 1);
  guint32 *address = g_new(guint32, (gsize)count + 1);
  for (guint32 first = 0, end; first < apart->places->len; first = end) {
    end = end_of_address(apart, first);
    for (guint32 i = first; i < end; i++)
      starts[i] = end - first > 1 ? first : G_MAXUINT32;
  }
  for (guint32 i = 0; i < count; i++)
    address[i] = find_place(apart, &hg_tally_host(apart->tally, i)->address, &places[i])
                     ? starts[places[i]]
                     : G_MAXUINT32;
  g_free(starts);
  return address;
}

/* Connections both of whose ends are in several segments. They are put together from halves: what a half
 * does not know proves nothing. (transfer full) */
static GArray *list_passed(const Apart *apart) {
  GArray *passed = g_array_new(FALSE, FALSE, sizeof(Passed));
  HgReassembledConnections whole;
  hg_reassembled_connections_init(&whole, apart->tally);
  guint32 *places = g_new0(guint32, (gsize)hg_tally_host_count(apart->tally) + 1);
  guint32 *address = addresses_of_hosts(apart, places);
  for (guint32 i = 0; i < whole.count; i++) {
    const HgConnection *c = whole.connections[i];
    const guint32 *host = hg_tally_conversation(apart->tally, c->conversation)->host;
    if (address[host[0]] == G_MAXUINT32 || address[host[1]] == G_MAXUINT32)
      continue;
    const int flip = address[host[0]] > address[host[1]];
    Passed one = {.transport = c->transport,
                  .sequence =
                      c->transport == HG_TRANSPORT_TCP ? c->initial_sequence : HG_SEQUENCE_UNKNOWN,
                  .first_ns = c->first_ns};
    for (int end = 0; end < 2; end++) {
      one.address[end] = address[host[end ^ flip]];
      one.place[end] = places[host[end ^ flip]];
      one.port[end] = c->port[end ^ flip];
    }
    if (one.address[0] != one.address[1])
      g_array_append_val(passed, one);
  }
  g_free(places);
  g_free(address);
  hg_reassembled_connections_clear(&whole);
  g_array_sort(passed, compare_passed);
  return passed;
}

static gboolean is_passed_on(const Passed *a, const Passed *b) {
  return a->sequence == b->sequence || a->sequence == HG_SEQUENCE_UNKNOWN ||
         b->sequence == HG_SEQUENCE_UNKNOWN;
}

/* Two taps, or both sides of a router: see HG_CONNECTION_SKEW_NS. */
static gboolean is_close(const Passed *earlier, const Passed *later) {
  return (guint64)later->first_ns - (guint64)earlier->first_ns <= HG_CONNECTION_SKEW_NS;
}

/* What ARP says in both segments stands: there are tools that use the same ports and numbers everywhere. */
static gboolean is_settled(const Apart *apart, const Passed *one, const Passed *other) {
  for (int end = 0; end < 2; end++)
    if (place_at(apart, one->place[end])->claimed && place_at(apart, other->place[end])->claimed)
      return TRUE;
  return FALSE;
}

static void unite_by_connection(Apart *apart) {
  GArray *passed = list_passed(apart);
  for (guint i = 0; i < passed->len; i++) {
    const Passed *one = &g_array_index(passed, Passed, i);
    for (guint j = i + 1; j < passed->len; j++) {
      const Passed *other = &g_array_index(passed, Passed, j);
      if (compare_ends(one, other) != 0 || !is_close(one, other))
        break;
      if (!is_passed_on(one, other) || is_settled(apart, one, other))
        continue;
      for (int end = 0; end < 2; end++)
        unite(apart, one->place[end], other->place[end]);
    }
  }
  g_array_unref(passed);
}

/* --- names --- */

/* Numbers within names by value: "VLAN 9" before "VLAN 10". */
static gint compare_names(gconstpointer first, gconstpointer second) {
  const char *a = *(const char *const *)first, *b = *(const char *const *)second;
  for (; *a && *b; a++, b++) {
    if (g_ascii_isdigit(*a) && g_ascii_isdigit(*b)) {
      char *a_end, *b_end;
      ORDER(g_ascii_strtoull(a, &a_end, 10), g_ascii_strtoull(b, &b_end, 10));
      a = a_end - 1;
      b = b_end - 1;
    } else {
      ORDER(*a, *b);
    }
  }
  ORDER(*a, *b);
  return strcmp(*(const char *const *)first, *(const char *const *)second);
}

static gint compare_segments(gconstpointer a, gconstpointer b) {
  const HgSegment *const *x = a, *const *y = b;
  return compare_names(&(*x)->name, &(*y)->name);
}

/* The segments of a class, as one. */
static HgSegment name_class(const Apart *apart, guint32 root, guint32 end) {
  GPtrArray *all = g_ptr_array_new();
  GString *name = g_string_new(NULL), *filter = g_string_new(NULL);
  for (guint32 i = root; i < end; i++) {
    const guint16 number = place_at(apart, i)->address->segment;
    if (root_of(apart, i) == root)
      g_ptr_array_add(all, (gpointer)hg_segment_table_get(apart->tally->segments, number));
  }
  g_ptr_array_sort(all, compare_segments);
  for (guint i = 0; i < all->len; i++) {
    const HgSegment *one = g_ptr_array_index(all, i);
    g_string_append_printf(name, "%s%s", i ? ", " : "", one->name);
    g_string_append_printf(filter, "%s%s", i ? " || " : "", one->filter);
  }
  if (all->len > 1) {
    g_string_prepend_c(filter, '(');
    g_string_append_c(filter, ')');
  }
  g_ptr_array_unref(all);
  return (HgSegment){g_string_free(name, FALSE), g_string_free(filter, FALSE), FALSE};
}

/* All segments in the order of their names, so that numbers do not depend on the order of packets. */
static void number_segments(Apart *apart, const GPtrArray *classes) {
  const HgSegmentTable *known = apart->tally->segments;
  GPtrArray *all = g_ptr_array_new();
  for (guint i = 0; i < hg_segment_table_count(known); i++)
    g_ptr_array_add(all, (gpointer)hg_segment_table_get(known, (guint16)i));
  for (guint i = 0; i < classes->len; i++)
    g_ptr_array_add(all, g_ptr_array_index(classes, i));
  g_ptr_array_sort(all, compare_segments);
  hg_segment_table_intern(apart->segments, &hg_segment_unknown); /* number 0 */
  for (guint i = 0; i < all->len; i++)
    hg_segment_table_intern(apart->segments, g_ptr_array_index(all, i));
  g_ptr_array_unref(all);
}

/* The segment of each place whose address is several machines. */
static void tell(Apart *apart) {
  GPtrArray *classes = g_ptr_array_new_with_free_func(hg_segment_free); /* by place from here on */
  GArray *places = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < apart->suspected->len; i++) {
    const guint32 first = g_array_index(apart->suspected, guint32, i);
    const guint32 end = end_of_address(apart, first);
    if (!differs(apart, first, end))
      continue;
    const HgAddress bare = hg_address_without_segment(place_at(apart, first)->address);
    g_hash_table_add(apart->apart, g_memdup2(&bare, sizeof bare));
    for (guint32 place = first; place < end; place++) {
      const HgSegment class = name_class(apart, root_of(apart, place), end);
      g_ptr_array_add(classes, g_memdup2(&class, sizeof class));
      g_array_append_val(places, place);
    }
  }
  number_segments(apart, classes);
  for (guint i = 0; i < classes->len; i++) {
    const HgSegment *class = g_ptr_array_index(classes, i);
    const guint16 number = hg_segment_table_intern(apart->segments, class);
    g_hash_table_insert(apart->number,
                        (gpointer)place_at(apart, g_array_index(places, guint32, i))->address,
                        GUINT_TO_POINTER(number));
  }
  g_array_unref(places);
  g_ptr_array_unref(classes);
}

static HgAddress becomes(const HgAddress *address, gconstpointer data) {
  const Apart *apart = data;
  HgAddress told = hg_address_without_segment(address);
  gpointer number;
  if (!hg_address_is_ip(address) || !g_hash_table_contains(apart->apart, &told))
    return told;
  if (g_hash_table_lookup_extended(apart->number, address, NULL, &number)) {
    told.segment = (guint16)GPOINTER_TO_UINT(number);
  } else { /* something was told about it in another segment */
    const HgSegment *segment = hg_segment_table_get(apart->tally->segments, address->segment);
    told.segment = hg_segment_table_intern(apart->segments, segment);
  }
  return told;
}

HgTally *hg_tally_tell_apart(const HgTally *tally) {
  if (tally->told_apart || hg_segment_table_count(tally->segments) < 2)
    return NULL;
  Apart apart = {
      .tally = tally,
      .places = g_array_new(FALSE, FALSE, sizeof(Place)),
      .bound = g_array_new(FALSE, FALSE, sizeof(Bound)),
      .macs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free),
      .subnets = g_hash_table_new_full(hg_address_hash, hg_address_equal, g_free, g_free),
      .suspected = g_array_new(FALSE, FALSE, sizeof(guint32)),
      .apart = g_hash_table_new_full(hg_address_hash, hg_address_equal, g_free, NULL),
      .number = g_hash_table_new(hg_address_hash, hg_address_equal),
      .segments = hg_segment_table_new(),
  };
  list_places(&apart);
  count_reach(&apart);
  find_subnets(&apart);
  bind_places(&apart);
  judge_bindings(&apart);
  suspect(&apart);
  if (apart.suspected->len > 0)
    unite_by_connection(&apart);
  tell(&apart);
  const HgFold fold = {.becomes = becomes, .data = &apart, .segments = apart.segments};
  HgTally *told = hg_tally_fold(tally, &fold);
  g_array_unref(apart.places);
  g_array_unref(apart.bound);
  g_hash_table_unref(apart.macs);
  g_hash_table_unref(apart.subnets);
  g_array_unref(apart.suspected);
  g_hash_table_unref(apart.apart);
  g_hash_table_unref(apart.number);
  hg_segment_table_free(apart.segments);
  return told;
}
