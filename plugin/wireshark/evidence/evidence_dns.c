/* evidence_dns.c - DNS: who asks for which name, what the answer is, and names of addresses
 *
 * mDNS and LLMNR, which have the same messages, only name addresses: they do not leave the link.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "evidence_private.h"
#include "wireshark/dissection/dns_message.h"

enum { TYPE_A = 1, TYPE_AAAA = 28, CLASS_IN = 1 };

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

static void read_message(const HgFrame *frame, const guint8 *bytes, guint captured, guint size) {
  const gboolean unicast = (frame->layers->seen & HG_LAYER_BIT(HG_LAYER_ID_DNS)) != 0;
  HgDnsMessage message;
  HgDnsRecord record;
  if (!hg_dns_message_begin(&message, bytes, captured))
    return;
  while (hg_dns_message_question(&message, &record)) {
    if (unicast && message.opcode == 0)
      report_question(frame, &message, &record, size);
  }
  while (hg_dns_message_record(&message, &record))
    report_address(frame, &record);
}

void hg_dns_read(const HgFrame *frame) {
  const HgDatagram *datagram = &frame->reader->datagram;
  if (hg_frame_was_read(frame, HG_LAYER_ID_DNS)) {
    read_message(frame, datagram->bytes, datagram->captured, datagram->length);
    return;
  }
  /* A message begins with its identifier; how many there are in a stream's piece varies. */
  for (guint i = 0; i < hg_frame_field_count(frame, HG_FIELD_DNS_ID); i++) {
    guint captured = 0, size = 0;
    const guint8 *bytes =
        hg_field_remaining(hg_frame_field(frame, HG_FIELD_DNS_ID, i), &captured, &size);
    if (bytes != NULL)
      read_message(frame, bytes, captured, size);
  }
}
