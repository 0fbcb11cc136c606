/* evidence_reader.c - asks the sources of evidence about each frame
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "evidence_reader.h"

#include <string.h>

#include <epan/dissectors/packet-http.h>

#include "info_policies.h"
#include "wireshark/dissection/redissection.h"
#include "wireshark/evidence/all_sources.h"

/* Bits of a mask of sources. */
#define MAX_SOURCES 64
#define SOURCE_BIT(number) (G_GUINT64_CONSTANT(1) << (number))

struct HgEvidenceReader {
  guint count;                       /* of sources */
  HgFields fields[MAX_SOURCES];      /* of each source */
  guint64 by_layer[HG_LAYER_ID_MAX]; /* sources that read a layer */
  guint64 layers;                    /* HG_LAYER_BIT() of all that some source reads */
  guint64 nested;                    /* sources that read packets within packets, */
  guint64 nested_layers;             /* and HG_LAYER_BIT() of what they read */
  guint64 of_starts;                 /* sources that read the first bytes of connections */
  guint64 of_logins;                 /* sources that read what the "credentials" tap told */
  HgFields retransmission, payload;  /* one field each */
  HgSessions *sessions;
  HgInfoPolicies *policies; /* NULL: whole Info texts are kept */
  GString *info;            /* what is kept of the Info text */
  GArray *ids;              /* int: the fields that a frame is dissected again for */

  /* What taps told of a frame. */
  guint32 tapped_frame;
  HgIpHeaders ip;
  GArray *logins; /* HgCredential */
  GArray *http;   /* HgHttpMessage */
  tvbuff_t *tcp, *udp;

  /* The frame that was begun. */
  HgFrame frame;
  guint64 sources;     /* that have something to read in it */
  epan_dissect_t *edt; /* the second dissection; NULL: none */
};

static const HgFieldNames retransmission[] = {{"tcp.analysis.retransmission"}}; /* of any kind */

static const HgFieldNames payload[] = {{"tcp.payload"}};

static void credential_clear(gpointer data) {
  HgCredential *credential = data;
  g_free(credential->protocol);
  g_free(credential->user);
}

static void add_source(HgEvidenceReader *reader, HgLayerTable *table, guint number) {
  const HgEvidenceSource *source = hg_evidence_sources[number];
  hg_fields_init(&reader->fields[number], source->fields, source->field_count);
  for (const char *const *name = source->layers; name != NULL && *name != NULL; name++) {
    const guint id = hg_layer_table_add(table, *name);
    if (id == HG_LAYER_ID_OTHER)
      continue;
    if (source->stream_start) {
      reader->of_starts |= SOURCE_BIT(number);
      continue;
    }
    if (source->nested) {
      reader->nested |= SOURCE_BIT(number);
      reader->nested_layers |= HG_LAYER_BIT(id);
      continue;
    }
    reader->by_layer[id] |= SOURCE_BIT(number);
    reader->layers |= HG_LAYER_BIT(id);
  }
  if (source->layers == NULL && source->read != NULL)
    reader->of_logins |= SOURCE_BIT(number);
}

HgEvidenceReader *hg_evidence_reader_new(HgLayerTable *layers, gboolean full_info) {
  HgEvidenceReader *reader = g_new0(HgEvidenceReader, 1);
  for (; hg_evidence_sources[reader->count] != NULL; reader->count++) {
    g_assert(reader->count < MAX_SOURCES); /* a programmer's error */
    add_source(reader, layers, reader->count);
  }
  hg_fields_init(&reader->retransmission, retransmission, G_N_ELEMENTS(retransmission));
  hg_fields_init(&reader->payload, payload, G_N_ELEMENTS(payload));
  reader->policies = full_info ? NULL : hg_info_policies_new();
  reader->info = g_string_new(NULL);
  reader->ids = g_array_new(FALSE, FALSE, sizeof(int));
  reader->logins = g_array_new(FALSE, FALSE, sizeof(HgCredential));
  g_array_set_clear_func(reader->logins, credential_clear);
  reader->http = g_array_new(FALSE, FALSE, sizeof(HgHttpMessage));
  reader->sessions = hg_sessions_new();
  return reader;
}

