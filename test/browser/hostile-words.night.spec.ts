import { type TestApp, startTestApp } from '../support/app.js';
import { TestBrowser } from '../support/browser.js';
import { heardNowhere, isHeard } from './careless-page.js';
import { buildDashboard } from './dashboard.js';
import { HostileWalk, everywhere, lures } from './hostile-walk.js';
import { type HostileWords, hostileWords } from './hostile-words.js';
import { WordTrap } from './word-trap.js';

const manyRows = 50;

/** What the pages ask for and show nowhere as words; all else that they are told has to be seen on one of them. */
const neverShown = [
  // Addresses, followed or asked for where they are such as they have to be.
  ...['Attachment.url', 'Attachment.thumbnailUrl', 'KnowledgeSource.url', 'PolicyDocument.url', 'WebChatSettings.logo'],
  ...['PrivacyRequest.statusUrl', 'PrivacyRequest.exportUrl', 'AnnouncedRecipient.url', 'ShopOrder.trackingUrl'],
  // In a file that is saved, as it was signed.
  ...['subjectDigest', 'previousHash', 'hash', 'signature', 'keyId'].map((field) => `ErasureReceipt.${field}`),
  // In a frame that is locked, where the ears are too.
  'Message.html',
  // What a thing is called among machines.
  ...[
    'InstagramDetails.accountId',
    'InstagramDetails.pageId',
    'WhatsAppDetails.phoneNumberId',
    'WhatsAppDetails.wabaId',
  ],
  ...[
    'InboxReportRow.key',
    'LeadReportRow.key',
    'PageInfo.endCursor',
    'Postback.payload',
    'Query.inboxCursor',
    'Referral.adId',
  ],
  ...['Plan.code', 'Plan.includes', 'AddOn.code', 'BillingSubscription.addOns'],
  ...['Referral.source', 'PolicyDocument.version', 'PolicyDocument.acceptedVersion'],
  // Held against what the page knows, and said in words of its own.
  ...['Attachment.contentType', 'AttachmentRule.contentTypes', 'Channel.lastErrorCode', 'MessagingWindow.reason'],
  ...['KnowledgeSource.reason', 'KnowledgePageTrouble.reason', 'ShopifyStore.trouble'],
  ...['MessageTemplate.category', 'MessageTemplate.status', 'Plan.interval'],
  ...[
    'Lead.replyTask',
    'LeadReplyRoad.reason',
    'LeadReplyRoad.words',
    'ImportRejection.code',
    'ImportRejection.column',
  ],
  ...['ImportPreview.encoding', 'ImportPreview.separator', 'ImportColumn.target'],
  ...['WebhookEndpoint.events', 'WebhookEndpoint.disabledBecause'],
  ...['event', 'status', 'trouble'].map((field) => `WebhookDelivery.${field}`),
  ...['AiRun.reason', 'Session.userAgent', 'ChannelCapabilities.reactionEmojis', 'MailEnvelope.from'],
  // In fields that take no such thing, or for an address that is made of it.
  ...['NotificationPreferences.quietFrom', 'NotificationPreferences.quietUntil', 'OpeningHours.opens'],
  ...[
    'OpeningHours.closes',
    'WebChatSettings.accentColor',
    'SavedFilter.search',
    'SavedFilter.tag',
    'Bot.handoffKeywords',
  ],
  // Behind steps that this walk does not take: what a source says is opened from its chip, tags of a talk from its menu.
  ...['Source.passage', 'Source.url', 'Conversation.tags', 'AiRun.promptVersion'],
  // Who is in a group is read when it is changed; choices of a field are offered where somebody has the field open.
  ...['tags', 'withoutTags', 'languages'].map((field) => `SegmentFilter.${field}`),
  ...['FieldCondition.key', 'FieldCondition.value name', 'FieldCondition.value', 'ContactField.choices'],
];

describe('a hundred and fifty payloads in every place of the dashboard (case V5)', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let trap: WordTrap;
  let words: readonly HostileWords[];

  beforeAll(async () => {
    await buildDashboard();
    [app, browser, trap] = await Promise.all([startTestApp({ redis: false }), TestBrowser.launch(), WordTrap.start()]);
    words = hostileWords(trap.url);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await trap?.stop();
  });

  it('are heard where somebody is careless, so that silence means something', async () => {
    expect(words).toHaveLength(150);
    expect(new Set(words.map(({ text }) => text)).size).toBe(150);
    for (const part of Object.keys(heardNowhere))
      expect([part, words.filter(({ text }) => text.includes(part)).length]).toEqual([part, 1]);
    const careless = await TestBrowser.launch();
    const heard = await trap.beCareless(careless, words);
    await careless.close();
    const names = (some: readonly HostileWords[]) =>
      some.map(({ number, kind, text }) => `${String(number)} ${kind}: ${text}`);
    expect(names(words.filter(({ number }) => !heard.has(number)))).toEqual(
      names(words.filter((word) => !isHeard(word))),
    );
  }, 240_000);

  it('run nowhere, ask nobody and are never what a policy has to refuse, whatever the server answers', async () => {
    const walk = await HostileWalk.start(browser, trap, app.url, words, manyRows);
    for (let round = 0; round < words.length / manyRows; round += 1) {
      for (const stop of everywhere) await walk.stop(stop);
      expect([round, trap.take()]).toEqual([round, {}]);
    }
    expect([...new Set(walk.wrong)]).toEqual([]);
    expect(browser.troubles()).toEqual([]);
    const { given } = walk.answers;
    expect([...given.keys()].filter((field) => !walk.shown.has(field) && !neverShown.includes(field))).toEqual([]);
    expect(neverShown.filter((field) => !given.has(field))).toEqual([]);
    await walk.end();
  }, 1_200_000);

  it('run in no address and in no reason of a refusal, and lead nowhere', async () => {
    const walk = await HostileWalk.start(browser, trap, app.url, words, 2);
    // Where somebody is sent after signing in, the first sign counts: each comes alone.
    for (const { text } of words) for (const address of lures(text).outside.slice(0, 1)) await walk.lure(address, true);
    for (let at = 0; at < words.length; at += 10) {
      const { inside, outside } = lures(
        words
          .slice(at, at + 10)
          .map(({ text }) => text)
          .join(' '),
      );
      for (const address of inside) await walk.lure(address, false);
      for (const address of outside.slice(1)) await walk.lure(address, true);
    }
    for (const { path } of everywhere) await walk.refused(path, words.map(({ text }) => text).join(' '));
    expect(trap.take()).toEqual({});
    expect([...new Set(walk.wrong)]).toEqual([]);
    expect(browser.troubles()).toEqual([]);
    await walk.end();
  }, 1_200_000);
});
