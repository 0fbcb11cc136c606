/* login_prompt.c - what a server's text asks for: a user name, a secret, or neither
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_prompt.h"

#include <string.h>

/* The languages are those that Wireshark's windows are translated into, and those of other large
 * communities of users. The words are the ones by which Linux-PAM and the shadow utilities translate
 * "Password:" and "login:", and those that Windows and network devices show. Accents and letter case do
 * not count. */

/* Where they stand within a longer word, too: German makes "Benutzerpasswort" of two. */
static const char *const secrets[] = {
    "password",    "passwd",       "passcode",      "passphrase",    "pass phrase", "passkey",
    "pswd",        "secret",       "credential",    "challenge",     "response",    "kennwort",
    "passwort",    "losungswort",  "geheim",        "mot de passe",  "motdepasse",  "contraseña",
    "contrasena",  "senha",        "palavra passe", "palavra-passe", "parola",      "parolă",
    "wachtwoord",  "toegangscode", "hasło",         "пароль",        "парол",       "лозинка",
    "lozinka",     "zaporka",      "密码",          "密碼",          "口令",        "暗証",
    "暗号",        "パスワード",   "パスフレーズ",  "비밀번호",      "암호",        "heslo",
    "jelszó",      "lösenord",     "adgangskode",   "kodeord",       "passord",     "salasana",
    "tunnusluku",  "lykilorð",     "aðgangsorð",    "parool",        "slaptažodis", "geslo",
    "şifre",       "κωδικός",      "συνθηματικό",   "סיסמה",         "ססמה",        "סיסמא",
    "كلمة المرور", "كلمة السر",    "رمز عبور",      "گذرواژه",       "รหัสผ่าน",      "mật khẩu",
    "kata sandi",  "sandi",        "kata laluan",   "पासवर्ड",        "fjalëkalim",  "contrasenya",
    "pasahitza",   "contrasinal",  "密語",          "通行碼",        "暗證",
};

/* Short ones: only by themselves, or in the plural, else "monkey" would be a key. */
static const char *const secret_words[] = {
    "pass",  "pw",        "pwd",    "pin",    "pins",   "puk",   "token",  "tokens",
    "otp",   "totp",      "tan",    "code",   "codes",  "key",   "keys",   "passe",
    "clave", "claves",    "parole", "código", "codice", "kod",   "kode",   "kód",
    "код",   "schlüssel", "clef",   "clé",    "llave",  "chave", "chiave", "ключ",
};

static const char *const users[] = {
    "login",
    "login name",
    "loginname",
    "login id",
    "login as",
    "logon",
    "logon name",
    "username",
    "user name",
    "user",
    "user id",
    "userid",
    "user-id",
    "user login",
    "account",
    "account name",
    "benutzer",
    "benutzername",
    "benutzerkennung",
    "anmeldename",
    "utilisateur",
    "nom d'utilisateur",
    "nom d’utilisateur",
    "identifiant",
    "usuario",
    "nombre de usuario",
    "nombre",
    "usuário",
    "nome de usuário",
    "utilizador",
    "nome de utilizador",
    "utente",
    "nome utente",
    "gebruiker",
    "gebruikersnaam",
    "użytkownik",
    "nazwa użytkownika",
    "пользователь",
    "имя пользователя",
    "учетная запись",
    "логин",
    "користувач",
    "ім'я користувача",
    "用户",
    "用户名",
    "登录",
    "登录名",
    "账号",
    "帐号",
    "用戶名",
    "使用者",
    "使用者名稱",
    "登入",
    "帳號",
    "ユーザー",
    "ユーザ",
    "ユーザー名",
    "ユーザ名",
    "ログイン",
    "ログイン名",
    "사용자",
    "사용자 이름",
    "사용자명",
    "아이디",
    "로그인",
    "uživatel",
    "uživatelské jméno",
    "přihlašovací jméno",
    "felhasználó",
    "felhasználónév",
    "bejelentkezés",
    "belépő",
    "användare",
    "användarnamn",
    "inloggning",
    "bruger",
    "brugernavn",
    "bruker",
    "brukernavn",
    "käyttäjä",
    "käyttäjätunnus",
    "käyttäjänimi",
    "tunnus",
    "kullanıcı",
    "kullanıcı adı",
    "giriş",
    "χρήστης",
    "όνομα χρήστη",
    "משתמש",
    "שם משתמש",
    "اسم المستخدم",
    "تسجيل الدخول",
    "ชื่อผู้ใช้",
    "đăng nhập",
    "tên đăng nhập",
    "tên người dùng",
    "pengguna",
    "nama pengguna",
    "utilizator",
    "nume utilizator",
    "autentificare",
};

