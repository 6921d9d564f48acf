import type { Bench } from '../report/bench.js';
import { countStatements, waiting } from './count-statements.js';

/** Statements per inbound message while 500 wait, counted on the wire: all in one workspace, and each in its own. */
export default {
  name: 'statements',
  goals: ['3', '3s'],
  run: async () => {
    const one = await countStatements(1);
    const spread = await countStatements(500);
    return {
      measured: [
        { goal: '3', value: one.sent / waiting, note: `${String(one.sent)} sent, ${String(one.completed)} completed` },
        {
          goal: '3s',
          value: spread.sent / waiting,
          note: `${String(spread.sent)} sent, ${String(spread.completed)} completed`,
        },
      ],
    };
  },
} satisfies Bench;
