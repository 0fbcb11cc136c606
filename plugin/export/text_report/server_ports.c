/* server_ports.c - section: who talks to whom, by server port
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/server_ports.h"
#include "sections.h"

#include "table.h"

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

/* Pairs named in a row: more than a line holds. */
#define MOST_PAIRS 6

static const HgTableColumn columns[] = {
    {"Port", HG_COLUMN_KEY},         {"Protocol", HG_COLUMN_TEXT},  {"Clients", HG_COLUMN_NUMBER},
    {"Servers", HG_COLUMN_NUMBER},   {"Packets", HG_COLUMN_NUMBER}, {"Bytes", HG_COLUMN_NUMBER},
    {"Who to whom", HG_COLUMN_LIST}, {NULL, HG_COLUMN_WORD},
};

/* The services of one server port: neighbours in the list of all, busiest first. */
typedef struct {
  guint first, count;
  guint64 packets, bytes;
} Port;

static guint64 packets_of(const HgService *service) {
  return service->packets[0] + service->packets[1];
}

static gint by_port(gconstpointer a, gconstpointer b, gpointer data) {
  const HgReportWriter *const writer = data;
  const HgService *const one = *(const HgService *const *)a;
  const HgService *const two = *(const HgService *const *)b;
  ORDER(one->transport, two->transport);
  ORDER(one->port, two->port);
  ORDER(packets_of(two), packets_of(one));
  ORDER(hg_report_host_rank(writer->report, one->client),
        hg_report_host_rank(writer->report, two->client));
  ORDER(hg_report_host_rank(writer->report, one->server),
        hg_report_host_rank(writer->report, two->server));
  return 0;
}

/* Ports are in the order of by_port, so their first services tell them apart. */
static gint by_packets(gconstpointer a, gconstpointer b) {
  const Port *const one = a, *const two = b;
  ORDER(two->packets, one->packets);
  ORDER(one->first, two->first);
  return 0;
}

/* HgService pointers, those of one port together. (transfer full) */
static GPtrArray *list_services(const HgReportWriter *writer) {
  const HgServiceTable *const table = hg_analysis_services(writer->analysis);
  GPtrArray *const services = g_ptr_array_new();
  for (guint32 i = 0; i < hg_service_table_count(table); i++) {
    const HgService *const service = hg_service_table_get(table, i);
    if (hg_server_ports_has(service))
      g_ptr_array_add(services, (gpointer)service);
  }
  g_ptr_array_sort_with_data(services, by_port, (gpointer)writer);
  return services;
}

/* Port, most packets first. (transfer full) */
static GArray *list_ports(const GPtrArray *services) {
  GArray *const ports = g_array_new(FALSE, FALSE, sizeof(Port));
  const HgService *last = NULL;
  for (guint i = 0; i < services->len; i++) {
    const HgService *const service = services->pdata[i];
    const Port fresh = {.first = i};
    if (!last || last->transport != service->transport || last->port != service->port)
      g_array_append_val(ports, fresh);
    last = service;
    Port *const port = &g_array_index(ports, Port, ports->len - 1);
    port->count++;
    port->packets += packets_of(service);
    port->bytes += service->bytes[0] + service->bytes[1];
  }
  g_array_sort(ports, by_packets);
  return ports;
}

/* How many clients, or servers, the services of a port have. */
static guint count_hosts(const GPtrArray *services, const Port *port, gboolean servers) {
  g_autoptr(GHashTable) hosts = g_hash_table_new(NULL, NULL);
  for (guint i = port->first; i < port->first + port->count; i++) {
    const HgService *const service = services->pdata[i];
    g_hash_table_add(hosts, GUINT_TO_POINTER(servers ? service->server : service->client));
  }
  return g_hash_table_size(hosts);
}

/* "10.0.0.5 -> 10.0.0.9, 10.0.0.7 -- 10.0.0.9, +12". (transfer full) */
static char *pairs(const HgReportWriter *writer, const GPtrArray *services, const Port *port) {
  const guint shown = MIN(port->count, MOST_PAIRS);
  GString *const text = g_string_new(NULL);
  for (guint i = port->first; i < port->first + shown; i++) {
    const HgService *const service = services->pdata[i];
    g_string_append_printf(text, "%s%s %s %s", i > port->first ? ", " : "",
                           hg_report_writer_host(writer, service->client),
                           service->attempts > 0 ? "->" : "--",
                           hg_report_writer_host(writer, service->server));
  }
  if (port->count > shown)
    g_string_append_printf(text, ", +%u", port->count - shown);
  return g_string_free(text, FALSE);
}

static void add_port(const HgReportWriter *writer, HgTable *table, const GPtrArray *services,
                     const Port *port) {
  const HgService *const busiest = services->pdata[port->first];
  g_autoptr(GString) name = g_string_new(NULL);
  g_autofree char *who = pairs(writer, services, port);
  hg_server_ports_append(name, busiest->transport, busiest->port);
  hg_table_add(table, name->str);
  hg_table_add(table, hg_report_writer_protocol(writer, busiest->protocol));
  hg_table_add_number(table, count_hosts(services, port, FALSE));
  hg_table_add_number(table, count_hosts(services, port, TRUE));
  hg_table_add_number(table, port->packets);
  hg_table_add_number(table, port->bytes);
  hg_table_add(table, who);
}

void hg_section_server_ports(const HgReportWriter *writer) {
  g_autoptr(GPtrArray) services = list_services(writer);
  g_autoptr(GArray) ports = list_ports(services);
  if (ports->len == 0)
    return;
  HgTable *const table = hg_table_new(columns, 2);
  const guint shown = MIN(ports->len, writer->top);
  for (guint i = 0; i < shown; i++)
    add_port(writer, table, services, &g_array_index(ports, Port, i));
  hg_report_writer_section(writer, "Who talks to whom, by server port (%u)", ports->len);
  hg_output_puts(writer->output, "  -> client to server, busiest first   -- not known who began\n");
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 2, shown, ports->len);
  hg_table_free(table);
}