/* What may stand before a prompt, besides the name of a host: whoever asks for somebody's "X for user:" asks
 * for X, in whatever language X is. */
static const char *const fillers[] = {
    "please",     "enter", "type",   "input", "your",     "the",   "a",         "valid",
    "system",     "bitte", "ihr",    "ihren", "entrez",   "votre", "saisissez", "ingrese",
    "introduzca", "su",    "digite", "seu",   "inserire", "il",    "请输入",    "請輸入",
};

/* Of what getty(8) and login(1) say, these are no names of hosts: the next words are a date. */
static const char *const lasts[] = {"last", "letzter", "letztes", "dernier", "ultimo", "ultima"};

/* --- texts, so that they can be compared --- */

/* Of letters with forms that are no accents the plain one: a dot or a stroke, or the end of a word. */
static gunichar without_form(gunichar letter) {
  switch (letter) {
  case 0x131: /* ı */
    return 'i';
  case 0x142: /* ł */
    return 'l';
  case 0x3c2: /* ς */
    return 0x3c3;
  default:
    return letter;
  }
}

/* Lower case, without accents, of compatible characters (full width) the usual one; no character that is not
 * seen, one blank for several. (transfer full) */
static char *fold(const char *text, gssize length) {
  char *valid = g_utf8_make_valid(text, length);
  char *plain = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
  GString *folded = g_string_new(NULL);
  for (const char *at = plain; at != NULL && *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar seen = g_utf8_get_char(at);
    const gunichar lower = g_unichar_tolower(seen);
    const GUnicodeType type = g_unichar_type(seen);
    if (g_unichar_isspace(seen)) {
      if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c(folded, ' ');
    } else if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_FORMAT ||
               type == G_UNICODE_CONTROL) {
      continue;
    } else {
      g_string_append_unichar(folded, without_form(lower));
    }
  }
  g_free(plain);
  g_free(valid);
  return g_string_free(folded, FALSE);
}

typedef struct {
  char **secrets, **secret_words, **users, **fillers; /* NULL-terminated */
} Words;

static char **fold_all(const char *const *words, guint count) {
  char **folded = g_new0(char *, count + 1);
  for (guint i = 0; i < count; i++)
    folded[i] = fold(words[i], -1);
  return folded;
}

/* Folded once, kept for the whole program. */
static const Words *words_of_prompts(void) {
  static Words *words;
  if (g_once_init_enter(&words)) {
    Words *made = g_new(Words, 1);
    made->secrets = fold_all(secrets, G_N_ELEMENTS(secrets));
    made->secret_words = fold_all(secret_words, G_N_ELEMENTS(secret_words));
    made->users = fold_all(users, G_N_ELEMENTS(users));
    made->fillers = fold_all(fillers, G_N_ELEMENTS(fillers));
    g_once_init_leave(&words, made);
  }
  return words;
}

static gboolean is_letter_before(const char *text, const char *at) {
  return at > text && g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(at)));
}

static gboolean has_word(const char *text, const char *word) {
  const gsize length = strlen(word);
  for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
    if (!is_letter_before(text, at) && !g_unichar_isalpha(g_utf8_get_char(at + length)))
      return TRUE;
  }
  return FALSE;
}

