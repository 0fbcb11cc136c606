/* builder_evidence.c - takes evidence in
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "builder_private.h"
#include "tally_builder.h"

/* Notes an ICMP error at the connection of the packet that it quotes, or keeps it until that is
 * known. */
static void evidence_unreachable(HgTallyBuilder *builder, const HgEvidence *evidence) {
  hg_builder_count(builder);
  const HgPendingIcmpError one = {evidence->unreachable.source,
                                  evidence->unreachable.destination,
                                  evidence->unreachable.transport,
                                  evidence->unreachable.source_port,
                                  evidence->unreachable.destination_port,
                                  evidence->frame,
                                  builder->clock.now_ns};
  const HgHost *from = hg_host_table_find(builder->tally.hosts, &one.source);
  const HgHost *to = hg_host_table_find(builder->tally.hosts, &one.destination);
  int side;
  const HgConversation *conversation =
      from && to ? hg_conversation_table_find(builder->tally.conversations, from->number,
                                              to->number, &side)
                 : NULL;
  if (!conversation ||
      !hg_connection_table_unreachable(builder->tally.connections, conversation, side,
                                       one.transport, one.source_port, one.destination_port))
    hg_builder_keep_pending_icmp_error(builder, &one);
}

static void keep_observation(HgTallyBuilder *builder, const HgObservation *observation) {
  if (!hg_observation_table_add(builder->tally.observations, observation,
                                hg_builder_max(builder, HG_CAP_OBSERVATIONS)))
    builder->tally.left_out[HG_CAP_OBSERVATIONS]++;
}

/* The ends of a tunnel send nothing that the packet list shows under their addresses, and are hosts all the
 * same. They are asked for once a packet, so known ones do not end the queue. */
static void intern_tunnel_end(HgTallyBuilder *builder, const HgAddress *address) {
  if (hg_host_table_find(builder->tally.hosts, address))
    return;
  hg_builder_count(builder); /* hosts are numbered in order of first sight */
  if (!hg_builder_intern_host(builder, address))
    builder->tally.left_out[HG_CAP_HOSTS]++;
}

static void evidence_observation(HgTallyBuilder *builder, const HgEvidence *evidence,
                                 const HgTraffic *once) {
  HgObservation observation = {evidence->observation.kind, evidence->observation.actor,
                               evidence->observation.peer, (char *)evidence->observation.subject,
                               *once};
  observation.traffic.bytes = evidence->observation.size;
  if (observation.kind == HG_OBSERVED_TUNNEL) {
    if (builder->tally.options.layer == HG_LAYER_LINK) /* its hosts are MACs */
      return;
    intern_tunnel_end(builder, &observation.actor);
    intern_tunnel_end(builder, &observation.peer);
  }
  keep_observation(builder, &observation);
}

static gboolean is_unicast(const HgAddress *address) {
  return hg_scope_is_unicast(hg_address_scope(address));
}

/* ARP, and what takes its place in IPv6. */
typedef struct {
  HgBindingSource binding;
  HgObservationKind question, reply;
} Resolution;

static const Resolution arp = {HG_BINDING_ARP, HG_OBSERVED_ARP_QUESTION, HG_OBSERVED_ARP_REPLY};
static const Resolution nd = {HG_BINDING_ND, HG_OBSERVED_ND_SOLICITATION,
                              HG_OBSERVED_ND_ADVERTISEMENT};

static void bind_claim(HgTallyBuilder *builder, HgBindingSource source, const HgEvidence *evidence,
                       const HgTraffic *once) {
  if (!is_unicast(&evidence->arp.ip))
    return; /* a probe (RFC 5227, RFC 4862) claims nothing */
  hg_builder_count(builder);
  HgBinding *binding =
      hg_binding_table_intern(builder->tally.bindings, evidence->arp.mac.data, &evidence->arp.ip,
                              source, hg_builder_max(builder, HG_CAP_BINDINGS));
  if (binding)
    hg_traffic_merge(&binding->traffic, once);
  else
    builder->tally.left_out[HG_CAP_BINDINGS]++;
}

/* Who repeats another's message claims the address, and asks and answers nothing by himself. */
static void evidence_repeat(HgTallyBuilder *builder, const HgEvidence *evidence,
                            const HgTraffic *once) {
  const HgObservation repeat = {HG_OBSERVED_REPEATED_CLAIM, evidence->arp.mac, evidence->arp.ip,
                                (char *)(evidence->arp.is_reply ? "reply" : "question"), *once};
  if (is_unicast(&evidence->arp.ip))
    keep_observation(builder, &repeat);
}

