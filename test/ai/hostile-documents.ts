import { builtDocx, unicodePdf } from '../support/documents.js';
import type { Carrier, Scenario } from './scenarios.js';

/** A carrier that is a page of the web or a file, which is read before anybody is answered from it. */
export type DocumentCarrier = Extract<Carrier, `page: ${string}` | `file: ${string}`>;

/** A document with what an attacker wrote into it, as it is served or uploaded. */
export interface HostileDocument {
  readonly carrier: DocumentCarrier;
  readonly scenarios: readonly Scenario[];
  readonly name: string;
  readonly body: Buffer;
}

const evil = 'https://kestrel.evil.test/c';
/** What there is one of in a document is tried in one document for each scenario. */
const alone: ReadonlySet<Carrier> = new Set<Carrier>([
  'page: title',
  'page: hidden words',
  'file: name',
  'file: name of a column',
]);
const mostInOne = 7;
/** Enough of them that the words of one do not tell what cuts a line into cells. */
const columns = ['Size', 'Watts', 'Volts', 'Colour', 'Height', 'Width', 'Weight', 'Price'];

/** The documents of all scenarios that stand in one. */
export async function hostileDocuments(scenarios: readonly Scenario[]): Promise<readonly HostileDocument[]> {
  const documents: HostileDocument[] = [];
  const carriers = new Set(scenarios.map(({ carrier }) => carrier).filter(isDocument));
  for (const carrier of carriers) {
    const own = scenarios.filter((scenario) => scenario.carrier === carrier);
    const size = alone.has(carrier) ? 1 : mostInOne;
    for (let at = 0; at < own.length; at += size) documents.push(await built(carrier, own.slice(at, at + size)));
  }
  return documents;
}

/** Whether what carries it is a document. */
export function isDocument(carrier: Carrier): carrier is DocumentCarrier {
  return carrier.startsWith('page: ') || carrier.startsWith('file: ');
}

async function built(carrier: DocumentCarrier, scenarios: readonly Scenario[]): Promise<HostileDocument> {
  const number = String(scenarios[0]?.index ?? 0);
  const words = scenarios.map((scenario) => scenario.words).join('\n');
  const body = carrier.startsWith('page: ') ? pageOf(carrier, scenarios) : await fileOf(carrier, scenarios, words);
  const name =
    carrier === 'file: name' ? `${words.replace(/[\n/\\]+/g, ' ').slice(0, 150)}.md` : nameOf(carrier, number);
  return { carrier, scenarios, name, body: Buffer.from(body) };
}

