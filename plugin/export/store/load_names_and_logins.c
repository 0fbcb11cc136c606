/* load_names_and_logins.c - loads bindings, names, logins and observations
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "load.h"

static void load_bindings(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  hg_store_query(reader, "SELECT address, segment, mac, source, packets, bytes, first_ns, last_ns,"
                         " first_frame, last_frame FROM bindings ORDER BY first_frame, binding");
  while (hg_store_next(reader)) {
    HgAddress address = {0}, mac = {0};
    HgAddressBuffer address_buffer, mac_buffer;
    HgBinding binding = {0};
    const gboolean is_address =
        hg_address_parse(hg_store_get_text(reader), &address, &address_buffer);
    address.segment = hg_store_get_segment(reader);
    const gboolean parsed = is_address &&
                            hg_address_parse(hg_store_get_text(reader), &mac, &mac_buffer) &&
                            mac.kind == HG_ADDRESS_MAC && hg_address_is_ip(&address);
    if (!parsed) {
      hg_store_damaged(reader, "a binding is of no IP address and MAC");
      return;
    }
    binding.address = address;
    memcpy(binding.mac, mac.data, sizeof binding.mac);
    binding.source = hg_binding_source_find(hg_store_get_text(reader));
    binding.traffic = hg_store_get_traffic(reader);
    if (binding.source == HG_BINDING_COUNT)
      hg_store_damaged(reader, "a binding has no source that is known");
    if (!reader->error && !hg_tally_restore_binding(load->builder, &binding))
      hg_store_damaged(reader, "a binding is there twice");
  }
}

static void load_names(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  hg_store_query(reader,
                 "SELECT address, kind, address_raw, segment, name, raw, sources, first_frame"
                 " FROM names ORDER BY first_frame, name_number");
  while (hg_store_next(reader)) {
    HgAddressBuffer buffer;
    HgName name = {0};
    hg_store_get_address(reader, &name.address, &buffer);
    g_autofree char *text = g_strdup(hg_store_get_raw_text(reader));
    name.name = text;
    name.sources = (guint)hg_store_get(reader, 1, (1 << HG_NAME_COUNT) - 1);
    name.first_frame = hg_store_get_u32(reader);
    if (!reader->error && !hg_tally_restore_name(load->builder, &name))
      hg_store_damaged(reader, "a name is there twice");
  }
}

static void load_logins(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  hg_store_query(reader, "SELECT client, client_kind, client_raw, client_segment,"
                         " server, server_kind, server_raw, server_segment,"
                         " protocol, user, user_raw, packets, bytes, first_ns, last_ns,"
                         " first_frame, last_frame FROM logins ORDER BY first_frame, login");
  while (hg_store_next(reader)) {
    HgAddressBuffer client, server;
    HgLogin login = {0};
    hg_store_get_address(reader, &login.client, &client);
    hg_store_get_address(reader, &login.server, &server);
    login.protocol = (char *)hg_store_get_text(reader);
    login.user = (char *)hg_store_get_raw_text(reader);
    login.traffic = hg_store_get_traffic(reader);
    if (!reader->error && !hg_tally_restore_login(load->builder, &login))
      hg_store_damaged(reader, "a login is there twice");
  }
}

static void load_observations(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  hg_store_query(reader, "SELECT kind, actor, actor_kind, actor_raw, actor_segment,"
                         " peer, peer_kind, peer_raw, peer_segment,"
                         " subject, subject_raw, packets, bytes, first_ns, last_ns, first_frame,"
                         " last_frame FROM observations ORDER BY first_frame, observation");
  while (hg_store_next(reader)) {
    HgAddressBuffer actor, peer;
    HgObservation observation = {.kind = hg_observation_kind(hg_store_get_text(reader))};
    hg_store_get_optional_address(reader, &observation.actor, &actor);
    hg_store_get_optional_address(reader, &observation.peer, &peer);
    observation.subject = (char *)hg_store_get_raw_text(reader);
    observation.traffic = hg_store_get_traffic(reader);
    if (observation.kind == HG_OBSERVED_COUNT)
      hg_store_damaged(reader, "an observation is of no known kind");
    else if (!reader->error && !hg_tally_restore_observation(load->builder, &observation))
      hg_store_damaged(reader, "an observation is there twice, or of no MAC");
  }
}

static void load_pending_errors(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  hg_store_query(reader, "SELECT source, source_kind, source_raw, source_segment,"
                         " target, target_kind, target_raw, target_segment,"
                         " transport, source_port, target_port, frame, time_ns FROM undelivered"
                         " ORDER BY undelivered");
  while (hg_store_next(reader)) {
    HgAddressBuffer source, destination;
    HgPendingIcmpError one = {0};
    hg_store_get_address(reader, &one.source, &source);
    hg_store_get_address(reader, &one.destination, &destination);
    one.transport = hg_store_get_transport(reader);
    one.source_port = (guint16)hg_store_get(reader, 0, G_MAXUINT16);
    one.destination_port = (guint16)hg_store_get(reader, 0, G_MAXUINT16);
    one.frame = hg_store_get_u32(reader);
    one.time_ns = hg_store_get_time(reader);
    if (!reader->error && !hg_tally_restore_pending_icmp_error(load->builder, &one))
      hg_store_damaged(reader, "there are too many rows");
  }
}

void hg_store_load_names_and_logins(HgStoreLoad *load) {
  load_pending_errors(load);
  load_bindings(load);
  load_names(load);
  load_logins(load);
  load_observations(load);
}
