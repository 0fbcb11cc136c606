/* merge_names_and_logins.c - takes what evidence told over into another tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "merge_names_and_logins.h"

#include <string.h>

/* (transfer full) */
static char *translate_name(const HgMerge *m, const char *kind, const char *name) {
  return m->plan->pseudonyms ? hg_pseudonyms_name(m->plan->pseudonyms, kind, name) : g_strdup(name);
}

static void merge_pending_errors(HgMerge *m) {
  for (guint i = 0; i < m->from->pending_errors->len; i++) {
    HgPendingIcmpError moved = g_array_index(m->from->pending_errors, HgPendingIcmpError, i);
    HgAddressBuffer source, destination;
    moved.source = hg_merge_host_address(m, &moved.source, &source);
    moved.destination = hg_merge_host_address(m, &moved.destination, &destination);
    moved.frame = hg_merge_frame(m, moved.frame);
    hg_builder_keep_pending_icmp_error(m->into, &moved);
  }
}

static void merge_bindings(HgMerge *m) {
  const guint32 count = hg_binding_table_count(m->from->bindings);
  const guint32 max = hg_builder_max(m->into, HG_CAP_BINDINGS);
  for (guint32 i = 0; i < count; i++) {
    const HgBinding *theirs = hg_binding_table_get(m->from->bindings, i);
    const HgAddress their_mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = theirs->mac};
    HgAddressBuffer mac_buffer, buffer;
    const HgAddress mac = hg_merge_plain_address(m, &their_mac, &mac_buffer);
    const HgAddress address = hg_merge_told_address(m, &theirs->address, &buffer);
    HgBinding *ours =
        hg_binding_table_intern(m->into->tally.bindings, mac.data, &address, theirs->source, max);
    if (ours)
      hg_merge_traffic(m, &ours->traffic, &theirs->traffic);
    else
      m->into->tally.left_out[HG_CAP_BINDINGS] += theirs->traffic.packets;
  }
}

static void merge_logins(HgMerge *m, guint32 max) {
  for (guint32 i = 0; i < hg_names_and_logins_login_count(m->from->names_and_logins); i++) {
    const HgLogin *login = hg_names_and_logins_login(m->from->names_and_logins, i);
    const HgTraffic traffic = hg_merge_later(m, &login->traffic);
    HgAddressBuffer client_buffer, server_buffer;
    const HgAddress client = hg_merge_told_address(m, &login->client, &client_buffer);
    const HgAddress server = hg_merge_told_address(m, &login->server, &server_buffer);
    g_autofree char *user = translate_name(m, "user", login->user);
    if (!hg_names_and_logins_add_login(m->into->tally.names_and_logins, &client, &server,
                                       login->protocol, user, &traffic, max))
      m->into->tally.left_out[HG_CAP_NAMES] += traffic.packets;
  }
}

static void merge_names(HgMerge *m, guint32 max) {
  for (guint32 i = 0; i < hg_names_and_logins_name_count(m->from->names_and_logins); i++) {
    const HgName *theirs = hg_names_and_logins_name(m->from->names_and_logins, i);
    HgAddressBuffer buffer;
    const HgAddress address = hg_merge_told_address(m, &theirs->address, &buffer);
    g_autofree char *name = translate_name(m, "host", theirs->name);
    if (!hg_names_and_logins_add_name(m->into->tally.names_and_logins, &address, name,
                                      theirs->sources, hg_merge_frame(m, theirs->first_frame), max))
      m->into->tally.left_out[HG_CAP_NAMES]++;
  }
}

/* The ends of a tunnel are hosts for nothing but the tunnel: they are folded as such, whatever becomes of
 * evidence. */
static HgAddress observed_address(const HgMerge *m, HgObservationKind kind,
                                  const HgAddress *address, HgAddressBuffer *buffer) {
  return kind == HG_OBSERVED_TUNNEL ? hg_merge_host_address(m, address, buffer)
                                    : hg_merge_told_address(m, address, buffer);
}

/* (transfer full) */
static char *translate_subject(const HgMerge *m, const HgObservation *observation) {
  const HgObservationInfo *info = &hg_observations[observation->kind];
  const char *kind = info->pseudonym, *hidden = observation->subject;
  if (!kind)
    return g_strdup(observation->subject);
  if (*kind == '\t') {
    const char *tab = strchr(hidden, '\t');
    hidden = tab ? tab + 1 : hidden + strlen(hidden);
    kind++;
  }
  char *name = translate_name(m, kind, hidden);
  char *subject =
      g_strdup_printf("%.*s%s", (int)(hidden - observation->subject), observation->subject, name);
  g_free(name);
  return subject;
}

static void merge_observations(HgMerge *m, guint32 max) {
  for (guint32 i = 0; i < hg_observation_table_count(m->from->observations); i++) {
    HgObservation moved = *hg_observation_table_get(m->from->observations, i);
    HgAddressBuffer actor, peer;
    moved.actor = observed_address(m, moved.kind, &moved.actor, &actor);
    moved.peer = observed_address(m, moved.kind, &moved.peer, &peer);
    moved.traffic = hg_merge_later(m, &moved.traffic);
    g_autofree char *subject = translate_subject(m, &moved);
    moved.subject = subject;
    if (!hg_observation_table_add(m->into->tally.observations, &moved, max))
      m->into->tally.left_out[HG_CAP_OBSERVATIONS] += moved.traffic.packets;
  }
}

void hg_merge_names_and_logins(HgMerge *m) {
  merge_pending_errors(m);
  merge_bindings(m);
  merge_logins(m, hg_builder_max(m->into, HG_CAP_NAMES));
  merge_names(m, hg_builder_max(m->into, HG_CAP_NAMES));
  merge_observations(m, hg_builder_max(m->into, HG_CAP_OBSERVATIONS));
}
