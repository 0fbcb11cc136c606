/* credentials.c - user names that Wireshark's "credentials" tap tells: FTP, HTTP Basic, IMAP, POP3, SMTP
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

/* By the name that the Protocol column has, too: "HTTP basic auth" is HTTP, "POP3" is POP. */
static const char *protocol_name(const char *told) {
  static const char *const shorter[] = {"HTTP", "POP"};
  for (guint i = 0; told != NULL && i < G_N_ELEMENTS(shorter); i++) {
    if (g_ascii_strncasecmp(told, shorter[i], strlen(shorter[i])) == 0)
      return shorter[i];
  }
  return told != NULL ? told : "";
}

static void read(const HgFrame *frame) {
  for (guint i = 0; i < frame->logins->len; i++) {
    const HgCredential *login = &g_array_index(frame->logins, HgCredential, i);
    hg_frame_report_login(frame, TRUE, protocol_name(login->protocol), login->user);
  }
}

const HgEvidenceSource hg_evidence_credentials = {
    .id = "credentials",
    .title = "Logins that Wireshark tells",
    .what = "user names of FTP, HTTP Basic, IMAP, POP3 and SMTP, from Wireshark's credentials tap",
    .read = read,
};
