/* source.h - a source of evidence: one protocol, one file in evidence/
 *
 * Each file there ends in a `const HgEvidenceSource hg_evidence_NAME`, of which a table is generated. What is
 * to be had without a protocol tree (payloads, HTTP requests, credentials) comes from taps; for the rest the
 * few frames that are worth it are dissected once more, this time with a tree of the fields named here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_SOURCE_H
#define HG_WIRESHARK_SOURCE_H

#include "frame.h"
#include "wireshark/protocols/info_text.h"

/* Words of the Info column that tell which frames are worth to be dissected again. Dissectors may be
 * reworded: tests/e2e/test_info_words.py holds each row against the Wireshark that it runs with. */
typedef struct {
  const char *words[2]; /* all of them stand in the Info text, anywhere; NULL after the last */
  const char *filter;   /* display filter: the frames whose Info must have them */
  gboolean (*narrow)(const HgPacket *packet); /* a further condition; NULL: none */
} HgInfoWords;

typedef struct {
  const char *id;              /* the file's name with "-": "smb2" */
  const char *title;           /* "SMB2 and SMB3" */
  const char *what;            /* what is read, in a line, for the documentation */
  const char *const *layers;   /* protocols as display filters call them, NULL-terminated; NULL: the
                                   source reads what a tap told */
  gboolean nested;             /* only frames that have one of these layers more than once: a packet
                                   within a packet, of whose headers taps told */
  gboolean stream_start;       /* only the first bytes of a TCP connection; see HgFrameLayers */
  const HgFieldNames *fields;  /* NULL: none */
  guint field_count;           /* of these */
  gboolean skip_retransmitted; /* a segment that is sent again does nothing once more */
  gboolean info_tells_last;    /* of several messages in a frame Info shows only the last */
  const HgInfoWords *words;    /* ended by one without words; NULL: none */
  /* What may be kept of the Info text, by the Protocol column; ended by one without a column. NULL: nothing. */
  const HgInfoPolicy *info;
  /* The same where no source knows the Protocol column and the frame has one of the layers. */
  HgInfoKeep info_otherwise;

  /* All there is to read is in the frame's bytes, or was told by taps: no tree is needed. NULL: never. */
  gboolean (*is_in_bytes)(const HgFrame *frame);
  /* Whether the frame is worth to be dissected again, besides `words`. Where both are NULL, every frame with
   * the layer is. Not asked where Info is not known: then every frame is, too. */
  gboolean (*is_worth)(const HgFrame *frame);
  /* Adds to the packet what is to be counted with it. NULL: nothing. */
  void (*complete)(const HgFrame *frame, HgPacket *packet);
  /* Reports what is in the frame; without a tree (HgFrame.tree) there are no fields. NULL: nothing. Where
   * `complete` is NULL, too, the source only says what may be kept of Info texts. */
  void (*read)(const HgFrame *frame);
} HgEvidenceSource;

#endif
