import {
  type ControllerDetails,
  type PageLanguage,
  type Processor,
  type RetentionPolicy,
  escapeHtml,
} from '../../accounts/index.js';
import { wordsOf } from './csv.js';
import type { ExportedPart } from './exported-part.js';
import { columnTitle, kindTitle, words } from './words.js';
import { offlinePage } from '../offline-page.js';

/** What the readable page shows. */
export interface ExportedWhole {
  readonly language: PageLanguage;
  readonly workspace: string;
  readonly controller: Partial<ControllerDetails>;
  readonly madeAt: Date;
  readonly parts: readonly Pick<ExportedPart, 'name' | 'rows' | 'columns' | 'shown'>[];
  /** Where files lie in the export, by id; null where the bytes are gone. */
  readonly files: ReadonlyMap<string, { readonly name: string; readonly path: string | null }>;
  readonly recipients: readonly Processor[];
  readonly retention: RetentionPolicy;
}

const longestCell = 2_000;
const style = `body { max-width: 80rem; } caption { text-align: start; } th, td { vertical-align: top; }
td { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 5rem; max-width: 40rem; } h2 { margin-block-start: 2.5rem; }`;

/**
 * The page that opens an export: tables of what is in it, readable without a network. Every word is escaped, and the page
 * runs no script and loads nothing, whatever a word tries.
 */
export function indexPage(whole: ExportedWhole): string {
  const said = words[whole.language];
  const title = said.title(whole.workspace);
  return offlinePage(
    whole.language,
    title,
    style,
    `<h1>${escapeHtml(title)}</h1>
<p>${said.made}: ${timeOf(whole.madeAt)}</p>
<p>${said.intro}</p>
${responsible(whole)}
${contents(whole)}
${whole.parts.map((part) => section(part, whole)).join('\n')}
${attachments(whole)}
<h2>${said.recipients}</h2>
${table(
  said.recipient,
  whole.recipients.map((one) => [one.name, one.purpose, one.data, one.region, one.safeguard].map(escapeHtml)),
)}
<h2>${said.retention}</h2>
<ul>${retention(whole)}</ul>
<h2>${said.rights}</h2>
<p>${said.rightsText}</p>`,
  );
}

function responsible({ language, workspace, controller }: ExportedWhole): string {
  const { legalName, address, privacyEmail, website, noticeUrl } = controller;
  const lines = [legalName ?? workspace, address, privacyEmail, website, noticeUrl].filter(isText);
  return `<h2>${words[language].by}</h2>\n<p>${lines.map(escapeHtml).join('<br>')}</p>`;
}

function contents({ language, parts }: ExportedWhole): string {
  const said = words[language];
  if (parts.length === 0) return `<p>${said.nothing}</p>`;
  const rows = parts.map(({ name, rows }) => [
    `<a href="#${name}">${escapeHtml(kindTitle(name, language))}</a>`,
    String(rows),
    `<a href="data/${name}.json">JSON</a> <a href="data/${name}.csv">CSV</a>`,
  ]);
  return `<h2>${said.contents}</h2>\n${table([said.what, said.rows, said.asFile], rows)}`;
}

function section({ name, rows, columns, shown }: ExportedWhole['parts'][number], whole: ExportedWhole): string {
  const { language, files } = whole;
  const more = rows > shown.length ? `<p>${words[language].more(shown.length, rows)}</p>` : '';
  const lines = shown.map((row) => columns.map((column) => cell(row[column], files)));
  const heads = columns.map((column) => columnTitle(column, language));
  return `<h2 id="${name}">${escapeHtml(kindTitle(name, language))}</h2>\n${more}${table(heads, lines)}`;
}

function attachments({ language, files }: ExportedWhole): string {
  if (files.size === 0) return '';
  const said = words[language];
  const items = [...files.values()].map(({ name, path }) =>
    path === null
      ? `<li>${escapeHtml(name)} (${said.missing})</li>`
      : `<li><a href="${linkTo(path)}">${escapeHtml(name)}</a></li>`,
  );
  return `<h2>${said.attachments}</h2>\n<ul>${items.join('')}</ul>`;
}

function retention({ language, retention: policy }: ExportedWhole): string {
  const said = words[language];
  return (['conversationsDays', 'leadsDays', 'aiRunsDays', 'auditDays'] as const)
    .map((kind) => `<li>${said[kind]}: ${said.days(policy[kind])}</li>`)
    .join('');
}

function cell(value: unknown, files: ExportedWhole['files']): string {
  if (value instanceof Date) return timeOf(value);
  if (isAttachments(value)) return value.map((one) => attachment(one, files)).join('<br>');
  const text = wordsOf(value);
  return escapeHtml(text.length > longestCell ? `${text.slice(0, longestCell).toWellFormed()}…` : text);
}

interface Attached {
  readonly fileId: string | null;
  readonly name: string | null;
  readonly kind: string;
}

function isAttachments(value: unknown): value is Attached[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one && 'fileId' in one)
  );
}

function attachment({ fileId, name, kind }: Attached, files: ExportedWhole['files']): string {
  const path = fileId === null ? undefined : files.get(fileId)?.path;
  const title = escapeHtml(name ?? kind);
  return typeof path === 'string' ? `<a href="${linkTo(path)}">${title}</a>` : title;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>`).join('\n');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function timeOf(time: Date): string {
  const text = time.toISOString();
  return `<time datetime="${text}">${text.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function linkTo(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function isText(text: string | null | undefined): text is string {
  return typeof text === 'string' && text !== '';
}
