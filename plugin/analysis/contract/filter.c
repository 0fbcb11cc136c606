/* filter.c - display filters for findings
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "filter.h"

#include "filter_private.h"

static const char *field_prefix(HgAddressKind kind) {
  switch (kind) {
  case HG_ADDRESS_IPV4:
    return "ip";
  case HG_ADDRESS_IPV6:
    return "ipv6";
  case HG_ADDRESS_MAC:
    return "eth";
  default:
    return NULL;
  }
}

static const char *const side_suffix[] = {
    [HG_FILTER_EITHER] = "addr", [HG_FILTER_SOURCE] = "src", [HG_FILTER_DESTINATION] = "dst"};

/* --- hosts --- */

static void append_addresses(GArray *addresses, const HgTally *tally, guint32 host) {
  const GArray *aliases = hg_tally_host_aliases(tally, host);
  g_array_append_vals(addresses, &hg_tally_host(tally, host)->address, 1);
  if (aliases)
    g_array_append_vals(addresses, aliases->data, aliases->len);
}

/* All addresses of the host: HgAddress. (transfer full) */
static GArray *addresses_of(const HgTally *tally, guint32 host) {
  GArray *addresses = g_array_new(FALSE, FALSE, sizeof(HgAddress));
  append_addresses(addresses, tally, host);
  return addresses;
}

/* Selects those of one kind; NULL: there are none. */
static char *filter_kind(const GArray *addresses, HgAddressKind kind, HgFilterSide side) {
  GString *list = g_string_new(NULL);
  guint count = 0;
  for (guint i = 0; i < addresses->len; i++) {
    const HgAddress *address = &g_array_index(addresses, HgAddress, i);
    if (address->kind != kind)
      continue;
    char *text = hg_address_to_text(address);
    g_string_append_printf(list, "%s%s", count++ ? ", " : "", text);
    g_free(text);
  }
  char *filter = NULL;
  if (count > 0)
    filter = g_strdup_printf(count > 1 ? "%s.%s in {%s}" : "%s.%s == %s", field_prefix(kind),
                             side_suffix[side], list->str);
  g_string_free(list, TRUE);
  return filter;
}

/* NULL: there are none, or there is no field for one of them. */
static char *filter_addresses(const GArray *addresses, HgFilterSide side) {
  GString *filter = g_string_new(NULL);
  gboolean known = addresses->len > 0;
  for (guint i = 0; i < addresses->len; i++)
    known &= field_prefix(g_array_index(addresses, HgAddress, i).kind) != NULL;
  for (HgAddressKind kind = HG_ADDRESS_IPV4; known && kind <= HG_ADDRESS_MAC; kind++) {
    char *term = filter_kind(addresses, kind, side);
    if (term)
      g_string_append_printf(filter, "%s%s", filter->len ? " || " : "", term);
    g_free(term);
  }
  return g_string_free(filter, !known);
}

char *hg_filter_host(const HgTally *tally, guint32 host, HgFilterSide side) {
  GArray *addresses = addresses_of(tally, host);
  char *filter = filter_addresses(addresses, side);
  g_array_unref(addresses);
  return filter;
}

char *hg_filter_hosts(const HgTally *tally, const GArray *hosts, HgFilterSide side) {
  GArray *addresses = g_array_new(FALSE, FALSE, sizeof(HgAddress));
  for (guint i = 0; i < hosts->len && hosts->len <= HG_FILTER_MAX_HOSTS; i++)
    append_addresses(addresses, tally, g_array_index(hosts, guint32, i));
  char *filter = filter_addresses(addresses, side);
  g_array_unref(addresses);
  return filter;
}

/* Packets have addresses of one kind at both ends. */
static char *filter_ends(const HgTally *tally, guint32 a, HgFilterSide side_a, guint32 b,
                         HgFilterSide side_b) {
  GArray *of_a = addresses_of(tally, a), *of_b = addresses_of(tally, b);
  char *filter = NULL;
  for (HgAddressKind kind = HG_ADDRESS_IPV4; kind <= HG_ADDRESS_MAC; kind++) {
    char *one = filter_kind(of_a, kind, side_a), *other = filter_kind(of_b, kind, side_b);
    if (one && other) {
      filter = hg_filter_or(filter, hg_filter_and(one, other));
    } else {
      g_free(one);
      g_free(other);
    }
  }
  g_array_unref(of_a);
  g_array_unref(of_b);
  return filter;
}

char *hg_filter_directed(const HgTally *tally, guint32 from, guint32 to) {
  return filter_ends(tally, from, HG_FILTER_SOURCE, to, HG_FILTER_DESTINATION);
}

char *hg_filter_pair(const HgTally *tally, guint32 a, guint32 b) {
  return a == b ? hg_filter_directed(tally, a, b)
                : filter_ends(tally, a, HG_FILTER_EITHER, b, HG_FILTER_EITHER);
}

/* --- numbers --- */

