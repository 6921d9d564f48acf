import * as cheerio from 'cheerio';
import type { PassageText } from '../split-text.js';
import { readingLimits } from './limits.js';
import { plainLine, unmarkedLine } from './plain-lines.js';
import { Unreadable } from './unreadable.js';

type Api = ReturnType<typeof cheerio.load>;
type Node = ReturnType<Api['root']>[0] | NonNullable<ReturnType<Api['root']>[0]['firstChild']>;

/** What a page says. */
export interface PageText {
  /** Headings as lines that begin with `#`, blocks with an empty line between, rows of tables with their column's name. */
  readonly text: string;
  /** Questions that open to their answer. */
  readonly pairs: readonly PassageText[];
  readonly noindex: boolean;
  /** A form that asks for a password. */
  readonly asksPassword: boolean;
}

/** What no reader sees, or what is on every page of a site. */
const dropped = new Set(
  'script style noscript template svg math iframe object embed canvas audio video head nav footer aside dialog select button input textarea map menu picture img'.split(
    ' ',
  ),
);
const droppedRoles = new Set(
  'navigation banner contentinfo search dialog alertdialog complementary menu menubar toolbar'.split(' '),
);
const droppedNames =
  /(?:^|[\s_-])(?:cookie-?(?:bar|banner|notice|consent|popup|modal|overlay|message|wall)|consent-?(?:bar|banner|popup|modal)|cookieconsent|onetrust|cookiebot|breadcrumbs?|newsletter|skip-?link|sr-only|visually-hidden|screen-reader-text|social-share)/i;
const hiddenStyle =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|font-size\s*:\s*0(?:px|em|rem|%)?\s*(?:;|!|$))/i;
const ownBlock = new Set(
  'p div section article main header form fieldset figure figcaption address blockquote pre ul ol dl table details summary hr body center tr li dt dd caption'.split(
    ' ',
  ),
);
const longestLink = 200;

/** Reads a page: its own words in their structure, without what stands on every page, what is hidden, and what is run. */
export function htmlText(html: string, url: string | null): PageText {
  const $ = cheerio.load(html);
  const robots = $('meta[name="robots" i], meta[name="parley" i]')
    .toArray()
    .map((meta) => $(meta).attr('content') ?? '')
    .join(',');
  const asksPassword = $('input[type="password" i]').length > 0;
  const writer = new PageWriter(baseOf($, url));
  const content = contentOf($);
  if (content !== undefined) writer.write(content);
  const text = writer.text();
  const title = plainLine($('title').first().text()).slice(0, 200);
  const headed = text === '' || text.startsWith('# ') || title === '' ? text : `# ${unmarkedLine(title)}\n\n${text}`;
  return {
    text: headed,
    pairs: writer.pairs.map((pair) => ({ ...pair, heading: title === '' ? null : title })),
    noindex: /(?:^|[\s,])(?:noindex|none)(?:[\s,]|$)/i.test(robots),
    asksPassword,
  };
}

/** Where the page's own words are: its main part where it names one, else all of it. */
function contentOf($: Api): Node | undefined {
  const main = $('main, [role="main"]').toArray();
  const [only, second] = main.length > 0 ? main : $('article').toArray();
  if (only !== undefined && second === undefined && $(only).text().trim().length > 200) return only;
  return $('body')[0] ?? $.root()[0] ?? $('html')[0];
}

function baseOf($: Api, url: string | null): URL | null {
  if (url === null) return null;
  return URL.parse($('base').first().attr('href') ?? '', url) ?? URL.parse(url);
}

/** Walks a page and writes down what a reader of it reads. */
class PageWriter {
  readonly pairs: PassageText[] = [];
  private blocks: string[] = [];
  private line = '';
  private size = 0;
  private readonly base: URL | null;

  constructor(base: URL | null) {
    this.base = base;
  }

  write(node: Node): void {
    this.within(node, 0);
    this.close();
  }

  text(): string {
    return this.blocks.join('\n\n');
  }

  private one(node: Node, depth: number): void {
    if ('data' in node) {
      // Comments are data too. The end of a line in the source is no end of a line.
      if (String(node.type) === 'text') this.line += node.data.replace(/\s+/g, ' ');
      return;
    }
    if (!('name' in node) || !('attribs' in node) || isDropped(node)) return;
    const { name } = node;
    if (name === 'br') this.line += '\n';
    else if (/^h[1-6]$/.test(name)) this.heading(node, Number(name[1]), depth);
    else if (name === 'table') this.table(node, depth);
    else if (name === 'ul' || name === 'ol') this.list(node, depth);
    else if (name === 'dl') this.definitions(node, depth);
    else if (name === 'details') this.details(node, depth);
    else if (name === 'a') this.link(node, depth);
    else if (ownBlock.has(name)) {
      this.close();
      this.within(node, depth);
      this.close();
    } else {
      this.within(node, depth);
    }
  }

  private within(node: Node, depth: number): void {
    if (depth + 1 > readingLimits.depth) throw new Unreadable('TOO_HARD');
    for (const child of childrenOf(node)) this.one(child, depth + 1);
  }

  private heading(node: Node, level: number, depth: number): void {
    const words = unmarkedLine(this.inside(node, depth)).slice(0, 200);
    this.close();
    if (words !== '') this.add(`${'#'.repeat(level)} ${words}`);
  }

  private link(node: Node & { readonly attribs: Record<string, string | undefined> }, depth: number): void {
    const before = this.line.length;
    this.within(node, depth);
    const words = this.line.slice(before);
    const target = this.targetOf(node.attribs['href'] ?? '');
    if (target !== null && words.trim() !== '' && !words.includes(target)) this.line += ` (${target})`;
  }

