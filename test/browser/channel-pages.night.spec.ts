import { ChannelPages } from './channel-pages.js';
import { lookAt } from './page-looks.js';

describe('the pages of channels stand the checks of accessibility, fit, and cut no word off', () => {
  lookAt(
    (...place) => ChannelPages.start(...place),
    [
      ['connecting', 12, (pages) => pages.connecting()],
      ['living', 11, (pages) => pages.living()],
    ],
  );
});
