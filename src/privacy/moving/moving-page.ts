import { escapeHtml } from '../../accounts/index.js';
import { offlinePage } from '../offline-page.js';
import { type MovingManifest, manifestName } from './moving-manifest.js';
import { movingWords, titleOf } from './moving-words.js';

const style = `body { max-width: 60rem; }
section + section { margin-block-start: 3rem; border-block-start: 1px solid #8888; }`;

/** The page that opens an export of a workspace, in English and Turkish. */
export function movingPage(manifest: MovingManifest): string {
  const title = movingWords.en.title(manifest.workspace.name);
  return offlinePage('en', title, style, `${section(manifest, 'en')}\n${section(manifest, 'tr')}`);
}

function section(manifest: MovingManifest, language: 'en' | 'tr'): string {
  const said = movingWords[language];
  const { workspace, exportedAt, from, tables, files, forPeople } = manifest;
  const links = new Map(forPeople.map(({ path }) => [path.replace(/^tables\/|\.csv$/g, ''), path]));
  const rows = tables
    .filter(({ rows: count }) => count > 0)
    .map(({ name, rows: count, parts }) => [
      escapeHtml(titleOf(name, language)),
      String(count),
      [
        ...parts.map(({ path }) => `<a href="${path}">JSON</a>`),
        ...(links.has(name) ? [`<a href="${links.get(name) ?? ''}">CSV</a>`] : []),
      ].join(' '),
    ]);
  return `<section lang="${language}">
<h1>${escapeHtml(said.title(workspace.name))}</h1>
<p>${said.made}: <time datetime="${exportedAt}">${exportedAt.slice(0, 16).replace('T', ' ')} UTC</time>. ${said.from}: ${escapeHtml(from)}.</p>
<p>${said.careful}</p>
<p>${said.intro}</p>
<h2>${said.contents}</h2>
<div class="scroll"><table><thead><tr>${said.heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</tbody></table></div>
<p>${said.files(files.count, files.missing.length)}</p>
<h2>${said.staysTitle}</h2>
<p>${said.stays} <a href="${manifestName}">${manifestName}</a>.</p>
<h2>${said.nextTitle}</h2>
<p>${said.next}</p>
</section>`;
}
