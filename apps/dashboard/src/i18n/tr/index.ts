import type english from '../en/index.js';
import commands from './commands.js';
import contacts from './contacts.js';
import frame from './frame.js';
import inbox from './inbox.js';
import places from './places.js';
import thread from './thread.js';

/** Turkish, as far as the inbox needs it. A missing key does not type-check. */
const tr: typeof english = {
  ...commands,
  ...contacts,
  ...frame,
  ...inbox,
  ...places,
  ...thread,
};

export default tr;
