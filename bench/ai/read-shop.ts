import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type PassageText, splitPairs, splitText } from '../../src/ai/knowledge/split-text.js';
import type { ShopQuestion } from './shop-question.js';

/** What a shop's owner has written in one language. */
interface ShopPages {
  readonly passages: readonly PassageText[];
  /** The section's name for a heading, or for the question of a pair. */
  sectionOf(passage: Pick<PassageText, 'heading' | 'question'>): string;
}

const marked = /^## (?:\[(\w+)\] )?(.+)$/gmu;

/** Reads `shop.<language>.md` (pages) and, where there is one, `faq.<language>.md` (pairs); "[name]" before a heading names it. */
export async function readShop(shop: string, language: ShopQuestion['language']): Promise<ShopPages> {
  const names = new Map<string, string>();
  const read = async (file: string): Promise<string> => {
    const found = path.join(import.meta.dirname, shop, `${file}.${language}.md`);
    if (!existsSync(found)) return '';
    return (await readFile(found, 'utf8')).replace(marked, (_, name: string | undefined, title: string) => {
      names.set(title.trim(), name ?? title.trim());
      return `## ${title}`;
    });
  };
  const pages = splitText(await read('shop'));
  const pairs = (await read('faq'))
    .split(/^## /mu)
    .slice(1)
    .map((pair) => ({ question: pair.slice(0, pair.indexOf('\n')), answer: pair.slice(pair.indexOf('\n')).trim() }));
  return {
    passages: [...pages, ...splitPairs(pairs)],
    // A heading may have one of its own below it; the section is the one that the questions name.
    sectionOf: ({ heading, question }) =>
      [question ?? '', ...(heading?.split(' – ').toReversed() ?? [])].flatMap((line) => names.get(line) ?? [])[0] ?? '',
  };
}
