import { lookAt } from './page-looks.js';
import { PeoplePages } from './people-pages.js';

/** With SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.ar,... takes some of them. */
describe('the pages of people, and of who hears of them, stand the checks of accessibility, fit, and cut no word off', () => {
  lookAt(
    (...place) => PeoplePages.start(...place),
    [
      ['all of them, and those who have something in common', 4, (pages) => pages.groups()],
      ['what is kept of them', 3, (pages) => pages.fields()],
      ['files that they come out of', 3, (pages) => pages.imports()],
      ['forms by which they come', 4, (pages) => pages.forms()],
      ['systems that are told of them', 4, (pages) => pages.webhooks()],
    ],
  );
});
