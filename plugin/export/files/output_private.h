/* output_private.h - what streams and sets of files share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_OUTPUT_PRIVATE_H
#define HG_EXPORT_OUTPUT_PRIVATE_H

#include "output.h"

G_BEGIN_DECLS

/* As hg_output_new_stream, but the stream is synced to the disk and closed with the output. */
HgOutput *hg_output_new_owned(FILE *stream, const char *name);

/* "cannot write NAME: REASON"; `reason` is an errno. */
void hg_output_set_error(GError **error, const char *name, int reason);

G_END_DECLS
#endif
