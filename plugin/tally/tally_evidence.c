/* tally_evidence.c - what dissectors know beyond the headers of a packet
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_private.h"

void hg_tally_keep_pending_icmp_error(HgTally *tally, const HgPendingIcmpError *pending_errors) {
  if (tally->pending_errors->len < hg_tally_max(tally, HG_CAP_CONNECTIONS))
    hg_pending_icmp_errors_add(tally->pending_errors, pending_errors);
  else
    tally->left_out[HG_CAP_CONNECTIONS]++;
}

/* A packet came back as undeliverable: noted where it belongs, or kept until that is known. */
static void evidence_unreachable(HgTally *tally, const HgEvidence *evidence) {
  hg_tally_count(tally);
  const HgPendingIcmpError one = {evidence->unreachable.source,
                                  evidence->unreachable.destination,
                                  evidence->unreachable.transport,
                                  evidence->unreachable.source_port,
                                  evidence->unreachable.destination_port,
                                  evidence->frame,
                                  evidence->time_ns};
  const HgHost *from = hg_host_table_find(tally->hosts, &one.source);
  const HgHost *to = hg_host_table_find(tally->hosts, &one.destination);
  int side;
  const HgConversation *conversation =
      from && to ? hg_conversation_table_find(tally->conversations, from->number, to->number, &side)
                 : NULL;
  if (!conversation ||
      !hg_connection_table_unreachable(tally->connections, conversation, side, one.transport,
                                       one.source_port, one.destination_port))
    hg_tally_keep_pending_icmp_error(tally, &one);
}

static void keep_observation(HgTally *tally, const HgObservation *observation) {
  if (!hg_observation_table_add(tally->observations, observation,
                                hg_tally_max(tally, HG_CAP_OBSERVATIONS)))
    tally->left_out[HG_CAP_OBSERVATIONS]++;
}

static void evidence_observation(HgTally *tally, const HgEvidence *evidence,
                                 const HgTraffic *once) {
  HgObservation observation = {evidence->observation.kind, evidence->observation.actor,
                               evidence->observation.peer, (char *)evidence->observation.subject,
                               *once};
  observation.traffic.bytes = evidence->observation.size;
  keep_observation(tally, &observation);
}

static gboolean is_unicast(const HgAddress *address) {
  return hg_scope_is_unicast(hg_address_scope(address));
}

static void bind_arp(HgTally *tally, const HgEvidence *evidence, const HgTraffic *once) {
  if (!is_unicast(&evidence->arp.ip))
    return; /* a probe (RFC 5227) claims nothing */
  hg_tally_count(tally);
  HgBinding *binding =
      hg_binding_table_intern(tally->bindings, evidence->arp.mac.data, &evidence->arp.ip,
                              HG_BINDING_ARP, hg_tally_max(tally, HG_CAP_BINDINGS));
  if (binding)
    hg_traffic_merge(&binding->traffic, once);
  else
    tally->left_out[HG_CAP_BINDINGS]++;
}

/* A reply is about its sender's address, a question about the one that it asks for. */
static void evidence_arp(HgTally *tally, const HgEvidence *evidence, const HgTraffic *once) {
  const gboolean reply = evidence->arp.is_reply;
  const HgAddress *about = reply ? &evidence->arp.ip : &evidence->arp.target_ip;
  const HgAddress *other = reply ? &evidence->arp.target_ip : &evidence->arp.ip;
  if (evidence->arp.mac.kind != HG_ADDRESS_MAC)
    return;
  bind_arp(tally, evidence, once);
  if (!is_unicast(about))
    return;
  g_autofree char *text = is_unicast(other) ? hg_address_to_text(other) : g_strdup("");
  HgObservation observation = {reply ? HG_OBSERVED_ARP_REPLY : HG_OBSERVED_ARP_QUESTION,
                               evidence->arp.mac, *about, text, *once};
  observation.traffic.bytes = 0;
  keep_observation(tally, &observation);
}

void hg_tally_name(HgTally *tally, const HgAddress *address, const char *name, HgNameSource source,
                   guint32 frame) {
  if (!hg_address_is_none(address) &&
      !hg_names_and_logins_add_name(tally->names_and_logins, address, name, 1u << source, frame,
                                    hg_tally_max(tally, HG_CAP_NAMES)))
    tally->left_out[HG_CAP_NAMES]++;
}

void hg_tally_evidence(HgTally *tally, const HgEvidence *evidence) {
  if (tally->skipped)
    return;
  const guint32 max = hg_tally_max(tally, HG_CAP_NAMES);
  const HgTraffic once = {
      1, 0, evidence->time_ns, evidence->time_ns, evidence->frame, evidence->frame};
  gboolean kept = TRUE;
  switch (evidence->kind) {
  case HG_EVIDENCE_LOGIN:
    if (hg_address_is_none(&evidence->login.client) || hg_address_is_none(&evidence->login.server))
      break; /* nobody's, in this layer */
    kept = hg_names_and_logins_add_login(tally->names_and_logins, &evidence->login.client,
                                         &evidence->login.server, evidence->login.protocol,
                                         evidence->login.user, &once, max);
    break;
  case HG_EVIDENCE_NAME:
    hg_tally_name(tally, &evidence->name.address, evidence->name.name, evidence->name.source,
                  evidence->frame);
    break;
  case HG_EVIDENCE_ARP:
    evidence_arp(tally, evidence, &once);
    break;
  case HG_EVIDENCE_OBSERVATION:
    evidence_observation(tally, evidence, &once);
    break;
  case HG_EVIDENCE_UNREACHABLE:
    evidence_unreachable(tally, evidence);
    break;
  }
  if (!kept)
    tally->left_out[HG_CAP_NAMES]++;
}
