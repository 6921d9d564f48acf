import { countStatements, waiting } from './count-statements.js';

/** What holds today, to be lowered until it is the goal (floor 0.2 and 4, target 0.05 and 1.5); nothing may raise it. */
const mostPerMessage = { oneWorkspace: 0.2, fiveHundred: 11.5 };

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
