import { mailFrom } from '../../../test/support/mail-host.js';
import { cleanHtml, wordsOf } from './clean-html.js';
import { foldQuotes } from './fold-quotes.js';
import { natureOf } from './mail-nature.js';
import { partOf, readMail } from './read-mail.js';

describe('what a mail repeats of earlier ones', () => {
  const quoted = '> first\n> second';
  it.each<[string, string, string]>([
    ['Gmail', 'On Mon, 2 Mar 2026 at 10:00, Shop <a@b.example> wrote:', quoted],
    ['Gmail, wrapped', 'On Mon, 2 Mar 2026 at 10:00, A Shop With A Long Name\n<a@b.example> wrote:', quoted],
    ['Gmail in Turkish', 'Shop <a@b.example>, 2 Mar 2026 Pzt, 10:00 tarihinde şunu yazdı:', quoted],
    ['Thunderbird in German', 'Am 02.03.26 um 10:00 schrieb Shop:', quoted],
    ['Gmail in Arabic', 'في الاثنين، 2 مارس 2026 في 10:00 ص كتب Shop <a@b.example>:', quoted],
    ['Gmail in French', 'Le lun. 2 mars 2026 à 10:00, Shop <a@b.example> a écrit :', quoted],
    ['Outlook', '-----Original Message-----', 'From: Shop\nSent: Monday\nTo: You\nSubject: x\n\nfirst'],
    ['Outlook in Turkish', '', 'Kimden: Shop\nGönderildi: Pazartesi\nKime: Siz\nKonu: x\n\nilk'],
    [
      'Outlook in German',
      '________________________________',
      'Von: Shop\nGesendet: Montag\nAn: Sie\nBetreff: x\n\nerste',
    ],
    ['only marks', '', quoted],
  ])('is folded: %s', (_, attribution, rest) => {
    const folded = foldQuotes(`Thank you!\r\n\r\nBest\n\n${attribution}\n${rest}\n`);
    expect(folded.fresh).toBe('Thank you!\n\nBest');
    expect(folded.quoted).toContain(rest.split('\n')[0]?.trim());
  });

  it.each([
    ['an answer between the lines', '> where?\nhere\n> when?\nnow'],
    ['a mail that was passed on', '---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\n\nwords'],
    ['words that look like it', 'On the other hand, she wrote: nothing.\nAnd more.'],
    ['one header alone', 'From: here it is far.\nWhat now?'],
  ])('stays whole: %s', (_, text) => {
    expect(foldQuotes(text)).toEqual({ fresh: text, quoted: '' });
  });

  it('is looked for in what was made to take long, too (case B7)', () => {
    const text = `On ${'a '.repeat(5_000)}\n`.repeat(200) + `${'> '.repeat(5_000)}x`;
    expect(foldQuotes(text).fresh.length).toBeGreaterThan(1_000_000);
  });
});

