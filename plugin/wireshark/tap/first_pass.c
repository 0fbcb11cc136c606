/* first_pass.c - a tally of the first of two passes over a capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "first_pass.h"
#include "frame_reader.h"

typedef enum {
  FIELD_IP,
  FIELD_IPV6,
  FIELD_TCP_SOURCE,
  FIELD_TCP_DESTINATION,
  FIELD_TCP_FLAGS,
  FIELD_TCP_SEQUENCE,
  FIELD_TCP_RELATIVE,
  FIELD_TCP_STREAM,
  FIELD_TCP_ACKNOWLEDGED,
  FIELD_TCP_LENGTH,
  FIELD_UDP_SOURCE,
  FIELD_UDP_DESTINATION,
  FIELD_UDP_LENGTH,
  FIELD_COUNT
} Field;

static const char *const names[FIELD_COUNT] = {
    [FIELD_IP] = "ip.version",
    [FIELD_IPV6] = "ipv6.version",
    [FIELD_TCP_SOURCE] = "tcp.srcport",
    [FIELD_TCP_DESTINATION] = "tcp.dstport",
    [FIELD_TCP_FLAGS] = "tcp.flags",
    [FIELD_TCP_SEQUENCE] = "tcp.seq_raw",
    [FIELD_TCP_RELATIVE] = "tcp.seq",
    [FIELD_TCP_STREAM] = "tcp.stream",
    [FIELD_TCP_ACKNOWLEDGED] = "tcp.ack_raw",
    [FIELD_TCP_LENGTH] = "tcp.len",
    [FIELD_UDP_SOURCE] = "udp.srcport",
    [FIELD_UDP_DESTINATION] = "udp.dstport",
    [FIELD_UDP_LENGTH] = "udp.length",
};

struct HgFirstPass {
  HgFrameReader *reader;
  int id[FIELD_COUNT];
};

HgFirstPass *hg_first_pass_new(const HgTallyOptions *options) {
  HgFirstPass *pass = g_new0(HgFirstPass, 1);
  pass->reader = hg_frame_reader_new(options, FALSE);
  for (guint i = 0; i < FIELD_COUNT; i++) {
    const header_field_info *info = proto_registrar_get_byname(names[i]);
    pass->id[i] = info != NULL ? info->id : -1;
  }
  return pass;
}

void hg_first_pass_free(HgFirstPass *pass) {
  if (pass == NULL)
    return;
  hg_frame_reader_free(pass->reader);
  g_free(pass);
}

GArray *hg_first_pass_fields(const HgFirstPass *pass) {
  const HgEvidenceReader *evidence = hg_frame_reader_evidence(pass->reader);
  GArray *ids = evidence != NULL ? hg_evidence_reader_fields(evidence)
                                 : g_array_new(FALSE, FALSE, sizeof(int));
  for (guint i = 0; i < FIELD_COUNT; i++) {
    if (pass->id[i] >= 0)
      g_array_append_val(ids, pass->id[i]);
  }
  return ids;
}

/* The last one in the frame: the innermost header, as the taps have it. */
static gboolean get(const HgFirstPass *pass, proto_tree *tree, Field field, guint32 *value) {
  const GPtrArray *all = tree != NULL && pass->id[field] >= 0
                             ? proto_get_finfo_ptr_array(tree, pass->id[field])
                             : NULL;
  gint64 number;
  if (all == NULL || all->len == 0 ||
      !hg_compat_integer(g_ptr_array_index(all, all->len - 1), &number))
    return FALSE;
  *value = (guint32)number;
  return TRUE;
}

static void read_tcp(const HgFirstPass *pass, proto_tree *tree, HgHeaders *headers) {
  guint32 source, destination, flags = 0, sequence = 0, acknowledged = 0, length = 0;
  guint32 relative = 0;
  if (!get(pass, tree, FIELD_TCP_SOURCE, &source) ||
      !get(pass, tree, FIELD_TCP_DESTINATION, &destination) ||
      !get(pass, tree, FIELD_TCP_FLAGS, &flags))
    return;
  get(pass, tree, FIELD_TCP_SEQUENCE, &sequence);
  get(pass, tree, FIELD_TCP_RELATIVE, &relative);
  get(pass, tree, FIELD_TCP_ACKNOWLEDGED, &acknowledged);
  get(pass, tree, FIELD_TCP_LENGTH, &length);
  headers->tcp = TRUE;
  headers->tcp_port[0] = (guint16)source;
  headers->tcp_port[1] = (guint16)destination;
  headers->tcp_flags = (guint8)flags;
  headers->tcp_sequence = sequence;
  headers->tcp_acknowledged = acknowledged;
  headers->tcp_payload = length;
  headers->tcp_start = hg_packet_decoder_is_start(relative, length);
  get(pass, tree, FIELD_TCP_STREAM, &headers->tcp_stream);
}

static void read_udp(const HgFirstPass *pass, proto_tree *tree, HgHeaders *headers) {
  guint32 source, destination, length = 0;
  if (!get(pass, tree, FIELD_UDP_SOURCE, &source) ||
      !get(pass, tree, FIELD_UDP_DESTINATION, &destination))
    return;
  get(pass, tree, FIELD_UDP_LENGTH, &length);
  headers->udp = TRUE;
  headers->udp_port[0] = (guint16)source;
  headers->udp_port[1] = (guint16)destination;
  headers->udp_payload = length > 8 ? length - 8 : 0;
}

void hg_first_pass_frame(HgFirstPass *pass, packet_info *pinfo, proto_tree *tree) {
  HgHeaders *headers = hg_frame_reader_headers(pass->reader, pinfo);
  guint32 version;
  headers->net = get(pass, tree, FIELD_IP, &version) || get(pass, tree, FIELD_IPV6, &version);
  read_tcp(pass, tree, headers);
  read_udp(pass, tree, headers);
  hg_frame_reader_dissected(pass->reader, pinfo, tree);
}

guint32 hg_first_pass_frames(const HgFirstPass *pass) {
  return hg_frame_reader_frames(pass->reader);
}

const HgTally *hg_first_pass_tally(HgFirstPass *pass) {
  return hg_frame_reader_tally(pass->reader);
}
