/* credentials.c - user names that Wireshark's "credentials" tap tells: FTP, HTTP Basic, IMAP, POP3
 *
 * Those of SMTP are read by smtp.c: the tap has the password among them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

#include "wireshark/protocols/user_text.h"

/* By the name that the Protocol column has, too: "HTTP basic auth" is HTTP, "POP3" is POP. */
static const char *protocol_name(const char *told) {
  static const char *const shorter[] = {"HTTP", "POP"};
  for (guint i = 0; told != NULL && i < G_N_ELEMENTS(shorter); i++) {
    if (g_ascii_strncasecmp(told, shorter[i], strlen(shorter[i])) == 0)
      return shorter[i];
  }
  return told != NULL ? told : "";
}

/* Of POP3 the tap tells all that follows USER, of IMAP the bytes up to a blank. */
static gboolean is_argument(const char *protocol) {
  return strcmp(protocol, "POP") == 0 || strcmp(protocol, "IMAP") == 0;
}

static void read(const HgFrame *frame) {
  for (guint i = 0; i < frame->logins->len; i++) {
    const HgCredential *login = &g_array_index(frame->logins, HgCredential, i);
    const char *protocol = protocol_name(login->protocol);
    char *user;
    if (strcmp(protocol, "SMTP") == 0)
      continue;
    user = login->user != NULL && is_argument(protocol) ? hg_user_of_argument(login->user)
                                                        : g_strdup(login->user);
    hg_frame_report_login(frame, TRUE, protocol, user);
    g_free(user);
  }
}

const HgEvidenceSource hg_evidence_credentials = {
    .id = "credentials",
    .title = "Logins that Wireshark tells",
    .what = "user names of FTP, HTTP Basic, IMAP and POP3, from Wireshark's credentials tap",
    .read = read,
};