static gint compare_numbers(gconstpointer a, gconstpointer b) {
  const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

char *hg_filter_numbers(const char *field, const GArray *numbers) {
  GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(guint32), numbers->len);
  g_array_append_vals(sorted, numbers->data, numbers->len);
  g_array_sort(sorted, compare_numbers);
  GString *set = g_string_new(NULL);
  for (guint i = 0; i < sorted->len;) {
    const guint32 first = g_array_index(sorted, guint32, i);
    guint32 last = first;
    while (++i < sorted->len && g_array_index(sorted, guint32, i) - last <= 1)
      last = g_array_index(sorted, guint32, i);
    g_string_append_printf(set, set->len ? ", %u" : "%u", first);
    if (last > first)
      g_string_append_printf(set, last > first + 1 ? "..%u" : ", %u", last);
  }
  /* One number needs no set. Without any number the filter must match nothing: no packet has number
   * 0. */
  char *filter = sorted->len == 0          ? g_strdup_printf("%s == 0", field)
                 : strpbrk(set->str, ",.") ? g_strdup_printf("%s in {%s}", field, set->str)
                                           : g_strdup_printf("%s == %s", field, set->str);
  g_string_free(set, TRUE);
  g_array_free(sorted, TRUE);
  return filter;
}

char *hg_filter_frames(const GArray *frames) {
  return hg_filter_numbers("frame.number", frames);
}

/* "||" binds weaker than "&&": puts an expression in brackets if it has an "||" outside of
 * brackets. */
static char *guarded(char *expression) {
  gboolean has_or = FALSE;
  gint depth = 0;
  for (const char *c = expression; *c; c++) {
    depth += (*c == '(') - (*c == ')');
    has_or |= depth == 0 && *c == '|';
  }
  if (!has_or)
    return expression;
  char *text = g_strconcat("(", expression, ")", NULL);
  g_free(expression);
  return text;
}

char *hg_filter_few_frames(const GArray *frames, char *otherwise) {
  if (frames->len > HG_FILTER_MAX_FRAMES)
    return otherwise;
  g_free(otherwise);
  return hg_filter_frames(frames);
}

char *hg_filter_and(char *a, char *b) {
  if (!a || !b)
    return a ? a : b;
  a = guarded(a);
  b = guarded(b);
  char *both = g_strconcat(a, " && ", b, NULL);
  g_free(a);
  g_free(b);
  return both;
}

char *hg_filter_in_segment(const HgTally *tally, const HgHost *host, char *filter) {
  const HgSegment *segment = hg_tally_segment(tally, &host->address);
  return segment && filter && *filter ? hg_filter_and(filter, g_strdup(segment->filter)) : filter;
}

char *hg_filter_or(char *a, char *b) {
  if (!a || !b)
    return a ? a : b;
  char *either = g_strconcat("(", a, ") || (", b, ")", NULL);
  g_free(a);
  g_free(b);
  return either;
}

char *hg_filter_probes(HgTransport transport) {
  switch (transport) {
  case HG_TRANSPORT_TCP:
    return g_strdup("tcp.flags.syn == 1 && tcp.flags.ack == 0 && !icmp && !icmpv6");
  case HG_TRANSPORT_ICMP:
    return g_strdup("icmp.type == 8 && !(icmp.type in {3, 4, 5, 11, 12})");
  case HG_TRANSPORT_ICMPV6:
    return g_strdup("icmpv6.type == 128 && !(icmpv6.type in {1..4})");
  case HG_TRANSPORT_NONE:
    return g_strdup("!tcp && !udp && !sctp && !dccp && !icmp && !icmpv6");
  default:
    return g_strdup_printf("%s && !icmp && !icmpv6", hg_transport_name(transport));
  }
}

char *hg_filter_service(const HgTally *tally, const HgService *service) {
  char *hosts = hg_filter_pair(tally, service->client, service->server);
  switch (service->transport) {
  case HG_TRANSPORT_ICMP:
    return hg_filter_and(hosts, g_strdup("icmp.type in {0, 8}"));
  case HG_TRANSPORT_ICMPV6:
    return hg_filter_and(hosts, g_strdup("icmpv6.type in {128, 129}"));
  case HG_TRANSPORT_NONE:
    return hosts;
  default:
    return hg_filter_and(hosts,
                         g_strdup_printf("%s.port == %u && !icmp && !icmpv6",
                                         hg_transport_name(service->transport), service->port));
  }
}

char *hg_filter_services(const HgTally *tally, guint32 host, const GPtrArray *services) {
  const gboolean few = services->len <= HG_FILTER_MAX_HOSTS;
  GArray *ports = g_array_new(FALSE, FALSE, sizeof(guint32));
  char *filter = NULL;
  for (guint i = 0; i < services->len; i++) {
    const HgService *service = g_ptr_array_index(services, i);
    const guint32 port = service->port;
    g_array_append_val(ports, port);
    filter = few ? hg_filter_or(filter, hg_filter_service(tally, service)) : NULL;
  }
  if (!few)
    filter = hg_filter_and(
        hg_filter_host(tally, host, HG_FILTER_EITHER),
        hg_filter_and(hg_filter_numbers("tcp.port", ports), g_strdup("!icmp && !icmpv6")));
  g_array_unref(ports);
  return filter;
}
