/* request_options.c - the table of options, from which parser and help are made
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request_options.h"

#include "export/files/key_file.h"
#include "export/files/list_file.h"
#include "export/text/timestamp.h"
#include "request_explain.h"

#include <string.h>

static gboolean bad(GError **error, const char *message) {
  g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

/* --- values --- */

static gboolean parse_yes_no(const char *value, int *answer, GError **error) {
  if (g_ascii_strcasecmp(value, "yes") != 0 && g_ascii_strcasecmp(value, "no") != 0)
    return bad(error, "valid are yes and no");
  *answer = g_ascii_strcasecmp(value, "yes") == 0;
  return TRUE;
}

static gboolean is_dotted_decimal(const char *text) {
  g_auto(GStrv) parts = g_strsplit(text, ".", -1);
  for (guint i = 0; parts[i]; i++) {
    if (*parts[i] == '\0' || strspn(parts[i], "0123456789") != strlen(parts[i]))
      return FALSE;
  }
  return g_strv_length(parts) == 4;
}

/* Any text may be an address of some network. A malformed IP address is rejected, because no packet
 * could have it. */
static gboolean check_address(const char *text, GError **error) {
  HgAddressBuffer buffer;
  HgAddress address;
  if (!hg_address_parse(text, &address, &buffer))
    return bad(error, "an address is needed, as Wireshark shows it unresolved");
  if (address.kind != HG_ADDRESS_OTHER)
    return TRUE;
  if (is_dotted_decimal(text))
    return bad(error, "no valid IPv4 address");
  const char *const slash = strrchr(text, '/');
  g_autofree char *before = slash ? g_strndup(text, (gsize)(slash - text)) : NULL;
  if (before && hg_address_parse(before, &address, &buffer) && address.kind != HG_ADDRESS_OTHER)
    return bad(error, "one address is needed, not a network");
  return TRUE;
}

/* --- options --- */

static gboolean parse_export(HgRequestBuilder *builder, const char *value, GError **error) {
  const HgFormat *const format = builder->format ? builder->format : hg_format_for_path(value);
  builder->format = NULL;
  if (!format) {
    g_autoptr(GString) known = g_string_new("the suffix names no format; known are");
    for (guint i = 0; hg_formats[i]; i++) {
      for (guint j = 0; hg_formats[i]->suffixes[j]; j++)
        g_string_append_printf(known, " .%s", hg_formats[i]->suffixes[j]);
    }
    g_string_append(known, "; or put format=NAME before");
    return bad(error, known->str);
  }
  HgExport *const target = g_new0(HgExport, 1);
  target->format = format;
  target->path = g_strdup(value);
  g_ptr_array_add(builder->request->exports, target);
  return TRUE;
}

static gboolean parse_format(HgRequestBuilder *builder, const char *value, GError **error) {
  builder->format = hg_format_find(value);
  if (builder->format)
    return TRUE;
  g_autoptr(GString) known = g_string_new("no such format; valid are");
  for (guint i = 0; hg_formats[i]; i++)
    g_string_append_printf(known, "%s %s", i ? "," : "", hg_formats[i]->name);
  return bad(error, known->str);
}

static gboolean parse_append(HgRequestBuilder *builder, const char *value, GError **error) {
  static const char *const words[] = {
      [HG_APPEND_NO] = "no", [HG_APPEND_YES] = "yes", [HG_APPEND_NEW] = "new"};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    if (g_ascii_strcasecmp(value, words[i]) == 0) {
      builder->request->append = (HgAppend)i;
      return TRUE;
    }
  }
  return bad(error, "valid are yes, no and new");
}

static gboolean parse_suspect(HgRequestBuilder *builder, const char *value, GError **error) {
  if (!check_address(value, error))
    return FALSE;
  g_ptr_array_add(builder->suspects, g_strdup(value));
  return TRUE;
}

static gboolean parse_trace(HgRequestBuilder *builder, const char *value, GError **error) {
  const char *const at = strrchr(value, '@');
  gint64 time_ns = HG_TRACE_DEFAULT_TIME;
  if (at && !hg_timestamp_parse(at + 1, &time_ns))
    return bad(error, "after @ comes a time: seconds since 1970 (1700000000.25) or ISO 8601 "
                      "(2023-11-14T22:13:20.25Z; without a zone it is UTC)");
  g_autofree char *address = at ? g_strndup(value, (gsize)(at - value)) : g_strdup(value);
  if (!check_address(address, error))
    return FALSE;
  HgTraceRequest *const trace = g_new0(HgTraceRequest, 1);
  trace->address = g_steal_pointer(&address);
  trace->at_ns = time_ns;
  g_ptr_array_add(builder->request->report.traces, trace);
  return TRUE;
}

