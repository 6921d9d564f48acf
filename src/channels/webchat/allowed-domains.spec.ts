import { frameAncestors, isAllowedOrigin, isAppOrigin, parseDomain } from './allowed-domains.js';

describe('the domains of a chat', () => {
  it.each([
    ['example.com', 'example.com'],
    [' Example.COM ', 'example.com'],
    ['https://example.com', 'example.com'],
    ['https://example.com/', 'example.com'],
    ['example.com:443', 'example.com'],
    ['example.com:8443', 'example.com:8443'],
    ['*.example.com', '*.example.com'],
    ['*.example.com:8443', '*.example.com:8443'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['localhost', 'localhost'],
    ['http://localhost:5173', 'localhost:5173'],
    ['127.0.0.1:3000', '127.0.0.1:3000'],
    ['[::1]:3000', '[::1]:3000'],
  ])('%s is kept as %s', (given, kept) => {
    expect(parseDomain(given)).toBe(kept);
    expect(parseDomain(kept)).toBe(kept);
  });

  it.each([
    '',
    '*',
    '*.*',
    '*.com',
    '*.*.example.com',
    'www.*.example.com',
    '*example.com',
    'null',
    'com',
    'http://example.com',
    'ftp://example.com',
    'example.com/path',
    'example.com?x',
    'example.com#x',
    'user@example.com',
    'user:secret@example.com',
    'example.com:0',
    'example.com:65536',
    'example.com:http',
    'example..com',
    '.example.com',
    'example.com.',
    '-example.com',
    'exa mple.com',
    'exa_mple.com',
    'example.com, evil.com',
    '192.168.0.1',
    '*.localhost',
    '*.127.0.0.1',
    '[::2]',
    "example.com'",
    'example.com;',
    'example%2ecom',
    'example.com\\evil.com',
    `${'a'.repeat(64)}.com`,
  ])('%j is refused', (given) => {
    expect(parseDomain(given)).toBeNull();
  });

  const domains = [
    'example.com',
    '*.shop.example',
    'secure.example:8443',
    'xn--bcher-kva.example',
    'localhost',
    '127.0.0.1:3000',
  ];

  it.each([
    'https://example.com',
    'https://a.shop.example',
    'https://a.b.shop.example',
    'https://secure.example:8443',
    'https://xn--bcher-kva.example',
    'http://localhost',
    'http://localhost:5173',
    'https://localhost:5173',
    'http://127.0.0.1:3000',
  ])('%s may show the chat (case V3)', (origin) => {
    expect(isAllowedOrigin(domains, origin)).toBe(true);
  });

  it.each([
    // Suffixes, prefixes, and what only looks like the name.
    'https://example.com.evil.com',
    'https://evilexample.com',
    'https://notexample.com',
    'https://example.comevil.com',
    'https://example.com-evil.com',
    'https://www.example.com',
    'https://xexample.com',
    'https://example.co',
    'https://example.com.',
    'https://shop.example',
    'https://evilshop.example',
    'https://a.shop.example.evil.com',
    'https://.shop.example',
    // Ports.
    'https://example.com:444',
    'https://example.com:8443',
    'https://secure.example',
    'https://secure.example:8444',
    'https://a.shop.example:8443',
    'http://127.0.0.1:3001',
    'http://127.0.0.1',
    // Schemes.
    'http://example.com',
    'http://a.shop.example',
    'ftp://example.com',
    'file://',
    'chrome-extension://example.com',
    'javascript:example.com',
    'data:text/html,example.com',
    // Not as a browser writes it.
    'HTTPS://EXAMPLE.COM',
    'https://EXAMPLE.com',
    'https://example.com/',
    'https://example.com:443',
    'https://example.com/path',
    'https://example.com?x',
    'https://user@example.com',
    'https://evil.com@example.com',
    'https://example.com@evil.com',
    'https://example.com\\@evil.com',
    'https://bücher.example',
    'https://b%C3%BCcher.example',
    'https://example.com https://evil.com',
    'https://evil.com,https://example.com',
    ' https://example.com',
    'https://example.com%00.evil.com',
    // Look-alikes in other scripts.
    'https://xn--exmple-4nf.com',
    'https://ехаmple.com',
    // None.
    'null',
    '',
    'example.com',
    '//example.com',
    'http://localhost.evil.com',
    'http://127.0.0.1.evil.com:3000',
    'http://[::1]:3000',
    'http://2130706433:3000',
    'http://0x7f000001:3000',
  ])('%j may not (case V3)', (origin) => {
    expect(isAllowedOrigin(domains, origin)).toBe(false);
  });

  it('nobody may where nothing is named, nor without an Origin', () => {
    expect(isAllowedOrigin([], 'https://example.com')).toBe(false);
    expect(isAllowedOrigin(domains, undefined)).toBe(false);
    expect(frameAncestors([], false)).toBe("'none'");
  });

  it('stand in the policy of the frame as they do in the list (case V4)', () => {
    expect(frameAncestors(domains, false)).toBe(
      'https://example.com https://*.shop.example https://secure.example:8443 https://xn--bcher-kva.example ' +
        'http://localhost:* https://localhost:* http://127.0.0.1:3000 https://127.0.0.1:3000',
    );
  });

  it('leave the pages of apps to a switch of its own', () => {
    for (const origin of ['null', 'file://', 'capacitor://localhost', 'ionic://localhost', 'app://chat', 'tauri://x'])
      expect([origin, isAppOrigin(origin), isAllowedOrigin(['*.example.com', 'localhost'], origin)]).toEqual([
        origin,
        true,
        false,
      ]);
    for (const origin of [
      undefined,
      '',
      'https://example.com',
      'http://localhost',
      'chrome-extension://abc',
      'data:text/html,x',
      'file.example',
      'https://file://',
    ])
      expect([origin, isAppOrigin(origin)]).toEqual([origin, false]);
    expect(frameAncestors(['example.com'], true)).toBe('https://example.com file: app: capacitor: ionic: tauri:');
    expect(frameAncestors([], true)).toBe('file: app: capacitor: ionic: tauri:');
  });
});
