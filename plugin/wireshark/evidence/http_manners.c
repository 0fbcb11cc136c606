/* http_manners.c - HTTP: what malware and attackers do with it
 *
 * Read from the segments themselves, whatever the port: captures that lost segments, or hold one direction, show a
 * dissector no whole answer. Of what was sent nothing is kept but words of our own and digests.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/digest_class.h"
#include "wireshark/reading/source.h"

#include <string.h>

#include "wireshark/protocols/content_claim.h"
#include "wireshark/protocols/executable.h"
#include "wireshark/protocols/http_head.h"
#include "wireshark/protocols/http_message.h"
#include "wireshark/protocols/injected_text.h"
#include "wireshark/protocols/user_agent.h"

enum { PAYLOAD, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [PAYLOAD] = {"tcp.payload"},
};

/* What a segment begins with. */
typedef struct {
  const HgFrame *frame;
  const guint8 *bytes;
  gsize length;
  HgHttpMessageStart message;
} Segment;

static gboolean is_in_bytes(const HgFrame *frame) {
  return frame->tapped;
}

/* NULL: there is no such field. Borrowed. */
static const guint8 *value_of(const Segment *segment, const char *name, gsize *length) {
  return hg_http_head_value(segment->message.head.bytes, segment->message.head.length, name,
                            length);
}

static gboolean value_begins(const Segment *segment, const char *name, const char *begin) {
  gsize length;
  const guint8 *value = value_of(segment, name, &length);
  return value != NULL && length >= strlen(begin) &&
         g_ascii_strncasecmp((const char *)value, begin, strlen(begin)) == 0;
}

/* --- requests --- */

static gboolean is_method(const Segment *segment, const char *method) {
  return segment->message.method.length == strlen(method) &&
         memcmp(segment->message.method.bytes, method, strlen(method)) == 0;
}

/* Delivery Optimization fetches from caches that its service names by their addresses (Microsoft, "Delivery
 * Optimization reference"). */
static gboolean is_delivery(const Segment *segment, HgHttpText path) {
  static const char folder[] = "/filestreamingservice/files/";
  return value_begins(segment, "User-Agent", "Microsoft-Delivery-Optimization/") ||
         (path.length > strlen(folder) && memcmp(path.bytes, folder, strlen(folder)) == 0);
}

/* The host that is asked for: of an absolute target, or of the Host field. NULL: not told. (transfer full) */
static char *host_of(const Segment *segment) {
  const HgHttpText target = segment->message.target;
  gsize length;
  const char *scheme = g_strstr_len((const char *)target.bytes, (gssize)target.length, "://");
  const char *host;
  if (scheme != NULL && target.bytes[0] != '/') {
    host = scheme + 3;
    length = target.length - (gsize)(host - (const char *)target.bytes);
    for (gsize i = 0; i < length; i++)
      length = strchr("/?#", host[i]) != NULL ? i : length;
  } else {
    host = (const char *)value_of(segment, "Host", &length);
  }
  return host != NULL ? hg_http_authority_host(host, length) : NULL;
}

static HgCalled called(const Segment *segment, HgHttpText path) {
  g_autofree char *host = host_of(segment);
  return host == NULL                     ? HG_CALLED_UNKNOWN
         : !hg_http_host_is_address(host) ? HG_CALLED_NAME
         : is_delivery(segment, path)     ? HG_CALLED_DELIVERY
                                          : HG_CALLED_ADDRESS;
}

/* Protocols that POST to whoever serves them, and say so: SOAP and what is built on it (UPnP, ONVIF, TR-069),
 * XML-RPC, OCSP (RFC 6960), time stamps (RFC 3161), DNS (RFC 8484), printing (RFC 8010), Git ("smart" HTTP),
 * Prometheus (remote write). */
