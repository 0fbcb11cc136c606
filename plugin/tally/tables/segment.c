/* segment.c - the segments of a capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "segment.h"

#include <string.h>

const HgSegment hg_segment_untagged = {
    .name = (char *)"untagged",
    /* VLAN 0 is a priority, no VLAN. GRE of type 0, GTP messages but G-PDU, and L2TP's control messages
     * carry no packet: the ends of the tunnel talk. */
    .filter =
        (char *)"!(vlan.id > 0 || ieee8021ad || vxlan || geneve || gre.proto > 0 || "
                "gtp.message == 255 || l2tp.type == 0 || mpls || pppoes || "
                "frame.interface_id > 0 || frame.section_number > 1 || " HG_SEGMENT_IP_IN_IP_FILTER
                ")",
};

const HgSegment hg_segment_unknown = {.name = (char *)"unknown segment", .filter = (char *)"frame"};

const char *hg_segment_interface(const char *name) {
  const char *at = strstr(name, HG_SEGMENT_INTERFACE);
  return at ? at + strlen(HG_SEGMENT_INTERFACE) : NULL;
}

struct HgSegmentTable {
  GPtrArray *segments; /* HgSegment, owned */
  GHashTable *by_name; /* name -> number + 1 */
};

void hg_segment_free(gpointer data) {
  HgSegment *segment = data;
  g_free(segment->name);
  g_free(segment->filter);
  g_free(segment);
}

HgSegmentTable *hg_segment_table_new(void) {
  HgSegmentTable *table = g_new(HgSegmentTable, 1);
  table->segments = g_ptr_array_new_with_free_func(hg_segment_free);
  table->by_name = g_hash_table_new(g_str_hash, g_str_equal);
  return table;
}

void hg_segment_table_free(HgSegmentTable *table) {
  if (!table)
    return;
  g_hash_table_unref(table->by_name);
  g_ptr_array_unref(table->segments);
  g_free(table);
}

guint16 hg_segment_table_intern(HgSegmentTable *table, const HgSegment *segment) {
  const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(table->by_name, segment->name));
  if (known > 0 || table->segments->len >= G_MAXUINT16)
    return known > 0 ? (guint16)(known - 1) : 0;
  HgSegment *copy = g_new(HgSegment, 1);
  *copy = (HgSegment){g_strdup(segment->name), g_strdup(segment->filter), segment->routed};
  g_ptr_array_add(table->segments, copy);
  g_hash_table_insert(table->by_name, copy->name, GUINT_TO_POINTER(table->segments->len));
  return (guint16)(table->segments->len - 1);
}

const HgSegment *hg_segment_table_get(const HgSegmentTable *table, guint16 number) {
  return number < table->segments->len ? g_ptr_array_index(table->segments, number) : NULL;
}

guint hg_segment_table_count(const HgSegmentTable *table) {
  return table->segments->len;
}
