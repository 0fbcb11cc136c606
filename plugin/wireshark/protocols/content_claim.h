/* content_claim.h - what media types and names of files say about contents
 *
 * Only what is clear counts as a claim: servers send "application/octet-stream" and "text/plain" for whatever they
 * do not know (RFC 9110, 8.3; defaults of nginx and of Apache before 2.4), and programs that answer (".php") may
 * answer anything. Every byte is hostile. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_CONTENT_CLAIM_H
#define HG_WIRESHARK_CONTENT_CLAIM_H

#include "tally/types/download.h"

G_BEGIN_DECLS

/* Of a Content-Type field's value; NULL: there is none. */
HgClaim hg_content_claim_of_type(const guint8 *value, gsize length);

/* Of the ending of a path or file name. */
HgClaim hg_content_claim_of_name(const guint8 *name, gsize length);

/* Of a request's target: what its path ends in, or, where that says nothing, whether a parameter of its
 * query ends like an executable. */
HgClaim hg_content_claim_of_target(const guint8 *target, gsize length);

/* Of the file name in a Content-Disposition field's value (RFC 6266); HG_CLAIM_UNKNOWN: it has none. */
HgClaim hg_content_claim_of_disposition(const guint8 *value, gsize length);

G_END_DECLS
#endif
