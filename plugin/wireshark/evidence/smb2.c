/* smb2.c - SMB2 and 3: logins that are refused, shares for administrators, programs put there
 *
 * A packet may hold several messages, so fields are told apart by the header that they follow. What has a
 * fixed place is read there: the name of a file that is asked for is no field in 4.6 until it was opened.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include "wireshark/protocols/remote_control.h"
#include "wireshark/reading/login_failures.h"

enum { COMMAND, TREE, USER, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [COMMAND] = {"smb2.cmd"},
    [TREE] = {"smb2.tree"},
    [USER] = {"ntlmssp.auth.username"},
};

/* MS-SMB2 2.2.1.2, 2.2.13 */
enum {
  SESSION_SETUP = 1,
  TREE_CONNECT = 3,
  CREATE = 5,
  SERVER_TO_REDIR = 1, /* flag of a response */
  FILE_OPEN = 1,       /* disposition: fail if it is not there */
};

/* Where in a message it is, bytes; the body begins at 64. */
enum {
  AT_STATUS = 8,
  AT_COMMAND = 12,
  AT_FLAGS = 16,
  AT_DISPOSITION = 64 + 36,
  AT_NAME_OFFSET = 64 + 44, /* from where the message begins; the length, in bytes, follows */
};

typedef struct {
  const HgFrame *frame;
  field_info *command; /* in the header; NULL: there is no message yet */
  const char *tree;    /* that the header names, or that is asked for */
} Message;

/* From so many bytes of the message on. NULL when not all were captured. */
static const guint8 *bytes_at(const Message *message, guint at, guint length) {
  return hg_field_within(message->command, (gint)at - AT_COMMAND, length);
}

/* The name in a Create Request. What is not ASCII is "?": no name that is looked for has any. NULL when
 * cut short. (transfer full) */
static char *file_of(const Message *message) {
  const guint8 *place = bytes_at(message, AT_NAME_OFFSET, 4);
  const guint offset = place != NULL ? place[0] | (guint)place[1] << 8 : 0;
  const guint length = place != NULL ? place[2] | (guint)place[3] << 8 : 0;
  const guint8 *name = length > 0 ? bytes_at(message, offset, length) : NULL;
  GString *text;
  if (name == NULL)
    return NULL;
  text = g_string_sized_new(length / 2);
  for (guint i = 0; i + 1 < length; i += 2)
    g_string_append_c(text,
                      name[i + 1] == 0 && name[i] > 0 && name[i] < 0x80 ? (char)name[i] : '?');
  return g_string_free(text, FALSE);
}

static void read_create(const Message *message) {
  const guint8 *disposition = bytes_at(message, AT_DISPOSITION, 4);
  char *file = file_of(message);
  hg_frame_report_remote_execution(message->frame, hg_remote_by_tool(file));
  if (disposition != NULL && hg_little_endian(disposition) != FILE_OPEN)
    hg_frame_report_remote_execution(message->frame, hg_remote_by_program(message->tree, file));
  g_free(file);
}

static void end_message(const Message *message) {
  const guint8 *status = bytes_at(message, AT_STATUS, 4), *flags = bytes_at(message, AT_FLAGS, 4);
  gint64 command;
  if (status == NULL || flags == NULL || !hg_field_number(message->command, &command))
    return;
  if (hg_little_endian(flags) & SERVER_TO_REDIR) {
    if (command == SESSION_SETUP)
      hg_login_failures_by_status(message->frame, hg_little_endian(status));
  } else if (command == TREE_CONNECT) {
    hg_frame_report_remote_execution(message->frame, hg_remote_by_share(message->tree));
  } else if (command == CREATE) {
    read_create(message);
  }
}

static void visit(guint field, field_info *info, gpointer data) {
  Message *message = data;
  if (field == COMMAND) {
    end_message(message);
    message->command = info;
    message->tree = NULL;
  } else if (field == USER) {
    hg_frame_note_user(message->frame, hg_field_string(info));
  } else { /* the header's, which Wireshark remembers, comes first */
    message->tree = hg_field_string(info);
  }
}

static void read(const HgFrame *frame) {
  Message message = {.frame = frame};
  hg_frame_visit(frame, visit, &message);
  end_message(&message);
}

static const HgInfoWords words[] = {
    {{"Session Setup", "User: "}, "smb2.cmd == 1 && ntlmssp.auth.username", NULL},
    {{"Session Setup", "Error"}, "smb2.cmd == 1 && smb2.nt_status == 0xc000006d", NULL},
    {{"Tree Connect", "$"},
     "smb2.cmd == 3 && smb2.tree contains \"$\" && smb2.flags.response == 0",
     NULL},
    {{"Create"}, "smb2.cmd == 5 && smb2.flags.response == 0", hg_remote_info_may_name_file},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"SMB2", HG_INFO_STATUS, NULL},
    {"SMB3", HG_INFO_STATUS, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_smb2 = {
    .id = "smb2",
    .title = "SMB2 and SMB3",
    .what =
        "logins that are refused, and whose; shares for administrators, programs put there, remote shells",
    .layers = (const char *const[]){"smb2", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .info_tells_last = TRUE,
    .words = words,
    .info = info,
    .read = read,
};
