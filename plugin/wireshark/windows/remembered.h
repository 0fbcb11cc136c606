/* remembered.h - what the user entered into dialogs, kept until Wireshark ends
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REMEMBERED_H
#define HG_WIRESHARK_REMEMBERED_H

typedef enum {
  HG_REMEMBERED_FOLDER,   /* of the last export or baseline */
  HG_REMEMBERED_SUFFIX,   /* of the last export, with its dot */
  HG_REMEMBERED_SUSPECTS, /* of the last export, separated by blanks */
  HG_REMEMBERED_TRACED,   /* the last host that was traced */
  HG_REMEMBERED_BASELINE, /* the last baseline written, or compared with */
  HG_REMEMBERED_COUNT
} HgRemembered;

/* NULL: nothing was entered yet. Borrowed until the next hg_remember. */
const char *hg_remembered(HgRemembered which);
void hg_remember(HgRemembered which, const char *value);

/* Frees all; call it when Wireshark ends. */
void hg_remembered_forget(void);

#endif
