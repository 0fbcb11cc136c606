/* record_lists.c - services and contacts in the page's record
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "record_lists.h"

#include "column.h"
#include "contacts.h"
#include "export/text/text.h"
#include "record.h"

/* --- services --- */

typedef gint64 (*GetService)(const HgHtmlRecord *record, const HgService *service);

static gint64 get_client(const HgHtmlRecord *record, const HgService *service) {
  return hg_report_host_rank(record->report, service->client);
}
static gint64 get_server(const HgHtmlRecord *record, const HgService *service) {
  return hg_report_host_rank(record->report, service->server);
}
static gint64 get_port(const HgHtmlRecord *record, const HgService *service) {
  (void)record;
  return service->port;
}
static gint64 get_protocol(const HgHtmlRecord *record, const HgService *service) {
  return record->protocol_place[service->protocol];
}
static gint64 get_established(const HgHtmlRecord *record, const HgService *service) {
  (void)record;
  return service->established;
}
static gint64 get_refused(const HgHtmlRecord *record, const HgService *service) {
  (void)record;
  return service->refused;
}
static gint64 get_unanswered(const HgHtmlRecord *record, const HgService *service) {
  (void)record;
  return service->unanswered;
}
static gint64 get_midstream(const HgHtmlRecord *record, const HgService *service) {
  (void)record;
  return service->midstream;
}
static gint64 get_bytes_out(const HgHtmlRecord *record, const HgService *service) {
  (void)record;
  return (gint64)MIN(service->bytes[0], (guint64)G_MAXINT64);
}
static gint64 get_bytes_back(const HgHtmlRecord *record, const HgService *service) {
  (void)record;
  return (gint64)MIN(service->bytes[1], (guint64)G_MAXINT64);
}
static gint64 get_first(const HgHtmlRecord *record, const HgService *service) {
  return hg_time_span(record->base_ns, service->first_ns);
}
static gint64 get_last(const HgHtmlRecord *record, const HgService *service) {
  return hg_time_span(record->base_ns, service->last_ns);
}

static const struct {
  const char *name;
  GetService get;
} service_columns[] = {
    {"client", get_client},
    {"server", get_server},
    {"port", get_port},
    {"protocol", get_protocol},
    {"established", get_established},
    {"refused", get_refused},
    {"unanswered", get_unanswered},
    {"midstream", get_midstream},
    {"bytes_out", get_bytes_out},
    {"bytes_back", get_bytes_back},
    {"first", get_first},
    {"last", get_last},
};

void hg_html_write_services(const HgHtmlRecord *record) {
  const HgServiceTable *table = hg_analysis_services(hg_report_analysis(record->report));
  const guint32 count = hg_service_table_count(table);
  HgColumn column = hg_column_begin(record->output, ",\n\"services\":{\n", "transport");
  for (guint32 i = 0; i < count; i++)
    hg_text_json(hg_column_next(&column),
                 hg_transport_name(hg_service_table_get(table, i)->transport), -1);
  hg_column_end(&column);
  for (gsize c = 0; c < G_N_ELEMENTS(service_columns); c++) {
    column = hg_column_begin(record->output, ",\n", service_columns[c].name);
    for (guint32 i = 0; i < count; i++)
      hg_column_integer(&column, service_columns[c].get(record, hg_service_table_get(table, i)));
    hg_column_end(&column);
  }
  hg_output_puts(record->output, "}");
}

/* --- contacts --- */

/* The index of each direction of a conversation among the edges: [2 * conversation + direction]. */
static guint32 *edge_places(const HgReport *report) {
  const guint32 conversations = hg_tally_conversation_count(hg_report_tally(report));
  guint32 *place = g_new0(guint32, (gsize)conversations * 2 + 1);
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    if (edge->conversation != HG_NO_CONVERSATION)
      place[2 * (gsize)edge->conversation + (gsize)edge->direction] = i;
  }
  return place;
}

typedef struct {
  const HgContactLog *log;
  const GArray *kept;
} Kept;

