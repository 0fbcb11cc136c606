/* frame_reader.c - dissected frames into a tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "frame_reader.h"
#include "resolved_names.h"
#include "segments.h"
#include "tally/copies/copy_detector.h"

struct HgFrameReader {
  HgTallyOptions options; /* a copy */
  HgTallyBuilder *builder;
  HgPacketDecoder *decoder;
  HgCopyDetector *copies;     /* NULL: each packet counts */
  HgEvidenceReader *evidence; /* NULL: without evidence */
  HgSegments *segments;
  HgHeaders headers;
  guint32 frames;
  gboolean started;   /* there was a frame with a time */
  guint32 last_frame; /* the one that was complete last, */
  guint completed;    /* so many times */
};

HgFrameReader *hg_frame_reader_new(const HgTallyOptions *options, gboolean columns) {
  HgFrameReader *reader = g_new0(HgFrameReader, 1);
  hg_tally_options_copy(&reader->options, options);
  reader->builder = hg_tally_builder_new(&reader->options);
  reader->segments = hg_segments_new();
  reader->decoder = hg_packet_decoder_new(options->layer, columns);
  reader->copies = options->keep_duplicates ? NULL : hg_copy_detector_new();
  if (options->evidence)
    reader->evidence =
        hg_evidence_reader_new(hg_packet_decoder_layers(reader->decoder), options->full_info);
  return reader;
}

void hg_frame_reader_free(HgFrameReader *reader) {
  if (reader == NULL)
    return;
  hg_evidence_reader_free(reader->evidence);
  hg_packet_decoder_free(reader->decoder);
  hg_segments_free(reader->segments);
  hg_copy_detector_free(reader->copies);
  hg_tally_builder_free(reader->builder);
  hg_tally_options_clear(&reader->options);
  g_free(reader);
}

void hg_frame_reader_reset(HgFrameReader *reader) {
  hg_tally_builder_free(reader->builder);
  reader->builder = hg_tally_builder_new(&reader->options);
  if (reader->copies != NULL) {
    hg_copy_detector_free(reader->copies);
    reader->copies = hg_copy_detector_new();
  }
  reader->frames = reader->last_frame = 0;
  reader->started = FALSE;
  reader->headers = (HgHeaders){0};
  hg_segments_reset(reader->segments);
  if (reader->evidence != NULL)
    hg_evidence_reader_reset(reader->evidence);
}

HgHeaders *hg_frame_reader_headers(HgFrameReader *reader, const packet_info *pinfo) {
  if (reader->headers.frame != pinfo->num)
    reader->headers = (HgHeaders){.frame = pinfo->num};
  return &reader->headers;
}

HgEvidenceReader *hg_frame_reader_evidence(HgFrameReader *reader) {
  return reader->evidence;
}

/* A filter may hide the file's first frame, to which Wireshark's times are relative. */
static gint64 start_of_file(const packet_info *pinfo, const HgPacket *packet) {
  const gint64 since = hg_time_from_seconds(pinfo->rel_ts.secs, pinfo->rel_ts.nsecs);
  return hg_time_is_known(since) ? packet->time_ns - since : HG_TIME_NONE;
}

static void count(HgFrameReader *reader, const packet_info *pinfo, const HgPacket *packet) {
  reader->frames++;
  if (!reader->started && hg_time_is_known(packet->time_ns)) {
    reader->started = TRUE;
    hg_tally_builder_set_start(reader->builder, start_of_file(pinfo, packet));
  }
  hg_tally_builder_packet(reader->builder, packet);
}

/* What is known of a frame once it is complete. */
typedef struct {
  HgFrameLayers layers;
  HgPacket packet;
  gboolean is_new;  /* no frame within it came before */
  gboolean is_last; /* it is the outermost: those within it come before it */
} Complete;

static void decode(HgFrameReader *reader, packet_info *pinfo, Complete *frame) {
  frame->is_new = pinfo->num != reader->last_frame;
  reader->last_frame = pinfo->num;
  reader->completed = frame->is_new ? 1 : reader->completed + 1;
  hg_packet_decoder_decode(reader->decoder, pinfo, &reader->headers, &frame->layers,
                           &frame->packet);
  hg_segments_find(reader->segments, reader->builder, pinfo, &frame->layers, &frame->packet);
  frame->is_last = reader->completed == frame->layers.frames;
  frame->packet.copy = reader->copies != NULL && frame->is_new &&
                       hg_copy_detector_packet(reader->copies, &frame->packet);
}

static void finish(HgFrameReader *reader, const packet_info *pinfo, const Complete *frame) {
  if (frame->is_new)
    count(reader, pinfo, &frame->packet);
  if (reader->evidence != NULL && frame->is_last && !frame->packet.copy)
    hg_evidence_reader_end(reader->evidence, &frame->packet, reader->builder);
}

void hg_frame_reader_tapped(HgFrameReader *reader, packet_info *pinfo, const epan_dissect_t *edt) {
  Complete frame;
  decode(reader, pinfo, &frame);
  if (reader->evidence != NULL)
    hg_evidence_reader_begin(reader->evidence, pinfo, edt, &frame.layers,
                             frame.is_last && !frame.packet.copy, &frame.packet);
  finish(reader, pinfo, &frame);
}

void hg_frame_reader_dissected(HgFrameReader *reader, packet_info *pinfo, proto_tree *tree) {
  Complete frame;
  decode(reader, pinfo, &frame);
  if (reader->evidence != NULL)
    hg_evidence_reader_begin_with_tree(reader->evidence, pinfo, tree, &frame.layers, &frame.packet);
  finish(reader, pinfo, &frame);
}

const HgTally *hg_frame_reader_tally(HgFrameReader *reader) {
  if (reader->evidence != NULL)
    hg_resolved_names_add(reader->builder);
  return hg_tally_finish(reader->builder);
}

guint32 hg_frame_reader_frames(const HgFrameReader *reader) {
  return reader->frames;
}
