import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { Config, EnvironmentError, loadEnvironment } from './index.js';

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

describe('the mailbox for privacy requests', () => {
  const mailbox = async (url: string) => (await configured({ PRIVACY_MAILBOX_URL: url })).privacyMailbox;

  it('is off when unset, and else a host, a name, a password and a folder', async () => {
    expect((await configured({})).privacyMailbox).toBeNull();
    const read = { host: 'mail.example.com', user: 'privacy@example.com', password: 'p:w' };
    expect(await mailbox('imaps://privacy%40example.com:p%3Aw@mail.example.com')).toEqual({
      ...read,
      port: 993,
      secure: true,
      folder: 'INBOX',
    });
    expect(await mailbox('imap://privacy%40example.com:p%3Aw@mail.example.com:1143/Privacy%20mails')).toEqual({
      ...read,
      port: 1143,
      secure: false,
      folder: 'Privacy mails',
    });
  });

  it.each([
    'https://a:b@mail.example.com',
    'imaps://mail.example.com',
    'imaps://a@mail.example.com',
    'imaps://a:b%0D%0Ac@mail.example.com',
    'imaps://a:b%@mail.example.com',
  ])('is refused where it names none, without its password: %s', async (url) => {
    const failure = await mailbox(url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(String(failure)).toContain('PRIVACY_MAILBOX_URL must be');
    expect(String(failure)).not.toContain('a:b');
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

describe('the check against spam', () => {
  const keys = { TURNSTILE_SITE_KEY: '0x4AAA', TURNSTILE_SECRET_KEY: '0x4BBB' };

  it('is off when unset, and else Cloudflare’s, or one that stands in its place', async () => {
    expect((await configured({})).turnstile).toBeNull();
    expect((await configured(keys)).turnstile).toEqual({
      siteKey: '0x4AAA',
      secretKey: '0x4BBB',
      verifyUrl: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
      scriptUrl: 'https://challenges.cloudflare.com/turnstile/v0/api.js',
      origin: 'https://challenges.cloudflare.com',
      forTrying: false,
    });
    const own = await configured({ ...keys, TURNSTILE_VERIFY_URL: 'http://127.0.0.1:9/turnstile/v0/siteverify' });
    expect(own.turnstile?.origin).toBe('http://127.0.0.1:9');
  });

  it('is refused with one key of two, and in production with a secret that checks nobody', async () => {
    await expect(configured({ TURNSTILE_SITE_KEY: '0x4AAA' })).rejects.toThrow('belong together');
    const forTrying = { ...keys, TURNSTILE_SECRET_KEY: `1x${'0'.repeat(31)}AA` };
    expect((await configured(forTrying)).turnstile?.forTrying).toBe(true);
    await expect(configured({ ...forTrying, NODE_ENV: 'production' })).rejects.toThrow('checks nobody');
  });
});
