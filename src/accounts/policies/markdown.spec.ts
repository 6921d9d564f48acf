import { markdownToHtml } from './markdown.js';

describe('the Markdown of policies', () => {
  it('becomes headings, paragraphs, lists, strong words and links', () => {
    const source =
      '## One\nText of\ntwo lines.\n\n- **first** item\n- [second](/policies/terms), by\n  me\n\nMail a@b.example.';
    expect(markdownToHtml(source)).toBe(
      [
        '<h2>One</h2>',
        '<p>Text of two lines.</p>',
        '<ul><li><strong>first</strong> item</li><li><a href="/policies/terms">second</a>, by me</li></ul>',
        '<p>Mail <a href="mailto:a@b.example">a@b.example</a>.</p>',
      ].join('\n'),
    );
  });

  it.each([
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '[x](data:text/html;base64,AAAA)',
    '[x](//elsewhere.example)',
    '[x](/a"onclick="b)',
    '<img src=x onerror=alert(1)>',
    '**<b onclick=x>**',
  ])('never becomes anything that acts: %s', (source) => {
    const html = markdownToHtml(source);
    expect(html.replaceAll(/<\/?(p|strong|a)( href="\/a&quot;onclick=&quot;b")?>/g, '')).not.toMatch(/[<>]/);
    expect(html).not.toMatch(/href="(javascript|data|\/\/)/);
  });
});
