/* conversations.c - section: conversations by bytes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "export/report/server_ports.h"
#include "table.h"

#include <string.h>

static const HgTableColumn columns[] = {
    {"A", HG_COLUMN_KEY},           {"", HG_COLUMN_WORD},
    {"B", HG_COLUMN_KEY},           {"A to B", HG_COLUMN_NUMBER},
    {"Bytes", HG_COLUMN_NUMBER},    {"B to A", HG_COLUMN_NUMBER},
    {"Bytes", HG_COLUMN_NUMBER},    {"Start", HG_COLUMN_NUMBER},
    {"Duration", HG_COLUMN_NUMBER}, {"Port, protocols", HG_COLUMN_LIST},
    {NULL, HG_COLUMN_WORD},
};

static guint64 both(const HgConversation *conversation, gboolean bytes) {
  const HgTraffic *const traffic = conversation->traffic;
  return bytes ? traffic[0].bytes + traffic[1].bytes : traffic[0].packets + traffic[1].packets;
}

static gint by_bytes(gconstpointer a, gconstpointer b, gpointer data) {
  const HgReportWriter *const writer = data;
  const HgConversation *const one = hg_tally_conversation(writer->tally, *(const guint32 *)a);
  const HgConversation *const two = hg_tally_conversation(writer->tally, *(const guint32 *)b);
  if (both(one, TRUE) != both(two, TRUE))
    return both(one, TRUE) > both(two, TRUE) ? -1 : 1;
  const int order = hg_report_writer_compare(writer, both(one, FALSE), one->host[0],
                                             both(two, FALSE), two->host[0]);
  return order ? order : hg_report_writer_compare(writer, 0, one->host[1], 0, two->host[1]);
}

static guint32 begun(const HgReportWriter *writer, const HgConversation *conversation, int side) {
  if (conversation->host[0] == HG_NO_HOST || conversation->host[1] == HG_NO_HOST)
    return 0;
  return hg_service_table_initiated(hg_analysis_services(writer->analysis),
                                    conversation->host[side], conversation->host[1 - side]);
}

typedef struct {
  const char *name;
  guint64 packets;
} Spoken;

static gint by_packets(gconstpointer a, gconstpointer b) {
  const Spoken *const one = a, *const two = b;
  if (one->packets != two->packets)
    return one->packets > two->packets ? -1 : 1;
  return strcmp(one->name, two->name);
}

/* Appends the server port with most packets, and how many there are besides: "443/tcp +2". */
static void append_port(GString *text, const HgReportWriter *writer,
                        const HgConversation *conversation) {
  g_autoptr(GArray) all = hg_server_ports_of_pair(writer->report, conversation);
  if (all->len > 0) {
    const HgPortShare *const busiest = &g_array_index(all, HgPortShare, 0);
    hg_server_ports_append(text, busiest->transport, busiest->port);
  }
  if (all->len > 1)
    g_string_append_printf(text, " +%u", all->len - 1);
}

/* Its port, then its protocols, most packets first. (transfer full) */
static char *spoken(const HgReportWriter *writer, const HgConversation *conversation) {
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Spoken));
  GString *const text = g_string_new(NULL);
  for (guint32 i = conversation->first_protocol; i != HG_NO_LINK;) {
    const HgConversationProtocol *const one = hg_tally_conversation_protocol(writer->tally, i);
    const Spoken entry = {hg_report_writer_protocol(writer, one->protocol),
                          one->traffic[0].packets + one->traffic[1].packets};
    g_array_append_val(all, entry);
    i = one->next;
  }
  g_array_sort(all, by_packets);
  append_port(text, writer, conversation);
  for (guint i = 0; i < all->len; i++)
    g_string_append_printf(text, "%s%s", text->len ? ", " : "", g_array_index(all, Spoken, i).name);
  return g_string_free(text, FALSE);
}

/* The side that began (the originator) is on the left; if that is unknown, the side that was seen
 * first. */
static void add_conversation(const HgReportWriter *writer, HgTable *table,
                             const HgConversation *conversation) {
  static const char *const marks[2][2] = {{"--", "<-"}, {"->", "<>"}};
  const guint32 begun_by[2] = {begun(writer, conversation, 0), begun(writer, conversation, 1)};
  const int left = begun_by[0] == 0 && begun_by[1] > 0 ? 1 : 0;
  const HgTraffic *const there = &conversation->traffic[left];
  const HgTraffic *const back = &conversation->traffic[1 - left];
  HgTraffic span = *there;
  hg_traffic_merge(&span, back);
  g_autoptr(GString) start = g_string_new(NULL);
  g_autoptr(GString) duration = g_string_new(NULL);
  g_autofree char *list = spoken(writer, conversation);
  hg_report_writer_append_time(writer, start, span.first_ns);
  if (hg_time_is_known(span.first_ns) && hg_time_is_known(span.last_ns))
    hg_report_writer_append_seconds(duration, hg_time_span(span.first_ns, span.last_ns));
  else
    g_string_append_c(duration, '-');
  hg_table_add(table, hg_report_writer_host(writer, conversation->host[left]));
  hg_table_add(table, marks[begun_by[left] > 0][begun_by[1 - left] > 0]);
  hg_table_add(table, hg_report_writer_host(writer, conversation->host[1 - left]));
  hg_table_add_number(table, there->packets);
  hg_table_add_number(table, there->bytes);
  hg_table_add_number(table, back->packets);
  hg_table_add_number(table, back->bytes);
  hg_table_add(table, start->str);
  hg_table_add(table, duration->str);
  hg_table_add(table, list);
}

void hg_section_conversations(const HgReportWriter *writer) {
  const guint32 count = hg_tally_conversation_count(writer->tally);
  if (count == 0)
    return;
  g_autoptr(GArray) order = g_array_sized_new(FALSE, FALSE, sizeof(guint32), count);
  for (guint32 i = 0; i < count; i++)
    g_array_append_val(order, i);
  g_array_sort_with_data(order, by_bytes, (gpointer)writer);
  HgTable *const table = hg_table_new(columns, 2);
  const guint shown = MIN(count, writer->top);
  for (guint i = 0; i < shown; i++)
    add_conversation(writer, table,
                     hg_tally_conversation(writer->tally, g_array_index(order, guint32, i)));
  hg_report_writer_section(writer, "Conversations by bytes (%u)", count);
  hg_output_puts(writer->output, "  -> begun by A   <> begun by both   -- not known who began\n");
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 2, shown, count);
  hg_table_free(table);
}
