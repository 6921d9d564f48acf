import { storeDomain } from './store-domain.js';

it('the address of a store is found in what people copy', () => {
  for (const typed of [
    'demo-shop.myshopify.com',
    ' Demo-Shop.myshopify.com ',
    'https://demo-shop.myshopify.com/admin?x=1',
    'https://admin.shopify.com/store/demo-shop/orders',
    'demo-shop',
  ])
    expect([typed, storeDomain(typed)]).toEqual([typed, 'demo-shop.myshopify.com']);
  // Anything else goes as it is, and the server says what is wrong with it.
  for (const typed of ['www.shop.example', '', 'two words', 'a.b.myshopify.com'])
    expect(storeDomain(typed)).toBe(typed);
});
