/* dcerpc.c - DCE/RPC: services, tasks, the registry and WMI of other hosts
 *
 * Wireshark knows which interface a call belongs to where it has a dissector for it, whatever the pipe:
 * then its field has the number of the operation. It has none for WMI, which runs over TCP only; there
 * the bindings of a connection are remembered here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include "wireshark/protocols/remote_control.h"

enum { TYPE, CONTEXT, INTERFACE, OPERATION, SVCCTL, ATSVC, TASKS, WINREG, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [TYPE] = {"dcerpc.pkt_type"},
    [CONTEXT] = {"dcerpc.cn_ctx_id"},
    [INTERFACE] = {"dcerpc.cn_bind_to_uuid"},
    [OPERATION] = {"dcerpc.opnum"},
    [SVCCTL] = {"svcctl.opnum"},
    [ATSVC] = {"atsvc.opnum"},
    [TASKS] = {"taskschedulerservice.opnum"},
    [WINREG] = {"winreg.opnum"},
};

/* C706, 12.6.3.1 */
enum { REQUEST = 0, BIND = 11, ALTER_CONTEXT = 14 };

typedef struct {
  const HgFrame *frame;
  gint64 type, context; /* of the message; -1: none */
} Reading;

static void bind(const Reading *reading, field_info *info) {
  HgSessions *sessions = reading->frame->sessions;
  HgRpcInterface interface;
  HgSession *session;
  guint8 uuid[16];
  if ((reading->type != BIND && reading->type != ALTER_CONTEXT) || !hg_field_uuid(info, uuid))
    return;
  interface = hg_rpc_interface(uuid);
  session = interface != HG_RPC_COUNT ? hg_sessions_of(sessions, reading->frame->packet, TRUE)
                                      : hg_sessions_known(sessions, reading->frame->packet, TRUE);
  if (session == NULL)
    return;
  session->administers |= interface != HG_RPC_COUNT;
  if (reading->context >= 0)
    hg_session_set_wbem(session, (guint16)reading->context, interface == HG_RPC_WBEM);
}

static void call_wbem(const Reading *reading, gint64 operation) {
  const HgSession *session =
      hg_sessions_known(reading->frame->sessions, reading->frame->packet, TRUE);
  if (session != NULL && reading->context >= 0 &&
      hg_session_is_wbem(session, (guint16)reading->context))
    hg_frame_report_remote_execution(reading->frame,
                                     hg_remote_by_call(HG_RPC_WBEM, (guint32)operation));
}

static void begin(Reading *reading, gint64 type) {
  HgSession *session = hg_sessions_known(reading->frame->sessions, reading->frame->packet, TRUE);
  reading->type = type;
  reading->context = -1;
  if (type == BIND && session != NULL) /* the ports are used again */
    hg_session_forget_wbem(session);
}

/* Of a field that numbers the operations of one interface. */
static HgRpcInterface interface_of(guint field) {
  switch (field) {
  case SVCCTL:
    return HG_RPC_SVCCTL;
  case ATSVC:
    return HG_RPC_ATSVC;
  case TASKS:
    return HG_RPC_TASKS;
  case WINREG:
    return HG_RPC_WINREG;
  default:
    return HG_RPC_COUNT;
  }
}

static void visit(guint field, field_info *info, gpointer data) {
  Reading *reading = data;
  gint64 number;
  if (field == INTERFACE) {
    bind(reading, info);
    return;
  }
  if (!hg_field_number(info, &number))
    return;
  if (field == TYPE)
    begin(reading, number);
  else if (field == CONTEXT)
    reading->context = number;
  else if (reading->type != REQUEST)
    return; /* the operation that was answered */
  else if (field == OPERATION)
    call_wbem(reading, number);
  else
    hg_frame_report_remote_execution(reading->frame,
                                     hg_remote_by_call(interface_of(field), (guint32)number));
}

static void read(const HgFrame *frame) {
  Reading reading = {frame, -1, -1};
  hg_frame_visit(frame, visit, &reading);
}

/* Of all that is called, only what follows the binding to an interface that matters. */
static gboolean is_worth(const HgFrame *frame) {
  const HgSession *session = hg_sessions_known(frame->sessions, frame->packet, TRUE);
  return session != NULL && session->administers;
}

static const HgInfoWords words[] = {
    {{"Bind: "}, "dcerpc.pkt_type == 11", NULL},
    {{"Alter_context: "}, "dcerpc.pkt_type == 14", NULL},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"DCERPC", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_dcerpc = {
    .id = "dcerpc",
    .title = "DCE/RPC",
    .what = "services, tasks, registry values and WMI methods that are called on other hosts",
    .layers = (const char *const[]){"dcerpc", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .info_otherwise = HG_INFO_LABEL,
    .is_worth = is_worth,
    .read = read,
};