static void end_frame(HgEvidenceReader *reader) {
  hg_redissection_free(reader->edt);
  reader->edt = NULL;
  reader->sources = 0;
}

void hg_evidence_reader_free(HgEvidenceReader *reader) {
  if (reader == NULL)
    return;
  end_frame(reader);
  for (guint i = 0; i < reader->count; i++)
    hg_fields_clear(&reader->fields[i]);
  hg_fields_clear(&reader->retransmission);
  hg_fields_clear(&reader->payload);
  hg_info_policies_free(reader->policies);
  g_string_free(reader->info, TRUE);
  g_array_free(reader->ids, TRUE);
  g_array_free(reader->logins, TRUE);
  g_array_free(reader->http, TRUE);
  hg_sessions_free(reader->sessions);
  g_free(reader);
}

static void forget_taps(HgEvidenceReader *reader, guint32 frame) {
  reader->tapped_frame = frame;
  reader->tcp = reader->udp = NULL;
  reader->ip.count = 0;
  g_array_set_size(reader->logins, 0);
  g_array_set_size(reader->http, 0);
}

void hg_evidence_reader_reset(HgEvidenceReader *reader) {
  forget_taps(reader, 0);
  hg_sessions_free(reader->sessions);
  reader->sessions = hg_sessions_new();
}

/* --- taps --- */

static void begin_taps(HgEvidenceReader *reader, const packet_info *pinfo) {
  if (reader->tapped_frame != pinfo->num)
    forget_taps(reader, pinfo->num);
}

void hg_evidence_reader_ip(HgEvidenceReader *reader, const packet_info *pinfo, const void *data) {
  begin_taps(reader, pinfo);
  hg_ip_headers_add(&reader->ip, data);
}

void hg_evidence_reader_credential(HgEvidenceReader *reader, const packet_info *pinfo,
                                   const void *data) {
  const HgCompatCredential *told = data;
  const HgCredential credential = {g_strdup(told->protocol), g_strdup(told->username)};
  begin_taps(reader, pinfo);
  g_array_append_val(reader->logins, credential);
}

void hg_evidence_reader_http(HgEvidenceReader *reader, const packet_info *pinfo, const void *data) {
  const http_info_value_t *told = data;
  const HgHttpMessage message = {told->request_method, told->request_uri, told->http_host,
                                 told->response_code};
  begin_taps(reader, pinfo);
  g_array_append_val(reader->http, message);
}

void hg_evidence_reader_tcp(HgEvidenceReader *reader, const packet_info *pinfo, const void *data) {
  begin_taps(reader, pinfo);
  reader->tcp = ((const HgCompatTcpPayload *)data)->tvb;
}

void hg_evidence_reader_udp(HgEvidenceReader *reader, const packet_info *pinfo, const void *data) {
  begin_taps(reader, pinfo);
  reader->udp = (tvbuff_t *)data;
}

static HgMessageBytes bytes_of(tvbuff_t *tvb) {
  const guint captured = tvb != NULL ? tvb_captured_length(tvb) : 0;
  if (captured == 0)
    return (HgMessageBytes){0};
  return (HgMessageBytes){tvb_get_ptr(tvb, 0, (gint)captured), captured, tvb_reported_length(tvb),
                          0};
}

