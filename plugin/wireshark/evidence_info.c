/* evidence_info.c - logins that were turned down, and remote administration, by the Info column
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include "evidence_private.h"
#include "info_signs.h"

static HgSession *session_of(const HgFrame *frame, gboolean from_client) {
  return hg_sessions_of(frame->reader->sessions, frame->packet, from_client);
}

void hg_info_read(const HgFrame *frame) {
  const HgSign sign = hg_info_sign(frame->packet->protocol, frame->packet->info);
  HgSession *session;
  switch (sign.kind) {
  case HG_SIGN_NONE:
    break;
  case HG_SIGN_LOGIN:
    session_of(frame, TRUE)->waiting = TRUE;
    break;
  case HG_SIGN_OTHER:
    /* What the login was answered with was not captured. */
    session = hg_sessions_known(frame->reader->sessions, frame->packet, TRUE);
    if (session != NULL)
      session->waiting = FALSE;
    break;
  case HG_SIGN_REFUSED:
  case HG_SIGN_ACCEPTED:
    session = hg_sessions_known(frame->reader->sessions, frame->packet, FALSE);
    if (session == NULL)
      break;
    if (session->waiting && sign.kind == HG_SIGN_REFUSED)
      hg_frame_report_refusal(frame, sign.subject);
    session->waiting = FALSE;
    break;
  case HG_SIGN_LOGIN_REFUSED:
    hg_frame_report_refusal(frame, sign.subject);
    break;
  case HG_SIGN_REMOTE_CONTROL:
    hg_frame_report_observation(frame, HG_OBSERVED_REMOTE_CONTROL, &frame->packet->source,
                                &frame->packet->destination, sign.subject, 0);
    break;
  }
}
