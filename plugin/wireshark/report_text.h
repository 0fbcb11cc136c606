/* report_text.h - a tally as the text that a window shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REPORT_TEXT_H
#define HG_WIRESHARK_REPORT_TEXT_H

#include "export/request.h"

G_BEGIN_DECLS

/* `capture`: path of the file. `partial`: not all of its packets were seen. `filter` becomes the
 * display filter of the first finding that has one, or NULL (transfer full). (transfer full) */
char *hg_report_text(const HgRequest *request, HgTally *tally, const char *capture,
                     gboolean partial, char **filter);

G_END_DECLS
#endif