static const HgContact *kept_contact(const Kept *kept, guint i) {
  return hg_contact_log_get(kept->log, g_array_index(kept->kept, guint64, i));
}

static void write_steps(const HgHtmlRecord *record, const Kept *kept) {
  gint64 time_ns = record->base_ns, frame = 0;
  HgColumn column = hg_column_begin(record->output, ",\n", "time");
  for (guint i = 0; i < kept->kept->len; i++) {
    const HgContact *contact = kept_contact(kept, i);
    const gint64 now = hg_time_is_known(contact->time_ns) ? contact->time_ns : record->base_ns;
    hg_column_integer(&column, hg_time_span(time_ns, now));
    time_ns = now;
  }
  hg_column_end(&column);
  column = hg_column_begin(record->output, ",\n", "frame");
  for (guint i = 0; i < kept->kept->len; i++) {
    const HgContact *contact = kept_contact(kept, i);
    hg_column_integer(&column, (gint64)contact->frame - frame);
    frame = contact->frame;
  }
  hg_column_end(&column);
}

static void write_ways(const HgHtmlRecord *record, const Kept *kept) {
  const HgTally *tally = hg_report_tally(record->report);
  guint32 *place = edge_places(record->report);
  HgColumn column = hg_column_begin(record->output, ",\n", "edge");
  for (guint i = 0; i < kept->kept->len; i++) {
    const HgContact *contact = kept_contact(kept, i);
    const HgConversationProtocol *spoken =
        hg_tally_conversation_protocol(tally, contact->conversation_protocol);
    const guint32 edge = place[2 * (gsize)spoken->conversation + contact->direction];
    hg_column_integer(&column, 2 * (gint64)edge + contact->payload);
  }
  hg_column_end(&column);
  g_free(place);
  column = hg_column_begin(record->output, ",\n", "protocol");
  for (guint i = 0; i < kept->kept->len; i++) {
    const guint32 number = kept_contact(kept, i)->conversation_protocol;
    hg_column_integer(
        &column, record->protocol_place[hg_tally_conversation_protocol(tally, number)->protocol]);
  }
  hg_column_end(&column);
}

static void write_activity(const HgHtmlRecord *record) {
  const HgTally *tally = hg_report_tally(record->report);
  const HgContactLog *log = hg_tally_contacts(tally);
  const double span = (double)hg_time_span(record->base_ns, record->last_ns);
  gint64 counts[HG_HTML_ACTIVITY_SPANS] = {0};
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const double since = (double)hg_time_span(record->base_ns, hg_contact_log_get(log, i)->time_ns);
    const double place = span > 0 ? since / span * HG_HTML_ACTIVITY_SPANS : 0;
    counts[(gsize)CLAMP(place, 0, HG_HTML_ACTIVITY_SPANS - 1)]++;
  }
  HgColumn column = hg_column_begin(record->output, ",\n", "activity");
  for (gsize i = 0; i < HG_HTML_ACTIVITY_SPANS; i++)
    hg_column_integer(&column, counts[i]);
  hg_column_end(&column);
}

void hg_html_write_contacts(const HgHtmlRecord *record) {
  const HgTally *tally = hg_report_tally(record->report);
  HgHtmlContacts contacts;
  hg_html_contacts_init(&contacts, tally, hg_analysis_devices(hg_report_analysis(record->report)),
                        HG_HTML_EXACT_CONTACTS, HG_HTML_MAX_CONTACTS);
  const Kept kept = {hg_tally_contacts(tally), contacts.kept};
  hg_output_printf(record->output,
                   ",\n\"contacts\":{\"carrying\":%" G_GUINT64_FORMAT ",\"merged\":%s,\"cut\":%s",
                   contacts.carrying, contacts.merged ? "true" : "false",
                   contacts.cut ? "true" : "false");
  write_steps(record, &kept);
  write_ways(record, &kept);
  hg_output_puts(record->output, "}");
  hg_html_contacts_clear(&contacts);
  write_activity(record);
}
