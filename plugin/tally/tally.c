/* tally.c - what was counted over a capture, to be read
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_private.h"

#include <string.h>

static void remainder_clear(gpointer data) {
  HgRemainder *remainder = data;
  g_free(remainder->of);
  if (remainder->owned)
    hg_tally_free(remainder->tally);
}

static void free_aliases(gpointer data) {
  g_array_unref(data);
}

static void free_alias(gpointer data) {
  HgAddress *alias = data;
  g_free((gpointer)alias->data);
  g_free(alias);
}

void hg_tally_init(HgTally *tally, const HgTallyOptions *options) {
  *tally = (HgTally){0};
  hg_tally_options_copy(&tally->options, options);
  tally->options.known = NULL;
  tally->captures = hg_capture_array_new();
  tally->remainders = g_array_new(FALSE, FALSE, sizeof(HgRemainder));
  g_array_set_clear_func(tally->remainders, remainder_clear);
  tally->unattributed = g_array_new(FALSE, TRUE, sizeof(HgUnattributed));
  tally->infos = g_string_chunk_new(64 * 1024);
  tally->segments = hg_segment_table_new();
  tally->protocols = hg_protocol_table_new();
  tally->hosts = hg_host_table_new();
  tally->aliases = g_hash_table_new_full(NULL, NULL, NULL, free_aliases);
  tally->alias_hosts = g_hash_table_new_full(hg_address_hash, hg_address_equal, free_alias, NULL);
  tally->conversations = hg_conversation_table_new();
  tally->connections = hg_connection_table_new();
  tally->pending_errors = hg_pending_icmp_errors_new();
  tally->contacts = hg_contact_log_new();
  tally->bindings = hg_binding_table_new();
  tally->names_and_logins = hg_names_and_logins_new();
  tally->observations = hg_observation_table_new();
  tally->home = g_array_new(FALSE, FALSE, sizeof(HgHomeNetwork));
}

void hg_tally_clear(HgTally *tally) {
  hg_tally_options_clear(&tally->options);
  g_array_unref(tally->captures);
  g_array_unref(tally->remainders);
  if (tally->fingerprints)
    g_bytes_unref(tally->fingerprints);
  g_array_unref(tally->unattributed);
  g_string_chunk_free(tally->infos);
  hg_segment_table_free(tally->segments);
  hg_protocol_table_free(tally->protocols);
  hg_host_table_free(tally->hosts);
  g_hash_table_destroy(tally->aliases);
  g_hash_table_destroy(tally->alias_hosts);
  hg_conversation_table_free(tally->conversations);
  hg_connection_table_free(tally->connections);
  g_array_unref(tally->pending_errors);
  hg_contact_log_free(tally->contacts);
  hg_binding_table_free(tally->bindings);
  hg_names_and_logins_free(tally->names_and_logins);
  hg_observation_table_free(tally->observations);
  g_array_unref(tally->home);
}

void hg_tally_free(HgTally *tally) {
  if (!tally)
    return;
  hg_tally_free(tally->by_segment);
  hg_tally_clear(tally);
  g_free(tally);
}

const HgTallyOptions *hg_tally_options(const HgTally *tally) {
  return &tally->options;
}

const HgTraffic *hg_tally_traffic(const HgTally *tally) {
  return &tally->traffic;
}

const HgCopies *hg_tally_copies(const HgTally *tally) {
  return &tally->copies;
}

gint64 hg_tally_start(const HgTally *tally) {
  return tally->start_ns;
}

guint64 hg_tally_packets_without_time(const HgTally *tally) {
  return tally->without_time;
}

GArray *hg_tally_captures(const HgTally *tally) {
  GArray *const captures = hg_capture_array_new();
  for (guint i = 0; i < tally->captures->len; i++)
    hg_capture_array_add(captures, &g_array_index(tally->captures, HgCapture, i));
  if (captures->len == 0 && tally->last_frame > 0) {
    const HgCapture only = {.frames = tally->last_frame,
                            .start_ns = tally->start_ns,
                            .traffic = tally->traffic,
                            .without_time = tally->without_time,
                            .digest = tally->digest,
                            .known = tally->known,
                            .unmarked =
                                tally->fingerprints ? tally->unmarked : tally->traffic.packets,
                            .fingerprints = tally->fingerprints,
                            .copies = tally->copies};
    hg_capture_array_add(captures, &only);
  }
  return captures;
}

GArray *hg_tally_remainders(const HgTally *tally) {
  return tally->by_segment ? tally->by_segment->remainders : tally->remainders;
}

const HgTally *hg_tally_remainder(const HgTally *tally, const char *of, guint64 *known) {
  const GArray *all = hg_tally_remainders(tally);
  *known = 0;
  for (guint i = 0; i < all->len; i++) {
    const HgRemainder *remainder = &g_array_index(all, HgRemainder, i);
    if (strcmp(remainder->of, of) != 0 || remainder->known == 0)
      continue;
    *known = remainder->known;
    return remainder->tally;
  }
  return tally;
}

guint64 hg_tally_left_out(const HgTally *tally, HgCap cap) {
  return tally->left_out[cap];
}

const HgSegment *hg_tally_segment(const HgTally *tally, const HgAddress *address) {
  return tally->told_apart && address->segment > 0
             ? hg_segment_table_get(tally->segments, address->segment)
             : NULL;
}

const HgSegmentTable *hg_tally_segments(const HgTally *tally) {
  return tally->segments;
}

guint32 hg_tally_host_count(const HgTally *tally) {
  return hg_host_table_count(tally->hosts);
}

const HgHost *hg_tally_host(const HgTally *tally, guint32 number) {
  return hg_host_table_get(tally->hosts, number);
}

const HgHost *hg_tally_find_host(const HgTally *tally, const HgAddress *address) {
  const HgHost *host = hg_host_table_find(tally->hosts, address);
  gpointer number;
  if (!host && g_hash_table_lookup_extended(tally->alias_hosts, address, NULL, &number))
    host = hg_host_table_get(tally->hosts, GPOINTER_TO_UINT(number));
  return host;
}

const GArray *hg_tally_host_aliases(const HgTally *tally, guint32 number) {
  return g_hash_table_lookup(tally->aliases, GUINT_TO_POINTER(number));
}

GArray *hg_tally_find_hosts(const HgTally *tally, const HgAddress *address) {
  GArray *found = g_array_new(FALSE, FALSE, sizeof(guint32));
  const guint segments = hg_address_is_ip(address) ? hg_segment_table_count(tally->segments) : 0;
  for (guint i = 0; i < MAX(segments, 1); i++) {
    HgAddress one = *address;
    one.segment = (guint16)i;
    const HgHost *host = hg_tally_find_host(tally, &one);
    if (host)
      g_array_append_val(found, host->number);
  }
  return found;
}

guint32 hg_tally_conversation_count(const HgTally *tally) {
  return hg_conversation_table_count(tally->conversations);
}

const HgConversation *hg_tally_conversation(const HgTally *tally, guint32 number) {
  return hg_conversation_table_get(tally->conversations, number);
}

const HgConversation *hg_tally_find_conversation(const HgTally *tally, guint32 from, guint32 to,
                                                 int *side) {
  return hg_conversation_table_find(tally->conversations, from, to, side);
}

guint32 hg_tally_conversation_protocol_count(const HgTally *tally) {
  return hg_conversation_table_protocol_count(tally->conversations);
}

guint32 hg_tally_conversation_vlan_count(const HgTally *tally) {
  return hg_conversation_table_vlan_count(tally->conversations);
}

const HgConversationVlan *hg_tally_conversation_vlan(const HgTally *tally, guint32 number) {
  return hg_conversation_table_get_vlan(tally->conversations, number);
}

const HgConversationProtocol *hg_tally_conversation_protocol(const HgTally *tally, guint32 number) {
  return hg_conversation_table_get_protocol(tally->conversations, number);
}

guint hg_tally_protocol_count(const HgTally *tally) {
  return hg_protocol_table_count(tally->protocols);
}

const HgProtocol *hg_tally_protocol(const HgTally *tally, guint16 protocol) {
  return hg_protocol_table_get(tally->protocols, protocol);
}

guint32 hg_tally_connection_count(const HgTally *tally) {
  return hg_connection_table_count(tally->connections);
}

const HgConnection *hg_tally_connection(const HgTally *tally, guint32 number) {
  return hg_connection_table_get(tally->connections, number);
}

guint16 hg_tally_connection_protocol(const HgTally *tally, const HgConnection *connection) {
  if (connection->detected == HG_PROTOCOL_UNKNOWN)
    return connection->protocol;
  const gboolean shown = connection->application &&
                         !hg_tally_protocol(tally, connection->protocol)->doubtful &&
                         !hg_tally_protocol(tally, connection->detected)->carrier;
  return shown ? connection->protocol : connection->detected;
}

const GArray *hg_tally_pending_icmp_errors(const HgTally *tally) {
  return tally->pending_errors;
}

const HgContactLog *hg_tally_contacts(const HgTally *tally) {
  return tally->contacts;
}

gint64 hg_tally_contact_resolution_ns(const HgTally *tally) {
  return hg_contact_log_has_runs(tally->contacts) ? HG_CONTACT_GAP_NS : 0;
}

void hg_tally_contact_ends(const HgTally *tally, const HgContact *contact, guint32 *source,
                           guint32 *destination) {
  const HgConversationProtocol *entry =
      hg_conversation_table_get_protocol(tally->conversations, contact->conversation_protocol);
  const HgConversation *conversation =
      hg_conversation_table_get(tally->conversations, entry->conversation);
  *source = conversation->host[contact->direction];
  *destination = conversation->host[1 - contact->direction];
}

const HgBindingTable *hg_tally_bindings(const HgTally *tally) {
  return tally->bindings;
}

const HgNamesAndLogins *hg_tally_names_and_logins(const HgTally *tally) {
  return tally->names_and_logins;
}

const HgObservationTable *hg_tally_observations(const HgTally *tally) {
  return tally->observations;
}

const GArray *hg_tally_home(const HgTally *tally) {
  return tally->home;
}

HgScope hg_tally_scope(const HgTally *tally, const HgAddress *address) {
  const HgScope scope = hg_address_scope(address);
  if (!hg_address_is_ip(address) || (scope != HG_SCOPE_INTERNAL && scope != HG_SCOPE_EXTERNAL))
    return scope;
  return hg_home_networks_find(tally->home, address) ? HG_SCOPE_INTERNAL : HG_SCOPE_EXTERNAL;
}
