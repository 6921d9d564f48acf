/** What an address of a bucket names; null where it names none. */
export function bucketOf(
  address: string,
): { readonly url: string; readonly prefix: string; readonly region: string } | null {
  const { hostname, pathname, searchParams } = new URL(address);
  const region = searchParams.get('region') ?? 'us-east-1';
  const endpoint = searchParams.get('endpoint');
  if (!/^[a-z0-9][a-z0-9.-]{1,62}$/.test(hostname) || !/^[a-z0-9-]{1,40}$/.test(region)) return null;
  const folder = pathname.split('/').filter((part) => part !== '');
  if (folder.some((part) => !/^[\w-]+$/.test(part))) return null;
  const prefix = folder.map((part) => `${part}/`).join('');
  if (endpoint === null) return { url: `https://${hostname}.s3.${region}.amazonaws.com`, prefix, region };
  const place = URL.parse(endpoint);
  if (place === null || !/^https?:$/.test(place.protocol)) return null;
  return { url: `${place.origin}${place.pathname.replace(/\/+$/, '')}/${hostname}`, prefix, region };
}
