import { type Config } from '../platform/config/index.js';
import { OutgoingClient } from '../platform/http/index.js';
import { SigningKeys, openJournal } from '../privacy/index.js';
import { type Command, Failed } from './command.js';
import { ownConfig } from './receipts.js';

export const verifyJournal: Command = {
  name: 'journal verify',
  takes: null,
  does: 'walks the erasure journal, names the first broken line, and says whether its end is missing',
  options: {},
  async run(_given, { system }) {
    const config: Config = ownConfig();
    const http = new OutgoingClient(config);
    const journal = openJournal(config, http, system, new SigningKeys(config));
    try {
      const { entries, last, torn, broken } = await journal.verify();
      const missing = broken === null && (await journal.known()).seq > last.seq;
      const fault = broken?.reason ?? (missing ? 'its end is missing' : null);
      const noted = torn === 0 ? '' : ` ${String(torn)} writes were cut off by a crash, and noted.`;
      const answer = {
        text: `${String(entries)} entries, the last is ${String(last.seq)}.${noted}`,
        json: { ok: fault === null, entries, last, torn, broken, missing },
      };
      if (fault === null) return answer;
      const where = broken === null ? '' : ` at line ${String(broken.line)}`;
      throw new Failed(`The erasure journal is broken${where}: ${fault}.`, answer);
    } finally {
      await journal.close();
      await http.onApplicationShutdown();
    }
  },
};
