import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '../../docs/privacy');
const papers = readdirSync(folder).filter((name) => name.endsWith('.md'));
const linksOf = (paper: string) =>
  [...readFileSync(path.join(folder, paper), 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to);

describe('the papers on privacy', () => {
  it.each(papers)('%s links to nothing that is not there', (paper) => {
    const broken = linksOf(paper).filter((to) => !to.includes('://') && !existsSync(path.join(folder, to)));
    expect(broken).toEqual([]);
  });

  it('are all in their index, and the index in the README', () => {
    expect([...linksOf('README.md').filter((to) => !to.startsWith('..')), 'README.md'].sort()).toEqual(papers.sort());
    expect(readFileSync(path.join(folder, '../../README.md'), 'utf8')).toContain('docs/privacy/README.md');
  });

  it('name regions, safeguards, 72 hours and both laws [promise 78]', () => {
    const all = papers.map((paper) => readFileSync(path.join(folder, paper), 'utf8')).join('\n');
    for (const word of [
      'Türkiye',
      'European Economic Area',
      'United States',
      'standard contract',
      '72 hours',
      'VERBİS',
      'article 30',
    ])
      expect(all).toContain(word);
  });
});
