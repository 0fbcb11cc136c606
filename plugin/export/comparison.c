/* comparison.c - what a baseline told, as lists that all formats share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "comparison.h"

#include <math.h>

#include "tally/strings.h"

const HgBaseline *hg_comparison_of(const HgReport *report) {
  return hg_analysis_baseline(hg_report_analysis(report));
}

/* Six significant digits: the last bits of a quotient differ between machines. */
static HgValue of_number(double number) {
  const double size = number == 0 ? 1 : pow(10, 5 - floor(log10(fabs(number))));
  return (HgValue){.number = round(number * size) / size};
}

static HgValue of_host(const HgReport *report, guint32 host) {
  return (HgValue){.string = host == HG_NO_HOST ? "" : hg_report_host_id(report, host)};
}

static HgValue of_count(guint64 count) {
  return (HgValue){.integer = (gint64)MIN(count, (guint64)G_MAXINT64)};
}

static const char *name_of(const HgReport *report, guint16 protocol) {
  return hg_tally_protocol(hg_report_tally(report), protocol)->name;
}

/* --- new hosts --- */

static const HgHost *host_of(const HgReport *report, gconstpointer item) {
  return hg_tally_host(hg_report_tally(report), ((const HgNewHost *)item)->host);
}

static HgValue host_address(const HgReport *report, gconstpointer item) {
  return of_host(report, ((const HgNewHost *)item)->host);
}

static HgValue host_scope(const HgReport *report, gconstpointer item) {
  return (HgValue){.string = hg_scope_name(hg_host_scope(host_of(report, item)))};
}

static HgValue host_packets(const HgReport *report, gconstpointer item) {
  return of_count(hg_host_traffic(host_of(report, item)).packets);
}

static HgValue host_peers(const HgReport *report, gconstpointer item) {
  return (HgValue){.integer = host_of(report, item)->peers};
}

static HgValue host_frame(const HgReport *report, gconstpointer item) {
  return (HgValue){.integer = hg_host_traffic(host_of(report, item)).first_frame};
}

static HgValue host_note(const HgReport *report, gconstpointer item) {
  const HgNewHost *host = item;
  (void)report;
  return (HgValue){.string = host->claimed ? "known from ARP"
                             : host->moved ? "a known MAC: its address changed"
                                           : ""};
}

/* Of others a router's MAC is all that can be seen. */
static HgValue host_macs(const HgReport *report, gconstpointer item) {
  const HgScope scope = hg_host_scope(host_of(report, item));
  if (scope != HG_SCOPE_INTERNAL && scope != HG_SCOPE_LINK_LOCAL)
    return (HgValue){.list = NULL};
  return (HgValue){.list = hg_binding_table_macs(hg_tally_bindings(hg_report_tally(report)),
                                                 &host_of(report, item)->address),
                   .owned = TRUE};
}

static const HgAttribute host_columns[] = {
    {"host", HG_TYPE_STRING, "Address", NULL, host_address},
    {"scope", HG_TYPE_STRING, "Scope", NULL, host_scope},
    {"packets", HG_TYPE_INTEGER, "Packets", NULL, host_packets},
    {"peers", HG_TYPE_INTEGER, "Peers", NULL, host_peers},
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, host_frame},
    {"note", HG_TYPE_STRING, "Note", NULL, host_note},
    {"macs", HG_TYPE_LIST, "MAC addresses", NULL, host_macs},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_hosts(const HgBaseline *baseline) {
  return hg_baseline_hosts(baseline)->len;
}

static gconstpointer get_host(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_hosts(baseline), HgNewHost, i);
}

/* --- new MACs --- */

static HgValue mac_address(const HgReport *report, gconstpointer item) {
  const HgAddress address = {HG_ADDRESS_MAC, 6, ((const HgNewMac *)item)->mac};
  (void)report;
  return (HgValue){.string = hg_address_to_text(&address), .owned = TRUE};
}

static HgValue mac_host(const HgReport *report, gconstpointer item) {
  return of_host(report, ((const HgNewMac *)item)->host);
}

static HgValue mac_packets(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgNewMac *)item)->traffic.packets);
}

static HgValue mac_frame(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.integer = ((const HgNewMac *)item)->traffic.first_frame};
}

static const HgAttribute mac_columns[] = {
    {"mac", HG_TYPE_STRING, "MAC address", NULL, mac_address},
    {"host", HG_TYPE_STRING, "Address", NULL, mac_host},
    {"packets", HG_TYPE_INTEGER, "Frames", NULL, mac_packets},
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, mac_frame},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_macs(const HgBaseline *baseline) {
  return hg_baseline_macs(baseline)->len;
}