function nameOf(carrier: DocumentCarrier, number: string): string {
  const ending = carrier.includes('PDF')
    ? 'pdf'
    : carrier.includes('Word')
      ? 'docx'
      : carrier.includes('cell') || carrier.includes('column')
        ? 'csv'
        : 'md';
  return `lamps-${number}.${ending}`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A page with a section for each product, whose fact stands in a paragraph of its own. */
function pageOf(carrier: DocumentCarrier, scenarios: readonly Scenario[]): string {
  const all = escaped(scenarios.map(({ words }) => words).join(' '));
  const head =
    carrier === 'page: title'
      ? `<title>${all}</title>`
      : carrier === 'page: description'
        ? `<title>Lamps</title><meta name="description" content="${all}"><meta property="og:title" content="${all}"><meta name="keywords" content="${all}">
           <script type="application/ld+json">${JSON.stringify({ '@type': 'FAQPage', name: all })}</script>`
        : '<title>Lamps</title>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${scenarios.map((one) => section(carrier, one)).join('\n')}</body></html>`;
}

function section(carrier: DocumentCarrier, { product, fact, words, question }: Scenario): string {
  const said = escaped(words);
  const stated = `<p>${escaped(fact)}</p>`;
  const heading = `<h2>Lamp ${product}</h2>`;
  switch (carrier) {
    case 'page: text':
      return `${heading}${stated}<p>${said}</p>`;
    case 'page: heading':
      return `${heading}${stated}<h3>${said}</h3>${stated}`;
    case 'page: alternative text':
      return `${heading}<p title="${said}" aria-label="${said}">${escaped(fact)}</p><img src="/lamp.png" alt="${said}" title="${said}">`;
    case 'page: words of a link':
      return `${heading}${stated}<p><a href="${evil}?p=${product}">${said}</a></p>`;
    case 'page: cell of a table':
      return `${heading}<table><tr><td>${escaped(fact)}</td></tr></table><table><tr><td>${said}</td></tr></table>`;
    case 'page: question that opens':
      return `<details><summary>${escaped(question)}</summary>${stated}<p>${said}</p></details>`;
    case 'page: hidden words':
      return `${heading}${stated}<p style="display:none">${said}</p><div hidden>${said}</div><span aria-hidden="true">${said}</span>
        <noscript>${said}</noscript><template>${said}</template><!-- ${words.replaceAll('--', '')} --><p style="font-size:0px">${said}</p>`;
    default:
      return `${heading}${stated}`;
  }
}

async function fileOf(
  carrier: DocumentCarrier,
  scenarios: readonly Scenario[],
  words: string,
): Promise<Buffer | string> {
  switch (carrier) {
    case 'file: PDF text':
      return unicodePdf(
        scenarios.map(({ product, fact, words: said }) => [
          { size: 20, at: 740, text: `Lamp ${product}` },
          { size: 12, at: 700, text: asDrawn(fact) },
          ...lines(said).map((text, index) => ({ size: 12, at: 640 - 14 * index, text: asDrawn(text) })),
        ]),
      );
    case 'file: PDF properties':
      return unicodePdf(
        scenarios.map(({ product, fact }) => [
          { size: 20, at: 740, text: `Lamp ${product}` },
          { size: 12, at: 700, text: asDrawn(fact) },
        ]),
        words,
      );
    case 'file: Word text':
      return builtDocx(scenarios.map(({ fact, words: said }) => paragraph(fact) + paragraph(said)).join(''));
    case 'file: Markdown':
      return scenarios.map(({ product, fact, words: said }) => `## Lamp ${product}\n\n${fact}\n\n${said}\n`).join('\n');
    case 'file: Markdown heading':
      return scenarios.map(({ fact, words: said }) => `${fact}\n\n## ${oneLine(said)}\n\n${fact}\n`).join('\n');
    case 'file: cell of a table':
      return ['Lamp,,Note', ...scenarios.map(({ product, fact, words: said }) => row(product, fact, said))].join('\n');
    case 'file: name of a column':
      return [
        row('', words, ...columns),
        ...scenarios.map(({ fact }) => row(fact, 'yes', ...columns.map(() => ''))),
      ].join('\n');
    default:
      return scenarios.map(({ product, fact }) => `## Lamp ${product}\n\n${fact}\n`).join('\n');
  }
}

/** As a person writes lines of some eighty letters. */
function lines(text: string): string[] {
  return text.split('\n').flatMap((line) => line.match(/.{1,80}(?:\s|$)|.{1,80}/gu) ?? []);
}

/** As it is drawn on a page: from left to right, Arabic too; what other texts hide in marks is drawn in white there. */
function asDrawn(text: string): string {
  const drawn = [...text].map((letter) => whatTagSays(letter));
  if (!/\p{Script=Arabic}/u.test(text)) return drawn.join('');
  return drawn
    .toReversed()
    .join('')
    .replace(/[A-Za-z0-9]+(?:[ _.:/-]+[A-Za-z0-9]+)*/g, (run) => [...run].toReversed().join(''));
}

function whatTagSays(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  return code > 0xe0000 && code < 0xe0080 ? String.fromCodePoint(code - 0xe0000) : letter;
}

function paragraph(text: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
}

function row(...cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
}
