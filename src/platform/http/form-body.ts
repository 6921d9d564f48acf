/** A form with files as the bytes that are sent, and the content type that says where its parts end. */
export async function formBody(form: FormData): Promise<{ readonly contentType: string; readonly body: Buffer }> {
  const encoded = new Response(form);
  return {
    contentType: encoded.headers.get('content-type') ?? 'multipart/form-data',
    body: Buffer.from(await encoded.arrayBuffer()),
  };
}
