import en from '../../apps/dashboard/src/i18n/en/channels.js';
import tr from '../../apps/dashboard/src/i18n/tr/channels.js';
import { metaPermissions } from '../../src/channels/meta/permission-table.js';

describe('the purposes that a person is shown before they go to the platform', () => {
  it.each([
    ['en', en.permission],
    ['tr', tr.permission],
  ] as const)('are those of the one table, in %s [promise 27]', (language, shown) => {
    expect(shown).toEqual(Object.fromEntries(metaPermissions.map(({ name, purpose }) => [name, purpose[language]])));
  });
});
