/* capture.c - which capture a frame is of, when a tally holds several
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "capture.h"

#include <string.h>

gboolean hg_capture_digest_is_known(const HgCaptureDigest *digest) {
  return digest->word[0] != 0 || digest->word[1] != 0;
}

void hg_capture_digest_text(const HgCaptureDigest *digest, char text[HG_CAPTURE_DIGEST_TEXT]) {
  g_snprintf(text, HG_CAPTURE_DIGEST_TEXT, "%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
             digest->word[0], digest->word[1]);
  if (!hg_capture_digest_is_known(digest))
    *text = '\0';
}

gboolean hg_capture_digest_parse(const char *text, HgCaptureDigest *digest) {
  const gsize length = strlen(text);
  *digest = (HgCaptureDigest){{0}};
  if (strspn(text, "0123456789abcdef") != length ||
      (length != HG_CAPTURE_DIGEST_TEXT - 1 && length != 0))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    digest->word[i / 16] = digest->word[i / 16] << 4 | (guint64)g_ascii_xdigit_value(text[i]);
  return TRUE;
}

static void clear(gpointer data) {
  HgCapture *const capture = data;
  g_free(capture->name);
  g_free(capture->filter);
  if (capture->fingerprints)
    g_bytes_unref(capture->fingerprints);
}

GArray *hg_capture_array_new(void) {
  GArray *const captures = g_array_new(FALSE, FALSE, sizeof(HgCapture));
  g_array_set_clear_func(captures, clear);
  return captures;
}

void hg_capture_array_add(GArray *captures, const HgCapture *capture) {
  HgCapture copy = *capture;
  copy.name = g_strdup(capture->name);
  copy.filter = g_strdup(capture->filter);
  copy.fingerprints = capture->fingerprints ? g_bytes_ref(capture->fingerprints) : NULL;
  g_array_append_val(captures, copy);
}

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

gint hg_capture_compare(const HgCapture *a, const HgCapture *b) {
  ORDER(a->start_ns, b->start_ns);
  ORDER(a->traffic.last_ns, b->traffic.last_ns);
  ORDER(a->frames, b->frames);
  ORDER(a->traffic.packets, b->traffic.packets);
  ORDER(a->traffic.bytes, b->traffic.bytes);
  ORDER(a->digest.word[0], b->digest.word[0]);
  ORDER(a->digest.word[1], b->digest.word[1]);
  return g_strcmp0(a->name, b->name);
}

gboolean hg_capture_is_same(const HgCapture *a, const HgCapture *b) {
  if (hg_capture_digest_is_known(&a->digest) && hg_capture_digest_is_known(&b->digest))
    return memcmp(&a->digest, &b->digest, sizeof a->digest) == 0;
  return a->traffic.packets > 0 && a->traffic.packets == b->traffic.packets &&
         a->traffic.bytes == b->traffic.bytes && a->traffic.first_ns == b->traffic.first_ns &&
         a->traffic.last_ns == b->traffic.last_ns && a->frames == b->frames &&
         a->start_ns == b->start_ns &&
         strcmp(a->filter ? a->filter : "", b->filter ? b->filter : "") == 0;
}

guint hg_capture_array_of_frame(const GArray *captures, guint32 frame) {
  guint low = 0, high = captures->len;
  while (high - low > 1) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index(captures, HgCapture, middle).frames_before < frame)
      low = middle;
    else
      high = middle;
  }
  return low;
}

const HgCapture *hg_capture_array_find(const GArray *captures, const HgCapture *capture) {
  for (guint i = 0; i < captures->len; i++) {
    const HgCapture *one = &g_array_index(captures, HgCapture, i);
    if (hg_capture_is_same(one, capture))
      return one;
  }
  return NULL;
}