static gconstpointer get_mac(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_macs(baseline), HgNewMac, i);
}

/* --- changed bindings --- */

static HgValue binding_address(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.string = hg_address_to_text(((const HgChangedBinding *)item)->address),
                   .owned = TRUE};
}

static HgValue binding_before(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.list = ((const HgChangedBinding *)item)->before};
}

static HgValue binding_now(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.list = ((const HgChangedBinding *)item)->now};
}

static HgValue binding_known(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.integer = ((const HgChangedBinding *)item)->known};
}

static const HgAttribute binding_columns[] = {
    {"address", HG_TYPE_STRING, "Address", NULL, binding_address},
    {"known", HG_TYPE_BOOLEAN, "By a known device", NULL, binding_known},
    {"before", HG_TYPE_LIST, "MAC before", NULL, binding_before},
    {"now", HG_TYPE_LIST, "MAC now", NULL, binding_now},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_bindings(const HgBaseline *baseline) {
  return hg_baseline_bindings(baseline)->len;
}

static gconstpointer get_binding(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_bindings(baseline), HgChangedBinding, i);
}

/* --- new services --- */

static const HgService *service_of(gconstpointer item) {
  return g_ptr_array_index(((const HgNewService *)item)->services, 0);
}

static HgValue service_server(const HgReport *report, gconstpointer item) {
  return of_host(report, service_of(item)->server);
}

static HgValue service_transport(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.string = hg_transport_name(service_of(item)->transport)};
}

static HgValue service_port(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.integer = service_of(item)->port};
}

static HgValue service_protocol(const HgReport *report, gconstpointer item) {
  return (HgValue){.string = name_of(report, service_of(item)->protocol)};
}

static HgValue service_known(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.integer = ((const HgNewService *)item)->known_server};
}

static HgValue service_packets(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgNewService *)item)->packets);
}

static HgValue service_frame(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.integer = ((const HgNewService *)item)->first_frame};
}

static HgValue service_clients(const HgReport *report, gconstpointer item) {
  const GPtrArray *services = ((const HgNewService *)item)->services;
  char **clients = g_new0(char *, (gsize)services->len + 1);
  for (guint i = 0; i < services->len; i++) {
    const HgService *service = g_ptr_array_index(services, i);
    clients[i] = g_strdup(hg_report_host_id(report, service->client));
  }
  return (HgValue){.list = clients, .owned = TRUE};
}

static const HgAttribute service_columns[] = {
    {"server", HG_TYPE_STRING, "Server", NULL, service_server},
    {"transport", HG_TYPE_STRING, "Over", NULL, service_transport},
    {"port", HG_TYPE_INTEGER, "Port", NULL, service_port},
    {"protocol", HG_TYPE_STRING, "Protocol", NULL, service_protocol},
    {"known_server", HG_TYPE_BOOLEAN, "Known server", NULL, service_known},
    {"packets", HG_TYPE_INTEGER, "Packets", NULL, service_packets},
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, service_frame},
    {"clients", HG_TYPE_LIST, "Clients", NULL, service_clients},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_services(const HgBaseline *baseline) {
  return hg_baseline_services(baseline)->len;
}

static gconstpointer get_service(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_services(baseline), HgNewService, i);
}

/* --- new conversations --- */

static const HgConversation *pair_of(const HgReport *report, gconstpointer item) {
  return hg_tally_conversation(hg_report_tally(report), *(const guint32 *)item);
}

/* The end whose address comes first is a. */
static guint32 end_of(const HgReport *report, gconstpointer item, gboolean second) {
  const guint32 *host = pair_of(report, item)->host;
  const gboolean swap =
      host[0] == HG_NO_HOST || (host[1] != HG_NO_HOST && hg_report_host_rank(report, host[1]) <
                                                             hg_report_host_rank(report, host[0]));
  return host[swap != second];
}

static HgValue pair_a(const HgReport *report, gconstpointer item) {
  return of_host(report, end_of(report, item, FALSE));
}

static HgValue pair_b(const HgReport *report, gconstpointer item) {
  return of_host(report, end_of(report, item, TRUE));
}

static HgTraffic pair_traffic(const HgReport *report, gconstpointer item) {
  HgTraffic both = pair_of(report, item)->traffic[0];
  hg_traffic_merge(&both, &pair_of(report, item)->traffic[1]);
  return both;
}

static HgValue pair_packets(const HgReport *report, gconstpointer item) {
  return of_count(pair_traffic(report, item).packets);
}

static HgValue pair_bytes(const HgReport *report, gconstpointer item) {
  return of_count(pair_traffic(report, item).bytes);
}

