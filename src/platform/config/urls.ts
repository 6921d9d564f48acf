import { z } from 'zod';

/** An address of one of these protocols. */
export const url = (protocols: string[]) =>
  z.string().refine(
    (text) => {
      const parsed = URL.parse(text);
      return parsed !== null && protocols.includes(parsed.protocol);
    },
    { message: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}` },
  );

/** The address of a server on the web, without the slashes at its end. */
export const httpUrl = url(['http:', 'https:']).transform((text) => text.replace(/\/+$/, ''));
