/* download.c - an executable that came over HTTP, as the subject of an observation
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "download.h"

#include <string.h>

static const char *const formats[] = {"none", "PE", "ELF"};
static const struct {
  const char *word, *text;
} claims[HG_CLAIM_COUNT] = {
    [HG_CLAIM_NONE] = {"none", NULL},
    [HG_CLAIM_EXECUTABLE] = {"executable", "an executable"},
    [HG_CLAIM_IMAGE] = {"image", "an image"},
    [HG_CLAIM_MEDIA] = {"media", "audio, video or a font"},
    [HG_CLAIM_TEXT] = {"text", "text"},
    [HG_CLAIM_DOCUMENT] = {"document", "a document"},
    [HG_CLAIM_ARCHIVE] = {"archive", "an archive"},
    [HG_CLAIM_UNKNOWN] = {"unknown", NULL},
};
static const char *const calls[HG_CALLED_COUNT] = {"unknown", "name", "address", "delivery"};

char *hg_download_subject(const HgDownload *download) {
  return g_strdup_printf("%s type=%s name=%s host=%s", formats[download->format],
                         claims[download->type].word, claims[download->name].word,
                         calls[download->host]);
}

static gboolean find_claim(const char *word, HgClaim *claim) {
  for (guint i = 0; i < HG_CLAIM_COUNT; i++) {
    if (strcmp(claims[i].word, word) == 0) {
      *claim = i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean find_word(const char *const *words, guint count, const char *word, guint *found) {
  for (*found = 0; *found < count; (*found)++) {
    if (strcmp(words[*found], word) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean hg_download_parse(const char *subject, HgDownload *download) {
  g_auto(GStrv) parts = g_strsplit(subject, " ", -1);
  guint format, called;
  if (g_strv_length(parts) != 4 || !g_str_has_prefix(parts[1], "type=") ||
      !g_str_has_prefix(parts[2], "name=") || !g_str_has_prefix(parts[3], "host=") ||
      !find_word(formats, G_N_ELEMENTS(formats), parts[0], &format) ||
      !find_claim(parts[1] + 5, &download->type) || !find_claim(parts[2] + 5, &download->name) ||
      !find_word(calls, HG_CALLED_COUNT, parts[3] + 5, &called))
    return FALSE;
  download->format = format;
  download->host = called;
  return TRUE;
}

const char *hg_claim_text(HgClaim claim) {
  return claims[claim].text;
}

static gboolean is_something_else(HgClaim claim) {
  return claim != HG_CLAIM_EXECUTABLE && claims[claim].text != NULL;
}

gboolean hg_download_lies(const HgDownload *download) {
  if (is_something_else(download->name))
    return TRUE;
  if (download->name == HG_CLAIM_EXECUTABLE)
    return download->type == HG_CLAIM_IMAGE || download->type == HG_CLAIM_MEDIA;
  return is_something_else(download->type);
}

gboolean hg_download_is_nameless(const HgDownload *download) {
  return download->name != HG_CLAIM_EXECUTABLE && download->name != HG_CLAIM_UNKNOWN;
}