static gboolean is_among(char *const *words, const char *text) {
  return g_strv_contains((const char *const *)words, text);
}

/* --- secrets --- */

static gboolean folded_has_secret(const char *text) {
  const Words *words = words_of_prompts();
  for (char *const *word = words->secrets; *word != NULL; word++) {
    if (strstr(text, *word) != NULL)
      return TRUE;
  }
  for (char *const *word = words->secret_words; *word != NULL; word++) {
    if (has_word(text, *word))
      return TRUE;
  }
  return FALSE;
}

static gboolean has_secret(const char *text, gsize length) {
  char *folded = fold(text, (gssize)length);
  const gboolean has = folded_has_secret(folded);
  g_free(folded);
  return has;
}

/* --- user names --- */

/* The longest prompt that ends the line, which then ends before it. */
static const char *cut_user(char *line) {
  const char *longest = NULL;
  for (char *const *user = words_of_prompts()->users; *user != NULL; user++) {
    const gsize length = strlen(*user), all = strlen(line);
    if (g_str_has_suffix(line, *user) && !is_letter_before(line, line + all - length) &&
        (longest == NULL || length > strlen(longest)))
      longest = *user;
  }
  if (longest != NULL)
    line[strlen(line) - strlen(longest)] = '\0';
  return longest;
}

/* "myhost login:", "(none) login:" */
static gboolean is_host(const char *word, const char *user) {
  if (strcmp(user, "login") != 0 || *word == '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(lasts); i++) {
    if (strcmp(word, lasts[i]) == 0)
      return FALSE;
  }
  return strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-._()") == strlen(word);
}

static gboolean are_fillers(const char *head) {
  char **words = g_strsplit(head, " ", -1);
  gboolean all = TRUE;
  for (char **word = words; *word != NULL; word++)
    all = all && (**word == '\0' || is_among(words_of_prompts()->fillers, *word));
  g_strfreev(words);
  return all;
}

/* `line`: folded, and changed. */
static HgPrompt read_line(char *line) {
  const char *user;
  gsize length;
  gboolean angle;
  g_strchomp(line);
  length = strlen(line);
  if (length == 0 || strchr(":>", line[length - 1]) == NULL)
    return HG_PROMPT_OTHER;
  angle = line[length - 1] == '>';
  line[length - 1] = '\0';
  g_strstrip(line);
  user = cut_user(line);
  /* "Username>" is a prompt for a name (DECserver), "user>" one for commands. */
  if (user == NULL || (angle && strcmp(user, "username") != 0))
    return HG_PROMPT_OTHER;
  g_strchomp(line);
  if (*line == '\0')
    return HG_PROMPT_USER_ALONE;
  if (are_fillers(line))
    return HG_PROMPT_USER;
  return is_host(line, user) ? HG_PROMPT_USER_ALONE : HG_PROMPT_OTHER;
}

/* --- both --- */

/* Spares most texts the rest: a colon, an angle, or the last byte of a colon of full width (U+FF1A). */
static gboolean may_end_prompt(guint8 byte) {
  return byte == ':' || byte == '>' || byte == 0x9a;
}

HgPrompt hg_login_prompt(const char *text, gsize length) {
  gsize end = length, begin;
  HgPrompt prompt;
  char *line;
  while (end > 0 && (g_ascii_isspace(text[end - 1]) || text[end - 1] == '\0'))
    end--;
  for (begin = end; begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r';)
    begin--;
  if (end == 0 || !may_end_prompt((guint8)text[end - 1]))
    return HG_PROMPT_OTHER;
  if (has_secret(text, length))
    return HG_PROMPT_SECRET;
  if (!g_utf8_validate(text + begin, (gssize)(end - begin), NULL))
    return HG_PROMPT_OTHER;
  line = fold(text + begin, (gssize)(end - begin));
  prompt = read_line(line);
  g_free(line);
  return prompt;
}
