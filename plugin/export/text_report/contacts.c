/* contacts.c - part: the contacts of a host, over all addresses of its device, in detail
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "table.h"

#include <string.h>

static const HgTableColumn columns[] = {
    {"Direction", HG_COLUMN_WORD}, {"Peer", HG_COLUMN_KEY},     {"Protocol", HG_COLUMN_TEXT},
    {"Packets", HG_COLUMN_NUMBER}, {"Bytes", HG_COLUMN_NUMBER}, {"First", HG_COLUMN_NUMBER},
    {"Last", HG_COLUMN_NUMBER},    {"Frame", HG_COLUMN_NUMBER}, {NULL, HG_COLUMN_WORD},
};

typedef struct {
  guint32 peer;
  guint64 peer_packets; /* packets of the whole conversation */
  const char *protocol;
  gboolean received;
  const HgTraffic *traffic;
  const char *info; /* Info text of the first packet; NULL: unknown */
} Contact;

/* Sorts peers by packets, and the rows of one peer by packets, too. */
static gint compare(gconstpointer a, gconstpointer b, gpointer data) {
  const Contact *const one = a, *const two = b;
  const int peers =
      hg_report_writer_compare(data, one->peer_packets, one->peer, two->peer_packets, two->peer);
  if (peers)
    return peers;
  if (one->traffic->packets != two->traffic->packets)
    return one->traffic->packets > two->traffic->packets ? -1 : 1;
  const int protocols = strcmp(one->protocol, two->protocol);
  return protocols ? protocols : one->received - two->received;
}

static void collect(const HgReportWriter *writer, GArray *contacts, int side,
                    const HgConversation *conversation) {
  for (guint32 i = conversation->first_protocol; i != HG_NO_LINK;) {
    const HgConversationProtocol *const spoken = hg_tally_conversation_protocol(writer->tally, i);
    for (int direction = 0; direction < 2; direction++) {
      const Contact contact = {
          .peer = conversation->host[1 - side],
          .peer_packets = conversation->traffic[0].packets + conversation->traffic[1].packets,
          .protocol = hg_report_writer_protocol(writer, spoken->protocol),
          .received = direction != side,
          .traffic = &spoken->traffic[direction],
          .info = spoken->info[direction],
      };
      if (contact.traffic->packets > 0)
        g_array_append_val(contacts, contact);
    }
    i = spoken->next;
  }
}

static void add_contact(const HgReportWriter *writer, HgTable *table, const Contact *contact) {
  g_autoptr(GString) first = g_string_new(NULL);
  g_autoptr(GString) last = g_string_new(NULL);
  hg_report_writer_append_time(writer, first, contact->traffic->first_ns);
  hg_report_writer_append_time(writer, last, contact->traffic->last_ns);
  hg_table_add(table, contact->received ? "from" : "to");
  hg_table_add(table, hg_report_writer_host(writer, contact->peer));
  hg_table_add(table, contact->protocol);
  hg_table_add_number(table, contact->traffic->packets);
  hg_table_add_number(table, contact->traffic->bytes);
  hg_table_add(table, first->str);
  hg_table_add(table, last->str);
  hg_table_add_number(table, contact->traffic->first_frame);
  if (contact->info && *contact->info != '\0')
    hg_table_note(table, contact->info, FALSE);
}

void hg_part_contacts(const HgReportWriter *writer, guint32 host, guint most) {
  g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(Contact));
  for (guint32 i = 0; i < hg_tally_conversation_count(writer->tally); i++) {
    const HgConversation *const conversation = hg_tally_conversation(writer->tally, i);
    const int side = hg_report_writer_side(writer, conversation, host);
    if (side >= 0)
      collect(writer, contacts, side, conversation);
  }
  if (contacts->len == 0)
    return;
  g_array_sort_with_data(contacts, compare, (gpointer)writer);
  HgTable *const table = hg_table_new(columns, 4);
  const guint shown = MIN(contacts->len, most);
  for (guint i = 0; i < shown; i++)
    add_contact(writer, table, &g_array_index(contacts, Contact, i));
  hg_output_printf(writer->output,
                   "\n  Contacts (%u), busiest peers first; frame and info are of the first "
                   "packet\n",
                   contacts->len);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 4, shown, contacts->len);
  hg_table_free(table);
}
