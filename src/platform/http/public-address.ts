import ipaddr from 'ipaddr.js';

/** Whether an address is one of the public internet: nothing private, local, mapped or reserved. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // Of IPv6 one eighth is in use; in the rest hide forms that hold an IPv4 address, such as ::127.0.0.1.
  const inUse = !(parsed instanceof ipaddr.IPv6) || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
  return inUse && parsed.range() === 'unicast';
}
