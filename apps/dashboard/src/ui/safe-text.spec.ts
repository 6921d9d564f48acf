import { linkParts, safeHref } from './safe-text.js';

describe('safeHref', () => {
  it.each(['https://shop.example/a?b=1', 'http://shop.example/', 'mailto:ada@example.com', 'tel:+902125550101'])(
    'lets %s through',
    (address) => expect(safeHref(address)).toBe(address),
  );

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'blob:https://a/b',
    'file:///etc/passwd',
    '//evil.example',
    '/relative',
    '',
  ])('refuses %j', (address) => expect(safeHref(address)).toBeNull());
});

describe('linkParts', () => {
  it('finds links and leaves the full stop outside', () => {
    expect(linkParts('See https://shop.example/x. Thanks')).toEqual([
      { text: 'See ' },
      { text: 'https://shop.example/x', href: 'https://shop.example/x' },
      { text: '. Thanks' },
    ]);
  });

  it('never links a foreign scheme, whatever stands around it', () => {
    const hostile = 'javascript:alert(1) <a href="javascript:x">y</a> data:text/html,x';
    expect(linkParts(hostile)).toEqual([{ text: hostile }]);
  });

  it.each([
    '',
    'plain',
    'a https://x.example b tel:+90',
    'https://x.example/a)b',
    'https://',
    '😀 https://x.example/ğ',
  ])('keeps every character of %j', (text) => {
    expect(
      linkParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
