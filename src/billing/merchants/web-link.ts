import { z } from 'zod';

/** A page that people are sent to: nothing that runs in place of a page. */
export const webLink = z
  .string()
  .max(4_000)
  .transform((text) => URL.parse(text))
  .refine(
    (url) => url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '',
  )
  .transform((url) => url?.href ?? '');