static gboolean parse_baseline(HgRequestBuilder *builder, const char *value, GError **error) {
  (void)error; /* it is read when all options are known */
  g_ptr_array_add(builder->baselines, g_strdup(value));
  return TRUE;
}

static gboolean parse_list(HgRequestBuilder *builder, HgListPurpose purpose, const char *value,
                           GError **error) {
  g_autoptr(GError) problem = NULL;
  return hg_list_file_read(hg_analysis_options_list(builder->request->analysis, purpose), value,
                           purpose == HG_LIST_ALLOW ? hg_rules : NULL, &problem) ||
         bad(error, problem->message);
}

static gboolean parse_allow(HgRequestBuilder *builder, const char *value, GError **error) {
  return parse_list(builder, HG_LIST_ALLOW, value, error);
}

static gboolean parse_deny(HgRequestBuilder *builder, const char *value, GError **error) {
  return parse_list(builder, HG_LIST_DENY, value, error);
}

static gboolean parse_pseudonyms(HgRequestBuilder *builder, const char *value, GError **error) {
  g_autoptr(GError) problem = NULL;
  builder->request->pseudonyms = hg_key_file_read(value, &problem);
  return builder->request->pseudonyms || bad(error, problem->message);
}

static gboolean parse_layer(HgRequestBuilder *builder, const char *value, GError **error) {
  static const HgLayer layers[] = {HG_LAYER_AUTO, HG_LAYER_NET, HG_LAYER_LINK};
  builder->request->by_device = g_ascii_strcasecmp(value, "device") == 0;
  if (builder->request->by_device) {
    builder->request->tally.layer = HG_LAYER_AUTO;
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS(layers); i++) {
    if (g_ascii_strcasecmp(value, hg_layer_name(layers[i])) == 0) {
      builder->request->tally.layer = layers[i];
      return TRUE;
    }
  }
  return bad(error, "valid are auto, net, link and device");
}

static gboolean parse_home(HgRequestBuilder *builder, const char *value, GError **error) {
  HgNetwork network;
  if (g_ascii_strcasecmp(value, "private") == 0) {
    hg_home_networks_add_private(builder->home);
    return TRUE;
  }
  const char *const why = hg_network_parse(value, &network);
  if (why) {
    g_autofree char *message =
        g_strdup_printf("%s; valid is a network (192.0.2.0/24, 2001:db8::/32), an address, or the "
                        "word private",
                        why);
    return bad(error, message);
  }
  if (network.kind == HG_ADDRESS_MAC)
    return bad(error, "a MAC is no network of one's own; valid are IPv4 and IPv6 networks");
  g_array_append_val(builder->home, network);
  return TRUE;
}

static gboolean parse_group(HgRequestBuilder *builder, const char *value, GError **error) {
  builder->request->subnets = g_ascii_strcasecmp(value, "subnet") == 0;
  return builder->request->subnets || g_ascii_strcasecmp(value, "none") == 0 ||
         bad(error, "valid are none and subnet");
}

static gboolean parse_protocol(HgRequestBuilder *builder, const char *value, GError **error) {
  (void)error;
  g_ptr_array_add(builder->protocols, g_strdup(value));
  return TRUE;
}

static gboolean parse_rule(HgRequestBuilder *builder, const char *value, GError **error) {
  return hg_analysis_options_rule(builder->request->analysis, value, error);
}

static gboolean parse_set(HgRequestBuilder *builder, const char *value, GError **error) {
  return hg_analysis_options_set(builder->request->analysis, value, error);
}

static gboolean parse_top(HgRequestBuilder *builder, const char *value, GError **error) {
  guint64 top;
  if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT32, &top, NULL))
    return bad(error, "a number of rows is needed; 0 shows all");
  builder->request->report.top = (guint)top;
  return TRUE;
}

static gboolean parse_evidence(HgRequestBuilder *builder, const char *value, GError **error) {
  return parse_yes_no(value, &builder->request->tally.evidence, error);
}

