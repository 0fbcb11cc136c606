/* vlan.h - the VLAN of a frame
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_VLAN_H
#define HG_TALLY_VLAN_H

#include <glib.h>

G_BEGIN_DECLS

/* 0: none; one tag (IEEE 802.1Q): its id, 1 to 4095; two (IEEE 802.1ad): outer id << 12 | inner id. */
typedef guint32 HgVlan;

#define HG_VLAN_ID_MAX 4095u

/* Tags from outside in; of more than two the first two count. Id 0 is a priority, no VLAN, and is to be
 * left out by the caller. */
HgVlan hg_vlan_within(HgVlan outer, guint id);

/* "20", "100.20"; "" for none. (transfer full) */
char *hg_vlan_text(HgVlan vlan);

/* The reverse. FALSE: the text is none that hg_vlan_text writes. */
gboolean hg_vlan_parse(const char *text, HgVlan *vlan);

G_END_DECLS
#endif
