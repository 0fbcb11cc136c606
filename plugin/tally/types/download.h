/* download.h - an executable that came over HTTP, as the subject of an observation
 *
 * "PE type=image name=none host=address": its format, what its type and its name say that it is, and how the
 * client called the server. Nothing in it identifies anybody.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_DOWNLOAD_H
#define HG_TALLY_DOWNLOAD_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum { HG_EXECUTABLE_NONE, HG_EXECUTABLE_PE, HG_EXECUTABLE_ELF } HgExecutable;

/* What a media type or the ending of a name says about contents. */
typedef enum {
  HG_CLAIM_NONE, /* nothing, or nothing that a server says of itself: any bytes */
  HG_CLAIM_EXECUTABLE,
  HG_CLAIM_IMAGE,
  HG_CLAIM_MEDIA, /* audio, video, fonts */
  HG_CLAIM_TEXT,  /* pages, scripts and styles of pages, data as text */
  HG_CLAIM_DOCUMENT,
  HG_CLAIM_ARCHIVE,
  HG_CLAIM_UNKNOWN, /* it was not captured */
  HG_CLAIM_COUNT
} HgClaim;

/* What the client called the server. */
typedef enum {
  HG_CALLED_UNKNOWN,  /* the request was not captured, or has no Host */
  HG_CALLED_NAME,     /* a host name */
  HG_CALLED_ADDRESS,  /* its address */
  HG_CALLED_DELIVERY, /* its address, as Windows Delivery Optimization calls caches and peers */
  HG_CALLED_COUNT
} HgCalled;

typedef struct {
  HgExecutable format;
  HgClaim type, name;
  HgCalled host;
} HgDownload;

/* (transfer full) */
char *hg_download_subject(const HgDownload *download);
/* The reverse; FALSE: it is no such subject. */
gboolean hg_download_parse(const char *subject, HgDownload *download);

/* "an image"; NULL: it claims nothing. */
const char *hg_claim_text(HgClaim claim);

/* Type or name say that it is something else. Configurations are not perfect: pages' type ("text/html") is what
 * some programs send unless told otherwise, so beside an executable's name it says nothing. */
gboolean hg_download_lies(const HgDownload *download);
/* The name is known, and is not an executable's. */
gboolean hg_download_is_nameless(const HgDownload *download);

G_END_DECLS
#endif
