/* dns.c - DNS: who asks for which name, what the answer is, and names of addresses
 *
 * mDNS and LLMNR, which have the same messages, only name addresses: they do not leave the link.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/digest_class.h"
#include "tally/types/fnv.h"
#include "wireshark/protocols/datagram_answer.h"
#include "wireshark/protocols/dns_message.h"
#include "wireshark/reading/source.h"

enum { IDENTIFIER, FIELDS };
static const HgFieldNames fields[FIELDS] = {[IDENTIFIER] = {"dns.id"}};

enum {
  TYPE_A = 1,
  TYPE_CNAME = 5,
  TYPE_NULL = 10,
  TYPE_MX = 15,
  TYPE_TXT = 16,
  TYPE_AAAA = 28,
  CLASS_IN = 1
};

/* The sender and the receiver, what is asked for and what came of it: "NXDOMAIN A a.example". Names
 * are the same in any letter case (RFC 4343), which some resolvers turn at random. */
static void report_question(const HgFrame *frame, const HgDnsMessage *message,
                            const HgDnsRecord *question, guint size) {
  const char *type = hg_dns_type_name(question->type);
  const char *code = hg_dns_code_name(message->code);
  char *name = g_ascii_strdown(question->name, -1);
  GString *subject = g_string_new(NULL);
  if (message->is_response && code != NULL)
    g_string_append_printf(subject, "%s ", code);
  else if (message->is_response)
    g_string_append_printf(subject, "RCODE%u ", message->code);
  if (type != NULL)
    g_string_append_printf(subject, "%s %s", type, name);
  else
    g_string_append_printf(subject, "TYPE%u %s", question->type, name);
  hg_frame_report_observation(
      frame, message->is_response ? HG_OBSERVED_DNS_ANSWER : HG_OBSERVED_DNS_QUERY,
      &frame->packet->source, &frame->packet->destination, subject->str, size);
  g_string_free(subject, TRUE);
  g_free(name);
}

static void report_address(const HgFrame *frame, const HgDnsRecord *record) {
  HgAddress address = {.data = record->data, .length = (guint8)record->length};
  if ((record->klass & 0x7fff) != CLASS_IN) /* mDNS has a flag there */
    return;
  if (record->type == TYPE_A && record->length == 4)
    address.kind = HG_ADDRESS_IPV4;
  else if (record->type == TYPE_AAAA && record->length == 16)
    address.kind = HG_ADDRESS_IPV6;
  else
    return;
  hg_frame_report_name(frame, &address, record->name, HG_NAME_DNS);
}

/* Of types that carry data: by them answers are orders. */
static gboolean carries_data(guint16 type) {
  return type == TYPE_TXT || type == TYPE_NULL || type == TYPE_CNAME || type == TYPE_MX;
}

/* The receiver, the sender, what was asked for and, as one number whatever their order is, what the records
 * hold. */
static void report_data(const HgFrame *frame, const HgDnsRecord *question, guint64 data,
                        guint size) {
  char *name = g_ascii_strdown(question->name, -1);
  char *subject =
      g_strdup_printf("%s %04x\t%s", hg_dns_type_name(question->type), hg_digest_class(data), name);
  hg_frame_report_observation(frame, HG_OBSERVED_DNS_DATA, &frame->packet->destination,
                              &frame->packet->source, subject, size);
  g_free(subject);
  g_free(name);
}

static void read_message(const HgFrame *frame, const guint8 *bytes, guint captured, guint size) {
  const gboolean unicast = hg_frame_has_layer(frame, HG_LAYER_ID_DNS);
  HgDnsMessage message;
  HgDnsRecord record, question;
  guint64 data = 0;
  question.type = 0; /* it is long, and seldom needed */
  if (!hg_dns_message_begin(&message, bytes, captured))
    return;
  while (hg_dns_message_question(&message, &record)) {
    if (!unicast || message.opcode != 0)
      continue;
    report_question(frame, &message, &record, size);
    if (message.is_response && carries_data(record.type))
      question = record;
  }
  while (hg_dns_message_record(&message, &record)) {
    report_address(frame, &record);
    if (question.type != 0 && record.type == question.type)
      data += hg_fnv_add(HG_FNV_BEGIN, record.data, record.length);
  }
  if (question.type != 0)
    report_data(frame, &question, data, size);
}

/* A datagram is one message. */
static gboolean is_in_bytes(const HgFrame *frame) {
  return frame->layers->dns_in_udp && frame->packet->transport == HG_TRANSPORT_UDP &&
         hg_frame_has_message(frame);
}

/* Servers ask each other from the port that they answer on. */
static void complete(const HgFrame *frame, HgPacket *packet) {
  if (packet->transport != HG_TRANSPORT_UDP || !hg_frame_has_layer(frame, HG_LAYER_ID_DNS))
    return;
  const HgMessageBytes message = hg_frame_message(frame, IDENTIFIER);
  packet->answer = message.bytes != NULL && hg_dns_is_answer(message.bytes, message.captured);
}

static void read(const HgFrame *frame) {
  const HgMessageBytes *payload = &frame->payload;
  if (is_in_bytes(frame)) {
    read_message(frame, payload->bytes, payload->captured, payload->length);
    return;
  }
  /* A message begins with its identifier; how many there are in a stream's segment varies. */
  for (guint i = 0; i < hg_frame_field_count(frame, IDENTIFIER); i++) {
    guint captured = 0, size = 0;
    const guint8 *bytes =
        hg_field_remaining(hg_frame_field(frame, IDENTIFIER, i), &captured, &size);
    if (bytes != NULL)
      read_message(frame, bytes, captured, size);
  }
}

static const HgInfoPolicy info[] = {
    {"DNS", HG_INFO_WHOLE, NULL},
    {"MDNS", HG_INFO_WHOLE, NULL},
    {"LLMNR", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_dns = {
    .id = "dns",
    .title = "DNS, mDNS and LLMNR",
    .what =
        "names that are asked for and what is answered, a digest of data that is no address, and whether a "
        "message is an answer (DNS); names of addresses (all three)",
    .layers = (const char *const[]){"dns", "mdns", "llmnr", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .is_in_bytes = is_in_bytes,
    .complete = complete,
    .read = read,
};
