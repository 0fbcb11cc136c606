/* live.c - a tally that follows Wireshark's dissection
 *
 * The taps of the transports and of logins speak before the "frame" tap of the same frame: what
 * they say is kept until the frame is complete.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <epan/dissectors/packet-sctp.h>
#include <epan/dissectors/packet-tcp.h>
#include <epan/dissectors/packet-udp.h>

#include "frame_reader.h"
#include "live.h"

typedef enum {
  TAP_FRAME,
  TAP_IPV4,
  TAP_IPV6,
  TAP_TCP,
  TAP_UDP,
  TAP_SCTP,
  TAP_CREDENTIALS,
  TAP_HTTP,
  TAP_TCP_PAYLOAD,
  TAP_UDP_PAYLOAD,
  TAP_COUNT
} Tap;

/* Wireshark tells listeners apart by this pointer. */
typedef struct {
  HgLive *live;
  gboolean attached;
} Listener;

struct HgLive {
  HgFrameReader *reader;
  HgLiveDraw draw;
  HgFrameFilter wanted; /* NULL: all */
  gpointer data;
  guint32 frames, last_frame; /* that were delivered, wanted or not */
  Listener listeners[TAP_COUNT];
};

static HgHeaders *headers_of(const void *listener, const packet_info *pinfo) {
  return hg_frame_reader_headers(((const Listener *)listener)->live->reader, pinfo);
}

static HgEvidenceReader *evidence_of(const void *listener) {
  return hg_frame_reader_evidence(((const Listener *)listener)->live->reader);
}

static tap_packet_status net_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                    const void *tapped, tap_flags_t flags) {
  (void)edt, (void)flags;
  headers_of(data, pinfo)->net = TRUE;
  if (evidence_of(data) != NULL)
    hg_evidence_reader_ip(evidence_of(data), pinfo, tapped);
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status tcp_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                    const void *tapped, tap_flags_t flags) {
  HgHeaders *headers = headers_of(data, pinfo);
  const tcp_info_t *tcp = tapped;
  (void)edt, (void)flags;
  headers->tcp = TRUE;
  headers->tcp_port[0] = tcp->th_sport;
  headers->tcp_port[1] = tcp->th_dport;
  headers->tcp_flags = (guint8)tcp->th_flags;
  headers->tcp_sequence = tcp->th_rawseq;
  headers->tcp_acknowledged = tcp->th_rawack;
  headers->tcp_payload = tcp->th_have_seglen ? tcp->th_seglen : 0;
  headers->tcp_start = hg_packet_decoder_is_start(tcp->th_seq, headers->tcp_payload);
  headers->tcp_stream = tcp->th_stream;
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status udp_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                    const void *tapped, tap_flags_t flags) {
  HgHeaders *headers = headers_of(data, pinfo);
  const e_udphdr *udp = tapped;
  (void)edt, (void)flags;
  headers->udp = TRUE;
  headers->udp_port[0] = udp->uh_sport;
  headers->udp_port[1] = udp->uh_dport;
  headers->udp_payload = udp->uh_ulen > 8 ? udp->uh_ulen - 8 : 0;
  return TAP_PACKET_DONT_REDRAW;
}