  /** Where a link leads, as a reader can be told it; null where it stays on the page or is none to be told. */
  private targetOf(href: string): string | null {
    if (href === '' || href.startsWith('#')) return null;
    const target = this.base === null ? URL.parse(href) : URL.parse(href, this.base.href);
    if (target === null) return null;
    if (target.protocol === 'mailto:' || target.protocol === 'tel:') return readable(target.pathname);
    if (target.protocol !== 'https:' && target.protocol !== 'http:') return null;
    for (const name of [...target.searchParams.keys()])
      if (/^(?:utm_|fbclid|gclid)/.test(name)) target.searchParams.delete(name);
    if (target.username !== '' || target.password !== '' || target.href.length > longestLink) return null;
    return target.href;
  }

  private list(node: Node, depth: number): void {
    this.close();
    const items = childrenOf(node).flatMap((item) => {
      const words = 'name' in item && !isDropped(item) ? unmarkedLine(this.inside(item, depth)) : '';
      return words === '' ? [] : [`- ${words}`];
    });
    if (items.length > 0) this.add(items.join('\n'));
  }

  private definitions(node: Node, depth: number): void {
    this.close();
    const lines: string[] = [];
    for (const child of childrenOf(node)) {
      if (!('name' in child) || isDropped(child)) continue;
      const words = unmarkedLine(this.inside(child, depth));
      if (words === '') continue;
      if (child.name === 'dt' || lines.length === 0) lines.push(`- ${words}`);
      else lines[lines.length - 1] += `: ${words}`;
    }
    if (lines.length > 0) this.add(lines.join('\n'));
  }

  /** A question that opens to its answer stays whole. */
  private details(node: Node, depth: number): void {
    this.close();
    const children = childrenOf(node);
    const summary = children.find((child) => 'name' in child && child.name === 'summary');
    const question = summary === undefined ? '' : unmarkedLine(this.inside(summary, depth));
    const inner = new PageWriter(this.base);
    for (const child of children) if (child !== summary) inner.one(child, depth + 1);
    inner.close();
    const answer = inner.blocks.join('\n').replace(/^#+\s/gm, '');
    this.pairs.push(...inner.pairs);
    if (question !== '' && answer !== '' && question.length <= 500 && answer.length <= 4_000)
      this.pairs.push({ heading: null, question, text: answer });
    else for (const block of [question, answer]) if (block !== '') this.add(block);
  }

  private table(node: Node, depth: number): void {
    this.close();
    const rows = rowsOf(node).map((row) =>
      childrenOf(row)
        .filter((cell) => 'name' in cell && (cell.name === 'td' || cell.name === 'th') && !isDropped(cell))
        .map((cell) => ({ head: 'name' in cell && cell.name === 'th', words: unmarkedLine(this.inside(cell, depth)) })),
    );
    const [first, ...others] = rows.filter((row) => row.some(({ words }) => words !== ''));
    if (first === undefined) return;
    const headed = others.length > 0 && first.length > 1 && first.every(({ head, words }) => head || words === '');
    const names = headed ? first.map(({ words }) => words) : [];
    const lines = (headed ? others : [first, ...others]).map((row) =>
      row
        .map(({ words }, index) =>
          words === '' || (names[index] ?? '') === '' ? words : `${names[index] ?? ''}: ${words}`,
        )
        .filter((words) => words !== '')
        .join('; '),
    );
    this.add(lines.join('\n'));
  }

  /** The words within an element as one line; blocks within become parts of it. */
  private inside(node: Node, depth: number): string {
    const inner = new PageWriter(this.base);
    inner.within(node, depth + 1);
    inner.close();
    this.pairs.push(...inner.pairs);
    return inner.blocks
      .map((block) =>
        block
          .replace(/^#+\s/, '')
          .replace(/\n(?:- )?/g, '; ')
          .replace(/^- /, '; '),
      )
      .join(' ')
      .replace(/ ; /g, '; ')
      .replace(/^; /, '');
  }

  private close(): void {
    const lines = this.line
      .split('\n')
      .map(unmarkedLine)
      .filter((line) => line !== '');
    this.line = '';
    if (lines.length > 0) this.add(lines.join('\n'));
  }

  private add(block: string): void {
    this.size += block.length;
    if (this.size > readingLimits.characters)
      throw new Unreadable('TOO_LONG', { most: String(readingLimits.passages) });
    this.blocks.push(block);
  }
}

function childrenOf(node: Node): readonly Node[] {
  return 'children' in node ? node.children : [];
}

/** The rows of a table, of its parts too, but not of a table within it. */
function rowsOf(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => {
    if (!('name' in child)) return [];
    if (child.name === 'tr') return [child];
    return child.name === 'thead' || child.name === 'tbody' || child.name === 'tfoot' ? rowsOf(child) : [];
  });
}

function isDropped(node: Node): boolean {
  if (!('attribs' in node)) return true;
  const { name, attribs, parent } = node;
  if (dropped.has(name)) return true;
  // The head of a site, not that of an article.
  if (
    name === 'header' &&
    !(
      parent !== null &&
      'name' in parent &&
      (parent.name === 'article' || parent.name === 'section' || parent.name === 'main')
    )
  )
    return true;
  if ('hidden' in attribs || attribs['aria-hidden'] === 'true' || droppedRoles.has(attribs['role'] ?? '')) return true;
  if (hiddenStyle.test((attribs['style'] ?? '').slice(0, 500))) return true;
  if (name === 'body' || name === 'main' || name === 'article') return false;
  return droppedNames.test(`${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`.slice(0, 300));
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
