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
        hg_frame_report_login_failure(frame, protocol);
    }
  }
}

/* MS-ERREF: STATUS_LOGON_FAILURE, STATUS_ACCOUNT_LOCKED_OUT */
gboolean hg_login_failure_is_status(guint32 status) {
  return status == 0xc000006d || status == 0xc0000234;
}
