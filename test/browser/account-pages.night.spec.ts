import { AccountPages } from './account-pages.js';
import { lookAt } from './page-looks.js';

describe('the pages of accounts stand the checks of accessibility, fit, and cut no word off', () => {
  lookAt(
    (...place) => AccountPages.start(...place),
    [
      ['before anybody is in', 2, (pages) => pages.setUp()],
      ['inside', 23, (pages) => pages.inside()],
      ['outside', 18, (pages) => pages.outside()],
    ],
  );
});
