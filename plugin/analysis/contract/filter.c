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

char *hg_filter_address(const HgAddress *address, HgFilterSide side) {
  const char *prefix = field_prefix(address->kind);
  if (!prefix)
    return NULL;
  char *text = hg_address_to_text(address);
  char *filter = g_strconcat(prefix, ".", side_suffix[side], " == ", text, NULL);
  g_free(text);
  return filter;
}

char *hg_filter_hosts(const HgTally *tally, const GArray *hosts, HgFilterSide side) {
  if (hosts->len == 0 || hosts->len > HG_FILTER_MAX_HOSTS)
    return NULL;
  const HgAddress *first = &hg_tally_host(tally, g_array_index(hosts, guint32, 0))->address;
  const char *prefix = field_prefix(first->kind);
  if (hosts->len == 1 || !prefix)
    return hg_filter_address(first, side);
  GString *filter = g_string_new(NULL);
  g_string_printf(filter, "%s.%s in {", prefix, side_suffix[side]);
  gboolean alike = TRUE;
  for (guint i = 0; i < hosts->len; i++) {
    const HgHost *host = hg_tally_host(tally, g_array_index(hosts, guint32, i));
    alike &= host->address.kind == first->kind;
    g_string_append(filter, i ? ", " : "");
    char *text = hg_address_to_text(&host->address);
    g_string_append(filter, text);
    g_free(text);
  }
  g_string_append_c(filter, '}');
  return g_string_free(filter, !alike);
}

char *hg_filter_directed(const HgAddress *from, const HgAddress *to) {
  if (from->kind != to->kind)
    return NULL;
  return hg_filter_and(hg_filter_address(from, HG_FILTER_SOURCE),
                       hg_filter_address(to, HG_FILTER_DESTINATION));
}

char *hg_filter_pair(const HgAddress *a, const HgAddress *b) {
  if (a->kind != b->kind || !field_prefix(a->kind))
    return NULL;
  if (hg_address_equal(a, b))
    return hg_filter_directed(a, b);
  return hg_filter_and(hg_filter_address(a, HG_FILTER_EITHER),
                       hg_filter_address(b, HG_FILTER_EITHER));
}

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
  default:
    return g_strdup_printf("%s && !icmp && !icmpv6", hg_transport_name(transport));
  }
}

char *hg_filter_service(const HgTally *tally, const HgService *service) {
  const HgAddress *client = &hg_tally_host(tally, service->client)->address;
  const HgAddress *server = &hg_tally_host(tally, service->server)->address;
  char *hosts = hg_filter_pair(client, server);
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
