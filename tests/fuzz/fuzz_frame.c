/* fuzz_frame.c - any bytes as a frame, in the headers of which its segment is looked for
 *
 * The first byte says with what the frame begins, and how many headers are among it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"
#include "wireshark/protocols/frame_segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  HgFrameSegment segment, outer;
  if (size < 2)
    return 0;
  guint8 *copy = g_memdup2(data + 1, size - 1); /* of its own, so that reading beyond is seen */
  hg_frame_segment_read((HgFrameStart)(data[0] & 3), copy, size - 1, data[0] >> 2, &segment,
                        &outer);
  g_free(copy);
  CHECK(segment.count <= HG_SEGMENT_LABELS);
  g_autofree char *name = hg_frame_segment_name(&segment);
  g_autofree char *filter = hg_frame_segment_filter(&segment);
  CHECK(*name && *filter);
  CHECK(segment.count > 0 || !hg_frame_segment_is_routed(&segment));
  return 0;
}