static gboolean is_protocol(const Segment *segment) {
  static const char *const types[] = {"application/soap+xml",
                                      "application/ocsp-request",
                                      "application/timestamp-query",
                                      "application/dns-message",
                                      "application/ipp",
                                      "application/x-git-",
                                      "text/xml",
                                      "application/xml"};
  gsize length;
  for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
    if (value_begins(segment, "Content-Type", types[i]))
      return TRUE;
  }
  return value_of(segment, "SOAPAction", &length) != NULL ||
         value_of(segment, "X-Prometheus-Remote-Write-Version", &length) != NULL;
}

/* A browser says from which page a form is sent. */
static gboolean is_from_page(const Segment *segment) {
  gsize length;
  return value_of(segment, "Referer", &length) != NULL ||
         value_of(segment, "Origin", &length) != NULL;
}

static void read_post(const Segment *segment) {
  char *subject = g_strdup_printf("%s %04x",
                                  is_protocol(segment)    ? "protocol"
                                  : is_from_page(segment) ? "form"
                                                          : "data",
                                  hg_digest_class(hg_http_target_digest(segment->message.target)));
  hg_frame_report_observation(segment->frame, HG_OBSERVED_ADDRESS_POST,
                              &segment->frame->packet->source, &segment->frame->packet->destination,
                              subject, segment->frame->packet->payload_length);
  g_free(subject);
}

/* Proxies say for whom they ask (RFC 9110, 7.6.3; X-Forwarded-For is what most use), and not for themselves. Who
 * attacks may say so, too, to look as if from inside. */
static gboolean is_forwarded(const Segment *segment) {
  static const char name[] = "X-Forwarded-For";
  gsize length;
  const guint8 *client = value_of(segment, name, &length);
  if (client != NULL)
    return (g_ascii_isxdigit(client[0]) || client[0] == '[') &&
           !value_begins(segment, name, "127.");
  return value_of(segment, "Via", &length) != NULL;
}

static void report_injection(const Segment *segment, HgInjectionKind kind, HgInjectionPlace place) {
  if (kind != HG_INJECTION_NONE)
    hg_frame_report_injection(segment->frame, &(HgInjection){kind, place, is_forwarded(segment)});
}

/* What only attackers and scanners send. */
static void read_signs(const Segment *segment) {
  const HgHttpMessageStart *message = &segment->message;
  gsize length;
  const guint8 *agent = value_of(segment, "User-Agent", &length);
  const char *scanner = hg_user_agent_scanner(agent, length);
  report_injection(segment, hg_injected_in_target(message->target.bytes, message->target.length),
                   HG_INJECTED_TARGET);
  report_injection(segment, hg_injected_in_fields(message->head.bytes, message->head.length),
                   HG_INJECTED_HEADER);
  if (scanner != NULL && !is_forwarded(segment))
    hg_frame_report_observation(segment->frame, HG_OBSERVED_SCANNER,
                                &segment->frame->packet->source,
                                &segment->frame->packet->destination, scanner, 0);
}

/* Which paths are different, as far as somebody might look for them. */
static guint64 path_number(const Segment *segment, HgHttpText path) {
  gsize length;
  const guint8 *agent = value_of(segment, "User-Agent", &length);
  return hg_user_agent_is_package_manager(agent, length) ? 0 : hg_http_path_digest(path);
}

static void read_request(const Segment *segment) {
  const HgHttpText path = hg_http_target_path(segment->message.target);
  const HgHttpRequest request = {
      .path = path_number(segment, path),
      .name =
          hg_content_claim_of_target(segment->message.target.bytes, segment->message.target.length),
      .host = called(segment, path),
      .plain = !is_method(segment, "HEAD"),
  };
  if (!hg_http_exchanges_request(hg_sessions_http(segment->frame->sessions), segment->frame->packet,
                                 &request))
    return;
  if (request.host == HG_CALLED_ADDRESS && is_method(segment, "POST"))
    read_post(segment);
  read_signs(segment);
}

/* --- answers --- */