/* Of an Ethernet frame within another the addresses may be the same: then ARP is left to dissection. */
static HgMessageBytes payload_of(const HgEvidenceReader *reader, const HgFrame *frame,
                                 tvbuff_t *tvb) {
  const HgFrameLayers *layers = frame->layers;
  if (layers->seen & HG_LAYER_BIT(HG_LAYER_ID_ARP))
    return layers->repeated & HG_LAYER_BIT(HG_LAYER_ID_LINK)
               ? (HgMessageBytes){0}
               : hg_message_bytes_arp(frame->pinfo, tvb);
  switch (layers->transport) {
  case HG_TRANSPORT_TCP:
    return bytes_of(reader->tcp);
  case HG_TRANSPORT_UDP:
    return bytes_of(reader->udp);
  case HG_TRANSPORT_ICMP:
  case HG_TRANSPORT_ICMPV6:
    return hg_message_bytes_icmp(frame->pinfo, tvb, layers->transport);
  default:
    return (HgMessageBytes){0};
  }
}

/* --- which sources --- */

static const HgEvidenceSource *set_source(HgEvidenceReader *reader, guint number) {
  reader->frame.fields = &reader->fields[number];
  return hg_evidence_sources[number];
}

/* `bits` is not 0. */
static guint lowest_bit(guint64 bits) {
  return (guint)__builtin_ctzll(bits);
}

static guint64 sources_of(const HgEvidenceReader *reader, const HgFrameLayers *layers) {
  guint64 sources = layers->repeated & reader->nested_layers ? reader->nested : 0;
  if (layers->stream_start)
    sources |= reader->of_starts;
  for (guint64 left = layers->seen & reader->layers; left != 0; left &= left - 1)
    sources |= reader->by_layer[lowest_bit(left)];
  return sources;
}

static gboolean has_words(const HgInfoWords *row, const HgPacket *packet) {
  for (guint i = 0; i < G_N_ELEMENTS(row->words) && row->words[i] != NULL; i++) {
    if (strstr(packet->info, row->words[i]) == NULL)
      return FALSE;
  }
  return row->narrow == NULL || row->narrow(packet);
}

static gboolean is_repeated(const HgEvidenceReader *reader, guint number) {
  for (guint64 left = reader->frame.layers->repeated & reader->layers; left != 0;
       left &= left - 1) {
    if (reader->by_layer[lowest_bit(left)] & SOURCE_BIT(number))
      return TRUE;
  }
  return FALSE;
}

/* Whether the frame is worth to be dissected again for a source. */
static gboolean is_worth(const HgEvidenceReader *reader, const HgEvidenceSource *source,
                         guint number) {
  const HgFrame *frame = &reader->frame;
  if (source->read == NULL && source->complete == NULL)
    return FALSE;
  if (frame->packet->info == NULL || (source->words == NULL && source->is_worth == NULL) ||
      (source->info_tells_last && is_repeated(reader, number)))
    return TRUE;
  for (const HgInfoWords *row = source->words; row != NULL && row->words[0] != NULL; row++) {
    if (has_words(row, frame->packet))
      return TRUE;
  }
  return source->is_worth != NULL && source->is_worth(frame);
}

/* Sources whose evidence is in bytes; the fields of the others that are worth it go into `ids`. */
static guint64 choose(HgEvidenceReader *reader, guint64 sources) {
  guint64 readable = 0;
  g_array_set_size(reader->ids, 0);
  for (guint64 left = sources; left != 0; left &= left - 1) {
    const guint i = lowest_bit(left);
    const HgEvidenceSource *source = set_source(reader, i);
    if (source->is_in_bytes != NULL && source->is_in_bytes(&reader->frame))
      readable |= SOURCE_BIT(i);
    else if (is_worth(reader, source, i))
      hg_fields_append_ids(&reader->fields[i], reader->ids);
  }
  return readable;
}

static void dissect_again(HgEvidenceReader *reader, const epan_dissect_t *edt) {
  hg_fields_append_ids(&reader->retransmission, reader->ids);
  reader->edt = hg_redissection_new(reader->frame.pinfo, edt,
                                    (const int *)(gpointer)reader->ids->data, reader->ids->len);
  reader->frame.tree = reader->edt->tree;
}

/* --- frames --- */

