/* resolved_names.c - the names that Wireshark shows for hosts
 *
 * A capture file may carry them behind the packets that they are for, so they are asked for when
 * packets have been read.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include <epan/addr_resolv.h>

#include "resolved_names.h"

/* The text of the address where there is no name; NULL for other kinds. */
static const char *shown(const HgAddress *address) {
  ws_in6_addr ipv6;
  guint32 ipv4;
  switch (address->kind) {
  case HG_ADDRESS_IPV4:
    memcpy(&ipv4, address->data, sizeof ipv4);
    return get_hostname(ipv4);
  case HG_ADDRESS_IPV6:
    memcpy(&ipv6, address->data, sizeof ipv6);
    return get_hostname6(&ipv6);
  default:
    return NULL;
  }
}

void hg_resolved_names_add(HgTallyBuilder *builder) {
  if (!gbl_resolv_flags.network_name || gbl_resolv_flags.use_external_net_name_resolver)
    return;
  const HgTally *tally = hg_tally_builder_by_segment(builder);
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++) {
    const HgHost *host = hg_tally_host(tally, i);
    const char *name = shown(&host->address);
    if (name != NULL && *name != '\0' && strcmp(name, host->text) != 0)
      hg_tally_builder_name(builder, &host->address, name, HG_NAME_RESOLVED,
                            hg_host_traffic(host).first_frame);
  }
}
