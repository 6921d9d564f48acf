import commands from './commands.js';
import contacts from './contacts.js';
import frame from './frame.js';
import inbox from './inbox.js';
import places from './places.js';
import thread from './thread.js';

/** English, as far as the inbox needs it. Every other catalog has exactly these keys, area by area. */
const en = {
  ...commands,
  ...contacts,
  ...frame,
  ...inbox,
  ...places,
  ...thread,
};

export default en;
