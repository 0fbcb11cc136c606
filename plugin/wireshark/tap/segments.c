/* segments.c - the segment and the VLAN that a frame is of
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "segments.h"

#include <string.h>

#include "interface_names.h"
#include "wireshark/protocols/frame_segment.h"

/* What tells segments apart. Compared as bytes: it has no padding. */
typedef struct {
  HgFrameSegment labels;
  guint32 section, interface; /* 0: of a tunnel, or the file has none */
} Key;
G_STATIC_ASSERT(sizeof(Key) == (2 + 1 + HG_SEGMENT_LABELS) * sizeof(guint32) + HG_SEGMENT_LABELS);

struct HgSegments {
  GHashTable *numbers; /* Key -> number */
  HgInterfaceNames *interfaces;
  Key last; /* of the frame before, most likely of the next one */
  guint16 last_number;
  gboolean started; /* there was a frame before, */
  guint16 plain;    /* and one of the first interface, without tag and tunnel, had this number */
  gboolean has_plain;
};

static guint key_hash(gconstpointer key) {
  const HgAddress bytes = {.kind = HG_ADDRESS_OTHER, .length = sizeof(Key), .data = key};
  return hg_address_hash(&bytes);
}

static gboolean key_equal(gconstpointer a, gconstpointer b) {
  return memcmp(a, b, sizeof(Key)) == 0;
}

HgSegments *hg_segments_new(void) {
  HgSegments *segments = g_new0(HgSegments, 1);
  segments->numbers = g_hash_table_new_full(key_hash, key_equal, g_free, NULL);
  segments->interfaces = hg_interface_names_new();
  return segments;
}

void hg_segments_free(HgSegments *segments) {
  if (segments == NULL)
    return;
  g_hash_table_unref(segments->numbers);
  hg_interface_names_free(segments->interfaces);
  g_free(segments);
}

void hg_segments_reset(HgSegments *segments) {
  g_hash_table_remove_all(segments->numbers);
  hg_interface_names_reset(segments->interfaces);
  segments->started = segments->has_plain = FALSE;
}

static gboolean frame_start(const packet_info *pinfo, HgFrameStart *start) {
  switch (pinfo->rec->rec_header.packet_header.pkt_encap) {
  case WTAP_ENCAP_ETHERNET:
    *start = HG_FRAME_ETHERNET;
    return TRUE;
  case WTAP_ENCAP_RAW_IP:
  case WTAP_ENCAP_RAW_IP4:
  case WTAP_ENCAP_RAW_IP6:
    *start = HG_FRAME_IP;
    return TRUE;
  case WTAP_ENCAP_SLL:
    *start = HG_FRAME_SLL;
    return TRUE;
  case WTAP_ENCAP_SLL2:
    *start = HG_FRAME_SLL2;
    return TRUE;
  default:
    return FALSE;
  }
}

static void read_labels(const packet_info *pinfo, guint headers, HgFrameSegment *labels,
                        HgFrameSegment *outer) {
  HgFrameStart start;
  if (pinfo->data_src == NULL || !frame_start(pinfo, &start))
    return;
  tvbuff_t *tvb = get_data_source_tvb(pinfo->data_src->data);
  const guint length = tvb_captured_length(tvb);
  if (length > 0)
    hg_frame_segment_read(start, tvb_get_ptr(tvb, 0, (gint)length), length, headers, labels, outer);
}

/* A tag, or a packet within another. */
static gboolean is_labelled(const HgFrameLayers *layers) {
  const guint64 within = HG_LAYER_BIT(HG_LAYER_ID_LINK) | HG_LAYER_BIT(HG_LAYER_ID_IP);
  return ((layers->seen & HG_LAYER_BIT(HG_LAYER_ID_LABEL)) | (layers->repeated & within)) != 0;
}

