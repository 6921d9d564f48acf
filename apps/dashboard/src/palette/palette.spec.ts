import type { TFunction } from 'i18next';
import { actions, groups, type ActionId } from '../actions/actions.js';
import type { LiveAction } from '../actions/use-actions.js';
import enElsewhere from '../i18n/en/elsewhere.js';
import enOfInbox from '../i18n/en/index.js';
import arElsewhere from '../i18n/ar/elsewhere.js';
import arOfInbox from '../i18n/ar/index.js';
import trElsewhere from '../i18n/tr/elsewhere.js';
import trOfInbox from '../i18n/tr/index.js';
import { allCommands, matchCommands } from './entries.js';
import { noteUse, recentActions } from './recent.js';

const catalogs = {
  en: { ...enOfInbox, ...enElsewhere },
  tr: { ...trOfInbox, ...trElsewhere },
  ar: { ...arOfInbox, ...arElsewhere },
};
type Language = keyof typeof catalogs;

const wordOf = (catalog: object, key: string) =>
  key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], catalog);
const speaking = (language: Language) => ((key: string) => wordOf(catalogs[language], key)) as unknown as TFunction;
const nothing = () => undefined;

const live: LiveAction[] = actions.map((action) => ({
  action,
  run: nothing,
  choices: action.id === 'assign' ? ['Ada', 'Ayşe Kaya', 'İrem'].map((label) => ({ label, run: nothing })) : [],
}));
const labels = (typed: string, language: Language = 'en', recent: ActionId[] = []) =>
  matchCommands(live, recent, typed, speaking(language)).map(({ label }) => label);

describe('the words of the actions', () => {
  it.each(['en', 'tr', 'ar'] as const)('are all in the catalog: %s', (language) => {
    const words = [...actions.map((action) => action.words), ...groups.map((group) => `commandGroup.${group}`)];
    expect(words.filter((key) => typeof wordOf(catalogs[language], key) !== 'string')).toEqual([]);
  });
});

describe('the commands that answer what was typed', () => {
  it.each([
    ['assign', 'en', 'Assign'],
    ['assign ayse', 'en', 'Assign: Ayşe Kaya'],
    ['ASSIGN IREM', 'en', 'Assign: İrem'],
    ['dark', 'en', 'Dark colours'],
    ['audit', 'en', 'Audit log'],
    ['rslv', 'en', 'Resolve'],
    ['cozuldu', 'tr', 'Çözüldü'],
    ['KISI', 'tr', 'Kişiler'],
    ['ERTELE', 'tr', 'Ertele'],
    ['اسناد', 'ar', 'إسناد'],
    ['انهاء', 'ar', 'إنهاء المحادثة'],
  ] as const)('%s (%s): first of all %s', (typed, language, label) => expect(labels(typed, language)[0]).toBe(label));

  it('put what was used lately before its equals', () => {
    expect(labels('re').slice(0, 2)).toEqual(['Resolve', 'Resolved']);
    expect(labels('re', 'en', ['view.resolved'])[0]).toBe('Resolved');
  });

  it('are none where nothing fits, and few where all do', () => {
    expect(labels('xyzzy')).toEqual([]);
    expect(labels('e').length).toBeLessThanOrEqual(9);
  });
});

describe('the palette before anything is typed', () => {
  it('lists each action once, what was used lately first, and none that only leads out', () => {
    const sections = allCommands(live, ['tags', 'snooze'], speaking('en'));
    const ids = sections.flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(ids.slice(0, 2)).toEqual(['tags', 'snooze']);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids, 'palette', 'back', 'send'].sort()).toEqual(actions.map(({ id }) => id as string).sort());
  });
});

describe('what is kept of what was used', () => {
  const store = (value: string | null = null) => {
    let kept = value;
    return { getItem: () => kept, setItem: (_name: string, next: string) => void (kept = next) };
  };
  it('is the last five, each once', () => {
    const here = store();
    for (const id of ['tags', 'snooze', 'tags', 'assign', 'note', 'reply', 'inbox'] as const) noteUse(here, id);
    expect(recentActions(here)).toEqual(['inbox', 'reply', 'note', 'assign', 'tags']);
  });
  it.each(['{', '{}', '[1,"explode",null]', 'null'])('is nothing where the storage holds %s', (value) =>
    expect(recentActions(store(value))).toEqual([]),
  );
});
