/* vlans.c - the VLANs of hosts and edges
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "vlans.h"

/* Adds those of a direction (HG_SIDE_A, HG_SIDE_B) of a conversation; HG_SIDE_UNKNOWN: of both. */
static void add_conversation(const HgReport *report, GArray *vlans, guint32 conversation,
                             int direction) {
  const HgTally *tally = hg_report_tally(report);
  guint32 number = hg_tally_conversation(tally, conversation)->first_vlan;
  while (number != HG_NO_LINK) {
    const HgConversationVlan *one = hg_tally_conversation_vlan(tally, number);
    if (direction == HG_SIDE_UNKNOWN || one->packets[direction] > 0)
      g_array_append_val(vlans, one->vlan);
    number = one->next;
  }
}

static gint compare(gconstpointer a, gconstpointer b) {
  const HgVlan x = *(const HgVlan *)a, y = *(const HgVlan *)b;
  return x < y ? -1 : x > y;
}

/* Frees `vlans`. */
static char **texts(GArray *vlans) {
  GPtrArray *all = g_ptr_array_new();
  HgVlan before = 0;
  g_array_sort(vlans, compare);
  for (guint i = 0; i < vlans->len; i++) {
    const HgVlan vlan = g_array_index(vlans, HgVlan, i);
    if (vlan != before)
      g_ptr_array_add(all, hg_vlan_text(vlan));
    before = vlan;
  }
  g_array_unref(vlans);
  g_ptr_array_add(all, NULL);
  return (char **)g_ptr_array_free(all, FALSE);
}

char **hg_vlans_of_edge(const HgReport *report, const HgEdge *edge) {
  GArray *vlans = g_array_new(FALSE, FALSE, sizeof(HgVlan));
  if (edge->conversation != HG_NO_CONVERSATION)
    add_conversation(report, vlans, edge->conversation, edge->direction);
  return texts(vlans);
}

char **hg_vlans_of_host(const HgReport *report, guint32 host) {
  GArray *vlans = g_array_new(FALSE, FALSE, sizeof(HgVlan));
  guint32 count;
  const guint32 *conversations = hg_report_host_conversations(report, host, &count);
  for (guint32 i = 0; i < count; i++)
    add_conversation(report, vlans, conversations[i], HG_SIDE_UNKNOWN);
  return texts(vlans);
}
