import { appSecretProof, hubSignature, metaJson, signedRequest } from './signatures.ts';

const body =
  '{"object":"page","entry":[{"id":"900000000000001","time":1790000000000,"messaging":[{"sender":{"id":"7100000000000001"},"recipient":{"id":"900000000000001"},"timestamp":1790000000000,"message":{"mid":"m_test1","text":"\\u00fcr\\u00fcn"}}]}]}';

test('bodies are written as Meta writes them, and sign to the known values', () => {
  expect(metaJson(JSON.parse(body))).toBe(body);
  expect(hubSignature(body, 'test-app-secret')).toBe(
    'sha256=cc9ac466ae8aa535726c01fa29da05b8a59c1dfc61f524423d66900351056924',
  );
  expect(appSecretProof('EAATESTTOKEN', 'test-app-secret')).toBe(
    'ba901af273193122e6a09621afeeeca2f0178ec975261a5cb1daeaea1c0635c2',
  );
  expect(
    signedRequest({ user_id: '730055501', algorithm: 'HMAC-SHA256', issued_at: 1790000000 }, 'test-app-secret'),
  ).toBe(
    '7I6jjFpuuBxnW6cQH68ty9y5z0_ZG38OIU_A1WdrM8g.eyJ1c2VyX2lkIjoiNzMwMDU1NTAxIiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3OTAwMDAwMDB9',
  );
});

test('slashes, emoji and quotes survive the escapes', () => {
  const value = { text: 'a/b "c" 👍 \u2028 مرحبا' };
  const text = metaJson(value);
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  expect(text).toContain('a\\/b');
  expect(text).toContain('\\ud83d\\udc4d');
  expect(JSON.parse(text)).toEqual(value);
});
