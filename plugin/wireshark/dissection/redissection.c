/* redissection.c - one frame dissected once more, this time with a tree of a few fields
 *
 * epan_dissect_run() is not for use within a tap: the frame's memory scope is entered already, and
 * it gives up the record's options. So this does what it does within: a packet_info as for a fresh
 * dissection, and the "frame" dissector. To dissectors it is the second visit of a frame, as when
 * its row is clicked on: Wireshark says "visited" by then. Nothing gets tapped twice, since taps
 * are closed while they are being served. Columns are left alone: the second look has none.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <epan/exceptions.h>
#include <wiretap/wtap.h>

#include "redissection.h"

/* As for a frame that is dissected for the first time, but for what is known of it. */
static void fill_pinfo(packet_info *to, const packet_info *from) {
  to->epan = from->epan;
  to->current_proto = "<Missing Protocol Name>";
  to->presence_flags = from->presence_flags;
  to->num = from->num;
  to->abs_ts = from->abs_ts;
  to->rel_ts = from->rel_ts;
  hg_compat_copy_pinfo(to, from);
  to->fd = from->fd;
  to->rec = from->rec;
  if (from->rec->rec_type == REC_TYPE_PACKET)
    to->pseudo_header = &from->rec->rec_header.packet_header.pseudo_header;
  to->noreassembly_reason = "";
  to->ptype = PT_NONE;
  to->p2p_dir = P2P_DIR_UNKNOWN;
  to->link_dir = LINK_DIR_UNKNOWN;
  to->src_win_scale = to->dst_win_scale = -1;
  to->layers = wmem_list_new(to->pool);
  to->proto_layers = wmem_map_new(to->pool, g_direct_hash, g_direct_equal);
}

/* The "frame" dissector catches what dissectors throw. What it throws itself ends here: the tree
 * then has what was found up to that. */
static void dissect(epan_dissect_t *look) {
  frame_data_t data = {.file_type_subtype = WTAP_FILE_TYPE_SUBTYPE_UNKNOWN, .color_edt = look};
  dissector_handle_t frame = find_dissector("frame");
  TRY {
    add_new_data_source(&look->pi, look->tvb, "Frame");
    call_dissector_with_data(frame, look->tvb, &look->pi, look->tree, &data);
  }
  CATCH_ALL {
  }
  ENDTRY;
}

epan_dissect_t *hg_redissection_new(const packet_info *pinfo, const epan_dissect_t *first,
                                    const int *ids, guint count) {
  static const guint8 nothing;
  epan_dissect_t *look = epan_dissect_new(pinfo->epan, TRUE, FALSE);
  const gint length = (gint)tvb_captured_length(first->tvb);
  for (guint i = 0; i < count; i++)
    epan_dissect_prime_with_hfid(look, ids[i]);
  fill_pinfo(&look->pi, pinfo);
  /* A buffer of its own, since it is freed with all that is derived from it. */
  look->tvb =
      tvb_new_real_data(length > 0 ? tvb_get_ptr(first->tvb, 0, length) : &nothing, (guint)length,
                        (gint)MIN(tvb_reported_length(first->tvb), (guint)G_MAXINT));
  dissect(look);
  return look;
}

void hg_redissection_free(epan_dissect_t *look) {
  if (look != NULL)
    epan_dissect_free(look);
}
