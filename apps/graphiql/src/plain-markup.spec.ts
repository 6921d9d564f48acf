import { plainMarkup } from './plain-markup.js';

describe('plainMarkup', () => {
  it.each([
    '',
    '<p>A <em>page</em> of <code>Message</code>s.</p>\n',
    '<ul>\n<li>one</li>\n</ul>',
    '<pre><code class="language-graphql">{ viewer { id } }</code></pre>',
    '<p><a href="https://spec.graphql.org/">the specification</a><br /></p>',
  ])('lets %j be', (html) => expect(plainMarkup(html)).toBe(html));

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<p onclick="alert(1)">x</p>',
    '<p/onclick=alert(1)>x',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://a.example" onclick="alert(1)">x</a>',
    '<code class="language-x" onmouseover="alert(1)">x</code>',
    '<svg><style><img src=x onerror=alert(1)></style></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<template><p></template><iframe srcdoc="<script>1</script>"></iframe>',
    '<P ONCLICK=alert(1)>x',
    '<!--><img src=x onerror=alert(1)>-->',
  ])('leaves nothing in %j that could run', (html) =>
    expect(
      plainMarkup(html).match(/<[^>]*(?:on\w+\s*=|script:)[^>]*>|<(?:script|img|svg|math|iframe|template|!--)/iu),
    ).toBeNull(),
  );
});
