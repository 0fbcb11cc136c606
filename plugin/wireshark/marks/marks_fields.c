/* marks_fields.c - the fields hostgraph.* in a packet's tree
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "export/text/text.h"
#include "marks_fields.h"

static int protocol = -1;
static int hf_suspect = -1;
static int hf_source_score = -1;
static int hf_destination_score = -1;
static int hf_finding = -1;
static int hf_evidence = -1;
static int hf_first_frame = -1;
static int hf_reached = -1;
static int ett_marks = -1;
static int ett_finding = -1;

void hg_marks_fields_register(int proto) {
  static hf_register_info fields[] = {
      {&hf_suspect,
       {"Suspect", "hostgraph.suspect", FT_STRING, BASE_NONE, NULL, 0,
        "A host of this packet that is a suspect", HFILL}},
      {&hf_source_score,
       {"Source score", "hostgraph.src.score", FT_DOUBLE, BASE_NONE, NULL, 0,
        "Score of the source, 0 to 100; a suspect from 50 on", HFILL}},
      {&hf_destination_score,
       {"Destination score", "hostgraph.dst.score", FT_DOUBLE, BASE_NONE, NULL, 0,
        "Score of the destination, 0 to 100; a suspect from 50 on", HFILL}},
      {&hf_finding,
       {"Finding", "hostgraph.finding", FT_STRING, BASE_NONE, NULL, 0,
        "Rule with a finding that is about packets like this one", HFILL}},
      {&hf_evidence,
       {"Evidence", "hostgraph.finding.evidence", FT_STRING, BASE_NONE, NULL, 0,
        "What the finding rests on", HFILL}},
      {&hf_first_frame,
       {"First frame of the evidence", "hostgraph.finding.frame", FT_FRAMENUM, BASE_NONE, NULL, 0,
        NULL, HFILL}},
      {&hf_reached,
       {"Hops from a suspect", "hostgraph.reached", FT_UINT32, BASE_DEC, NULL, 0,
        "Whoever gets this packet could have been reached by a suspect, over so many hops", HFILL}},
  };
  static int *trees[] = {&ett_marks, &ett_finding};
  protocol = proto;
  proto_register_field_array(proto, fields, G_N_ELEMENTS(fields));
  proto_register_subtree_array(trees, G_N_ELEMENTS(trees));
}

static void add_score(proto_tree *tree, tvbuff_t *tvb, int field, const HgAnnotation *host) {
  if (host != NULL)
    proto_item_set_generated(proto_tree_add_double(tree, field, tvb, 0, 0, host->score));
}

static void add_suspect(proto_tree *tree, tvbuff_t *tvb, const HgAnnotation *host) {
  char *text;
  GString *shown;
  if (host == NULL || !host->suspect)
    return;
  text = hg_address_to_text(&host->address);
  shown = g_string_new(NULL);
  hg_text_plain(shown, text, -1);
  proto_item_set_generated(proto_tree_add_string(tree, hf_suspect, tvb, 0, 0, shown->str));
  g_string_free(shown, TRUE);
  g_free(text);
}

static void add_finding(proto_tree *tree, tvbuff_t *tvb, const HgAnnotatedFinding *finding) {
  proto_item *item = proto_tree_add_string(tree, hf_finding, tvb, 0, 0, finding->rule);
  proto_tree *below = proto_item_add_subtree(item, ett_finding);
  proto_item_append_text(item, " (%s, %s)", finding->title, hg_finding_kind_name(finding->kind));
  proto_item_set_generated(item);
  proto_item_set_generated(proto_tree_add_string(below, hf_evidence, tvb, 0, 0, finding->evidence));
  proto_item_set_generated(
      proto_tree_add_uint(below, hf_first_frame, tvb, 0, 0, finding->first_frame));
}

static void add_findings(proto_tree *tree, tvbuff_t *tvb, const HgAnnotation *host,
                         const HgAddress *peer, guint32 frame) {
  for (guint i = 0; host != NULL && host->findings != NULL && i < host->findings->len; i++) {
    const HgAnnotatedFinding *finding = g_ptr_array_index(host->findings, i);
    if (hg_annotated_finding_covers(finding, peer, frame))
      add_finding(tree, tvb, finding);
  }
}

void hg_marks_fields_add(const HgAnnotations *marks, const HgPacket *packet, tvbuff_t *tvb,
                         proto_tree *tree) {
  const HgAnnotation *source = hg_annotations_host(marks, &packet->source);
  const HgAnnotation *destination = hg_annotations_host(marks, &packet->destination);
  const guint32 hops = hg_annotation_hops(source, packet->time_ns, packet->frame);
  proto_item *item;
  if (source == NULL && destination == NULL)
    return;
  item = proto_tree_add_item(tree, protocol, tvb, 0, 0, ENC_NA);
  proto_item_set_generated(item);
  tree = proto_item_add_subtree(item, ett_marks);
  add_score(tree, tvb, hf_source_score, source);
  add_score(tree, tvb, hf_destination_score, destination);
  add_suspect(tree, tvb, source);
  if (destination != source)
    add_suspect(tree, tvb, destination);
  add_findings(tree, tvb, source, &packet->destination, packet->frame);
  if (destination != source)
    add_findings(tree, tvb, destination, &packet->source, packet->frame);
  if (hops > 0)
    proto_item_set_generated(proto_tree_add_uint(tree, hf_reached, tvb, 0, 0, hops));
}
