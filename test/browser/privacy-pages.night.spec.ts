import { lookAt } from './page-looks.js';
import { PrivacyPages } from './privacy-pages.js';

/** With SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.ar,... takes some of them. */
describe('what is about the law', () => {
  lookAt(
    (...place) => PrivacyPages.start(...place),
    [
      ['the desk, and what one asks for oneself', 22, (pages) => pages.desk()],
      ['what a customer has a right to, beside their conversation', 7, (pages) => pages.beside()],
      ['what anybody sees', 10, (pages) => pages.outside()],
      ['the desk of those who run the deployment', 16, (pages) => pages.operator()],
      ['what is said above every page', 3, (pages) => pages.banners()],
    ],
  );
});
