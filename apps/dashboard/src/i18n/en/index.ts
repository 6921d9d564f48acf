import channels from './channels.js';
import contacts from './contacts.js';
import entrance from './entrance.js';
import frame from './frame.js';
import inbox from './inbox.js';
import knowledge from './knowledge.js';
import person from './person.js';
import settings from './settings.js';
import thread from './thread.js';
import workspace from './workspace.js';

/** English. Every other catalog has exactly these keys, area by area. */
const en = {
  ...frame,
  ...entrance,
  ...inbox,
  ...thread,
  ...contacts,
  ...settings,
  ...channels,
  ...knowledge,
  ...person,
  ...workspace,
};

export default en;
