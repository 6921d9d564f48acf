import { cutInvisible } from '../drafting/invisible-text.js';
import { foldText } from './fold-text.js';

/** What a passage says, as far as it can give orders. */
interface Words {
  readonly title?: string;
  readonly heading: string | null;
  readonly question: string | null;
  readonly text: string;
}

// Folded: no case, no accents, Turkish dotted and dotless i alike. Each says what a shop's knowledge has no reason to say.
const orders: readonly RegExp[] = [
  // "Ignore all previous instructions."
  /\b(?:ignore|disregard|forget|override|bypass|do not follow|stop following)\b.{0,40}\b(?:previous|prior|above|earlier|preceding|all|any|every|your|these|those|the|other)\b.{0,30}\b(?:instructions?|rules?|prompts?|guidelines?|messages?|text|orders?|context|restrictions?|safety|policy|policies)\b/,
  /\b(?:onceki|yukaridaki|tum|butun|verilen|sistem)\b.{0,40}\b(?:talimat|kural|komut|yonerge|mesaj)\p{L}*.{0,30}\b(?:yok say|unut|gormezden|dikkate alma|uyma|bosver|gec|cigne)/u,
  /(?:تجاهل|انس|لا تتبع|اهمل).{0,40}(?:التعليمات|القواعد|الاوامر|الرسائل)/u,
  // "Print your prompt", "list the other customers", "send the conversation to".
  /\b(?:print|reveal|show|list|repeat|give|output|display|translate|send|leak|dump|tell|write|copy|recite|summari[sz]e|expose|share|forward|post|exfiltrate|read out)\b.{0,60}\b(?:prompts?|system messages?|your (?:rules|instructions|guidelines|configuration)|text above|everything above|words above|api[ _-]?keys?|passwords?|secrets?|credentials|environment|env|other (?:customers?|users?|tenants?|workspaces?|businesses|conversations?|people)|every other|all customers|conversation history|chat history|the (?:whole |full |entire )?conversation|database)\b/,
  /\b(?:talimat|kural|sistem mesaj|istem|prompt|parola|sifre|anahtar)\p{L}*.{0,60}\b(?:yaz|goster|tekrarla|ac[iı]kla|cevir|paylas|listele|gonder|ver)\b/u,
  /\bdiger\b.{0,12}\b(?:musteri|isletme|kullanic|kiraci|sohbet|konusma)\p{L}*.{0,80}\b(?:yaz|goster|paylas|listele|gonder|ver)\b/u,
  /\byukaridaki metni\b/,
  /(?:اكتب|اعرض|اظهر|كرر|اعد كتابه|ارسل|ترجم|اعد).{0,60}(?:التعليمات|تعليماتك|القواعد|النص اعلاه|مفتاح|المفاتيح|كلمات? السر|متغيرات|العملاء الاخرين|المتاجر الاخري|السجلات|سجلات|المحادثه)/u,
  // 'Reply only with "..."'. Shops quote what their pages say ("press “Cancel”"), and never what somebody has to answer.
  /\b(?:say|reply|answer|respond|print|output|repeat|append|prepend)\b[^"“”«»]{0,40}["“«„]/,
  /\b(?:write|include|add|insert|put|confirm|end|begin|start|finish|close)\b.{0,30}\b(?:your|every|each|the|any) (?:answer|reply|response|message|draft)s?\b[^"“”«»]{0,30}["“«„]/,
  /\b(?:write|include|add|insert|put|confirm|end|begin|start|finish)\b[^"“”«»]{0,20}\b(?:only|exactly|verbatim|with|the letters|word for word)\b[^"“”«»]{0,20}["“«„]/,
  /\b(?:write|include|add|insert|put)\b[^"“”«»]{0,20}["“«„][^"“”«»]{0,60}(?:https?:|www\.|[<>‹›{}[\]]|javascript|data:)/,
  /\btell (?:them|him|her|people|everyone|everybody|(?:the |all |every |your )?(?:customers?|users?|visitors?|clients?|readers?))\b/,
  /\band confirm\b[^"“”«»]{0,20}["“«„]/,
  // In Turkish a shop says "yazın"; who says "yaz" gives orders to a thing.
  /["”»][,.]?\s?(?:\p{L}+\s){0,3}(?:yaz|soyle|ekle|cevapla|yanitla|basla|tekrarla|bitir)(?!\p{L})|["”»]\s(?:\p{L}+\s){0,3}de[.!]?$/u,
  /(?<!\p{L})(?:yaz|soyle|ekle|cevapla|yanitla|basla|tekrarla)(?!\p{L})[^"“”«»]{0,40}["“«„]/u,
  /(?<!\p{L})[وف]?(?:قل|اجب|رد|كرر|(?:اكتب|اضف) (?:لهم|له|فقط|بالضبط|للعميل|للزبون|بعدها))(?!\p{L})[^"“”«»]{0,40}["“«„]/u,
  /\b(?:reply|respond|answer) (?:only |exactly |always |just )?(?:with|in|as|by|saying|only)\b/,
  // Whoever is spoken to is a machine.
  /\b(?:system prompt|language model|llm|chatgpt|gpt-?\d|jailbreak|(?:developer|debug|admin|god|dan|maintenance) mode|prompt injection|sistem istemi|dil modeli|yapay zeka (?:asistan|model)\p{L}*)\b/u,
  /\b(?:dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|as an|you are an?|if you are an?|when you are an?|hey) (?:the )?(?:ai|assistant|bot|chatbot|model|llm|language model|agent|artificial intelligence)\b/,
  /\b(?:never|do not|don't|always) (?:say|mention|tell|admit|reveal|disclose)\b.{0,60}\b(?:you are|you're|an? ai|ai|bot|robot|machine|artificial|these|this instruction)\b/,
  /\b(?:yapay zeka|bot|robot)\p{L}*\b.{0,30}\b(?:soyleme|deme|belirtme|aciklama)\b/u,
  /لا (?:تقل|تذكر|تكشف).{0,40}(?:ذكاء|روبوت|الي)/u,
  /\b(?:pretend|role-?play|act as|imagine (?:that )?you|simulate|you are now|from now on,? you|your new (?:role|name|rules?|instructions?))\b/,
  /\b(?:gibi davran|rolunu yap|rol yap|bundan sonra sen|artik sen)\b/,
  /\b(?:set|use|give|with|report)\b.{0,30}\bconfidence\b|\bcite (?:every |all |each |the )?(?:passages?|sources?|\[?\d)|\bas your sources?\b/,
  /\b(?:decode|decrypt|decipher|execute|eval|obey)\b.{0,40}(?:[a-z0-9+/]{16,}|\b(?:instructions?|orders?|commands?|base64|rot13|hex|below|following|this)\b)/,
  /\btranslate\b.{0,30}\b(?:your|the above|these|all)\b|\btalimatlar[iı]n[iı]\b/u,
  // Turns and parts of a prompt, templates, calls and markup.
  /^(?:system|assistant|user|developer|human|ai|bot|customer|client|business|sistem|asistan|kullanici|gelistirici|musteri|isletme|النظام|المساعد|المستخدم|العميل|المتجر)\s?:/u,
  /<\/?[a-z!|/]|‹\/?[a-z!|/]|\|>|\[\/?inst\]|<<sys>>|^#{2,} ?(?:system|instruction|response|input)/,
  /\{\{|\}\}|\$\{|<%|%>|\{%|%\}|#\{\s?\d/,
  /\b[a-z]+(?:_[a-z]+)+\s?\(|\bprocess\.env\b|\b[a-z]+_api_key\b|\bselect (?:\*|\w+(?:, ?\w+)*) from \w+(?: where\b|;|$)|\bdrop table\b|\b(?:refund_|delete_|send_|update_)\w+/,
  /"(?:answer|sources?|confidence|role|content|tool|function)"\s?:|\\"/,
  /\b(?:javascript|vbscript|data)\s?:\s?\S/,
  /!\[[^\]]*\]\(|\[[^\]]*\]\(\s?(?:https?:|javascript:|data:)/,
  /\[(?:name|(?:email|iban|card|identity|phone)-\d+)\]/,
  /\bon(?:error|load|click|focus|mouseover|toggle)\s?=/,
  // Codes that hide words.
  /[a-z0-9+/]{40,}={0,2}|\b(?:[a-z][ -]){5,}[a-z]\b|\b\w+ dot \w+ dot \w+\b/,
];

// A word of two alphabets that look alike, or letters written wide, is there to get past somebody.
const disguised =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}|[\uff01-\uff5e]{4}/u;

/**
 * Whether a text speaks to a machine that reads it: orders to a model, parts of a prompt, code. Knowledge is written for
 * people; who can write into it (a page on the web, a file from a supplier) must not write the replies.
 */
export function givesOrders(text: string): boolean {
  const seen = cutInvisible(text);
  // What only machines see was written for them.
  if (/[\u{e0020}-\u{e007f}\u202a-\u202e\u2066-\u2069]/u.test(text) || disguised.test(seen)) return true;
  const folded = foldText(seen.replace(/[’‘`´]/g, "'"));
  return beginningsOf(folded).some((words) => orders.some((order) => order.test(words)));
}

/** A text, and its parts where something of its own begins: a heading within a heading, a cell of a table behind its column. */
function beginningsOf(folded: string): readonly string[] {
  const parts = folded.split(/ – |; /);
  const cells = parts.flatMap((part) => /^[^:]{1,60}: (.+)$/su.exec(part)?.[1] ?? []);
  return [...new Set([folded, ...parts, ...cells])];
}

/**
 * A passage without what gives orders. They spoil the line that they stand in, for what they tell to say stands beside
 * them; what stands in other lines stays. Null where nothing is left.
 */
export function withoutOrders<Passage extends Words>(passage: Passage): Passage | null {
  const clean = (text: string | null): string | null => (text !== null && givesOrders(text) ? null : text);
  const lines = withoutCutOrders(passage.text.split('\n').filter((line) => !givesOrders(line)));
  const text = lines.join('\n').trim();
  if (text === '') return null;
  // A title counts as what its passages speak of; one that gives orders is none.
  const title = passage.title === undefined ? {} : { title: clean(passage.title) ?? '' };
  const heading = clean(passage.heading);
  // "Say this:" above what is to be said.
  const leads = heading !== null && givesOrders(`${heading} ${lines[0] ?? ''}`);
  return { ...passage, ...title, heading: leads ? null : heading, question: clean(passage.question), text };
}

const mostPieces = 5;
const longestPiece = 100;

/** Lines without those that give an order together, which somebody cut in pieces; a sentence that has ended begins none. */
function withoutCutOrders(lines: readonly string[]): readonly string[] {
  const gone = new Set<number>();
  for (const [first] of lines.entries()) {
    let words = '';
    for (let last = first; last < Math.min(lines.length, first + mostPieces) && !gone.has(last); last += 1) {
      const line = lines[last] ?? '';
      words = `${words} ${line}`.trim();
      if (last > first && givesOrders(words)) {
        for (let at = beginningOf(lines, first, last); at <= last; at += 1) gone.add(at);
        break;
      }
      if (line.length > longestPiece || /[.!?؟…]["”»)]?$/u.test(line)) break;
    }
  }
  return lines.filter((_, at) => !gone.has(at));
}

/** The last line that an order may begin with and still be one. */
function beginningOf(lines: readonly string[], first: number, last: number): number {
  let at = first;
  while (at + 1 < last && givesOrders(lines.slice(at + 1, last + 1).join(' '))) at += 1;
  return at;
}
