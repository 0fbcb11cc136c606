/* tally_text.c - everything in a tally as sorted text
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_text.h"

#include <string.h>

#include "tally/services/service.h"

static char *traffic_text(const HgTraffic *t) {
  return t->packets ? g_strdup_printf("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT
                                      " %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " #%u-%u",
                                      t->packets, t->bytes, t->first_ns, t->last_ns, t->first_frame,
                                      t->last_frame)
                    : g_strdup("none");
}

static char *copies_text(const HgCopies copies[2]) {
  return g_strdup_printf("copies %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                         "/%" G_GUINT64_FORMAT,
                         copies[0].packets, copies[0].bytes, copies[1].packets, copies[1].bytes);
}

static void add_line(GPtrArray *out, const char *what, const HgTraffic *one, const HgTraffic *two) {
  char *first = traffic_text(one), *second = two ? traffic_text(two) : g_strdup("");
  g_ptr_array_add(out, g_strdup_printf("%s %s %s", what, first, second));
  g_free(first);
  g_free(second);
}

static const char *name_of(const HgTally *tally, guint32 host) {
  return host == HG_NO_HOST ? "-" : hg_tally_host(tally, host)->text;
}

static char *address_text(const HgTally *tally, const HgAddress *address) {
  const HgSegment *segment = hg_tally_segment(tally, address);
  char *text = hg_address_to_text(address);
  if (!segment)
    return text;
  char *both = g_strdup_printf("%s (%s)", text, segment->name);
  g_free(text);
  return both;
}

static void list_hosts(const HgTally *tally, GPtrArray *out) {
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++) {
    const HgHost *h = hg_tally_host(tally, i);
    const HgCopies both[2] = {h->sent_copies, h->received_copies};
    char *copies = copies_text(both);
    char *what = g_strdup_printf("host %s peers %u %u %u %s", h->text, h->peers, h->peers_out,
                                 h->peers_in, copies);
    add_line(out, what, &h->sent, &h->received);
    g_free(what);
    g_free(copies);
  }
}

static void list_conversations(const HgTally *tally, GPtrArray *out) {
  for (guint32 i = 0; i < hg_tally_conversation_protocol_count(tally); i++) {
    const HgConversationProtocol *p = hg_tally_conversation_protocol(tally, i);
    const HgConversation *c = hg_tally_conversation(tally, p->conversation);
    char *what =
        g_strdup_printf("spoken %s %s %s %s %s", name_of(tally, c->host[0]),
                        name_of(tally, c->host[1]), hg_tally_protocol(tally, p->protocol)->name,
                        p->info[0] ? p->info[0] : "", p->info[1] ? p->info[1] : "");
    add_line(out, what, &p->traffic[0], &p->traffic[1]);
    g_free(what);
  }
  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++) {
    const HgConversation *c = hg_tally_conversation(tally, i);
    char *copies = copies_text(c->copies);
    char *what = g_strdup_printf("conversation %s %s %s", name_of(tally, c->host[0]),
                                 name_of(tally, c->host[1]), copies);
    add_line(out, what, &c->traffic[0], &c->traffic[1]);
    g_free(what);
    g_free(copies);
  }
}

static void list_vlans(const HgTally *tally, GPtrArray *out) {
  for (guint32 i = 0; i < hg_tally_conversation_vlan_count(tally); i++) {
    const HgConversationVlan *v = hg_tally_conversation_vlan(tally, i);
    const HgConversation *c = hg_tally_conversation(tally, v->conversation);
    g_autofree char *vlan = hg_vlan_text(v->vlan);
    g_ptr_array_add(out, g_strdup_printf("vlan %s %s %s: %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                                         name_of(tally, c->host[0]), name_of(tally, c->host[1]),
                                         vlan, v->packets[0], v->packets[1]));
  }
}

static void list_services(const HgTally *tally, GPtrArray *out) {
  HgServiceTable *table = hg_service_table_new(tally);
  for (guint32 i = 0; i < hg_service_table_count(table); i++) {
    const HgService *s = hg_service_table_get(table, i);
    const HgTraffic there = {s->packets[0], s->bytes[0],    s->first_ns,
                             s->last_ns,    s->first_frame, s->last_frame};
    char *what = g_strdup_printf(
        "service %s %s %s %u %s: %u %u %u %u %u of %u; back %" G_GUINT64_FORMAT
        " payload %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
        name_of(tally, s->client), name_of(tally, s->server), hg_transport_name(s->transport),
        s->port, hg_tally_protocol(tally, s->protocol)->name, s->attempts, s->established,
        s->refused, s->unanswered, s->midstream, s->connections, s->bytes[1], s->payload[0],
        s->payload[1]);
    add_line(out, what, &there, NULL);
    g_free(what);
  }
  hg_service_table_free(table);
}

static void list_contacts(const HgTally *tally, GPtrArray *out) {
  const HgContactLog *log = hg_tally_contacts(tally);
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const HgContact *c = hg_contact_log_get(log, i);
    guint32 source, destination;
    hg_tally_contact_ends(tally, c, &source, &destination);
    g_ptr_array_add(out, g_strdup_printf("contact %s %s %" G_GINT64_FORMAT " #%u %u",
                                         name_of(tally, source), name_of(tally, destination),
                                         c->time_ns, c->frame, c->payload));
  }
}

static void list_rest(const HgTally *tally, GPtrArray *out) {
  const HgCopies copies[2] = {*hg_tally_copies(tally)};
  char *all = copies_text(copies);
  add_line(out, all, hg_tally_traffic(tally), NULL);
  g_free(all);
  for (guint i = 0; i < hg_tally_protocol_count(tally); i++) {
    const HgProtocol *p = hg_tally_protocol(tally, (guint16)i);
    add_line(out, p->name, &p->traffic, NULL);
  }
  const HgBindingTable *bindings = hg_tally_bindings(tally);
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *b = hg_binding_table_get(bindings, i);
    char *address = address_text(tally, &b->address);
    char *what = g_strdup_printf("binding %s %d %02x", address, b->source, b->mac[5]);
    add_line(out, what, &b->traffic, NULL);
    g_free(what);
    g_free(address);
  }
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(tally);
  for (guint32 i = 0; i < hg_names_and_logins_login_count(names_and_logins); i++) {
    const HgLogin *login = hg_names_and_logins_login(names_and_logins, i);
    char *client = address_text(tally, &login->client),
         *server = address_text(tally, &login->server);
    char *what = g_strdup_printf("login %s %s %s", client, server, login->user);
    add_line(out, what, &login->traffic, NULL);
    g_free(what);
    g_free(server);
    g_free(client);
  }
  for (guint32 i = 0; i < hg_names_and_logins_name_count(names_and_logins); i++) {
    const HgName *name = hg_names_and_logins_name(names_and_logins, i);
    char *address = address_text(tally, &name->address);
    g_ptr_array_add(out, g_strdup_printf("name %s %s #%u", address, name->name, name->first_frame));
    g_free(address);
  }
  for (guint32 i = 0; i < hg_observation_table_count(hg_tally_observations(tally)); i++) {
    const HgObservation *o = hg_observation_table_get(hg_tally_observations(tally), i);
    char *actor = address_text(tally, &o->actor), *peer = address_text(tally, &o->peer);
    char *what = g_strdup_printf("observed %d %s %s %s", o->kind, actor, peer, o->subject);
    add_line(out, what, &o->traffic, NULL);
    g_free(what);
    g_free(peer);
    g_free(actor);
  }
}

static void list_home(const HgTally *tally, GPtrArray *out) {
  const GArray *home = hg_tally_home(tally);
  for (guint i = 0; i < home->len; i++) {
    const HgHomeNetwork *one = &g_array_index(home, HgHomeNetwork, i);
    char *network = hg_network_to_text(&one->network), *why = hg_home_network_why(one);
    g_ptr_array_add(out,
                    g_strdup_printf("home %s %s #%u %u", network, why, one->frame, one->hosts));
    g_free(why);
    g_free(network);
  }
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++)
    g_ptr_array_add(out, g_strdup_printf("scope %s %s", name_of(tally, i),
                                         hg_scope_name(hg_host_scope(hg_tally_host(tally, i)))));
}

static gint compare_lines(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *hg_tally_text(const HgTally *tally) {
  GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
  list_hosts(tally, out);
  list_conversations(tally, out);
  list_vlans(tally, out);
  list_services(tally, out);
  list_contacts(tally, out);
  list_rest(tally, out);
  list_home(tally, out);
  g_ptr_array_sort(out, compare_lines);
  g_ptr_array_add(out, NULL);
  char *text = g_strjoinv("\n", (char **)out->pdata);
  g_ptr_array_free(out, TRUE);
  return text;
}
