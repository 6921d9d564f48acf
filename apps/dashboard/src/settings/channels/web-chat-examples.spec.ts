import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { promisify } from 'node:util';
import { identityExamples } from './web-chat-examples.js';

describe('the code for a site’s own server', () => {
  it('signs an id as the server of the chat expects it', async () => {
    const code = `const user = { id: 7042 };\n${identityExamples['Node.js']}\nprocess.stdout.write(hash);`;
    const env = { ...process.env, PARLEY_SECRET: 'ß-a-secret_of-the-chat' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], { env });
    expect(stdout).toBe(createHmac('sha256', 'ß-a-secret_of-the-chat').update('7042').digest('hex'));
  });

  it('names the same secret, and the same way, in every language', () => {
    for (const [language, code] of Object.entries(identityExamples)) {
      expect([language, /PARLEY_SECRET/.test(code)]).toEqual([language, true]);
      expect([language, /sha256/.test(code)]).toEqual([language, true]);
    }
  });
});
