import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Config, readEnvironment } from '../../platform/config/index.js';
import { processorsOf } from './processors.js';

const secrets = { encryptionKeys: '', passwordPepper: '', metaVerifyToken: '', sandboxAppSecret: '' } as never;
const everything = {
  NODE_ENV: 'test',
  SANDBOX: 'off',
  SMTP_URL: 'smtp://mail.example.com:587',
  OPENAI_API_KEY: 'sk-none',
  STORAGE_URL: 's3://files?endpoint=https://files.example.net&region=eu',
  BACKUP_URL: 's3://backups?endpoint=https://backups.example.net&region=eu',
  JOURNAL_URL: 's3://journal?endpoint=https://journal.example.net&region=eu',
  PRIVACY_MAILBOX_URL: 'imaps://privacy:word@requests.example.net',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
  TURNSTILE_SITE_KEY: '0x4AAAA',
  TURNSTILE_SECRET_KEY: '0x4BBBB',
  BILLING_PROVIDER: 'paddle',
  PADDLE_API_KEY: 'key',
  PADDLE_WEBHOOK_SECRET: 'secret',
};
const polar = { BILLING_PROVIDER: 'polar', POLAR_ACCESS_TOKEN: 'token', POLAR_WEBHOOK_SECRET: 'secret' };
const lemonSqueezy = {
  BILLING_PROVIDER: 'lemonsqueezy',
  LEMONSQUEEZY_API_KEY: 'key',
  LEMONSQUEEZY_WEBHOOK_SECRET: 'secret',
  LEMONSQUEEZY_STORE_ID: '1',
};
const configOf = (environment: Record<string, string>) =>
  new Config(readEnvironment(environment), secrets, 'postgres://nowhere', null);
const hostsOf = (config: Config) => processorsOf(config, 'en').flatMap(({ hosts }) => hosts);

/** Every host that the configuration lets the server call by itself, however it is named. */
function reached(config: Config): string[] {
  const { SMTP_URL: mail } = config.environment;
  return [
    ...config.operatorOrigins.map((origin) => new URL(origin).hostname),
    ...(config.openai.apiKey === null || config.openai.baseUrl !== null ? [] : ['api.openai.com']),
    ...(mail === undefined ? [] : [new URL(mail).hostname]),
    ...config.pushServices.filter((service) => !service.includes('://')),
    ...config.meta.mediaHosts,
    ...(config.privacyMailbox === null ? [] : [config.privacyMailbox.host]),
  ];
}

describe('the published recipients', () => {
  it.each([
    ['with everything set', everything],
    ['with nothing set', { NODE_ENV: 'test', SANDBOX: 'off' }],
    [
      'with a key for a model beside the pretend platforms',
      { NODE_ENV: 'test', SANDBOX: 'on', TELEGRAM_API_URL: 'https://bots.example.org', OPENAI_API_KEY: 'sk-none' },
    ],
    [
      'with hosts of one’s own',
      {
        ...everything,
        TELEGRAM_API_URL: 'https://bots.example.org',
        PUSH_SERVICES: 'https://push.local:8443',
        PADDLE_API_URL: 'https://sandbox-api.paddle.com',
      },
    ],
    ['with plans sold by Lemon Squeezy', { NODE_ENV: 'test', SANDBOX: 'off', ...lemonSqueezy }],
    ['with plans sold by Polar', { NODE_ENV: 'test', SANDBOX: 'off', ...polar }],
  ])('are the hosts that the configuration reaches, all of them and no others, %s [promise 33]', (_, environment) => {
    const config = configOf(environment);
    expect([...new Set(hostsOf(config))].sort()).toEqual([...new Set(reached(config))].sort());
  });

  it('stand in the transfer table, each by its name [promise 78]', () => {
    const file = path.join(import.meta.dirname, '../../../docs/privacy/transfers.md');
    const table = readFileSync(file, 'utf8');
    const {
      SMTP_URL: _mail,
      STORAGE_URL: _s,
      BACKUP_URL: _b,
      JOURNAL_URL: _j,
      PRIVACY_MAILBOX_URL: _p,
      ...known
    } = everything;
    const each = [known, { ...known, ...lemonSqueezy }, { ...known, ...polar }];
    const named = each.flatMap((environment) => processorsOf(configOf(environment), 'en').slice(1));
    expect(new Set(named.map(({ name }) => name)).size).toBeGreaterThan(9);
    expect(named.filter(({ name }) => !table.includes(`| ${name} |`)).map(({ name }) => name)).toEqual([]);
    for (const region of ['Türkiye', 'European Economic Area', 'United States']) expect(table).toContain(region);
  });

  it('are asked for no advertising, sale or measurement: no purpose says so [promise 32]', () => {
    const purposes = processorsOf(configOf(everything), 'en').map(({ purpose }) => purpose);
    expect(purposes.join()).not.toMatch(/advert|market|analytic|sale|profil/i);
  });
});
