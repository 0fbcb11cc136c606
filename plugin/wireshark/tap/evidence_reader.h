/* evidence_reader.h - asks the sources of evidence about each frame
 *
 * Sources stand in evidence/, one protocol a file. The reader decides which of them a frame is for, and whether
 * it has to be dissected again for their fields.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_EVIDENCE_READER_H
#define HG_WIRESHARK_EVIDENCE_READER_H

#include "wireshark/compat.h"

#include "tally/tally_builder.h"
#include "wireshark/dissection/frame_layers.h"

typedef struct HgEvidenceReader HgEvidenceReader;

/* Adds the layers of all sources to `layers`, which is used for no frame before. `full_info`: secrets stay in
 * Info texts. (transfer full) */
HgEvidenceReader *hg_evidence_reader_new(HgLayerTable *layers, gboolean full_info);
void hg_evidence_reader_free(HgEvidenceReader *reader);

/* Forgets everything about earlier frames. */
void hg_evidence_reader_reset(HgEvidenceReader *reader);

/* Keep what the taps "ip", "ipv6", "credentials", "http", "tcp_follow" and "udp_follow" said about the frame,
 * until it is complete. `data`: what the tap was given. */
void hg_evidence_reader_ip(HgEvidenceReader *reader, const packet_info *pinfo, const void *data);
void hg_evidence_reader_credential(HgEvidenceReader *reader, const packet_info *pinfo,
                                   const void *data);
void hg_evidence_reader_http(HgEvidenceReader *reader, const packet_info *pinfo, const void *data);
void hg_evidence_reader_tcp(HgEvidenceReader *reader, const packet_info *pinfo, const void *data);
void hg_evidence_reader_udp(HgEvidenceReader *reader, const packet_info *pinfo, const void *data);

/* Begins a frame that taps were served for: adds to the packet what sources count with it, and takes secrets out
 * of its Info text. `again`: the frame may be dissected again for fields. */
void hg_evidence_reader_begin(HgEvidenceReader *reader, packet_info *pinfo,
                              const epan_dissect_t *edt, const HgFrameLayers *layers,
                              gboolean again, HgPacket *packet);

/* The same where no tap was served, but dissection made a tree with the fields of all sources
 * (hg_evidence_reader_fields). `tree` may be NULL: nobody asked for one. */
void hg_evidence_reader_begin_with_tree(HgEvidenceReader *reader, packet_info *pinfo,
                                        proto_tree *tree, const HgFrameLayers *layers,
                                        HgPacket *packet);

/* Gives the builder, to which `packet` was given before, the evidence in the frame that was begun. */
void hg_evidence_reader_end(HgEvidenceReader *reader, const HgPacket *packet,
                            HgTallyBuilder *builder);

/* The fields of all sources: a new GArray of int (transfer full). */
GArray *hg_evidence_reader_fields(const HgEvidenceReader *reader);

#endif
