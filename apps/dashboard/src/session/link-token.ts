import { useState } from 'react';

/** The token that a mailed link brought. It is taken out of the address, which browsers keep and people paste. */
export function useLinkToken(): string {
  const [token] = useState(() => {
    const given = new URLSearchParams(location.search).get('token') ?? '';
    if (given) history.replaceState(history.state, '', location.pathname);
    return given;
  });
  return token;
}
