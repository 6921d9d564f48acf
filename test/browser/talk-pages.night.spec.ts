import { lookAt } from './page-looks.js';
import { TalkPages } from './talk-pages.js';

/** With SCREENSHOTS=folder it also leaves a picture of each page in each look; LOOKS=360.dark.ar,... takes some of them. */
describe('what stands beside a conversation', () => {
  lookAt(
    TalkPages.start,
    [
      ['the list in use, many and several chosen, its saved views', 4, (pages) => pages.list()],
      ['what the machine proposes, and what can be asked of it', 7, (pages) => pages.drafts()],
      ['the bot before anybody meets it, and what became of what it proposed', 5, (pages) => pages.bot()],
      ['knowledge that was not typed, and what of it cannot be read', 3, (pages) => pages.knowledge()],
      ['what nobody could answer', 4, (pages) => pages.questions()],
      ['who else is there, and what is written', 4, (pages) => pages.writing()],
      ['who is interested, and one of them', 4, (pages) => pages.leads()],
      ['the customer, and two who are one', 3, (pages) => pages.customer()],
    ],
    TalkPages.app,
  );
});
