/* vlan_tag.h - which EtherTypes are VLAN tags
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_VLAN_TAG_H
#define HG_WIRESHARK_VLAN_TAG_H

#include <glib.h>

enum {
  HG_VLAN_TAG = 0x8100,    /* IEEE 802.1Q */
  HG_VLAN_TAG_AD = 0x88a8, /* IEEE 802.1ad, the provider's tag, */
  HG_VLAN_TAG_OLD = 0x9100 /* and what stood for it before */
};

/* A tag of 4 bytes: the EtherType, the VLAN; another EtherType follows. */
static inline gboolean hg_is_vlan_tag(guint type) {
  return type == HG_VLAN_TAG || type == HG_VLAN_TAG_AD || type == HG_VLAN_TAG_OLD;
}

#endif
