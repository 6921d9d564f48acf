import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { Config, loadEnvironment } from './index.js';

async function configured(given: Record<string, string>): Promise<Config> {
  const dataDir = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'config-'));
  const { environment, secrets } = loadEnvironment({ NODE_ENV: 'test', DATA_DIR: dataDir, ...given });
  return new Config(environment, secrets, 'postgres://app@127.0.0.1/none', null);
}

describe("where Instagram's codes are exchanged", () => {
  const apiOf = async (given: Record<string, string>) => (await configured(given)).metaConsent.instagramApiUrl;

  it("is Instagram's host, or that of the platform that stands in its place", async () => {
    expect(await apiOf({})).toBe('https://api.instagram.com');
    expect(await apiOf({ INSTAGRAM_GRAPH_URL: 'https://graph.instagram.com' })).toBe('https://api.instagram.com');
    expect(await apiOf({ INSTAGRAM_GRAPH_URL: 'http://127.0.0.1:9' })).toBe('http://127.0.0.1:9');
    const both = { INSTAGRAM_GRAPH_URL: 'http://127.0.0.1:9', INSTAGRAM_API_URL: 'http://127.0.0.1:8' };
    expect(await apiOf(both)).toBe('http://127.0.0.1:8');
  });
});

describe('servers that members may name though they are not public', () => {
  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://parley.example',
    OPERATOR_NAME: 'A shop',
    OPERATOR_ADDRESS: 'A street 1, a town',
    PRIVACY_EMAIL: 'privacy@parley.example',
    SUPPORT_EMAIL: 'help@parley.example',
    SECURITY_EMAIL: 'security@parley.example',
  };
  const allowed = async (given: Record<string, string>) => {
    const { mailAllowedHosts, openai } = await configured(given);
    expect(openai.allowedHosts).toEqual(mailAllowedHosts);
    return mailAllowedHosts;
  };

  it('are those of the own machine in development, those that are set, and else none', async () => {
    const set = { MAIL_ALLOWED_HOSTS: 'mail.internal', AI_ALLOWED_HOSTS: 'mail.internal' };
    expect(await allowed({ NODE_ENV: 'development' })).toEqual(['localhost', '127.0.0.1', '::1', '[::1]']);
    expect(await allowed({ NODE_ENV: 'development', ...set })).toEqual(['mail.internal']);
    expect(await allowed({})).toEqual([]);
    expect(await allowed(production)).toEqual([]);
    expect(await allowed({ ...production, ...set })).toEqual(['mail.internal']);
  });
});