/* `sources`: of the layers in the frame. */
static void complete(HgEvidenceReader *reader, guint64 sources, HgPacket *packet) {
  for (guint64 left = reader->sources; left != 0; left &= left - 1) {
    const HgEvidenceSource *source = set_source(reader, lowest_bit(left));
    if (source->complete != NULL)
      source->complete(&reader->frame, packet);
  }
  if (reader->policies != NULL)
    packet->info = hg_info_text(hg_info_policies_find(reader->policies, packet->protocol, sources),
                                packet->info, reader->info);
}

static void begin_frame(HgEvidenceReader *reader, packet_info *pinfo, const HgFrameLayers *layers,
                        const HgPacket *packet) {
  end_frame(reader);
  reader->frame = (HgFrame){
      .pinfo = pinfo,
      .layers = layers,
      .packet = packet,
      .sessions = reader->sessions,
      .ip = &reader->ip,
      .http = reader->http,
      .logins = reader->logins,
  };
}

void hg_evidence_reader_begin(HgEvidenceReader *reader, packet_info *pinfo,
                              const epan_dissect_t *edt, const HgFrameLayers *layers,
                              gboolean again, HgPacket *packet) {
  const guint64 sources = sources_of(reader, layers);
  begin_taps(reader, pinfo);
  begin_frame(reader, pinfo, layers, packet);
  reader->frame.tapped = TRUE;
  if (sources != 0) {
    reader->frame.payload = payload_of(reader, &reader->frame, edt->tvb);
    reader->sources = choose(reader, sources);
    if (again && reader->ids->len > 0) {
      dissect_again(reader, edt);
      reader->sources = sources;
    }
  }
  complete(reader, sources, packet);
}

/* No tap tells it there. */
static HgMessageBytes payload_in_tree(const HgEvidenceReader *reader, const proto_tree *tree,
                                      const HgPacket *packet) {
  HgMessageBytes found = {.length = packet->payload_length};
  const guint count = hg_field_count(&reader->payload, tree, 0);
  if (count > 0) /* the innermost */
    found.bytes =
        hg_field_bytes(hg_field_get(&reader->payload, tree, 0, count - 1), 1, &found.captured);
  return found.bytes != NULL ? found : (HgMessageBytes){0};
}

void hg_evidence_reader_begin_with_tree(HgEvidenceReader *reader, packet_info *pinfo,
                                        proto_tree *tree, const HgFrameLayers *layers,
                                        HgPacket *packet) {
  begin_taps(reader, pinfo);
  begin_frame(reader, pinfo, layers, packet);
  reader->frame.tree = tree;
  if (layers->stream_start)
    reader->frame.payload = payload_in_tree(reader, tree, packet);
  reader->sources = sources_of(reader, layers);
  complete(reader, reader->sources, packet);
}

void hg_evidence_reader_end(HgEvidenceReader *reader, const HgPacket *packet,
                            HgTallyBuilder *builder) {
  HgFrame *frame = &reader->frame;
  guint64 left = reader->sources | (reader->logins->len > 0 ? reader->of_logins : 0);
  frame->packet = packet;
  frame->builder = builder;
  frame->retransmission = hg_field_count(&reader->retransmission, frame->tree, 0) > 0;
  for (; left != 0; left &= left - 1) {
    const HgEvidenceSource *source = set_source(reader, lowest_bit(left));
    if (source->read != NULL && !(source->skip_retransmitted && frame->retransmission))
      source->read(frame);
  }
  end_frame(reader);
}

GArray *hg_evidence_reader_fields(const HgEvidenceReader *reader) {
  GArray *ids = g_array_new(FALSE, FALSE, sizeof(int));
  for (guint i = 0; i < reader->count; i++)
    hg_fields_append_ids(&reader->fields[i], ids);
  hg_fields_append_ids(&reader->retransmission, ids);
  hg_fields_append_ids(&reader->payload, ids);
  return ids;
}