/* Counts the data chunks (RFC 9260: types 0 and 64), without their headers of 16 and 20 bytes. */
static tap_packet_status sctp_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                     const void *tapped, tap_flags_t flags) {
  HgHeaders *headers = headers_of(data, pinfo);
  const struct _sctp_info *sctp = tapped;
  (void)edt, (void)flags;
  headers->sctp = TRUE;
  for (guint32 i = 0; i < sctp->number_of_tvbs; i++) {
    tvbuff_t *chunk = sctp->tvb[i];
    const guint length = chunk != NULL ? tvb_reported_length(chunk) : 0;
    if (length > 16 && tvb_captured_length(chunk) > 0) {
      const guint8 type = *tvb_get_ptr(chunk, 0, 1);
      if (type == 0)
        headers->sctp_payload += length - 16;
      else if (type == 64 && length > 20)
        headers->sctp_payload += length - 20;
    }
  }
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status credentials_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                            const void *tapped, tap_flags_t flags) {
  (void)edt, (void)flags;
  hg_evidence_reader_credential(evidence_of(data), pinfo, tapped);
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status http_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                     const void *tapped, tap_flags_t flags) {
  (void)edt, (void)flags;
  hg_evidence_reader_http(evidence_of(data), pinfo, tapped);
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status tcp_payload(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                     const void *tapped, tap_flags_t flags) {
  (void)edt, (void)flags;
  hg_evidence_reader_tcp(evidence_of(data), pinfo, tapped);
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status udp_payload(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                     const void *tapped, tap_flags_t flags) {
  (void)edt, (void)flags;
  hg_evidence_reader_udp(evidence_of(data), pinfo, tapped);
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status frame_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                      const void *tapped, tap_flags_t flags) {
  HgLive *live = ((Listener *)data)->live;
  (void)tapped, (void)flags;
  if (pinfo->num != live->last_frame) /* those within it come before */
    live->frames++;
  live->last_frame = pinfo->num;
  if (live->wanted == NULL || live->wanted(pinfo->num, live->data))
    hg_frame_reader_tapped(live->reader, pinfo, edt);
  return TAP_PACKET_REDRAW;
}

static void reset(void *data) {
  HgLive *live = ((Listener *)data)->live;
  live->frames = live->last_frame = 0;
  hg_frame_reader_reset(live->reader);
}

static void draw(void *data) {
  HgLive *live = ((Listener *)data)->live;
  if (live->draw != NULL)
    live->draw(live, live->data);
}

static gboolean attach(HgLive *live, Tap which, const char *tap, const char *filter, guint flags,
                       tap_packet_cb packet, GError **error) {
  const gboolean frame = which == TAP_FRAME;
  Listener *listener = &live->listeners[which];
  GString *problem;
  listener->live = live;
  problem = register_tap_listener(tap, listener, filter, flags, frame ? reset : NULL, packet,
                                  frame ? draw : NULL, NULL);
  listener->attached = problem == NULL;
  if (problem == NULL)
    return TRUE;
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "%s", problem->str);
  g_string_free(problem, TRUE);
  return FALSE;
}

/* The taps of payloads and of logins. */
static gboolean attach_evidence(HgLive *live, GError **error) {
#if HG_HAVE_CREDENTIALS
  attach(live, TAP_CREDENTIALS, "credentials", NULL, TL_REQUIRES_NOTHING, credentials_packet, NULL);
#endif
#if HG_HAVE_TCP_PAYLOAD
  attach(live, TAP_TCP_PAYLOAD, "tcp_follow", NULL, TL_REQUIRES_NOTHING, tcp_payload, NULL);
#endif
  return attach(live, TAP_UDP_PAYLOAD, "udp_follow", NULL, TL_REQUIRES_NOTHING, udp_payload,
                error) &&
         attach(live, TAP_HTTP, "http", NULL, TL_REQUIRES_NOTHING, http_packet, error);
}

static gboolean attach_all(HgLive *live, const HgTallyOptions *options, const char *filter,
                           GError **error) {
  const guint columns = options->evidence ? TL_REQUIRES_COLUMNS : TL_REQUIRES_NOTHING;
  gboolean done = attach(live, TAP_FRAME, "frame", filter, columns | TL_REQUIRES_ERROR_PACKETS,
                         frame_packet, error) &&
                  attach(live, TAP_TCP, "tcp", NULL, TL_REQUIRES_NOTHING, tcp_packet, error) &&
                  attach(live, TAP_UDP, "udp", NULL, TL_REQUIRES_NOTHING, udp_packet, error) &&
                  attach(live, TAP_SCTP, "sctp", NULL, TL_REQUIRES_NOTHING, sctp_packet, error);
  /* For the packets of layer=net, and for tunnels, whose ends are no hosts at layer=link. */
  if (done &&
      (options->layer == HG_LAYER_NET || (options->evidence && options->layer != HG_LAYER_LINK)))
    done = attach(live, TAP_IPV4, "ip", NULL, TL_REQUIRES_NOTHING, net_packet, error) &&
           attach(live, TAP_IPV6, "ipv6", NULL, TL_REQUIRES_NOTHING, net_packet, error);
  if (done && options->evidence)
    done = attach_evidence(live, error);
  return done;
}

HgLive *hg_live_new(const HgTallyOptions *options, const char *filter, HgLiveDraw draw_callback,
                    gpointer data, GError **error) {
  HgLive *live;
  if (filter != NULL) {
    char *reason = hg_compat_filter_error(filter);
    if (reason != NULL) {
      g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                  "%s: not a valid display filter: %s", filter, reason);
      g_free(reason);
      return NULL;
    }
  }
  live = g_new0(HgLive, 1);
  live->reader = hg_frame_reader_new(options, options->evidence);
  live->draw = draw_callback;
  live->data = data;
  if (!attach_all(live, options, filter, error)) {
    hg_live_free(live);
    return NULL;
  }
  return live;
}

void hg_live_free(HgLive *live) {
  if (live == NULL)
    return;
  for (guint i = 0; i < TAP_COUNT; i++) {
    if (live->listeners[i].attached)
      remove_tap_listener(&live->listeners[i]);
  }
  hg_frame_reader_free(live->reader);
  g_free(live);
}

void hg_live_set_frame_filter(HgLive *live, HgFrameFilter wanted) {
  live->wanted = wanted;
}

const HgTally *hg_live_tally(HgLive *live) {
  return hg_frame_reader_tally(live->reader);
}

guint32 hg_live_frames(const HgLive *live) {
  return live->frames;
}