static gboolean parse_info(HgRequestBuilder *builder, const char *value, GError **error) {
  builder->request->tally.full_info = g_ascii_strcasecmp(value, "full") == 0;
  return builder->request->tally.full_info || g_ascii_strcasecmp(value, "safe") == 0 ||
         bad(error, "valid are safe and full");
}

static gboolean parse_duplicates(HgRequestBuilder *builder, const char *value, GError **error) {
  for (int keep = FALSE; keep <= TRUE; keep++) {
    if (g_ascii_strcasecmp(value, hg_duplicates_name(keep)) == 0) {
      builder->request->tally.keep_duplicates = keep;
      return TRUE;
    }
  }
  return bad(error, "valid are skip and keep");
}

static gboolean parse_text(HgRequestBuilder *builder, const char *value, GError **error) {
  return parse_yes_no(value, &builder->request->text, error);
}

static gboolean parse_progress(HgRequestBuilder *builder, const char *value, GError **error) {
  return parse_yes_no(value, &builder->request->progress, error);
}

static void append_answer(HgRequestBuilder *builder, const char *text) {
  if (!builder->request->answer)
    builder->request->answer = g_string_new(NULL);
  else
    g_string_append_c(builder->request->answer, '\n');
  g_string_append(builder->request->answer, text);
}

static gboolean parse_explain(HgRequestBuilder *builder, const char *value, GError **error) {
  const HgRule *const rule = hg_analysis_options_find_rule(value, NULL);
  const gboolean all = strcmp(value, "all") == 0;
  if (!rule && !all)
    return hg_analysis_options_find_rule(value, error) != NULL;
  g_autofree char *text = all ? hg_explain_all() : hg_explain_rule(rule);
  append_answer(builder, text);
  return TRUE;
}

static gboolean parse_help(HgRequestBuilder *builder, const char *value, GError **error) {
  (void)value;
  (void)error;
  g_autofree char *help = hg_request_help(builder->options);
  append_answer(builder, help);
  return TRUE;
}

static gboolean parse_filter(HgRequestBuilder *builder, const char *value, GError **error) {
  (void)error;
  builder->request->filter = g_strdup(value);
  return TRUE;
}

