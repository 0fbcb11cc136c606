/* datagram_answer.h - datagrams that by their own words answer another
 *
 * Who answers began nothing, whichever of two well-known ports the datagram comes from. Of anything but a
 * message as the protocol has it nothing is concluded: probes are often random bytes.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DATAGRAM_ANSWER_H
#define HG_WIRESHARK_DATAGRAM_ANSWER_H

#include <glib.h>

G_BEGIN_DECLS

/* `bytes`: the datagram's payload, as far as it was captured; `length`: on the wire. All of them FALSE where too
 * little was captured. */

/* RFC 1035, section 4.1.1; an answer repeats one question at most (RFC 9619). */
gboolean hg_dns_is_answer(const guint8 *bytes, guint captured);
/* RFC 5905, section 7.3: of mode server or symmetric passive. */
gboolean hg_ntp_is_answer(const guint8 *bytes, guint captured, guint length);
/* Codes of RFC 2865, section 3, RFC 2866 and RFC 5176. */
gboolean hg_radius_is_answer(const guint8 *bytes, guint captured, guint length);

G_END_DECLS
#endif
