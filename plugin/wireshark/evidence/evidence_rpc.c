/* evidence_rpc.c - DCE/RPC: services, tasks, the registry and WMI of other hosts
 *
 * Wireshark knows which interface a call belongs to where it has a dissector for it, whatever the pipe:
 * then its field has the number of the operation. It has none for WMI, which runs over TCP only; there
 * the bindings of a connection are remembered here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "evidence_private.h"
#include "remote_control.h"

/* C706, 12.6.3.1 */
enum { REQUEST = 0, BIND = 11, ALTER_CONTEXT = 14 };

typedef struct {
  const HgFrame *frame;
  gint64 type, context; /* of the message; -1: none */
} Reading;

static void bind(const Reading *reading, field_info *info) {
  HgSessions *sessions = reading->frame->reader->sessions;
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
      hg_sessions_known(reading->frame->reader->sessions, reading->frame->packet, TRUE);
  if (session != NULL && reading->context >= 0 &&
      hg_session_is_wbem(session, (guint16)reading->context))
    hg_frame_report_control(reading->frame, hg_remote_by_call(HG_RPC_WBEM, (guint32)operation));
}

static void begin(Reading *reading, gint64 type) {
  HgSession *session =
      hg_sessions_known(reading->frame->reader->sessions, reading->frame->packet, TRUE);
  reading->type = type;
  reading->context = -1;
  if (type == BIND && session != NULL) /* the ports are used again */
    hg_session_forget_wbem(session);
}

/* Of a field that numbers the operations of one interface. */
static HgRpcInterface interface_of(HgField field) {
  switch (field) {
  case HG_FIELD_SVCCTL_OPERATION:
    return HG_RPC_SVCCTL;
  case HG_FIELD_ATSVC_OPERATION:
    return HG_RPC_ATSVC;
  case HG_FIELD_TASKS_OPERATION:
    return HG_RPC_TASKS;
  case HG_FIELD_WINREG_OPERATION:
    return HG_RPC_WINREG;
  default:
    return HG_RPC_COUNT;
  }
}

static void visit(HgField field, field_info *info, gpointer data) {
  Reading *reading = data;
  gint64 number;
  if (field == HG_FIELD_RPC_INTERFACE) {
    bind(reading, info);
    return;
  }
  if (!hg_field_number(info, &number))
    return;
  if (field == HG_FIELD_RPC_TYPE)
    begin(reading, number);
  else if (field == HG_FIELD_RPC_CONTEXT)
    reading->context = number;
  else if (reading->type != REQUEST)
    return; /* the operation that was answered */
  else if (field == HG_FIELD_RPC_OPERATION)
    call_wbem(reading, number);
  else
    hg_frame_report_control(reading->frame,
                            hg_remote_by_call(interface_of(field), (guint32)number));
}

void hg_rpc_read(const HgFrame *frame) {
  Reading reading = {frame, -1, -1};
  hg_fields_visit(&frame->reader->fields, frame->reader->look, HG_FIELD_RPC_TYPE,
                  HG_FIELD_WINREG_OPERATION, visit, &reading);
}
