/* first_bytes.c - which protocol a TCP connection is of, by its first bytes
 *
 * The packet list stays as it is: what it shows of a packet is what counts as that packet's protocol. What the
 * first bytes tell is told with the packet, and decides which protocol the connection is of.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/first_bytes.h"

#include <string.h>

#include "wireshark/reading/login_lines.h"
#include "wireshark/reading/source.h"

/* Of a protocol that Wireshark shows itself, it knows more: "TLSv1.3". */
static void complete(const HgFrame *frame, HgPacket *packet) {
  const char *detected =
      hg_first_bytes_protocol(frame->payload.bytes, frame->payload.captured, frame->payload.length);
  if (detected != NULL && hg_frame_is_protocol(frame, detected))
    detected = packet->protocol;
  packet->detected = detected;
}

/* Only the transport, or what a port's dissector takes for TLS. */
static gboolean is_undissected(const HgPacket *packet) {
  return packet->protocol == NULL || strcmp(packet->protocol, "TCP") == 0 ||
         strcmp(packet->protocol, "SSL") == 0;
}

static void read(const HgFrame *frame) {
  if (is_undissected(frame->packet))
    hg_login_lines_read(frame, frame->packet->detected);
}

const HgEvidenceSource hg_evidence_first_bytes = {
    .id = "first-bytes",
    .title = "First bytes",
    .what =
        "which protocol a connection is of, whatever its port; on ports at which Wireshark shows no "
        "more than TCP, user names and refused logins of FTP, POP3 and IMAP",
    .layers = (const char *const[]){"tcp", NULL},
    .stream_start = TRUE,
    .is_in_bytes = hg_frame_has_message,
    .complete = complete,
    .read = read,
};