static guint32 interface_of(const packet_info *pinfo) {
  return pinfo->rec->presence_flags & WTAP_HAS_INTERFACE_ID
             ? pinfo->rec->rec_header.packet_header.interface_id
             : 0;
}

/* The first interface of the file is none that one would have to name. */
static gboolean is_first(guint32 section, guint32 interface) {
  return section <= 1 && interface == 0;
}

/* "VLAN 20, section 2, interface eth1" */
static char *name_of(HgSegments *segments, const packet_info *pinfo, const Key *key) {
  char *labels = hg_frame_segment_name(&key->labels);
  if (is_first(key->section, key->interface))
    return labels;
  GString *name = g_string_new(NULL);
  char *interface =
      hg_interface_names_get(segments->interfaces, pinfo, key->section, key->interface);
  if (key->labels.count > 0)
    g_string_append_printf(name, "%s, ", labels);
  if (key->section > 1)
    g_string_append_printf(name, "section %u, ", key->section);
  g_string_append_printf(name, HG_SEGMENT_INTERFACE "%s", interface);
  g_free(interface);
  g_free(labels);
  return g_string_free(name, FALSE);
}

static char *filter_of(const Key *key) {
  char *labels = hg_frame_segment_filter(&key->labels);
  if (is_first(key->section, key->interface))
    return labels;
  GString *filter = g_string_new("(");
  if (key->labels.count > 0)
    g_string_append_printf(filter, "%s && ", labels);
  if (key->section > 0)
    g_string_append_printf(filter, "frame.section_number == %u && ", key->section);
  g_string_append_printf(filter, "frame.interface_id == %u)", key->interface);
  g_free(labels);
  return g_string_free(filter, FALSE);
}

static guint16 intern(HgSegments *segments, HgTallyBuilder *builder, const packet_info *pinfo,
                      const Key *key) {
  HgSegment segment = {name_of(segments, pinfo, key), filter_of(key),
                       hg_frame_segment_is_routed(&key->labels)};
  const guint16 number = hg_tally_builder_segment(builder, &segment);
  g_free(segment.name);
  g_free(segment.filter);
  return number;
}

static guint16 look_up(HgSegments *segments, HgTallyBuilder *builder, const packet_info *pinfo,
                       const Key *key) {
  gpointer number;
  if (!g_hash_table_lookup_extended(segments->numbers, key, NULL, &number)) {
    number = GUINT_TO_POINTER(intern(segments, builder, pinfo, key));
    g_hash_table_insert(segments->numbers, g_memdup2(key, sizeof *key), number);
  }
  return (guint16)GPOINTER_TO_UINT(number);
}

void hg_segments_find(HgSegments *segments, HgTallyBuilder *builder, const packet_info *pinfo,
                      const HgFrameLayers *layers, HgPacket *packet) {
  const gboolean labelled = is_labelled(layers);
  const guint32 section = hg_compat_section(pinfo), interface = interface_of(pinfo);
  const gboolean plain = !labelled && is_first(section, interface);
  packet->vlan = 0;
  packet->segment = packet->outer_segment = segments->plain;
  if (plain && segments->has_plain)
    return;
  Key key = {{0}, 0, 0}, outer = {{0}, section, interface};
  if (labelled)
    read_labels(pinfo, layers->headers, &key.labels, &outer.labels);
  if (!hg_frame_segment_is_in_tunnel(&key.labels)) {
    key.section = section;
    key.interface = interface;
  }
  if (!segments->started || !key_equal(&key, &segments->last)) {
    segments->last_number = look_up(segments, builder, pinfo, &key);
    segments->last = key;
    segments->started = TRUE;
  }
  packet->vlan = hg_frame_segment_vlan(&key.labels);
  packet->segment = packet->outer_segment = segments->last_number;
  if (labelled && !key_equal(&key, &outer))
    packet->outer_segment = look_up(segments, builder, pinfo, &outer);
  if (plain) {
    segments->plain = segments->last_number;
    segments->has_plain = TRUE;
  }
}
