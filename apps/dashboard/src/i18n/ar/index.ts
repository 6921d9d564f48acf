import type english from '../en/index.js';
import type { Words } from '../words.js';
import commands from './commands.js';
import contacts from './contacts.js';
import frame from './frame.js';
import inbox from './inbox.js';
import places from './places.js';
import thread from './thread.js';

/** Arabic, as far as the inbox needs it. A missing key does not type-check, and neither does a missing form of a plural. */
const ar: Words<typeof english> = {
  ...commands,
  ...contacts,
  ...frame,
  ...inbox,
  ...places,
  ...thread,
};

export default ar;
