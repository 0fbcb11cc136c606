/* service_book.c - which services were seen at which servers, for looking others up
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "service_book.h"

#include "roles_private.h"

#include <string.h>

/* Ports below this are assigned by the system to servers (RFC 6335, section 6). */
#define FIRST_CHOSEN_PORT 1024

/* What is known of the protocol; higher numbers are names. */
enum {
  ANY,          /* the port alone */
  UNRECOGNISED, /* only the transport was recognised */
  RECOGNISED,   /* any other protocol */
  CUSTOMARY,    /* the customary protocol of this port */
  FIRST_NAME
};

/* Instead of a port: any that the software chose. */
#define CHOSEN_PORT G_MAXUINT32

typedef struct {
  guint32 server, transport, port, protocol;
} Key;

struct HgServiceBook {
  gboolean protocols;
  GHashTable *names; /* protocol (owned) -> its number */
  GHashTable *keys;  /* set of Key, owned */
};

static guint key_hash(gconstpointer data) {
  const Key *key = data;
  return ((key->server * 31 + key->transport) * 65599 + key->port) * 31 +
         key->protocol * 2654435761u;
}

static gboolean key_equal(gconstpointer a, gconstpointer b) {
  return memcmp(a, b, sizeof(Key)) == 0;
}

HgServiceBook *hg_service_book_new(gboolean protocols) {
  HgServiceBook *book = g_new(HgServiceBook, 1);
  book->protocols = protocols;
  book->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  book->keys = g_hash_table_new_full(key_hash, key_equal, g_free, NULL);
  return book;
}

void hg_service_book_free(HgServiceBook *book) {
  if (!book)
    return;
  g_hash_table_destroy(book->names);
  g_hash_table_destroy(book->keys);
  g_free(book);
}

/* "TLSv1.3": "TLS"; "HTTP/JSON": "HTTP". (transfer full) */
static char *family(const char *name) {
  return hg_protocol_name_is_tls(name) ? g_strdup("TLS") : g_strndup(name, strcspn(name, "/"));
}

/* The number of a name; ANY: the name was never added. */
static guint32 find_name(const HgServiceBook *book, const char *name) {
  char *key = family(name);
  const guint32 number = GPOINTER_TO_UINT(g_hash_table_lookup(book->names, key));
  g_free(key);
  return number;
}

static guint32 add_name(HgServiceBook *book, const char *name) {
  guint32 number = find_name(book, name);
  if (number == ANY) {
    number = FIRST_NAME + g_hash_table_size(book->names);
    g_hash_table_insert(book->names, family(name), GUINT_TO_POINTER(number));
  }
  return number;
}

static gboolean is_recognised(const HgServiceBook *book, const HgProtocol *protocol) {
  return book->protocols && !protocol->transport && *protocol->name;
}

/* Whether the protocol on this port is enough to identify the service. Protocols that carry
 * anything are not: only the port tells their uses apart. */
static gboolean chooses_port(const char *name, guint16 port) {
  static const char *const carriers[] = {"HTTP", "HTTP2",     "HTTP3", "QUIC",
                                         "TLS",  "WebSocket", NULL};
  char *key = family(name);
  const gboolean chooses = port >= FIRST_CHOSEN_PORT && !g_strv_contains(carriers, key);
  g_free(key);
  return chooses;
}

static void insert(HgServiceBook *book, Key key) {
  if (!g_hash_table_contains(book->keys, &key))
    g_hash_table_add(book->keys, g_memdup2(&key, sizeof key));
}

static gboolean has(const HgServiceBook *book, Key key, guint32 protocol) {
  key.protocol = protocol;
  return g_hash_table_contains(book->keys, &key);
}

void hg_service_book_add(HgServiceBook *book, guint32 server, const HgTally *tally,
                         const HgRoles *roles, const HgService *service) {
  const HgProtocol *protocol = hg_tally_protocol(tally, service->protocol);
  Key key = {server, service->transport, service->port, ANY};
  insert(book, key);
  key.protocol = UNRECOGNISED;
  if (!is_recognised(book, protocol)) {
    insert(book, key);
    return;
  }
  const guint32 name = add_name(book, protocol->name);
  key.protocol = RECOGNISED;
  insert(book, key);
  key.protocol = hg_role_service_find(roles, service) ? CUSTOMARY : name;
  insert(book, key);
  if (!chooses_port(protocol->name, service->port))
    return;
  key.port = CHOSEN_PORT;
  key.protocol = name;
  insert(book, key);
}

gboolean hg_service_book_has(const HgServiceBook *book, guint32 server, const HgTally *tally,
                             const HgRoles *roles, const HgService *service) {
  const HgProtocol *protocol = hg_tally_protocol(tally, service->protocol);
  const gboolean recognised = is_recognised(book, protocol);
  const Key key = {server, service->transport, service->port, ANY};
  const Key chosen = {server, service->transport, CHOSEN_PORT, ANY};
  const guint32 name = recognised ? find_name(book, protocol->name) : ANY;
  const guint32 said = hg_role_service_find(roles, service) ? (guint32)CUSTOMARY : name;
  if (has(book, key, ANY) &&
      (!recognised || !has(book, key, RECOGNISED) || (said != ANY && has(book, key, said))))
    return TRUE;
  return name != ANY && chooses_port(protocol->name, service->port) && has(book, chosen, name);
}

gint hg_service_compare_offer(const HgTally *tally, const HgService *a, const HgService *b) {
  if (a->server != b->server)
    return hg_address_compare(&hg_tally_host(tally, a->server)->address,
                              &hg_tally_host(tally, b->server)->address);
  if (a->transport != b->transport)
    return a->transport < b->transport ? -1 : 1;
  if (a->port != b->port)
    return a->port < b->port ? -1 : 1;
  if (a->protocol == b->protocol)
    return 0;
  return strcmp(hg_tally_protocol(tally, a->protocol)->name,
                hg_tally_protocol(tally, b->protocol)->name);
}
