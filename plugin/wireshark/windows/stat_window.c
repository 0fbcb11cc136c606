/* stat_window.c - sortable tables in windows of Wireshark's own
 *
 * Wireshark's window registers one listener for the tap "frame", with the display filter that the
 * user types there, goes over the packets once, and shows what the table holds then. The tally needs
 * more taps than that, so it has listeners of its own; the window's listener only tells which frames
 * pass the filter. Wireshark calls the listener that was registered last first, so the window's is
 * called before the tally's.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_window.h"

#include <string.h>

#include <wsutil/report_message.h>

#include "export/request/request_report.h"
#include "stat_table_list.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/gui.h"
#include "wireshark/preferences.h"
#include "wireshark/tap/live.h"

/* Wireshark finds the window of a table by what -z would say: two words with a comma. */
#define OPTION "hostgraph-table,"

typedef struct {
  stat_tap_table_ui ui; /* must be first: Wireshark hands back a pointer to it */
  const HgStatTable *table;
  char *option, *title;
  HgRequest *request;
  HgLive *live;     /* NULL: no pass for it is under way */
  guint32 passed;   /* the frame that passed the window's filter last */
  guint finish;     /* event source; 0: none */
  GArray *replaced; /* tables (stat_tap_table *) that older windows may still show */
} Stat;

static Stat *stats; /* as many as there are tables; NULL: not registered */
static guint count;

static void stop(Stat *stat) {
  g_clear_pointer(&stat->live, hg_live_free);
  g_clear_pointer(&stat->request, hg_request_free);
}

/* After the pass, outside of the tap. */
static gboolean finish(gpointer data) {
  Stat *stat = data;

  stat->finish = 0;
  if (stat->live != NULL && hg_gui_ops() != NULL && hg_open_file_partial(stat->live, FALSE))
    report_warning("The table \"%s\" is partial.\n\nNot all packets were gone over.",
                   stat->table->title);
  stop(stat);
  return G_SOURCE_REMOVE;
}

static void fill(Stat *stat, stat_tap_table *into) {
  char *capture = hg_open_file_name();
  HgRequestReport *made =
      hg_request_report_new(stat->request, hg_live_tally(stat->live), capture, FALSE);

  hg_stat_table_fill(stat->table, hg_request_report_get(made), into, stat->ui.fields);
  hg_request_report_free(made);
  g_free(capture);
}

/* Once the pass is over; Wireshark's window is drawn before, and once more after. */
static void draw(HgLive *live, gpointer data) {
  Stat *stat = data;
  HgOpenFile file;

  (void)live;
  hg_open_file_init(&file);
  if (file.open && !file.busy && stat->finish == 0) {
    if (stat->ui.tables != NULL && stat->ui.tables->len == 1)
      fill(stat, g_array_index(stat->ui.tables, stat_tap_table *, 0));
    stat->finish = g_idle_add(finish, stat);
  }
  hg_open_file_clear(&file);
}

static gboolean wants(guint32 frame, gpointer data) {
  return ((const Stat *)data)->passed == frame;
}

static tap_packet_status packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                const void *tapped, tap_flags_t flags) {
  Stat *stat = (Stat *)((stat_data_t *)data)->stat_tap_data;

  (void)edt, (void)tapped, (void)flags;
  stat->passed = pinfo->num;
  return TAP_PACKET_REDRAW; /* so that the window has its root before the rows come */
}

/* --- Wireshark keeps tables by kind, not by window --- */

static void free_cell(stat_tap_table *table, guint row, guint column,
                      stat_tap_table_item_type *cell) {
  (void)table, (void)row, (void)column;
  hg_stat_cell_clear(cell);
}

static void free_tables(GArray *tables) {
  stat_tap_table_ui owner = {.tables = tables, .stat_tap_free_table_item_cb = free_cell};

  free_stat_tables(&owner);
}

/* This window shows the rows of the last pass until the next pass begins, and other windows of the
 * same kind may show them until they close. When this is the only window, older rows can go. */
static void replace_table(Stat *stat) {
  GArray *tables = stat->ui.tables;
  guint columns;

  if (stat->ui.refcount <= 1)
    free_tables(stat->replaced);
  if (tables != NULL) {
    g_array_append_vals(stat->replaced, tables->data, tables->len);
    g_array_set_size(tables, 0);
  }
  stat->table->columns(&columns);
  stat_tap_add_table(&stat->ui, stat_tap_init_table(stat->title, (int)columns, 0, NULL));
}

/* A window begins a pass. */
static void begin(stat_tap_table_ui *ui) {
  Stat *stat = (Stat *)ui;
  GError *error = NULL;

  stop(stat);
  replace_table(stat);
  stat->passed = 0;
  stat->request = hg_preferences_request(NULL, &error);
  if (stat->request != NULL)
    stat->live = hg_live_new(&stat->request->tally, NULL, draw, stat, &error);
  if (stat->live != NULL)
    hg_live_set_frame_filter(stat->live, wants);
  else
    hg_gui_show_error(error);
}

/* --- registration --- */

static void register_table(Stat *stat, const HgStatTable *table) {
  guint columns;
  const HgStatColumn *all = table->columns(&columns);

  stat->table = table;
  stat->option = g_strconcat(OPTION, table->name, NULL);
  stat->title = g_strconcat("Host Graph: ", table->title, NULL);
  stat->replaced = g_array_new(FALSE, TRUE, sizeof(stat_tap_table *));
  stat->ui = (stat_tap_table_ui){
      .group = REGISTER_LOG_STAT_GROUP_UNSORTED, /* not in a menu of Wireshark's, but in ours */
      .title = stat->title,
      .tap_name = "frame",
      .cli_string = stat->option,
      .stat_tap_init_cb = begin,
      .packet_func = packet,
      .stat_tap_free_table_item_cb = free_cell,
      .nfields = columns,
      .fields = hg_stat_columns_new(all, columns),
  };
  register_stat_tap_table_ui(&stat->ui);
}

void hg_stat_window_register(void) {
  if (hg_gui_ops() == NULL)
    return;
  while (hg_stat_tables[count] != NULL)
    count++;
  stats = g_new0(Stat, count);
  for (guint i = 0; i < count; i++)
    register_table(&stats[i], hg_stat_tables[i]);
}

/* Windows are gone by now. What was registered stays, because Wireshark looks at it until it ends. */
void hg_stat_window_shutdown(void) {
  for (guint i = 0; i < count; i++) {
    if (stats[i].finish != 0)
      g_source_remove(stats[i].finish);
    stats[i].finish = 0;
    stop(&stats[i]);
    free_tables(stats[i].replaced);
  }
}

gboolean hg_stat_window_open(guint i, GError **error) {
  HgRequest *request = hg_preferences_request(NULL, error);

  if (request == NULL)
    return FALSE;
  hg_request_free(request);
  if (stats == NULL || !process_stat_cmd_arg(stats[i].option)) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "This Wireshark shows no table \"%s\".",
                hg_stat_tables[i]->title);
    return FALSE;
  }
  start_requested_stats(); /* only this one waits: those of the command line have begun long ago */
  return TRUE;
}
