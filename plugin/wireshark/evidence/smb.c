/* smb.c - SMB1: logins that are refused, shares for administrators, EternalBlue
 *
 * A packet may hold several messages, and a message several commands (AndX).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

#include "wireshark/protocols/remote_control.h"
#include "wireshark/reading/login_failures.h"

enum { COMMAND, PATH, FILE_NAME, DISPOSITION, TRANS2, NT_FUNCTION, ACCOUNT, NTLM_USER, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [COMMAND] = {"smb.cmd"},       [PATH] = {"smb.path"},
    [FILE_NAME] = {"smb.file"},    [DISPOSITION] = {"smb.create.disposition"},
    [TRANS2] = {"smb.trans2.cmd"}, [NT_FUNCTION] = {"smb.nt.function"},
    [ACCOUNT] = {"smb.account"},   [NTLM_USER] = {"ntlmssp.auth.username"},
};

/* MS-CIFS 2.2.2.1, 2.2.3.1, 2.2.4.64.1 */
enum {
  TRANSACTION2 = 0x32,
  SESSION_SETUP_ANDX = 0x73,
  TREE_CONNECT_ANDX = 0x75,
  NT_TRANSACT = 0xa0,
  NT_CREATE_ANDX = 0xa2,
  FLAGS_REPLY = 0x80,
  FLAGS2_NT_STATUS = 0x4000,
  FILE_OPEN = 1,
};

/* MS-CIFS 2.2.6.15: reserved and implemented by nobody, but by the backdoor DoublePulsar, which
 * EternalBlue (MS17-010) leaves behind and is looked for with. */
#define TRANS2_SESSION_SETUP 0x0e

/* MS-CIFS 2.2.7: the functions of NT_TRANSACT begin with 1. EternalBlue (CVE-2017-0144) begins a
 * transaction of none, of more data than a TRANSACTION2 can hold, and continues it as such. */
#define NT_TRANSACT_NONE 0

typedef struct {
  const HgFrame *frame;
  guint8 commands[256]; /* whether it holds them */
  gboolean is_reply;
  guint32 status;
  const char *path; /* of the tree: of the header, or the one asked for */
  const char *file;
  gboolean opened;            /* as it is there */
  gint64 trans2, nt_function; /* -1: none */
} Message;

static void end_request(const Message *message) {
  const HgFrame *frame = message->frame;
  if (message->commands[TREE_CONNECT_ANDX])
    hg_frame_report_remote_execution(frame, hg_remote_by_share(message->path));
  if (message->commands[NT_CREATE_ANDX])
    hg_frame_report_remote_execution(frame, hg_remote_by_tool(message->file));
  if (message->commands[NT_CREATE_ANDX] && !message->opened)
    hg_frame_report_remote_execution(frame, hg_remote_by_program(message->path, message->file));
  if (message->commands[TRANSACTION2] && message->trans2 == TRANS2_SESSION_SETUP)
    hg_frame_report_remote_execution(frame, "smb1-exploit");
  if (message->commands[NT_TRANSACT] && message->nt_function == NT_TRANSACT_NONE)
    hg_frame_report_remote_execution(frame, "smb1-overflow");
}

static void end_message(const Message *message) {
  if (!message->is_reply)
    end_request(message);
  else if (message->commands[SESSION_SETUP_ANDX])
    hg_login_failures_by_status(message->frame, message->status);
}

/* The command of a header follows the protocol's name; status and flags follow it. */
static void begin_message(Message *message, const guint8 *header) {
  const guint flags2 = header[10] | (guint)header[11] << 8;
  *message = (Message){.frame = message->frame, .opened = TRUE, .trans2 = -1, .nt_function = -1};
  message->is_reply = (header[9] & FLAGS_REPLY) != 0;
  message->status = flags2 & FLAGS2_NT_STATUS ? hg_little_endian(header + 5) : 0;
}

static void read_command(Message *message, field_info *info) {
  const guint8 *header = hg_field_within(info, -4, 12);
  gint64 command;
  if (header != NULL && memcmp(header, "\xffSMB", 4) == 0) {
    end_message(message);
    begin_message(message, header);
  }
  if (hg_field_number(info, &command) && command >= 0 && command < 256)
    message->commands[command] = TRUE;
}

static void visit(guint field, field_info *info, gpointer data) {
  Message *message = data;
  gint64 disposition;
  switch (field) {
  case COMMAND:
    read_command(message, info);
    break;
  case PATH: /* the header's, which Wireshark remembers, comes first */
    message->path = hg_field_string(info);
    break;
  case FILE_NAME:
    if (message->file == NULL)
      message->file = hg_field_string(info);
    break;
  case DISPOSITION:
    message->opened = hg_field_number(info, &disposition) && disposition == FILE_OPEN;
    break;
  case ACCOUNT:
  case NTLM_USER:
    hg_frame_note_user(message->frame, hg_field_string(info));
    break;
  case TRANS2:
    hg_field_number(info, &message->trans2);
    break;
  case NT_FUNCTION:
    hg_field_number(info, &message->nt_function);
    break;
  default:
    break;
  }
}

static void read(const HgFrame *frame) {
  Message message = {.frame = frame, .opened = TRUE, .trans2 = -1, .nt_function = -1};
  hg_frame_visit(frame, visit, &message);
  end_message(&message);
}

static const HgInfoWords words[] = {
    {{"Session Setup AndX Request"}, /* Info shows users of newer dialects only */
     "smb.cmd == 0x73 && (smb.account != \"\" || ntlmssp.auth.username)",
     NULL},
    {{"Session Setup", "Error"}, "smb.cmd == 0x73 && smb.nt_status == 0xc000006d", NULL},
    {{"Tree Connect", "$"},
     "smb.cmd == 0x75 && smb.path contains \"$\" && smb.flags.response == 0",
     NULL},
    {{"Create"}, "smb.cmd == 0xa2 && smb.flags.response == 0", hg_remote_info_may_name_file},
    {{"SESSION_SETUP"}, "smb.trans2.cmd == 0x0e && smb.flags.response == 0", NULL},
    {{"NT Trans Request"}, "smb.cmd == 0xa0 && smb.flags.response == 0", NULL},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"SMB", HG_INFO_STATUS, NULL},         {"SMB Pipe", HG_INFO_LABEL, NULL},
    {"SMB Mailslot", HG_INFO_LABEL, NULL}, {"LANMAN", HG_INFO_LABEL, NULL},
    {"SMB_NETLOGON", HG_INFO_LABEL, NULL}, {"BROWSER", HG_INFO_LABEL, NULL},
    {"SMB*", HG_INFO_STATUS, NULL},        {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_smb = {
    .id = "smb",
    .title = "SMB1",
    .what =
        "logins that are refused, and whose; shares for administrators, programs put there, remote shells; "
        "EternalBlue and its backdoor",
    .layers = (const char *const[]){"smb", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .info_tells_last = TRUE,
    .words = words,
    .info = info,
    .read = read,
};
