/* tally.c - everything that was counted over a capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_private.h"

#include <string.h>

const char *hg_layer_name(HgLayer layer) {
  static const char *const names[] = {"auto", "net", "link"};
  return names[layer];
}

void hg_tally_options_init(HgTallyOptions *options) {
  *options = (HgTallyOptions){.layer = HG_LAYER_AUTO, .evidence = TRUE};
  for (int cap = 0; cap < HG_CAP_COUNT; cap++)
    options->caps[cap] = hg_caps[cap].value;
}

HgTally *hg_tally_new(const HgTallyOptions *options) {
  HgTally *tally = g_new0(HgTally, 1);
  tally->options = *options;
  tally->options.protocols = g_strdupv(options->protocols);
  tally->captures = hg_capture_array_new();
  tally->unattributed = g_array_new(FALSE, TRUE, sizeof(HgUnattributed));
  tally->infos = g_string_chunk_new(64 * 1024);
  tally->waiting = hg_packet_queue_new();
  tally->pairs = hg_pair_cache_new();
  tally->protocols = hg_protocol_table_new();
  tally->hosts = hg_host_table_new();
  tally->conversations = hg_conversation_table_new();
  tally->connections = hg_connection_table_new();
  tally->pending_errors = hg_pending_icmp_errors_new();
  tally->contacts = hg_contact_log_new();
  tally->bindings = hg_binding_table_new();
  tally->names_and_logins = hg_names_and_logins_new();
  tally->observations = hg_observation_table_new();
  return tally;
}

void hg_tally_free(HgTally *tally) {
  if (!tally)
    return;
  g_strfreev(tally->options.protocols);
  g_array_unref(tally->captures);
  g_array_unref(tally->unattributed);
  g_string_chunk_free(tally->infos);
  hg_packet_queue_free(tally->waiting);
  hg_pair_cache_free(tally->pairs);
  hg_protocol_table_free(tally->protocols);
  hg_host_table_free(tally->hosts);
  hg_conversation_table_free(tally->conversations);
  hg_connection_table_free(tally->connections);
  g_array_unref(tally->pending_errors);
  hg_contact_log_free(tally->contacts);
  hg_binding_table_free(tally->bindings);
  hg_names_and_logins_free(tally->names_and_logins);
  hg_observation_table_free(tally->observations);
  g_free(tally);
}

guint32 hg_tally_max(const HgTally *tally, HgCap cap) {
  return (guint32)MIN(tally->options.caps[cap], G_MAXUINT32 - 1);
}

HgHost *hg_tally_intern_host(HgTally *tally, const HgAddress *address) {
  HgHost *host = hg_host_table_find(tally->hosts, address);
  if (!host && hg_host_table_count(tally->hosts) < hg_tally_max(tally, HG_CAP_HOSTS))
    host = hg_host_table_add(tally->hosts, address);
  return host;
}

/* Adds it with what is known of its hosts. */
static HgConversation *add_conversation(HgTally *tally, guint32 from, guint32 to) {
  HgConversation *conversation = hg_conversation_table_add(tally->conversations, from, to);
  conversation->unicast = TRUE;
  for (int side = 0; side < 2; side++) {
    const guint32 number = conversation->host[side];
    const HgHost *host = number != HG_NO_HOST ? hg_host_table_get(tally->hosts, number) : NULL;
    conversation->unicast &= host && host->unicast;
    conversation->binding[side] = host ? host->binding : NULL;
  }
  return conversation;
}

HgConversation *hg_tally_intern_conversation(HgTally *tally, guint32 from, guint32 to, int *side) {
  HgConversation *conversation = hg_conversation_table_find(tally->conversations, from, to, side);
  if (!conversation && hg_conversation_table_count(tally->conversations) <
                           hg_tally_max(tally, HG_CAP_CONVERSATIONS)) {
    conversation = add_conversation(tally, from, to);
    *side = HG_SIDE_A;
  }
  return conversation;
}

gboolean hg_tally_keep_info(HgTally *tally, HgConversationProtocol *entry, int direction,
                            const char *info) {
  char *const before = g_steal_pointer(&entry->info[direction]);
  if (!info)
    return TRUE;
  const gsize length = hg_packet_info_length(info);
  if (before && strlen(before) >= length) { /* an earlier packet came late: use its place */
    memcpy(before, info, length);
    before[length] = '\0';
    entry->info[direction] = before;
    return TRUE;
  }
  if (tally->info_bytes + length > tally->options.caps[HG_CAP_INFO])
    return FALSE;
  entry->info[direction] = g_string_chunk_insert_len(tally->infos, info, (gssize)length);
  tally->info_bytes += length;
  return TRUE;
}

void hg_tally_set_start(HgTally *tally, gint64 time_ns) {
  tally->start_ns = time_ns;
  tally->started = TRUE;
}

void hg_tally_settle(HgTally *tally) {
  hg_tally_count(tally);
  hg_tally_sum_up(tally);
  hg_contact_log_sort(tally->contacts);
}
