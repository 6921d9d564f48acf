import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { type RefusalReason, refusalWords } from './refusal-words.js';
import { reasonOf, refusal, refusalSentence } from './refusal.js';

const channels = path.join(import.meta.dirname, '..');
const root = path.join(channels, '../..');
const reasons = Object.keys(refusalWords) as RefusalReason[];
const sources = readdirSync(channels, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.spec)\.ts$/u.test(file) && !file.startsWith('connect/refusal'))
  .map((file) => [file, readFileSync(path.join(channels, file), 'utf8')] as const);

/** Refusals that are none of a connection, with how many each file has. */
const others: Readonly<Record<string, readonly [count: number, why: string]>> = {
  'update-channel.ts': [2, 'settings of a channel that is connected'],
  'templates/channel-templates.ts': [6, 'a template is sent'],
  'meta/whatsapp-templates.ts': [3, 'templates are listed'],
  'meta/meta-lead-ads.ts': [3, 'forms of adverts are listed'],
  'meta/number-registration.ts': [1, 'what the platform says besides, in the words that messages have for it'],
  'connect/return-from-consent.ts': [1, 'a consent that is not there: the page says so itself'],
  'connect/complete-authorization.ts': [1, 'hands on the refusal of an account with its reason'],
};

describe('why something is not connected', () => {
  it('has a reason wherever it is refused', () => {
    expect(sources.length).toBeGreaterThan(120);
    const counts = sources.flatMap(([file, text]) => {
      const count = text.match(/\bbadInput\(|new DomainError\(/gu)?.length ?? 0;
      return count === 0 ? [] : [[file, count] as const];
    });
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(Object.entries(others).map(([file, [count]]) => [file, count])),
    );
  });

  it('has no reason that nobody gives', () => {
    const all = sources.map(([, text]) => text).join('\n');
    expect(reasons.length).toBeGreaterThan(70);
    expect(reasons.filter((reason) => !all.includes(`'${reason}'`))).toEqual([]);
  });

  it('can be said in every language of the dashboard, and there is nothing else to say', () => {
    for (const language of ['en', 'tr', 'ar']) {
      const words = readFileSync(path.join(root, `apps/dashboard/src/i18n/${language}/refusals.ts`), 'utf8');
      const said = [...words.matchAll(/^ {4}([A-Z_]+):/gmu)].map(([, reason]) => reason);
      expect([language, [...said].sort()]).toEqual([language, [...reasons].sort()]);
    }
  });

  it('is found again by its words, whatever they are filled in with', () => {
    const values = { asset: 'Page', error: '190', names: 'a, b', status: '418', example: 'x.y', ports: '1', most: '9' };
    for (const reason of reasons)
      expect([reason, reasonOf(refusalSentence(reason, { ...values, place: '3' }))]).toEqual([reason, reason]);
    for (const words of ['', 'Invalid OAuth 2.0 Access Token', 'A PIN has six digits. Or not.'])
      expect(reasonOf(words)).toBeNull();
    expect(reasonOf(null)).toBeNull();
  });

  it('leaves nothing to be filled in', () => {
    const error = refusal('META_REFUSED', { values: { error: '368' }, field: 'pageId' });
    expect(error).toBeInstanceOf(DomainError);
    expect([error.code, error.message, error.field, error.reason, error.values]).toEqual([
      ErrorCode.PLATFORM_REFUSED,
      'Meta refused it (error 368). Nothing was changed.',
      'pageId',
      'META_REFUSED',
      { error: '368' },
    ]);
  });
});