static void report_download(const HgFrame *frame, HgDownload download, HgExecutable format) {
  char *subject;
  if (format == HG_EXECUTABLE_NONE)
    return;
  download.format = format;
  subject = hg_download_subject(&download);
  hg_frame_report_observation(frame, HG_OBSERVED_DOWNLOAD, &frame->packet->destination,
                              &frame->packet->source, subject, 0);
  g_free(subject);
}

static HgDownload download_of(const Segment *segment, const HgHttpRequest *request) {
  gsize length;
  const guint8 *type = value_of(segment, "Content-Type", &length);
  HgDownload download = {.type = hg_content_claim_of_type(type, length)};
  const guint8 *disposition = value_of(segment, "Content-Disposition", &length);
  download.name = hg_content_claim_of_disposition(disposition, length);
  if (download.name == HG_CLAIM_UNKNOWN && request != NULL)
    download.name = request->name;
  download.host = request != NULL ? request->host : HG_CALLED_UNKNOWN;
  return download;
}

static void read_body(const Segment *segment, const HgHttpRequest *request) {
  const HgHttpText body = hg_http_message_body(&segment->message, segment->bytes, segment->length);
  const gboolean ends = segment->message.body >= segment->frame->packet->payload_length;
  if (segment->message.body == 0 || (request != NULL && !request->plain))
    return;
  if (body.length > 0) {
    report_download(segment->frame, download_of(segment, request),
                    hg_executable_of(body.bytes, body.length));
  } else if (ends) {
    const HgDownload download = download_of(segment, request);
    hg_http_exchanges_expect_body(hg_sessions_http(segment->frame->sessions),
                                  segment->frame->packet, &download);
  }
}

static void report_answer(const HgFrame *frame, guint status, const HgHttpRequest *request) {
  enum { NOT_FOUND = 404, GONE = 410 };
  char *subject = status == NOT_FOUND || status == GONE
                      ? g_strdup_printf("missing %04x", hg_digest_class(request->path))
                      : g_strdup("found");
  hg_frame_report_observation(frame, HG_OBSERVED_WEB_ANSWER, &frame->packet->destination,
                              &frame->packet->source, subject, 0);
  g_free(subject);
}

static void read_answer(const Segment *segment) {
  const guint status = segment->message.status;
  const HgHttpRequest *request;
  if (status < 200) /* interim: the answer comes yet */
    return;
  request =
      hg_http_exchanges_answer(hg_sessions_http(segment->frame->sessions), segment->frame->packet);
  if (request != NULL)
    report_answer(segment->frame, status, request);
  if (status < 300)
    read_body(segment, request);
}

static void read_awaited(const HgFrame *frame, const HgMessageBytes *payload) {
  const HgDownload *download =
      hg_http_exchanges_body(hg_sessions_http(frame->sessions), frame->packet);
  const gsize skipped =
      download != NULL ? hg_http_chunk_head(payload->bytes, payload->captured) : 0;
  if (download != NULL)
    report_download(frame, *download,
                    hg_executable_of(payload->bytes + skipped, payload->captured - skipped));
}

static void read(const HgFrame *frame) {
  HgMessageBytes payload;
  Segment segment = {.frame = frame};
  if (frame->packet->payload_length == 0)
    return;
  payload = hg_frame_message(frame, PAYLOAD);
  if (payload.bytes == NULL)
    return;
  segment.bytes = payload.bytes;
  segment.length = payload.captured;
  if (!hg_http_message_read(payload.bytes, payload.captured, &segment.message))
    read_awaited(frame, &payload);
  else if (segment.message.status != 0)
    read_answer(&segment);
  else
    read_request(&segment);
}

const HgEvidenceSource hg_evidence_http_manners = {
    .id = "http-manners",
    .title = "HTTP, as malware and attackers use it",
    .what =
        "executables, what they claim to be, and how their server was called; POSTs to addresses; paths that "
        "do not exist; scanners that name themselves; injections",
    .layers = (const char *const[]){"tcp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .is_in_bytes = is_in_bytes,
    .read = read,
};
