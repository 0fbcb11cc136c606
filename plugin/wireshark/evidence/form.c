/* form.c - user names in HTML forms that have a password, too
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "wireshark/protocols/credential_keys.h"
#include "wireshark/protocols/user_text.h"
#include "wireshark/reading/source.h"

enum { KEY, VALUE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [KEY] = {"urlencoded-form.key"},
    [VALUE] = {"urlencoded-form.value"},
};

/* The value that follows `key` and precedes the next key. */
static const char *form_value(const HgFrame *frame, const field_info *key, const field_info *next) {
  const guint count = hg_frame_field_count(frame, VALUE);
  for (guint i = 0; i < count; i++) {
    field_info *value = hg_frame_field(frame, VALUE, i);
    if (value->ds_tvb == key->ds_tvb && value->start > key->start)
      return next == NULL || next->ds_tvb != key->ds_tvb || value->start < next->start
                 ? hg_field_string(value)
                 : NULL;
  }
  return NULL;
}

/* A form is a login when it has a password among its keys. */
static void read(const HgFrame *frame) {
  const guint count = hg_frame_field_count(frame, KEY);
  const char *value = NULL;
  char *user;
  gboolean has_password = FALSE;
  for (guint i = 0; i < count; i++) {
    field_info *key = hg_frame_field(frame, KEY, i);
    const char *text = hg_field_string(key);
    if (text == NULL)
      continue;
    if (hg_key_is_secret(text, strlen(text)))
      has_password = TRUE;
    else if (value == NULL && hg_key_is_user(text))
      value = form_value(frame, key, hg_frame_field(frame, KEY, i + 1));
  }
  if (!has_password)
    return;
  user = value != NULL ? hg_user_of_value(value) : NULL;
  hg_frame_report_login(frame, TRUE, "HTTP", user);
  g_free(user);
}

const HgEvidenceSource hg_evidence_form = {
    .id = "form",
    .title = "HTML forms",
    .what = "user names in forms that have a password, too; values of secrets are never looked at",
    .layers = (const char *const[]){"urlencoded-form", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .read = read,
};
