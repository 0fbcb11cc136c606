/* evidence.h - what dissectors know beyond the headers: names, logins, ARP claims, ICMP errors
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_EVIDENCE_H
#define HG_WIRESHARK_EVIDENCE_H

#include "wireshark/compat.h"

#include "tally/tally_builder.h"
#include "wireshark/tap/packet_decoder.h"

typedef struct HgEvidenceReader HgEvidenceReader;

/* `fill` must outlive the reader. (transfer full) */
HgEvidenceReader *hg_evidence_reader_new(const HgPacketDecoder *fill);
void hg_evidence_reader_free(HgEvidenceReader *reader);

/* Forgets everything about earlier frames. */
void hg_evidence_reset(HgEvidenceReader *reader);

/* Puts by what the "credentials" tap said about the frame. */
void hg_evidence_credential(HgEvidenceReader *reader, const packet_info *pinfo, const void *data);

/* Adds to the packet what kind of ICMP message it is, and takes secrets out of its Info text.
 * `look`: the frame may be dissected again for its fields, should they be worth it. */
void hg_evidence_complete(HgEvidenceReader *reader, const packet_info *pinfo,
                          const epan_dissect_t *edt, const HgFrameLayers *layers, gboolean look,
                          HgPacket *packet);

/* The same where dissection made a tree with all fields of evidence (hg_evidence_fields). */
void hg_evidence_complete_from_tree(HgEvidenceReader *reader, proto_tree *tree, HgPacket *packet);

/* The fields that evidence is read from: a new GArray of int (transfer full). */
GArray *hg_evidence_fields(const HgEvidenceReader *reader);

/* Gives the builder the evidence in the frame; `packet` was completed, and given to it, before. */
void hg_evidence_read(HgEvidenceReader *reader, packet_info *pinfo, const HgFrameLayers *layers,
                      const HgPacket *packet, HgTallyBuilder *builder);

#endif
