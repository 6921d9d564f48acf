import { shopifyApp, signedQuery } from '../../../test/support/fake-shopify.js';
import { isSignedBody, isSignedQuery } from './shopify-signature.js';

describe("Shopify's signatures", () => {
  it('are those of the known vectors', () => {
    const body = Buffer.from('{"shop_id":954001,"shop_domain":"demo-shop.myshopify.com"}');
    const hmac = 'ju06CNFitwYbdjNAkCvC93Whb4fPto3pGMZI4ieEc+Q=';
    expect(isSignedBody([shopifyApp.secret], body, hmac)).toBe(true);
    expect(isSignedBody(['other', shopifyApp.secret], body, hmac)).toBe(true);
    expect(isSignedBody(['other'], body, hmac)).toBe(false);
    expect(isSignedBody([], body, hmac)).toBe(false);
    const query = new URLSearchParams(
      'code=c0de&host=aG9zdA&shop=demo-shop.myshopify.com&state=st8&timestamp=1790000000&hmac=314de3c33e94aaa60912d8c4a13586a780a7ebd316eb96e538dab9a5b6da2ba4',
    );
    expect(isSignedQuery(shopifyApp.secret, query)).toBe(true);
    expect(isSignedQuery('other', query)).toBe(false);
  });

  it('W1: are refused after any change of one letter, of a query and of a body', () => {
    const query = signedQuery(
      new URLSearchParams({ code: 'c0de', shop: 'a.myshopify.com', state: 's', timestamp: '1790000000' }),
    );
    const text = query.toString();
    for (let at = 0; at < text.length; at += 1) {
      const changed = `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
      expect([changed, isSignedQuery(shopifyApp.secret, new URLSearchParams(changed))]).toEqual([changed, false]);
    }
    for (const more of ['&shop=b.myshopify.com', '&hmac=', '&x=1'])
      expect(isSignedQuery(shopifyApp.secret, new URLSearchParams(`${text}${more}`))).toBe(false);
    for (const upper of [text.replace(/hmac=\w+/, (hmac) => hmac.toUpperCase()), text.replace(/hmac=\w+/, 'hmac=')])
      expect(isSignedQuery(shopifyApp.secret, new URLSearchParams(upper))).toBe(false);
  });
});
