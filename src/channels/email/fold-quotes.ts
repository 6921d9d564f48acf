/** The words of a mail, and what it repeats of earlier ones. */
export interface FoldedText {
  readonly fresh: string;
  readonly quoted: string;
}

const mostLine = 1_000;
const attributions = [
  /^on\b.{5,400}\bwrote\s*:$/i,
  /^am\b.{5,400}\bschrieb\b.{0,200}:$/i,
  /^le\b.{5,400}\ba écrit\s*:$/i,
  /^el\b.{5,400}\bescribió\s*:$/i,
  /^il\b.{5,400}\bha scritto\s*:$/i,
  /^em\b.{5,400}\bescreveu\s*:$/i,
  /^op\b.{5,400}\bschreef\b.{0,200}:$/i,
  /^.{5,400}\b(?:tarihinde|şunları|şunu|şöyle)\b.{0,200}yazd[ıi]\s*:$/iu,
  /^.{5,400}(?:пишет|написал|написала)\s*:$/iu,
  /^(?:في|بتاريخ|بتأريخ).{5,400}(?:كتب|كتبت|كتبه).{0,200}[:：]$/u,
];
const separators =
  /^[-_*\s]{2,}(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|mensaje original|messaggio originale|(?:orijinal|özgün|asıl) (?:ileti|mesaj)|yönlendirilmiş (?:ileti|mesaj)|الرسالة الأصلية)[-_*\s]{2,}$/iu;
const headerFrom = /^\*?(?:from|von|de|da|kimden|gönderen|من)\s*\*?\s*[:：]/iu;
const headerOther =
  /^\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado|fecha|para|asunto|gönderildi|gönderme tarihi|tarih|kime|alıcı|konu|تاريخ|تم الإرسال|إلى|الموضوع)\s*\*?\s*[:：]/iu;

/** Cuts off what a mail repeats of the ones before it. A mail that answers between the lines stays whole. */
export function foldQuotes(text: string): FoldedText {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const at = firstQuoted(lines);
  if (at === null) return { fresh: text.trim(), quoted: '' };
  const fresh = lines.slice(0, at).join('\n').trim();
  // Nothing of its own, such as a mail passed on: then that is what it says.
  if (fresh === '') return { fresh: text.trim(), quoted: '' };
  return { fresh, quoted: lines.slice(at).join('\n').trim() };
}

function firstQuoted(lines: readonly string[]): number | null {
  const trimmed = lines.map((line) => line.trim().slice(0, mostLine));
  for (const [index, line] of trimmed.entries()) {
    if (separators.test(line) || isHeaderBlock(trimmed, index)) return ruled(trimmed, index);
    const taken = attributionAt(trimmed, index);
    if (taken > 0 && onlyQuotes(trimmed, index + taken)) return index;
    if (line.startsWith('>') && onlyQuotes(trimmed, index)) return index;
  }
  return null;
}

/** Over how many lines an attribution goes that begins here: it is wrapped where it is long. */
function attributionAt(lines: readonly string[], index: number): number {
  if (lines[index] === '' || lines[index]?.startsWith('>') === true) return 0;
  for (const taken of [1, 2, 3]) {
    const part = lines.slice(index, index + taken);
    // What stands above an empty line is no part of it.
    if (part.includes('')) return 0;
    const joined = part.join(' ');
    if (attributions.some((attribution) => attribution.test(joined))) return taken;
  }
  return 0;
}

/** Whether what is left is quoted to the end. */
function onlyQuotes(lines: readonly string[], from: number): boolean {
  return lines.slice(from).every((line) => line === '' || line.startsWith('>'));
}

/** Outlook repeats the head of the mail without any mark. */
function isHeaderBlock(lines: readonly string[], index: number): boolean {
  if (!headerFrom.test(lines[index] ?? '')) return false;
  return lines.slice(index + 1, index + 6).filter((line) => headerOther.test(line)).length >= 2;
}

/** Takes the line above along, where it is only a rule. */
function ruled(lines: readonly string[], index: number): number {
  let at = index;
  while (at > 0 && /^[-_=*\s]*$/.test(lines[at - 1] ?? '') && index - at < 3) at -= 1;
  return at;
}
