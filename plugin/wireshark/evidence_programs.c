/* evidence_programs.c - programs put on shares that only administrators may use (SMB2)
 *
 * ADMIN$ is the system's folder, C$ a whole disk: who writes a program there can have it run, by a
 * service or a task. Reading one, or a share that was made for programs, is none of that.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <string.h>

#include "evidence_private.h"

/* MS-SMB2 2.2.13: everything but "open, and fail if it is not there". */
#define FILE_OPEN 1

static const char *const endings[] = {".exe", ".dll", ".bat", ".cmd",
                                      ".ps1", ".vbs", ".msi", ".sys"};

static gboolean ends_in(const char *name, const char *ending) {
  const gsize length = strlen(name), size = strlen(ending);
  return length >= size && g_ascii_strcasecmp(name + length - size, ending) == 0;
}

static gboolean is_program(const char *name) {
  for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
    if (ends_in(name, endings[i]))
      return TRUE;
  }
  return FALSE;
}

gboolean hg_programs_may_name(const char *info) {
  for (const char *dot = strchr(info, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
      if (g_ascii_strncasecmp(dot, endings[i], strlen(endings[i])) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

/* \\server\ADMIN$, \\server\C$ */
static gboolean is_for_administrators(const char *tree) {
  const char *share = strrchr(tree, '\\');
  return share != NULL && (g_ascii_strcasecmp(share + 1, "ADMIN$") == 0 ||
                           (g_ascii_isalpha(share[1]) && strcmp(share + 2, "$") == 0));
}

void hg_programs_read(const HgFrame *frame) {
  const char *tree = hg_field_string(hg_frame_field(frame, HG_FIELD_SMB2_TREE, 0));
  const char *name = hg_field_string(hg_frame_field(frame, HG_FIELD_SMB2_FILE, 0));
  field_info *disposition = hg_frame_field(frame, HG_FIELD_SMB2_DISPOSITION, 0);
  if (tree != NULL && name != NULL && disposition != NULL && is_program(name) &&
      is_for_administrators(tree) && hg_compat_uinteger(disposition) != FILE_OPEN)
    hg_frame_report_observation(frame, HG_OBSERVED_REMOTE_CONTROL, &frame->packet->source,
                                &frame->packet->destination, "program", 0);
}
