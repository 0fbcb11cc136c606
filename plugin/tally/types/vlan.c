/* vlan.c - the VLAN of a frame
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "vlan.h"

#define ID_BITS 12

HgVlan hg_vlan_within(HgVlan outer, guint id) {
  return outer > HG_VLAN_ID_MAX ? outer : outer << ID_BITS | (id & HG_VLAN_ID_MAX);
}

char *hg_vlan_text(HgVlan vlan) {
  if (vlan == 0)
    return g_strdup("");
  return vlan > HG_VLAN_ID_MAX ? g_strdup_printf("%u.%u", vlan >> ID_BITS, vlan & HG_VLAN_ID_MAX)
                               : g_strdup_printf("%u", vlan);
}

gboolean hg_vlan_parse(const char *text, HgVlan *vlan) {
  *vlan = 0;
  for (const char *at = text; *at; at++) {
    guint id = 0;
    for (; g_ascii_isdigit(*at) && id <= HG_VLAN_ID_MAX; at++)
      id = id * 10 + (guint)g_ascii_digit_value(*at);
    if (id == 0 || id > HG_VLAN_ID_MAX)
      return FALSE;
    *vlan = hg_vlan_within(*vlan, id);
    if (*at != '.')
      break;
  }
  g_autofree char *written = hg_vlan_text(*vlan);
  return g_str_equal(written, text);
}
