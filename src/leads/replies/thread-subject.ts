/** What a thread is called that a reply to a lead begins: mails in it answer "Your message". */
export function threadSubject(workspace: string, locale: string): string {
  const name = workspace.replace(/\s+/gu, ' ').trim().slice(0, 200);
  if (/^tr\b/i.test(locale)) return `${name} için yazdığınız mesaj`;
  if (/^ar\b/i.test(locale)) return `رسالتك إلى ${name}`;
  return `Your message to ${name}`;
}
