/* frame.c - one frame, as a source of evidence is given it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "frame.h"

#include "tally/types/login_failure.h"
#include "wireshark/dissection/ip_address.h"
#include "wireshark/protocols/injected_text.h"

#include <string.h>

HgAddress hg_frame_network_source(const HgFrame *frame) {
  return hg_address_of_ip(&frame->pinfo->net_src);
}

HgAddress hg_frame_network_destination(const HgFrame *frame) {
  return hg_address_of_ip(&frame->pinfo->net_dst);
}

gboolean hg_frame_has_message(const HgFrame *frame) {
  return frame->payload.bytes != NULL;
}

HgMessageBytes hg_frame_message(const HgFrame *frame, guint field) {
  HgMessageBytes message = frame->payload;
  if (message.bytes == NULL)
    message.bytes =
        hg_field_remaining(hg_frame_field(frame, field, 0), &message.captured, &message.length);
  return message;
}

gboolean hg_frame_is_protocol(const HgFrame *frame, const char *prefix) {
  return frame->packet->protocol != NULL && g_str_has_prefix(frame->packet->protocol, prefix);
}

void hg_frame_report(const HgFrame *frame, HgEvidence *evidence) {
  evidence->frame = frame->packet->frame;
  hg_tally_builder_evidence(frame->builder, evidence);
}

/* An injection is nobody's name, and not that of whom was named before. */
static void note_user(const HgFrame *frame, gboolean from_client, const char *user) {
  if (user != NULL && *user != '\0')
    hg_session_set_user(hg_sessions_of(frame->sessions, frame->packet, from_client),
                        hg_injected_in_user(user) == HG_INJECTION_NONE ? user : NULL);
}

void hg_frame_report_injection(const HgFrame *frame, const HgInjection *injection) {
  g_autofree char *subject = hg_injection_subject(injection);
  hg_frame_report_observation(frame, HG_OBSERVED_INJECTION, &frame->packet->source,
                              &frame->packet->destination, subject, 0);
}

/* Where the user's name came in a packet of the client: what a server shows is not its own doing. */
static gboolean is_injection(const HgFrame *frame, gboolean from_client, const char *user) {
  const HgInjectionKind kind = user != NULL ? hg_injected_in_user(user) : HG_INJECTION_NONE;
  if (kind != HG_INJECTION_NONE && from_client)
    hg_frame_report_injection(frame, &(HgInjection){kind, HG_INJECTED_USER, FALSE});
  return kind != HG_INJECTION_NONE;
}

void hg_frame_report_login(const HgFrame *frame, gboolean from_client, const char *protocol,
                           const char *user) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_LOGIN};
  evidence.login.client = from_client ? frame->packet->source : frame->packet->destination;
  evidence.login.server = from_client ? frame->packet->destination : frame->packet->source;
  evidence.login.protocol = protocol;
  evidence.login.user = user != NULL ? user : "";
  if (!is_injection(frame, from_client, user))
    hg_frame_report(frame, &evidence);
  note_user(frame, from_client, user);
}

void hg_frame_note_user(const HgFrame *frame, const char *user) {
  note_user(frame, TRUE, user);
}

void hg_frame_note_password(const HgFrame *frame, const void *bytes, gsize length) {
  if (bytes != NULL)
    hg_sessions_of(frame->sessions, frame->packet, TRUE)->password =
        hg_login_failure_password(bytes, length);
}

void hg_frame_report_login_failure(const HgFrame *frame, const char *protocol,
                                   gboolean unknown_user) {
  HgSession *session = hg_sessions_known(frame->sessions, frame->packet, FALSE);
  HgLoginFailure failure = {.protocol = protocol, .unknown_user = unknown_user};
  char *subject;
  if (session != NULL) {
    failure.user = session->user;
    failure.password = session->password;
  }
  subject = hg_login_failure_subject(&failure);
  hg_frame_report_observation(frame, HG_OBSERVED_LOGIN_FAILURE, &frame->packet->destination,
                              &frame->packet->source, subject, 0);
  g_free(subject);
  if (session != NULL)
    hg_session_set_user(session, NULL);
}

void hg_frame_report_remote_execution(const HgFrame *frame, const char *technique) {
  if (technique != NULL)
    hg_frame_report_observation(frame, HG_OBSERVED_REMOTE_CONTROL, &frame->packet->source,
                                &frame->packet->destination, technique, 0);
}

void hg_frame_report_name(const HgFrame *frame, const HgAddress *address, const char *name,
                          HgNameSource source) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_NAME};
  if (address->kind == HG_ADDRESS_NONE || name == NULL || *name == '\0')
    return;
  evidence.name.address = *address;
  evidence.name.name = name;
  evidence.name.source = source;
  hg_frame_report(frame, &evidence);
}

void hg_frame_report_named(const HgFrame *frame, HgObservationKind kind, const char *name) {
  char *lower;
  gsize length;
  if (name == NULL || *name == '\0')
    return;
  lower = g_ascii_strdown(name, -1);
  length = strlen(lower);
  if (length > 1 && lower[length - 1] == '.')
    lower[length - 1] = '\0';
  hg_frame_report_observation(frame, kind, &frame->packet->source, &frame->packet->destination,
                              lower, frame->payload.length);
  g_free(lower);
}

void hg_frame_report_observation(const HgFrame *frame, HgObservationKind kind,
                                 const HgAddress *actor, const HgAddress *peer, const char *subject,
                                 guint64 size) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_OBSERVATION};
  evidence.observation.kind = kind;
  evidence.observation.actor = *actor;
  evidence.observation.peer = *peer;
  evidence.observation.subject = subject != NULL ? subject : "";
  evidence.observation.size = size;
  hg_frame_report(frame, &evidence);
}
