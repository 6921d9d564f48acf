import sharp from 'sharp';
import type { TestClient } from './client.js';

/** What the server says of an upload. */
export interface UploadAnswer {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly name: string | null;
    readonly contentType: string;
    readonly size: number;
    readonly code?: string;
    readonly message?: string;
  };
}

/** Uploads a file as a member, or as whoever `headers` say. */
export async function upload(
  client: TestClient,
  body: Buffer,
  name: string,
  more: {
    readonly type?: string;
    readonly field?: string;
    readonly headers?: Record<string, string>;
    readonly forKnowledge?: true;
    readonly forImport?: true;
  } = {},
): Promise<UploadAnswer> {
  const form = new FormData();
  form.append(more.field ?? 'file', new File([new Uint8Array(body)], name, { type: more.type ?? '' }));
  const headers = more.headers ?? client.headers();
  const purpose = more.forImport === true ? '?for=import' : more.forKnowledge === true ? '?for=knowledge' : '';
  const response = await fetch(`${client.url}/files${purpose}`, {
    method: 'POST',
    headers,
    body: form,
  });
  return { status: response.status, body: (await response.json()) as UploadAnswer['body'] };
}

/** Where a photo says that it was taken: 52° 30' 0.5" N, 13° 24' 0.25" E. */
const position = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '52/1 30/1 5/10',
  GPSLongitudeRef: 'E',
  GPSLongitude: '13/1 24/1 25/100',
};

/** A photo as a phone takes it: with its camera and the place in it, lying on its side. */
export function photoWithPosition(width = 320, height = 240): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'Parley Phone' }, IFD3: position })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}
