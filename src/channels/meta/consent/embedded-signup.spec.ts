import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { Config, loadEnvironment } from '../../../platform/config/index.js';
import { ChannelKind } from '../../enums.js';
import type { ConnectWhatsApp } from '../connect-whats-app.js';
import type { PhoneNumbers } from '../phone-numbers.js';
import type { TokenCheck } from '../token-check.js';
import { EmbeddedSignup } from './embedded-signup.js';
import type { MetaOAuth } from './meta-oauth.js';

async function configured(given: Record<string, string>): Promise<Config> {
  const dataDir = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'config-'));
  const { environment, secrets } = loadEnvironment({ NODE_ENV: 'test', DATA_DIR: dataDir, ...given });
  return new Config(environment, secrets, 'postgres://app@127.0.0.1/none', null);
}

/** What each set-up of the app at Meta gets to see and to call. */
describe("where WhatsApp's consent is given", () => {
  const signup = (config: Config) =>
    new EmbeddedSignup(config, {} as MetaOAuth, {} as TokenCheck, {} as PhoneNumbers, {} as ConnectWhatsApp);
  const asked = (flow: EmbeddedSignup) => new URL(flow.authorizationUrl('the state')).searchParams;

  it('names its configuration where the app has one, which says what is asked for', async () => {
    const flow = signup(await configured({ META_APP_SECRET: 's', META_CONFIG_ID: '990000000000001' }));
    expect(asked(flow).get('config_id')).toBe('990000000000001');
    expect(asked(flow).has('scope')).toBe(false);
  });

  it('asks for the published permissions and no other where it has none [promise 27]', async () => {
    const flow = signup(await configured({ META_APP_SECRET: 's' }));
    expect(flow.offers(ChannelKind.WHATSAPP)).toBe(true);
    expect(asked(flow).has('config_id')).toBe(false);
    const scope = asked(flow).get('scope')?.split(',');
    expect(scope).toEqual(flow.permissions.map(({ name }) => name));
    expect(scope).toContain('whatsapp_business_messaging');
  });

  it('is not offered without the app’s secret', async () => {
    expect(signup(await configured({})).offers(ChannelKind.WHATSAPP)).toBe(false);
  });
});