static HgValue pair_frame(const HgReport *report, gconstpointer item) {
  return (HgValue){.integer = pair_traffic(report, item).first_frame};
}

static HgValue pair_protocols(const HgReport *report, gconstpointer item) {
  const HgTally *tally = hg_report_tally(report);
  GPtrArray *names = g_ptr_array_new();
  guint32 number = pair_of(report, item)->first_protocol;
  while (number != HG_NO_LINK) {
    const HgConversationProtocol *spoken = hg_tally_conversation_protocol(tally, number);
    g_ptr_array_add(names, g_strdup(name_of(report, spoken->protocol)));
    number = spoken->next;
  }
  return (HgValue){.list = hg_strings_to_strv(names), .owned = TRUE};
}

static const HgAttribute pair_columns[] = {
    {"a", HG_TYPE_STRING, "A", NULL, pair_a},
    {"b", HG_TYPE_STRING, "B", NULL, pair_b},
    {"packets", HG_TYPE_INTEGER, "Packets", NULL, pair_packets},
    {"bytes", HG_TYPE_INTEGER, "Bytes", NULL, pair_bytes},
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, pair_frame},
    {"protocols", HG_TYPE_LIST, "Protocols", NULL, pair_protocols},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_pairs(const HgBaseline *baseline) {
  return hg_baseline_conversations(baseline)->len;
}

static gconstpointer get_pair(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_conversations(baseline), guint32, i);
}

/* --- shares that moved --- */

static HgValue shift_protocol(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.string = ((const HgProtocolShift *)item)->name};
}

static HgValue shift_before(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgProtocolShift *)item)->before);
}

static HgValue shift_now(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgProtocolShift *)item)->now);
}

static HgValue shift_share_before(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_number(((const HgProtocolShift *)item)->share_before);
}

static HgValue shift_share_now(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_number(((const HgProtocolShift *)item)->share_now);
}

static HgValue shift_z(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_number(((const HgProtocolShift *)item)->z);
}

static HgValue shift_odds(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_number(((const HgProtocolShift *)item)->odds);
}

static const HgAttribute shift_columns[] = {
    {"protocol", HG_TYPE_STRING, "Protocol", NULL, shift_protocol},
    {"packets_before", HG_TYPE_INTEGER, "Packets before", NULL, shift_before},
    {"packets_now", HG_TYPE_INTEGER, "Packets now", NULL, shift_now},
    {"share_before", HG_TYPE_DOUBLE, "Share before", "of 1", shift_share_before},
    {"share_now", HG_TYPE_DOUBLE, "Share now", "of 1", shift_share_now},
    {"z", HG_TYPE_DOUBLE, "z", "of two proportions", shift_z},
    {"odds", HG_TYPE_DOUBLE, "Odds", "times those before", shift_odds},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static gconstpointer get_shift(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_shifts(baseline), HgProtocolShift, i);
}

/* --- the tables --- */

const HgComparisonList hg_comparison_lists[] = {
    {"new_hosts", "New hosts", host_columns, count_hosts, get_host},
    {"new_macs", "New MAC addresses", mac_columns, count_macs, get_mac},
    {"changed_bindings", "Addresses of other MACs", binding_columns, count_bindings, get_binding},
    {"new_services", "New services", service_columns, count_services, get_service},
    {"moved_protocols", "Protocols whose share moved", shift_columns, hg_baseline_moved, get_shift},
    {"new_conversations", "New conversations", pair_columns, count_pairs, get_pair},
    {NULL, NULL, NULL, NULL, NULL},
};

static const HgTraffic *normal_traffic(const HgBaseline *baseline) {
  return hg_tally_traffic(hg_baseline_normal(baseline)->tally);
}

static gint64 fact_packets(const HgBaseline *baseline) {
  return (gint64)MIN(normal_traffic(baseline)->packets, (guint64)G_MAXINT64);
}

static gint64 fact_hosts(const HgBaseline *baseline) {
  return hg_tally_host_count(hg_baseline_normal(baseline)->tally);
}

static gint64 fact_conversations(const HgBaseline *baseline) {
  return hg_tally_conversation_count(hg_baseline_normal(baseline)->tally);
}

static gint64 fact_protocols(const HgBaseline *baseline) {
  return hg_baseline_has_protocols(baseline);
}

const HgComparisonFact hg_comparison_facts[] = {
    {"packets", "Packets", fact_packets},
    {"hosts", "Hosts", fact_hosts},
    {"conversations", "Conversations", fact_conversations},
    {"protocols_compared", "Protocols compared", fact_protocols},
    {NULL, NULL, NULL},
};
