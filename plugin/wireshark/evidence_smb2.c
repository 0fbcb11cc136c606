/* evidence_smb2.c - SMB2 and 3: logins that are turned down, shares for administrators, programs put there
 *
 * A packet may hold several messages, so fields are told apart by the header that they follow.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include "evidence_private.h"
#include "remote_control.h"

/* MS-SMB2 2.2.1.2: SMB2_FLAGS_SERVER_TO_REDIR; 2.2.13: to open, and fail if it is not there. */
enum { SESSION_SETUP = 1, TREE_CONNECT = 3, CREATE = 5, FLAG_RESPONSE = 1, FILE_OPEN = 1 };

typedef struct {
  const HgFrame *frame;
  gint64 command; /* -1: there is no message yet */
  gboolean is_response;
  guint32 status;
  const char *tree; /* of the header, or the one asked for */
  const char *file;
  gboolean opened; /* as it is there */
} Message;

static void end_message(const Message *message) {
  if (message->is_response) {
    if (message->command == SESSION_SETUP && hg_refusals_by_status(message->status))
      hg_frame_report_refusal(message->frame, "SMB");
  } else if (message->command == TREE_CONNECT) {
    hg_frame_report_control(message->frame, hg_remote_by_share(message->tree));
  } else if (message->command == CREATE) {
    hg_frame_report_control(message->frame, hg_remote_by_tool(message->file));
    if (!message->opened)
      hg_frame_report_control(message->frame, hg_remote_by_program(message->tree, message->file));
  }
}

/* The command stands 12 bytes into the header, behind the status; flags come 4 bytes after it. */
static void begin_message(Message *message, field_info *command) {
  const guint8 *around = hg_field_around(command, 4, 12);
  *message = (Message){.frame = message->frame, .command = -1, .opened = TRUE};
  if (around == NULL || !hg_field_number(command, &message->command))
    return;
  message->status = hg_little_endian(around);
  message->is_response = (hg_little_endian(around + 8) & FLAG_RESPONSE) != 0;
}

static void visit(HgField field, field_info *info, gpointer data) {
  Message *message = data;
  gint64 disposition;
  switch (field) {
  case HG_FIELD_SMB2_COMMAND:
    end_message(message);
    begin_message(message, info);
    break;
  case HG_FIELD_SMB2_TREE: /* the header's, which Wireshark remembers, comes first */
    message->tree = hg_field_string(info);
    break;
  case HG_FIELD_SMB2_FILE:
    if (message->file == NULL)
      message->file = hg_field_string(info);
    break;
  case HG_FIELD_SMB2_DISPOSITION:
    message->opened = hg_field_number(info, &disposition) && disposition == FILE_OPEN;
    break;
  default:
    break;
  }
}

void hg_smb2_read(const HgFrame *frame) {
  Message message = {.frame = frame, .command = -1, .opened = TRUE};
  hg_fields_visit(&frame->reader->fields, frame->reader->look, HG_FIELD_SMB2_COMMAND,
                  HG_FIELD_SMB2_DISPOSITION, visit, &message);
  end_message(&message);
}
