import { BillingPages, startSelling } from './billing-pages.js';
import { lookAt } from './page-looks.js';

/** With SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.ar,... takes some of them. */
describe('the pages of the plan stand the checks of accessibility, fit, and cut no word off', () => {
  lookAt(
    (...place) => BillingPages.start(...place),
    [
      ['tried, and waited for', 2, (pages) => pages.trial()],
      ['paid for, changed and cancelled', 4, (pages) => pages.paid()],
      ['not paid, and over', 3, (pages) => pages.over()],
    ],
    startSelling,
  );
});
