/* login_failures.c - how servers say that a login is refused
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_failures.h"

void hg_login_failures_by_code(const HgFrame *frame, guint field, const gint64 *codes,
                               const char *protocol) {
  for (guint i = 0; i < hg_frame_field_count(frame, field); i++) {
    gint64 code;
    if (!hg_field_number(hg_frame_field(frame, field, i), &code))
      continue;
    for (const gint64 *one = codes; *one != 0; one++) {
      if (*one == code)
        hg_frame_report_login_failure(frame, protocol, FALSE);
    }
  }
}

/* MS-ERREF 2.3.1 */
void hg_login_failures_by_status(const HgFrame *frame, guint32 status) {
  enum {
    NO_SUCH_USER = 0x64,
    WRONG_PASSWORD = 0x6a,
    LOGON_FAILURE = 0x6d,
    ACCOUNT_LOCKED_OUT = 0x234,
  };
  const guint32 code = status & 0xffff;
  if (status >> 16 == 0xc000 && (code == NO_SUCH_USER || code == WRONG_PASSWORD ||
                                 code == LOGON_FAILURE || code == ACCOUNT_LOCKED_OUT))
    hg_frame_report_login_failure(frame, "SMB", code == NO_SUCH_USER);
}
