/** Where Meta keeps what people send. */
export const metaMediaHosts = [
  '*.fbcdn.net',
  '*.cdninstagram.com',
  '*.fbsbx.com',
  '*.facebook.com',
  '*.instagram.com',
  '*.whatsapp.net',
] as const;
