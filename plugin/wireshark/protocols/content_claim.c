/* content_claim.c - what media types and names of files say about contents
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "content_claim.h"

#include <string.h>

typedef struct {
  const char *words; /* with a blank before and after each */
  HgClaim claim;
} Words;

/* IANA's registry of media types, and those that are in use besides. First come first served: the first row
 * whose word begins the type. */
static const struct {
  const char *begin;
  HgClaim claim;
} types[] = {
    {"image/", HG_CLAIM_IMAGE},
    {"audio/", HG_CLAIM_MEDIA},
    {"video/", HG_CLAIM_MEDIA},
    {"font/", HG_CLAIM_MEDIA},
    {"text/plain", HG_CLAIM_NONE},
    {"text/", HG_CLAIM_TEXT},
    {"application/javascript", HG_CLAIM_TEXT},
    {"application/x-javascript", HG_CLAIM_TEXT},
    {"application/json", HG_CLAIM_TEXT},
    {"application/xml", HG_CLAIM_TEXT},
    {"application/xhtml+xml", HG_CLAIM_TEXT},
    {"application/pdf", HG_CLAIM_DOCUMENT},
    {"application/rtf", HG_CLAIM_DOCUMENT},
    {"application/msword", HG_CLAIM_DOCUMENT},
    {"application/vnd.ms-excel", HG_CLAIM_DOCUMENT},
    {"application/vnd.ms-powerpoint", HG_CLAIM_DOCUMENT},
    {"application/vnd.openxmlformats", HG_CLAIM_DOCUMENT},
    {"application/vnd.oasis.opendocument", HG_CLAIM_DOCUMENT},
    {"application/x-shockwave-flash", HG_CLAIM_MEDIA},
    {"application/zip", HG_CLAIM_ARCHIVE},
    {"application/x-rar", HG_CLAIM_ARCHIVE},
    {"application/x-7z", HG_CLAIM_ARCHIVE},
};

static const Words endings[] = {
    {" exe dll sys scr com pif cpl ocx drv efi msi msp msu mui ax tsp acm node elf so bin run out o ko axf "
     "appimage ",
     HG_CLAIM_EXECUTABLE},
    {" jpg jpeg jpe png gif bmp ico webp svg tif tiff ", HG_CLAIM_IMAGE},
    {" mp3 mp4 m4a m4v avi wav ogg flv swf mov mkv webm woff woff2 ttf eot ", HG_CLAIM_MEDIA},
    {" txt htm html css js json xml csv log rss ", HG_CLAIM_TEXT},
    {" pdf doc docx xls xlsx ppt pptx rtf odt ods ", HG_CLAIM_DOCUMENT},
    {" zip rar 7z gz tgz bz2 xz ", HG_CLAIM_ARCHIVE},
};

HgClaim hg_content_claim_of_type(const guint8 *value, gsize length) {
  for (guint i = 0; value != NULL && i < G_N_ELEMENTS(types); i++) {
    const gsize size = strlen(types[i].begin);
    if (length >= size && g_ascii_strncasecmp((const char *)value, types[i].begin, size) == 0)
      return types[i].claim;
  }
  return HG_CLAIM_NONE;
}

HgClaim hg_content_claim_of_name(const guint8 *name, gsize length) {
  enum { LONGEST = 8 };
  char word[LONGEST + 3] = " ";
  gsize begin = length, size;
  while (begin > 0 && length - begin <= LONGEST && g_ascii_isalnum(name[begin - 1]))
    begin--;
  size = length - begin;
  if (size == 0 || size > LONGEST || begin == 0 || name[begin - 1] != '.')
    return HG_CLAIM_NONE;
  for (gsize i = 0; i < size; i++)
    word[i + 1] = g_ascii_tolower((char)name[begin + i]);
  word[size + 1] = ' ';
  for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
    if (strstr(endings[i].words, word) != NULL)
      return endings[i].claim;
  }
  return HG_CLAIM_NONE;
}

HgClaim hg_content_claim_of_target(const guint8 *target, gsize length) {
  HgClaim claim = HG_CLAIM_NONE;
  gboolean in_query = FALSE;
  for (gsize at = 0, end; at <= length && claim == HG_CLAIM_NONE; at = end + 1) {
    for (end = at; end < length && strchr("?&#", target[end]) == NULL;)
      end++;
    claim = hg_content_claim_of_name(target + at, end - at);
    claim = in_query && claim != HG_CLAIM_EXECUTABLE ? HG_CLAIM_NONE : claim;
    in_query = TRUE;
  }
  return claim;
}

HgClaim hg_content_claim_of_disposition(const guint8 *value, gsize length) {
  static const char key[] = "filename=";
  gsize at = 0, end;
  if (value == NULL)
    return HG_CLAIM_UNKNOWN;
  while (at + strlen(key) < length &&
         g_ascii_strncasecmp((const char *)value + at, key, strlen(key)) != 0)
    at++;
  if (at + strlen(key) >= length)
    return HG_CLAIM_UNKNOWN;
  at += strlen(key);
  while (at < length && strchr(" \"", value[at]) != NULL)
    at++;
  for (end = at; end < length && value[end] != '"' && value[end] != ';';)
    end++;
  return hg_content_claim_of_name(value + at, end - at);
}
