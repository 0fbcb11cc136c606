/* live.c - a tally that follows Wireshark's dissection
 *
 * The taps of the transports and of logins speak before the "frame" tap of the same frame: what
 * they say is put by, and used or dropped when the frame is complete.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <epan/dissectors/packet-sctp.h>
#include <epan/dissectors/packet-tcp.h>
#include <epan/dissectors/packet-udp.h>

#include "evidence.h"
#include "live.h"
#include "logins.h"
#include "packet_fill.h"

typedef enum {
  TAP_FRAME,
  TAP_IPV4,
  TAP_IPV6,
  TAP_TCP,
  TAP_UDP,
  TAP_SCTP,
  TAP_CREDENTIALS,
  TAP_COUNT
} Tap;

/* Wireshark tells listeners apart by this pointer. */
typedef struct {
  HgLive *live;
  gboolean attached;
} Listener;

struct HgLive {
  HgTallyOptions options; /* protocols are owned */
  HgTally *tally;
  HgLiveDraw draw;
  gpointer data;
  HgFill *fill;
  HgEvidenceReader *evidence; /* NULL: without evidence */
  HgHeaders headers;
  guint32 frames;
  guint32 last_frame; /* the one that came last through the frame tap, */
  guint frame_taps;   /* so many times */
  Listener listeners[TAP_COUNT];
};

/* The headers of this frame; forgets those of another. */
static HgHeaders *headers_of(HgLive *live, const packet_info *pinfo) {
  if (live->headers.frame != pinfo->num)
    live->headers = (HgHeaders){.frame = pinfo->num};
  return &live->headers;
}

static tap_packet_status net_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                    const void *tapped, tap_flags_t flags) {
  (void)edt, (void)tapped, (void)flags;
  headers_of(((Listener *)data)->live, pinfo)->net = TRUE;
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status tcp_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                    const void *tapped, tap_flags_t flags) {
  HgHeaders *headers = headers_of(((Listener *)data)->live, pinfo);
  const tcp_info_t *tcp = tapped;
  (void)edt, (void)flags;
  headers->tcp = TRUE;
  headers->tcp_port[0] = tcp->th_sport;
  headers->tcp_port[1] = tcp->th_dport;
  headers->tcp_flags = (guint8)tcp->th_flags;
  headers->tcp_sequence = tcp->th_rawseq;
  headers->tcp_payload = tcp->th_have_seglen ? tcp->th_seglen : 0;
  return TAP_PACKET_DONT_REDRAW;
}

static tap_packet_status udp_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                    const void *tapped, tap_flags_t flags) {
  HgHeaders *headers = headers_of(((Listener *)data)->live, pinfo);
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
  HgHeaders *headers = headers_of(((Listener *)data)->live, pinfo);
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
  HgLive *live = ((Listener *)data)->live;
  (void)edt, (void)flags;
  hg_evidence_credential(live->evidence, pinfo, tapped);
  return TAP_PACKET_DONT_REDRAW;
}

static void count(HgLive *live, const packet_info *pinfo, const HgPacket *packet) {
  live->frames++;
  if (live->frames == 1) /* relative to the file's first frame, which a filter may hide */
    hg_tally_set_start(live->tally, packet->time_ns - (gint64)pinfo->rel_ts.secs * 1000000000 -
                                        pinfo->rel_ts.nsecs);
  hg_tally_packet(live->tally, packet);
}

static tap_packet_status frame_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                      const void *tapped, tap_flags_t flags) {
  HgLive *live = ((Listener *)data)->live;
  const gboolean is_new = pinfo->num != live->last_frame;
  HgFrameLayers layers;
  HgPacket packet;
  gboolean last;
  (void)tapped, (void)flags;
  live->last_frame = pinfo->num;
  live->frame_taps = is_new ? 1 : live->frame_taps + 1;
  hg_fill_packet(live->fill, pinfo, &live->headers, &layers, &packet);
  last = live->frame_taps == layers.frames; /* those within this one come before it */
  if (live->evidence != NULL)
    hg_evidence_complete(live->evidence, pinfo, edt, &layers, last, &packet);
  if (is_new)
    count(live, pinfo, &packet);
  if (live->evidence != NULL && last)
    hg_evidence_read(live->evidence, pinfo, &layers, &packet, live->tally);
  return TAP_PACKET_REDRAW;
}

static void reset(void *data) {
  HgLive *live = ((Listener *)data)->live;
  hg_tally_free(live->tally);
  live->tally = hg_tally_new(&live->options);
  live->frames = live->last_frame = 0;
  live->headers = (HgHeaders){0};
  if (live->evidence != NULL)
    hg_evidence_reset(live->evidence);
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

static gboolean attach_all(HgLive *live, const char *filter, GError **error) {
  const guint columns = live->evidence != NULL ? TL_REQUIRES_COLUMNS : TL_REQUIRES_NOTHING;
  gboolean done = attach(live, TAP_FRAME, "frame", filter, columns | TL_REQUIRES_ERROR_PACKETS,
                         frame_packet, error) &&
                  attach(live, TAP_TCP, "tcp", NULL, TL_REQUIRES_NOTHING, tcp_packet, error) &&
                  attach(live, TAP_UDP, "udp", NULL, TL_REQUIRES_NOTHING, udp_packet, error) &&
                  attach(live, TAP_SCTP, "sctp", NULL, TL_REQUIRES_NOTHING, sctp_packet, error);
  if (done && live->options.layer == HG_LAYER_NET)
    done = attach(live, TAP_IPV4, "ip", NULL, TL_REQUIRES_NOTHING, net_packet, error) &&
           attach(live, TAP_IPV6, "ipv6", NULL, TL_REQUIRES_NOTHING, net_packet, error);
#if HG_HAVE_CREDENTIALS
  if (done && live->evidence != NULL)
    attach(live, TAP_CREDENTIALS, "credentials", NULL, TL_REQUIRES_NOTHING, credentials_packet,
           NULL);
#endif
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
  live->options = *options;
  live->options.protocols = g_strdupv(options->protocols);
  live->tally = hg_tally_new(&live->options);
  live->draw = draw_callback;
  live->data = data;
  live->fill = hg_fill_new(options->layer, options->evidence);
  live->evidence = options->evidence ? hg_evidence_reader_new(live->fill) : NULL;
  if (!attach_all(live, filter, error)) {
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
  hg_evidence_reader_free(live->evidence);
  hg_fill_free(live->fill);
  hg_tally_free(live->tally);
  g_strfreev(live->options.protocols);
  g_free(live);
}

HgTally *hg_live_tally(HgLive *live) {
  return live->tally;
}

guint32 hg_live_frames(const HgLive *live) {
  return live->frames;
}