describe('HTML from outside (case V5)', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<svg/onload=alert(1)>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="//evil.example/x">',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<style>@import "https://evil.example/x.css"</style>',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<form action="https://evil.example"><input name=password><button>Go</button></form>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" \u0001java\nscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<div style="background:url(https://evil.example/p.gif)">x</div>',
    '<div style="background-image:url(\'https://evil.example/p.gif\')">x</div>',
    '<div style="position:fixed;top:0;left:0;width:100vw;height:100vh">x</div>',
    '<div style="width:expression(alert(1))">x</div>',
    '<table background="https://evil.example/p.gif"><tr><td>x</td></tr></table>',
    '<img srcset="https://evil.example/p.gif 1x" alt="a">',
    '<img src="https://evil.example/p.gif" alt="a">',
    '<picture><source srcset="https://evil.example/p.gif"><img alt="a"></picture>',
    '<video poster="https://evil.example/p.gif" src="https://evil.example/v.mp4"></video>',
    '<audio src="https://evil.example/a.mp3" autoplay></audio>',
    '<bgsound src="https://evil.example/a.mp3">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea><img src=x onerror=alert(1)></textarea>',
    '<title><img src=x onerror=alert(1)></title>',
    '<template><script>alert(1)</script></template>',
    '<p><!--[if gte mso 9]><script>alert(1)</script><![endif]-->x</p>',
    '<x onclick=alert(1)>x</x>',
    '<details open ontoggle=alert(1)>x</details>',
    '<marquee onstart=alert(1)>x</marquee>',
    '<p id="token" name="x" class="y">x</p>',
    '<img alt="&quot;><script>alert(1)</script>">',
    `${'<div>'.repeat(2_000)}<script>alert(1)</script>`,
  ])('loses what could run, load or hide: %s', (html) => {
    const clean = cleanHtml(`<p>words</p>${html}`) ?? '';
    expect(clean).toContain('words');
    expect(clean).not.toMatch(
      /<\/?(?:script|svg|math|iframe|object|embed|link|style|meta|base|form|input|button|picture|source|video|audio|template|x|details|marquee)\b/i,
    );
    expect(clean.replace(/data-remote-src="[^"]*"/g, '').replace(/alt="[^"]*"/g, '')).not.toMatch(
      /\son\w+=|javascript:|vbscript:|\ssrc(?:set|doc)?=|url\(|expression|position|\sid=|\sname=|\sclass=|evil\.example|data:text/i,
    );
  });

  it('keeps what says something, and links that go where they say', () => {
    const clean = cleanHtml(
      '<h1 style="color:#f00;position:fixed">Hi</h1><a href="https://shop.example/?a=1&b=2">shop</a>',
    );
    expect(clean).toBe(
      '<h1 style="color:#f00">Hi</h1><a href="https://shop.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">shop</a>',
    );
  });

  it('reads as words, without what is hidden', () => {
    const clean =
      cleanHtml('<p>One &lt;b&gt;&nbsp;two</p><ul><li>three</li></ul><span style="display:none">hidden</span>') ?? '';
    expect(wordsOf(clean, 'with quotes')).toBe('One <b> two\nthree');
    expect(clean).not.toContain('hidden');
  });
});

describe('a mail by its headers', () => {
  const nature = (name: string, value: string) => natureOf(new Map([[name, [value]]]), 'a@mail.example');
  it.each([
    ['auto-submitted', 'auto-replied'],
    ['auto-submitted', 'auto-generated; owner-email=x'],
    ['precedence', 'bulk'],
    ['precedence', 'auto_reply'],
    ['list-id', '<news.shop.example>'],
    ['x-autoreply', 'yes'],
    ['x-auto-response-suppress', 'All'],
    ['return-path', '<>'],
    ['content-type', 'multipart/report; report-type=delivery-status'],
  ])('was written by a machine: %s %s', (name, value) => expect(nature(name, value).automatic).toBe(true));
  it.each([
    ['auto-submitted', 'no'],
    ['precedence', 'first-class'],
    ['return-path', '<a@mail.example>'],
    ['subject', 'Auto-Submitted: auto-replied'],
  ])('was written by a person: %s %s', (name, value) => expect(nature(name, value).automatic).toBe(false));
  it('is known by who sends it, and for junk', () => {
    expect(natureOf(new Map(), 'no-reply@shop.example').automatic).toBe(true);
    expect(natureOf(new Map(), 'noreen@shop.example').automatic).toBe(false);
    expect(nature('x-spam-flag', 'YES').junk).toBe(true);
    expect(nature('x-spam-flag', 'NO').junk).toBe(false);
  });
  it.each([
    ['x-spam-status', 'Yes, score=9.1 required=5.0', true],
    ['x-spam-status', 'No, score=1.0 required=5.0', false],
    ['x-spamd-result', 'default: True [16.20 / 15.00]', true],
    ['x-spamd-result', 'default: False [1.20 / 15.00]', false],
    ['x-forefront-antispam-report', 'CIP:192.0.2.1;CTRY:;LANG:en;SCL:5;SRV:;SFV:SPM;H:x', true],
    ['x-forefront-antispam-report', 'CIP:192.0.2.1;SCL:1;SFV:NSPM;H:x', false],
    [
      'authentication-results',
      'mx.shop.example; spf=fail; dmarc=fail (p=REJECT sp=REJECT dis=QUARANTINE) header.from=bank.example',
      true,
    ],
    ['authentication-results', 'mx.shop.example; dmarc=fail (p=quarantine) header.from=bank.example', true],
    [
      'authentication-results',
      'mx.shop.example; dmarc=fail action=oreject header.from=bank.example; compauth=fail',
      true,
    ],
    [
      'authentication-results',
      'mx.shop.example; dmarc=fail reason="no match" header.from=bank.example (policy=reject)',
      true,
    ],
    // Passed on by a list, which the server knows; or of an owner who asks nobody to act on it.
    [
      'authentication-results',
      'mx.shop.example; arc=pass; dmarc=fail (p=REJECT dis=NONE) header.from=bank.example',
      false,
    ],
    [
      'authentication-results',
      'mx.shop.example; spf=fail; dkim=fail; dmarc=fail (p=none) header.from=mail.example',
      false,
    ],
    [
      'authentication-results',
      'mx.shop.example; spf=fail; dkim=pass; dmarc=pass (p=reject) header.from=mail.example',
      false,
    ],
    ['precedence', 'junk', false],
  ])('is junk by %s: %s %s', (name, value, junk) => expect(nature(name, value).junk).toBe(junk));
  it('is judged by what the mail server says, and not by what its writer says of it', async () => {
    const failed = 'mx.shop.example; dmarc=fail (p=reject) header.from=bank.example';
    const passed = 'mx.shop.example; dmarc=pass (p=reject) header.from=bank.example';
    const mail = (...results: string[]) =>
      readMail(
        Buffer.from(
          `${results.map((one) => `Authentication-Results: ${one}\r\n`).join('')}From: a@bank.example\r\n\r\nhello`,
        ),
      );
    expect((await mail(failed, passed)).junk).toBe(true);
    expect((await mail(passed, failed)).junk).toBe(false);
  });
});

