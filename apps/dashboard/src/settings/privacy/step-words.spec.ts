import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import english from '../../i18n/en/privacy.js';
import { readNote } from './step-words.js';

const folders = ['intake', 'intake/operator', 'mailbox'].map((name) =>
  fileURLToPath(new URL(`../../../../../src/privacy/${name}`, import.meta.url)),
);
/** What the server writes into the steps of a request, as its own texts have it. */
function writtenByServer(): string[] {
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => /(?<!\.spec)\.ts$/u.test(file))
      .map((file) => readFileSync(path.join(folder, file), 'utf8')),
  );
  const call = /\b(?:stepTo|mark|adopting\.run|adopt\.run)\((?:[^()]|\([^()]*\))*\)/gu;
  const sentence = /['`](?:\$\{\w+\} )?([A-Z][^'`$]{6,}[.:])['`]/gu;
  const named = /(?:Note|unproved) = [^;]*;|note: proved \? [^,]*,/gu;
  return texts.flatMap((text) =>
    [...text.matchAll(call), ...text.matchAll(named)].flatMap(([part]) =>
      [...part.matchAll(sentence)].map(([, words = '']) => words),
    ),
  );
}

describe('the words of the steps', () => {
  it('are known, whatever the server writes', () => {
    const written = [...new Set(writtenByServer())];
    expect(written.length).toBeGreaterThan(24);
    expect(written.filter((words) => readNote(words).said.length !== 1)).toEqual([]);
  });
  it('have each a sentence in the catalogs', () => {
    const said = writtenByServer().flatMap((words) => readNote(words).said);
    expect(said.filter((name) => !(name in english.privacyStep))).toEqual([]);
  });
  it.each([
    ['Everything was erased.', ['erased'], ''],
    ['It was refused: Everything was erased.', ['refused'], 'Everything was erased.'],
    [
      'Whoever asks has proved that the address is theirs. That they may ask for another has still to be shown.',
      ['addressProved', 'mayMissing'],
      '',
    ],
    ['A member vouches for who asks:', ['vouched'], ''],
    ['A newer server says this.', [], 'A newer server says this.'],
    ['', [], ''],
  ])('%s', (note, said, words) => expect(readNote(note)).toEqual({ said, words }));
});
