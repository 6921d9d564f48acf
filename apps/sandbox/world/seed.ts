import {
  addBot,
  addCustomer,
  addInstagram,
  addPage,
  addToken,
  addWhatsApp,
  INSTAGRAM_SCOPES,
  OWNER_USER_ID,
  PAGE_SCOPES,
  WHATSAPP_SCOPES,
} from './accounts.ts';
import type { World } from './world.ts';

/** Ids and tokens that are the same on every start, so that guides and tests can name them. */
export const DEMO = {
  pageId: '900000000000001',
  pageToken: 'EAASANDBOXPAGE900000000000001TOKEN',
  instagramId: '17841400000000001',
  instagramLoginId: '17841400000000002',
  instagramLoginToken: 'IGAASANDBOX17841400000000002TOKEN',
  wabaId: '770000000000001',
  phoneNumberId: '660000000000001',
  displayPhoneNumber: '905550000001',
  whatsappToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
  userToken: 'EAASANDBOXUSER730055501TOKEN',
  botId: '7000000001',
  botToken: '7000000001:AASANDBOXBOT7000000001TOKENOPENSNIL',
} as const;

/** Fills an empty world with one business on every channel and a few people who may write to it. */
export function seed(world: World): void {
  addToken(world, {
    value: DEMO.userToken,
    type: 'USER',
    targets: [],
    scopes: [...PAGE_SCOPES, ...INSTAGRAM_SCOPES, ...WHATSAPP_SCOPES],
    userId: OWNER_USER_ID,
    expiresAt: Math.floor(Date.now() / 1000) + 60 * 86_400,
  });
  addPage(world, { id: DEMO.pageId, name: 'Demo Shop', token: DEMO.pageToken });
  addInstagram(world, { id: DEMO.instagramId, name: 'Demo Shop', username: 'demo.shop', pageId: DEMO.pageId });
  addInstagram(world, {
    id: DEMO.instagramLoginId,
    name: 'Demo Atelier',
    username: 'demo.atelier',
    token: DEMO.instagramLoginToken,
  });
  addWhatsApp(world, {
    id: DEMO.phoneNumberId,
    wabaId: DEMO.wabaId,
    displayPhoneNumber: DEMO.displayPhoneNumber,
    name: 'Demo Shop',
    token: DEMO.whatsappToken,
  });
  addBot(world, { id: DEMO.botId, name: 'Demo Shop', username: 'demo_shop_bot', token: DEMO.botToken });
  world.templates = [
    { name: 'hello_world', language: 'en_US', category: 'UTILITY', status: 'APPROVED', body: 'Hello World' },
    {
      name: 'order_ready',
      language: 'tr',
      category: 'UTILITY',
      status: 'APPROVED',
      body: '{{1}} numaralı siparişiniz hazır.',
    },
    {
      name: 'order_ready',
      language: 'en',
      category: 'UTILITY',
      status: 'APPROVED',
      body: 'Your order {{1}} is ready.',
    },
    {
      name: 'delivery_today',
      language: 'en',
      category: 'UTILITY',
      status: 'APPROVED',
      header: 'Hello {{1}}',
      body: 'Your parcel {{1}} comes today between {{2}}.',
      footer: 'Demo Shop',
      link: { text: 'Follow it', url: 'https://shop.example/parcels/{{1}}' },
    },
    { name: 'login_code', language: 'en', category: 'AUTHENTICATION', status: 'APPROVED', body: 'Your code is {{1}}.' },
    { name: 'summer_sale', language: 'en', category: 'MARKETING', status: 'PAUSED', body: 'Summer sale!' },
  ];

  addCustomer(world, { channel: 'messenger', id: '7100000000000001', name: 'Ayşe Kaya', language: 'tr' });
  addCustomer(world, { channel: 'messenger', id: '7100000000000002', name: 'John Miller', language: 'en' });
  addCustomer(world, { channel: 'messenger', id: '7100000000000003', name: 'Hidden profile', profileHidden: true });
  addCustomer(world, {
    channel: 'instagram',
    id: '7200000000000001',
    name: 'Lina Haddad',
    username: 'lina.h',
    language: 'ar',
  });
  addCustomer(world, {
    channel: 'instagram',
    id: '7200000000000002',
    name: 'Marco Rossi',
    username: 'marco_r',
    language: 'it',
  });
  addCustomer(world, {
    channel: 'whatsapp',
    id: '905550000099',
    name: 'Ayse',
    userId: 'TR.8Kd2example',
    language: 'tr',
  });
  addCustomer(world, {
    channel: 'whatsapp',
    id: '4915550000088',
    name: 'Jürgen Weiß',
    userId: 'DE.4fQ1example',
    language: 'de',
  });
  addCustomer(world, {
    channel: 'whatsapp',
    id: 'TR.hiddenPhone1',
    userId: 'TR.hiddenPhone1',
    name: 'Username only',
    username: 'noor',
    language: 'ar',
  });
  addCustomer(world, { channel: 'telegram', id: '5550001', name: 'Ayşe Kaya', username: 'ayse', language: 'tr' });
  addCustomer(world, { channel: 'telegram', id: '5550002', name: 'Tom Brown', language: 'en' });
}