describe('a mail taken apart', () => {
  it('has its words whatever they are encoded in', async () => {
    const head =
      'From: =?iso-8859-9?Q?=DEebnem?= <s@mail.example>\r\nSubject: =?utf-8?B?xLB0aXLDpw==?=\r\nMessage-ID: <x@y>\r\n';
    const body = Buffer.from('Content-Type: text/plain; charset=iso-8859-9\r\n\r\n\xfe\xf0\xfd', 'latin1');
    const mail = await readMail(Buffer.concat([Buffer.from(head), body]));
    expect(mail).toMatchObject({ from: { address: 's@mail.example', name: 'Şebnem' }, subject: 'İtirç', text: 'şğı' });
  });

  it.each([
    ['nothing', ''],
    ['no headers', '\r\n\r\nwords'],
    ['an unknown charset', 'From: a@b\r\nContent-Type: text/plain; charset=x-none\r\n\r\nwords'],
    ['a boundary that never ends', 'From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nwords'],
    ['NUL and half a character', 'From: a@b\r\nContent-Type: text/plain\r\n\r\nwo\u0000rds\ud800'],
    ['a thousand parties', `From: a@b\r\nTo: ${'c@d, '.repeat(1_000)}\r\n\r\nwords`],
  ])('survives %s, and comes to the same each time', async (_, raw) => {
    const mail = await readMail(Buffer.from(raw));
    expect(await readMail(Buffer.from(raw))).toEqual(mail);
    expect(mail.messageId).toMatch(/^<[0-9a-f]{64}@without-message-id\.invalid>$/);
    expect(mail.to.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(mail)).not.toContain('\\u0000');
  });

  it('refuses parts within parts without end', async () => {
    const open = Array.from(
      { length: 200 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${String(n)}\r\n\r\n--b${String(n)}\r\n`,
    );
    await expect(readMail(Buffer.from(`From: a@b\r\n${open.join('')}`))).rejects.toThrow();
  });

  it('names the thread, the closest first', async () => {
    const { raw } = mailFrom('a@mail.example', {
      headers: { 'In-Reply-To': '<c@x>', References: '<a@x> <b@x>\n <c@x> not-a-name' },
    });
    expect((await readMail(Buffer.from(raw))).references).toEqual(['<c@x>', '<b@x>', '<a@x>']);
  });

  it('gives attachments by their place, without any path in their names', async () => {
    const { raw } = mailFrom('a@mail.example', {
      headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
      text: '--b\n\nwords\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a\\r\\nX: y.pdf"\n\npdf\n--b--',
    });
    const { parts } = await readMail(Buffer.from(raw));
    expect(parts).toHaveLength(1);
    expect(parts[0]?.name).not.toMatch(/[\r\n]/);
    expect((await partOf(Buffer.from(raw), 0))?.body.toString().trim()).toBe('pdf');
    expect(await partOf(Buffer.from(raw), 7)).toBeNull();
  });
});