const HgOption hg_options[] = {
    {"export", "FILE", TRUE,
     "Write FILE when the capture has been read. The suffix picks the format; see the list of "
     "formats. Files are written whole or not at all.",
     parse_export},
    {"format", "NAME", TRUE,
     "Right before an export=: the format of that file, whatever its suffix is.", parse_format},
    {"append", "yes|new|no", FALSE,
     "yes: add this capture to stores (format sqlite) that are there already, as if all captures "
     "had been read at once, instead of replacing them. A capture counts once: one that a store holds "
     "already, under whatever name, is an error; new: it is skipped. Files of other formats, and the "
     "text report, are of this capture alone. Default: no.",
     parse_append},
    {"suspect", "ADDRESS", TRUE,
     "Red-flag a host: the report shows it whatever its score is, with everybody it was in "
     "contact with and a trace.",
     parse_suspect},
    {"trace", "ADDRESS[@TIME]", TRUE,
     "Trace which hosts this one could have reached from TIME on, and which could have reached it "
     "by then. TIME is seconds since 1970 or ISO 8601 (UTC where no zone is given). Default: "
     "forward from its first packet, backward from its last.",
     parse_trace},
    {"baseline", "FILE", TRUE,
     "Compare with a store (format sqlite) that was written from traffic known to be normal: what "
     "is new, and who does what nobody did. Several are taken together.",
     parse_baseline},
    {"allow", "FILE", TRUE,
     "Suppress findings about hosts in this list, or whose peers are all in it. A line is an "
     "address, a network (10.0.0.0/8), a MAC or a domain (which stands for all names below it), "
     "then, where only some findings are meant, rule=ID (again and again); # begins a comment. "
     "What is suppressed counts to no score, and is listed.",
     parse_allow},
    {"deny", "FILE", TRUE,
     "Whoever talks to a host or asks for a domain in this list is found by the rule deny-list. "
     "Lines as of allow=, without rule=.",
     parse_deny},
    {"pseudonyms", "KEYFILE", FALSE,
     "Other addresses and names in the place of all that could tell who somebody is, in every "
     "export and in the text report, so that they can be shown to others; there is no Info text. "
     "Subnets and scopes stay visible. KEYFILE is any file of 16 bytes or more that you keep to "
     "yourself: the same file gives the same pseudonyms.",
     parse_pseudonyms},
    {"layer", "auto|net|link|device", FALSE,
     "Which addresses are hosts: those in the Source and Destination columns (auto, the default), "
     "those of the network layer only, or those of the link layer only; layer=device makes each "
     "machine one host, with the packets of all addresses that the capture proves to be its own.",
     parse_layer},
    {"home", "NETWORK|private", TRUE,
     "One's own networks (192.0.2.0/24, 2001:db8::/32, an address), again and again: hosts in them "
     "are internal, all others external. The word private stands for the private ranges (RFC 1918, "
     "RFC 6598, RFC 4193). Default: these, and what the capture shows to be one's own by DHCP "
     "leases, router advertisements, ARP and neighbour discovery.",
     parse_home},
    {"group", "none|subnet", FALSE,
     "subnet: nodes of graphs and of the host map are subnets: networks given with home= as they are, "
     "else /24 (IPv6: /64); the text report has tables of them, too. Findings and traces stay about "
     "hosts; a suspect marks its subnet. Default: none.",
     parse_group},
    {"protocol", "NAME", TRUE,
     "Only packets of this protocol, as in the Protocol column (any letter case). Given again: of "
     "any of them.",
     parse_protocol},
    {"rule", "[-]ID", TRUE,
     "Run only the rules that are named like this; with a minus: all but these. See the list of "
     "rules.",
     parse_rule},
    {"set", "RULE.PARAM=VALUE", TRUE, "Change a threshold; see the list of rules.", parse_set},
    {"top", "N", FALSE, "Rows a table in the text report; 0: all. Default: 20.", parse_top},
    {"duplicates", "skip|keep", FALSE,
     "What becomes of packets that were captured more than once: on both ports of a mirror, on both "
     "sides of a router, a firewall or an address translator. skip: packets and bytes are those of the "
     "packet list, but connections, logins, names, intervals and sizes are those of the first copy, and "
     "the number of copies is said. keep: all count. Default: skip.",
     parse_duplicates},
    {"evidence", "yes|no", FALSE,
     "no: never ask dissectors for protocol trees or columns. Fastest, but protocols are known only "
     "by their short names, there is no Info text, and rules that need evidence are not "
     "assessed. Default: yes.",
     parse_evidence},
    {"info", "safe|full", FALSE,
     "full: keep the Info text of first packets whole, with passwords and whatever else is in it, in "
     "stores and in the text report. Every export and report then says so in its header, and a store "
     "that is added to stays marked. Not with pseudonyms=. With evidence=no there is no Info text, "
     "and nothing to say. Default: safe: without what may be secret.",
     parse_info},
    {"text", "yes|no", FALSE, "The text report on standard output. Default: yes.", parse_text},
    {"progress", "yes|no", FALSE,
     "Progress on standard error. Default: yes when that is a terminal.", parse_progress},
    {"explain", "RULE", TRUE,
     "Show what a rule looks for, where its numbers come from, its parameters and what clears it "
     "(all: of all rules), and stop.",
     parse_explain},
    {"help", NULL, FALSE, "Show this, and stop.", parse_help},
    {"filter", "EXPRESSION", FALSE,
     "Only packets that this display filter selects. It must be the last option: it takes all "
     "that follows, commas and backslashes included.",
     parse_filter},
    {NULL, NULL, FALSE, NULL, NULL},
};

gboolean hg_option_parse_cap(HgRequestBuilder *builder, HgCap cap, const char *value,
                             GError **error) {
  guint64 most;
  /* One less than 32 bits hold: the last number stands for "none". */
  if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT32 - 1, &most, NULL))
    return bad(error, "a number from 0 to 4294967294 is needed");
  builder->request->tally.caps[cap] = most;
  return TRUE;
}

char *hg_option_names(void) {
  GString *const names = g_string_new(NULL);
  for (const HgOption *option = hg_options; option->name; option++)
    g_string_append_printf(names, "%s%s", names->len ? ", " : "", option->name);
  for (guint i = 0; i < HG_CAP_COUNT; i++)
    g_string_append_printf(names, ", %s", hg_caps[i].name);
  return g_string_free(names, FALSE);
}
