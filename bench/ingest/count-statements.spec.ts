import { countStatements, waiting } from './count-statements.js';

/** The targets of goal 3, which hold: no change may raise them. */
const mostPerMessage = { oneWorkspace: 0.05, fiveHundred: 1.5 };

describe('Statements per inbound message while 500 wait', () => {
  it('are shared by all messages of a workspace', async () => {
    const { sent } = await countStatements(1);
    expect(sent).toBeGreaterThan(0);
    expect(sent / waiting).toBeLessThanOrEqual(mostPerMessage.oneWorkspace);
  });

  it('stay few when each message is of another workspace', async () => {
    const { sent } = await countStatements(500);
    expect(sent / waiting).toBeLessThanOrEqual(mostPerMessage.fiveHundred);
  });
});