/* A reply is about its sender's address, a request about the address that it asks for. */
static void evidence_resolution(HgTallyBuilder *builder, const Resolution *by,
                                const HgEvidence *evidence, const HgTraffic *once) {
  const gboolean reply = evidence->arp.is_reply;
  const HgAddress *about = reply ? &evidence->arp.ip : &evidence->arp.target_ip;
  const HgAddress *other = reply ? &evidence->arp.target_ip : &evidence->arp.ip;
  if (evidence->arp.mac.kind != HG_ADDRESS_MAC)
    return;
  bind_claim(builder, by->binding, evidence, once);
  if (hg_recent_claims_repeat(&builder->recent_claims, evidence, once->first_ns)) {
    evidence_repeat(builder, evidence, once);
    return;
  }
  if (!is_unicast(about))
    return;
  g_autofree char *text = is_unicast(other) ? hg_address_to_text(other) : g_strdup("");
  HgObservation observation = {reply ? by->reply : by->question, evidence->arp.mac, *about, text,
                               *once};
  observation.traffic.bytes = 0;
  keep_observation(builder, &observation);
}

static void keep_name(HgTallyBuilder *builder, const HgAddress *address, const char *name,
                      HgNameSource source, guint32 frame) {
  if (!hg_address_is_none(address) &&
      !hg_names_and_logins_add_name(builder->tally.names_and_logins, address, name, 1u << source,
                                    frame, hg_builder_max(builder, HG_CAP_NAMES)))
    builder->tally.left_out[HG_CAP_NAMES]++;
}

void hg_tally_builder_name(HgTallyBuilder *builder, const HgAddress *address, const char *name,
                           HgNameSource source, guint32 frame) {
  if (hg_names_and_logins_has_name(builder->tally.names_and_logins, address, name, 1u << source,
                                   frame))
    return;
  hg_builder_forget_apart(builder);
  keep_name(builder, address, name, source, frame);
  for (guint i = 0; i < builder->remainders->len; i++)
    keep_name(g_array_index(builder->remainders, HgBuilderRemainder, i).builder, address, name,
              source, frame);
}

static void place(HgAddress *address, guint16 segment) {
  address->segment = hg_address_is_ip(address) ? segment : 0;
}

/* The packet is in the tunnel, whose ends are not. Of tunnels within each other all are placed outside. */
static guint16 segment_of(const HgTallyBuilder *builder, const HgEvidence *evidence) {
  return evidence->kind == HG_EVIDENCE_OBSERVATION &&
                 evidence->observation.kind == HG_OBSERVED_TUNNEL
             ? builder->outer_segment
             : builder->segment;
}

/* The same with addresses in the segment of the packet that told it. */
static HgEvidence in_segment(const HgTallyBuilder *builder, const HgEvidence *evidence) {
  const guint16 segment = segment_of(builder, evidence);
  HgEvidence placed = *evidence;
  switch (evidence->kind) {
  case HG_EVIDENCE_LOGIN:
    place(&placed.login.client, segment);
    place(&placed.login.server, segment);
    break;
  case HG_EVIDENCE_NAME:
    place(&placed.name.address, segment);
    break;
  case HG_EVIDENCE_ARP:
  case HG_EVIDENCE_ND:
    place(&placed.arp.ip, segment);
    place(&placed.arp.target_ip, segment);
    break;
  case HG_EVIDENCE_OBSERVATION:
    place(&placed.observation.actor, segment);
    place(&placed.observation.peer, segment);
    break;
  case HG_EVIDENCE_UNREACHABLE:
    place(&placed.unreachable.source, segment);
    place(&placed.unreachable.destination, segment);
    break;
  }
  return placed;
}

static void keep_evidence(HgTallyBuilder *builder, const HgEvidence *evidence) {
  if (builder->skipped || builder->copy)
    return;
  hg_builder_forget_apart(builder);
  const guint32 max = hg_builder_max(builder, HG_CAP_NAMES);
  const HgTraffic once = {
      1, 0, builder->clock.now_ns, builder->clock.now_ns, evidence->frame, evidence->frame};
  gboolean kept = TRUE;
  switch (evidence->kind) {
  case HG_EVIDENCE_LOGIN:
    if (hg_address_is_none(&evidence->login.client) || hg_address_is_none(&evidence->login.server))
      break; /* these addresses are not of the chosen layer */
    kept = hg_names_and_logins_add_login(builder->tally.names_and_logins, &evidence->login.client,
                                         &evidence->login.server, evidence->login.protocol,
                                         evidence->login.user, &once, max);
    break;
  case HG_EVIDENCE_NAME:
    keep_name(builder, &evidence->name.address, evidence->name.name, evidence->name.source,
              evidence->frame);
    break;
  case HG_EVIDENCE_ARP:
    evidence_resolution(builder, &arp, evidence, &once);
    break;
  case HG_EVIDENCE_ND:
    evidence_resolution(builder, &nd, evidence, &once);
    break;
  case HG_EVIDENCE_OBSERVATION:
    evidence_observation(builder, evidence, &once);
    break;
  case HG_EVIDENCE_UNREACHABLE:
    evidence_unreachable(builder, evidence);
    break;
  }
  if (!kept)
    builder->tally.left_out[HG_CAP_NAMES]++;
}

void hg_tally_builder_evidence(HgTallyBuilder *builder, const HgEvidence *evidence) {
  const HgEvidence placed = in_segment(builder, evidence);
  keep_evidence(builder, &placed);
  for (guint i = 0; i < builder->remainders->len; i++)
    keep_evidence(g_array_index(builder->remainders, HgBuilderRemainder, i).builder, &placed);
}
