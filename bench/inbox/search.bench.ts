import { SearchMessages } from '../../src/conversations/inbox/search-messages.js';
import type { MemberActor } from '../../src/platform/access/index.js';
import { Database } from '../../src/platform/database/database.js';
import { Workspaces } from '../../src/platform/database/index.js';
import { loadedDatabase } from '../loader/loaded-database.js';
import { loadedMemberId, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';

/** Words that stand in a tenth of all messages, in some of them and in nearly none; one of them not finished. */
const searches = [
  'invoice',
  'order delivery',
  'parcel',
  'iade kargo',
  'word12',
  'word4000',
  'refund sh',
  'merhaba siparis',
];
const rounds = 25;

/** Goal G5: the search of messages in the workspace that holds a tenth of a million. */
const bench: Bench = {
  name: 'search',
  goals: ['G5'],
  async run({ machine, log }) {
    const loaded = await loadedDatabase(machine, 1_000_000, log);
    const database = await Database.connect(loaded.appUrl, 2);
    machine.endLater(() => database.close());
    const search = new SearchMessages(new Workspaces(database));
    const member = { workspaceId: loadedWorkspaceId(0), memberId: loadedMemberId(0, 0) } as MemberActor;
    const times = new Map(searches.map((words) => [words, [] as number[]]));
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const [words, list] of times) {
        const since = performance.now();
        found += (await search.run(member, words, 25, null)).nodes.length;
        if (round > 0) list.push(performance.now() - since);
      }
    }
    if (found < rounds * searches.length) throw new Error('The searches found next to nothing.');
    const all = [...times.values()].flat();
    return {
      measured: [{ goal: 'G5', value: quantile(all, 0.95), note: `${String(searches.length)} kinds of search` }],
      information: [...times].map(([words, list]) => ({
        what: `"${words}", median`,
        value: quantile(list, 0.5),
        unit: 'ms',
      })),
    };
  },
};
export default bench;
