/* comparison_talk.c - lists of a comparison: services, conversations and protocols
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "comparison_private.h"

#include <math.h>

#include "tally/memory/strings.h"

static const char *name_of(const HgReport *report, guint16 protocol) {
  return hg_tally_protocol(hg_report_tally(report), protocol)->name;
}

/* --- new services --- */

static const HgService *service_of(gconstpointer item) {
  return g_ptr_array_index(((const HgNewService *)item)->services, 0);
}

static HgValue service_server(const HgReport *report, gconstpointer item) {
  return hg_comparison_host(report, service_of(item)->server);
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
  return hg_comparison_count(((const HgNewService *)item)->packets);
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

const HgComparisonList hg_comparison_new_services = {"new_services", "New services",
                                                     service_columns, count_services, get_service};

/* --- new conversations --- */

static const HgConversation *pair_of(const HgReport *report, gconstpointer item) {
  return hg_tally_conversation(hg_report_tally(report), *(const guint32 *)item);
}

/* Host a of a conversation is the one whose address sorts first. */
static guint32 end_of(const HgReport *report, gconstpointer item, gboolean second) {
  const guint32 *host = pair_of(report, item)->host;
  const gboolean swap =
      host[0] == HG_NO_HOST || (host[1] != HG_NO_HOST && hg_report_host_rank(report, host[1]) <
                                                             hg_report_host_rank(report, host[0]));
  return host[swap != second];
}

static HgValue pair_a(const HgReport *report, gconstpointer item) {
  return hg_comparison_host(report, end_of(report, item, FALSE));
}

static HgValue pair_b(const HgReport *report, gconstpointer item) {
  return hg_comparison_host(report, end_of(report, item, TRUE));
}

static HgTraffic pair_traffic(const HgReport *report, gconstpointer item) {
  HgTraffic both = pair_of(report, item)->traffic[0];
  hg_traffic_merge(&both, &pair_of(report, item)->traffic[1]);
  return both;
}

static HgValue pair_packets(const HgReport *report, gconstpointer item) {
  return hg_comparison_count(pair_traffic(report, item).packets);
}

static HgValue pair_bytes(const HgReport *report, gconstpointer item) {
  return hg_comparison_count(pair_traffic(report, item).bytes);
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

const HgComparisonList hg_comparison_new_conversations = {"new_conversations", "New conversations",
                                                          pair_columns, count_pairs, get_pair};

/* --- shares that moved --- */

/* Six significant digits: the last bits of a quotient differ between machines. */
static HgValue of_number(double number) {
  const double size = number == 0 ? 1 : pow(10, 5 - floor(log10(fabs(number))));
  return (HgValue){.number = round(number * size) / size};
}

static HgValue shift_protocol(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.string = ((const HgProtocolShift *)item)->name};
}

static HgValue shift_before(const HgReport *report, gconstpointer item) {
  (void)report;
  return hg_comparison_count(((const HgProtocolShift *)item)->before);
}

static HgValue shift_now(const HgReport *report, gconstpointer item) {
  (void)report;
  return hg_comparison_count(((const HgProtocolShift *)item)->now);
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

const HgComparisonList hg_comparison_moved_protocols = {
    "moved_protocols", "Protocols whose share moved", shift_columns, hg_baseline_moved, get_shift};
