/* progress.h - "12,345 packets" on standard error while a capture is read
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PROGRESS_H
#define HG_WIRESHARK_PROGRESS_H

typedef struct HgProgress HgProgress;

/* Counts frames, and shows the count on one line that it overwrites. (transfer full) */
HgProgress *hg_progress_new(void);

/* Clears the line. */
void hg_progress_done(HgProgress *progress);

void hg_progress_free(HgProgress *progress);

#endif
