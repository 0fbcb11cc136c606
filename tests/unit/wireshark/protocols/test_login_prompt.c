/* test_login_prompt.c - which prompts ask for a user name, and which do not
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/login_prompt.h"

#include <string.h>

static void check(const char *const *texts, HgPrompt expected) {
  for (; *texts != NULL; texts++) {
    const HgPrompt prompt = hg_login_prompt(*texts, strlen(*texts));
    if (prompt != expected)
      g_error("\"%s\" is %d, not %d", *texts, prompt, expected);
  }
}

static void test_alone(void) {
  static const char *const texts[] = {"login:",
                                      "login: ",
                                      "Login : ",
                                      "USERNAME:",
                                      "Username> ",
                                      "User Name:",
                                      "user id: ",
                                      "user-id:",
                                      "Account:",
                                      "myhost login: ",
                                      "(none) login: ",
                                      "fw-1.example.com login: ",
                                      "Debian GNU/Linux 12\r\n\r\nlogin: ",
                                      "% Login invalid\r\n\r\nUsername: ",
                                      "login:\r\n",
                                      "login:\r\r\n\n",
                                      "Benutzername: ",
                                      "Anmeldename:",
                                      "nom d'utilisateur : ",
                                      "identifiant\u00a0:",
                                      "nombre de usuario:",
                                      "usuário: ",
                                      "USUÁRIO:",
                                      "usua\u0301rio: ",
                                      "utente: ",
                                      "gebruikersnaam: ",
                                      "Użytkownik: ",
                                      "имя пользователя: ",
                                      "ЛОГИН:",
                                      "користувач:",
                                      "用户名：",
                                      "用户名: ",
                                      "使用者名稱：",
                                      "ユーザー名: ",
                                      "ログイン:",
                                      "사용자 이름: ",
                                      "로그인: ",
                                      "Přihlašovací jméno: ",
                                      "felhasználónév:",
                                      "användarnamn:",
                                      "brukernavn:",
                                      "KULLANICI ADI:",
                                      "Kullanıcı adı:",
                                      "όνομα χρήστη:",
                                      "שם משתמש:",
                                      "ชื่อผู้ใช้:",
                                      "tên đăng nhập:",
                                      "ｕｓｅｒ：",
                                      "us\u200ber:",
                                      NULL};
  check(texts, HG_PROMPT_USER_ALONE);
}

static void test_with_words(void) {
  static const char *const texts[] = {"Please enter your user name: ", "Enter username:",
                                      "  Enter  login : ", "Entrez votre identifiant : ", NULL};
  check(texts, HG_PROMPT_USER);
}

static void test_secrets(void) {
  static const char *const texts[] = {"Password:",
                                      "login password:",
                                      "Enter password for user: ",
                                      "Pass:",
                                      "PW for login:",
                                      "Password\r\nlogin: ",
                                      "PIN\nuser: ",
                                      "Passcode, user:",
                                      "one-time code\r\nuser:",
                                      "otp-md5 487 ke1234 ext\r\nchallenge login:",
                                      "token for login:",
                                      "API KEY user:",
                                      "secret login:",
                                      "Benutzerpasswort login:",
                                      "Kennwort für Benutzer:",
                                      "Mot de passe de l'utilisateur :",
                                      "mot de\r\npasse utilisateur:",
                                      "Contraseña de usuario:",
                                      "CONTRASEÑA usuario:",
                                      "contrasen\u0303a usuario:",
                                      "Clave usuario:",
                                      "Senha do usuário:",
                                      "palavra-passe login:",
                                      "parola d'ordine utente:",
                                      "Wachtwoord user:",
                                      "Hasło login:",
                                      "HASŁO login:",
                                      "Пароль login:",
                                      "ПАРОЛЬ\r\nлогин:",
                                      "用户密码\n用户名：",
                                      "密碼 login:",
                                      "ユーザーのパスワード\nlogin:",
                                      "비밀번호 login:",
                                      "암호\r\nlogin:",
                                      "Heslo login:",
                                      "Jelszó login:",
                                      "lösenord login:",
                                      "Adgangskode login:",
                                      "Passord login:",
                                      "Salasana login:",
                                      "ŞİFRE login:",
                                      "şifre login:",
                                      "Parola login:",
                                      "Parolă login:",
                                      "κωδικός login:",
                                      "ΚΩΔΙΚΟΣ login:",
                                      "Συνθηματικό login:",
                                      "סיסמה login:",
                                      "كلمة المرور login:",
                                      "รหัสผ่าน login:",
                                      "MẬT KHẨU login:",
                                      "kata sandi login:",
                                      "Sandi login:",
                                      "ｐａｓｓｗｏｒｄ login:",
                                      "pass\u200bword login:",
                                      "p\u00adassword login:",
                                      NULL};
  check(texts, HG_PROMPT_SECRET);
}

/* What such a text asks for is not known: no user name is read after it. */
static void test_others(void) {
  static const char *const texts[] = {"",
                                      "\r\n",
                                      "login",
                                      "login: walter",
                                      "$ ",
                                      "user>",
                                      "user> ",
                                      "Last login: ",
                                      "Ultimo login: ",
                                      "superuser:",
                                      "Lykilnúmer fyrir user: ",
                                      "two words login:",
                                      "Wie heißt du, user:",
                                      "user:\r\nmore",
                                      "\x80login:",
                                      "\xd0\xc1\xd2\xcf\xcc\xd8 login:",
                                      "m\xfc login:",
                                      NULL};
  check(texts, HG_PROMPT_OTHER);
}

/* "key" is a word for a secret, the end of "monkey" is none; a line of other bytes above does no harm. */
static void test_words(void) {
  static const char *const texts[] = {
      "monkey pinball decoder turkeys\r\nlogin: ", "caf\xe9\r\nlogin: ", NULL};
  check(texts, HG_PROMPT_USER_ALONE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/login-prompt/alone", test_alone);
  g_test_add_func("/login-prompt/with-words", test_with_words);
  g_test_add_func("/login-prompt/secrets", test_secrets);
  g_test_add_func("/login-prompt/others", test_others);
  g_test_add_func("/login-prompt/words", test_words);
  return g_test_run();
}
